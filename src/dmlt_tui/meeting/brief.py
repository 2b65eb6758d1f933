"""The brief for whoever takes the floor: what is done, what is open, how late it is, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from msgspec import Struct

from dmlt_tui.meeting.forecast import forecast_words
from dmlt_tui.meeting.model import Item, ItemKind, Meeting, Notebook, Role, Session
from dmlt_tui.meeting.moderation import HandoverCard, Place, current_place, places
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.meeting.projection import Projection, project
from dmlt_tui.meeting.schedule import hard_end, planned_minutes, session_starts, zone
from dmlt_tui.meeting.words import clock, day_words, name_of, names_of
from dmlt_tui.notes.language import survey
from dmlt_tui.notes.tree import Marked, MarkKind, Task


class Brief(Struct, frozen=True):
    """What the incoming moderator should know, beside the card itself.

    `projection` is that of the item on the floor, None when nothing runs. `questions` and `parked` are those of the
    whole meeting so far, `taken` the open actions of the session that ends, `incomplete` those of the meeting without
    owner or date; each as the title of its item and the line. `speakers` is the queue of speakers in words.
    """

    card: HandoverCard
    now: datetime
    projection: Projection | None
    questions: tuple[tuple[str, Marked], ...]
    parked: tuple[tuple[str, Marked], ...]
    taken: tuple[tuple[str, Task], ...]
    incomplete: tuple[tuple[str, Task], ...]
    speakers: str = ""


def _until(meeting: Meeting, session: Session) -> Iterator[Place]:
    """The items before a session, in order."""
    for place in places(meeting):
        if place.session.id == session.id:
            return
        yield place


def make_brief(notebook: Notebook, meeting: Meeting, card: HandoverCard, now: datetime, speakers: str = "") -> Brief:
    """Gather the brief for a card at `now` (aware); `speakers` is the queue of speakers in words."""
    patterns = key_patterns(notebook)
    before = list(_until(meeting, card.session))
    place = current_place(meeting)
    if place is not None and place not in before:
        before.append(place)
    marked: list[tuple[str, Marked]] = []
    tasks: list[tuple[str, str, Task]] = []
    for where in before:
        found = survey(where.item.notes, patterns)
        marked += [(where.item.title, line) for line in found.marked]
        tasks += [(where.session.id, where.item.title, task) for task in found.tasks if not task.done]
    ending = card.ending.id if card.ending else ""
    return Brief(
        card=card,
        now=now,
        projection=project(meeting, place, now) if place else None,
        questions=tuple((title, line) for title, line in marked if line.kind is MarkKind.QUESTION),
        parked=tuple((title, line) for title, line in marked if line.kind is MarkKind.PARKED),
        taken=tuple((title, task) for session, title, task in tasks if session == ending),
        incomplete=tuple((title, task) for _, title, task in tasks if not task.owners or task.due is None),
        speakers=speakers,
    )


def headline(notebook: Notebook, card: HandoverCard) -> str:
    """Who gives to whom, in one line."""
    to = name_of(notebook, card.to) if card.to else "nobody named"
    if card.role is Role.SCRIBE:
        if card.same_person:
            return f"{to} goes on taking notes"
        return f"{name_of(notebook, card.giver)}  hands the notes to  {to}" if card.giver else f"{to} takes the notes"
    if card.same_person:
        return f"{to}: you continue"
    if card.giver:
        return f"{name_of(notebook, card.giver)}  hands over to  {to}"
    return f"{to} takes the floor"


def brief_lines(notebook: Notebook, meeting: Meeting, brief: Brief) -> list[str]:
    """The brief as plain lines, without the headline."""
    card = brief.card
    here = brief.now.astimezone(zone(meeting))
    planned = f"{clock(card.session.start)} {meeting.zone_label}".rstrip()
    lines = [f"Session of {day_words(card.day.date)}, {planned}; it is {clock(here)} now"]
    lines += _state(brief)
    lines += [f"Speakers: {brief.speakers}"] if brief.speakers else []
    lines += ["", *_ahead(notebook, meeting, card)]
    for words, found in (("Open questions", brief.questions), ("Parked", brief.parked)):
        if found:
            lines += ["", f"{words}:", *(f"- {line.text} ({title})" for title, line in found)]
    if brief.taken:
        lines += ["", "Actions just taken:", *(f"- {_task_words(notebook, task)}" for _, task in brief.taken)]
    if brief.incomplete:
        lines += ["", "Actions without owner or date:"]
        lines += [f"- {task.text} ({title})" for title, task in brief.incomplete]
    return lines


def _state(brief: Brief) -> Iterator[str]:
    card = brief.card
    if card.done:
        yield f"Done: {_titles(card.done)}"
    if card.on_floor:
        yield f"On the floor: {card.on_floor.title}"
    if card.left:
        yield f"Not reached: {_titles(card.left)}"
    projection = brief.projection
    if projection is not None and (words := forecast_words(projection)[0]):
        yield f"Projection: {words}"
    if projection is not None and projection.over is not None and projection.over > 0:
        yield f"The session ends {clock(projection.end)}, {projection.over} min after its hard end"


def _titles(items: tuple[Item, ...]) -> str:
    return ", ".join(item.title for item in items)


def _ahead(notebook: Notebook, meeting: Meeting, card: HandoverCard) -> Iterator[str]:
    yield "Ahead:"
    starts = session_starts(card.session, meeting)
    for item in card.session.items:
        if item not in card.ahead and (item.kind is not ItemKind.BREAK or item.done or item.spans):
            continue
        minutes = planned_minutes(card.session, item, meeting)
        length = f"{minutes} min" if minutes is not None else "if time permits" if item.time_permitting else ""
        who = names_of(notebook, item.coordinators)
        yield "  ".join(part for part in (_start(starts[item.id]), item.title, who, length) if part)
        for slot in item.slots:
            if slot.guest:
                guest = name_of(notebook, slot.guest[1:]) if slot.guest.startswith("@") else slot.guest
                yield f"       {_start(slot.start)} guest: {guest}"
        for guest in item.guests:
            yield f"       guest: {guest}"
    for session in card.day.sessions[card.day.sessions.index(card.session) :]:
        if (end := hard_end(session)) is not None:
            yield f"{clock(end)}  hard end" + ("" if session is card.session else " of the day")
            break


def _start(start: time | None) -> str:
    return clock(start) if start else ""


def _task_words(notebook: Notebook, task: Task) -> str:
    owners = names_of(notebook, task.owners, ", ") or "nobody"
    return f"{owners}: {task.text}" + (f", by {day_words(task.due)}" if task.due else "")
