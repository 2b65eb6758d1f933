"""When things are planned to happen, and when they will: starts from lengths, and the running projection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Session
from dmlt_tui.meeting.moderation import Place, is_running, seconds_spent

_DAY = 24 * 60


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def zone(meeting: Meeting) -> ZoneInfo:
    """The meeting's time zone; UTC where it names one that is not known, which meeting/findings.py tells."""
    try:
        return ZoneInfo(meeting.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def session_starts(session: Session) -> dict[str, time | None]:
    """The planned start of every item of a session, by item id.

    An item starts where it is pinned, else when the one before it ends. None where that can't be known: after an
    item without a length, and for items taken only if time permits.
    """
    starts: dict[str, time | None] = {}
    now: int | None = _minutes(session.start)
    for item in session.items:
        if item.time_permitting:
            starts[item.id] = item.start
            continue
        if item.start is not None:
            now = _minutes(item.start)
        starts[item.id] = None if now is None else _clock(now)
        length = planned_minutes(session, item)
        now = None if now is None or length is None else now + length
    return starts


def planned_starts(day: Day) -> dict[str, time | None]:
    """The planned start of every item of a day, by item id; see session_starts."""
    return {item_id: start for session in day.sessions for item_id, start in session_starts(session).items()}


def planned_minutes(session: Session, item: Item) -> int | None:
    """The planned length of an item: its own, else what is left until the next pinned item of the session.

    None for a close, and where neither is known.
    """
    if item.minutes is not None or item.kind is ItemKind.CLOSE or item.time_permitting:
        return item.minutes
    clock = _minutes(session.start)
    found = False
    for other in session.items:
        if other.id == item.id:
            found = True
            clock = _minutes(other.start) if other.start is not None else clock
            continue
        if other.start is not None:
            if found:
                return (_minutes(other.start) - clock) % _DAY
            clock = _minutes(other.start)
        if not other.time_permitting:
            if other.minutes is None and other.kind is not ItemKind.CLOSE:
                return None
            clock += other.minutes or 0
    return None


def hard_end(session: Session) -> time | None:
    """The time this session must end at the latest, or None."""
    return next((item.start for item in session.items if item.hard and item.start is not None), None)


@dataclass(frozen=True, slots=True)
class Projection:
    """How the session on the floor will end if all goes on as planned.

    `spent` and `planned` are seconds of the current item (planned None when it has no length); `end` is the projected
    end of the session in the meeting's zone (None when lengths are missing); `limit` its hard end and `over` the
    minutes by which the projection passes it (negative: to spare), both None on another day than the planned one.
    """

    spent: int
    planned: int | None
    running: bool
    end: datetime | None
    limit: time | None = None
    over: int | None = None


def project(meeting: Meeting, place: Place, now: datetime) -> Projection:
    """The projection at `now` (aware) for the item at `place`, which has the floor."""
    session, item = place.session, place.item
    length = planned_minutes(session, item)
    planned = None if length is None else length * 60
    spent = seconds_spent(item, now)
    here = now.astimezone(zone(meeting))
    ahead = session.items[session.items.index(item) + 1 :]
    lengths = [
        planned_minutes(session, other)
        for other in ahead
        if other.kind is ItemKind.TOPIC and not (other.done or other.time_permitting)
    ]
    end: datetime | None = None
    if planned is not None and None not in lengths:
        left = max(planned - spent, 0) + 60 * sum(minutes or 0 for minutes in lengths)
        end = here + timedelta(seconds=left)
    limit = hard_end(session)
    if limit is None or end is None or here.date() != place.day.date:
        return Projection(spent, planned, is_running(item), end, limit)
    latest = datetime.combine(here.date(), limit, here.tzinfo)
    over = int((end - latest).total_seconds() // 60)
    return Projection(spent, planned, is_running(item), end, limit, over)
