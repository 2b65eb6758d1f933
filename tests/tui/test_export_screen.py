"""The export screen: choose, look, copy or write."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.clock import Clock
from support.desk import desk
from test_two_desks import do, item
from textual.containers import VerticalScroll

from dmlt_tui.clipboard.files import default_state_dir, last
from dmlt_tui.meeting import agenda_edits, edits
from dmlt_tui.meeting.model import Meeting, Notebook
from dmlt_tui.page.compose import Part, Scope, compose
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.screens.export import ExportScreen
from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.widgets.prompt import Prompt, PromptInput
from dmlt_tui.tui.widgets.rows import Rows


def rows(screen: object) -> list[str]:
    assert isinstance(screen, ExportScreen)
    return [row.content.plain for row in screen.query_one(Rows).rows]


async def test_the_whole_meeting_is_shown_with_its_size_and_where_it_may_be_pasted(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("x")
        assert rows(at.app.screen)[:3] == [
            "Scope    ‹ whole meeting ›",
            "Format   ‹ storage ›",
            "         [x] contents",
        ]
        assert "Data Center" in at.line("export-place")
        notebook = at.app.notebook.value
        text = WRITERS["storage"](compose(notebook, at.meeting))
        assert at.line("export-place").startswith(f"{len(text.encode()):,} bytes, ")
        assert at.line("export-page").startswith("<ac:layout>")


async def test_scope_format_and_sections_change_with_space(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("x", "j", *["space"] * 6)
        assert at.line("export-page").startswith("DM Leadership Team")
        assert "mail" in at.line("export-place")
        await at.press("j", "j", "space")
        assert "         [ ] logistics" in rows(at.app.screen)
        assert "Location" not in at.line("export-page")
        await at.press("g", "space")
        assert rows(at.app.screen)[0] == "Scope    ‹ day 2020-05-12 ›"
        assert "Day 1: 2020-05-12" in at.line("export-page")
        assert "Action Item Summary" not in at.line("export-page")
        await at.press("left", "left")
        assert rows(at.app.screen)[0] == "Scope    ‹ open actions of all meetings ›"
        assert len(rows(at.app.screen)) == 2


async def test_what_was_chosen_is_copied_and_kept(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("x", "right", "j", *["right"] * 5, "c")
        assert isinstance(at.app.screen, LiveScreen)
        await at.until(lambda: last(default_state_dir()) is not None)
        kept = last(default_state_dir())
        assert kept is not None
        day = at.meeting.days[0]
        assert kept.name == "2020-05-day-1.md"
        expected = WRITERS["markdown"](compose(at.app.notebook.value, at.meeting, Scope(Part.DAY, day.id)))
        assert kept.read_text("utf-8") == expected


async def test_a_page_is_written_to_a_file_that_is_not_there_yet(
    sample: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with desk(sample, clock) as at:
        await at.press("x", "w", "enter")
        assert at.line("board-keys") == f"written: {folder / '2020-05.xml'}"
        written = (folder / "2020-05.xml").read_bytes()
        await at.press("w", "enter")
        assert "exists already" in at.line("prompt-meaning")
        assert (folder / "2020-05.xml").read_bytes() == written
        await at.press("escape")
        assert isinstance(at.app.screen, ExportScreen)
        await at.press("q")
        assert isinstance(at.app.screen, LiveScreen)


async def test_text_from_people_is_shown_as_it_is(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i", *"[red]x[/] @click=app.quit", "escape", "x", "right", "right", "right", "j", *["right"] * 6)
        assert "[red]x[/]" in at.line("export-page")


async def test_the_page_scrolls_below_the_choices_and_its_long_lines_are_whole(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("x", "j")
        page = at.app.screen.query_one(VerticalScroll)
        assert page.max_scroll_x == 0
        await at.press("pagedown", "pagedown")
        there = page.scroll_y
        assert there > page.size.height
        await at.press("pageup")
        assert 0 < page.scroll_y < there
        await at.press("space")
        assert rows(at.app.screen)[1] == "Format   ‹ storage-cloud ›"


async def test_a_folder_that_is_not_there_is_named_before_enter(sample: Path, clock: Clock, tmp_path: Path) -> None:
    async with desk(sample, clock) as at:
        await at.press("x", "w", "ctrl+u", *str(tmp_path / "gone" / "page"))
        assert at.line("prompt-meaning") == f"{tmp_path / 'gone'}: no such folder"
        await at.press("enter")
        assert "no such file or folder" in at.line("prompt-meaning")
        await at.press("escape", "right")
        assert at.line("board-keys").startswith("Space change")


async def test_a_folder_whose_name_could_fool_a_terminal_is_shown_by_visible_signs(
    sample: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "\u202eevil\x9b2J"
    folder.mkdir()
    shown = rf"{tmp_path}/\u202eevil\x9b2J"
    monkeypatch.chdir(folder)
    async with desk(sample, clock, size=(200, 24)) as at:
        await at.press("X", *"page")
        assert at.line("prompt-meaning") == f"{shown}/page: no such file or folder"
        await at.press("escape", "x", "w", "ctrl+u", *"page")
        assert at.line("prompt-meaning") == f"a new file in {shown}"
        await at.press("enter")
        assert at.line("board-keys") == f"written: {shown}/page"


async def test_of_a_page_of_megabytes_the_beginning_is_shown(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        item = at.meeting.days[0].sessions[0].items[0]
        at.live.change(edits.set_notes("2020-05", item, item.notes, "word " * 200_000))
        await at.press("x")
        shown = at.line("export-page")
        assert shown.endswith(" more characters")
        assert len(shown) < 50_000
        assert at.line("export-place").startswith("1,035,")


async def test_what_else_may_be_added_is_ticked_one_by_one(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:

        def added() -> list[str]:
            return [row.strip() for row in rows(at.app.screen)[-3:]]

        await at.press("d")
        await at.type("we go on\n")
        await at.press("x")
        assert "<h1>Decisions</h1>" not in at.line("export-page")
        await at.press("G", "space", "k", "space")
        assert added() == ["[ ] actual times", "[x] decisions", "[x] handovers"]
        assert "<h1>Decisions</h1>" in at.line("export-page")
        await at.press("G", "space", "k", "k", "space")
        assert added() == ["[x] actual times", "[x] decisions", "[ ] handovers"]


async def test_an_item_deleted_elsewhere_is_neither_shown_written_nor_copied(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("x", *["right"] * 3)
        assert rows(at.app.screen)[0] == "Scope    ‹ item Welcome ›"
        await do(at, sample, agenda_edits.delete_item("2020-05", item(at, "welcome")))
        await at.press("j", "right")
        assert "has no item" in at.line("export-page")
        await at.press("w", "c")
        assert isinstance(at.app.screen, ExportScreen)
        assert not at.app.screen.query_one(Prompt).asking
        assert last(default_state_dir()) is None


async def test_of_a_meeting_without_days_the_whole_is_exported(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "empty.json"
    OpenNotebook.create(path, Notebook(meetings=(Meeting(id="2020-05", title="Empty"),))).close()
    async with desk(path, clock) as at:
        await at.press("x")
        assert rows(at.app.screen)[0] == "Scope    ‹ whole meeting ›"
        await at.press("right")
        assert rows(at.app.screen)[0] == "Scope    ‹ open actions of all meetings ›"


@pytest.mark.parametrize("name", ["n" * 300, "~nobody-of-this-name"])
@pytest.mark.parametrize("keys", ["X", "xw"], ids=["import", "export"])
async def test_a_name_that_can_t_be_looked_for_is_told_as_it_is_typed(
    sample: Path, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keys: str, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    async with desk(sample, clock) as at:
        await at.press(*keys)
        at.app.screen.query_one(PromptInput).value = f"{name}/page"
        await at.pilot.pause()
        said = at.line("prompt-meaning")
        assert ("its name is too long" if len(name) > 255 else "no such f") in said
        await at.press("enter")
        assert at.app.screen.query_one(Prompt).asking
