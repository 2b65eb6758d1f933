"""Actions listed in many forms, ticked, reopened and added from a script."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, time
from pathlib import Path

import pytest
from support.commands import done, refused, run, told, value_of

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Pattern, Person, Session
from dmlt_tui.store.notebook import OpenNotebook

PEOPLE = (
    Person(id="fmueller", name="Fritz Mueller", initials="FM", aliases=("Fritz",)),
    Person(id="rgruendl", name="Robert Gruendl"),
    Person(id="rlupton", name="Robert Lupton"),
)
MAY = "- said\n- [ ] @rlupton plots due:2026-06-01\n- [ ] alone"
JAN = "- [ ] @fmueller @zoe =SUM(A1) DM-7 due:2026-02-01\n- [x] @fmueller +49 call due:2026-07-01"


def meeting(meeting_id: str, title: str, day: date, notes: str, current: str = "") -> Meeting:
    items = (
        Item(id=f"{meeting_id}-1", title="Topic", minutes=10, notes=notes),
        Item(id=f"{meeting_id}-2", title="Wrap-up", minutes=10),
        Item(id=f"{meeting_id}-3", title="Close", kind=ItemKind.CLOSE),
    )
    session = Session(id=f"{meeting_id}-s", start=time(9), items=items)
    days = (Day(id=f"{meeting_id}-d", date=day, sessions=(session,)),)
    return Meeting(id=meeting_id, title=title, days=days, current=current)


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    """Two meetings, the newest last."""
    value = Notebook(
        people=PEOPLE,
        meetings=(
            meeting("jan", "January 2026", date(2026, 1, 13), JAN),
            meeting("may", "-May, 2026", date(2026, 5, 12), MAY),
        ),
        patterns=(Pattern(id="dm", regex=r"DM-\d+"),),
    )
    path = tmp_path / "minutes.json"
    OpenNotebook.create(path, value).close()
    return path


def notes(path: Path, item_id: str) -> str:
    return next(item.notes for one in value_of(path).meetings for item in one.items if item.id == item_id)


def ids(path: Path, *options: str) -> list[str]:
    return [record["id"] for record in json.loads(done("actions", path, "--format", "json", *options))]


# -- lists ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--sort", "due"), ["jan-1:1", "may-1:2", "may-1:3"]),
        (("--sort", "owner"), ["jan-1:1", "may-1:2", "may-1:3"]),
        (("--sort", "meeting", "--status", "all"), ["may-1:2", "may-1:3", "jan-1:1", "jan-1:2"]),
        (("--sort", "owner", "--status", "all"), ["jan-1:1", "jan-1:2", "may-1:2", "may-1:3"]),
        (("--sort", "due", "--status", "all"), ["jan-1:1", "may-1:2", "jan-1:2", "may-1:3"]),
        (("--meeting", "jan"), ["jan-1:1"]),
        (("--meeting", "2026", "--meeting", "may"), ["may-1:2", "may-1:3"]),
        (("--text", "PLOT"), ["may-1:2"]),
        (("--assignee", "-"), ["may-1:3"]),
        (("--text", "plot", "--meeting", "jan"), []),
        (("--assignee", "lupton", "--overdue"), ["may-1:2"]),
    ],
)
def test_actions_are_chosen_and_ordered(minutes: Path, options: tuple[str, ...], found: list[str]) -> None:
    assert ids(minutes, *options) == found


def test_csv_has_a_row_for_each_and_no_cell_a_spreadsheet_would_run(minutes: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(done("actions", minutes, "--format", "csv", "--status", "all"))))
    assert rows[0] == {
        "id": "jan-1:1",
        "status": "open",
        "due": "2026-02-01",
        "owners": "Fritz Mueller; @zoe",
        "text": "'=SUM(A1) DM-7",
        "meeting": "January 2026",
        "item": "Topic",
        "tickets": "DM-7",
    }
    assert rows[1]["meeting"] == "'-May, 2026"
    assert [row["text"] for row in rows[1:]] == ["plots", "'+49 call", "alone"]
    assert [row["status"] for row in rows] == ["open", "open", "done", "open"]


@pytest.mark.parametrize("begin", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", " =1", "＝1", "－1"])
def test_no_cell_begins_a_formula(tmp_path: Path, begin: str) -> None:
    path = tmp_path / "formula.json"
    value = Notebook(meetings=(meeting("m", begin, date(2026, 1, 1), "- [ ] do"),))
    OpenNotebook.create(path, value).close()
    (row,) = csv.DictReader(io.StringIO(done("actions", path, "--format", "csv")))
    assert row["meeting"] == f"'{begin}"


def test_csv_of_no_actions_is_its_heads(minutes: Path) -> None:
    assert done("actions", minutes, "--text", "nothing", "--format", "csv") == (
        "id,status,due,owners,text,meeting,item,tickets\n"
    )


@pytest.mark.parametrize(
    ("form", "head", "cell"),
    [
        ("wiki", "||Description||Due date||Assignee||Task appears on||", "|plots|01 Jun 2026|"),
        ("storage", "<p>Description</p>", "<p>01 Jun 2026</p>"),
        ("markdown", "Description", "01 Jun 2026"),
    ],
)
def test_pages_hold_the_table_of_the_summary_with_the_chosen_ones_alone(
    minutes: Path, form: str, head: str, cell: str
) -> None:
    page = done("actions", minutes, "--format", form, "--assignee", "rlupton")
    assert head in page
    assert cell in page
    assert "SUM" not in page


def test_a_page_strikes_out_what_is_done(minutes: Path) -> None:
    assert " call-|01 Jul 2026|" in done("actions", minutes, "--format", "wiki", "--status", "done")


def test_a_page_of_no_actions_is_not_written(minutes: Path) -> None:
    assert told("actions", minutes, "--format", "wiki", "--text", "nothing") == ("", "No matching actions.\n")


# -- ticking --------------------------------------------------------------------------------------------------------


def test_an_action_is_ticked_and_reopened_by_its_place(minutes: Path) -> None:
    assert told("actions", minutes, "--done", "may-1:2") == ("", "done: may-1:2 plots\n")
    assert notes(minutes, "may-1") == MAY.replace("[ ] @rlupton", "[x] @rlupton")
    assert told("actions", minutes, "--reopen", "may-1:2") == ("", "open: may-1:2 plots\n")
    assert notes(minutes, "may-1") == MAY


def test_several_are_ticked_at_once(minutes: Path) -> None:
    told("actions", minutes, "--done", "may-1:2", "--done", "may-1:3", "--reopen", "jan-1:2")
    assert ids(minutes) == ["jan-1:1", "jan-1:2"]


def test_ticking_twice_is_no_mistake(minutes: Path) -> None:
    assert told("actions", minutes, "--done", "jan-1:2") == ("", "done already: jan-1:2 +49 call\n")
    assert notes(minutes, "jan-1") == JAN


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--done", "may-1:1"), "may-1:1 is no longer an action, that line reads: - said"),
        (("--done", "may-1:9"), "may-1:9 is no longer an action, that line is empty"),
        (("--done", "zoe:1"), "No item in any meeting has the id 'zoe'"),
        (("--done", "plots"), "give item:line, as dmlt-tui actions prints it"),
        (("--done", "may-1:2", "--done", "may-1:1"), "no longer an action"),
        (("--done", "may-1:3", "--text", "plots"), "may-1:3 is a different action now: alone"),
    ],
)
def test_what_is_no_longer_that_action_is_refused_and_nothing_changed(
    minutes: Path, arguments: tuple[str, ...], words: str
) -> None:
    before = minutes.read_bytes()
    assert words in refused(1, "actions", minutes, *arguments)
    assert minutes.read_bytes() == before


@pytest.mark.parametrize("option", [("--overdue",), ("--format", "json"), ("--sort", "due"), ("--assignee", "fm")])
def test_ticking_does_not_go_with_listing(minutes: Path, option: tuple[str, ...]) -> None:
    assert "only with each other and --text" in refused(2, "actions", minutes, "--done", "may-1:2", *option)


# -- adding ---------------------------------------------------------------------------------------------------------


def test_an_action_is_added_in_the_teams_own_words(minutes: Path) -> None:
    printed, words = told("add", minutes, "--action", "Fritz — engage with the LDF 6 Jul 2026")
    assert printed == "may-2:1\n"
    assert words == "Wrap-up: Fritz Mueller · Mon 6 Jul 2026 · engage with the LDF\n"
    assert notes(minutes, "may-2") == "- [ ] @fmueller engage with the LDF due:2026-07-06"
    assert "may-2:1" in ids(minutes)


def test_it_goes_to_the_item_named(minutes: Path) -> None:
    assert told("add", minutes, "--action", "fm to write", "--item", "jan-1")[0] == "jan-1:3\n"
    assert notes(minutes, "jan-1") == f"{JAN}\n- [ ] @fmueller write"
    assert told("add", minutes, "--action", "fm to write", "--meeting", "January")[0] == "jan-2:1\n"


def test_it_goes_to_the_item_on_the_floor(tmp_path: Path) -> None:
    path = tmp_path / "running.json"
    running = meeting("m", "Running", date(2026, 1, 1), "", current="m-1")
    OpenNotebook.create(path, Notebook(people=PEOPLE, meetings=(running,))).close()
    assert told("add", path, "--action", "fritz — write")[0] == "m-1:1\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ("Robert — report",),
            "Robert: Robert Gruendl or Robert Lupton? A handle makes it clear: '@rgruendl — report'",
        ),
        (("  ",), "what is to be done?"),
        (("fm to write", "--item", "zoe"), "No item in any meeting has the id 'zoe'"),
        (("fm to write", "--item", "may-1", "--meeting", "jan"), "jan-1 (Topic); jan-2 (Wrap-up)"),
        (("fm to write", "--meeting", "zoe"), "No meeting has the id 'zoe'"),
    ],
)
def test_what_is_not_clear_is_asked_and_nothing_added(minutes: Path, arguments: tuple[str, ...], words: str) -> None:
    before = minutes.read_bytes()
    assert words in refused(1, "add", minutes, "--action", *arguments)
    assert minutes.read_bytes() == before


def test_a_meeting_without_topics_can_take_none(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    OpenNotebook.create(path, Notebook(meetings=(Meeting(id="m", title="Bare"),))).close()
    assert "Bare has no topic" in refused(1, "add", path, "--action", "fm to write")


def test_a_missing_file_is_not_created_by_adding(tmp_path: Path) -> None:
    path = tmp_path / "gone.json"
    assert "gone.json" in refused(1, "add", path, "--action", "fm to write")
    assert not path.exists()


def test_nothing_typed_in_an_action_acts_on_the_terminal(minutes: Path) -> None:
    result = run("add", minutes, "--action", "fm — look \x1b]52;c;eA==\x07 here")
    assert result.exit_code == 0
    assert "\x1b" not in result.output + notes(minutes, "may-2")
