"""Small terminals, poor ones, and where one comes back to."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.clock import Clock
from support.desk import desk
from support.terminal import Terminal

from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.whereabouts import Whereabouts, keep, recall


async def test_in_forty_columns_the_agenda_folds_away_while_one_types(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (40, 12)) as at:
        assert at.live.agenda.size.width == 40
        await at.press("i")
        assert not at.live.agenda.display
        assert at.editor.size.width >= 36
        assert at.editor.size.height >= 6
        await at.press("escape")
        assert at.live.agenda.display


async def test_a_question_leaves_the_panes_of_a_small_terminal_as_they_are(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (40, 12)) as at:
        await at.press("i", "ctrl+x", "d")
        assert at.live.asking
        assert not at.live.agenda.display


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (40, 12), (200, 60)])
async def test_in_a_terminal_of_any_size_what_is_typed_is_kept(
    sample: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with desk(sample, clock, size) as at:
        await at.press("i")
        await at.type("kept")
        assert at.notes("welcome").endswith("kept")


async def test_a_storm_of_new_sizes_ends_in_the_last_one(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        for size in [(30, 6), (120, 40), (21, 5), (59, 16), (60, 15), (100, 30)] * 3:
            await at.pilot.resize_terminal(*size)
        await at.type("after it")
        assert at.notes("welcome").endswith("after it")
        assert at.live.agenda.display
        assert at.live.size == (100, 30)


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_terminal_that_can_show_nothing_is_refused_in_one_line(sample: Path, kind: str) -> None:
    with Terminal(str(sample), environment={"TERM": kind}) as terminal:
        assert terminal.ends() == 1
        assert "export TERM=xterm-256color" in " ".join(terminal.text.split())


def test_a_locale_without_utf_8_is_refused_in_one_line(sample: Path) -> None:
    poor = {
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
    }  # as where a locale of another encoding is set
    with Terminal(str(sample), environment=poor) as terminal:
        assert terminal.ends() == 1
        assert "export LC_ALL=C.UTF-8" in " ".join(terminal.text.split())


@pytest.mark.parametrize("kind", ["xterm", "linux", "screen", "tmux-256color", "vt100"])
def test_any_other_terminal_shows_the_meeting(sample: Path, kind: str) -> None:
    with Terminal(str(sample), environment={"TERM": kind, "NO_COLOR": "1" if kind == "xterm" else ""}) as terminal:
        terminal.sees("Agenda")
        terminal.types("i")
        terminal.sees("TYPE")


async def test_one_comes_back_to_the_item_and_line_one_left(sample: Path, clock: Clock) -> None:
    with OpenNotebook.open(sample) as notebook:
        app = DmltApp(notebook, meeting_id="2020-05", now=clock)
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.press("j")
            await pilot.pause()
            await pilot.press("i", *"one", "enter", *"two", "enter", *"three", "up")
            await pilot.press("ctrl+x", "ctrl+x", "q")
        left = app.whereabouts
    keep(sample, left)
    place = recall(sample)
    assert place == left
    assert place is not None
    with OpenNotebook.open(sample) as notebook:
        app = DmltApp(notebook, now=clock, place=place)
        async with app.run_test() as pilot:
            await pilot.pause()
            live = app.live
            assert live is not None
            assert live.desk.item is not None
            assert live.desk.item.id == left.item != "welcome"
            assert live.notes.editor.document.get_line(live.notes.editor.cursor_location[0]).endswith("two")


def test_a_place_that_can_not_be_read_is_none(tmp_path: Path) -> None:
    assert recall(tmp_path / "notebook.json") is None


async def test_a_place_that_is_gone_leaves_one_at_the_start(sample: Path, clock: Clock) -> None:
    with OpenNotebook.open(sample) as notebook:
        app = DmltApp(notebook, now=clock, place=Whereabouts("2020-05", "gone", 7))
        async with app.run_test() as pilot:
            await pilot.pause()
            assert app.live is not None
            assert app.live.desk.item is not None


@pytest.mark.parametrize("key", ["[", "]", "O", "P", "X", "^", "_", "a", "1"])
def test_esc_and_a_key_that_arrive_together_leave_the_notes_and_type_nothing(sample: Path, key: str) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.sees("Agenda")
        terminal.types("i")
        terminal.sees("TYPE")
        terminal.types("word")
        terminal.sees("word")
        terminal.types(f"\x1b{key}")
        terminal.sees(" GO ")
        terminal.types("q")
        assert terminal.ends() == 0
    assert f"word{key}" not in sample.read_text(encoding="utf-8")
