"""When things will happen as they stand: the running projection of a session, and of its day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import takewhile

from msgspec import Struct, structs

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Session
from dmlt_tui.meeting.moderation import Place, is_running, seconds_spent
from dmlt_tui.meeting.schedule import (
    Planned,
    agreed,
    day_plan,
    later,
    minutes_between,
    on_its_day,
    part_starts,
    session_begin,
    session_date,
    zone,
)

_SAME_CLOCKS = 3 * 60  # minutes by which another day may begin early or late and still go by the planned clocks
_WORTH_TAKING = 5  # minutes that must be left for an item of unknown length to count as fitting


class Ahead(Struct, frozen=True):
    """An item still to come: when it will start and end (aware, in the meeting's zone), as things stand.

    `late` is by how many minutes it starts after the plan, None where that has no start for it.
    """

    session: Session
    item: Item
    start: datetime
    end: datetime
    late: int | None = None


class Projection(Struct, frozen=True):
    """How the session on the floor, and its day, will end if all goes on as planned.

    `spent` and `planned` are seconds of the current item (planned None when it has no length). `end` is when the
    session's last topic will end, or where none is left its last break (None when lengths are missing), `goal` the
    break or close that follows it, `late` by how many minutes that is after the plan had reached the goal, or the end
    of the session (negative: before); the plan is the one before minutes were given or taken while the day ran.

    `limit` is the hard end still to come in the session on the floor and `over` the minutes by which the projection
    passes it (negative: to spare). `close` is the next item of the day with a hard end, in this session or a later one,
    `closes` when it will be reached, `overrun` by how many minutes that is too late. `fitting` are the items taken if
    time permits that have room before it, `not_reached` those that have none, and the topics that would start after it.

    `guests` are when guests were told to come, for what is not dealt with.

    On another day than the planned one the same clocks count; where the meeting began at quite another time then, it is
    a rehearsal, and the plan is taken as if it began then.
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
    guests: tuple[datetime, ...] = ()
    rehearsal: bool = False


def project(meeting: Meeting, place: Place, now: datetime) -> Projection:
    """The projection at `now` (aware) for the item at `place`, which has the floor.

    What was interrupted comes next, then the rest in order; breaks take their length; nothing starts before its
    session, or before the time it is pinned to, but a hard end is no pin: one may be done before it.
    """
    where = zone(meeting)
    today = _today(meeting, place, now)
    rows = _still_to_come(today.plan, place.item)
    ahead = _walk(rows, today, now, where)
    last, goal = _last_topic(today.plan, rows)
    hard = _next_hard(rows)
    missed = (row for row in today.plan if row.item.hard and not row.item.done and row.item.id != place.item.id)
    own = next((row.start for row in (hard, *missed) if row and row.session.id == place.session.id), None)
    length = rows[0].minutes
    seen = Projection(
        spent=seconds_spent(place.item, now),
        planned=None if length is None else length * 60,
        running=is_running(place.item),
        end=ahead[last.item.id].end if last.item.id in ahead else None,
        goal=goal.item if goal else None,
        limit=own.time().replace(fold=0) if own else None,
        close=hard.item if hard else None,
        closes=ahead[hard.item.id].start if hard and hard.item.id in ahead else None,
        ahead=tuple(ahead.values()),
        guests=tuple(_guests(today, place.item)),
        rehearsal=bool(today.shift),
    )
    planned_end = _planned_end(today.agreed, last, goal)
    late = minutes_between(planned_end, seen.end) if planned_end and seen.end else None
    return structs.replace(_against(seen, rows, hard), late=late)


class _Today(Struct, frozen=True):
    """The plan of the day, or of a rehearsal, dated and moved by minutes to when it is held.

    `agreed` is the plan to compare with, without minutes that were given or taken meanwhile.
    """

    day: Day
    plan: tuple[Planned, ...]
    agreed: tuple[Planned, ...]
    shift: int = 0


def _today(meeting: Meeting, place: Place, now: datetime) -> _Today:
    """The plan for now. On another day than the planned one it is that of the same clocks today.

    Where what was begun first today began at quite another time than planned, the plan is moved to begin then.
    """
    plan, before = _plans(meeting, place.day)
    begin = next((row.start for row in plan if row.start is not None), now)
    if on_its_day(begin, now):
        return _Today(place.day, plan, before)
    here = now.astimezone(zone(meeting))
    began = [
        (span.start, row.item.id)
        for row in plan
        for span in row.item.spans
        if span.start.astimezone(here.tzinfo).date() == here.date()
    ]
    first, item_id = min(began, default=(now, place.item.id))
    day = structs.replace(place.day, date=here.date())
    plan, before = _plans(meeting, day)
    planned = next((row.start for row in before if row.item.id == item_id), None)
    shift = minutes_between(planned, first) if planned else 0
    if abs(shift) <= _SAME_CLOCKS:
        return _Today(day, plan, before)
    return _Today(day, _moved(plan, shift), _moved(before, shift), shift)


def _plans(meeting: Meeting, day: Day) -> tuple[tuple[Planned, ...], tuple[Planned, ...]]:
    """The plan of a day as it is, and as it was before the day began."""
    plan, before = day_plan(meeting, day), agreed(day)
    return plan, plan if before is day else day_plan(meeting, before)


def _moved(plan: Sequence[Planned], by: int) -> tuple[Planned, ...]:
    return tuple(structs.replace(row, start=later(row.start, by) if row.start else None) for row in plan)


def _still_to_come(plan: Sequence[Planned], current: Item) -> list[Planned]:
    """The current item, what was interrupted for it, and what follows it; items dealt with are left out."""
    index = next(i for i, row in enumerate(plan) if row.item.id == current.id)
    session = plan[index].session.id
    broken_off = [row for row in plan[:index] if row.session.id == session and row.item.spans and not row.item.done]
    return [plan[index], *broken_off, *(row for row in plan[index + 1 :] if not row.item.done)]


def _walk(rows: Sequence[Planned], today: _Today, now: datetime, where: tzinfo) -> dict[str, Ahead]:
    """When what is still to come will start and end, by item id, up to where lengths are missing."""
    clock = now.astimezone(UTC)
    planned = {row.item.id: row.start for row in today.agreed}
    found: dict[str, Ahead] = {}
    for row in rows:
        on_floor = row is rows[0]
        if row.item.time_permitting and not on_floor:
            continue
        if not on_floor:
            clock = max((clock, *_bounds(row, rows[0].session, today, where)))
        left = _seconds_left(row, rows, now)
        if left is None:
            break
        end = clock + timedelta(seconds=left)
        plan = planned[row.item.id]
        late = None if plan is None else minutes_between(plan, clock)
        found[row.item.id] = Ahead(row.session, row.item, clock.astimezone(where), end.astimezone(where), late)
        clock = end
    return found


def _bounds(row: Planned, current: Session, today: _Today, where: tzinfo) -> Iterator[datetime]:
    """The moments an item can't start before: its session's beginning, and its pin."""
    if row.session.id != current.id:
        begin = session_begin(row.session, session_date(today.day, row.session), where)
        yield later(begin, today.shift).astimezone(UTC)
    if row.item.start is not None and row.start is not None and not row.item.hard:
        yield row.start.astimezone(UTC)


def _guests(today: _Today, current: Item) -> Iterator[datetime]:
    """When guests were told to come: at the start of their parts, and of their items that have not begun."""
    for row in _moved(today.plan, -today.shift):  # parts may be pinned to a time of the plan as it was made
        if row.item.done:
            continue
        if row.item.guests and row.start is not None and row.item.id != current.id:
            yield later(row.start, today.shift)
        parts = (start for slot, start in part_starts(row) if slot.guest and start is not None)
        yield from (later(start, today.shift) for start in parts)


def _next_hard(rows: Sequence[Planned]) -> Planned | None:
    """What must be reached by its time and is not yet; a close on the floor is, when it is given on."""
    to_come = rows if rows[0].item.kind is ItemKind.CLOSE else rows[1:]
    return next((row for row in to_come if row.item.hard and row.item.start is not None), None)


def _seconds_left(row: Planned, rows: Sequence[Planned], now: datetime) -> float | None:
    if row.item.kind is ItemKind.CLOSE and row.minutes is None:
        return 0
    if row.minutes is not None:
        return max(row.minutes * 60 - seconds_spent(row.item, now), 0)
    hard = _next_hard(rows)
    if row.item.time_permitting and hard and hard.start:  # on the floor it may go on until the hard end
        return max((hard.start.astimezone(UTC) - now.astimezone(UTC)).total_seconds(), 0)
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


def _planned_end(agreed_plan: Sequence[Planned], last: Planned, goal: Planned | None) -> datetime | None:
    """When the plan had reached the goal, else the end of the session: what is skipped or taken early saves its time.

    Items taken if time permits take no part in it, nor does a close, unless it is itself the last.
    """
    session = (row for row in agreed_plan if row.session.id == last.session.id)
    before = takewhile(lambda row: goal is None or row.item.id != goal.item.id, session)
    planned = [
        row
        for row in before
        if not row.item.time_permitting and (row.item.kind is not ItemKind.CLOSE or row.item.id == last.item.id)
    ]
    return planned[-1].end if planned else None


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
    return structs.replace(seen, over=over, overrun=overrun, fitting=tuple(fitting), not_reached=tuple(not_reached))
