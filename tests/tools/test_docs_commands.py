"""Every command line in README and docs is executed here, in a folder of its own, with the sample as the notebook."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import done, run, told

PROJECT = Path(__file__).parents[2]
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").glob("*.md"))]
_SPAN = re.compile(r"`([^`]+)`")
# What stands for something of the reader's own. ID is an open action of the sample, taken below.
PLACES = {
    "FILE": "minutes.json",
    "[FILE]": "minutes.json",
    "NOTES": "notes.md",
    "PAGE": "page.xml",
    "MEETING": "2020-05",
    "SHELL": "bash",
    "HOST": "localhost",
}
# Lines that only a terminal, or the network, can take further: what they say without.
NEEDS_TERMINAL = re.compile(r"dmlt-tui( demo.*| [\w./]+\.json( --.*)?)?$")
INSTALL = {"uv tool install .", "pipx install .", "pre-commit install"}


def written() -> list[tuple[str, str]]:
    """Every command line, with the page it stands on."""
    found: dict[tuple[str, str], None] = {}
    for page in PAGES:
        for line in page.read_text("utf-8").splitlines():
            block = line[4:].partition("  #")[0].strip() if line.startswith("    ") else ""
            for words in (block, *(span.replace("\\|", "|").strip() for span in _SPAN.findall(line))):
                if words.startswith(("dmlt-tui ", "make ", "uv ", "pipx ", "pre-commit ", "ssh ")):
                    found[page.name, words] = None
    return list(found)


LINES = written()


@pytest.fixture
def folder(tmp_path: Path, sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copy(sample, "minutes.json")
    Path("notes.md").write_text("- a\n- [ ] @fmueller b\n")
    Path("page.xml").write_text(done("export", "minutes.json", "--meeting", "2020-05"))
    return tmp_path


def test_there_are_command_lines_to_execute() -> None:
    assert len(LINES) > 30


@pytest.mark.parametrize(("page", "line"), [one for one in LINES if one[1].startswith("dmlt-tui ")])
def test_a_command_line_of_the_docs_does_what_it_says(folder: Path, page: str, line: str) -> None:
    words = [PLACES.get(word, word) for word in shlex.split(line.partition(" >>")[0].partition(" | ")[0])[1:]]
    if "ID" in words:
        taken = told("add", "minutes.json", "--action", "fritz look 2w", "--item", "apdb")[0].split()[-1]
        words[words.index("ID")] = taken
    named = words[0] if words else ""
    if NEEDS_TERMINAL.fullmatch(" ".join(["dmlt-tui", *words])):
        result = run(*words)
        assert "needs a terminal" in result.stderr, f"{page}: {line}"
        return
    if words == [named]:  # it is only mentioned
        words.append("--help")
    if named == "restore":  # a notebook nobody has changed yet has no older version, and it says so
        result = run(*words)
        assert (result.exit_code, "no older version" in result.stderr) == (1, True), f"{page}: {line}: {result.stderr}"
        return
    if named == "new" and "--title" not in words:
        words += ["--title", "Spring", "--start", "2027-05-11", *(["--days", "3"] if "--after" not in words else [])]
    result = run(*words)
    if "--last" in words:  # nothing was exported by this fresh user yet, and it says so
        assert result.exit_code == 1, f"{page}: {line}"
        return
    if named == "add" and "--action" not in words:
        words += ["--action", "fritz look 2w", "--item", "apdb"]
        result = run(*words)
    assert (
        result.exit_code in (0, 1) if named in ("check", "review") or "--check" in words else result.exit_code == 0
    ), f"{page}: {line}: {result.output}"
    assert result.exception is None or isinstance(result.exception, SystemExit), f"{page}: {line}"


@pytest.mark.parametrize(("page", "line"), [one for one in LINES if one[1].startswith("make ")])
def test_a_make_target_of_the_docs_is_there(page: str, line: str) -> None:
    answer = subprocess.run(["make", "-n", *shlex.split(line)[1:]], cwd=PROJECT, capture_output=True, text=True)
    assert answer.returncode == 0, f"{page}: {line}: {answer.stderr}"


def test_what_only_the_network_could_take_further_is_known() -> None:
    others = {line for _, line in LINES if not line.startswith(("dmlt-tui ", "make ", "ssh "))}
    assert others == INSTALL


@pytest.mark.parametrize(("page", "line"), [one for one in LINES if one[1].startswith("ssh ")])
def test_what_is_run_by_ssh_is_a_command_of_ours(folder: Path, page: str, line: str) -> None:
    words = shlex.split(line.partition(" | ")[0])[2:]
    assert words[0] == "dmlt-tui"
    assert run(*words[1:]).exit_code in (0, 1), f"{page}: {line}"


def test_every_command_is_in_the_table_of_the_readme() -> None:
    from dmlt_tui.cli import main

    readme = (PROJECT / "README.md").read_text("utf-8")
    assert [name for name in main.commands if f"`dmlt-tui {name}" not in readme] == []


def test_every_page_and_picture_that_is_linked_is_there() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_program_is_run_as_python_runs_it_too() -> None:
    answer = subprocess.run([sys.executable, "-m", "dmlt_tui", "--help"], capture_output=True, text=True)
    assert answer.returncode == 0
