"""Help begins where one is, the key bar says what can be done, the palette finds what the notebook holds."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.color import Color, ColorSystem
from support.clock import Clock
from support.desk import Desk, desk
from textual.command import CommandList, Hits
from textual.theme import Theme
from textual.widgets import Input

from dmlt_tui.meeting.actions import meeting_actions
from dmlt_tui.settings.file import load
from dmlt_tui.tui import themes
from dmlt_tui.tui.commands import COMMANDS, GROUPS
from dmlt_tui.tui.manual import KEY_COLUMN, PANES, Row, hanging, sections
from dmlt_tui.tui.opening import OPEN_DEMO
from dmlt_tui.tui.palette import Finder
from dmlt_tui.tui.panes.foot import key_hints
from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.screens.meetings import MeetingsScreen
from dmlt_tui.tui.screens.people import PeopleScreen


@pytest.mark.parametrize("pane", ["", *PANES])
def test_help_names_every_command_once_and_those_of_the_pane_first(pane: str) -> None:
    parts = list(sections(COMMANDS, pane))
    told = [row.words for part in parts for row in part.rows]
    for command in COMMANDS:
        assert sum(words.startswith(f"{command.label}. ") for words in told) == 1, command.id
    own = {f"{command.label}. {command.help}" for command in COMMANDS if pane and pane in command.panes}
    assert own <= {row.words for row in parts[0].rows}


def test_every_command_is_in_a_group() -> None:
    assert {command.id for _, group in GROUPS for command in group} == {command.id for command in COMMANDS}
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


def test_a_long_row_of_help_hangs_in_its_column() -> None:
    lines = hanging(Row("y d", "word " * 40, "no reason"), 60)
    assert len(lines) > 3
    assert all(len(line) <= 60 for line in lines)
    assert all(line.startswith(" " * KEY_COLUMN) for line in lines[1:])
    assert lines[-1].endswith("(not now: no reason)")


@pytest.mark.parametrize(("key", "title"), [("1", "In the agenda"), ("3", "In the actions")])
async def test_help_explains_the_pane_that_has_the_keys(sample: Path, clock: Clock, key: str, title: str) -> None:
    async with desk(sample, clock) as at:
        await at.press(key, "question_mark")
        words = at.line("text-words")
        assert words.startswith(title)
        assert "g G, Home End" in words


async def test_help_of_the_notes_says_what_enter_and_tab_do_there(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i", "ctrl+x", "question_mark")
        assert at.line("text-words").startswith("In the notes")


def test_the_key_bar_dims_what_cannot_be_done() -> None:
    bar = key_hints(COMMANDS, 200, lambda command: command.id != "undo", typing=False, asking=False)
    dimmed = [bar.plain[span.start : span.end].strip() for span in bar.spans if "dim" in str(span.style)]
    assert dimmed == ["u undo"]


async def test_the_key_bar_says_more_when_the_terminal_grows(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, size=(50, 24)) as at:
        before = at.line("keys")
        await at.pilot.resize_terminal(140, 40)
        await at.until(lambda: len(at.line("keys")) > len(before))
        assert "undo" in at.line("keys")


async def find(at: Desk, words: str) -> None:
    await at.press("colon")
    await at.until(lambda: isinstance(at.app.focused, Input))
    await at.type(f"{words}\n")


async def test_the_palette_goes_to_a_person(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        person = at.app.notebook.value.people[-1]
        await find(at, person.name.lower())
        await at.until(lambda: isinstance(at.app.screen, PeopleScreen))
        screen = at.app.screen
        assert isinstance(screen, PeopleScreen)
        assert screen.sheet.key_here == person.id


@pytest.mark.parametrize("read", [True, False], ids=["read before", "not read yet"])
async def test_the_palette_goes_to_an_action(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, read: bool
) -> None:
    if not read:  # whoever opens it straight after the start is quicker than the lists
        monkeypatch.setattr(LiveScreen, "_once_painted", lambda _: None)
    async with desk(sample, clock) as at:
        if read:
            await at.until(lambda: at.live.actions.rows.option_count > 0)
        action = max(meeting_actions(at.app.notebook.value, at.meeting), key=lambda one: len(one.task.text))
        await find(at, " ".join(action.task.text.split()[:6]).lower())
        await at.until(lambda: at.app.live is not None and at.live.writing)
        assert at.live.desk.item is not None
        assert (at.live.desk.item.id, at.editor.cursor_location[0]) == (action.item_id, action.task.line)


async def test_enter_means_what_is_found_for_all_that_is_typed(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = Finder.search

    async def slowly(self: Finder, query: str) -> Hits:
        await asyncio.sleep(0.2)  # as in a large notebook
        async for hit in search(self, query):
            yield hit

    monkeypatch.setattr(Finder, "search", slowly)
    async with desk(sample, clock) as at:
        await at.press("colon")
        await at.until(lambda: bool(at.app.screen.query_one(CommandList).option_count))
        await at.type("switch meeting\n")
        await at.until(lambda: isinstance(at.app.screen, MeetingsScreen))


async def test_a_pane_gets_wider_and_keeps_a_place_for_the_others(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, size=(120, 40)) as at:
        before = at.live.agenda.outer_size.width
        await at.press("1", ">", ">")
        await at.until(lambda: at.live.agenda.outer_size.width == before + 4)
        await at.press(*["<"] * 40)
        await at.until(lambda: at.live.agenda.outer_size.width == 20)
        await at.press(*[">"] * 60)
        await at.until(lambda: at.live.notes.outer_size.width >= 20)
        assert at.live.notes.outer_size.width < 30


async def test_zoom_follows_the_keys_to_the_next_pane(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("z", "tab")
        assert at.live.notes.display
        assert not at.live.agenda.display


async def test_a_long_preparation_says_that_there_is_more_and_shows_it(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        item = max(at.meeting.items, key=lambda item: len(item.preparation))
        at.live.show_item(item.id)
        await at.until(lambda: "more lines: w shows them" in at.line("notes-prepared"))
        assert at.line("notes-prepared").count("\n") == 3
        await at.press("w")
        assert at.line("text-words").startswith(item.preparation)
        await at.press("escape")
        assert at.live


async def test_an_empty_notebook_says_what_to_press(tmp_path: Path, clock: Clock) -> None:
    async with desk(tmp_path / "new.json", clock, meeting_id=None) as at:
        assert any(row.startswith("N ") for row in at.agenda)
        assert any(row.startswith("% ") for row in at.agenda)
        await at.press("%")
        await at.until(lambda: at.app.return_value == OPEN_DEMO)


async def test_a_notebook_with_meetings_is_not_left_for_the_demo(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("%")
        assert "this notebook has meetings" in at.line("status")


@pytest.mark.parametrize("theme", [theme for theme in themes.THEMES if not theme.ansi], ids=lambda theme: theme.name)
def test_grounds_stay_grey_and_apart_in_256_colours(theme: Theme) -> None:
    grounds = [theme.background or "", theme.surface or "", theme.panel or ""]
    shown = [Color.parse(ground).downgrade(ColorSystem.EIGHT_BIT).get_truecolor() for ground in grounds]
    assert all(max(colour) == min(colour) for colour in shown), shown
    assert len(set(shown)) == 3


async def test_the_colours_are_chosen_in_the_app_and_remembered(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        for theme in (*themes.NAMES[1:], themes.NAMES[0]):
            await at.press("C")
            assert at.app.theme == theme
            assert themes.said(theme) in at.line("status")
            assert load({}).settings.theme == theme


@pytest.mark.parametrize("key", [":", "ctrl+p"])
async def test_paging_in_what_the_palette_found_where_there_is_no_room_is_no_mistake(
    sample: Path, clock: Clock, key: str
) -> None:
    async with desk(sample, clock) as at:
        await at.press(key)
        found = at.app.screen.query_one(CommandList)
        await at.until(lambda: found.option_count > 9)
        await at.pilot.resize_terminal(1, 1)
        await at.until(lambda: found.size.height == 0)
        found.highlighted = 0
        found.replace_option_prompt_at_index(0, "changed")
        await found.run_action("page_down")
        assert found.highlighted == 0
