"""Finding words in a note and over the whole notebook."""

from __future__ import annotations

from pathlib import Path

from support.clock import Clock
from support.desk import Desk, desk

from dmlt_tui.tui.panes.notes import Prepared
from dmlt_tui.tui.screens.find import FindScreen
from dmlt_tui.tui.widgets.sheet import Sheet


def rows(at: Desk) -> list[str]:
    sheet = at.app.screen.query_one(Sheet)
    return [sheet.row_text(index) for index in range(len(sheet.keys))]


async def test_words_are_found_here_first_and_enter_goes_to_their_line(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("down", "down", "down", "down", "/")
        assert isinstance(at.app.screen, FindScreen)
        await at.type("dmtn")
        found = rows(at)
        assert found[0].startswith("Calibration products  (this note)")
        assert any("2023-10-24" in row for row in found)
        await at.press("down", "down", "enter")
        assert at.live.typing
        assert at.line("notes-title") == "Calibration products"
        row = at.editor.cursor_location[0]
        assert "DMTN" in at.editor.document.get_line(row)


async def test_what_was_prepared_is_then_shown_of_the_item_gone_to(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("/")
        await at.type("gen 2 will be")
        await at.press("enter")
        assert at.line("notes-title") == "Middleware status update"
        prepared = at.live.query_one(Prepared)
        shown = [prepared.render_line(y).text.strip() for y in range(prepared.size.height)]
        assert shown[0] == "- When Gen 2 will be deprecated."


async def test_it_goes_to_another_meeting(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i", "ctrl+x", "/")
        await at.type("dmtn-105")
        await at.press("enter")
        assert "2023-Oct-24" in at.line("header")
        assert at.editor.cursor_location == (2, len(at.editor.document.get_line(2)))


async def test_escape_leaves_one_where_one_was(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("zqx")
        await at.press("ctrl+x", "/")
        await at.type("zqx")
        assert rows(at)[1].split() == ["1", "zqx"]
        await at.press("escape")
        assert at.live.typing
        await at.type("!")
        assert at.notes("welcome") == "zqx!"


async def test_nothing_found_is_an_empty_list(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("/")
        await at.type("qqq")
        await at.press("enter", "down")
        assert rows(at) == []
        assert at.line("find-keys").startswith("0 lines")
