"""Two desks at one notebook: what the other does is seen, and takes nothing from under one's hands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.clock import Clock
from support.desk import Desk, desk

from dmlt_tui.meeting import agenda_edits, edits
from dmlt_tui.meeting.breaks import take_break
from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.model import Item
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui import key_queue
from dmlt_tui.tui.screens.follow import FollowScreen
from dmlt_tui.tui.screens.handover import HandoverScreen
from dmlt_tui.tui.widgets.editor import Editor


def item(at: Desk, item_id: str) -> Item:
    return next(one for one in at.meeting.items if one.id == item_id)


async def do(at: Desk, path: Path, *steps: Edit) -> None:
    """Have somebody else do something, and wait until it is seen here."""
    at.app.notebook.flush()
    with OpenNotebook.open(path) as other:
        for edit in steps:
            other.change(edit)
        other.flush()
        wanted = other.value
    at.app.notebook.poll()
    await at.until(lambda: at.app.notebook.value == wanted)
    await at.pilot.pause()


def notes(at: Desk, item_id: str, text: str) -> Edit:
    """What somebody else makes of the notes as they stand here."""
    old = item(at, item_id)
    return edits.set_notes("2020-05", old, old.notes, text)


@asynccontextmanager
async def typing(path: Path, clock: Clock, text: str) -> AsyncIterator[Desk]:
    async with desk(path, clock) as at:
        await at.press("i")
        at.editor.load_text(text)
        at.live.commit()
        yield at


@pytest.mark.parametrize(
    ("before", "cursor", "after", "expected"),
    [
        ("a\nmine\nz", (1, 4), "new\na\nmine\nz", (2, 4)),  # a line above
        ("a\nmine\nz", (1, 4), "A\nmine\nZ", (1, 4)),  # lines above and below, changed
        ("a\nmine\nz", (1, 2), "a\nmine theirs\nz", (1, 2)),  # behind it in the same line
        ("a\nmine\nz", (1, 4), "a\ntheirs mine\nz", (1, 11)),  # before it in the same line
        ("a\nto mine on\nz", (1, 7), "a\nup to mine and on\nz", (1, 10)),  # before and behind it in the same line
        ("a\nmine\nz", (1, 4), "a\nof mine theirs\nz", (1, 7)),  # on both sides of what was typed last
        ("a\nmine", (1, 4), "a\nmine\nnew", (1, 4)),  # a line at the end
        ("a\nmine", (1, 4), "mine", (0, 4)),  # the line above is gone
        ("a\nmine\nz", (1, 3), "a\nz", (1, 0)),  # its own line is gone
        ("", (0, 0), "new", (0, 0)),
        ("mine\nz", (0, 0), "new\nmine\nz", (1, 0)),
        ("a\n\n\nz", (1, 0), "a\ntheirs\n\nz", (2, 0)),  # an empty line just begun, beside the one they fill
        ("a\n\n\nz", (2, 0), "a\n\ntheirs\nz", (1, 0)),
        ("some mine\nz", (0, 9), "some\nnew mine\nz", (1, 8)),  # its line was split before it
        ("some mine\nz", (0, 3), "some\nnew mine\nz", (0, 3)),  # or behind it
    ],
)
async def test_the_cursor_stays_with_its_words(
    sample: Path, clock: Clock, before: str, cursor: tuple[int, int], after: str, expected: tuple[int, int]
) -> None:
    async with typing(sample, clock, before) as at:
        at.editor.move_cursor(cursor)
        await do(at, sample, notes(at, "welcome", after))
        assert at.editor.text == after
        assert at.editor.cursor_location == expected


async def test_lines_that_come_in_above_do_not_move_what_is_read(sample: Path, clock: Clock) -> None:
    lines = [f"line {number}" for number in range(60)]
    async with typing(sample, clock, "\n".join(lines)) as at:
        at.editor.move_cursor((50, 3))
        await at.pilot.pause()
        seen = at.editor.cursor_location[0] - at.editor.scroll_offset.y
        more = [f"new {number}" for number in range(5)]
        await do(at, sample, notes(at, "welcome", "\n".join([*more, *lines, *more])))
        await at.pilot.pause()
        assert at.editor.cursor_location == (55, 3)
        assert at.editor.cursor_location[0] - at.editor.scroll_offset.y == seen


async def test_a_word_being_completed_is_completed_on_when_lines_come_in(sample: Path, clock: Clock) -> None:
    async with typing(sample, clock, "a\nz") as at:
        at.editor.move_cursor((1, 1))
        await at.type(" @r")
        await at.press("down", "down")
        offered = at.line("completion")
        await do(at, sample, notes(at, "welcome", "new\na\nz @r"))
        assert at.line("completion") == offered
        await at.press("enter")
        assert at.notes("welcome") == "new\na\nz @rlupton "


async def test_a_word_two_desks_go_on_with_is_there_twice_and_that_is_said(sample: Path, clock: Clock) -> None:
    async with typing(sample, clock, "one\ntwo") as at:
        at.app.notebook.flush()
        theirs = notes(at, "welcome", "one\ntwofold in their words")
        at.editor.move_cursor((1, 3))
        with OpenNotebook.open(sample) as other, at.app.notebook.at_rest():
            at.editor.insert("pence as I say")
            at.live.commit()
            other.change(theirs)
            other.flush()
        await at.until(lambda: "their words" in at.notes("welcome"))
        await at.until(lambda: "Welcome: a line was changed in two places" in at.line("status"))
        assert at.notes("welcome") == "one\ntwofold in their words twopence as I say"
        assert at.editor.cursor_location == (1, len("twofold in their words twopence as I say"))


async def test_what_two_desks_type_at_one_place_of_a_line_stands_there_side_by_side(sample: Path, clock: Clock) -> None:
    async with typing(sample, clock, "said: ") as at:
        at.app.notebook.flush()
        theirs = notes(at, "welcome", "said: An")
        at.editor.move_cursor((0, 6))
        with OpenNotebook.open(sample) as other, at.app.notebook.at_rest():
            at.editor.insert("Bo")
            at.live.commit()
            other.change(theirs)
            other.flush()
        await at.until(lambda: at.editor.text == "said: An Bo")
        at.editor.insert("b")
        at.live.commit()
        assert at.notes("welcome") == "said: An Bob"


async def test_an_item_deleted_elsewhere_is_left_and_its_notes_are_kept(
    sample: Path, clock: Clock, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_queue, "_PAUSE", 60.0)  # as if one went on typing at once
    async with typing(sample, clock, "- precious words") as at:
        await do(at, sample, agenda_edits.delete_item("2020-05", item(at, "welcome")))
        await at.until(lambda: not at.live.typing)
        assert "'Welcome' was deleted by somebody else" in at.line("status")
        assert at.live.desk.item is not None
        kept = list((own_home / ".state").rglob("notes-*.md"))
        assert [path.read_text(encoding="utf-8") for path in kept] == ["# Welcome\n\n- precious words\n"]
        await at.type("send nobody to the floor")
        assert at.meeting.current == ""
        assert at.app.screen is at.live
        await at.press("escape", "i")
        await at.type("on")
        assert "on" in at.notes(at.live.desk.item.id)


async def test_a_meeting_deleted_elsewhere_is_named_and_another_is_shown(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        gone = at.meeting
        others = Edit("", lambda book: replace(book, meetings=tuple(one for one in book.meetings if one != gone)))
        await do(at, sample, others)
        await at.until(lambda: at.line("status").startswith("the meeting 'DM Leadership Team"))
        assert at.live.desk.meeting is not None


async def test_undo_takes_back_ones_own_change_and_not_the_others(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("mine")
        await do(at, sample, notes(at, "news", "theirs"))
        await at.press("escape", "u")
        assert at.notes("welcome") != "mine"
        assert at.notes("news") == "theirs"


async def test_undo_of_what_was_refused_elsewhere_says_that_nothing_is_undone(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s")
        at.app.notebook.flush()
        with OpenNotebook.open(sample) as other, at.app.notebook.at_rest():
            await at.press("h", "enter")
            mine = at.handovers()[0]
            theirs = replace(mine, id="first", to="swinbank")
            other.change(edits.hand_over("2020-05", theirs))
            other.flush()
        at.app.notebook.flush()
        await at.until(lambda: [one.id for one in at.handovers()] == ["first"])
        await at.press("u")
        assert at.line("status").startswith("nothing to undo of this, as others changed it: ")
        assert [one.id for one in at.handovers()] == ["first"]


async def test_no_picture_of_a_day_stays_when_the_last_meeting_is_deleted(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, size=(120, 40)) as at:
        picture = at.live.query_one("#agenda-picture")
        assert picture.display
        await do(at, sample, Edit("", lambda book: replace(book, meetings=())))
        await at.until(lambda: at.line("agenda-title") == "Agenda")
        assert not picture.display


async def test_who_looks_on_goes_along_with_the_floor_and_who_types_stays(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s")
        await do(at, sample, edits.step("2020-05", "welcome", 1, clock()))
        assert at.line("status") == "now: Project news"
        assert at.line("notes-title") == "Project news"
        await at.press("i")
        await at.type("half a w")
        await do(at, sample, edits.step("2020-05", "news", 1, clock()))
        await at.type("ord")
        assert at.notes("news").endswith("half a word")
        assert at.line("notes-title") == "Project news"


async def test_two_who_press_next_at_once_move_one_item(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s")
        at.app.notebook.flush()
        with OpenNotebook.open(sample) as other, at.app.notebook.at_rest():
            await at.press("n")
            other.change(edits.step("2020-05", "welcome", 1, clock()))
            other.flush()
        at.app.notebook.flush()
        await at.until(lambda: at.meeting.current == "news")
        assert [one.id for one in at.meeting.items if one.spans and one.spans[-1].end is None] == ["news"]


async def test_two_who_take_a_break_at_once_take_one_break(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s")
        at.app.notebook.flush()
        with OpenNotebook.open(sample) as other, at.app.notebook.at_rest():
            await at.press("b")
            other.change(take_break("2020-05", "theirs", clock()))
            other.flush()
        at.app.notebook.flush()
        await at.until(lambda: at.meeting.current == "theirs")
        await at.until(lambda: at.line("status") == "now: Break")
        assert [one.id for one in at.meeting.items if one.spans] == ["welcome", "theirs"]


async def test_the_notes_are_handed_over_to_whoever_is_typed(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "H")
        assert "nobody is named" in at.line("handover-keys")
        await at.press("enter")
        assert at.handovers() == []
        await at.type("jenness; until lunch")
        assert at.line("handover-title") == "Tim Jenness takes the notes"
        await at.press("enter")
        (record,) = at.handovers()
        assert (record.role, record.note) == ("scribe", "until lunch")
        assert any("09:00 notes: Tim Jenness" in row for row in at.agenda)
        await at.press("u")
        assert at.handovers() == []


async def test_handing_over_twice_hands_nothing_further_on(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "h", "enter", "h", "enter")
        assert len(at.handovers()) == 1
        assert "went to Wil O'Mullane already" in at.line("status")


async def test_somebody_else_with_a_note_takes_over_and_the_agenda_says_so(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "h")
        await at.type("swinbank; guests at 11:15")
        assert at.line("handover-title") == "Leanne Guy  hands over to  John Swinbank"
        await at.press("enter")
        rows = [row.strip() for row in at.agenda]
        first = rows.index("11:00 John Swinbank")
        assert rows[first + 1 : first + 3] == ["09:00 from Leanne Guy", "guests at 11:15"]


async def test_the_brief_is_copied_by_keys(sample: Path, clock: Clock, own_home: Path) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "+")
        await at.type("fritz")
        await at.press("enter", "y", "b")
        await at.app.workers.wait_for_complete()
        await at.pilot.pause()
        (copied,) = (path for path in (own_home / ".state").rglob("*brief*") if path.is_file())
        text = copied.read_text(encoding="utf-8")
        assert text.startswith("Leanne Guy  hands over to  Wil O'Mullane\n")
        assert "Speakers: waiting: Fritz Mueller" in text


@pytest.mark.parametrize("key", ["b", "n"])
async def test_after_the_break_the_handover_that_is_due_is_offered(sample: Path, clock: Clock, key: str) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "n", "n", "n")
        assert at.line("notes-title") == "Break"
        clock.forward(minutes=5)
        await at.until(lambda: "break until 11:00" in at.line("status"))
        assert "then Wil O'Mullane" in at.line("status")
        await at.press(key)
        assert isinstance(at.app.screen, HandoverScreen)
        await at.press("enter")
        assert [one.to for one in at.handovers()] == ["womullane"]


@pytest.mark.parametrize("keys", [("n",), ("t", "down", "down", "enter")], ids=["next", "time card"])
async def test_after_a_break_taken_early_the_handover_is_offered_as_the_next_session_begins(
    sample: Path, clock: Clock, keys: tuple[str, ...]
) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "n", "n", "b", "b")
        assert at.line("notes-title") == "Middleware status update"  # the break is over, its session is not
        await at.press(*keys)
        assert at.line("handover-title") == "Leanne Guy  hands over to  Wil O'Mullane"
        await at.press("escape")
        assert at.line("notes-title") == "Calibration products"
        assert at.handovers() == []
        await at.press("n")
        assert at.live.desk.item is not None  # not asked again within the session
        assert at.live.desk.item.title.startswith("Plans for IVOA")


@pytest.mark.parametrize("keys", [("b", "b", "i"), ("n", "i")], ids=["from an item", "from the break"])
async def test_while_typing_the_handover_that_is_due_is_told_and_letters_go_to_the_notes(
    sample: Path, clock: Clock, keys: tuple[str, ...]
) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "n", "n", *keys)
        await at.press("ctrl+x", "n")
        assert at.line("status") == "now: Calibration products   C-x h hands over to Wil O'Mullane"
        await at.type("abc")
        assert "abc" in at.editor.text
        await at.press("ctrl+x", "h", "enter")
        assert [one.to for one in at.handovers()] == ["womullane"]


async def test_the_follow_view_keeps_up_and_no_key_changes_anything(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "f")
        assert isinstance(at.app.screen, FollowScreen)
        before = at.app.notebook.value
        for key in [*"abcdeghijklmnoprstuvwxyzABCDEHNRSTU+-@/:?12345 ", "enter", "tab", "ctrl+x", "n", "delete", "up"]:
            await at.press("space" if key == " " else key)
        assert at.app.notebook.value == before
        await do(at, sample, notes(at, "welcome", "- said\n- [ ] @fmueller count due:2020-07-06"))
        await at.until(lambda: "Fritz Mueller: count" in at.line("follow-taken"))
        assert "- said" in at.app.screen.query_one("#follow-editor", Editor).text
        await do(at, sample, edits.step("2020-05", "welcome", 1, clock()))
        await at.until(lambda: at.line("follow-title") == "Project news")
        await at.press("q")
        assert at.live.desk.meeting is not None


async def test_the_follow_view_says_who_is_next_that_it_is_paused_and_that_the_meeting_is_gone(
    sample: Path, clock: Clock
) -> None:
    async with desk(sample, clock) as at:

        def shown() -> tuple[str, ...]:
            return tuple(at.line(f"follow-{name}") for name in ("title", "who", "time"))

        await at.press("f")
        assert shown() == (at.meeting.title, "Leanne Guy takes the floor next", "not running")
        await at.press("q", "s", "s", "f")
        assert shown()[:2] == ("Welcome", "Wil O'Mullane · moderator Leanne Guy")
        assert shown()[2].startswith("‖ paused 0/10 min")
        await do(at, sample, notes(at, "welcome", "- [ ] count"))
        await at.until(lambda: at.line("follow-taken") == "☐ nobody: count")
        await do(at, sample, Edit("", lambda book: replace(book, meetings=())))
        await at.until(lambda: shown() == ("No meeting yet", "", ""))
        assert at.app.screen.query_one("#follow-editor", Editor).text == ""
