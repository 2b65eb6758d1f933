"""Start times follow from lengths and pins; the projection sums what is left and compares it with the hard end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Session, Span
from dmlt_tui.meeting.moderation import current_place
from dmlt_tui.meeting.schedule import hard_end, planned_minutes, planned_starts, project

MORNING = Session(
    id="s1",
    start=time(9),
    items=(
        Item(id="welcome", title="Welcome", minutes=10),
        Item(id="news", title="News", minutes=20),
        Item(id="break", title="Break", kind=ItemKind.BREAK, minutes=30),
    ),
)
AFTERNOON = Session(
    id="s2",
    start=time(13),
    items=(
        Item(id="prompt", title="Prompt processing"),
        Item(id="or2", title="OR2", time_permitting=True),
        Item(id="close", title="Close", kind=ItemKind.CLOSE, start=time(14, 30), hard=True),
    ),
)
DAY = Day(id="d1", date=date(2020, 5, 12), sessions=(MORNING, AFTERNOON))
ZONE = "America/Los_Angeles"


def utc(hour: int, minute: int, second: int = 0) -> datetime:
    """A moment of the meeting's day by its own clocks, which run seven hours behind UTC in May."""
    return datetime(2020, 5, 12, hour, minute, second, tzinfo=UTC) + timedelta(hours=7)


def running(item_id: str, since: datetime) -> Meeting:
    def started(item: Item) -> Item:
        if item.id != item_id:
            return item
        return Item(
            id=item.id,
            title=item.title,
            kind=item.kind,
            start=item.start,
            minutes=item.minutes,
            spans=(Span(start=since),),
        )

    sessions = tuple(
        Session(id=session.id, start=session.start, items=tuple(started(item) for item in session.items))
        for session in DAY.sessions
    )
    return Meeting(
        id="m", title="M", zone=ZONE, days=(Day(id="d1", date=DAY.date, sessions=sessions),), current=item_id
    )


def test_items_start_when_the_one_before_ends() -> None:
    starts = planned_starts(DAY)
    assert [starts[name] for name in ("welcome", "news", "break")] == [time(9), time(9, 10), time(9, 30)]


def test_a_pinned_item_starts_at_its_time_and_one_that_waits_for_time_has_none() -> None:
    starts = planned_starts(DAY)
    assert starts["prompt"] == time(13)
    assert starts["or2"] is None
    assert starts["close"] == time(14, 30)


def test_after_an_item_without_a_length_nothing_is_known() -> None:
    session = Session(id="s", start=time(9), items=(Item(id="a", title="A"), Item(id="b", title="B", minutes=5)))
    assert planned_starts(Day(id="d", date=DAY.date, sessions=(session,))) == {"a": time(9), "b": None}


def test_a_length_that_is_not_written_is_what_is_left_until_the_next_pin() -> None:
    assert planned_minutes(AFTERNOON, AFTERNOON.items[0]) == 90
    assert planned_minutes(AFTERNOON, AFTERNOON.items[2]) is None


def test_the_hard_end_is_that_of_the_close() -> None:
    assert hard_end(AFTERNOON) == time(14, 30)
    assert hard_end(MORNING) is None


def test_the_projection_adds_what_is_left_and_says_by_how_much_it_passes_the_hard_end() -> None:
    # Started at 13:11 with 90 minutes to go, seen at 13:41: 30 spent, 60 left, so 14:41, which is 11 past 14:30.
    meeting = running("prompt", utc(13, 11))
    place = current_place(meeting)
    assert place is not None
    projection = project(meeting, place, utc(13, 41))
    assert projection.spent == 30 * 60
    assert projection.planned == 90 * 60
    assert projection.end is not None
    assert f"{projection.end:%H:%M}" == "14:41"
    assert (projection.limit, projection.over) == (time(14, 30), 11)


def test_the_projection_counts_the_items_still_ahead_but_not_the_break() -> None:
    meeting = running("welcome", utc(9, 0))
    place = current_place(meeting)
    assert place is not None
    # 4 of 10 minutes spent; 6 left and 20 for the news: 09:30.
    projection = project(meeting, place, utc(9, 4))
    assert projection.end is not None
    assert f"{projection.end:%H:%M}" == "09:30"


def test_an_item_over_its_time_pushes_the_end_minute_by_minute() -> None:
    meeting = running("welcome", utc(9, 0))
    place = current_place(meeting)
    assert place is not None
    projection = project(meeting, place, utc(9, 15))
    assert projection.end is not None
    assert f"{projection.end:%H:%M}" == "09:35"


def test_on_another_day_than_planned_the_hard_end_is_not_compared() -> None:
    meeting = running("prompt", utc(13, 0))
    place = current_place(meeting)
    assert place is not None
    assert project(meeting, place, utc(13, 5) + timedelta(days=30)).over is None
