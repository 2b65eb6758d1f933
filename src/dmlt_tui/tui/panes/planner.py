"""The rows of the planning screen: requests by what became of them, and the agenda of all days with its minutes."""

from __future__ import annotations

from textual.content import Content

from dmlt_tui.meeting.conflicts import conflicts
from dmlt_tui.meeting.loads import Load, asked_minutes, day_load, session_load
from dmlt_tui.meeting.model import ItemKind, Meeting, Notebook, Request
from dmlt_tui.meeting.planning import Asked, estimate_words
from dmlt_tui.meeting.schedule import Planned, day_plan
from dmlt_tui.meeting.times import range_words
from dmlt_tui.meeting.words import clock, name_of, weekday_words
from dmlt_tui.tui.panes.agenda import fit
from dmlt_tui.tui.widgets.rows import Row


def request_rows(notebook: Notebook, asked: Asked, width: int) -> list[Row]:
    """The requests, `width` cells wide: open ones first, then those kept, scheduled and dropped, each under a title."""
    planned = _planned_minutes(notebook)
    rows: list[Row] = []
    for title, group, style in (
        ("Open", asked.open, ""),
        ("Kept for the next meeting", asked.kept, ""),
        ("In the agenda", asked.scheduled, "dim"),
        ("Dropped", asked.dropped, "dim"),
    ):
        if not group and title != "Open":
            continue
        minutes = range_words(*asked_minutes(group)) if group else "none"
        rows.append(Row(Content.styled(fit(title, minutes, width), "bold")))
        for request in group:
            text = fit(f" {request.title}", _asked(request, planned.get(request.item)), width)
            rows.append(Row(Content.styled(text, style), request.id))
    return rows


def _asked(request: Request, planned: int | None) -> str:
    """How long was asked for, and how long that became: "30", "30-60", "30→90"."""
    asked = estimate_words(request).replace(" to ", "-").removesuffix(" min")
    return f"{asked}→{planned}" if planned is not None else asked


def _planned_minutes(notebook: Notebook) -> dict[str, int]:
    """The planned minutes of every item that was asked for."""
    wanted = {request.item for request in notebook.requests if request.item}
    return {
        row.item.id: row.minutes
        for meeting in notebook.meetings
        if any(item.id in wanted for item in meeting.items)
        for day in meeting.days
        for row in day_plan(meeting, day)
        if row.item.id in wanted and row.minutes is not None
    }


def agenda_rows(notebook: Notebook, meeting: Meeting, width: int) -> list[Row]:
    """The agenda of all days: with each day and session the minutes asked, planned and free, with each item its own."""
    crossed = {(conflict.session, conflict.item) for conflict in conflicts(notebook, meeting)}
    asked = {request.item: request for request in notebook.requests if request.item}
    rows: list[Row] = []
    for day in meeting.days:
        load = day_load(notebook, meeting, day)
        rows.append(
            Row(Content.styled(fit(weekday_words(day.date), short_load(load), width), _style(load, "bold reverse")))
        )
        plan = day_plan(meeting, day)
        for session in day.sessions:
            load = session_load(notebook, meeting, day, session)
            name = name_of(notebook, session.moderator) if session.moderator else "no moderator"
            bad = (session.id, "") in crossed
            head = fit(f"{'!' if bad else ''}{session.start:%H:%M} {name}", short_load(load), width)
            rows.append(Row(Content.styled(head, _style(load, "bold"))))
            for row in plan:
                if row.session.id == session.id:
                    request = asked.get(row.item.id)
                    rows.append(_item(row, request, width, bad=(session.id, row.item.id) in crossed))
    return rows


def _item(row: Planned, request: Request | None, width: int, *, bad: bool) -> Row:
    item = row.item
    minutes = "" if row.minutes is None else f"{row.minutes}"
    if request is not None:
        minutes = _asked(request, row.minutes)
    elif item.time_permitting:
        minutes = f"{minutes} if time".strip()
    elif item.kind is ItemKind.CLOSE:
        minutes = "latest" if item.hard else ""
    text = fit(f"{'!' if bad else ' '}{clock(row.start)} {item.title}", minutes or "", width)
    style = "$text-error" if bad else "" if item.kind is ItemKind.TOPIC else "dim"
    return Row(Content.styled(text, style), item.id)


def short_load(load: Load) -> str:
    """Asked, planned and free minutes: "60 · 90 · 0", the last negative where it is over-full."""
    asked = f"{load.asked}-{load.asked_most}" if load.asked_most > load.asked else f"{load.asked}"
    return f"{asked} · {load.planned} · {'open' if load.free is None else load.free}"


def _style(load: Load, style: str) -> str:
    return f"{style} $text-error" if load.free is not None and load.free < 0 else style
