"""Where a plan contradicts itself. Nothing is repaired: each conflict is said at the place where it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from itertools import pairwise

from msgspec import Struct

from dmlt_tui.meeting.model import Day, Meeting, Notebook, Session
from dmlt_tui.meeting.schedule import (
    DAY,
    Planned,
    date_of,
    later,
    minutes_between,
    part_starts,
    session_begin,
    session_date,
    session_plan,
    zone,
)
from dmlt_tui.meeting.words import clock, name_of, weekday_words


class Conflict(Struct, frozen=True):
    """Something that can't be as it is planned: on which day, in which session, at which item (ids), in words.

    `item` is empty where the session as a whole is meant. `minutes` is by how much, 0 where that makes no sense.
    """

    day: str
    session: str
    item: str
    words: str
    minutes: int = 0


def conflicts(notebook: Notebook, meeting: Meeting) -> tuple[Conflict, ...]:
    """All conflicts of a meeting's plan, in the order of its agenda."""
    return tuple(found for day in meeting.days for found in day_conflicts(notebook, meeting, day))


def day_conflicts(notebook: Notebook, meeting: Meeting, day: Day) -> tuple[Conflict, ...]:
    """The conflicts of one day."""
    return tuple(_in_day(notebook, meeting, day))


def _in_day(notebook: Notebook, meeting: Meeting, day: Day) -> Iterator[Conflict]:
    where = zone(meeting)
    previous: Session | None = None
    for index, session in enumerate(day.sessions):
        on = session_date(day, session)
        begin = session_begin(session, on, where)
        rows = session_plan(session, on, where)
        if previous is not None and not _before(session_begin(previous, session_date(day, previous), where), begin):
            words = f"it begins at {clock(session.start)}, not after the session above it ({clock(previous.start)})"
            yield Conflict(day.id, session.id, "", words)
        previous = session
        for place, words in _skipped(session, on, where):
            yield Conflict(day.id, session.id, place, words)
        yield from _pins(day, begin, rows)
        for row in rows:
            yield from (Conflict(day.id, session.id, row.item.id, words) for words in _inside(notebook, row))
        if index + 1 < len(day.sessions):
            following = day.sessions[index + 1]
            yield from _too_full(day, rows, session_begin(following, session_date(day, following), where))
        else:
            yield from _too_long(meeting, day, rows, begin)


def _pins(day: Day, begin: datetime, rows: tuple[Planned, ...]) -> Iterator[Conflict]:
    """Items pinned to a time at which what stands before them is not over."""
    ends: datetime | None = begin
    before: Planned | None = None
    last_pin: Planned | None = None
    for row in rows:
        if row.item.time_permitting or row.start is None:
            continue
        if row.item.start is not None:
            early = minutes_between(row.start, ends) if ends else 0
            if last_pin is not None and last_pin.start is not None and _before(row.start, last_pin.start):
                words = f"pinned to {clock(row.start)}, but {last_pin.item.title!r} above it to {clock(last_pin.start)}"
                yield Conflict(day.id, row.session.id, row.item.id, f"{words}: the two cross", max(early, 0))
            elif early > 0:
                yield Conflict(day.id, row.session.id, row.item.id, _crossed(row, before, ends, early), early)
            last_pin = row
        ends, before = row.end, row


def _crossed(row: Planned, before: Planned | None, ends: datetime | None, early: int) -> str:
    if before is None:
        return f"pinned to {clock(row.start)}, before its session begins ({clock(row.session.start)})"
    if row.item.hard:
        return (
            f"over-full by {early} min: what comes before takes until {clock(ends)}, the hard end is {clock(row.start)}"
        )
    return f"pinned to {clock(row.start)}, but {before.item.title!r} before it takes until {clock(ends)}"


def _too_full(day: Day, rows: tuple[Planned, ...], following: datetime) -> Iterator[Conflict]:
    ends = next((row.end for row in reversed(rows) if not row.item.time_permitting), None)
    over = minutes_between(following, ends) if ends else 0
    if over > 0:
        words = f"over-full by {over} min: it takes until {clock(ends)}, and the next session begins {clock(following)}"
        yield Conflict(day.id, rows[0].session.id, "", words, over)


def _too_long(meeting: Meeting, day: Day, rows: tuple[Planned, ...], begin: datetime) -> Iterator[Conflict]:
    """A last session that takes more than a day, or runs into the day after."""
    ends = next((row.end for row in reversed(rows) if not row.item.time_permitting), None)
    following = next((one for one in meeting.days[meeting.days.index(day) + 1 :] if one.sessions), None)
    limits = [(later(begin, DAY), "which is more than a day")]
    if following is not None:
        first = session_begin(following.sessions[0], following.date, zone(meeting))
        if _before(begin, first):
            limits.append((first, f"and {following.date:%a} begins {clock(first)}"))
    limit, why = min(limits, key=lambda pair: pair[0].astimezone(UTC))
    over = minutes_between(limit, ends) if ends else 0
    if ends and over > 0:
        words = f"over-full by {over} min: it takes until {clock(ends)} of {weekday_words(ends.date())}, {why}"
        yield Conflict(day.id, rows[0].session.id, "", words, over)


def _inside(notebook: Notebook, row: Planned) -> Iterator[str]:
    """What does not fit inside an item: its parts, and its turns."""
    item = row.item
    parts = [(slot, start) for slot, start in part_starts(row) if start is not None]
    for slot, start in parts:
        ends = later(start, slot.minutes or 0)
        if row.start is not None and (_before(start, row.start) or (row.end is not None and _before(row.end, ends))):
            guest = name_of(notebook, slot.guest[1:]) if slot.guest.startswith("@") else slot.guest
            whose = f"{slot.title!r}" + (f" with {guest}" if guest else "")
            span = f"{clock(row.start)}-{clock(row.end)}" if row.end else f"which begins {clock(row.start)}"
            yield f"{whose} ({clock(start)}-{clock(ends)}) lies outside the item, {span}"
    for (slot, start), (other, other_start) in pairwise(parts):
        ends = later(start, slot.minutes or 0)
        if _before(other_start, ends):
            yield f"{slot.title!r} takes until {clock(ends)}, into {other.title!r}"
    turns = [turn.minutes or 0 for turn in item.round.turns] if item.round else []
    if row.minutes is not None and sum(turns) > row.minutes:
        yield f"its {len(turns)} turns take {sum(turns)} min, the item has {row.minutes}"


def _before(one: datetime, other: datetime) -> bool:
    """Whether one moment comes before another; comparing them directly would go by the clock's face."""
    return one.astimezone(UTC) < other.astimezone(UTC)


def _skipped(session: Session, day: date, where: tzinfo) -> Iterator[tuple[str, str]]:
    """Times that do not occur, as the clocks are put forward: the id of the item, and words."""
    pins = [(item.id, item.start) for item in session.items if item.start is not None]
    for place, at in [("", session.start), *pins]:
        there = date_of(session, at, day)
        if not _occurs(there, at, where):
            yield place, f"there is no {clock(at)} on {there}: the clocks go forward then"


def _occurs(day: date, at: time, where: tzinfo) -> bool:
    moment = datetime.combine(day, at, where)
    return moment.astimezone(UTC).astimezone(where).replace(tzinfo=None) == moment.replace(tzinfo=None)
