"""A plan that contradicts itself says so at the place, and is left as it is."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from msgspec.structs import replace

from dmlt_tui.meeting.conflicts import Conflict, conflicts
from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Person, Round, Session, Slot, Turn
from dmlt_tui.meeting.schedule import session_starts
from dmlt_tui.store.notebook import OpenNotebook

PEOPLE = (Person(id="bblum", name="Bob Blum"),)


def session(*items: Item, start: time = time(9), name: str = "s1") -> Session:
    return Session(id=name, start=start, items=items)


def found(*sessions: Session, day: date = date(2020, 5, 12), zone: str = "America/Los_Angeles") -> tuple[Conflict, ...]:
    meeting = Meeting(id="m", title="M", zone=zone, days=(Day(id="d", date=day, sessions=sessions),))
    return conflicts(Notebook(people=PEOPLE, meetings=(meeting,)), meeting)


def words(*sessions: Session) -> list[str]:
    return [conflict.words for conflict in found(*sessions)]


def test_the_reference_agenda_has_none(sample: Path) -> None:
    with OpenNotebook.open(sample, read_only=True) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        assert conflicts(notebook.value, meeting) == ()


def test_two_pins_that_cross_are_told_at_the_second() -> None:
    first = Item(id="a", title="First", minutes=10, start=time(10))
    second = Item(id="b", title="Second", minutes=10, start=time(9, 30))
    [conflict] = found(session(first, second))
    assert conflict.item == "b"
    assert conflict.words == "pinned to 09:30, but 'First' above it to 10:00: the two cross"
    # Nothing is repaired: both keep the times they were given.
    assert session_starts(session(first, second)) == {"a": time(10), "b": time(9, 30)}


def test_a_pin_before_the_item_above_is_over_says_until_when_that_takes() -> None:
    [conflict] = found(session(Item(id="a", title="Long", minutes=45), Item(id="b", title="B", start=time(9, 30))))
    assert (conflict.item, conflict.minutes) == ("b", 15)
    assert conflict.words == "pinned to 09:30, but 'Long' before it takes until 09:45"


def test_a_pin_before_its_session_is_told() -> None:
    assert words(session(Item(id="a", title="A", minutes=5, start=time(8, 30)))) == [
        "pinned to 08:30, before its session begins (09:00)"
    ]


def test_a_session_over_its_hard_end_says_by_how_much() -> None:
    close = Item(id="c", title="Close", kind=ItemKind.CLOSE, start=time(10), hard=True)
    [conflict] = found(session(Item(id="a", title="A", minutes=75), close))
    assert (conflict.item, conflict.minutes) == ("c", 15)
    assert conflict.words == "over-full by 15 min: what comes before takes until 10:15, the hard end is 10:00"


def test_a_session_that_runs_into_the_next_says_by_how_much() -> None:
    [conflict] = found(
        session(Item(id="a", title="A", minutes=125)), session(Item(id="b", title="B"), start=time(11), name="s2")
    )
    assert (conflict.session, conflict.item, conflict.minutes) == ("s1", "", 5)
    assert conflict.words == "over-full by 5 min: it takes until 11:05, and the next session begins 11:00"


def test_a_day_that_runs_into_the_next_one_or_takes_more_than_24_hours_says_so() -> None:
    long = session(*(Item(id=f"i{number}", title="T", minutes=90) for number in range(16)))
    assert words(long) == []  # to the minute a day
    [conflict] = found(replace(long, items=(*long.items, Item(id="z", title="Z", minutes=5))))
    assert conflict.words == ("over-full by 5 min: it takes until 09:05 of Wed 13 May, which is more than a day")
    days = (
        Day(id="d", date=date(2020, 5, 12), sessions=(long,)),
        Day(id="e", date=date(2020, 5, 13), sessions=(session(name="s2", start=time(8, 30)),)),
    )
    meeting = Meeting(id="m", title="M", zone="America/Los_Angeles", days=days)
    [conflict] = conflicts(Notebook(meetings=(meeting,)), meeting)
    assert (conflict.day, conflict.session, conflict.minutes) == ("d", "s1", 30)
    assert conflict.words == "over-full by 30 min: it takes until 09:00 of Wed 13 May, and Wed begins 08:30"


def test_sessions_go_forward() -> None:
    assert words(session(name="s1", start=time(11)), session(name="s2", start=time(9))) == [
        "it begins at 09:00, not after the session above it (11:00)"
    ]


def test_a_guest_outside_the_item_is_told_by_name() -> None:
    slot = Slot(id="p", title="programmatic", start=time(9, 45), minutes=30, guest="@bblum")
    assert words(session(Item(id="a", title="A", minutes=60, slots=(slot,)))) == [
        "'programmatic' with Bob Blum (09:45-10:15) lies outside the item, 09:00-10:00"
    ]


def test_parts_that_run_into_each_other_are_told() -> None:
    slots = (Slot(id="p", title="one", start=time(9), minutes=40), Slot(id="q", title="two", start=time(9, 30)))
    assert words(session(Item(id="a", title="A", minutes=60, slots=slots))) == ["'one' takes until 09:40, into 'two'"]


def test_turns_that_need_more_than_the_item_has_are_told() -> None:
    turns = Round(turns=tuple(Turn(name=name, minutes=10) for name in "abc"))
    assert words(session(Item(id="a", title="A", minutes=25, round=turns))) == [
        "its 3 turns take 30 min, the item has 25"
    ]


def test_an_item_taken_if_time_permits_is_no_conflict() -> None:
    close = Item(id="c", title="Close", kind=ItemKind.CLOSE, start=time(10), hard=True)
    extra = Item(id="x", title="Extra", minutes=30, time_permitting=True)
    assert words(session(Item(id="a", title="A", minutes=60), extra, close)) == []


def test_a_session_past_midnight_is_no_conflict() -> None:
    night = session(
        Item(id="a", title="A", minutes=90),
        Item(id="c", title="Close", kind=ItemKind.CLOSE, start=time(0, 30), hard=True),
        start=time(23),
    )
    assert words(night) == []
    late = session(Item(id="b", title="B", minutes=5), start=time(1), name="s2")
    assert words(night, late) == []


def test_a_time_the_clocks_skip_is_told() -> None:
    pinned = Item(id="a", title="A", minutes=5, start=time(2, 30))
    [conflict] = found(session(pinned, start=time(1)), day=date(2020, 3, 8))
    assert (conflict.item, conflict.words) == ("a", "there is no 02:30 on 2020-03-08: the clocks go forward then")


def test_a_pin_after_midnight_is_looked_for_on_the_day_after() -> None:
    night = session(Item(id="a", title="A", minutes=5, start=time(2, 30)), start=time(22))
    [conflict] = found(night, day=date(2020, 3, 7))
    assert conflict.words == "there is no 02:30 on 2020-03-08: the clocks go forward then"
    assert found(night, day=date(2020, 3, 8)) == ()
