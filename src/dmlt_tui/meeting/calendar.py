"""The agenda as an iCalendar file (RFC 5545): an event for every topic with a time, and for every part of one.

Times are written in UTC (3.3.5, form 2), so that no time zone has to be described; lines end in CRLF and are folded at
75 octets (3.1); text is escaped (3.3.11). There are no recurrences, alarms or attendees, hence no need of a library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from msgspec import Struct

from dmlt_tui.meeting.model import ItemKind, Meeting, Notebook
from dmlt_tui.meeting.moderation import moderator_of
from dmlt_tui.meeting.schedule import Planned, day_plan, later, part_starts
from dmlt_tui.meeting.words import name_of, names_of

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\t": " "})
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


class Event(Struct, frozen=True):
    """An entry of a calendar. `guests` are names or @handles, `part` tells a part of an item from the item itself."""

    id: str
    title: str
    start: datetime
    end: datetime
    words: str = ""
    guests: tuple[str, ...] = ()
    part: bool = False


def events(notebook: Notebook, meeting: Meeting) -> tuple[Event, ...]:
    """The events of a meeting in order. Breaks and closes are none, nor is what has no known start and length."""
    return tuple(
        event for day in meeting.days for row in day_plan(meeting, day) for event in _of(notebook, meeting, row)
    )


def with_guest(found: Iterable[Event], guest: str) -> tuple[Event, ...]:
    """Those one guest (a name, or @handle) takes part in; of an item whose part it is, that part alone."""
    return tuple(event for event in found if guest in event.guests)


def _of(notebook: Notebook, meeting: Meeting, row: Planned) -> Iterator[Event]:
    item = row.item
    if item.kind is not ItemKind.TOPIC or row.start is None or row.end is None or not row.minutes:
        return
    lines = [f"Presented by {names_of(notebook, item.coordinators)}"] if item.coordinators else []
    moderator = moderator_of(meeting, row.session)
    lines += [f"Moderator: {name_of(notebook, moderator)}"] if moderator else []
    lines += [item.preparation] if item.preparation else []
    yield Event(item.id, item.title, row.start, row.end, "\n".join(lines), item.guests)
    for slot, start in part_starts(row):
        if start is not None and slot.minutes:
            guests = (slot.guest,) if slot.guest else ()
            end = later(start, slot.minutes)
            yield Event(slot.id, f"{item.title}: {slot.title}", start, end, "\n".join(lines), guests, part=True)


def calendar_text(notebook: Notebook, meeting: Meeting, found: Iterable[Event], stamp: datetime) -> str:
    """Write events as an iCalendar file; `stamp` is the moment it is written at (aware)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//dmlt-tui//agenda//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(meeting.title)}")
    for event in found:
        guests = ", ".join(name_of(notebook, guest[1:]) if guest.startswith("@") else guest for guest in event.guests)
        words = "\n".join(filter(None, (meeting.title, f"Guests: {guests}" if guests else "", event.words)))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_text(event.id)}.{_text(meeting.id)}@dmlt-tui",
            f"DTSTAMP:{_moment(stamp)}",
            f"DTSTART:{_moment(event.start)}",
            f"DTEND:{_moment(event.end)}",
            f"SUMMARY:{_text(event.title)}",
            f"DESCRIPTION:{_text(words)}",
        ]
        if meeting.logistics.place:
            lines.append(f"LOCATION:{_text(meeting.logistics.place)}")
        lines.append("END:VEVENT")
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    return _CONTROLS.sub("", words).translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, never parting a letter; each after the first begins with a blank."""
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > _OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + octets
    yield piece
