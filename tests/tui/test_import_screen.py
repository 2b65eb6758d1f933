"""Taking a page in: looked at first, written only after yes, taken back by u."""

from __future__ import annotations

import os
from pathlib import Path

from support.clock import Clock
from support.desk import Desk, desk
from textual import events

from dmlt_tui.tui.screens.importing import ImportScreen
from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.widgets.prompt import PromptInput
from dmlt_tui.tui.widgets.sheet import Sheet

PAGE = "# Budget round, 2027-05-11\n\n- [ ] @fmueller ask [b]NCSA[/b] due:2027-06-01\n- else\n"


async def opened(at: Desk, path: Path) -> None:
    await at.press("X")
    at.app.screen.query_one(PromptInput).value = str(path)
    await at.press("enter")
    await at.until(lambda: isinstance(at.app.screen, ImportScreen) and "Import: a new" in at.line("list-title"))


def shown(at: Desk) -> str:
    sheet = at.app.screen.query_one(Sheet)
    return "\n".join(sheet.row_text(index) for index in range(len(sheet.keys)))


async def test_a_page_is_shown_first_and_written_only_after_yes(sample: Path, clock: Clock, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    async with desk(sample, clock) as at:
        before = at.app.notebook.value
        await opened(at, page)
        assert "1 item, 1 action" in shown(at)
        await at.press("q")
        assert at.app.notebook.value is before
        await opened(at, page)
        await at.press("y")
        await at.until(lambda: isinstance(at.app.screen, LiveScreen))
        shown_meeting = at.live.desk.meeting
        assert shown_meeting is not None
        assert shown_meeting.title == "Budget round, 2027-05-11"
        assert len(at.app.notebook.value.meetings) == len(before.meetings) + 1
        await at.press("u")
        assert at.app.notebook.value == before


async def test_a_page_may_be_pasted(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("X")
        at.app.screen.query_one(PromptInput).post_message(events.Paste(PAGE))
        await at.until(lambda: isinstance(at.app.screen, ImportScreen) and "Import: a new" in at.line("list-title"))
        await at.press("y")
        await at.until(lambda: isinstance(at.app.screen, LiveScreen))
        assert at.app.notebook.value.meetings[-1].title == "Budget round, 2027-05-11"


async def test_it_can_be_read_as_another_format(sample: Path, clock: Clock, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    async with desk(sample, clock) as at:
        await opened(at, page)
        assert "read as markdown" in shown(at)
        await at.press("f")
        await at.until(lambda: "read as text" in shown(at))


async def test_what_cannot_be_read_is_said_and_nothing_happens(sample: Path, clock: Clock, tmp_path: Path) -> None:
    page = tmp_path / "page.xml"
    async with desk(sample, clock, (120, 40)) as at:
        before = at.app.notebook.value
        await at.press("X")
        at.app.screen.query_one(PromptInput).value = str(page)
        await at.press("enter")
        assert "page.xml" in at.line("prompt-meaning")
        os.mkfifo(page)
        await at.press("enter")
        assert "not a regular file" in at.line("prompt-meaning")
        page.unlink()
        page.write_bytes(b"\xff\xfe")
        await at.press("enter")
        assert "not UTF-8" in at.line("prompt-meaning")
        page.write_text("<p><ac:task></p>", encoding="utf-8")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, ImportScreen) and "line 1" in shown(at))
        await at.press("y", "q")
        assert at.app.notebook.value is before


async def test_several_lines_pasted_into_another_question_are_one(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("d")
        at.app.screen.query_one(PromptInput).post_message(events.Paste("one\n  two\n"))
        await at.pilot.pause()
        assert at.app.screen.query_one(PromptInput).value == "one two"


async def test_one_pasted_line_goes_where_the_cursor_is(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("d", "b", "left")
        at.app.screen.query_one(PromptInput).post_message(events.Paste("a \x1b[1m"))
        await at.pilot.pause()
        assert at.app.screen.query_one(PromptInput).value == "a ␛[1mb"


async def test_a_page_taken_in_twice_has_nothing_new(sample: Path, clock: Clock, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    async with desk(sample, clock) as at:
        await opened(at, page)
        await at.press("y")
        await at.until(lambda: isinstance(at.app.screen, LiveScreen))
        before = at.app.notebook.value
        await at.press("X")
        at.app.screen.query_one(PromptInput).value = str(page)
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, ImportScreen) and "nothing new" in at.line("list-title"))
        await at.press("enter", "y")
        assert isinstance(at.app.screen, ImportScreen)
        assert at.line("board-keys") == "nothing new in it"
        assert at.app.notebook.value is before
