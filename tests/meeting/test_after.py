"""After the meeting: figures, the picture of a day, and the agenda as a calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.calendar import calendar_text, events, with_guest
from dmlt_tui.meeting.forecast import ended_words
from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Session
from dmlt_tui.meeting.moderation import current_place
from dmlt_tui.meeting.picture import Block, Picture, day_picture, pieces, ruler
from dmlt_tui.meeting.picture_svg import svg
from dmlt_tui.meeting.schedule import later
from dmlt_tui.meeting.stats import Level, day_rows, estimates, meeting_rows
from dmlt_tui.store.notebook import OpenNotebook

# The first session of Tuesday as it was run: when each of its items got the floor; then it ended at 11:05.
RUN = ("9:05", "9:17", "9:30", "10:45", "11:05")


def moment(clock: str, day: int = 12) -> datetime:
    """A moment of May 2020 by the project's clocks, seven hours behind UTC."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2020, 5, day, hour, minute, tzinfo=UTC) + timedelta(hours=7)


@pytest.fixture(scope="module")
def planned() -> Notebook:
    path = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"
    with OpenNotebook.open(path, read_only=True) as notebook:
        return notebook.value


@pytest.fixture(scope="module")
def held(planned: Notebook) -> Notebook:
    book = edits.start("2020-05", next(meeting_of(planned).items), moment(RUN[0])).apply(planned)
    for clock in RUN[1:]:
        book = edits.step("2020-05", meeting_of(book).current, 1, moment(clock)).apply(book)
    return edits.pause("2020-05", moment(RUN[-1])).apply(book)


def meeting_of(book: Notebook) -> Meeting:
    meeting = book.meeting("2020-05")
    assert meeting is not None
    return meeting


# -- figures -----------------------------------------------------------------------------------------------------------


def test_planned_against_actual_of_items_sessions_and_days(held: Notebook) -> None:
    meeting = meeting_of(held)
    rows = day_rows(held, meeting, meeting.days[0], moment("12:00"))
    told = [(row.level.value, row.title, row.asked, row.planned, row.spent, row.difference) for row in rows]
    assert told == [
        ("item", "Welcome", None, 10, 12, 2),
        ("item", "Project news", None, 20, 13, -7),
        ("item", "Middleware status update", None, 60, 75, 15),
        ("item", "Break", None, 30, 20, -10),
        ("session", "Session 09:00, Leanne Guy", None, 120, 120, 0),
        # It has the floor, and is not over: there is nothing to compare yet.
        ("item", "Calibration products", 30, 15, 0, None),
        ("item", "Plans for IVOA and Python interfaces to time series data.", 30, 75, 0, None),
        ("item", "Break", None, 30, 0, None),
        ("session", "Session 11:00, Wil O'Mullane", 60, 120, 0, None),
        ("item", "Rebaselining & project schedule", 60, 90, 0, None),
        ("session", "Session 13:00, Wil O'Mullane", 60, 90, 0, None),
        ("day", "Day 2020-05-12", 120, 330, 120, 0),
    ]


def test_the_meeting_has_the_sum_of_its_days(held: Notebook) -> None:
    rows = meeting_rows(held, meeting_of(held), moment("12:00"))
    assert [row.level for row in rows].count(Level.DAY) == 3
    whole = rows[-1]
    assert (whole.level, whole.asked, whole.planned, whole.spent) == (Level.MEETING, 360, 780, 120)


def test_what_waits_for_time_is_not_planned_whatever_length_it_has(planned: Notebook) -> None:
    meeting = meeting_of(planned)
    last = meeting.days[1].sessions[-1]
    items = tuple(replace(item, minutes=15) if item.title == "OR2" else item for item in last.items)
    day = replace(meeting.days[1], sessions=(*meeting.days[1].sessions[:-1], replace(last, items=items)))
    rows = day_rows(planned, replace(meeting, days=(day,)), day, moment("12:00"))
    assert [(row.title, row.planned) for row in rows[-4:-1]] == [
        ("Prompt processing", 90),
        ("OR2", 0),
        ("Session 13:00, Frossie Economou", 90),
    ]


def test_over_several_meetings_only_those_asked_for_or_held_count(held: Notebook) -> None:
    rows = estimates(held, moment("12:00"))
    # Topics alone: 12 + 13 + 75 minutes, and no break.
    assert [(row.meeting, row.asked, row.planned, row.spent) for row in rows] == [("2020-05", 360, 660, 100)]


# -- the picture -------------------------------------------------------------------------------------------------------


def test_the_picture_has_a_block_for_every_item_and_every_stretch(held: Notebook) -> None:
    meeting = meeting_of(held)
    picture = day_picture(meeting, meeting.days[0], moment("12:00"))
    assert (picture.begin, picture.end, picture.limits) == (9 * 60, 15 * 60, (14 * 60 + 30,))
    assert [(block.start - 540, block.end - 540) for block in picture.plan] == [
        (0, 10),
        (10, 30),
        (30, 90),
        (90, 120),
        (120, 135),
        (135, 210),
        (210, 240),
        (240, 330),
    ]
    assert [(block.start - 540, block.end - 540) for block in picture.actual] == [
        (5, 17),
        (17, 30),
        (30, 105),
        (105, 125),
        (125, 125),
    ]
    assert picture.now is None


def test_a_rehearsal_on_another_day_is_drawn_at_its_own_clock(planned: Notebook) -> None:
    book = edits.start("2020-05", next(meeting_of(planned).items), moment("10:00", day=20)).apply(planned)
    meeting = meeting_of(book)
    picture = day_picture(meeting, meeting.days[0], moment("10:25", day=20))
    assert [(block.start, block.end, block.open) for block in picture.actual] == [(600, 625, True)]
    assert picture.now == 625


BLOCKS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90)), max_size=8)


@given(spans=BLOCKS, width=st.integers(1, 120))
def test_a_bar_is_always_as_wide_as_it_was_asked_to_be(spans: list[tuple[int, int]], width: int) -> None:
    blocks = [
        Block(start, start + length, "i", "A title of some words", ItemKind.TOPIC, number)
        for number, (start, length) in enumerate(sorted(spans))
    ]
    assert sum(len(piece.words) for piece in pieces(blocks, 0, 420, width)) == width
    assert len(ruler(Picture("Mon", 0, 420, (), ()), max(width, 2))) == max(width, 2)


@given(hours=st.integers(1, 24), width=st.integers(12, 120))
def test_the_hours_above_a_bar_never_touch_each_other(hours: int, width: int) -> None:
    shown = ruler(Picture("Mon", 0, hours * 60, (), ()), width).split()
    assert shown[0] == "00"
    assert all(len(hour) == 2 for hour in shown)


def night(day: date, begin: time, *lengths: int) -> Meeting:
    """A meeting of one session in Berlin, with a close half an hour after its topics at the latest."""
    items = [Item(id=f"i{number}", title=f"T{number}", minutes=length) for number, length in enumerate(lengths)]
    where = ZoneInfo("Europe/Berlin")
    latest = later(datetime.combine(day, begin, where), sum(lengths) + 30).time().replace(fold=0)
    items.append(Item(id="c", title="Close", kind=ItemKind.CLOSE, start=latest, hard=True))
    session = Session(id="s", start=begin, items=tuple(items))
    return Meeting(id="m", title="M", zone=where.key, days=(Day(id="d", date=day, sessions=(session,)),))


def test_the_picture_shows_the_clocks_of_a_day_on_which_they_change() -> None:
    # On 28 March 2027 Berlin goes from 01:59 to 03:00.
    morning = night(date(2027, 3, 28), time(9), 60)
    assert ruler(day_picture(morning, morning.days[0], moment("9:00")), 30)[:2] == "09"
    early = night(date(2027, 3, 28), time(1), 60, 60)
    picture = day_picture(early, early.days[0], moment("9:00"))
    assert [(picture.clock(block.start), picture.clock(block.end)) for block in picture.plan] == [
        ("01:00", "03:00"),
        ("03:00", "04:00"),
    ]
    assert [picture.clock(limit) for limit in picture.limits] == ["04:30"]
    # On 31 October it goes from 02:59 back to 02:00: the second topic begins and ends at 02:00.
    back = night(date(2027, 10, 31), time(1), 60, 60)
    picture = day_picture(back, back.days[0], moment("9:00"))
    assert [(picture.clock(block.start), picture.clock(block.end)) for block in picture.plan] == [
        ("01:00", "02:00"),
        ("02:00", "02:00"),
    ]
    assert [event.title for event in events(Notebook(meetings=(back,)), back)] == ["T0", "T1"]


def test_what_happened_after_midnight_stands_after_what_happened_before() -> None:
    late = Notebook(meetings=(night(date(2027, 5, 4), time(22), 60, 30),))
    at = datetime(2027, 5, 4, 20, 10, tzinfo=UTC)  # 22:10 there
    late = edits.start("m", next(late.meetings[0].items), at).apply(late)
    for item, minutes in (("i0", 120), ("i1", 170)):
        late = edits.step("m", item, 1, at + timedelta(minutes=minutes)).apply(late)
    [meeting] = late.meetings
    picture = day_picture(meeting, meeting.days[0], at + timedelta(minutes=175))
    assert [(picture.clock(block.start), picture.clock(block.end)) for block in picture.actual] == [
        ("22:10", "00:10"),
        ("00:10", "01:00"),
        ("01:00", "01:05"),
    ]
    assert picture.now == picture.actual[-1].end == 25 * 60 + 5
    assert (picture.begin, picture.end) == (22 * 60, 26 * 60)
    late = edits.step("m", "c", 1, at + timedelta(minutes=175)).apply(late)
    assert (
        ended_words(late.meetings[0], late.meetings[0].days[0]) == "Tue 4 May ended 01:05, hard end 00:00, over by 65"
    )


def test_the_svg_is_well_formed_and_text_is_only_text(held: Notebook) -> None:
    meeting = meeting_of(held)
    hostile = "<script>&\"'\x07\ufffe x"
    items = tuple(replace(item, title=hostile) for item in meeting.days[0].sessions[0].items)
    sessions = (replace(meeting.days[0].sessions[0], items=items), *meeting.days[0].sessions[1:])
    day = replace(meeting.days[0], sessions=sessions)
    text = svg([day_picture(replace(meeting, days=(day,)), day, moment("12:00"))], hostile)
    root = ET.fromstring(text)
    assert not list(root.iter("{http://www.w3.org/2000/svg}script"))
    titles = [title.text or "" for title in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "<script>&\"' x: 09:05-09:17, 12 min" in titles
    assert "hard end" in titles


def test_a_day_without_items_has_a_picture_too() -> None:
    assert svg([Picture("Mon", 540, 600, (), ())], "T").startswith("<svg")


# -- the calendar ------------------------------------------------------------------------------------------------------


def test_every_topic_and_every_part_is_an_event_in_utc(planned: Notebook) -> None:
    found = events(planned, meeting_of(planned))
    # 13 topics without OR2, which waits for time, and two parts.
    assert len(found) == 12 + 2 + 0
    text = calendar_text(planned, meeting_of(planned), found, moment("8:00"))
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == len(found)
    assert "DTSTART:20200513T163000Z\r\nDTEND:20200513T170000Z\r\n" in text
    assert "DTSTAMP:20200512T150000Z" in text
    assert len(set(re.findall("UID:(.*)\r", text))) == len(found)


def test_a_guest_gets_the_part_that_is_theirs(planned: Notebook) -> None:
    [event] = with_guest(events(planned, meeting_of(planned)), "@bblum")
    assert event.title == "Plans for an interim data facility: programmatic discussion"
    assert (event.start, event.end) == (moment("9:30", day=13), moment("10:00", day=13))


def test_lines_are_folded_at_75_octets_and_text_is_escaped(planned: Notebook) -> None:
    meeting = replace(meeting_of(planned), title="Ž" * 60 + "; a, b\\c\nd\x07")
    text = calendar_text(planned, meeting, events(planned, meeting)[:1], moment("8:00"))
    lines = text.split("\r\n")
    assert lines[-1] == ""
    assert all(len(line.encode()) <= 75 for line in lines)
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "")
    assert "X-WR-CALNAME:" + "Ž" * 60 + "\\; a\\, b\\\\c\\nd\r\n" in unfolded


def test_nothing_here_depends_on_who_has_the_floor(held: Notebook) -> None:
    assert current_place(meeting_of(held)) is not None
    assert events(held, meeting_of(held))[0].title == "Welcome"
