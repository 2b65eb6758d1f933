"""A line that stands half typed in a question outlives the program, and is asked again at the next start."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.clock import Clock
from support.desk import Desk, desk
from support.terminal import Terminal, on_disk
from test_two_desks import do, item
from textual import events
from textual.widgets import Input

from dmlt_tui.meeting import agenda_edits, edits
from dmlt_tui.meeting.edits import Edit
from dmlt_tui.store.drafts import Draft, Drafts
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.whereabouts import Whereabouts


def drafts(home: Path) -> list[Path]:
    return list(home.rglob("rescue/*.draft"))


def standing(at: Desk) -> str:
    field = at.app.focused
    assert isinstance(field, Input)
    return field.value


@pytest.mark.parametrize("way", ["KILL", "TERM", "HUP"])
def test_what_was_half_typed_is_asked_again_however_the_program_ended(sample: Path, own_home: Path, way: str) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.sees("Agenda")
        terminal.types("ja")
        terminal.sees("action:")
        terminal.types("tim count the chairs")
        terminal.until(
            lambda: [path for path in drafts(own_home) if b"count the chairs" in path.read_bytes()], "a draft"
        )
        terminal.signals(getattr(signal, f"SIG{way}"))
        terminal.ends()
    (draft,) = drafts(own_home)
    assert draft.stat().st_mode & 0o777 == 0o600
    assert "count the chairs" not in sample.read_text(encoding="utf-8")
    with Terminal(str(sample)) as terminal:
        terminal.sees("action: tim count the chairs")
        terminal.sees("this stood half typed when the program ended")
        terminal.types(" again\r")
        terminal.until(on_disk(sample, "count the chairs again"), "the action in the file")
        terminal.sees("action added")
        terminal.types("q")
        assert terminal.ends() == 0
    assert drafts(own_home) == []
    assert "- [ ] @tjenness count the chairs again" in item_notes(sample, "news")


def item_notes(path: Path, item_id: str) -> str:
    with OpenNotebook.open(path, read_only=True) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        return next(item.notes for item in meeting.items if item.id == item_id)


@pytest.mark.parametrize(
    ("keys", "label"),
    [
        ("a", "action:"),
        ("r", "request:"),
        ("5r", "request:"),
        ("d", "decision:"),
        ("e", "item:"),
        ("A", "coordinators; moderator; scribe:"),
        ("N", "new meeting:"),
        ("X", "page:"),
    ],
)
async def test_the_same_question_is_asked_with_the_words_in_it(
    sample: Path, clock: Clock, keys: str, label: str
) -> None:
    async with desk(sample, clock) as at:
        await at.press("j", *keys, "ctrl+u")
        await at.type("so ")
    async with desk(sample, clock) as at:
        assert at.live.desk.item == next(item for item in at.meeting.items if item.id == "news")
        assert str(at.live.query_one("#prompt-label").render()) == label
        assert standing(at) == "so "


@pytest.mark.parametrize("keys", ["/", "h"], ids=["find", "handover"])
async def test_a_screen_of_its_own_comes_back_with_the_words_in_it(sample: Path, clock: Clock, keys: str) -> None:
    async with desk(sample, clock) as at:
        await at.press(*keys)
        there = type(at.app.screen)
        await at.type("tim; hi")
    async with desk(sample, clock) as at:
        await at.until(lambda: isinstance(at.app.screen, there) and bool(standing(at)))
        assert standing(at) == "tim; hi"
        await at.press("escape")
        assert "half typed" not in at.line("status")
    async with desk(sample, clock) as at:
        assert not at.live.asking


@pytest.mark.parametrize("keys", ["oe", "4a"], ids=["action", "person"])
async def test_what_can_t_be_asked_again_is_offered_to_the_notes(sample: Path, clock: Clock, keys: str) -> None:
    async with desk(sample, clock) as at:
        await at.press(*keys, "ctrl+u")
        await at.type("so")
    async with desk(sample, clock) as at:
        assert standing(at) == "so"
        assert "Enter writes it into the notes of Welcome, Esc drops it" in at.line("prompt-meaning")
        assert at.line("status") == "this stood half typed when the program ended"  # which holds once it is answered
        await at.press("enter")
        assert at.notes("welcome").endswith("- so")


async def test_what_was_typed_for_an_item_that_is_gone_is_offered_to_another(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("j", "d")
        await at.type("so")
        news = next(item for item in at.meeting.items if item.id == "news")
    with OpenNotebook.open(sample) as notebook:
        notebook.change(agenda_edits.delete_item("2020-05", news))
    async with desk(sample, clock) as at:
        assert standing(at) == "so"
        shown = at.live.desk.item
        assert shown is not None
        assert f"writes it into the notes of {shown.title}" in at.line("prompt-meaning")


async def test_what_was_typed_about_an_item_is_asked_about_it_though_others_moved_the_floor(
    sample: Path, clock: Clock
) -> None:
    async with desk(sample, clock) as at:
        await do(at, sample, edits.start("2020-05", item(at, "welcome"), clock()))
        await at.press("5", "tab", "g", "e", "ctrl+u")
        await at.type("hi")
        await do(at, sample, edits.step("2020-05", "welcome", 1, clock()))
        assert at.app.whereabouts.item == "news"
        await at.type("!")
    async with desk(sample, clock) as at:
        assert standing(at) == "hi!"
        await at.press("enter")
        assert [item(at, one).title for one in ("welcome", "news")] == ["hi!", "Project news"]


async def test_what_was_asked_again_is_said_with_what_else_there_is_to_say(
    sample: Path, clock: Clock, own_home: Path
) -> None:
    async with desk(sample, clock) as at:
        await at.press("d")
        await at.type("hi")
    (draft,) = drafts(own_home)
    draft.with_suffix(".json").write_text("no notebook")
    async with desk(sample, clock) as at:
        assert standing(at) == "hi"
        assert "a rescue copy can't be used" in at.line("status")
        assert "this stood half typed when the program ended" in at.line("status")


async def test_what_says_nothing_without_its_question_is_not_asked_again(
    sample: Path, clock: Clock, own_home: Path
) -> None:
    async with desk(sample, clock) as at:
        for keys in (("o", "slash"), ("escape", "at"), ("escape", "escape", "x", "w")):  # a filter, a date, a file
            await at.press(*keys)
            await at.type("hi")
            assert "hi" in standing(at)
            at.app.half_typed.keep_now()
            assert drafts(own_home) == []


async def test_where_nothing_is_left_to_write_to_it_goes_into_a_file(
    sample: Path, clock: Clock, own_home: Path
) -> None:
    async with desk(sample, clock) as at:
        await at.press("d")
        await at.type("so")
    with OpenNotebook.open(sample) as notebook:
        notebook.change(Edit("", lambda book: replace(book, meetings=())))
    async with desk(sample, clock, meeting_id=None) as at:
        assert standing(at) == "so"
        await at.press("enter")
        assert "kept in" in at.line("status")
    assert [path.read_text() for path in own_home.rglob("kept/*")] == ["# decision\n\nso\n"]


async def leave_half_typed(path: Path, clock: Clock, words: str, meeting_id: str = "2020-05") -> None:
    async with desk(path, clock, meeting_id=meeting_id) as at:
        await at.press("j", "d")
        await at.type(words)


async def test_what_was_half_typed_in_another_meeting_waits_until_that_one_is_shown(
    sample: Path, clock: Clock, own_home: Path
) -> None:
    await leave_half_typed(sample, clock, "so", "2022-02")
    async with desk(sample, clock, meeting_id="2020-05") as at:
        assert at.app.whereabouts.meeting == "2020-05"
        assert not at.live.asking
        assert at.line("status") == "a half typed line waits in the meeting of Tue 15 Feb 2022"
        await at.press("j", "d")
        await at.type("here")
        await at.press("enter", "i")
        at.live.show_meeting("2022-02")
        await at.press("ctrl+e")
        assert not at.live.asking  # who writes is not disturbed
        await at.press("escape")
        assert standing(at) == "so"
        assert at.app.whereabouts == Whereabouts("2022-02", "2022-02-milestones")
        assert at.line("status") == "this stood half typed too"
        await at.press("enter")
        await at.until(lambda: not drafts(own_home))
        assert "so" in at.editor.text


async def test_without_a_meeting_asked_for_the_one_it_was_half_typed_in_is_shown(sample: Path, clock: Clock) -> None:
    await leave_half_typed(sample, clock, "so", "2022-02")
    async with desk(sample, clock, meeting_id=None) as at:
        assert standing(at) == "so"
        assert at.app.whereabouts.meeting == "2022-02"


@pytest.mark.parametrize("end", ["enter", "escape"])
async def test_of_two_lines_the_older_is_asked_once_the_newer_was_answered_or_dropped(
    sample: Path, clock: Clock, own_home: Path, end: str
) -> None:
    for words, age in (("one", 60), ("two", 0)):
        mine = Drafts(sample)
        mine.keep(Draft("decision", words, "decision", "2020-05", "news"))
        mine.close()
        (draft,) = (path for path in drafts(own_home) if f'"{words}"' in path.read_text())
        os.utime(draft, (time.time() - age,) * 2)
    async with desk(sample, clock) as at:
        assert standing(at) == "two"
        await at.press(end)
        assert standing(at) == "one"
        assert at.line("status") == "this stood half typed too"
        await at.type("!")
        await at.until(lambda: [path for path in drafts(own_home) if b"one!" in path.read_bytes()] == drafts(own_home))
        await at.press(end)
        assert not at.live.asking
        await at.until(lambda: not drafts(own_home))
        assert [word in at.notes("news") for word in ("two", "one!")] == [end == "enter"] * 2


@pytest.mark.parametrize("end", ["enter", "escape"])
async def test_a_line_that_was_answered_or_dropped_is_not_asked_again(
    sample: Path, clock: Clock, own_home: Path, end: str
) -> None:
    async with desk(sample, clock) as at:
        await at.press("d")
        await at.type("so")
        await at.until(lambda: bool(drafts(own_home)))
        await at.press(end)
        await at.until(lambda: not drafts(own_home))
    async with desk(sample, clock) as at:
        assert not at.live.asking


async def test_what_is_pasted_is_kept_too_and_in_one_line(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("/")
        at.app.post_message(events.Paste("one\n  two"))
        await at.until(lambda: standing(at) == "one two")
        await at.pilot.pause()
    async with desk(sample, clock) as at:
        await at.until(lambda: isinstance(at.app.focused, Input) and standing(at) == "one two")


def test_the_line_of_a_process_that_lives_is_left_to_it(sample: Path) -> None:
    mine, other = Drafts(sample), Drafts(sample)
    mine.keep(Draft("decision", "half typed"))
    mine.flush()
    assert other.take_up() is None
    mine.close()
    assert other.take_up() == Draft("decision", "half typed")
    assert Drafts(sample).take_up() is None
    other.keep(None)
    other.close()
    assert Drafts(sample).take_up() is None


def test_a_line_just_answered_is_kept_for_a_moment_whenever_the_disk_is_looked_after(
    sample: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = Drafts(sample)
    mine.keep(Draft("decision", "half typed"))
    mine.flush()
    looked: list[bool] = []
    now = time.monotonic

    def at_a_bad_moment() -> float:
        if not looked:
            looked.append(True)
            looked.extend([mine._save(), bool(drafts(own_home))])
        return now()

    monkeypatch.setattr(time, "monotonic", at_a_bad_moment)
    mine.keep(None)
    assert looked == [True, True, True]
    mine.close()
    assert drafts(own_home) == []


def test_a_draft_that_can_t_be_read_harms_nobody(sample: Path, own_home: Path) -> None:
    mine = Drafts(sample)
    mine.keep(Draft("decision", "half typed"))
    mine.close()
    (draft,) = drafts(own_home)
    draft.write_bytes(b'{"label": "dec')
    assert Drafts(sample).take_up() is None


def test_what_a_terminal_would_act_on_is_shown_in_a_draft(sample: Path) -> None:
    mine = Drafts(sample)
    mine.keep(Draft("\x1b[2J", "a\x1b]52;c;aGk=\x07\nb"))
    mine.close()
    assert Drafts(sample).take_up() == Draft("␛[2J", "a␛]52;c;aGk=␇ b")


def test_a_draft_goes_where_it_can(sample: Path, own_home: Path) -> None:
    (own_home / ".state").write_text("no folder")
    mine = Drafts(sample)
    mine.keep(Draft("decision", "half typed"))
    mine.close()
    assert Drafts(sample).take_up() == Draft("decision", "half typed")
    assert drafts(own_home) == list((own_home / "run").rglob("*.draft"))
