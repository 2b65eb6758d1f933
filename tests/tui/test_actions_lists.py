"""The actions pane and the summary: what they show, and that each change is one line in the notes it came from."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from msgspec import structs
from msgspec.structs import replace
from support.clock import Clock
from support.desk import Desk, desk
from textual import events

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.actions import NOBODY, ActionStatus, Order, Wanted, all_actions, listed
from dmlt_tui.meeting.model import Attendee, Day, Item, Meeting, Notebook, Pattern, Person, Session
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.action_table import heading, row
from dmlt_tui.tui.ledger import Ledger
from dmlt_tui.tui.screens.summary import SummaryScreen
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.sheet import Sheet

TODAY = date(2020, 5, 12)
NOTES = """\
Before, with *signs* and a trailing blank \n
- [ ] @ab write **the** report `@cd` due:2020-05-11
    - a line of its own
* [ ] call IT DM-7 (due:2020-06-01)
- [x] @cd & @ab: plan
\tafter"""


def meeting(name: str, day: date, *notes: str) -> Meeting:
    items = tuple(Item(id=f"{name}{index}", title=f"Item {index}", notes=text) for index, text in enumerate(notes))
    days = (Day(id=f"{name}d", date=day, sessions=(Session(id=f"{name}s", start=time(9), items=items),)),)
    return Meeting(id=name, title=f"Meeting {name}", days=days, attendees=(Attendee(person="ab"),))


BOOK = Notebook(
    people=(
        Person(id="ab", name="Anna Bell", initials="AB"),
        Person(id="cd", name="Carl Dent", aliases=("Charly",)),
        Person(id="ae", name="Anna Ek"),
    ),
    meetings=(
        meeting("old", date(2019, 1, 1), "- [ ] @cd old thing due:2019-02-01", ""),
        meeting("2020-05", date(2020, 5, 12), NOTES, "- [ ] @ae another"),
    ),
    patterns=(Pattern(id="dm", regex=r"DM-\d+"),),
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.json"
    OpenNotebook.create(path, BOOK).close()
    return path


def shown(at: Desk) -> list[str]:
    sheet = at.app.screen.query_one(Sheet)
    return [" ".join(sheet.row_text(index).split()) for index in range(len(sheet.keys))]


def seen(at: Desk) -> list[str]:
    sheet = at.app.screen.query_one(Sheet)
    return [sheet.render_line(y).text.rstrip() for y in range(sheet.size.height)]


def texts(at: Desk) -> dict[str, str]:
    return {item.id: item.notes for meeting in at.app.notebook.value.meetings for item in meeting.items}


def changed(at: Desk) -> dict[str, tuple[list[str], list[str]]]:
    """By item, the lines that are no longer as in BOOK, and what stands there now."""
    before = {item.id: item.notes for meeting in BOOK.meetings for item in meeting.items}
    found = {}
    for name, text in texts(at).items():
        old, new = before[name].split("\n"), text.split("\n")
        if old != new:
            found[name] = ([line for line in old if line not in new], [line for line in new if line not in old])
    return found


# -- the summary ------------------------------------------------------------------------------------------------------


async def test_keys_typed_ahead_find_the_actions(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        for key in ("o", "A"):
            at.app.post_message(events.Key(key, key))
        await at.until(lambda: bool(at.app.screen.query("#prompt-input:focus")))
        await at.type("@ae")
        await at.press("enter")
        assert changed(at) == {"old0": (["- [ ] @cd old thing due:2019-02-01"], ["- [ ] @ae old thing due:2019-02-01"])}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_the_columns_are_those_of_the_teams_page_and_overdue_is_a_word(
    book: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with desk(book, clock, size) as at:
        await at.press("o")
        names = at.line("summary-columns").lower()
        places = [names.index(word) for word in ("description", "due date", "assignee", "appears on")]
        assert places == sorted(places)
        first, second = shown(at)[:2]
        assert first.startswith("old thing overdue 1 Feb 2019 Carl Dent 2019-01-01")
        assert second.startswith("write **the** report")
        assert "overdue 11 May Anna Bell 2020-05-12" in second
        assert at.line("summary-whole") == "old thing\nfrom Meeting old, Item 0 (Tue 1 Jan 2019)"


async def test_it_is_sorted_by_due_date_owner_and_meeting(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o")
        words = {"1": "old write call another", "2": "write another old call", "3": "write call another old"}
        for key, order in words.items():
            await at.press(key)
            assert [line.split()[0] for line in shown(at)] == order.split()
        await at.press("s")
        assert "by due date" in at.line("summary-title")


async def test_it_is_filtered_by_owner_text_overdue_and_closed(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "w")
        await at.type("charly")
        assert at.line("prompt-meaning") == "Carl Dent, actions found: 1"
        await at.press("enter")
        assert [line.split()[0] for line in shown(at)] == ["old"]
        await at.press("w", "enter", "c")
        assert len(shown(at)) == 5
        await at.press("/")
        await at.type("meeting old")
        assert len(shown(at)) == 1
        await at.press("escape")
        assert len(shown(at)) == 5
        await at.press("o")
        assert [line.split()[0] for line in shown(at)] == ["old", "write"]
        await at.press("w", "-", "enter")
        assert shown(at) == []
        await at.press("o")
        assert [line.split()[0] for line in shown(at)] == ["call"]


async def test_a_name_that_fits_two_people_is_asked_about(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "w")
        await at.type("anna")
        await at.press("enter")
        assert at.line("prompt-meaning") == "Anna Bell or Anna Ek?"
        await at.press("escape", "A")
        await at.type("anna")
        await at.press("enter")
        assert at.line("prompt-meaning") == "anna: Anna Bell or Anna Ek?"
        assert changed(at) == {}


async def test_ticking_changes_the_box_in_its_note_and_undo_brings_it_back(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "space")
        assert changed(at) == {
            "old0": (["- [ ] @cd old thing due:2019-02-01"], ["- [x] @cd old thing due:2019-02-01"]),
        }
        assert len(shown(at)) == 3
        await at.press("u")
        assert at.app.notebook.value == BOOK
        await at.press("U")
        assert len(shown(at)) == 3


async def test_ticking_and_unticking_in_the_list_gives_the_same_text_back(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "c")
        for _ in range(3):
            await at.press("space", "space", "j")
        assert at.app.notebook.value == BOOK


async def test_assigning_dating_and_editing_change_that_line_and_no_other_byte(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "j", "A")
        assert at.line("prompt-meaning").startswith("now: Anna Bell")
        await at.type("charly, ab")
        await at.press("enter", "@")
        await at.type("2w")
        assert at.line("prompt-meaning") == "Tue 26 May 2020"
        await at.press("enter")
        line = "- [ ] @ab write **the** report `@cd` due:2020-05-11"
        after = "- [ ] @cd @ab write **the** report `@cd` due:2020-05-26"
        assert changed(at) == {"2020-050": ([line], [after])}
        await at.press("e")
        await at.press("ctrl+u")
        await at.type("anna bell: rest fri\n")
        assert changed(at) == {"2020-050": ([line], ["- [ ] @ab rest due:2020-05-15"])}
        await at.press("u", "u", "u")
        assert at.app.notebook.value == BOOK


async def test_what_is_typed_in_vain_changes_nothing(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "e", "enter", "A", "enter", "@", "enter", "@")
        await at.type("never")
        await at.press("enter")
        assert at.line("prompt-meaning") == "never: no date yet"
        await at.press("escape", "A")
        await at.type("nobody known")
        await at.press("enter")
        assert "nobody here is called 'nobody known': @nknown names somebody new" in at.line("prompt-meaning")
        await at.press("escape")
        assert isinstance(at.app.screen, SummaryScreen)
        assert at.app.notebook.value == BOOK


async def test_owner_and_date_are_taken_away_with_a_dash(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "A", "-", "enter", "@", "-", "enter")
        assert texts(at)["old0"] == "- [ ] old thing"


async def test_deleting_takes_the_line_out_and_refuses_where_others_belong_to_it(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "D")
        assert texts(at)["old0"] == ""
        await at.press("D")
        assert "the lines below belong to it" in at.line("board-keys")
        await at.press("u")
        assert at.app.notebook.value == BOOK


async def test_enter_goes_to_the_line_in_its_notes(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "j", "j", "enter")
        assert at.live.typing
        assert at.line("notes-title") == "Item 0"
        assert at.editor.document.get_line(at.editor.cursor_location[0]).startswith("* [ ] call IT")


async def test_zoomed_there_are_rows_with_all_their_words_and_nothing_else(book: Path, clock: Clock) -> None:
    long = "word " * 12 + "end"
    async with desk(book, clock) as at:
        item = next(item for item in at.meeting.items if item.id == "2020-051")
        at.live.change(edits.set_notes("2020-05", item, item.notes, f"- [ ] {long} due:2018-01-01"))
        await at.press("o")
        assert "end" not in shown(at)[0]
        await at.press("z")
        assert shown(at)[0].split().count("word") == 12
        assert "end" in shown(at)[0]
        seen = [widget.id for widget in at.app.screen.children if widget.display]
        assert seen == ["summary-columns", "summary-rows"]
        await at.press("z")
        assert at.app.screen.query_one("#summary-title").display


@pytest.mark.parametrize("widths", [(80, 120), (120, 80)])
async def test_zoomed_rows_take_the_lines_they_need_in_another_width(
    sample: Path, clock: Clock, widths: tuple[int, int]
) -> None:
    async with desk(sample, clock, size=(widths[0], 24)) as at:
        await at.press("o", "z", "G")
        await at.pilot.resize_terminal(widths[1], 24)
        await at.pilot.pause()
        resized = seen(at)
        await at.press("z", "z")
        assert resized == seen(at)
        assert len(set(resized)) > 10


async def test_what_others_do_meanwhile_is_shown(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o")
        action = all_actions(BOOK)[0]
        at.app.notebook.change(edits.tick(action.meeting_id, action.item_id, action.task, done=True))
        await at.until(lambda: len(shown(at)) == 3)


async def test_names_and_texts_are_never_markup(tmp_path: Path, clock: Clock) -> None:
    hostile = "[@click=app.quit]x[/] [/foo] [bold]"
    people = (Person(id="ab", name=hostile, aliases=(hostile,)),)
    path = tmp_path / "h.json"
    value = replace_meetings(BOOK, meeting("2020-05", date(2020, 5, 12), f"- [ ] @ab {hostile} DM-1")).meetings
    OpenNotebook.create(path, Notebook(people=people, meetings=value, patterns=BOOK.patterns)).close()
    async with desk(path, clock, (160, 40)) as at:
        await at.press("o", "w", "a", "b", "enter")
        assert shown(at)[0].count("[/foo]") >= 1
        assert hostile in at.line("summary-title")
        await at.press("z", "z", "A", "escape", "q", "/")
        await at.type("foo")
        await at.press("enter")
        await at.type("@a")
        assert "[/foo]" in at.line("completion")


def replace_meetings(notebook: Notebook, *meetings: Meeting) -> Notebook:
    return Notebook(people=notebook.people, meetings=meetings, patterns=notebook.patterns)


# -- the pane ---------------------------------------------------------------------------------------------------------


async def test_no_word_is_cut_off_where_the_list_becomes_narrower_by_a_scrollbar(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, size=(120, 30)) as at:
        rows = at.live.actions.rows
        await at.until(lambda: rows.show_vertical_scrollbar)
        await at.pilot.pause()
        shown = " ".join(rows.render_line(y).text for y in range(rows.size.height)).split()
        words = " ".join(row.content.plain for row in rows.rows).split()
        assert len(shown) > 50
        assert shown == words[: len(shown)]


async def test_the_pane_shows_this_meetings_this_items_and_all_actions_in_turn(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.until(lambda: at.line("actions-title") == "Actions  3 open, 1 done")
        await at.press("down", "v")
        assert at.line("actions-title") == "This item  1 open, 0 done"
        assert at.actions == ["[ ] no date · Anna Ek · another"]
        await at.press("v")
        assert at.line("actions-title") == "All meetings  4 open, 2 overdue"
        assert at.actions[0].startswith("[ ]!1 Feb 2019 · Carl Dent")
        await at.press("3", "g", "enter")
        assert at.line("header") == "Meeting old"
        await at.press("escape", "v")
        assert at.line("actions-title") == "Actions  1 open, 0 done"


async def test_in_the_pane_actions_are_ticked_assigned_dated_and_deleted(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("3", "j", "j", "A")
        await at.type("cd")
        await at.press("enter")
        assert texts(at)["2020-051"] == "- [ ] @cd another"
        assert at.live.actions.rows.has_focus
        await at.press("@")
        await at.type("fri")
        await at.press("enter", "space")
        assert texts(at)["2020-051"] == "- [x] @cd another due:2020-05-15"
        await at.press("u", "u", "u")
        assert at.app.notebook.value == BOOK


# -- what they are made of --------------------------------------------------------------------------------------------


def test_a_ledger_reads_a_meeting_again_only_when_it_changed() -> None:
    ledger = Ledger()
    assert ledger.unread(BOOK) == 2
    assert not ledger.read(BOOK, -1.0)
    assert ledger.read(BOOK)
    assert ledger.actions(BOOK) == all_actions(BOOK)
    assert list(ledger.keys(BOOK, None)) == ["DM-7"]
    action = all_actions(BOOK)[0]
    after = edits.tick("old", "old0", action.task, done=True).apply(BOOK)
    assert ledger.unread(after) == 1
    assert ledger.read(after)
    assert ledger.actions(after) == all_actions(after)
    assert ledger.read(replace_meetings(BOOK, BOOK.meetings[0]))
    assert len(ledger.actions(replace_meetings(BOOK, BOOK.meetings[0]))) == 1


def test_lists_are_filtered_and_sorted_as_wanted() -> None:
    every = all_actions(BOOK)

    def said(wanted: Wanted) -> list[str]:
        return [action.task.text.split()[0] for action in listed(every, wanted, BOOK, TODAY)]

    assert said(Wanted()) == ["old", "write", "call", "another"]
    assert said(Wanted(owner="ab", status=ActionStatus.ALL)) == ["write", "plan"]
    assert said(Wanted(owner=NOBODY)) == ["call"]
    assert said(Wanted(text="ITEM it dm-7")) == ["call"]
    assert said(replace(Wanted(order=Order.OWNER), overdue=True)) == ["write", "old"]


@pytest.mark.parametrize("width", [10, 40, 60, 79, 100, 200])
def test_rows_fit_their_width_whatever_stands_in_them(width: int) -> None:
    for action in all_actions(BOOK):
        odd = replace(action, task=structs.replace(action.task, text="\U0001f469\u200d\U0001f680 wide 漢字 " * 9))
        for whole in (True, False):
            lines = row(BOOK, odd, TODAY, width, whole=whole)
            assert len({line.cell_length for line in lines}) == 1
    if width >= 40:
        assert row(BOOK, all_actions(BOOK)[0], TODAY, width, whole=False)[0].cell_length == len(heading(width)) <= width


def test_in_a_narrow_table_the_description_has_the_most_room() -> None:
    assert heading(80).split() == ["Description", "Due", "date", "Assignee", "Appears", "on"]
    assert heading(60).split() == ["Description", "Due", "date", "Assignee"]
    assert heading(40).split() == ["Description", "Due", "date"]
    late = listed(all_actions(BOOK), Wanted(), BOOK, TODAY)[0]
    for width, said in ((80, "overdue 1 Feb 2019"), (60, "  !1 Feb 2019"), (40, "  !1 Feb 2019")):
        words = row(BOOK, late, TODAY, width, whole=False)[0].plain
        assert words.index(said) >= width // 3


async def test_whose_an_action_is_stands_below_a_table_without_that_column(book: Path, clock: Clock) -> None:
    async with desk(book, clock, size=(40, 20)) as at:
        await at.press("o")
        columns, whole = (at.app.screen.query_one(name, Line) for name in ("#summary-columns", "#summary-whole"))
        await at.until(lambda: whole.words.startswith("old thing\nCarl Dent · from Meeting old"))
        await at.pilot.resize_terminal(80, 24)
        await at.until(lambda: "Assignee" in columns.words)
        assert whole.words.startswith("old thing\nfrom Meeting old")


async def test_a_day_is_copied_from_the_open_actions_too(book: Path, clock: Clock, own_home: Path) -> None:
    async with desk(book, clock) as at:
        await at.press("o", "y", "d")
        assert not isinstance(at.app.screen, SummaryScreen)
        await at.app.workers.wait_for_complete()
        copies = [path for path in (own_home / ".state").rglob("*") if path.is_file()]
        assert any("report" in path.read_text(encoding="utf-8") for path in copies)


async def test_the_number_of_overdue_actions_is_said_once(book: Path, clock: Clock) -> None:
    async with desk(book, clock) as at:
        await at.press("o")
        assert at.line("summary-title") == "4 open actions in all meetings, by due date (2 overdue)"
        await at.press("o")
        assert at.line("summary-title") == "2 overdue actions of 4 open in all meetings, by due date"
