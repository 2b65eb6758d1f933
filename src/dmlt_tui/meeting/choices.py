"""What can be done about the time of an item, and the end each choice leads to."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from dmlt_tui.meeting.agenda_edits import lengthen, take_if_time
from dmlt_tui.meeting.breaks import next_rows
from dmlt_tui.meeting.conflicts import day_conflicts
from dmlt_tui.meeting.edits import Edit, EditError, set_done, step
from dmlt_tui.meeting.forecast import ended_words, forecast_words
from dmlt_tui.meeting.loads import load_words, session_load
from dmlt_tui.meeting.model import ItemKind, Meeting, Notebook
from dmlt_tui.meeting.moderation import Place, current_place, place_of
from dmlt_tui.meeting.projection import project
from dmlt_tui.meeting.schedule import day_plan, minutes_between, planned_minutes
from dmlt_tui.meeting.words import clock

_SHORTEST_BREAK = 5  # minutes that eating into a break leaves of it


class Choice(Struct, frozen=True):
    """One thing that can be done about the time of an item: what it is called, the edit, and the end it leads to."""

    label: str
    edit: Edit
    outcome: str


def time_choices(notebook: Notebook, meeting: Meeting, place: Place, now: datetime, by: int = 5) -> tuple[Choice, ...]:
    """What can be done about the time of the item at `place`, by so many minutes: each with the end it leads to."""
    found = []
    for label, edit in _edits(meeting, place, now, by):
        try:
            after = edit.apply(notebook).meeting(meeting.id)
        except EditError:
            continue
        if after is not None:
            found.append(Choice(label, edit, _outcome(notebook, meeting, after, place, now)))
    return tuple(found)


def outcome(notebook: Notebook, meeting: Meeting, place: Place, now: datetime) -> str:
    """The end things lead to: the projection on the day that runs, else the plan of the session at `place`.

    Where that session is still to come on the day that runs, its own end is told too.
    """
    current = current_place(meeting)
    if current is None or current.day.id != place.day.id:
        return planned_words(notebook, meeting, place)
    seen = project(meeting, current, now)
    words = forecast_words(seen)[0]
    ends = [one.end for one in seen.ahead if one.session.id == place.session.id != current.session.id]
    if words and ends:
        words += f"; session of {clock(place.session.start)} ends {clock(ends[-1])}"
    return words or planned_words(notebook, meeting, place)


def planned_words(notebook: Notebook, meeting: Meeting, place: Place) -> str:
    """How a session is planned, in a line: when it ends, its load, and what is in conflict there."""
    rows = [row for row in day_plan(meeting, place.day) if row.session.id == place.session.id]
    end = next((row.end for row in reversed(rows) if not row.item.time_permitting), None)
    words = f"planned until {clock(end)}" if end else "no end is known: something has no length"
    words += f" · {load_words(session_load(notebook, meeting, place.day, place.session))}"
    found = [one.words for one in day_conflicts(notebook, meeting, place.day) if one.session == place.session.id]
    return f"{words} · {found[0]}" if found and "over-full" not in found[0] else words


def _outcome(notebook: Notebook, before: Meeting, after: Meeting, place: Place, now: datetime) -> str:
    there = place_of(after, place.item.id)
    if there is None or (before.current and not after.current):
        return (ended_words(after, there.day) if there else "") or "the day ends"
    return outcome(notebook, after, there, now)


def _edits(meeting: Meeting, place: Place, now: datetime, by: int) -> list[tuple[str, Edit]]:
    item = place.item
    minutes = planned_minutes(place.session, item, meeting) or 0
    here = meeting.current == item.id
    found: list[tuple[str, Edit]] = []
    if item.kind is not ItemKind.CLOSE:
        found.append((f"lengthen by {by}: {minutes} → {minutes + by} min", lengthen(meeting.id, item, by)))
        less = min(by, minutes)
        if less:
            found.append((f"shorten by {less}: {minutes} → {minutes - less} min", lengthen(meeting.id, item, -less)))
    if here:
        found.append(("go on to the next item", step(meeting.id, item.id, next_rows(meeting), now)))
    elif not item.done:
        found.append((f"skip {item.title}", set_done(meeting.id, item, done=True)))
    found += _if_time(meeting, place, now)
    found += _into_the_break(meeting, place, now, by)
    return found


def _if_time(meeting: Meeting, place: Place, now: datetime) -> list[tuple[str, Edit]]:
    """Taking what waits for time in this session, or leaving it out."""
    found: list[tuple[str, Edit]] = []
    for item in place.session.items:
        if not item.time_permitting or item.done or item.id == meeting.current:
            continue
        minutes = item.minutes or max(_room(meeting, place, now), 5)
        found.append((f"take {item.title}: {minutes} min", take_if_time(meeting.id, item, minutes)))
        found.append((f"leave {item.title} out", set_done(meeting.id, item, done=True)))
    return found


def _room(meeting: Meeting, place: Place, now: datetime) -> int:
    """The minutes to spare before the session's hard end."""
    if meeting.current == place.item.id:
        return -(project(meeting, place, now).over or 0)
    rows = [row for row in day_plan(meeting, place.day) if row.session.id == place.session.id]
    limit = next((row.start for row in rows if row.item.hard), None)
    last = [row.end for row in rows if row.item.kind is ItemKind.TOPIC and row.end]
    return minutes_between(last[-1], limit) if limit and last else 0


def _into_the_break(meeting: Meeting, place: Place, now: datetime, by: int) -> list[tuple[str, Edit]]:
    """Shortening the next break: by as much as the session is late, else by so many minutes."""
    rest = place.session.items[place.session.items.index(place.item) + 1 :]
    pause = next((item for item in rest if item.kind is ItemKind.BREAK and not item.done), None)
    if pause is None or not pause.minutes:
        return []
    late = project(meeting, place, now).late if meeting.current == place.item.id else None
    less = min(late if late and late > 0 else by, pause.minutes - _SHORTEST_BREAK)
    if less <= 0:
        return []
    label = f"take {less} min from the break: {pause.minutes} → {pause.minutes - less} min"
    return [(label, lengthen(meeting.id, pause, -less))]
