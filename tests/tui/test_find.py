"""Finding words in a note and over the whole notebook."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from support.clock import Clock
from support.desk import Desk, desk

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Session
from dmlt_tui.meeting.search import search
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


async def test_it_goes_to_another_meeting(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i", "ctrl+x", "/")
        await at.type("dmtn-105")
        await at.press("enter")
        assert "2023-Oct-24" in at.line("header")
        assert at.editor.cursor_location == (2, 0)


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


def note(*texts: str, title: str = "T") -> Notebook:
    items = tuple(Item(id=f"i{index}", title=title, notes=text) for index, text in enumerate(texts))
    day = Day(id="d", date=date(2020, 1, 1), sessions=(Session(id="s", start=time(9), items=items),))
    return Notebook(meetings=(Meeting(id="m", title="M", days=(day,)),))


def test_all_words_must_stand_in_the_line_in_any_order_and_case() -> None:
    hits = search(note("one TWO\nTwo\nthree", "two and One"), "two ONE", meeting_id="m", item_id="i1")
    assert [(hit.item_id, hit.line) for hit in hits] == [("i1", 0), ("i0", 0)]


def test_titles_are_found_too_and_lead_to_the_item() -> None:
    assert [hit.line for hit in search(note("x", title="Budget"), "budget")] == [None]


def test_only_so_many_are_looked_for() -> None:
    assert len(search(note("a\n" * 100), "a", most=7)) == 7
    assert search(note("a"), " ") == ()


@given(text=st.text(), words=st.text(min_size=1, max_size=3))
def test_every_hit_holds_the_words(text: str, words: str) -> None:
    for hit in search(note(text), words):
        if hit.line is not None:
            assert all(word in text.split("\n")[hit.line].casefold() for word in words.casefold().split())
