"""The command that reads pages back, and export's and convert's newer options."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from support.terminal import Terminal

from dmlt_tui.cli import main, pages
from dmlt_tui.page.choices import Section
from dmlt_tui.page.formats import ENDINGS, PLACES, WRITERS
from dmlt_tui.store.notebook import OpenNotebook

MINUTES = """\
# Planning, 2027-05-11

## Agenda

### Day 1: 2027-05-11

*Time (Project) · Topic · Coordinator · Pre-meeting notes · Running notes*

#### Moderator: Ann Example

##### 09:00 Budget

**Coordinator:** Ann Example / Bob Sample

**Running notes:**

- [ ] @bsample ask for more due:2027-06-01

##### 10:00 (at latest) Close
"""


def run(*arguments: str | Path, given: bytes | str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


def test_a_dry_run_shows_what_was_understood_and_writes_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(MINUTES)
    result = run("import", tmp_path / "n.json", page, "--dry-run")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "Planning, 2027-05-11"
    assert lines[1] == "  read as markdown; a new meeting"
    assert "    09:00 Budget (Ann Example, Bob Sample)" in lines
    assert "dry run" in result.stderr
    assert not (tmp_path / "n.json").exists()


@pytest.mark.parametrize(("answer", "taken"), [("n", False), ("\n", False), ("y", True)])
def test_somebody_at_a_terminal_is_asked_before_anything_is_written(tmp_path: Path, answer: str, taken: bool) -> None:
    page, path = tmp_path / "page.md", tmp_path / "n.json"
    page.write_text(MINUTES)
    with Terminal("import", str(path), str(page)) as terminal:
        terminal.sees("[y/N]")
        assert not path.exists()
        terminal.types(answer + "\n")
        assert terminal.ends() == 0
        assert "Imported into" in terminal.text if taken else "Nothing was written" in terminal.text
    assert path.exists() is taken


def test_yes_is_not_asked(tmp_path: Path) -> None:
    page, path = tmp_path / "page.md", tmp_path / "n.json"
    page.write_text(MINUTES)
    with Terminal("import", str(path), str(page), "--yes") as terminal:
        assert terminal.ends() == 0
    assert path.exists()


def test_what_a_newer_version_would_change_is_told(tmp_path: Path) -> None:
    path = tmp_path / "n.json"
    run("import", path, "-", given=MINUTES)
    newer = MINUTES.replace("ask for more", "ask for less").replace(
        "##### 10:00 (at", "##### 9:50 Lunch\n\n##### 10:00 (at"
    )
    lines = run("import", path, "-", "--dry-run", given=newer).stdout.splitlines()
    at = lines.index("Changes:")
    assert lines[at + 1 : at + 3] == ["  changed: Budget (minutes, notes)", "  new: Lunch"]


def test_a_page_is_taken_once(tmp_path: Path) -> None:
    path = tmp_path / "n.json"
    assert "Imported into" in run("import", path, "-", given=MINUTES).stderr
    before = path.read_bytes()
    assert "Nothing new" in run("import", path, "-", given=MINUTES).stderr
    assert path.read_bytes() == before
    with OpenNotebook.open(path, read_only=True) as notebook:
        (meeting,) = notebook.value.meetings
        assert [person.id for person in notebook.value.people] == ["aexample", "bsample"]
    assert [(item.title, item.minutes) for item in meeting.items] == [("Budget", 60), ("Close", None)]
    assert run("check", path).exit_code == 0


@pytest.mark.parametrize("form", ["storage", "html", "markdown"])
def test_the_samples_own_page_says_nothing_new(sample: Path, tmp_path: Path, form: str) -> None:
    page = tmp_path / f"page{ENDINGS[form]}"
    run("export", sample, "-m", "2020-05", "--format", form, "-o", page)
    before = sample.read_bytes()
    result = run("import", sample, page, "-m", "2020-05")
    assert "Nothing new" in result.stderr, result.output
    assert sample.read_bytes() == before


def test_a_page_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, sample: Path) -> None:
    page = tmp_path / "bad.xml"
    page.write_text("<p><ac:task></p>")
    result = run("import", sample, page)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {page}: line 1, column ")
    assert len(result.stderr.splitlines()) == 1
    assert "gone.xml" in run("import", sample, tmp_path / "gone.xml").stderr


def test_a_file_too_long_for_a_page_is_refused_unread(tmp_path: Path, sample: Path) -> None:
    page = tmp_path / "huge.xml"
    with page.open("wb") as file:
        file.truncate(100_000_000)
    result = run("import", sample, page)
    assert result.exit_code == 1
    assert "100,000,000 bytes are too large for a wiki page" in result.stderr


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="there is no endless file here")
@pytest.mark.parametrize("command", [("import", "new.json"), ("convert", "--to", "wiki")])
def test_a_page_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Sequence[str]) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*command, "/dev/zero")
    assert result.exit_code == 1
    assert "bytes are too large for a wiki page" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [("import", "new.json"), ("convert", "--to", "wiki")])
def test_a_page_that_may_not_be_read_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Sequence[str]
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "")

    page = tmp_path / "page.md"
    page.write_text("# A page")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    monkeypatch.setattr(Path, "open", forbidden)
    assert run(*command, page).stderr == f"Error: {page}: can't be read: permission denied\n"


def test_the_choices_of_the_command_line_are_those_of_the_page() -> None:
    options = {option.name: option.type for option in pages.export.params}
    assert list(options["form"].choices) == list(WRITERS) == list(PLACES) == list(ENDINGS)  # type: ignore[attr-defined]
    assert list(options["sections"].choices) == list(Section)  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_is_exported_and_converted(sample: Path, form: str) -> None:
    assert "Ingest" in run("export", sample, "-m", "2020-05", "--format", form).stdout
    assert "Title" in run("convert", "--to", form, given="# Title\n\n- [ ] do").stdout


def test_a_page_in_storage_format_is_converted_with_its_tasks() -> None:
    page = run("convert", "--to", "storage", given="- [x] do *this*\n- then").stdout
    assert run("convert", "--from", "storage", "--to", "markdown", given=page).stdout.splitlines() == [
        "# Notes",
        "",
        "- [x] do *this*",
        "- then",
    ]
    assert "standard input: line 1" in run("convert", "--from", "storage", "--to", "text", given="<p>").stderr


def test_parts_and_sections_are_chosen(sample: Path) -> None:
    base = ("export", sample, "-m", "2020-05", "--format", "text")
    session = run(*base, "--day", "2", "--session", "2").stdout
    assert "Simon Krughoff" in session
    assert "APDB Update" not in session
    assert "Agenda" not in run(*base, "--actions").stdout
    assert "Agenda" not in run(*base, "--section", "logistics").stdout
    assert "Decisions" in run(*base, "--decisions").stdout
    for wrong in (("--session", "1"), ("--day", "1", "--actions"), ("--day", "1", "--section", "agenda")):
        assert run(*base, *wrong).exit_code == 2
    assert "no session 9" in run(*base, "--day", "1", "--session", "9").stderr


def test_all_meetings_are_written_into_a_folder(sample: Path, tmp_path: Path) -> None:
    result = run("export", sample, "--all", "--format", "adf", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    files = sorted((tmp_path / "out").iterdir())
    assert [file.name for file in files] == ["2020-05.json", "2022-02.json", "2023-10.json", "2024-04.json"]
    assert all(json.loads(file.read_text("utf-8"))["type"] == "doc" for file in files)
    assert run("export", sample, "--all").exit_code == 2


def test_an_import_as_json_says_which_meeting_it_is_and_what_was_understood(tmp_path: Path) -> None:
    path = tmp_path / "n.json"
    first = json.loads(run("import", path, "-", "--json", given=MINUTES).stdout)
    with OpenNotebook.open(path, read_only=True) as notebook:
        assert [meeting.id for meeting in notebook.value.meetings] == [first["meeting"]]
    assert (first["source"], first["merges"], first["changes"]) == ("markdown", False, True)
    assert first["understood"][0]["lines"][0] == "read as markdown; a new meeting"
    again = json.loads(run("import", path, "-", "--json", "--dry-run", given=MINUTES).stdout)
    assert (again["meeting"], again["merges"], again["changes"]) == (first["meeting"], True, False)
