"""What taking a page into a notebook would do, told before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dmlt_tui.meeting.actions import meeting_actions
from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.importing import import_meeting, same_meeting
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook
from dmlt_tui.meeting.schedule import session_starts
from dmlt_tui.notes.text import clean
from dmlt_tui.page.reading import Source, guess_source, read_page
from dmlt_tui.page.reading.reading import Reading


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a preview under a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """A page that was read: the edit that takes it in, and what there is to say about it.

    `into` is the meeting it is merged with, None for a new one; `changes` says that there is anything new in it.
    """

    source: Source
    edit: Edit
    meeting_id: str
    into: Meeting | None
    changes: bool
    parts: tuple[Part, ...]

    @property
    def lines(self) -> Iterator[str]:
        """All of it, each heading above its lines."""
        for part in self.parts:
            yield part.heading
            yield from (f"  {line}" for line in part.lines)


def preview(
    known: Notebook,
    text: str,
    new_id: Callable[[], str],
    *,
    source: Source | None = None,
    name: str = "",
    title: str = "",
    into: str = "",
) -> Preview:
    """Read a page, and see what it would change in the notebook. Nothing is changed by it.

    `title` is what the meeting is called, `name` stands in where the page does not say; `into` is the id of the meeting
    to merge with, found if not given. Raises ReadError for what can't be read, EditError for what can't be taken in.
    """
    given = source or guess_source(text)
    reading = read_page(text, given, known, new_id, title or name, force_title=bool(title))
    actions = [(action.meeting_title, action.source, action.line) for action in reading.actions]
    edit = import_meeting(reading.meeting, reading.people, reading.requests, actions, new_id, into)
    after = edit.apply(known)
    old = known.meeting(into) if into else same_meeting(known, reading.meeting)
    taken = after.meeting(old.id if old else reading.meeting.id) or reading.meeting
    parts = [
        Part(reading.meeting.title, tuple(_facts(known, reading, given, old))),
        *([Part("Changes:", tuple(_changes(known, after, old, taken)))] if old else []),
        *(_day(known, reading, day) for day in reading.meeting.days),
        *([Part("Uncertain:", reading.doubts)] if reading.doubts else []),
        *([Part("Kept as plain text:", reading.kept)] if reading.kept else []),
    ]
    return Preview(given, edit, taken.id, old, after != known, tuple(map(_cleaned, parts)))


def _cleaned(part: Part) -> Part:
    return Part(_line(part.heading), tuple(map(_line, part.lines)))


def _line(words: str) -> str:
    return " ".join(clean(words).split("\n"))


def _facts(known: Notebook, reading: Reading, source: Source, old: Meeting | None) -> Iterator[str]:
    meeting = reading.meeting
    tasks = [action.task for action in meeting_actions(known, meeting)]
    yield f"read as {source}; " + (f"merges into {old.title!r} ({old.id})" if old else "a new meeting")
    counts = (
        (len(meeting.days), "day", "days"),
        (len(list(meeting.sessions)), "session", "sessions"),
        (len(list(meeting.items)), "item", "items"),
        (len(tasks), "action", "actions"),
        (len(meeting.attendees), "attendee", "attendees"),
        (len(meeting.attachments), "attachment", "attachments"),
        (len(reading.requests), "request", "requests"),
        (len(reading.actions), "open action of another meeting", "open actions of other meetings"),
        (len(reading.people), "person nobody knew", "people nobody knew"),
    )
    yield ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    if tasks:
        yield f"of the actions in the notes, {sum(task.done for task in tasks)} are done"


def _changes(known: Notebook, after: Notebook, old: Meeting, new: Meeting) -> Iterator[str]:
    """What would be other than it is, item by item."""
    before = {item.id: item for item in old.items}
    count = 0
    for item in new.items:
        there = before.get(item.id)
        if there is None:
            yield f"new: {item.title}"
        elif there != item:
            yield f"changed: {item.title} ({', '.join(_differences(there, item))})"
        count += there != item
    counts = {
        "attendees": len(new.attendees) - len(old.attendees),
        "attachments": len(new.attachments) - len(old.attachments),
        "people": len(after.people) - len(known.people),
        "requests": len(after.requests) - len(known.requests),
        "meetings": len(after.meetings) - len(known.meetings),
    }
    yield from (f"{more} more {what}" for what, more in counts.items() if more)
    if after == known:
        yield "none: all of it is known"
    elif not count and not any(counts.values()):
        yield "none of the items"


def _differences(old: Item, new: Item) -> list[str]:
    fields = ("title", "start", "minutes", "coordinators", "guests", "slots", "round", "link", "preparation", "notes")
    return [name for name in fields if getattr(old, name) != getattr(new, name)] or ["its time"]


def _day(known: Notebook, reading: Reading, day: Day) -> Part:
    people = {person.id: person.name for person in (*known.people, *reading.people)}
    lines: list[str] = []
    for session in day.sessions:
        lines.append(f"{session.start:%H:%M} {people.get(session.moderator, session.moderator) or 'nobody named'}")
        starts = session_starts(session)
        for item in session.items:
            start = starts[item.id]
            who = ", ".join(people.get(handle, handle) for handle in item.coordinators)
            lines.append(f"  {f'{start:%H:%M}' if start else '     '} {item.title}" + (f" ({who})" if who else ""))
    return Part(str(day.date), tuple(lines))
