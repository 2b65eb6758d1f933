"""Edits change what they name, and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.edits import Edit, EditError, plan_meeting
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Person, Request, Session
from dmlt_tui.meeting.moderation import current_place, is_running, seconds_spent
from dmlt_tui.notes.text import clean

START = datetime(2020, 5, 12, 16, 0, tzinfo=UTC)
NAMES = ("a", "b", "c", "d", "e")


def item(name: str, notes: str = "") -> Item:
    return Item(id=name, title=f"Topic {name}", minutes=10, notes=notes)


MEETING = Meeting(
    id="m",
    title="M",
    days=(
        Day(
            id="d1",
            date=date(2020, 5, 12),
            sessions=(
                Session(
                    id="s1", start=time(9), items=(item("a"), item("b", notes="- [ ] @x do it due:2020-07-06\n- rest"))
                ),
                Session(id="s2", start=time(11), items=(item("c"),)),
            ),
        ),
        Day(id="d2", date=date(2020, 5, 13), sessions=(Session(id="s3", start=time(9), items=(item("d"), item("e"))),)),
    ),
)
BOOK = Notebook(meetings=(Meeting(id="other", title="Other"), MEETING))


def meeting_of(book: Notebook) -> Meeting:
    meeting = book.meeting("m")
    assert meeting is not None
    return meeting


def item_of(book: Notebook, name: str) -> Item:
    return next(found for found in meeting_of(book).items if found.id == name)


@given(name=st.sampled_from(NAMES), text=st.text())
def test_notes_are_kept_as_typed_but_for_control_characters_and_nothing_else_changes(name: str, text: str) -> None:
    old = item_of(BOOK, name)
    after = edits.set_notes("m", old, old.notes, text).apply(BOOK)
    assert item_of(after, name).notes == clean(text)
    assert after.meetings[0] == BOOK.meetings[0]
    assert [found for found in meeting_of(after).items if found.id != name] == [
        found for found in MEETING.items if found.id != name
    ]
    assert edits.set_notes("m", old, clean(text), old.notes).apply(after) == BOOK


def test_notes_typed_over_older_notes_keep_both_sides() -> None:
    base = item_of(BOOK, "b")
    theirs = edits.set_notes("m", base, base.notes, f"{base.notes}\n- theirs").apply(BOOK)
    both = edits.set_notes("m", base, base.notes, f"- mine\n{base.notes}").apply(theirs)
    assert item_of(both, "b").notes == f"- mine\n{base.notes}\n- theirs"


def test_a_line_is_added_below_what_stands_there() -> None:
    after = edits.add_note_line("m", item("b"), "- [ ] @y more", "action").apply(BOOK)
    assert item_of(after, "b").notes.split("\n") == ["- [ ] @x do it due:2020-07-06", "- rest", "- [ ] @y more"]


FLOOR_KEYS = st.lists(st.tuples(st.sampled_from("spnb"), st.integers(0, 90)), max_size=25)


@given(keys=FLOOR_KEYS)
def test_however_the_floor_moves_one_clock_runs_at_most_and_no_second_counts_twice(keys: list[tuple[str, int]]) -> None:
    book, now = BOOK, START
    for key, seconds in keys:
        now += timedelta(seconds=seconds)
        place = current_place(meeting_of(book))
        edit: Edit
        if key == "s":
            edit = edits.start("m", place.item if place else item("a"), now)
        elif key == "p":
            edit = edits.pause("m", now)
        else:
            edit = edits.step("m", meeting_of(book).current, 1 if key == "n" else -1, now)
        try:
            book = edit.apply(book)
        except EditError:
            continue
        items = list(meeting_of(book).items)
        assert sum(is_running(found) for found in items) <= 1
        assert all(is_running(found) <= (found.id == meeting_of(book).current) for found in items)
        assert sum(seconds_spent(found, now) for found in items) <= (now - START).total_seconds()
    assert sorted(found.id for found in meeting_of(book).items) == sorted(NAMES)


def test_an_edit_of_a_meeting_that_is_gone_says_so() -> None:
    with pytest.raises(EditError, match="no longer in this notebook"):
        edits.set_done("nowhere", item("a"), done=True).apply(BOOK)


def test_a_new_meeting_has_its_days_in_a_row() -> None:
    numbers = count()
    meeting = plan_meeting("2021", "Spring  meeting\n", date(2021, 2, 27), 3, "UTC", lambda: f"id{next(numbers)}")
    assert meeting.title == "Spring meeting"
    assert [day.date.isoformat() for day in meeting.days] == ["2021-02-27", "2021-02-28", "2021-03-01"]
    assert all(day.sessions[0].items for day in meeting.days)
    assert len({found.id for found in meeting.items}) == 3
    assert edits.add_meeting(meeting).apply(BOOK).meetings[-1] == meeting


@pytest.mark.parametrize(
    ("title", "first", "days", "words"),
    [
        (" \n", date(2021, 1, 1), 1, "needs a title"),
        ("T", date(2021, 1, 1), 0, "1 to 60 days"),
        ("T", date(2021, 1, 1), 61, "1 to 60 days"),
        ("T", date(9999, 12, 31), 2, "9999-12-31 is not a date to meet on"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_in_words(title: str, first: date, days: int, words: str) -> None:
    with pytest.raises(EditError, match=words):
        plan_meeting("x", title, first, days, "UTC", lambda: "id")


def test_ids_and_handles_are_taken_once() -> None:
    for edit in (edits.add_meeting(MEETING), edits.add_person(Person(id="p", name="P"))):
        with pytest.raises(EditError, match="already"):
            edit.apply(edits.add_person(Person(id="p", name="P")).apply(BOOK))


def test_a_request_is_put_on_the_list() -> None:
    request = Request(id="r", title="APDB status", estimate="30 mins", minutes=30)
    assert edits.add_request(request).apply(BOOK).requests == (request,)
