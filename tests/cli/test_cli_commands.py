"""What each command writes, on copies of the sample and on small notebooks."""

from __future__ import annotations

import json
import os
import stat
from datetime import date, time
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.commands import done, refused, run, value_of

from dmlt_tui.cli.opening import sample as packaged_sample
from dmlt_tui.clipboard.files import default_state_dir, keep
from dmlt_tui.meeting.actions import all_actions, open_actions
from dmlt_tui.meeting.edits import set_notes
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Pattern, Person, Session
from dmlt_tui.meeting.people import add_alias
from dmlt_tui.store.notebook import OpenNotebook

PEOPLE = (
    Person(id="fmueller", name="Fritz Mueller", initials="FM", aliases=("Fritz",)),
    Person(id="fred", name="Fred Mueller"),
    Person(id="wom", name="Wil O'Mullane"),
)


def meeting(meeting_id: str, title: str, day: date, notes: str = "") -> Meeting:
    item = Item(id=f"{meeting_id}-i", title="Topic", minutes=10, notes=notes)
    session = Session(id=f"{meeting_id}-s", start=time(9), items=(item,))
    return Meeting(id=meeting_id, title=title, days=(Day(id=f"{meeting_id}-d", date=day, sessions=(session,)),))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Two meetings; the newest stands first."""
    value = Notebook(
        people=PEOPLE,
        meetings=(
            meeting(
                "may", "Leadership, May 2026", date(2026, 5, 12), "- [ ] @fmueller later due:9998-01-01\n- [ ] nobody"
            ),
            meeting(
                "jan",
                "Leadership, January 2026",
                date(2026, 1, 13),
                "- [ ] @fmueller @wom early DM-1 due:2026-02-01\n- [x] @fred gone due:2026-02-02",
            ),
        ),
    )
    path = tmp_path / "small.json"
    OpenNotebook.create(path, value).close()
    return path


# -- new and list -------------------------------------------------------------------------------------------------


def test_new_creates_the_file_and_prints_the_id_of_the_meeting(tmp_path: Path) -> None:
    path = tmp_path / "sub" / "minutes.json"
    printed = done(
        "new", path, "--title", "Spring", "--start", "2027-05-11", "--days", "3", "--zone", "America/Santiago"
    )
    (added,) = value_of(path).meetings
    assert printed == f"{added.id}\n"
    assert (added.title, added.zone) == ("Spring", "America/Santiago")
    assert [day.date for day in added.days] == [date(2027, 5, 11), date(2027, 5, 12), date(2027, 5, 13)]


def test_new_keeps_what_was_there_and_takes_the_zone_of_the_newest_meeting(sample: Path) -> None:
    before = value_of(sample)
    done("new", sample, "--title", "Spring", "--start", "2027-05-11", "--days", "1")
    after = value_of(sample)
    assert after.meetings[:-1] == before.meetings
    assert replace(after, meetings=()) == replace(before, meetings=())
    assert after.meetings[-1].zone == "America/Los_Angeles"


@pytest.mark.parametrize(
    ("option", "value", "code", "words"),
    [
        ("--days", "0", 2, "0 is not in the range"),
        ("--start", "12.5.2027", 2, "2027"),
        ("--zone", "America/Santigo", 2, "America/Santiago"),
        ("--title", " ", 1, "a meeting needs a title"),
    ],
)
def test_a_meeting_that_can_not_be_leaves_no_file(
    tmp_path: Path, option: str, value: str, code: int, words: str
) -> None:
    options = {"--title": "Spring", "--start": "2027-05-11", "--days": "1", option: value}
    path = tmp_path / "minutes.json"
    assert words in refused(code, "new", path, *(word for pair in options.items() for word in pair))
    assert not path.exists()


def test_list_counts_the_open_actions_of_every_meeting(small: Path) -> None:
    assert done("list", small).splitlines() == [
        "ID   DATES       OPEN  TITLE",
        "may  2026-05-12  2     Leadership, May 2026",
        "jan  2026-01-13  1     Leadership, January 2026",
    ]


def test_list_as_json_says_the_same(small: Path) -> None:
    records = json.loads(done("list", small, "--json"))
    assert [(record["id"], record["days"], record["open_actions"]) for record in records] == [
        ("may", ["2026-05-12"], 2),
        ("jan", ["2026-01-13"], 1),
    ]


def test_a_notebook_without_meetings_has_nothing_on_stdout(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    OpenNotebook.create(path, Notebook()).close()
    listed = run("list", path)
    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "no meeting" in listed.stderr
    assert json.loads(done("list", path, "--json")) == []
    assert "no meeting in this notebook yet" in refused(1, "show", path)


def test_reading_commands_change_nothing(sample: Path, tmp_path: Path) -> None:
    before, content = sorted(tmp_path.iterdir()), sample.read_bytes()
    for arguments in (("list",), ("show",), ("actions",), ("check",), ("export", "--format", "wiki")):
        run(arguments[0], sample, *arguments[1:])
    assert sample.read_bytes() == content
    assert sorted(tmp_path.iterdir()) == before


def test_no_text_of_people_acts_on_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "evil.json"
    evil = "Spring \x1b]52;c;eA==\x07 \x9b31m"
    with OpenNotebook.create(path, Notebook()):
        pass
    content = json.loads(path.read_text())
    content["meetings"] = {"m\x1b[2J": {"id": "m\x1b[2J", "title": evil, "zone": "x\x1b[2J"}}
    path.write_text(json.dumps(content))
    for arguments in (("list", path), ("show", path), ("check", path), ("show", path, "-m", "zz")):
        result = run(*arguments)
        assert "\x1b" not in result.output
        assert "\x9b" not in result.output
        assert "\x07" not in result.output


def test_a_pattern_that_can_not_be_read_is_told_by_check(tmp_path: Path) -> None:
    path = tmp_path / "pattern.json"
    OpenNotebook.create(path, Notebook(patterns=(Pattern(id="broken", regex="(DM"),))).close()
    result = run("check", path)
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.startswith("pattern broken: ")


# -- a file that can't be read ------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["list", "show", "check", "actions", "export"])
def test_a_missing_file_is_told_in_one_line_and_not_created(tmp_path: Path, command: str) -> None:
    path = tmp_path / "gone.json"
    assert "gone.json" in refused(1, command, path)
    assert not path.exists()


@pytest.mark.parametrize("command", ["list", "show", "check", "actions", "export"])
def test_a_damaged_file_is_told_in_one_line_and_not_touched(tmp_path: Path, command: str) -> None:
    path = tmp_path / "damaged.json"
    path.write_text('{"notebook": ')
    assert "damaged.json" in refused(1, command, path)
    assert path.read_text() == '{"notebook": '


def test_check_is_silent_about_a_sound_notebook(sample: Path) -> None:
    assert done("check", sample) == ""


def test_check_has_a_line_for_each_finding(small: Path) -> None:
    with OpenNotebook.open(small) as notebook:
        bad = replace(notebook.value, people=PEOPLE[1:])
    small.unlink()
    OpenNotebook.create(small, bad).close()
    result = run("check", small)
    assert (result.exit_code, result.stderr) == (1, "")
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert all("@fmueller is not among the people" in line for line in lines)


# -- show, export, convert ----------------------------------------------------------------------------------------


def test_show_is_agenda_and_notes_in_plain_text(sample: Path) -> None:
    text = done("show", sample, "-m", "2020-05")
    assert "Middleware status update" in text
    assert "Moderator: Wil O'Mullane" in text
    assert "The ME20-03 variance narratives have all been written." in text
    assert not any(markup in text for markup in ("<p>", "<td", "<ac:", "||"))


def test_show_of_a_day_leaves_out_the_others(sample: Path) -> None:
    text = done("show", sample, "-m", "2020-05", "--day", "2")
    assert "APDB Update" in text
    assert "Middleware status update" not in text


def test_a_day_there_is_not_is_told(sample: Path) -> None:
    assert "there is no day 9" in refused(1, "show", sample, "--day", "9")


def test_without_a_name_the_newest_meeting_is_meant(small: Path) -> None:
    assert "Leadership, May 2026" in done("export", small)


@pytest.mark.parametrize("named", ["jan", "January", "JANUARY 2026"])
def test_a_meeting_is_named_by_id_or_by_a_part_of_its_title(small: Path, named: str) -> None:
    assert "early" in done("export", small, "--meeting", named)


def test_a_name_that_fits_several_meetings_or_none_lists_them(small: Path) -> None:
    several = refused(1, "show", small, "-m", "leadership")
    assert "2 titles" in several
    assert "may (Leadership, May 2026); jan (Leadership, January 2026)" in several
    assert "may (Leadership, May 2026)" in refused(1, "show", small, "-m", "autumn")


def test_export_writes_the_format_asked_for(sample: Path) -> None:
    assert "<ac:task-list>" in done("export", sample, "--format", "storage")
    assert "h1. Agenda" in done("export", sample, "--format", "wiki")
    assert done("export", sample) == done("export", sample, "--format", "storage")


def test_export_of_an_item_is_that_item(sample: Path) -> None:
    text = done("export", sample, "--item", "middleware", "--format", "wiki")
    assert "Middleware status update" in text
    assert "Project news" not in text


def test_an_item_there_is_not_is_told(sample: Path) -> None:
    assert "'nothing'" in refused(1, "export", sample, "--item", "nothing")
    assert "'middleware'" in refused(1, "export", sample, "-m", "2024", "--item", "middleware")


def test_export_into_a_file_is_what_stdout_would_get(sample: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.xml"
    before = os.umask(0o027)
    try:
        assert done("export", sample, "-o", page) == ""
    finally:
        os.umask(before)
    assert page.read_text() == done("export", sample, "-o", "-")
    assert stat.S_IMODE(page.stat().st_mode) == 0o640


def test_export_over_a_folder_is_refused(sample: Path, tmp_path: Path) -> None:
    assert "it is a folder" in refused(1, "export", sample, "-o", tmp_path)


@pytest.mark.parametrize(
    "arguments", [("--last", "-o", "x"), ("--last", "file.json"), ("file.json", "--day", "1", "--item", "x")]
)
def test_export_called_wrongly_says_how(arguments: tuple[str, ...]) -> None:
    assert "Usage: main export" in refused(2, "export", *arguments)


def test_the_last_export_comes_out_byte_for_byte() -> None:
    assert "no last export" in refused(1, "export", "--last")
    keep("Müller, no newline".encode(), "page.xml", default_state_dir())
    assert done("export", "--last") == "Müller, no newline"


NOTES = "- [ ] @fmueller look at DM-1 due:2026-07-06\n- **Müller**"


@pytest.mark.parametrize(("form", "words"), [("wiki", "*Müller*"), ("storage", "<strong>Müller</strong>")])
def test_convert_is_a_filter(tmp_path: Path, form: str, words: str) -> None:
    piped = done("convert", "--to", form, given=NOTES)
    assert words in piped
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    assert done("convert", "--to", form, path) == piped
    assert done("convert", "--to", form, "-", given=NOTES) == piped


def test_convert_of_what_is_no_text_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_bytes(b"one\ntwo \xff\n")
    assert "notes.md: line 2 is not UTF-8" in refused(1, "convert", "--to", "wiki", path)
    assert "standard input: line 1 is not UTF-8" in refused(1, "convert", "--to", "wiki", given=b"\xff")


def test_convert_refuses_at_once_what_is_far_too_long_to_be_notes(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "notes.md: 100,000,000 bytes" in refused(1, "convert", "--to", "wiki", path)
    assert "standard input: the page has" in refused(1, "convert", "--to", "wiki", given="- a\n" * 2_000_001)


def test_convert_of_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "gone.md" in refused(1, "convert", "--to", "wiki", tmp_path / "gone.md")


# -- actions ------------------------------------------------------------------------------------------------------


def test_actions_are_the_open_ones_by_due_date(small: Path) -> None:
    assert done("actions", small).splitlines() == [
        "DUE         OWNERS          PLACE    ACTION",
        "2026-02-01  @fmueller @wom  jan-i:1  [ ] early DM-1",
        "9998-01-01  @fmueller       may-i:1  [ ] later",
        "-           -               may-i:2  [ ] nobody",
    ]


@pytest.mark.parametrize(
    ("options", "texts"),
    [
        (("--status", "done"), ["gone"]),
        (("--status", "all"), ["early DM-1", "gone", "later", "nobody"]),
        (("--overdue",), ["early DM-1"]),
        (("--overdue", "--status", "all"), ["early DM-1"]),
        (("--assignee", "fmueller"), ["early DM-1", "later"]),
        (("--assignee", "@FMUELLER"), ["early DM-1", "later"]),
        (("--assignee", "fm"), ["early DM-1", "later"]),
        (("--assignee", "fritz"), ["early DM-1", "later"]),
        (("--assignee", "mullane"), ["early DM-1"]),
        (("--assignee", "fred", "--status", "all"), ["gone"]),
    ],
)
def test_actions_are_picked_by_state_person_and_date(small: Path, options: tuple[str, ...], texts: list[str]) -> None:
    records = json.loads(done("actions", small, "--format", "json", *options))
    assert [record["text"] for record in records] == texts


def test_actions_as_json_have_all_of_the_line(small: Path) -> None:
    assert json.loads(done("actions", small, "--format", "json"))[0] == {
        "id": "jan-i:1",
        "meeting": "jan",
        "meeting_title": "Leadership, January 2026",
        "item": "jan-i",
        "item_title": "Topic",
        "line": 1,
        "done": False,
        "owners": ["fmueller", "wom"],
        "due": "2026-02-01",
        "text": "early DM-1",
        "references": [],
        "taken": {
            "meeting": "jan",
            "meeting_title": "Leadership, January 2026",
            "item": "jan-i",
            "item_title": "Topic",
            "day": "2026-01-13",
        },
        "reviewed": [],
        "tickets": [],
    }


def test_the_actions_of_the_sample_are_all_listed(sample: Path) -> None:
    notebook = value_of(sample)
    assert len(json.loads(done("actions", sample, "--format", "json"))) == len(open_actions(notebook))
    assert len(json.loads(done("actions", sample, "--format", "json", "--status", "all"))) == len(all_actions(notebook))


def test_a_person_that_may_be_two_or_nobody_is_told(small: Path) -> None:
    two = refused(1, "actions", small, "--assignee", "mueller")
    assert "@fmueller (Fritz Mueller)" in two
    assert "@fred (Fred Mueller)" in two
    assert "@fmueller" in refused(1, "actions", small, "--assignee", "zoe")


def test_an_alias_is_the_person_though_notes_have_it_as_a_handle_too(small: Path) -> None:
    with OpenNotebook.open(small) as notebook:
        notebook.change(add_alias("fmueller", "Fritzi"))
        (topic,) = notebook.value.meetings[0].items
        notebook.change(set_notes("may", topic, topic.notes, f"{topic.notes}\n- [ ] @fritzi stray"))
    found = json.loads(done("actions", small, "--assignee", "@fritzi", "--format", "json"))
    assert [record["text"] for record in found] == ["early DM-1", "later"]


def test_no_actions_are_no_lines(small: Path) -> None:
    result = run("actions", small, "--assignee", "fred")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No matching actions.\n")
    assert json.loads(done("actions", small, "--assignee", "fred", "--format", "json")) == []


# -- the sample ---------------------------------------------------------------------------------------------------


def test_the_sample_of_the_demo_is_a_notebook() -> None:
    assert value_of(packaged_sample()).meetings
