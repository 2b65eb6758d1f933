"""Decides what stands where on the page of a meeting, or of a part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from dmlt_tui.meeting.actions import Action, open_actions
from dmlt_tui.meeting.model import (
    Attachment,
    Day,
    Item,
    Link,
    Logistics,
    Meeting,
    Notebook,
    Person,
    Request,
    RequestState,
    Session,
)
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.notes import tree
from dmlt_tui.notes.language import KeyPattern, survey
from dmlt_tui.page.agenda import agenda_table, day_words, item_blocks
from dmlt_tui.page.build import Known, bullets, header_row, heading, joined, paragraph, row
from dmlt_tui.page.choices import Choices, Part, Scope, Section
from dmlt_tui.page.model import (
    CellBlock,
    Columns,
    Contents,
    Page,
    PageBlock,
    Panel,
    Row,
    Shared,
    Table,
    TaskReport,
)
from dmlt_tui.page.words import date_words, modified_words

__all__ = ["Choices", "Part", "Scope", "ScopeError", "Section", "compose", "notes_page", "summary"]

# Where an address of Confluence names its space: /display/KEY/... and /spaces/KEY/pages/...
_SPACE = re.compile(r"/(?:display|spaces)/(~?[\w.-]+)")


class ScopeError(ValueError):
    """A scope names something the meeting does not have; the message is one line for the person who asked for it."""


def compose(
    notebook: Notebook,
    meeting: Meeting,
    scope: Scope | None = None,
    choices: Choices | None = None,
    open_ones: Shared | None = None,
) -> Page:
    """Lay out the page of a meeting, or of a part of it; sections without content are left out.

    `open_ones` is the `summary` of the notebook; whoever lays out many pages hands it over, to have it looked for once.
    Raises ScopeError when the meeting has no such part.
    """
    known = _known(notebook)
    blocks = _blocks(notebook, meeting, scope or Scope(), choices or Choices(), known, open_ones)
    return Page(meeting.title, blocks, known.people)


@lru_cache(maxsize=1)
def summary(notebook: Notebook) -> Shared:
    """Lay out what is open over all meetings, as the table of the action item summary: the same on every page."""
    table = _action_table(notebook, open_actions(notebook), _known(notebook))
    return Shared(table.rows, table.widths)


def notes_page(
    text: str, people: Iterable[Person] = (), patterns: Sequence[KeyPattern] = (), title: str = "Notes"
) -> Page:
    """Lay out a bare note, its headings as typed."""
    known = Known({person.id: person for person in people}, patterns)
    return Page(title, known.note("note", text), known.people)


def actions_page(notebook: Notebook, actions: Sequence[Action], title: str = "Action items") -> Page:
    """Lay out these actions as the table of the action item summary, in the order given; done ones are struck out."""
    known = _known(notebook)
    return Page(title, (_action_table(notebook, actions, known),), known.people)


def _known(notebook: Notebook) -> Known:
    return Known({person.id: person for person in notebook.people}, key_patterns(notebook))


def _blocks(
    notebook: Notebook, meeting: Meeting, scope: Scope, choices: Choices, known: Known, open_ones: Shared | None
) -> tuple[PageBlock, ...]:
    if scope.part is Part.MEETING:
        return _meeting(notebook, meeting, choices, known, open_ones)
    if scope.part is Part.ACTIONS:
        return _actions(meeting, open_ones or summary(notebook))
    for day in meeting.days:
        if scope == Scope(Part.DAY, day.id):
            return _sessions(meeting, day, day.sessions, choices, known)
        for session in day.sessions:
            if scope == Scope(Part.SESSION, session.id):
                return _sessions(meeting, day, (session,), choices, known)
            for item in session.items:
                if scope == Scope(Part.ITEM, item.id):
                    return item_blocks(meeting, day, session, item, choices, known)
    raise ScopeError(f"{meeting.title} has no {scope.part} {scope.id!r}.")


def _sessions(
    meeting: Meeting, day: Day, sessions: Sequence[Session], choices: Choices, known: Known
) -> tuple[PageBlock, ...]:
    items = [item for session in sessions for item in session.items]
    decisions = _decisions(items, known) if choices.decisions else ()
    return (
        heading(2, day_words(meeting, day)),
        agenda_table(meeting, sessions, choices, known),
        *_under(heading(2, "Decisions"), decisions),
    )


def _meeting(
    notebook: Notebook, meeting: Meeting, choices: Choices, known: Known, open_ones: Shared | None
) -> tuple[PageBlock, ...]:
    requests = [request for request in notebook.requests if request.meeting == meeting.id]
    sections: dict[Section, Callable[[], tuple[PageBlock, ...]]] = {
        Section.CONTENTS: lambda: (Contents(),),
        Section.LOGISTICS: lambda: _under(heading(1, "Logistics"), _logistics(meeting, known)),
        Section.AGENDA: lambda: _under(heading(1, "Agenda"), _agenda(meeting, choices, known)),
        Section.ACTIONS: lambda: _actions(meeting, open_ones or summary(notebook)),
        Section.PLANNING: lambda: _under(heading(1, "Pre-Meeting Planning"), _planning(requests, known)),
    }
    blocks: list[PageBlock] = []
    for section, make in sections.items():
        if section in choices.sections:
            blocks += make()
        if section is Section.AGENDA and choices.decisions:
            blocks += _under(heading(1, "Decisions"), _decisions(meeting.items, known))
    return tuple(blocks)


def _decisions(items: Iterable[Item], known: Known) -> tuple[PageBlock, ...]:
    """Set what was decided, and what expressly was not, each with the topic it belongs to."""
    words = {tree.MarkKind.DECISION: "Decision", tree.MarkKind.NO_DECISION: "No decision"}
    rows = [
        row((paragraph(words[found.kind]),), (tree.Paragraph(known.line(found.text)),), (paragraph(item.title),))
        for item in items
        for found in survey(item.notes, tuple(known.patterns)).marked
        if found.kind in words
    ]
    return (Table((header_row("", "What", "Topic"), *rows)),) if rows else ()


def _under(title: PageBlock, blocks: Sequence[PageBlock]) -> tuple[PageBlock, ...]:
    return (title, *blocks) if blocks else ()


def _logistics(meeting: Meeting, known: Known) -> tuple[PageBlock, ...]:
    blocks: list[PageBlock] = []
    notice = meeting.logistics.notice
    if notice:
        blocks.append(Panel(notice.title, known.note(f"{meeting.id}/notice", notice.text, 2)))
    if meeting.days:
        first, last = meeting.days[0].date, meeting.days[-1].date
        dates = date_words(first) if first == last else f"{date_words(first)} – {date_words(last)}"
        blocks += [heading(2, "Date"), paragraph(dates)]
    blocks += _under(heading(2, "Location"), _location(meeting, known))
    blocks += _under(heading(2, "Attendees"), _attendees(meeting, known))
    return tuple(blocks)


def _location(meeting: Meeting, known: Known) -> tuple[PageBlock, ...]:
    """Set the place, and a table of the ways to take part from afar."""
    logistics = meeting.logistics
    place = (tree.Paragraph(known.line(logistics.place)),) if logistics.place else ()
    browser = (
        tuple(_link(link) for link in logistics.links),
        known.note(f"{meeting.id}/access", logistics.access, 2),
    )
    phone = _phone(logistics)
    columns = [pair for pair in (("Browser", *browser), ("Phone Dial-in", *phone)) if pair[1] or pair[2]]
    if not columns:
        return place
    rows = [row(*cells) for cells in zip(*(column[1:] for column in columns), strict=True) if any(cells)]
    return (*place, Table((header_row(*(column[0] for column in columns)), *rows)))


def _link(link: Link) -> tree.Paragraph:
    return paragraph(tree.Link((tree.Text(link.title or link.address),), link.address))


def _phone(logistics: Logistics) -> tuple[tuple[CellBlock, ...], tuple[CellBlock, ...]]:
    call = (paragraph(f"Meeting ID: {logistics.call_id}"),) if logistics.call_id else ()
    numbers = bullets(paragraph(number) for number in logistics.dial_in)
    return call, (paragraph("Dial by your location:"), numbers) if logistics.dial_in else ()


def _attendees(meeting: Meeting, known: Known) -> tuple[PageBlock, ...]:
    """Set those to be mentioned in one column and the others, as plain names, in the second; else halves of either."""
    mentioned = [paragraph(known.who(attendee.person)) for attendee in meeting.attendees if attendee.mention]
    named = [paragraph(known.name(attendee.person)) for attendee in meeting.attendees if not attendee.mention]
    if not (mentioned and named):
        everybody = mentioned + named
        half = (len(everybody) + 1) // 2
        mentioned, named = everybody[:half], everybody[half:]
    if not named:
        return (bullets(mentioned),) if mentioned else ()
    return (Columns((bullets(mentioned),), (bullets(named),)),)


def _agenda(meeting: Meeting, choices: Choices, known: Known) -> tuple[PageBlock, ...]:
    blocks: list[PageBlock] = []
    for day in meeting.days:
        if day.sessions:
            blocks += [heading(2, day_words(meeting, day)), agenda_table(meeting, day.sessions, choices, known)]
    if meeting.attachments:
        rows = [_attachment(attachment, known) for attachment in meeting.attachments]
        blocks += [heading(2, "Attached Documents"), Table((header_row("File", "Modified"), *rows))]
    return tuple(blocks)


def _attachment(attachment: Attachment, known: Known) -> Row:
    modified = modified_words(attachment.modified) if attachment.modified else ""
    by = ("by " if not modified else " by ", known.name(attachment.by)) if attachment.by else ()
    words = paragraph(modified, *by)
    return row((paragraph(attachment.name),), (words,) if words.children else ())


def _actions(meeting: Meeting, open_ones: Shared) -> tuple[PageBlock, ...]:
    """Set what is open over all meetings, as a table; below it the wiki's own list, which stays up to date.

    The table holds no tasks: each is one already on the page of its own meeting, and would be counted twice.
    """
    if len(open_ones.rows) == 1:
        return ()
    space = _SPACE.search(meeting.source)
    report = TaskReport(space[1] if space else "")
    return heading(1, "Action Item Summary"), open_ones, report


def _action_table(notebook: Notebook, actions: Sequence[Action], known: Known) -> Table:
    sources = {other.id: other.source for other in notebook.meetings}
    names = header_row("Description", "Due date", "Assignee", "Task appears on")
    rows = [_action(action, sources[action.meeting_id], known) for action in actions]
    return Table((names, *rows), (520, 100, 180, 280))


def _action(action: Action, source: str, known: Known) -> Row:
    task = action.task
    owners = joined(map(known.who, task.owners), ", ")
    title = tree.Text(action.meeting_title)
    words = known.line(task.text)
    return row(
        (tree.Paragraph((tree.Strike(words),) if task.done else words),),
        (paragraph(date_words(task.due)),) if task.due else (),
        (tree.Paragraph(owners),) if owners else (),
        (paragraph(tree.Link((title,), source) if source else title),),
    )


def _planning(requests: Sequence[Request], known: Known) -> tuple[PageBlock, ...]:
    asked = [request for request in requests if request.state is not RequestState.DROPPED]
    if not asked:
        return ()
    names = header_row("Topic", "Requested by", "Time required (estimate)", "Notes")
    rows = [
        row(
            (tree.Paragraph(known.line(request.title)),),
            (tree.Paragraph(known.line(request.requested_by)),) if request.requested_by else (),
            (paragraph(_estimate(request)),) if _estimate(request) else (),
            known.note(f"{request.id}/notes", request.notes, 2),
        )
        for request in asked
    ]
    return (Table((names, *rows)),)


def _estimate(request: Request) -> str:
    """Say the time asked for as typed, else as the range read from it."""
    if request.estimate or request.minutes is None:
        return request.estimate
    most = f"–{request.minutes_most}" if request.minutes_most and request.minutes_most > request.minutes else ""
    return f"{request.minutes}{most} min"
