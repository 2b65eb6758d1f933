"""Every change of a notebook: functions that make an Edit, a named step from one value to the next.

All text from people is cleaned on its way in. An edit that can't be made raises EditError when it is applied.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.model import (
    YEARS,
    Day,
    Handover,
    Item,
    Meeting,
    Notebook,
    Pattern,
    Person,
    Request,
    Role,
    Session,
    Span,
    with_meeting,
)
from dmlt_tui.meeting.moderation import current_place, is_running, neighbour, place_of
from dmlt_tui.notes.lines import merge_text
from dmlt_tui.notes.patterns import KeyPattern
from dmlt_tui.notes.text import clean, clean_name

if TYPE_CHECKING:
    from dmlt_tui.notes.tree import Task

_MOST_DAYS = 60


class EditError(ValueError):
    """A change that can't be made; the message is one line for the person who asked for it."""


class Edit(Struct, frozen=True):
    """A change: what people call it ("notes of APDB Update"), and the function that makes it.

    Edits that follow each other with the same non-empty `run` are one step of undo.
    """

    label: str
    apply: Callable[[Notebook], Notebook]
    run: str = ""


def together(label: str, edits: Sequence[Edit]) -> Edit:
    """Make several changes one after the other, or none of them."""

    def change(notebook: Notebook) -> Notebook:
        for edit in edits:
            notebook = edit.apply(notebook)
        return notebook

    return Edit(label, change)


# -- places -----------------------------------------------------------------------------------------------------


def in_meeting(meeting_id: str, change: Callable[[Meeting], Meeting]) -> Callable[[Notebook], Notebook]:
    """Change one meeting of a notebook; EditError when it is gone."""

    def apply(notebook: Notebook) -> Notebook:
        meeting, row = notebook.meeting(meeting_id), notebook.meetings
        if meeting is None:
            raise EditError(f"the meeting {meeting_id!r} is no longer in this notebook")
        changed = change(meeting)
        return replace(notebook, meetings=tuple(changed if one is meeting else one for one in row))

    return apply


def with_item(meeting: Meeting, item_id: str, change: Callable[[Item], Item]) -> Meeting:
    """Change one item of a meeting; EditError when it is gone."""
    place = place_of(meeting, item_id)
    if place is None:
        raise EditError(f"that item is no longer in {meeting.title!r}")
    items = tuple(change(item) if item.id == item_id else item for item in place.session.items)
    return with_session(meeting, place.session.id, lambda session: replace(session, items=items))


def with_session(meeting: Meeting, session_id: str, change: Callable[[Session], Session]) -> Meeting:
    """Change one session of a meeting."""

    def in_day(day: Day) -> Day:
        if all(session.id != session_id for session in day.sessions):
            return day
        return replace(
            day, sessions=tuple(change(session) if session.id == session_id else session for session in day.sessions)
        )

    return replace(meeting, days=tuple(in_day(day) for day in meeting.days))


def in_item(meeting_id: str, item_id: str, change: Callable[[Item], Item]) -> Callable[[Notebook], Notebook]:
    """Change one item of a meeting of a notebook; EditError when it is gone."""
    return in_meeting(meeting_id, lambda meeting: with_item(meeting, item_id, change))


# -- notes ------------------------------------------------------------------------------------------------------


def set_notes(meeting_id: str, item: Item, base: str, text: str, run: str = "") -> Edit:
    """Make of an item's running notes what was made of `base`, the text as last seen, by typing `text`.

    Where the notes are no longer `base`, because somebody else typed too, both sides' lines are kept.
    """

    def change(old: Item) -> Item:
        typed = clean(text, base)
        return replace(old, notes=typed if old.notes == base else merge_text(base, typed, old.notes))

    return Edit(f"notes of {item.title}", in_item(meeting_id, item.id, change), run and f"notes:{item.id}:{run}")


def add_note_line(meeting_id: str, item: Item, line: str, label: str) -> Edit:
    """Append one line, already in the language of notes, to the running notes of an item."""
    from dmlt_tui.notes import tasklines  # here, as it loads the grammar, which a start can do without

    return Edit(
        f"{label} in {item.title}",
        in_item(meeting_id, item.id, lambda old: replace(old, notes=tasklines.append_line(old.notes, clean(line)))),
    )


# -- actions, each where it stands in the notes -------------------------------------------------------------------


def _same(one: Task, other: Task) -> bool:
    return (one.done, one.owners, one.due, one.text) == (other.done, other.owners, other.due, other.text)


def _at_action(label: str, meeting_id: str, item_id: str, task: Task, change: Callable[[str, int], str]) -> Edit:
    """Change the notes at the line of an action as it was seen, wherever that line has moved meanwhile."""

    def apply(item: Item) -> Item:
        from dmlt_tui.notes.language import survey

        lines = [found.line for found in survey(item.notes).tasks if _same(found, task)]
        if task.line not in lines and len(lines) != 1:
            raise EditError(f"{task.text[:50]!r} no longer stands in the notes of {item.title!r} as it was shown")
        return replace(item, notes=change(item.notes, task.line if task.line in lines else lines[0]))

    return Edit(label, in_item(meeting_id, item_id, apply))


def tick(meeting_id: str, item_id: str, task: Task, *, done: bool) -> Edit:
    """Tick (or untick) an action of an item's running notes; nothing else of its line changes."""
    from dmlt_tui.notes import tasklines

    label = "action done" if done else "action reopened"
    return _at_action(label, meeting_id, item_id, task, lambda notes, line: tasklines.tick(notes, line, done))


def rewrite_action(
    meeting_id: str, item_id: str, task: Task, *, owners: Sequence[str], text: str, due: date | None
) -> Edit:
    """Give an action of an item's running notes other owners (handles), words and due date; all other lines stay."""
    from dmlt_tui.notes import tasklines

    def change(notes: str, line: int) -> str:
        try:
            return tasklines.rewrite_task(notes, line, owners, text, due)
        except ValueError as error:
            raise EditError(str(error)) from error

    return _at_action(f"action {task.text[:30]}", meeting_id, item_id, task, change)


def remove_action(meeting_id: str, item_id: str, task: Task) -> Edit:
    """Take an action's line out of an item's running notes. Refused when other lines belong to it."""
    from dmlt_tui.notes import tasklines

    def change(notes: str, line: int) -> str:
        try:
            return tasklines.remove_task(notes, line)
        except ValueError as error:
            raise EditError(f"{task.text[:50]!r} can't be taken out: {error}") from error

    return _at_action(f"action {task.text[:30]} deleted", meeting_id, item_id, task, change)


# -- the running meeting ----------------------------------------------------------------------------------------


def stop_clock(item: Item, now: datetime) -> Item:
    """The item with its clock stopped."""
    if not is_running(item):
        return item
    return replace(item, spans=(*item.spans[:-1], replace(item.spans[-1], end=now)))


def start_clock(item: Item, now: datetime) -> Item:
    """The item with its clock running, and so not done."""
    if is_running(item):
        return item
    return replace(item, spans=(*item.spans, Span(start=now)), done=False)


def start(meeting_id: str, item: Item, now: datetime, *, expects: str | None = None) -> Edit:
    """Start the meeting with this item, or resume it after a pause. A clock that runs elsewhere is stopped.

    With `expects`, the id of the item the floor was seen at ("" for none), refused when it is elsewhere by now.
    """

    def change(meeting: Meeting) -> Meeting:
        if expects is not None and meeting.current != expects:
            place = current_place(meeting)
            raise EditError(f"the floor is already at {place.item.title!r}" if place else "the meeting has just ended")
        if meeting.current and meeting.current != item.id:
            meeting = with_item(meeting, meeting.current, lambda old: stop_clock(old, now))
        return replace(with_item(meeting, item.id, lambda old: start_clock(old, now)), current=item.id)

    return Edit(f"start of {item.title}", in_meeting(meeting_id, change))


def pause(meeting_id: str, now: datetime) -> Edit:
    """Stop the clock of the current item; it keeps the floor."""

    def change(meeting: Meeting) -> Meeting:
        if current_place(meeting) is None:
            raise EditError("the meeting is not running: s starts it")
        return with_item(meeting, meeting.current, lambda item: stop_clock(item, now))

    return Edit("pause", in_meeting(meeting_id, change))


def step(meeting_id: str, from_item: str, by: int, now: datetime) -> Edit:
    """Move the floor from `from_item` to the item `by` rows on (1 or -1): one clock stops, the other starts.

    Going on marks the item left as done; past the last one of a day that day ends, and nothing has the floor until the
    next one is started. Refused when the floor is no longer at `from_item`, so that two people who press the key at
    once move it once.
    """

    def change(meeting: Meeting) -> Meeting:
        place = current_place(meeting)
        if place is None:
            raise EditError("the meeting is not running: s starts it")
        if meeting.current != from_item:
            raise EditError(f"the floor has already moved to {place.item.title!r}")
        target = neighbour(meeting, from_item, by)
        if target is not None and target.day.id != place.day.id:
            target = None
        if target is None and by < 0:
            raise EditError(f"{place.item.title!r} is the first item of its day")
        done = by > 0 or place.item.done
        meeting = with_item(meeting, from_item, lambda item: replace(stop_clock(item, now), done=done))
        if target is None:
            return replace(meeting, current="")
        return replace(with_item(meeting, target.item.id, lambda item: start_clock(item, now)), current=target.item.id)

    return Edit("next item" if by > 0 else "previous item", in_meeting(meeting_id, change))


def set_done(meeting_id: str, item: Item, *, done: bool) -> Edit:
    """Mark an item of the agenda as dealt with, or not."""
    label = f"{item.title} done" if done else f"{item.title} not done"
    return Edit(label, in_item(meeting_id, item.id, lambda old: replace(old, done=done)))


def hand_over(meeting_id: str, handover: Handover) -> Edit:
    """Record that a session was taken over; refused when that role of it was taken over meanwhile."""

    def change(meeting: Meeting) -> Meeting:
        if all(session.id != handover.session for session in meeting.sessions):
            raise EditError("the session to hand over is no longer in the agenda")
        for other in meeting.handovers:
            if (other.session, other.role) == (handover.session, handover.role):
                raise EditError(f"this session was already handed over to {other.to or 'nobody'}")
        return replace(meeting, handovers=(*meeting.handovers, handover))

    what = "scribe's part" if handover.role is Role.SCRIBE else "handover"
    return Edit(f"{what} to {handover.to}", in_meeting(meeting_id, change))


# -- the notebook -----------------------------------------------------------------------------------------------


def dates_from(first: date, days: int) -> list[date]:
    """So many days in a row; EditError for none, for more than a meeting can have, and for years no file keeps."""
    if not 1 <= days <= _MOST_DAYS:
        raise EditError(f"a meeting has 1 to {_MOST_DAYS} days, not {days}")
    if first.year not in YEARS[:-1]:
        raise EditError(f"{first} is not a date to meet on: years {YEARS[0]} to {YEARS[-2]} are possible")
    return [first + timedelta(days=index) for index in range(days)]


def plan_meeting(meeting_id: str, title: str, first: date, days: int, zone: str, new_id: Callable[[], str]) -> Meeting:
    """A new meeting: `days` days in a row, each with one session from 09:00 that holds a welcome and a close.

    Raises EditError for a title without words, fewer than 1 or more than 60 days.
    """
    title = " ".join(clean_name(title).split())
    if not title:
        raise EditError("a meeting needs a title")
    dates = dates_from(first, days)
    return Meeting(
        id=meeting_id,
        title=title,
        zone=zone,
        days=tuple(
            Day(
                id=new_id(),
                date=day,
                sessions=(
                    Session(
                        id=new_id(),
                        start=time(9),
                        items=(Item(id=new_id(), title="Welcome" if day == first else "Topics", minutes=60),),
                    ),
                ),
            )
            for day in dates
        ),
    )


def add_meeting(meeting: Meeting) -> Edit:
    """Put a meeting into the notebook. Refused when its id is taken."""

    def change(notebook: Notebook) -> Notebook:
        if notebook.meeting(meeting.id) is not None:
            raise EditError(f"there is already a meeting {meeting.id!r}")
        return with_meeting(notebook, meeting)

    return Edit(f"meeting {meeting.title}", change)


def link_keys(patterns: Sequence[KeyPattern]) -> Edit:
    """Link these kinds of keys in a notebook that has none of its own yet; one that has keeps its own."""
    kept = tuple(
        Pattern(f"pattern-{number}", pattern.regex, pattern.kind, pattern.address)
        for number, pattern in enumerate(patterns, 1)
    )

    def change(notebook: Notebook) -> Notebook:
        return notebook if notebook.patterns else replace(notebook, patterns=kept)

    return Edit("keys to link", change)


def add_person(person: Person) -> Edit:
    """Put a person into the directory. Refused when the handle is taken."""

    def change(notebook: Notebook) -> Notebook:
        if notebook.person(person.id) is not None:
            raise EditError(f"there is already somebody called @{person.id}")
        return replace(notebook, people=(*notebook.people, person))

    return Edit(f"person {person.name}", change)


def add_request(request: Request) -> Edit:
    """Put a request on the list."""
    return Edit(f"request {request.title}", lambda notebook: replace(notebook, requests=(*notebook.requests, request)))
