"""The reference meeting, planned from lengths and run late: every figure here was worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.forecast import ended_words
from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Session
from dmlt_tui.meeting.moderation import current_place, seconds_spent
from dmlt_tui.meeting.projection import Projection, project
from dmlt_tui.meeting.schedule import hard_end, planned_starts
from dmlt_tui.store.notebook import OpenNotebook

# Per session: start, then items as title and minutes; a clock time instead of minutes is a hard end, None no length.
LENGTHS: list[tuple[str, list[tuple[time, list[tuple[str, int | time | None]]]]]] = [
    (
        "2020-05-12",
        [
            (time(9), [("Welcome", 10), ("Project news", 20), ("Middleware status update", 60), ("Break", 30)]),
            (time(11), [("Calibration products", 15), ("Plans for IVOA", 75), ("Break", 30)]),
            (time(13), [("Rebaselining", 90), ("Close", time(14, 30))]),
        ],
    ),
    (
        "2020-05-13",
        [
            (time(9), [("Interim data facility", 60), ("APDB Update", 30), ("Break", 30)]),
            (time(11), [("Status of Ingest", 90), ("Break", 30)]),
            (time(13), [("Prompt processing", None), ("Close", time(14, 30))]),
        ],
    ),
    ("2020-05-14", [(time(9), [("Team status", 90), ("Wrap-up", 30), ("Close", time(11))])]),
]
PAGE = {
    "2020-05-12": "09:00 09:10 09:30 10:30 11:00 11:15 12:30 13:00 14:30",
    "2020-05-13": "09:00 10:00 10:30 11:00 12:30 13:00 14:30",
    "2020-05-14": "09:00 10:30 11:00",
}


def item_of(name: str, title: str, length: int | time | None) -> Item:
    if isinstance(length, time):
        return Item(id=name, title=title, kind=ItemKind.CLOSE, start=length, hard=True)
    return Item(id=name, title=title, minutes=length, kind=ItemKind.BREAK if title == "Break" else ItemKind.TOPIC)


def from_lengths() -> Meeting:
    ids = (f"id{number}" for number in count())
    days = tuple(
        Day(
            id=day,
            date=date.fromisoformat(day),
            sessions=tuple(
                Session(id=next(ids), start=start, items=tuple(item_of(next(ids), *row) for row in rows))
                for start, rows in sessions
            ),
        )
        for day, sessions in LENGTHS
    )
    return Meeting(id="2020-05", title="Reference", zone="America/Los_Angeles", days=days)


def clocks(meeting: Meeting, day: Day) -> str:
    return " ".join(f"{start:%H:%M}" if start else "-" for start in planned_starts(meeting, day).values())


def test_the_agenda_entered_as_lengths_has_the_start_times_of_the_page() -> None:
    meeting = from_lengths()
    assert {day.id: clocks(meeting, day) for day in meeting.days} == PAGE


def test_the_sample_has_the_start_times_of_the_page_too(sample: Path) -> None:
    with OpenNotebook.open(sample, read_only=True) as notebook:
        meeting = notebook.value.meeting("2020-05")
    assert meeting is not None
    shown = {str(day.date): clocks(meeting, day) for day in meeting.days}
    # OR2 is taken if time permits, and so has no start.
    assert shown == {**PAGE, "2020-05-13": PAGE["2020-05-13"].replace("13:00", "13:00 -")}
    assert [hard_end(list(day.sessions)[-1]) for day in meeting.days] == [time(14, 30), time(14, 30), time(11)]


class Simulated:
    """The sample meeting under a clock that is set by hand, to the minute of the meeting's own day."""

    def __init__(self, book: Notebook) -> None:
        self.book = book
        self.day = 12
        self.now = datetime(2020, 5, 12, tzinfo=UTC)

    def at(self, clock: str) -> Simulated:
        hour, minute = map(int, clock.split(":"))
        # In May the project's clocks are seven hours behind UTC.
        now = datetime(2020, 5, self.day, hour, minute, tzinfo=UTC) + timedelta(hours=7)
        assert now >= self.now, "the clock of the day runs forward"
        self.now = now
        return self

    @property
    def meeting(self) -> Meeting:
        meeting = self.book.meeting("2020-05")
        assert meeting is not None
        return meeting

    def start(self) -> str:
        """Start the meeting or go on: with what has the floor, else with the first item that is not dealt with."""
        place = current_place(self.meeting)
        item = place.item if place else next(item for item in self.meeting.items if not item.done)
        self.book = edits.start("2020-05", item, self.now).apply(self.book)
        return item.title

    def pause(self) -> None:
        self.book = edits.pause("2020-05", self.now).apply(self.book)

    def next(self) -> str:
        self.book = edits.step("2020-05", self.meeting.current, 1, self.now).apply(self.book)
        place = current_place(self.meeting)
        return place.item.title if place else ""

    @property
    def seen(self) -> Projection:
        place = current_place(self.meeting)
        assert place is not None
        return project(self.meeting, place, self.now)

    @property
    def short(self) -> tuple[str, int | None, str, int | None]:
        """When the session ends and how late that is; when the day closes and by how much that passes its hard end."""
        seen = self.seen
        return (f"{seen.end:%H:%M}", seen.late, f"{seen.closes:%H:%M}", seen.overrun)

    @property
    def ended(self) -> str:
        day = next(day for day in self.meeting.days if day.date.day == self.day)
        return ended_words(self.meeting, day)

    def spent(self) -> dict[str, int]:
        return {item.title: seconds_spent(item, self.now) // 60 for item in self.meeting.items if item.spans}


@pytest.fixture
def run(sample: Path) -> Simulated:
    with OpenNotebook.open(sample, read_only=True) as notebook:
        return Simulated(notebook.value)


def test_the_whole_meeting_run_late_by_known_amounts(run: Simulated) -> None:
    # -- Tuesday: 10 + 20 + 60, break 30 | 15 + 75, break 30 | 90, close 14:30 at the latest.
    run.at("9:05").start()
    # 5 late: 9:05 + 90 = 10:35; + 30 = 11:05, + 90 = 12:35, + 30 = 13:05, + 90 = 14:35.
    assert run.short == ("10:35", 5, "14:35", 5)
    # 7 of 10 spent, 3 left: 9:15 + 80 = 10:35, as before.
    assert run.at("9:12").short == ("10:35", 5, "14:35", 5)
    # 12 of 10 spent, nothing left: 9:17 + 80 = 10:37; the rest of the day is 240 more: 14:37.
    assert run.at("9:17").short == ("10:37", 7, "14:37", 7)
    assert run.next() == "Project news"
    # News takes 13 of its 20 minutes: the 7 are made up for.
    assert run.at("9:30").next() == "Middleware status update"
    assert run.short == ("10:30", 0, "14:30", 0)
    run.at("10:00").pause()
    # 30 of 60 spent; paused for 12 minutes, everything slides by 12: 10:12 + 30 = 10:42.
    assert run.at("10:12").short == ("10:42", 12, "14:42", 12)
    run.at("10:15").start()
    # 30 + 25 spent, 5 left.
    assert run.at("10:40").short == ("10:45", 15, "14:45", 15)
    assert run.at("10:45").next() == "Break"
    # The break lasts its 30 minutes: 11:15, 15 after the planned 11:00; + 90 + 30 + 90 = 14:45.
    assert run.short == ("11:15", 15, "14:45", 15)
    # It is cut to 20: 11:05 + 90 = 12:35; + 30 + 90 = 14:35.
    assert run.at("11:05").next() == "Calibration products"
    assert run.short == ("12:35", 5, "14:35", 5)
    run.at("11:20").next()
    # 40 of 75 spent.
    assert run.at("12:00").short == ("12:35", 5, "14:35", 5)
    # 80 of 75 spent: 12:40, + 30 + 90 = 14:40.
    assert run.at("12:40").short == ("12:40", 10, "14:40", 10)
    assert run.next() == "Break"
    assert run.at("12:50").next() == "Rebaselining & project schedule"
    # The break took 10: 12:50 + 90 = 14:20, 10 before the hard end.
    assert run.short == ("14:20", -10, "14:20", -10)
    # 95 of 90 spent.
    assert run.at("14:25").short == ("14:25", -5, "14:25", -5)
    assert run.next() == "Close"
    # Past the close the day is over, 4 before its hard end, and nothing has the floor.
    assert run.at("14:26").next() == ""
    assert run.ended == "Tue 12 May ended 14:26, hard end 14:30, 4 to spare"

    # -- Wednesday: 60 + 30, break 30 | 90, break 30 | 90 (what is left until the close) and OR2 if time permits.
    run.day = 13
    assert run.at("9:00").start() == "Plans for an interim data facility"
    # 20 of 60 spent, all as planned; the close at 14:30 leaves OR2 nothing.
    assert run.at("9:20").short == ("10:30", 0, "14:30", 0)
    assert [item.title for item in run.seen.not_reached] == ["OR2"]
    # 70 of 60 spent: 10:10 + 30 = 10:40, and the day 10 late.
    assert run.at("10:10").short == ("10:40", 10, "14:40", 10)
    run.next()
    assert run.at("10:25").next() == "Break"
    # APDB took 15: the break would be over at 10:55. The session at 11:00 does not begin before its time: 14:30.
    assert run.at("10:30").short == ("10:55", -5, "14:30", 0)
    assert run.at("11:00").next() == "Status of Ingest"
    assert run.at("12:05").next() == "Break"
    assert run.at("13:11").next() == "Prompt processing"
    # 29 of 90 spent at 13:40, 61 left: 14:41.
    seen = run.at("13:40").seen
    assert run.short == ("14:41", 11, "14:41", 11)
    assert (seen.limit, seen.over) == (time(14, 30), 11)
    assert ([item.title for item in seen.not_reached], seen.fitting) == (["OR2"], ())
    # It stops after 54 minutes. OR2 has no length: it may take what is left until 14:30.
    assert run.at("14:05").next() == "OR2"
    assert run.short == ("14:30", 0, "14:30", 0)
    assert run.at("14:33").short == ("14:33", 3, "14:33", 3)
    assert run.next() == "Close"
    assert run.next() == ""
    assert run.ended == "Wed 13 May ended 14:33, hard end 14:30, over by 3"

    # -- Thursday: 90 + 30, close 11:00 at the latest.
    run.day = 14
    assert run.at("9:07").start() == "Team status"
    assert run.short == ("11:07", 7, "11:07", 7)
    # 73 of 90 spent: 17 left, then 30.
    assert run.at("10:20").short == ("11:07", 7, "11:07", 7)
    assert run.next() == "Wrap-up"
    assert run.short == ("10:50", -10, "10:50", -10)
    # 35 of 30 spent.
    assert run.at("10:55").short == ("10:55", -5, "10:55", -5)
    assert run.next() == "Close"
    assert run.next() == ""

    assert run.spent() == {
        "Welcome": 12,
        "Project news": 13,
        "Middleware status update": 60,  # 30 before the pause and 30 after it
        "Break": 66,  # the last of that name: 12:05 to 13:11 on Wednesday
        "Calibration products": 15,
        "Plans for IVOA and Python interfaces to time series data.": 80,
        "Rebaselining & project schedule": 95,
        "Close": 0,  # that of Thursday; Tuesday's and Wednesday's took from 14:25 to 14:26, and no time
        "Plans for an interim data facility": 70,
        "APDB Update": 15,
        "Status of Ingest": 65,
        "Prompt processing": 54,
        "OR2": 28,
        "Team status": 73,
        "Wrap-up": 35,
    }


def test_or2_fits_when_there_is_time_for_it(run: Simulated) -> None:
    run.book = edits.start("2020-05", item(run, "Prompt processing"), moment(13, 13, 0)).apply(run.book)
    place = current_place(run.meeting)
    assert place is not None
    # Shortened to 60 minutes, Prompt processing ends at 14:00: 30 minutes are to spare, and OR2 asks for 20.
    for length, fits in ((20, ["OR2"]), (31, []), (None, ["OR2"])):
        meeting = with_minutes(run.meeting, {"Prompt processing": 60, "OR2": length})
        place = current_place(meeting)
        assert place is not None
        seen = project(meeting, place, moment(13, 13, 10))
        assert (seen.over, [found.title for found in seen.fitting]) == (-30, fits)
        assert [found.title for found in seen.not_reached] == ([] if fits else ["OR2"])


def item(run: Simulated, title: str) -> Item:
    return next(found for found in run.meeting.items if found.title == title)


def moment(day: int, hour: int, minute: int) -> datetime:
    return datetime(2020, 5, day, hour, minute, tzinfo=UTC) + timedelta(hours=7)


def with_minutes(meeting: Meeting, lengths: dict[str, int | None]) -> Meeting:
    def changed(session: Session) -> Session:
        items = tuple(replace(one, minutes=lengths.get(one.title, one.minutes)) for one in session.items)
        return replace(session, items=items)

    return replace(
        meeting, days=tuple(replace(day, sessions=tuple(map(changed, day.sessions))) for day in meeting.days)
    )
