from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]

PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.27"]
[project]
name = "dmlt-tui"
dependencies = ["tinydb~=4.8", "Tz.Data"]
[dependency-groups]
build = ["hatchling>=1.27"]
dev = [{include-group = "build"}, "pyte~=0.8"]
"""
RUN_LOCK = """\
# made by
#    make lock
hatchling==1.33.0 \\
    --hash=sha256:aa
    # via dmlt-tui (pyproject.toml:build)
pathspec==1.1.1 ; sys_platform != 'win32' \\
    --hash=sha256:bb \\
    --hash=sha256:cc
    # via hatchling
tinydb==4.9.0 \\
    --hash=sha256:dd
    # via dmlt-tui (pyproject.toml)
tz-data==2026.6 \\
    --hash=sha256:ee
    # via dmlt-tui (pyproject.toml)
"""
DEV_LOCK = f"""\
{RUN_LOCK}pyte==0.8.2 \\
    --hash=sha256:ff
    # via dmlt-tui (pyproject.toml:dev)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "requirements.lock").write_text(RUN_LOCK)
    (tmp_path / "requirements-dev.lock").write_text(DEV_LOCK)
    return tmp_path


def check(folder: Path) -> tuple[int, str]:
    call = [sys.executable, str(PROJECT / "tools" / "check_lock.py"), str(folder)]
    done = subprocess.run(call, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_locks_that_fit_pass(project: Path) -> None:
    assert check(project) == (0, "The locks fit pyproject.toml.\n")


def test_the_project_s_own_locks_fit() -> None:
    assert check(PROJECT) == (0, "The locks fit pyproject.toml.\n")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("pyproject.toml", "tinydb~=4.8", "tinydb~=3.0", "tinydb 4.9.0, but pyproject.toml asks for tinydb~=3.0"),
        ("pyproject.toml", '"Tz.Data"', '"Tz.Data", "Brand.New"', "requirements.lock lacks Brand.New"),
        ("pyproject.toml", ', "Tz.Data"', "", "pins tz-data, which pyproject.toml no longer asks for"),
        ("pyproject.toml", "pyte~=0.8", "pyte~=0.9", "requirements-dev.lock pins pyte 0.8.2"),
        ("pyproject.toml", 'build = ["hatchling>=1.27"]', "build = []", "the group 'build' differs"),
        ("requirements.lock", "pathspec==1.1.1", "pathspec==1.2", "requirements-dev.lock does not"),
        ("requirements.lock", "# made by", "# from https://example.org", "requirements.lock:1 names an address"),
        ("requirements.lock", "--hash=sha256:dd", "--hash=md5:dd", "has no hash for tinydb"),
    ],
)
def test_what_does_not_fit_is_told(project: Path, file: str, old: str, new: str, told: str) -> None:
    text = (project / file).read_text()
    assert old in text
    (project / file).write_text(text.replace(old, new))
    status, output = check(project)
    assert status == 1
    assert told in output
    assert output.endswith("Run `make lock` and look at what it changes.\n")
