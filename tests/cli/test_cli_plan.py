"""The commands about plan and time: plan, stats, ics; and the zone of the person at the terminal."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from support.terminal import Terminal

from dmlt_tui.cli import main
from dmlt_tui.meeting import agenda_edits, edits
from dmlt_tui.store.notebook import OpenNotebook

PAGE_STARTS = """09:00 09:10 09:30 10:30 11:00 11:15 12:30 13:00 14:30
09:00 10:00 10:30 11:00 12:30 13:00 14:30
09:00 10:30 11:00"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def crowd(path: Path) -> None:
    """Make the first session of Wednesday 25 minutes too long."""
    with OpenNotebook.open(path) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        apdb = next(item for item in meeting.items if item.id == "apdb")
        notebook.change(agenda_edits.lengthen("2020-05", apdb, 25))


def hold(path: Path) -> None:
    """Let the first item have the floor for twelve minutes, on its day."""
    start = datetime(2020, 5, 12, 9, 5, tzinfo=ZoneInfo("America/Los_Angeles"))
    with OpenNotebook.open(path) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        notebook.change(edits.start("2020-05", next(meeting.items), start))
        notebook.change(edits.pause("2020-05", start + timedelta(minutes=12)))


def test_plan_prints_requests_and_the_page_s_start_times(sample: Path) -> None:
    result = run("plan", str(sample), "--meeting", "2020-05")
    assert result.exit_code == 0
    assert "asked 6 h to 6 h 30, given 7 h 30 · planned 11 h + breaks 2 h · free 0 min" in result.stdout
    assert "30 to 60 min  Leanne Guy" in result.stdout
    assert "Calibration products (15 min)" in result.stdout
    days = result.stdout.split("TIME ")[1:]
    rows = [[line.split()[0] for line in day.split("\n") if line[:1].isdigit() and " -- " not in line] for day in days]
    assert [" ".join(day) for day in rows] == PAGE_STARTS.split("\n")


def test_plan_of_one_day(sample: Path) -> None:
    result = run("plan", str(sample), "--meeting", "2020-05", "--day", "3")
    assert "Thu 14 May 2020" in result.stdout
    assert "Tue 12 May 2020" not in result.stdout
    for number in ("0", "4"):
        refused = run("plan", str(sample), "--meeting", "2020-05", "--day", number)
        assert refused.exit_code != 0
        assert "day" in refused.stderr


def test_check_exits_1_on_conflicts_and_says_where(sample: Path) -> None:
    assert run("plan", str(sample), "-m", "2020-05", "--check").exit_code == 0
    crowd(sample)
    result = run("plan", str(sample), "-m", "2020-05", "--check")
    assert result.exit_code == 1
    assert result.stdout == (
        "2020-05-13, session at 09:00: over-full by 25 min: it takes until 11:25, and the next session begins 11:00\n"
    )
    assert "conflict: 2020-05-13" in run("plan", str(sample), "-m", "2020-05").stdout
    assert run("plan", str(sample), "-m", "2020-05", "--check", "--day", "1").exit_code == 0


def test_stats_compare_planned_and_spent(sample: Path) -> None:
    hold(sample)
    table = run("stats", str(sample), "-m", "2020-05")
    assert "10       12     +2    item     Welcome" in table.stdout
    rows = json.loads(run("stats", str(sample), "-m", "2020-05", "--format", "json").stdout)
    assert [row["spent"] for row in rows if row["level"] == "day"] == [12, 0, 0]
    assert rows[0]["difference"] == 2
    cells = list(csv.DictReader(io.StringIO(run("stats", str(sample), "-m", "2020-05", "--format", "csv").stdout)))
    assert (cells[0]["title"], cells[0]["planned"], cells[0]["spent"]) == ("Welcome", "10", "12")
    every = run("stats", str(sample), "--all")
    assert every.stdout.split("\n")[1].split()[:4] == ["360", "660", "12", "+2"]
    assert "The items held were planned for 10 min and took 12: 120% of the plan." in every.stdout


def test_stats_as_svg_go_into_a_file(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "day.svg"
    assert run("stats", str(sample), "-m", "2020-05", "--format", "svg", "-o", str(target)).exit_code == 0
    assert target.read_text(encoding="utf-8").startswith("<svg")
    for wrong in (["--all", "--format", "svg"], ["--all", "-m", "2020-05"], ["-o", "x"]):
        assert run("stats", str(sample), *wrong).exit_code == 2


def test_ics_writes_the_agenda_or_a_guest_s_part(sample: Path, tmp_path: Path) -> None:
    target = tmp_path / "agenda.ics"
    assert run("ics", str(sample), "-m", "2020-05", "-o", str(target)).exit_code == 0
    assert target.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    guest = run("ics", str(sample), "-m", "2020-05", "--guest", "Bob Blum")
    assert guest.stdout.count("BEGIN:VEVENT") == 1
    nobody = run("ics", str(sample), "-m", "2020-05", "--guest", "Ms. Else")
    assert nobody.exit_code == 1
    assert "no guest 'Ms. Else'" in nobody.stderr


def test_ics_of_an_agenda_without_times_is_refused(tmp_path: Path) -> None:
    book, target = tmp_path / "book.json", tmp_path / "agenda.ics"
    assert run("new", str(book), "--title", "T", "--start", "2027-05-11", "--days", "1").exit_code == 0
    with OpenNotebook.open(book) as notebook:
        [meeting] = notebook.value.meetings
        for item in meeting.items:
            notebook.change(agenda_edits.delete_item(meeting.id, item))
    refused = run("ics", str(book), "-o", str(target))
    assert (refused.exit_code, target.exists()) == (1, False)
    assert "no topic of its agenda has a time" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "variables", "code", "words"),
    [
        (["--own-zone", "Europe/Pari"], {}, 2, "'Europe/Pari' is not a time zone; near are Europe/Paris"),
        ([], {"DMLT_ZONE": "Europe/Pari"}, 1, "'Europe/Pari' is not a time zone; try Europe/Paris ($DMLT_ZONE)"),
    ],
    ids=["flag", "variable"],
)
def test_a_zone_that_does_not_exist_is_refused_where_it_was_named(
    sample: Path, arguments: list[str], variables: dict[str, str], code: int, words: str
) -> None:
    with Terminal(str(sample), *arguments, environment=variables) as terminal:
        assert terminal.ends() == code
        # The terminal breaks the line where it ends, also within a word.
        assert words.replace(" ", "") in terminal.text.replace("\n", "").replace(" ", "")


def test_ones_own_time_stands_beside_the_meetings(sample: Path) -> None:
    with Terminal(str(sample), "--own-zone", "Asia/Tokyo") as terminal:
        terminal.sees("Tokyo)")
