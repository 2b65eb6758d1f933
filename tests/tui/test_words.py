"""Short words for the one line at the bottom."""

from __future__ import annotations

from datetime import time
from pathlib import Path

from dmlt_tui.meeting.model import Item, Notebook, Person
from dmlt_tui.meeting.projection import Projection
from dmlt_tui.store.errors import StoreError
from dmlt_tui.tui.panes.notes import about
from dmlt_tui.tui.words import elapsed, trouble


def test_trouble_with_the_file_says_the_reason_first_and_its_name_last(own_home: Path) -> None:
    path = Path("/srv/a/very/long/folder/minutes.json")
    said = trouble(f"{path}: can't be written: disk full; kept in {own_home}/.state/rescue/minutes-1.json", path)
    assert said.startswith("can't be written: disk full; kept in ~/.state/rescue/")
    assert "/srv" not in said
    assert trouble(f"{path}: disk full", path) == "disk full (minutes.json)"


def test_trouble_with_a_file_whose_name_could_fool_a_terminal_shows_it(own_home: Path) -> None:
    path = Path("/srv/folder/\u202eevil\x9b2J.json")
    said = trouble(str(StoreError(f"{path}: disk full; kept in {own_home}/{path.name}-1.json")), path)
    assert said == r"disk full; kept in ~/\u202eevil\x9b2J.json-1.json"
    assert trouble(str(StoreError(f"{path}: disk full")), path) == r"disk full (\u202eevil\x9b2J.json)"


def test_the_clock_of_an_item_says_seconds_in_its_last_minute_and_minutes_once_one_is_over() -> None:
    def said(spent: int) -> str:
        return elapsed(Projection(spent=spent, planned=120, running=True, end=None))

    assert [said(seconds) for seconds in (0, 60, 61, 120, 121, 179, 180, 260)] == [
        "0/2 min",
        "1/2 min",
        "1:01/2 min",
        "2:00/2 min",
        "2/2 min",
        "2/2 min",
        "3/2 min, 1 over",
        "4/2 min, 2 over",
    ]


def test_an_item_says_in_one_line_who_presents_it_with_whom_how_long_and_when() -> None:
    book = Notebook(people=(Person(id="ann", name="Ann Lee"),))
    whole = Item(
        id="i",
        title="T",
        coordinators=("ann",),
        guests=("Bob",),
        minutes=20,
        up_to=True,
        time_permitting=True,
        start=time(9),
        hard=True,
    )
    assert about(book, whole) == "Ann Lee · with Bob · up to 20 min · time permitting · 09:00 at the latest"
    assert about(book, Item(id="i", title="T", start=time(9))) == "pinned to 09:00"
    assert about(book, Item(id="i", title="T")) == ""
