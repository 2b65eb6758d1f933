"""Asked, planned and free minutes of a session, a day or a whole meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from dmlt_tui.meeting.model import Day, ItemKind, Meeting, Notebook, Request, Session
from dmlt_tui.meeting.schedule import minutes_between, pinned, session_begin, session_date, session_plan, zone
from dmlt_tui.meeting.times import minutes_words, range_words


class Load(Struct, frozen=True):
    """Minutes of a session, a day or a meeting.

    `asked` to `asked_most` were asked for by the requests its items came from, `granted` is what these items have,
    `planned` what all topics have, `breaks` the breaks; `room` reaches from the beginning of a session to its hard end
    or the next session (None for an open end).
    """

    asked: int = 0
    asked_most: int = 0
    granted: int = 0
    planned: int = 0
    breaks: int = 0
    room: int | None = 0

    @property
    def free(self) -> int | None:
        """What is left of the room, negative where it is over-full; None where the end is open."""
        return None if self.room is None else self.room - self.planned - self.breaks

    def __add__(self, other: Load) -> Load:
        room = None if self.room is None or other.room is None else self.room + other.room
        return Load(
            self.asked + other.asked,
            self.asked_most + other.asked_most,
            self.granted + other.granted,
            self.planned + other.planned,
            self.breaks + other.breaks,
            room,
        )


def session_load(notebook: Notebook, meeting: Meeting, day: Day, session: Session) -> Load:
    """The load of one session; items taken only if time permits count as asked, not as planned."""
    asked: dict[str, list[Request]] = {}
    for request in notebook.requests:
        if request.item:
            asked.setdefault(request.item, []).append(request)
    where, on = zone(meeting), session_date(day, session)
    topics = breaks = granted = 0
    for row in session_plan(session, on, where):
        minutes = 0 if row.item.time_permitting else row.minutes or 0
        breaks += minutes if row.item.kind is ItemKind.BREAK else 0
        topics += minutes if row.item.kind is not ItemKind.BREAK else 0
        granted += minutes if row.item.id in asked else 0
    requests = [request for item in session.items for request in asked.get(item.id, ())]
    least, most = asked_minutes(requests)
    end = _end_of_room(meeting, day, session)
    room = None if end is None else minutes_between(session_begin(session, on, where), end)
    return Load(least, most, granted, topics, breaks, room)


def day_load(notebook: Notebook, meeting: Meeting, day: Day) -> Load:
    """The load of a day."""
    return sum((session_load(notebook, meeting, day, session) for session in day.sessions), Load())


def meeting_load(notebook: Notebook, meeting: Meeting) -> Load:
    """The load of a whole meeting."""
    return sum((day_load(notebook, meeting, day) for day in meeting.days), Load())


def asked_minutes(requests: Iterable[Request]) -> tuple[int, int]:
    """The least and the most minutes that requests ask for together."""
    found = [(request.minutes or 0, request.minutes_most or request.minutes or 0) for request in requests]
    return sum(least for least, _ in found), sum(most for _, most in found)


def load_words(load: Load) -> str:
    """A load in a few words: "asked 30 to 60 · planned 90 · free 15", "over by 5" where it is too much."""
    asked = range_words(load.asked, load.asked_most).removesuffix(" min")
    words = f"asked {asked} · planned {load.planned}"
    if load.free is None:
        return f"{words} · open end"
    return f"{words} · over by {-load.free}" if load.free < 0 else f"{words} · free {load.free}"


def long_load_words(load: Load) -> str:
    """A load in hours: "asked 6 h, given 7 h 30 · planned 11 h + breaks 2 h · free 0 min"."""
    asked = minutes_words(load.asked)
    if load.asked_most > load.asked:
        asked += f" to {minutes_words(load.asked_most)}"
    words = f"asked {asked}, given {minutes_words(load.granted)} · planned {minutes_words(load.planned)}"
    if load.breaks:
        words += f" + breaks {minutes_words(load.breaks)}"
    if load.free is None:
        return f"{words} · open end"
    return (
        f"{words} · over by {minutes_words(-load.free)}"
        if load.free < 0
        else f"{words} · free {minutes_words(load.free)}"
    )


def _end_of_room(meeting: Meeting, day: Day, session: Session) -> datetime | None:
    where, on = zone(meeting), session_date(day, session)
    hard = next((item for item in session.items if item.hard and item.start is not None), None)
    if hard is not None:
        return pinned(session, hard, on, where)
    later_ones = day.sessions[day.sessions.index(session) + 1 :]
    return session_begin(later_ones[0], session_date(day, later_ones[0]), where) if later_ones else None
