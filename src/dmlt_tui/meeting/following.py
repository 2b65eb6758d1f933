"""Between meetings: what the next one takes over from the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import cycle
from textwrap import dedent

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.actions import Action, open_actions
from dmlt_tui.meeting.edits import Edit, add_meeting, plan_meeting
from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Request, RequestState, Session
from dmlt_tui.meeting.moderation import places
from dmlt_tui.meeting.past import mark_of
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.meeting.schedule import planned_minutes, session_starts
from dmlt_tui.meeting.words import day_words
from dmlt_tui.notes.language import survey
from dmlt_tui.notes.outline import Outline
from dmlt_tui.notes.tree import MarkKind

REVIEW_TITLE = "Open actions"
_REVIEW_MINUTES = 15
_LEFT_WORDS = {MarkKind.PARKED: "Parked", MarkKind.QUESTION: "Open question"}


class NextMeeting(Struct, frozen=True):
    """A meeting planned after another: the topics it is offered, and the open actions it is to review."""

    meeting: Meeting
    requests: tuple[Request, ...]
    to_review: tuple[Action, ...]

    @property
    def words(self) -> str:
        """What was taken over, in a line."""
        moderators = {session.moderator for session in self.meeting.sessions if session.moderator}
        counted = (
            (len(self.meeting.attendees), "person", "people"),
            (len(moderators), "moderator", "moderators"),
            (len(self.to_review), "open action to review", "open actions to review"),
            (len(self.requests), "topic offered as request", "topics offered as requests"),
        )
        said = [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
        return ", ".join(said) or "nothing to take over"

    def moderated_by(self, handles: Sequence[str]) -> NextMeeting:
        """The same with these people moderating its sessions in turn; with nobody, as it is."""
        return NextMeeting(with_moderators(self.meeting, handles), self.requests, self.to_review)


def next_meeting(
    notebook: Notebook, before: Meeting, title: str, first: date, days: int, new_id: Callable[[], str]
) -> NextMeeting:
    """Plan the meeting after `before`: `days` days in a row from `first` on.

    People (those with an account still), zone, logistics, and the sessions with their moderators, breaks and closes are
    taken over day by day; where there are more days than before, they begin again. The first session reviews what is
    open of all meetings up to then. What `before` left (topics not reached, parked lines, open questions, requests
    nobody scheduled) is offered as requests that say where they come from. Raises EditError as plan_meeting does.
    """
    bare = plan_meeting(new_id(), title, first, days, before.zone, new_id)
    gone = {person.id for person in notebook.people if not person.active}
    to_review = tuple(action for action in open_actions(notebook) if action.day is None or action.day <= first)
    shapes = [day for day in before.days if day.sessions]
    planned = tuple(
        replace(day, sessions=tuple(_session(shape, gone, new_id) for shape in shapes[at % len(shapes)].sessions))
        if shapes
        else day
        for at, day in enumerate(bare.days)
    )
    meeting = replace(
        bare,
        zone_label=before.zone_label,
        days=_with_review(planned, to_review, new_id),
        logistics=before.logistics,
        attendees=tuple(attendee for attendee in before.attendees if attendee.person not in gone),
    )
    requests = _without_doubles(_left_over(notebook, before, meeting.id, new_id))
    return NextMeeting(meeting, requests, to_review)


def add_next(planned: NextMeeting) -> Edit:
    """Put a planned meeting and its requests into the notebook, as one step. Refused when its id is taken."""
    added = add_meeting(planned.meeting)

    def change(notebook: Notebook) -> Notebook:
        return replace(added.apply(notebook), requests=(*notebook.requests, *planned.requests))

    return Edit(added.label, change)


def _session(shape: Session, gone: set[str], new_id: Callable[[], str]) -> Session:
    """Take over a session without its topics; breaks and closes stand at the time they were planned for."""
    starts = session_starts(shape)
    kept = tuple(
        Item(id=new_id(), title=item.title, kind=item.kind, start=starts[item.id], minutes=item.minutes, hard=item.hard)
        for item in shape.items
        if item.kind is not ItemKind.TOPIC
    )
    return Session(
        id=new_id(),
        start=shape.start,
        moderator="" if shape.moderator in gone else shape.moderator,
        scribe="" if shape.scribe in gone else shape.scribe,
        items=(Item(id=new_id(), title="Topics"), *kept),
    )


def _with_review(days: tuple[Day, ...], actions: tuple[Action, ...], new_id: Callable[[], str]) -> tuple[Day, ...]:
    """Put the review of open actions at the head of the first session."""
    if not actions:
        return days
    first = days[0].sessions[0]
    counts: dict[str, int] = {}
    for action in actions:
        counts[action.meeting_title] = counts.get(action.meeting_title, 0) + 1
    review = Item(
        id=new_id(),
        title=REVIEW_TITLE,
        minutes=_REVIEW_MINUTES,
        coordinators=(first.moderator,) if first.moderator else (),
        preparation="\n".join(f"- {count} from {_one_line(title)}" for title, count in counts.items()),
        reviews=tuple(mark_of(action) for action in actions),
    )
    sessions = (replace(first, items=(review, *first.items)), *days[0].sessions[1:])
    return (replace(days[0], sessions=sessions), *days[1:])


def _left_over(notebook: Notebook, before: Meeting, meeting_id: str, new_id: Callable[[], str]) -> Iterator[Request]:
    not_reached = _not_reached(before)
    patterns = key_patterns(notebook)
    for place in places(before):
        item = place.item
        where = f"{_one_line(item.title)}, {_one_line(before.title)} ({day_words(place.day.date)})"
        if item.id in not_reached:
            yield Request(
                id=new_id(),
                title=item.title,
                meeting=meeting_id,
                requested_by=", ".join(f"@{handle}" for handle in item.coordinators),
                minutes=planned_minutes(place.session, item, before),
                notes=f"Not reached: {where}" + (f"\n\n{item.preparation}" if item.preparation.strip() else ""),
            )
        outline = Outline(item.notes.split("\n"))
        for marked in survey(item.notes, patterns).marked:
            if marked.kind in _LEFT_WORDS:
                below = _lines_below(outline, item.notes.split("\n"), marked.line)
                notes = f"{_LEFT_WORDS[marked.kind]}: {where}" + (f"\n\n{below}" if below else "")
                yield Request(id=new_id(), title=marked.text, meeting=meeting_id, notes=notes)
    for request in notebook.requests:
        if request.meeting == before.id and request.state is RequestState.OPEN:
            notes = f"Asked for before: {_one_line(before.title)}" + (f"\n\n{request.notes}" if request.notes else "")
            yield replace(request, id=new_id(), meeting=meeting_id, notes=notes)


def _not_reached(meeting: Meeting) -> set[str]:
    """The topics nobody got to. Of a meeting with notes whose clocks never ran, nothing is known."""
    topics = [item for item in meeting.items if item.kind is ItemKind.TOPIC and not item.reviews]
    clocks_ran = any(item.done or item.spans for item in meeting.items)
    if not clocks_ran and any(item.notes.strip() for item in topics):
        return set()
    return {item.id for item in topics if not (item.done or item.spans or item.notes.strip())}


def _lines_below(outline: Outline, lines: list[str], row: int) -> str:
    """The lines that belong to the item in a line, moved to the margin."""
    item = outline.item(row)
    return dedent("\n".join(lines[row + 1 : outline.end(item)])).strip("\n") if item else ""


def _without_doubles(requests: Iterator[Request]) -> tuple[Request, ...]:
    """The first of requests with the same words."""
    found: dict[str, Request] = {}
    for request in requests:
        found.setdefault(" ".join(request.title.casefold().split()), request)
    return tuple(found.values())


def _one_line(words: str) -> str:
    return " ".join(words.split())


def with_moderators(meeting: Meeting, handles: Sequence[str]) -> Meeting:
    """A meeting not begun, these people moderating its sessions in turn; as it was when there is nobody."""
    if not handles:
        return meeting
    turns = cycle(handles)
    return replace(
        meeting,
        days=tuple(
            replace(day, sessions=tuple(replace(session, moderator=next(turns)) for session in day.sessions))
            for day in meeting.days
        ),
    )
