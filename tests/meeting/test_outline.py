"""A meeting as a whole: title, days and zone in one line, and what the line changes."""

from __future__ import annotations

from datetime import date, time
from itertools import count

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting.edits import EditError
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Session
from dmlt_tui.meeting.outline import Outline, outline_from, outline_words, set_outline, understood_outline

TODAY = date(2020, 5, 12)
MEETING = Meeting(
    id="m",
    title="DMLT; spring",
    zone="America/Los_Angeles",
    zone_label="Project",
    days=(
        Day(id="d1", date=TODAY, sessions=(Session(id="s", start=time(9), items=(Item(id="a", title="A"),)),)),
        Day(id="d2", date=date(2020, 5, 13)),
        Day(id="d3", date=date(2020, 5, 15)),
    ),
)
BOOK = Notebook(meetings=(MEETING,))


def changed(words: str) -> Meeting:
    ids = (f"new{number}" for number in count())
    return set_outline("m", outline_from(words, TODAY), lambda: next(ids)).apply(BOOK).meetings[0]


def test_a_meeting_is_one_line_and_read_back_from_it() -> None:
    assert outline_words(MEETING) == "DMLT, spring; 2020-05-12; 3; America/Los_Angeles (Project)"
    found = outline_from(outline_words(MEETING), TODAY)
    assert found == Outline("DMLT, spring", TODAY, 3, "America/Los_Angeles", "Project")
    assert changed(outline_words(MEETING)) == replace(MEETING, title="DMLT, spring")
    assert understood_outline(found) == (
        "DMLT, spring · Tue 12 May 2020 to Thu 14 May 2020 · America/Los_Angeles, called Project"
    )


def test_all_days_move_with_the_first_and_keep_their_gaps_and_clocks() -> None:
    moved = changed("T; 19 May 2020; 3; Europe/Zurich")
    assert [day.date.day for day in moved.days] == [19, 20, 22]
    assert next(moved.sessions).start == time(9)
    assert (moved.zone, moved.zone_label) == ("Europe/Zurich", "")


def test_what_is_not_typed_stays() -> None:
    kept = changed("T; 12 May 2020")
    assert (kept.days, kept.zone, kept.zone_label) == (MEETING.days, MEETING.zone, "Project")


def test_days_are_added_after_the_last_and_empty_ones_taken_away() -> None:
    assert [day.date.day for day in changed("T; 12 May 2020; 5").days] == [12, 13, 15, 16, 17]
    assert [day.id for day in changed("T; 12 May 2020; 1").days] == ["d1"]
    full = replace(MEETING, days=tuple(reversed(MEETING.days)))
    with pytest.raises(EditError, match="Tue 12 May 2020 still has items"):
        set_outline("m", Outline("T", TODAY, 2), lambda: "new").apply(Notebook(meetings=(full,)))


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", "a meeting needs a title"),
        ("T", "which day does it begin?"),
        ("T; 25:99", "'25:99' is not a date"),
        ("T; 12 May 2020; -5", "'-5' is not a number of days"),
        ("T; 12 May 2020; 0", "1 to 60 days, not 0"),
        ("T; 12 May 2020; 61", "1 to 60 days"),
        ("T; 12 May 2020; 99999999999", "not a number of days"),
        ("T; 12 May 2020; ３", "not a number of days"),
        ("T; 12 May 2020; 1; europe/berlin", "'europe/berlin' is not a time zone; near are Europe/Berlin"),
        ("T; 12 May 2020; 1; localtime", "'localtime' is not a time zone"),
        ("T; 9999-12-31", "9999-12-31 is not a date to meet on"),
        ("T; 12 May 2020; 1; Mars/Base (Base)", "'Mars/Base' is not a time zone"),
        ("T; 12 May 2020; 1; ../etc", "'../etc' is not a time zone"),
        ("T; 12 May 2020; 1; UTC; more", "a ; too many"),
    ],
)
def test_what_is_not_clear_is_refused_in_one_line(words: str, refusal: str) -> None:
    with pytest.raises(EditError) as error:
        outline_from(words, TODAY)
    assert refusal in str(error.value)
    assert "\n" not in str(error.value)
