"""What a copied part of a meeting is called, as a file and in words."""

from __future__ import annotations

from pathlib import Path

from dmlt_tui.page.choices import Part, Scope
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.copying import page_name, scope_words

SAMPLE = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"
with OpenNotebook.open(SAMPLE, read_only=True) as sample:
    MEETING = next(meeting for meeting in sample.value.meetings if meeting.id == "2020-05")


def test_a_day_is_named_by_its_meeting_and_number() -> None:
    first, second = (Scope(Part.DAY, day.id) for day in MEETING.days[:2])
    assert page_name(MEETING, first, "storage") == "2020-05-day-1.xml"
    assert page_name(MEETING, second, "storage") == "2020-05-day-2.xml"
    assert scope_words(MEETING, second) == f"Day 2 of {len(MEETING.days)}"


def test_an_item_is_named_by_its_title() -> None:
    item = next(item for item in MEETING.items if item.id == "welcome")
    assert page_name(MEETING, Scope(Part.ITEM, item.id), "markdown").startswith("2020-05-welcome")
    assert scope_words(MEETING, Scope(Part.ITEM, item.id)).startswith("Welcome")


def test_a_whole_meeting_is_named_by_its_id() -> None:
    assert page_name(MEETING, Scope(), "text") == "2020-05.txt"
    assert scope_words(MEETING, Scope()) == "The page"
