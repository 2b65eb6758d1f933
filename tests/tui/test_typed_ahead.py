"""What is typed before the program can show it, and faster than it deals with it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.clock import Clock
from support.desk import desk
from support.terminal import Terminal, on_disk
from textual import events
from textual.widgets import Input

from dmlt_tui.store.notebook import OpenNotebook


@pytest.mark.parametrize("size", [(80, 24), (20, 5)], ids=["80x24", "20x5"])
def test_what_is_typed_before_the_first_screen_is_there_is_in_the_notes(sample: Path, size: tuple[int, int]) -> None:
    with Terminal(str(sample), size=size) as terminal:
        terminal.types("i\r\rtyped ahead\rand more\x18\x18q")  # to a terminal that is nobody's yet
        assert terminal.ends() == 0
        assert terminal.left_behind() == []
    with OpenNotebook.open(sample, read_only=True) as notebook:
        (welcome,) = [item for meeting in notebook.value.meetings for item in meeting.items if item.id == "welcome"]
    assert welcome.notes.endswith("\n\ntyped ahead\nand more")


def test_an_answer_typed_before_the_first_screen_is_there_is_given(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.types("jatim count the chairs\r")
        terminal.until(on_disk(sample, "- [ ] @tjenness count the chairs"), "the action in the file")


async def test_what_is_pasted_waits_for_the_keys_before_it(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        for key in ("5", "r"):
            at.app.post_message(events.Key(key, key))
        at.app.post_message(events.Paste("a topic"))
        at.app.post_message(events.Key("s", "s"))
        await at.until(lambda: isinstance(at.app.focused, Input) and at.app.focused.value == "a topics")


async def test_letters_that_come_with_other_keys_are_taken_in_the_order_of_the_keys(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "i")
        for key in ("a", "enter", "b", "ctrl+x", "n", "c", "ctrl+x", "ctrl+x", "n", "i", "d"):
            at.app.hear(events.Key(key, None))
        await at.until(lambda: at.editor.text.endswith("d"))
        first, second, third = (item.notes for item in list(at.meeting.items)[:3])
        assert first == "a\nb"
        assert second.endswith(".\n- c")
        assert third.endswith("\n- d")


@pytest.mark.parametrize("key", ["i", "a"], ids=["notes", "question"])
async def test_a_text_hidden_for_a_moment_by_a_change_of_size_keeps_the_keys(
    sample: Path, clock: Clock, key: str
) -> None:
    async with desk(sample, clock) as at:
        await at.press(key)
        text = at.app.focused
        assert text is not None
        text.post_message(events.Hide())  # told late: it is to be seen again by now
        await at.type("sx")
        assert at.app.focused is text
