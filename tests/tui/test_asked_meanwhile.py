"""What somebody else takes away while one is asked about it: the answer changes nothing, stays, and why is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from support.clock import Clock
from support.desk import Desk, desk
from test_two_desks import do, item, notes
from textual.screen import ModalScreen

from dmlt_tui.meeting import agenda_edits
from dmlt_tui.meeting.edits import Edit
from dmlt_tui.tui.screens.time_card import TimeCard
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Prompt, PromptInput


def standing(at: Desk) -> str:
    """What stands in the question that is open."""
    assert at.app.screen.query_one(Prompt).asking
    return at.app.screen.query_one(PromptInput).value


@pytest.mark.parametrize(
    ("key", "answer"), [("e", "Other; 20"), ("A", "fritz"), ("O", "Ann 5; Bob 5"), ("P", "9:10 5 part"), ("M", "2")]
)
async def test_an_answer_about_an_item_that_is_gone_says_so(sample: Path, clock: Clock, key: str, answer: str) -> None:
    async with desk(sample, clock) as at:
        await at.press("j", key)
        assert at.app.screen.query_one(Prompt).asking
        await do(at, sample, agenda_edits.delete_item("2020-05", item(at, "news")))
        after = at.app.notebook.value
        await at.press("ctrl+u")
        await at.type(answer)
        await at.press("enter")
        said = at.line("status")
        assert said.startswith(
            ("the item 'Project news' is no longer in", "that item is no longer in", "'Project news' was deleted")
        )
        assert at.app.notebook.value == after
        assert at.app.notebook.undo_label is None
        assert standing(at) == answer


@pytest.mark.parametrize(("key", "answer"), [("e", "Other; John; 20m"), ("S", "Part; 10m")])
async def test_an_answer_about_a_request_that_is_gone_says_so(
    sample: Path, clock: Clock, key: str, answer: str
) -> None:
    async with desk(sample, clock) as at:
        await at.press("5", "r")
        await at.type("Two; ; 1h")
        await at.press("enter", key)
        assert at.app.screen.query_one(Prompt).asking
        await do(at, sample, Edit("", lambda book: replace(book, requests=())))
        await at.press("ctrl+u")
        await at.type(answer)
        await at.press("enter")
        assert at.line("board-keys") == "the request 'Two' is gone"
        assert standing(at) == answer
        assert at.app.notebook.value.requests == ()


@pytest.mark.parametrize(("key", "answer"), [("e", "count again"), ("A", "fritz"), ("@", "fri")])
async def test_an_answer_about_an_action_that_is_gone_says_so(
    sample: Path, clock: Clock, key: str, answer: str
) -> None:
    async with desk(sample, clock) as at:
        await do(at, sample, notes(at, "welcome", "- [ ] @tjenness count"))
        await at.press("3", "g", key)
        assert at.app.screen.query_one(Prompt).asking
        await do(at, sample, *(notes(at, one.id, "") for one in at.meeting.items if one.notes))
        after = at.app.notebook.value
        await at.press("ctrl+u")
        await at.type(answer)
        await at.press("enter")
        assert at.line("status") == "'count' no longer stands in the notes of 'Welcome' as it was shown"
        assert at.app.notebook.value == after
        assert standing(at) == answer


@pytest.mark.parametrize(("key", "line"), [("a", "- [ ] count again"), ("d", "- !! count again")])
async def test_a_line_for_an_item_that_is_gone_stays_and_goes_where_it_says(
    sample: Path, clock: Clock, key: str, line: str
) -> None:
    async with desk(sample, clock) as at:
        await at.press("j", key)
        await at.type("count again")
        await do(at, sample, agenda_edits.delete_item("2020-05", item(at, "news")))
        before = at.app.notebook.value
        await at.press("enter")
        assert standing(at) == "count again"
        shown = at.live.desk.item
        assert shown is not None
        told = f"'Project news' was deleted by somebody else: Enter again writes it under {shown.title!r}"
        assert at.line("prompt-meaning") == told
        assert at.app.notebook.value == before
        await at.press("enter")
        assert line in at.notes(shown.id)


async def test_a_line_for_a_meeting_that_is_gone_stays(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("a")
        await at.type("count again")
        await do(at, sample, Edit("", lambda book: replace(book, meetings=())))
        await at.press("enter")
        assert standing(at) == "count again"
        assert at.line("prompt-meaning") == "there is no item to write to any more"


async def test_the_card_of_times_closes_when_its_item_is_gone(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("j", "t")
        assert isinstance(at.app.screen, TimeCard)
        await do(at, sample, agenda_edits.delete_item("2020-05", item(at, "news")))
        await at.until(lambda: not isinstance(at.app.screen, TimeCard))
        assert at.live.desk.item is not None


@pytest.mark.parametrize(
    ("screen", "key", "first"),
    [
        ("5", "r", "Enter to agenda"),
        ("4", "e", "Enter edit or identify"),
        ("o", "e", "Space done"),
        ("x", "w", "Space change"),
        ("R", "enter", "Enter, a make it"),
    ],
)
async def test_while_a_question_is_open_the_bottom_line_says_its_keys(
    sample: Path, clock: Clock, screen: str, key: str, first: str
) -> None:
    async with desk(sample, clock) as at:
        await do(at, sample, notes(at, "welcome", "- [ ] @tjenness count\n- we will count"))
        await at.press(screen)
        assert at.line("board-keys").startswith(first)
        await at.press(key)
        assert at.line("board-keys") == "Enter accepts  Esc cancels"
        await at.press("escape")
        assert at.line("board-keys").startswith(first)


@pytest.mark.parametrize("key", ["h", "t", "question_mark", "m"])
async def test_under_a_card_no_keys_of_the_meeting_are_named(sample: Path, clock: Clock, key: str) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "i", "ctrl+x", key)
        assert isinstance(at.app.screen, ModalScreen)
        keys = at.app.screen_stack[0].query_one("#keys", Line)
        assert keys.words.strip() == "the card above has the keys: Esc closes it"
        await at.press("escape")
        assert keys.words.split()[0] == "TYPE"
