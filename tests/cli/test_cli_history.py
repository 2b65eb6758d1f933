"""The commands history and restore, and what they say."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dmlt_tui.cli import main
from dmlt_tui.cli.history import _end_of
from dmlt_tui.meeting.edits import add_person
from dmlt_tui.meeting.model import Notebook, Person
from dmlt_tui.store.disk import real
from dmlt_tui.store.generations import Generations
from dmlt_tui.store.notebook import OpenNotebook


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A notebook with two versions kept: empty, and with one person."""
    path = tmp_path / "my notebook.json"
    OpenNotebook.create(path, Notebook()).close()
    with OpenNotebook.open(path) as notebook:
        notebook.change(add_person(Person(id="ann", name="Ann")))
    return path


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def moved(path: Path, number: int, when: datetime) -> None:
    """Make a generation another age."""
    generation = next(one for one in Generations(real(path)).all() if one.number == number)
    generation.path.rename(generation.path.with_name(f"{number:06d}-{when:%Y%m%dT%H%M%S}Z-abc.json"))


def test_history_lists_the_versions_with_the_newest_last(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"Ann", b"Eve"))
    result = run("history", path)
    lines = [line.split() for line in result.stdout.splitlines()]
    assert [line[0] for line in lines] == ["NO", "1", "2", "now"]
    assert [line[-1] for line in lines[2:]] == ["+1", "people"]
    assert result.exit_code == 0


def test_history_as_json_says_the_same(path: Path) -> None:
    rows = json.loads(run("history", path, "--json").stdout)
    assert [row["number"] for row in rows] == [1, 2]
    assert rows[1]["changed"] == ["people +1"]
    assert rows[1]["size"] == path.stat().st_size
    assert datetime.fromisoformat(rows[1]["when"]).tzinfo is not None


def test_history_of_no_file_says_that(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["history", str(tmp_path / "no.json")])
    assert (result.exit_code, result.stderr) == (1, f"Error: {tmp_path / 'no.json'}: no such file\n")


def test_history_of_a_file_without_any_says_so(sample: Path) -> None:
    result = run("history", sample)
    assert result.stdout.splitlines()[1].startswith("now")
    assert "No older version" in result.stderr


def test_restore_by_number_can_be_taken_back_as_it_says(path: Path) -> None:
    after = path.read_bytes()
    result = run("restore", path, "--at", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert ": restored to " in result.stderr
    assert b"Ann" not in path.read_bytes()
    command = result.stderr.splitlines()[-1].partition("dmlt-tui restore ")[2]
    assert command == f"'{path}' --at 2"
    assert run("restore", path, "--at", "2").exit_code == 0
    assert path.read_bytes() == after


def test_restore_by_moment_takes_the_version_that_was_the_newest_then(path: Path, berlin: None) -> None:
    moved(path, 1, datetime(2026, 11, 20, 9, 30, 15, tzinfo=UTC))
    moved(path, 2, datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC))
    first, second = (generation.path.read_bytes() for generation in Generations(real(path)).all())
    for at, content in {
        "2026-11-20": first,
        "2026-11-20 10:30": first,
        "2026-11-20T10:30:15": first,
        "2026-11-20 09:30:15Z": first,
        "2026-11-21T10:29": first,
        "2026-11-21 10:30": second,
        "2026-12-01": second,
    }.items():
        other = path.with_name(f"{at}.json")
        assert run("restore", path, "--at", at, "-o", other).exit_code == 0
        assert other.read_bytes() == content, at
    result = run("restore", path, "--at", "2026-11-20 10:29")
    assert result.exit_code == 1
    assert "the oldest is 1 of 2026-11-20 10:30:15" in result.stderr


def test_a_time_alone_is_the_last_one_that_has_come(berlin: None) -> None:
    now = datetime(2026, 11, 22, 17, 45, 30, tzinfo=UTC)  # 18:45:30 there
    assert _end_of("18:45", now) == datetime(2026, 11, 22, 17, 46, tzinfo=UTC)
    assert _end_of("18:46", now) == datetime(2026, 11, 21, 17, 47, tzinfo=UTC)
    assert _end_of("17:45:30Z", now) == datetime(2026, 11, 22, 17, 45, 31, tzinfo=UTC)


def test_restore_writes_over_no_other_file(path: Path) -> None:
    other = path.with_name("other.json")
    other.write_text("mine")
    result = run("restore", path, "--at", "1", "--output", other)
    assert result.exit_code == 1
    assert "already" in result.stderr
    assert other.read_text() == "mine"


@pytest.mark.parametrize("at", ["", "yesterday", "18", "2026-13-01", "25:00", "-1", "9999-12-31 23:59:59"])
def test_what_names_no_version_is_refused_and_changes_nothing(path: Path, at: str) -> None:
    before = path.read_bytes()
    result = run("restore", path, "--at", at)
    if at != "9999-12-31 23:59:59":
        assert result.exit_code in (1, 2)
    assert result.stderr.count("Traceback") == 0
    assert path.read_bytes() == before


def test_a_damaged_file_is_told_the_command_that_puts_it_right(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:60])
    refusal = run("list", path).stderr
    assert f"dmlt-tui restore '{path}' --at 2; " in refusal
    result = run("restore", path, "--at", "2")
    assert "The damaged file is kept as " in result.stderr
    assert path.read_bytes() == whole


def test_restore_as_json_says_what_the_file_holds_now_and_how_to_undo_that(path: Path, tmp_path: Path) -> None:
    after = path.read_bytes()
    record = json.loads(run("restore", path, "--at", "1", "--json").stdout)
    assert (record["file"], record["number"], record["aside"]) == (str(path), 1, None)
    assert path.read_bytes() != after
    run("restore", path, "--at", str(record["kept"]))
    assert path.read_bytes() == after
    beside = json.loads(run("restore", path, "--at", "1", "-o", tmp_path / "older.json", "--json").stdout)
    assert (beside["file"], beside["number"], beside["kept"]) == (str(tmp_path / "older.json"), 1, None)
