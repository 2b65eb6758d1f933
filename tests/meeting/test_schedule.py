"""Start times follow from lengths and pins; the projection sums what is left and compares it with the hard end."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.agenda_edits import lengthen
from dmlt_tui.meeting.forecast import forecast_words
from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Round, Session, Slot, Span, Turn
from dmlt_tui.meeting.moderation import current_place, places
from dmlt_tui.meeting.projection import project
from dmlt_tui.meeting.schedule import (
    hard_end,
    later,
    part_starts,
    planned_minutes,
    planned_starts,
    session_date,
    session_plan,
    session_starts,
)

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
PLANNED = Meeting(id="m", title="M", zone=ZONE, days=(DAY,))


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
    starts = planned_starts(PLANNED, DAY)
    assert [starts[name] for name in ("welcome", "news", "break")] == [time(9), time(9, 10), time(9, 30)]


def test_a_pinned_item_starts_at_its_time_and_one_that_waits_for_time_has_none() -> None:
    starts = planned_starts(PLANNED, DAY)
    assert starts["prompt"] == time(13)
    assert starts["or2"] is None
    assert starts["close"] == time(14, 30)


def test_after_an_item_without_a_length_nothing_is_known() -> None:
    session = Session(id="s", start=time(9), items=(Item(id="a", title="A"), Item(id="b", title="B", minutes=5)))
    assert session_starts(session) == {"a": time(9), "b": None}


def test_a_length_that_is_not_written_is_what_is_left_until_the_next_pin() -> None:
    assert planned_minutes(AFTERNOON, AFTERNOON.items[0]) == 90
    assert planned_minutes(AFTERNOON, AFTERNOON.items[2]) is None


def test_the_hard_end_is_that_of_the_close() -> None:
    assert hard_end(AFTERNOON) == time(14, 30)
    assert hard_end(MORNING) is None


def test_a_start_that_is_only_planned_is_no_hard_end() -> None:
    assert hard_end(replace(MORNING, items=(replace(MORNING.items[0], start=time(9, 5)),))) is None


def test_a_session_far_before_the_first_ones_time_is_on_the_day_after() -> None:
    late, night = replace(MORNING, id="late", start=time(20)), replace(MORNING, id="night", start=time(1))
    day = Day(id="d", date=date(2020, 5, 12), sessions=(late, night))
    assert [session_date(day, session) for session in day.sessions] == [date(2020, 5, 12), date(2020, 5, 13)]


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


def test_on_another_day_the_same_clocks_count() -> None:
    # Put off by thirty days, and begun at 13:11: 5 of 90 minutes are spent at 13:16.
    later_on = timedelta(days=30)
    meeting = running("prompt", utc(13, 11) + later_on)
    place = current_place(meeting)
    assert place is not None
    seen = project(meeting, place, utc(13, 16) + later_on)
    assert (seen.late, seen.over, seen.limit, seen.rehearsal) == (11, 11, time(14, 30), False)


def test_a_rehearsal_at_quite_another_time_is_compared_with_the_plan_as_if_it_began_then() -> None:
    # Welcome, planned for 9:00, began at 19:00 ten days later: all of the plan is ten hours on.
    rehearsed = timedelta(days=10, hours=10)
    meeting = running("welcome", utc(9, 0) + rehearsed)
    place = current_place(meeting)
    assert place is not None
    seen = project(meeting, place, utc(9, 14) + rehearsed)
    assert seen.end is not None
    # 4 minutes over its 10, and 20 of news: 19:34, where 19:30 would be on time.
    assert (f"{seen.end:%H:%M}", seen.late, seen.rehearsal) == ("19:34", 4, True)
    # The second session is planned for 13:00, so for 23:00 now, and its hard end for half past midnight.
    assert seen.closes is not None
    assert (f"{seen.closes:%H:%M}", seen.overrun) == ("00:30", 0)


# -- lengths -------------------------------------------------------------------------------------------------------


def test_an_item_of_turns_or_parts_without_a_length_takes_as_long_as_they_do() -> None:
    turns = Item(id="r", title="R", round=Round(turns=(Turn(name="a", minutes=10), Turn(name="b", minutes=5))))
    parts = Item(id="p", title="P", slots=(Slot(id="x", title="x", minutes=20), Slot(id="y", title="y", minutes=25)))
    open_ended = Item(id="o", title="O", slots=(Slot(id="z", title="z"),))
    session = Session(id="s", start=time(9), items=(turns, parts, open_ended))
    assert [planned_minutes(session, item) for item in session.items] == [15, 45, None]


def test_parts_start_where_they_are_pinned_or_when_the_one_before_ends() -> None:
    slots = (
        Slot(id="x", title="x", minutes=20),
        Slot(id="y", title="y", start=time(9, 30), minutes=10),
        Slot(id="z", title="z"),
    )
    [row] = session_plan(Session(id="s", start=time(9), items=(Item(id="p", title="P", minutes=60, slots=slots),)))
    assert [start.time() if start else None for _, start in part_starts(row)] == [time(9), time(9, 30), time(9, 40)]


# -- clocks that change ----------------------------------------------------------------------------------------------


def at_night(day: date, begin: time, *lengths: int) -> Meeting:
    items = tuple(Item(id=f"i{number}", title="T", minutes=length) for number, length in enumerate(lengths))
    session = Session(id="s", start=begin, items=items)
    return Meeting(id="m", title="M", zone=ZONE, days=(Day(id="d", date=day, sessions=(session,)),))


def test_when_the_clocks_go_forward_an_hour_is_still_an_hour() -> None:
    # On 8 March 2020 Los Angeles went from 01:59 to 03:00.
    meeting = at_night(date(2020, 3, 8), time(1, 30), 60, 15)
    assert list(planned_starts(meeting, meeting.days[0]).values()) == [time(1, 30), time(3, 30)]
    [session] = meeting.sessions
    assert list(session_starts(session, meeting).values()) == [time(1, 30), time(3, 30)]
    assert list(session_starts(session).values()) == [time(1, 30), time(2, 30)]


def test_when_the_clocks_go_back_an_hour_is_still_an_hour() -> None:
    # On 1 November 2020 Los Angeles went from 01:59 back to 01:00.
    meeting = at_night(date(2020, 11, 1), time(0, 30), 60, 60, 60)
    starts = list(planned_starts(meeting, meeting.days[0]).values())
    assert starts == [time(0, 30), time(1, 30), time(1, 30)]


def test_a_pin_at_an_hour_that_comes_twice_is_the_one_the_agenda_has_reached() -> None:
    meeting = at_night(date(2020, 11, 1), time(0, 30), 90)
    [session] = meeting.sessions
    pinned = Item(id="p", title="P", start=time(1, 30), minutes=5)
    rows = session_plan(
        Session(id="s", start=time(0, 30), items=(*session.items, pinned)), date(2020, 11, 1), ZoneInfo(ZONE)
    )
    # 00:30 and 90 minutes is the first 01:00 and then 01:00 again: the pin is half an hour after that.
    assert rows[1].start is not None
    assert rows[1].start.astimezone(UTC) == datetime(2020, 11, 1, 9, 30, tzinfo=UTC)


def test_a_meeting_over_the_change_starts_each_day_at_its_own_clock() -> None:
    days = tuple(
        Day(
            id=f"d{day}",
            date=date(2020, 3, day),
            sessions=(Session(id=f"s{day}", start=time(9), items=(Item(id=f"i{day}", title="T", minutes=30),)),),
        )
        for day in (7, 8)
    )
    meeting = Meeting(id="m", title="M", zone=ZONE, days=days)
    assert [list(planned_starts(meeting, day).values()) for day in days] == [[time(9)], [time(9)]]


def test_the_projection_counts_minutes_over_the_change() -> None:
    meeting = at_night(date(2020, 3, 8), time(1, 30), 60)
    item = replace(next(meeting.items), spans=(Span(start=datetime(2020, 3, 8, 9, 40, tzinfo=UTC)),))
    [session] = meeting.sessions
    day = Day(id="d", date=date(2020, 3, 8), sessions=(replace(session, items=(item,)),))
    meeting = replace(meeting, days=(day,), current=item.id)
    place = current_place(meeting)
    assert place is not None
    # Begun at 01:40, so 60 minutes later the clocks show 03:40; planned was 03:30.
    seen = project(meeting, place, datetime(2020, 3, 8, 9, 50, tzinfo=UTC))
    assert seen.end is not None
    assert (f"{seen.end:%H:%M}", seen.late) == ("03:40", 10)


def test_what_is_left_until_a_pin_is_counted_over_the_change() -> None:
    # From 01:00 to 04:00 of that night there are two hours.
    close = Item(id="c", title="Close", kind=ItemKind.CLOSE, start=time(4), hard=True)
    session = Session(id="s", start=time(1), items=(Item(id="a", title="A"), close))
    meeting = Meeting(id="m", title="M", zone=ZONE, days=(Day(id="d", date=date(2020, 3, 8), sessions=(session,)),))
    assert planned_minutes(session, session.items[0], meeting) == 120
    longer = lengthen("m", session.items[0], 5).apply(Notebook(meetings=(meeting,))).meeting("m")
    assert longer is not None
    assert next(longer.items).minutes == 125


# -- hard ends --------------------------------------------------------------------------------------------------------


def test_a_hard_end_that_was_met_is_no_limit_any_more() -> None:
    items = (
        Item(id="a", title="A", minutes=30),
        Item(id="vote", title="Vote", minutes=20, start=time(10), hard=True),
        Item(id="b", title="B", minutes=30),
        Item(id="close", title="Close", kind=ItemKind.CLOSE, start=time(11), hard=True),
    )
    day = Day(id="d", date=date(2020, 5, 12), sessions=(Session(id="s", start=time(9), items=items),))
    book = Notebook(meetings=(Meeting(id="m", title="M", zone=ZONE, days=(day,)),))

    def told(now: datetime) -> str:
        [meeting] = book.meetings
        place = current_place(meeting)
        assert place is not None
        return forecast_words(project(meeting, place, now))[0]

    book = edits.start("m", items[0], utc(9, 5)).apply(book)
    # 9:05 + 30 = 9:35: the vote is to begin at 10:00 at the latest; 9:35 + 20 + 30 = 10:25, planned were 10:50.
    assert told(utc(9, 10)) == "-25 min: Vote 09:35, hard end 10:00, 25 to spare"
    book = edits.step("m", "a", 1, utc(9, 55)).apply(book)
    # It began in time. 9:55 + 20 + 30 = 10:45.
    assert told(utc(10, 5)) == "-5 min: Close 10:45, hard end 11:00, 15 to spare"
    book = edits.step("m", "vote", 1, utc(10, 35)).apply(book)
    # 10:35 + 30 = 11:05.
    assert told(utc(10, 36)) == "+15 min: Close 11:05, hard end 11:00, over by 5"


# -- the projection over time -----------------------------------------------------------------------------------------


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    numbers = iter(range(100))
    sessions = []
    for begin in range(9, 9 + 2 * draw(st.integers(1, 3)), 2):
        items = [
            Item(
                id=f"i{next(numbers)}",
                title="T",
                kind=draw(st.sampled_from((ItemKind.TOPIC, ItemKind.TOPIC, ItemKind.BREAK))),
                minutes=draw(st.none() | st.integers(0, 90)),
                start=draw(st.none() | st.none() | st.sampled_from((time(begin, 30), time(begin + 1)))),
                time_permitting=draw(st.integers(0, 4)) == 0,
                done=draw(st.integers(0, 5)) == 0,
            )
            for _ in range(draw(st.integers(1, 4)))
        ]
        if draw(st.booleans()):
            items.append(
                Item(id=f"i{next(numbers)}", title="C", kind=ItemKind.CLOSE, start=time(begin + 1, 45), hard=True)
            )
        sessions.append(Session(id=f"s{begin}", start=time(begin), items=tuple(items)))
    return Meeting(id="m", title="M", zone=ZONE, days=(Day(id="d", date=DAY.date, sessions=tuple(sessions)),))


@given(
    meeting=meetings(),
    chosen=st.integers(0, 30),
    begun=st.integers(0, 500),
    seconds=st.lists(st.integers(0, 4000), min_size=2, max_size=5),
)
def test_the_projection_never_runs_backwards(meeting: Meeting, chosen: int, begun: int, seconds: list[int]) -> None:
    row = places(meeting)
    place = row[chosen % len(row)]
    now = utc(9, 0) + timedelta(minutes=begun)
    item = replace(place.item, spans=(Span(start=now),), done=False)
    items = tuple(item if one.id == item.id else one for one in place.session.items)
    sessions = tuple(
        replace(one, items=items) if one.id == place.session.id else one for one in meeting.days[0].sessions
    )
    meeting = replace(meeting, days=(replace(meeting.days[0], sessions=sessions),), current=item.id)
    here = current_place(meeting)
    assert here is not None
    before = project(meeting, here, now)
    for step in seconds:
        now += timedelta(seconds=step)
        after = project(meeting, here, now)
        for old, new in ((before.end, after.end), (before.closes, after.closes)):
            assert (old is None) is (new is None)
            assert old is None or new is None or new >= old
        assert [one.item.id for one in after.ahead] == [one.item.id for one in before.ahead]
        for earlier, later_on in zip(before.ahead, after.ahead, strict=True):
            assert later_on.start >= earlier.start
            assert later_on.end >= earlier.end
        for one, following in pairwise(after.ahead):
            assert one.start <= one.end <= following.start
        assert set(before.not_reached) <= set(after.not_reached)
        before = after


def test_later_is_counted_in_moments() -> None:
    before = datetime(2020, 3, 8, 1, 30, tzinfo=ZoneInfo(ZONE))
    assert later(before, 60).time() == time(3, 30)


def test_a_part_after_midnight_starts_on_the_day_after() -> None:
    slots = (Slot(id="x", title="late", start=time(23, 30)), Slot(id="y", title="later still", start=time(0, 30)))
    late = Session(id="s", start=time(23), items=(Item(id="i", title="Night", minutes=120, slots=slots),))
    (row,) = session_plan(late, date(2020, 5, 12))
    starts = [start for _, start in part_starts(row)]
    assert [start and start.replace(tzinfo=None) for start in starts] == [
        datetime(2020, 5, 12, 23, 30),
        datetime(2020, 5, 13, 0, 30),
    ]


def test_an_item_with_no_time_left_before_the_next_pin_has_no_minutes() -> None:
    items = (
        Item(id="open", title="Open"),
        Item(id="full", title="Full", minutes=30),
        Item(id="pin", title="Pin", minutes=10, start=time(9, 20)),
    )
    assert planned_minutes(Session(id="s", start=time(9), items=items), items[0]) == 0
