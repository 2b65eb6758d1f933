"""When things are planned to happen: start times from lengths and pins.

Arithmetic is done in moments, so that an hour is an hour even when the clocks change meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Session, Slot

DAY = 24 * 60  # minutes

_ANY_DAY = date(2000, 1, 3)
_HALF_A_DAY = DAY // 2
_NOWHERE = {"Factory", "localtime"}  # names of zones that mean another one on every machine, or none


def zone(meeting: Meeting) -> ZoneInfo:
    """The meeting's time zone; UTC where it names one that is not known, which meeting/findings.py tells."""
    try:
        return ZoneInfo(meeting.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def named_zone(name: str) -> ZoneInfo:
    """Find a time zone by the name typed for it. Raises ValueError with one line, and names near that, for none."""
    if name in _zone_names():
        return ZoneInfo(name)
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(name, _zone_names(), n=3))
    raise ValueError(f"{name!r} is not a time zone; {f'near are {near}' if near else 'try America/Santiago'}")


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones() - _NOWHERE)


def later(moment: datetime, minutes: float) -> datetime:
    """The moment that many minutes after an aware one, in the same zone; across a change of its clocks too."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from one aware moment to another, negative when `end` comes first (rounded down)."""
    return int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)


class Planned(Struct, frozen=True):
    """An item of the plan: its start (aware, in the meeting's zone) and length, each None where it can't be known."""

    session: Session
    item: Item
    start: datetime | None
    minutes: int | None

    @property
    def end(self) -> datetime | None:
        """When it ends; a close without a length ends as it starts."""
        minutes = 0 if self.minutes is None and self.item.kind is ItemKind.CLOSE else self.minutes
        return None if self.start is None or minutes is None else later(self.start, minutes)


def session_begin(session: Session, day: date, where: tzinfo) -> datetime:
    """When a session of that day begins."""
    return _moment(day, session.start, where)


def session_plan(session: Session, day: date = _ANY_DAY, where: tzinfo = UTC) -> tuple[Planned, ...]:
    """The plan of a session. An item starts where it is pinned, else when the one before it ends.

    Items taken only if time permits take no part: they have a start only where they are pinned to one. A pin more
    than twelve hours before the session's start is on the day after. Nothing is repaired: see conflicts.py.
    """
    clock: datetime | None = session_begin(session, day, where)
    rows: list[Planned] = []
    for index, item in enumerate(session.items):
        pin = pinned(session, item, day, where, clock)
        if item.time_permitting:
            rows.append(Planned(session, item, pin, item.minutes))
            continue
        start = pin or clock
        minutes = _own_minutes(item)
        if minutes is None and item.kind is not ItemKind.CLOSE and start is not None:
            minutes = _minutes_until_pin(session, index, start, day)
        rows.append(Planned(session, item, start, minutes))
        clock = rows[-1].end
    return tuple(rows)


def day_plan(meeting: Meeting, day: Day) -> tuple[Planned, ...]:
    """The plan of a day, session after session, in the meeting's zone."""
    where = zone(meeting)
    return tuple(row for session in day.sessions for row in session_plan(session, session_date(day, session), where))


def on_its_day(begin: datetime, moment: datetime) -> bool:
    """Whether something that happened at a moment belongs to a day planned to begin at `begin` (both aware)."""
    return -_HALF_A_DAY <= minutes_between(begin, moment) < _HALF_A_DAY * 3 // 2


def has_begun(day: Day) -> bool:
    """Whether anything of a day has had the floor; what is changed from then on is measured against the plan before."""
    return any(item.spans for item in day.items)


def agreed(day: Day) -> Day:
    """The day as it was planned before it began: no item with minutes that were given or taken while it ran."""
    if not any(item.extra for item in day.items):
        return day

    def before(item: Item) -> Item:
        if not item.extra or item.minutes is None:
            return item
        return replace(item, minutes=max(item.minutes - item.extra, 0), extra=0)

    return replace(
        day,
        sessions=tuple(
            replace(session, items=tuple(before(item) for item in session.items)) for session in day.sessions
        ),
    )


def session_date(day: Day, session: Session) -> date:
    """The date a session begins on: the day's, or the one after for a session far before the first one's time."""
    first = day.sessions[0].start
    return day.date + timedelta(days=1) if _wraps(first, session.start) else day.date


def planned_starts(meeting: Meeting, day: Day) -> dict[str, time | None]:
    """The planned start of every item of a day on the meeting's clocks, by item id; None where it can't be known."""
    return _starts(day_plan(meeting, day))


def session_starts(session: Session, meeting: Meeting | None = None) -> dict[str, time | None]:
    """The planned starts of a session by item id, as planned_starts gives them for its day in `meeting`.

    Without a meeting, or in one that does not have it, those of a day on which no clock changes.
    """
    return _starts(_plan_in(meeting, session))


def planned_minutes(session: Session, item: Item, meeting: Meeting | None = None) -> int | None:
    """The planned length of an item: its own, else that of its turns or parts, else what is left until the next pin.

    None for a close, and where none of these is known. `meeting` as for session_starts.
    """
    return next((row.minutes for row in _plan_in(meeting, session) if row.item.id == item.id), None)


def planned_end(session: Session, item: Item, meeting: Meeting | None = None) -> time | None:
    """When an item is planned to end on the meeting's clocks, None where that is not known; `meeting` as above."""
    end = next((row.end for row in _plan_in(meeting, session) if row.item.id == item.id), None)
    return end.time().replace(fold=0) if end else None


def part_starts(row: Planned) -> tuple[tuple[Slot, datetime | None], ...]:
    """The parts of an item with their starts: pinned, else when the part before ends."""
    clock = row.start
    found: list[tuple[Slot, datetime | None]] = []
    for slot in row.item.slots:
        if slot.start is not None and row.start is not None:
            clock = _near(row.start, slot.start)
        found.append((slot, clock))
        clock = None if clock is None or slot.minutes is None else later(clock, slot.minutes)
    return tuple(found)


def hard_end(session: Session) -> time | None:
    """The time this session must end at the latest, or None."""
    return next((item.start for item in session.items if item.hard and item.start is not None), None)


def pinned(
    session: Session, item: Item, day: date, where: tzinfo, not_before: datetime | None = None
) -> datetime | None:
    """The moment an item of a session of that day is pinned to, or None.

    A time that occurs twice, as clocks go back, is the second one where the first comes before `not_before`.
    """
    if item.start is None:
        return None
    return _moment(date_of(session, item.start, day), item.start, where, not_before)


def date_of(session: Session, clock: time, day: date) -> date:
    """The date a session that begins on that day reaches a time on: the day after for one far before its start."""
    return day + timedelta(days=1) if _wraps(session.start, clock) else day


def _plan_in(meeting: Meeting | None, session: Session) -> tuple[Planned, ...]:
    day = next((day for day in meeting.days if session in day.sessions), None) if meeting else None
    if meeting is None or day is None:
        return session_plan(session)
    return session_plan(session, session_date(day, session), zone(meeting))


def _starts(rows: Sequence[Planned]) -> dict[str, time | None]:
    return {row.item.id: row.start.time().replace(fold=0) if row.start else None for row in rows}


def _moment(day: date, clock: time, where: tzinfo, not_before: datetime | None = None) -> datetime:
    first = datetime.combine(day, clock.replace(fold=0), where)
    if not_before is not None and first.astimezone(UTC) < not_before.astimezone(UTC):
        second = first.replace(fold=1)
        if second.astimezone(UTC) >= not_before.astimezone(UTC):
            first = second
    return first.astimezone(UTC).astimezone(where)  # a time the clocks skip becomes the one they show


def _near(start: datetime, clock: time) -> datetime:
    """The moment of a clock time on the date of `start`, or after midnight where it is far before."""
    there = start.date() + timedelta(days=1) if _wraps(start.time(), clock) else start.date()
    return _moment(there, clock, start.tzinfo or UTC, start)


def _wraps(begin: time, clock: time) -> bool:
    return (begin.hour - clock.hour) * 60 + begin.minute - clock.minute > _HALF_A_DAY


def _own_minutes(item: Item) -> int | None:
    if item.minutes is not None:
        return item.minutes
    parts = [turn.minutes for turn in item.round.turns] if item.round else [slot.minutes for slot in item.slots]
    return None if not parts or None in parts else sum(minutes or 0 for minutes in parts)


def _minutes_until_pin(session: Session, index: int, start: datetime, day: date) -> int | None:
    known = 0
    for other in session.items[index + 1 :]:
        if other.time_permitting:
            continue
        pin = pinned(session, other, day, start.tzinfo or UTC, start)
        if pin is not None:
            return max(minutes_between(start, pin) - known, 0)
        minutes = _own_minutes(other)
        if minutes is None and other.kind is not ItemKind.CLOSE:
            return None
        known += minutes or 0
    return None
