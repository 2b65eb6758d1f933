"""What `--json` prints of meetings, plans and briefs: ids, handles and minutes; every field is always there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from dmlt_tui.meeting.brief import Brief
    from dmlt_tui.meeting.conflicts import Conflict
    from dmlt_tui.meeting.loads import Load
    from dmlt_tui.meeting.model import Day, Meeting, Notebook, Request
    from dmlt_tui.meeting.schedule import Planned
    from dmlt_tui.notes.tree import Marked, Task

Fields = dict[str, object]


def headed(meeting: Meeting) -> Fields:
    """What tells a meeting from others: id, title, zone and dates."""
    return {
        "id": meeting.id,
        "title": meeting.title,
        "zone": meeting.zone,
        "days": [day.date for day in meeting.days],
    }


def shown(meeting: Meeting, days: Iterable[Day]) -> Fields:
    """Agenda, preparation and notes of these days."""
    from dmlt_tui.meeting.schedule import day_plan

    def sessions(day: Day) -> list[Fields]:
        rows = day_plan(meeting, day)
        return [
            {
                "id": one.id,
                "start": one.start,
                "moderator": one.moderator,
                "scribe": one.scribe,
                "items": [
                    {**_row(row), "preparation": row.item.preparation, "notes": row.item.notes, "done": row.item.done}
                    for row in rows
                    if row.session.id == one.id
                ],
            }
            for one in day.sessions
        ]

    return {**headed(meeting), "days": [{"date": day.date, "sessions": sessions(day)} for day in days]}


def planned(notebook: Notebook, meeting: Meeting, days: Iterable[Day], now: datetime) -> Fields:
    """Requests, and the agenda of these days with the minutes asked, planned and spent until `now` (aware)."""
    from dmlt_tui.meeting.loads import meeting_load
    from dmlt_tui.meeting.planning import asked_of

    asked = asked_of(notebook, meeting)
    every = (*asked.open, *asked.kept, *asked.scheduled, *asked.dropped)
    return {
        **headed(meeting),
        "minutes": _load(meeting_load(notebook, meeting)),
        "requests": [_request(request) for request in every],
        "days": [_planned_day(notebook, meeting, day, now) for day in days],
    }


def _planned_day(notebook: Notebook, meeting: Meeting, day: Day, now: datetime) -> Fields:
    from dmlt_tui.meeting.loads import session_load
    from dmlt_tui.meeting.moderation import moderator_of
    from dmlt_tui.meeting.schedule import day_plan
    from dmlt_tui.meeting.stats import Level, day_rows

    figures = {row.item: row for row in day_rows(notebook, meeting, day, now) if row.level is Level.ITEM}

    def item(row: Planned) -> Fields:
        found = figures.get(row.item.id)
        return {**_row(row), "asked": found.asked if found else None, "spent": found.spent if found else 0}

    rows = day_plan(meeting, day)
    return {
        "date": day.date,
        "sessions": [
            {
                "id": session.id,
                "start": session.start,
                "moderator": moderator_of(meeting, session),
                "minutes": _load(session_load(notebook, meeting, day, session)),
                "items": [item(row) for row in rows if row.session.id == session.id],
            }
            for session in day.sessions
        ],
    }


def contradicting(meeting: Meeting, conflict: Conflict) -> Fields:
    """A conflict with its place; `item` is None where the session as a whole is meant."""
    day = next(day for day in meeting.days if day.id == conflict.day)
    return {
        "date": day.date,
        "session": conflict.session,
        "item": conflict.item or None,
        "words": conflict.words,
        "minutes": conflict.minutes,
    }


def briefed(meeting: Meeting, brief: Brief) -> Fields:
    """The brief for whoever takes the floor next."""
    from dmlt_tui.meeting.schedule import session_starts

    card, projection = brief.card, brief.projection
    starts = session_starts(card.session, meeting)
    return {
        "from": card.giver,
        "to": card.to,
        "date": card.day.date,
        "session": card.session.id,
        "start": card.session.start,
        "now": brief.now,
        "done": [item.id for item in card.done],
        "on_floor": card.on_floor.id if card.on_floor else None,
        "left": [item.id for item in card.left],
        "ahead": [{"id": item.id, "title": item.title, "start": starts[item.id]} for item in card.ahead],
        "end": projection.end if projection else None,
        "minutes_over": projection.over if projection else None,
        "questions": [_marked(*found) for found in brief.questions],
        "parked": [_marked(*found) for found in brief.parked],
        "taken": [_task(*found) for found in brief.taken],
        "incomplete": [_task(*found) for found in brief.incomplete],
    }


def _row(row: Planned) -> Fields:
    item = row.item
    return {
        "id": item.id,
        "title": item.title,
        "kind": item.kind.value,
        "start": row.start.time() if row.start else None,
        "at_the_latest": item.hard,
        "if_time": item.time_permitting,
        "planned": row.minutes,
        "coordinators": list(item.coordinators),
        "guests": list(item.guests),
    }


def _load(load: Load) -> Fields:
    return {
        "asked": load.asked,
        "asked_most": load.asked_most,
        "planned": load.planned,
        "breaks": load.breaks,
        "free": load.free,
    }


def _request(request: Request) -> Fields:
    return {
        "id": request.id,
        "title": request.title,
        "requested_by": request.requested_by,
        "asked": request.minutes,
        "asked_most": request.minutes_most,
        "state": request.state.value,
        "kept_for_next": not request.meeting,
        "item": request.item or None,
        "notes": request.notes,
    }


def _marked(title: str, line: Marked) -> Fields:
    return {"item_title": title, "text": line.text}


def _task(title: str, task: Task) -> Fields:
    return {"item_title": title, "text": task.text, "owners": list(task.owners), "due": task.due}
