"""When things are planned to happen, and when they will: starts from lengths and pins, and the running projection.

Arithmetic is done in moments, so that an hour is an hour even when the clocks change meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Session, Slot
from dmlt_tui.meeting.moderation import Place, is_running, seconds_spent

_ANY_DAY = date(2000, 1, 3)
_HALF_A_DAY = 12 * 60
_WORTH_TAKING = 5  # minutes that must be left for an item of unknown length to count as fitting


def zone(meeting: Meeting) -> ZoneInfo:
    """The meeting's time zone; UTC where it names one that is not known, which meeting/findings.py tells."""
    try:
        return ZoneInfo(meeting.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def later(moment: datetime, minutes: float) -> datetime:
    """The moment that many minutes after an aware one, in the same zone; across a change of its clocks too."""
    return (moment.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(moment.tzinfo)


def minutes_between(start: datetime, end: datetime) -> int:
    """Whole minutes from one aware moment to another, negative when `end` comes first (rounded down)."""
    return int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)


# -- the plan ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planned:
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
    day = next((day for day in meeting.days if session in day.sessions), None) if meeting else None
    if meeting is None or day is None:
        return _starts(session_plan(session))
    return _starts(session_plan(session, session_date(day, session), zone(meeting)))


def planned_minutes(session: Session, item: Item) -> int | None:
    """The planned length of an item: its own, else that of its turns or parts, else what is left until the next pin.

    None for a close, and where none of these is known.
    """
    return next((row.minutes for row in session_plan(session) if row.item.id == item.id), None)


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
    date_there = day + timedelta(days=1) if _wraps(session.start, item.start) else day
    return _moment(date_there, item.start, where, not_before)


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


# -- the projection ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ahead:
    """An item still to come: when it will start and end (aware, in the meeting's zone), as things stand."""

    session: Session
    item: Item
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Projection:
    """How the session on the floor, and its day, will end if all goes on as planned.

    `spent` and `planned` are seconds of the current item (planned None when it has no length). `end` is when the
    session's last topic will end, or where none is left its last break (None when lengths are missing), `goal` the
    break or close that follows it, `late` by how many minutes that is after the plan (negative: before).

    `limit` is the hard end of the session on the floor and `over` the minutes by which the projection passes it
    (negative: to spare). `close` is the next item of the day with a hard end, in this session or a later one, `closes`
    when it will be reached, `overrun` by how many minutes that is too late. `fitting` are the items taken if time
    permits that have room before it, `not_reached` those that have none, and the topics that would start after it.

    On another day than the planned one there is nothing to compare with: `late`, `over` and
    `overrun` are None then.
    """

    spent: int
    planned: int | None
    running: bool
    end: datetime | None
    goal: Item | None = None
    late: int | None = None
    limit: time | None = None
    over: int | None = None
    close: Item | None = None
    closes: datetime | None = None
    overrun: int | None = None
    fitting: tuple[Item, ...] = ()
    not_reached: tuple[Item, ...] = ()
    ahead: tuple[Ahead, ...] = ()


def project(meeting: Meeting, place: Place, now: datetime) -> Projection:
    """The projection at `now` (aware) for the item at `place`, which has the floor.

    What was interrupted comes next, then the rest in order; breaks take their length; nothing starts before its
    session, or before the time it is pinned to, but a hard end is no pin: one may be done before it.
    """
    plan = day_plan(meeting, place.day)
    rows = _still_to_come(plan, place.item)
    on_its_day = _is_on_its_day(plan, now)
    ahead = _walk(rows, place, now, zone(meeting), on_its_day=on_its_day)
    last, goal = _last_topic(plan, rows)
    hard = next((row for row in rows if row.item.hard and row.item.start is not None), None)
    length = rows[0].minutes
    seen = Projection(
        spent=seconds_spent(place.item, now),
        planned=None if length is None else length * 60,
        running=is_running(place.item),
        end=ahead[last.item.id].end if last.item.id in ahead else None,
        goal=goal.item if goal else None,
        limit=hard_end(place.session),
        close=hard.item if hard else None,
        closes=ahead[hard.item.id].start if hard and hard.item.id in ahead else None,
        ahead=tuple(ahead.values()),
    )
    if not on_its_day:
        return seen
    planned_end = _planned_end(plan, last)
    late = minutes_between(planned_end, seen.end) if planned_end and seen.end else None
    return replace(_against(seen, rows, hard), late=late)


def _is_on_its_day(plan: Sequence[Planned], now: datetime) -> bool:
    """Whether the plan is for now: from half a day before its first start to three quarters of a day after."""
    start = next((row.start for row in plan if row.start is not None), None)
    return start is not None and -_HALF_A_DAY <= minutes_between(start, now) < _HALF_A_DAY * 3 // 2


def _still_to_come(plan: Sequence[Planned], current: Item) -> list[Planned]:
    """The current item, what was interrupted for it, and what follows it; items dealt with are left out."""
    index = next(i for i, row in enumerate(plan) if row.item.id == current.id)
    session = plan[index].session.id
    broken_off = [row for row in plan[:index] if row.session.id == session and row.item.spans and not row.item.done]
    return [plan[index], *broken_off, *(row for row in plan[index + 1 :] if not row.item.done)]


def _walk(rows: Sequence[Planned], place: Place, now: datetime, where: tzinfo, *, on_its_day: bool) -> dict[str, Ahead]:
    """When what is still to come will start and end, by item id, up to where lengths are missing."""
    clock = now.astimezone(UTC)
    found: dict[str, Ahead] = {}
    for row in rows:
        on_floor = row is rows[0]
        if row.item.time_permitting and not on_floor:
            continue
        if on_its_day and not on_floor:
            clock = max((clock, *_bounds(row, place, where)))
        left = _seconds_left(row, rows, now)
        if left is None:
            break
        end = clock + timedelta(seconds=left)
        found[row.item.id] = Ahead(row.session, row.item, clock.astimezone(where), end.astimezone(where))
        clock = end
    return found


def _bounds(row: Planned, place: Place, where: tzinfo) -> Iterator[datetime]:
    """The moments an item can't start before: its session's beginning, and its pin."""
    if row.session.id != place.session.id:
        yield session_begin(row.session, session_date(place.day, row.session), where).astimezone(UTC)
    if row.item.start is not None and row.start is not None and not row.item.hard:
        yield row.start.astimezone(UTC)


def _seconds_left(row: Planned, rows: Sequence[Planned], now: datetime) -> float | None:
    if row.item.kind is ItemKind.CLOSE and row.minutes is None:
        return 0
    if row.minutes is not None:
        return max(row.minutes * 60 - seconds_spent(row.item, now), 0)
    limit = next((other.start for other in rows if other.item.hard), None)
    if row.item.time_permitting and limit is not None:  # on the floor it may go on until the hard end
        return max((limit.astimezone(UTC) - now.astimezone(UTC)).total_seconds(), 0)
    return None


def _last_topic(plan: Sequence[Planned], rows: Sequence[Planned]) -> tuple[Planned, Planned | None]:
    """The last topic still to come in the session on the floor, and the break or close after it.

    Where only a break or the close is left, that is itself the last, and nothing follows it.
    """
    session = [row for row in rows if row.session.id == rows[0].session.id]
    topics = [
        row for row in session if row.item.kind is ItemKind.TOPIC and (row is rows[0] or not row.item.time_permitting)
    ]
    if not topics:
        return rows[0], None
    after = [row for row in plan[plan.index(topics[-1]) + 1 :] if row in session[1:] and not row.item.time_permitting]
    return topics[-1], after[0] if after else None


def _planned_end(plan: Sequence[Planned], last: Planned) -> datetime | None:
    """When an item is planned to end; one taken as time permitted, as the last one before it that is planned."""
    if not last.item.time_permitting:
        return last.end
    before = [row for row in plan[: plan.index(last)] if row.session.id == last.session.id]
    return next((row.end for row in reversed(before) if not row.item.time_permitting), None)


def _against(seen: Projection, rows: Sequence[Planned], hard: Planned | None) -> Projection:
    """The projection compared with the hard end: by how much it passes it, and what fits before it."""
    if hard is None or hard.start is None or seen.closes is None:
        return seen
    overrun = minutes_between(hard.start, seen.closes)
    over = overrun if hard.session.id == rows[0].session.id else None
    starts = {one.item.id: one.start for one in seen.ahead}
    room = -overrun
    fitting: list[Item] = []
    not_reached: list[Item] = []
    for row in rows[: rows.index(hard)]:
        item = row.item
        if row is rows[0] or item.kind is not ItemKind.TOPIC:
            continue
        if item.time_permitting:
            fits = room >= (_WORTH_TAKING if item.minutes is None else item.minutes)
            (fitting if fits else not_reached).append(item)
            room -= (room if item.minutes is None else item.minutes) if fits else 0
        elif minutes_between(starts[item.id], hard.start) <= 0:
            not_reached.append(item)
    return replace(seen, over=over, overrun=overrun, fitting=tuple(fitting), not_reached=tuple(not_reached))
