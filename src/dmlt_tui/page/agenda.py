"""The agenda on the page: a table per day, and one item by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Role, Round, Session, Slot, Turn
from dmlt_tui.meeting.moderation import moderator_of
from dmlt_tui.meeting.schedule import session_starts, zone
from dmlt_tui.notes.tree import Block, Heading, Inline, Link, Paragraph, Text
from dmlt_tui.page.build import Known, bullets, header_row, heading, joined, paragraph, row
from dmlt_tui.page.choices import Choices
from dmlt_tui.page.model import Cell, CellBlock, PageBlock, Row, Table

ACTUAL = "Actual"  # before the times an item really had the floor

_WIDTHS = (100, 200, 140, 280, 480)


def day_words(meeting: Meeting, day: Day) -> str:
    """Name a day as the page does: "Day 2: 2020-05-13"."""
    return f"Day {meeting.days.index(day) + 1}: {day.date.isoformat()}"


def time_words(item: Item, start: time | None) -> str:
    """Say when an item starts: "09:30", "14:30 (at latest)", "Time permitting"; nothing where that can't be known."""
    clock = f"{start:%H:%M}" if start else ""
    if item.time_permitting:
        return f"{clock} (time permitting)" if clock else "Time permitting"
    return f"{clock} (at latest)" if clock and item.hard else clock


def agenda_table(meeting: Meeting, sessions: Iterable[Session], choices: Choices, known: Known) -> Table:
    """Set sessions in one table: a full-width row names each moderator, a row follows for every item."""
    time_column = f"Time ({meeting.zone_label or meeting.zone})"
    rows = [header_row(time_column, "Topic", "Coordinator", "Pre-meeting notes", "Running notes")]
    for session in sessions:
        name = moderator_of(meeting, session)
        moderator = known.who(name) if name else "not yet named"
        wide = (paragraph("Moderator: ", moderator), *_handovers(meeting, session, choices, known))
        rows.append(Row((Cell(wide, header=True, colspan=len(_WIDTHS)),)))
        starts = session_starts(session, meeting)
        rows += [_item_row(item, _times(meeting, item, starts[item.id], choices), known) for item in session.items]
    return Table(tuple(rows), _WIDTHS)


_GAVE = {Role.MODERATOR: " handed over to ", Role.SCRIBE: " handed the notes to "}
_TOOK = {Role.MODERATOR: " took the floor", Role.SCRIBE: " took the notes"}


def _handovers(meeting: Meeting, session: Session, choices: Choices, known: Known) -> list[Paragraph]:
    """Say when the session was taken over, by whom from whom, and what was left for them."""
    if not choices.handovers:
        return []
    return [
        paragraph(
            f"{_clock(meeting, handover.at)}: ",
            *((known.who(handover.giver), _GAVE[handover.role]) if handover.giver else ()),
            known.who(handover.to),
            "" if handover.giver else _TOOK[handover.role],
            *((": ", *known.line(handover.note)) if handover.note else ()),
        )
        for handover in meeting.handovers
        if handover.session == session.id
    ]


def _clock(meeting: Meeting, moment: datetime) -> str:
    return f"{moment.astimezone(zone(meeting)):%H:%M}"


def _times(meeting: Meeting, item: Item, start: time | None, choices: Choices) -> tuple[Paragraph, ...]:
    """Say when an item starts by plan, and below it, where asked for, when it really had the floor."""
    when = time_words(item, start)
    spans = ", ".join(
        f"{_clock(meeting, span.start)}–{_clock(meeting, span.end) if span.end else ''}" for span in item.spans
    )
    actual = (paragraph(f"{ACTUAL} {spans}"),) if choices.times and spans else ()
    return (*((paragraph(when),) if when else ()), *actual)


def _item_row(item: Item, time_cell: tuple[Paragraph, ...], known: Known) -> Row:
    topic = (Paragraph(_title(item, known)), *_parts(item, known))
    preparation, notes = _preparation(item, known, 2), known.note(f"{item.id}/notes", item.notes, 2)
    if item.kind is ItemKind.TOPIC:
        coordinators = _coordinators(item, known)
        return row(time_cell, topic, (Paragraph(coordinators),) if coordinators else (), preparation, notes)
    wide = Cell((*topic, *preparation, *notes), colspan=len(_WIDTHS) - 1, shaded=True)
    return Row((Cell(time_cell, shaded=True), wide))


def item_blocks(
    meeting: Meeting, day: Day, session: Session, item: Item, choices: Choices, known: Known
) -> tuple[PageBlock, ...]:
    """Set one item by itself: when and by whom, then its notes under headings."""
    times = _times(meeting, item, session_starts(session, meeting)[item.id], choices)
    facts: list[Inline] = [Text(day_words(meeting, day)), *(piece for when in times for piece in _after(when))]
    if item.coordinators:
        facts += [Text(" – "), *_coordinators(item, known)]
    blocks: list[PageBlock] = [Heading(2, _title(item, known)), Paragraph(tuple(facts)), *_parts(item, known)]
    preparation, notes = _preparation(item, known, 3), known.note(f"{item.id}/notes", item.notes, 3)
    blocks += (heading(3, "Pre-meeting notes"), *preparation) if preparation else ()
    blocks += (heading(3, "Running notes"), *notes) if notes else ()
    return tuple(blocks)


def _after(when: Paragraph) -> tuple[Inline, ...]:
    return Text(", "), *when.children


def _title(item: Item, known: Known) -> tuple[Inline, ...]:
    title = known.line(item.title)
    if item.link is None:
        return title
    words = (Text(item.link.title or item.link.address),)
    return (*title, Text(" ("), Link(words, item.link.address), Text(")"))


def _coordinators(item: Item, known: Known) -> tuple[Inline, ...]:
    return joined(map(known.who, item.coordinators), " / ")


def _parts(item: Item, known: Known) -> tuple[Block, ...]:
    """Say what else stands below the title: guests and sub-slots."""
    blocks: list[Block] = []
    if item.guests:
        word = "Guest: " if len(item.guests) == 1 else "Guests: "
        blocks.append(paragraph(word, *joined(map(known.who, item.guests), ", ")))
    if item.slots:
        blocks.append(bullets(_slot(slot, known) for slot in item.slots))
    return tuple(blocks)


def _slot(slot: Slot, known: Known) -> Paragraph:
    when = ""
    if slot.start:
        end = datetime.combine(date.min, slot.start) + timedelta(minutes=slot.minutes or 0)
        when = f"{slot.start:%H:%M}" + (f"–{end:%H:%M}: " if slot.minutes else ": ")
    length = f" ({slot.minutes} min)" if slot.minutes and not slot.start else ""
    guest = (" (with ", known.who(slot.guest), ")") if slot.guest else ()
    return paragraph(when, *known.line(slot.title), length, *guest)


def _preparation(item: Item, known: Known, below: int) -> tuple[CellBlock, ...]:
    note = known.note(f"{item.id}/preparation", item.preparation, below)
    return (*note, _round(item.round, known)) if item.round else note


def _round(turns: Round, known: Known) -> Block:
    order = f"In turn ({turns.order}):" if turns.order else "In turn:"
    return bullets([(paragraph(order), bullets(_turn(turn, known) for turn in turns.turns))])


def _turn(turn: Turn, known: Known) -> Paragraph:
    person = (" (", known.who(turn.person), ")") if turn.person else ()
    length = f", {turn.minutes} min" if turn.minutes else ""
    return paragraph(*known.line(turn.name), *person, length)
