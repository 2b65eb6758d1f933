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
