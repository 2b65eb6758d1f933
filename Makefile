# `make` alone lists what there is. Set-up is done by tools/setup, by itself, once, and again when a lock changes.
.DEFAULT_GOAL := help
.PHONY: help run test coverage judge golden torture check format snapshots docs pictures bench build lock clean ready-run ready-dev

# For one run: `make test ARGS="-k clock"`.
ARGS ?=

help: ## List these targets.
	@echo "dmlt-tui: live leadership meetings in a terminal. Needs Python 3.11+ with pip, or uv."
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: ready-run ## Open the sample meeting and try everything; nothing of yours is touched.
	@.venv/bin/dmlt-tui demo

test: ready-dev ## Run all tests.
	@.venv/bin/pytest --numprocesses=auto --maxprocesses=4 $(ARGS)

coverage: ready-dev ## Run all tests and show which lines and branches they do not reach.
	@.venv/bin/pytest --numprocesses=auto --maxprocesses=4 --cov --cov-report=term-missing:skip-covered $(ARGS)

judge: ready-dev ## Have Atlassian's own parsers read the golden pages and the awkward notes (needs node, npm).
	@DMLT_NEED_JUDGE=1 .venv/bin/pytest -q tests/page/test_page_golden.py tests/page/test_page_awkward_notes.py \
		tests/page/test_page_of_sample.py $(ARGS)

golden: ready-dev ## Write the golden pages anew; look first: .venv/bin/python tools/golden.py diff
	@.venv/bin/python tools/golden.py write

torture: ready-dev ## Kill it, starve it, damage its files and cut its power, thousands of times; takes some minutes.
	@.venv/bin/pytest -m torture --numprocesses=auto --maxprocesses=4 $(ARGS)

check: ready-dev ## Check format, lint, types, who imports whom, and that the locks fit pyproject.toml.
	@.venv/bin/ruff format --check
	@.venv/bin/ruff check
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-logo
	@.venv/bin/python tools/check_lock.py

format: ready-dev ## Format the code and put right what the linter can.
	@.venv/bin/ruff check --fix --exit-zero --quiet
	@.venv/bin/ruff format

snapshots: ready-dev ## Take the screens' pictures anew; look at the changes before committing them.
	@.venv/bin/pytest --snapshot-update $(ARGS)

docs: ready-dev ## Write docs/keys.md anew from the commands.
	@.venv/bin/python tools/keys_page.py

pictures: ready-dev ## Take the pictures of the README anew from the running program.
	@.venv/bin/python tools/pictures.py

bench: ready-dev ## Measure start, keys, commands and pages against a bare Textual app, vim, nano and pandoc.
	@for part in start opening keys commands convert; do .venv/bin/python bench/$$part.py || exit 1; done

build: ready-run ## Build the wheel in dist/.
	@.venv/bin/hatchling build -t wheel $(ARGS)

lock: ## Renew requirements*.lock from pyproject.toml (needs uv); ARGS=--upgrade takes the newest versions.
	@uv pip compile pyproject.toml --group build $(LOCKING) -o requirements.lock
	@uv pip compile pyproject.toml --group dev -c requirements.lock $(LOCKING) -o requirements-dev.lock

clean: ## Remove all that can be made again, .venv included.
	rm -rf .venv .venv.old build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage snapshot_report.html
	find src tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +

# One lock for pip and uv, for every platform and Python from requires-python on; it names no registry.
LOCKING = --quiet --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(ARGS)

ready-run:
	@tools/setup run

ready-dev:
	@tools/setup dev
