"""Mistakes in a notebook that it can be opened with all the same: names nobody has, places that are not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

from dmlt_tui.meeting.model import Item, Meeting, Notebook, Request
from dmlt_tui.notes.language import KeyPattern, survey


class Finding(Struct, frozen=True):
    """A mistake: where it is, in words ("2020-05, item 'Welcome'"), and what is wrong there."""

    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


def findings(notebook: Notebook) -> tuple[Finding, ...]:
    """Find all mistakes, in the order of the notebook."""
    return tuple(_findings(notebook))


def _findings(notebook: Notebook) -> Iterator[Finding]:
    patterns: list[KeyPattern] = []
    for pattern in notebook.patterns:
        try:
            patterns.append(KeyPattern(pattern.regex, pattern.kind, pattern.address))
        except ValueError as error:
            yield Finding(f"pattern {pattern.id}", str(error))
    for record_id, count in Counter(_ids(notebook)).items():
        if count > 1:
            yield Finding(f"id {record_id}", f"{count} records have it; every record needs one of its own")
    handles = {person.id for person in notebook.people}
    for meeting in notebook.meetings:
        yield from _in_meeting(meeting, handles)
        for item in meeting.items:
            yield from _in_item(meeting, item, handles, patterns)
    for request in notebook.requests:
        yield from _in_request(notebook, request)


def _ids(notebook: Notebook) -> Iterator[str]:
    for meeting in notebook.meetings:
        yield meeting.id
        for day in meeting.days:
            yield day.id
        for session in meeting.sessions:
            yield session.id
        for item in meeting.items:
            yield item.id
            yield from (slot.id for slot in item.slots)
        yield from (attachment.id for attachment in meeting.attachments)
        yield from (handover.id for handover in meeting.handovers)
    yield from (request.id for request in notebook.requests)


def _in_meeting(meeting: Meeting, handles: set[str]) -> Iterator[Finding]:
    place = f"meeting {meeting.id}"
    if not meeting.title.strip():
        yield Finding(place, "it has no title")
    try:
        ZoneInfo(meeting.zone)
    except (ValueError, LookupError, OSError):
        yield Finding(place, f"there is no time zone {meeting.zone!r}; try America/Los_Angeles")
    for earlier, later in pairwise(meeting.days):
        if later.date <= earlier.date:
            yield Finding(f"{place}, day {later.date}", f"it stands after {earlier.date}; days go forward")
    yield from _unknown(place, "attendee", (attendee.person for attendee in meeting.attendees), handles)
    yield from _unknown(place, "author of an attachment", (one.by for one in meeting.attachments), handles)
    for session in meeting.sessions:
        there = f"{place}, session at {session.start:%H:%M}"
        yield from _unknown(there, "moderator", [session.moderator], handles)
        yield from _unknown(there, "scribe", [session.scribe], handles)
    sessions = {session.id for session in meeting.sessions}
    for handover in meeting.handovers:
        there = f"{place}, handover {handover.id}"
        yield from _unknown(there, handover.role.value, [handover.to, handover.giver], handles)
        if handover.session not in sessions:
            yield Finding(there, f"there is no session {handover.session!r}")
    if meeting.current and all(item.id != meeting.current for item in meeting.items):
        yield Finding(place, f"there is no item {meeting.current!r}, the current one")


def _in_item(meeting: Meeting, item: Item, handles: set[str], patterns: Iterable[KeyPattern]) -> Iterator[Finding]:
    place = f"meeting {meeting.id}, item {item.id} ({item.title})"
    turns = item.round.turns if item.round else ()
    guests = [guest[1:] for guest in (*item.guests, *(slot.guest for slot in item.slots)) if guest.startswith("@")]
    yield from _unknown(place, "coordinator", item.coordinators, handles)
    yield from _unknown(place, "guest", guests, handles)
    yield from _unknown(place, "speaker of a turn", (turn.person for turn in turns), handles)
    for task in survey(item.notes, tuple(patterns)).tasks:
        yield from _unknown(f"{place}, line {task.line + 1} of its notes", "owner", task.owners, handles)
    lengths = (item.minutes, *(slot.minutes for slot in item.slots), *(turn.minutes for turn in turns))
    if any(length is not None and length < 0 for length in lengths):
        yield Finding(place, "it takes less than no time; minutes are 0 or more")
    if any(span.end is not None and span.end < span.start for span in item.spans):
        yield Finding(place, "it had the floor until before it got it; a span ends after its start")


def _in_request(notebook: Notebook, request: Request) -> Iterator[Finding]:
    place = f"request {request.id} ({request.title})"
    if request.meeting and notebook.meeting(request.meeting) is None:
        yield Finding(place, f"there is no meeting {request.meeting!r}")
    if request.item and all(item.id != request.item for meeting in notebook.meetings for item in meeting.items):
        yield Finding(place, f"there is no item {request.item!r}")


def _unknown(place: str, role: str, found: Iterable[str], handles: set[str]) -> Iterator[Finding]:
    for handle in dict.fromkeys(found):
        if handle and handle not in handles:
            yield Finding(place, f"the {role} @{handle} is not among the people of the notebook")
