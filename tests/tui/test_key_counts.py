"""How many keys the things done in every meeting take. A test fails when one of them needs more.

What is counted: every key pressed, from the screen as it stands before, until the notebook (or the clipboard) holds
what was wanted. A chord (Ctrl+X) counts 1, so a command costs one key more in TYPE. Names and texts are not counted,
as nobody can save them, but the blanks between them are, and so is what says "in two weeks". A line typed in the notes
ends with the Enter that begins the next one, and it is counted there, as for a nested bullet.
"""

from __future__ import annotations

from pathlib import Path

from support.clock import Clock
from support.desk import Desk, desk

from dmlt_tui.meeting import edits
from dmlt_tui.tui.screens.summary import SummaryScreen

NAME, TEXT = "fritz", "count"
WRITTEN = "- [ ] @fmueller count due:2020-05-26"


class Keys:
    """Presses keys and counts them."""

    def __init__(self, at: Desk) -> None:
        self._at = at
        self.count = 0

    async def press(self, *keys: str) -> None:
        self.count += len(keys)
        await self._at.press(*keys)

    async def free(self, words: str) -> None:
        """Type a name or a text, which does not count."""
        await self._at.type(words)


async def test_starting_the_meeting_takes_1(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        keys = Keys(at)
        await keys.press("s")
        assert at.meeting.current == "welcome"
        assert keys.count <= 1


async def test_the_next_item_takes_1_and_2_while_typing(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s")
        keys = Keys(at)
        await keys.press("n")
        assert at.meeting.current == "news"
        assert keys.count <= 1
        await at.press("i")
        keys = Keys(at)
        await keys.press("ctrl+x", "n")
        assert at.meeting.current not in ("welcome", "news", "")
        assert at.live.typing
        assert keys.count <= 2


async def test_a_nested_bullet_takes_2(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("- one")
        keys = Keys(at)
        await keys.press("enter", "tab")
        await keys.free("two")
        assert at.notes("welcome") == "- one\n  - two"
        assert keys.count <= 2


async def test_an_action_for_a_person_due_in_two_weeks_takes_6(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        keys = Keys(at)
        await keys.press("a")
        await keys.free(NAME)
        await keys.press("space")
        await keys.free(TEXT)
        await keys.press("space", "2", "w", "enter")
        assert at.notes("welcome") == WRITTEN
        assert keys.count <= 6


async def test_the_same_action_without_leaving_the_note_takes_7(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        keys = Keys(at)
        await keys.press("[", "]", "space")
        await keys.free(NAME)
        await keys.press("space")
        await keys.free(TEXT)
        await keys.press("space", "2", "w")
        assert at.line("status") == "Enter: Fritz Mueller · Tue 26 May 2020"
        await at.press("enter")  # begins the next line
        assert at.notes("welcome") == f"{WRITTEN}\n- [ ] "
        assert keys.count <= 7


async def test_the_next_action_in_the_note_takes_5(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        item = at.live.desk.item
        assert item is not None
        at.live.change(edits.set_notes("2020-05", item, item.notes, "- [ ] @x before"))
        at.editor.move_cursor(at.editor.document.end)
        await at.press("i")
        keys = Keys(at)
        await keys.press("enter")
        await keys.free(NAME)
        await keys.press("space")
        await keys.free(TEXT)
        await keys.press("space", "2", "w")
        await at.press("enter")
        assert WRITTEN in at.notes("welcome").split("\n")
        assert keys.count <= 5


async def test_a_handover_takes_2_and_3_while_typing(sample: Path, clock: Clock) -> None:
    for begin, pressed, most in (((), ("h", "enter"), 2), (("i",), ("ctrl+x", "h", "enter"), 3)):
        async with desk(sample, clock) as at:
            await at.press("s", *begin)
            before = len(at.handovers())
            keys = Keys(at)
            await keys.press(*pressed)
            assert len(at.handovers()) == before + 1
            assert keys.count <= most
            await at.press("escape", "u")  # a session is handed over once


async def test_the_open_actions_by_due_date_take_1(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        keys = Keys(at)
        await keys.press("o")
        assert isinstance(at.app.screen, SummaryScreen)
        assert "open actions in all meetings, by due date" in at.line("summary-title")
        assert keys.count <= 1


async def test_a_day_on_the_clipboard_takes_2(sample: Path, clock: Clock, own_home: Path) -> None:
    async with desk(sample, clock) as at:
        keys = Keys(at)
        await keys.press("y", "d")
        await at.app.workers.wait_for_complete()
        await at.pilot.pause()
        copies = [path for path in (own_home / ".state").rglob("*") if path.is_file()]
        assert any("Calibration products" in path.read_text(encoding="utf-8") for path in copies)
        assert keys.count <= 2
