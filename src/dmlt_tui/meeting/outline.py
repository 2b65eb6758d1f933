"""A meeting as a whole in one line of typing: what it is called, when it begins, how long it takes, in which zone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.edits import Edit, EditError, dates_from, in_meeting
from dmlt_tui.meeting.model import Day, Meeting
from dmlt_tui.meeting.schedule import named_zone
from dmlt_tui.meeting.words import day_words
from dmlt_tui.notes.due import resolve
from dmlt_tui.notes.text import clean

HOW = "title; first day; days; time zone (its name):  DMLT in Tucson; 22 Feb 2021; 4; America/Phoenix (Project)"

_COUNT = re.compile(r"[0-9]{1,4}")
_ZONE = re.compile(r"(?P<name>[^()]*?)\s*(?:\((?P<label>[^()]*)\))?")


class Outline(Struct, frozen=True):
    """What one line says of a meeting; `days` is None, `zone` and `label` empty where they were not given."""

    title: str
    first: date
    days: int | None = None
    zone: str = ""
    label: str = ""


def outline_from(words: str, today: date) -> Outline:
    """Read "title; first day; days; time zone (label)"; the last two may be left out.

    Raises EditError with one line on what is not clear: a day that is none, a zone that does not exist.
    """
    title, day, days, zone, *more = [*(part.strip() for part in clean(words).split(";")), "", "", ""]
    if any(more):
        raise EditError("a ; too many: title; 22 Feb 2021; 4; America/Santiago")
    title = " ".join(title.split())
    if not title:
        raise EditError("a meeting needs a title")
    first = resolve(day, today)
    if first is None:
        raise EditError(
            f"{day!r} is not a date: 22 Feb 2021, or 2021-02-22" if day else f"which day does it begin?  {HOW}"
        )
    count = days.casefold().removesuffix("s").removesuffix("day").strip()
    if count and not _COUNT.fullmatch(count):
        raise EditError(f"{days!r} is not a number of days")
    name, label = _zone(zone)
    number = int(count) if count else None
    dates_from(first, 1 if number is None else number)
    return Outline(title, first, number, name, label)


def _zone(words: str) -> tuple[str, str]:
    match = _ZONE.fullmatch(words)
    name = match["name"] if match else words
    try:
        named_zone(name or "UTC")
    except ValueError as error:
        raise EditError(str(error)) from error
    return name, (match["label"] or "").strip() if match else ""


def outline_words(meeting: Meeting) -> str:
    """A meeting as the line it is edited as."""
    zone = f"{meeting.zone} ({meeting.zone_label})" if meeting.zone_label else meeting.zone
    first = meeting.first_day.isoformat() if meeting.first_day else ""
    return f"{meeting.title.replace(';', ',')}; {first}; {len(meeting.days)}; {zone}"


def understood_outline(outline: Outline) -> str:
    """What was understood, in one line."""
    days = outline.days or 1
    last = outline.first + timedelta(days=days - 1)
    when = day_words(outline.first) + (f" to {day_words(last)}" if days > 1 else "")
    zone = f"{outline.zone}, called {outline.label}" if outline.label else outline.zone
    return " · ".join(filter(None, (outline.title, when, zone)))


def set_outline(meeting_id: str, outline: Outline, new_id: Callable[[], str]) -> Edit:
    """Give a meeting another title, first day, number of days or zone.

    All days move with the first one; clock times stay what they are. Days are added after the last, without items, and
    the last ones are taken away, which is refused for one that has items.
    """

    def change(meeting: Meeting) -> Meeting:
        wanted = outline.days or len(meeting.days) or 1
        for day in meeting.days[wanted:]:
            if any(True for _ in day.items):
                raise EditError(f"{day_words(day.date)} still has items: move (M) or delete (D) them first")
        days = meeting.days[:wanted]
        by = outline.first - (meeting.first_day or outline.first)
        moved = [replace(day, date=day.date + by) for day in days]
        after = moved[-1].date + timedelta(days=1) if moved else outline.first
        more = wanted - len(moved)
        added = [Day(id=new_id(), date=day) for day in dates_from(after, more)] if more else []
        return replace(
            meeting,
            title=outline.title,
            days=(*moved, *added),
            zone=outline.zone or meeting.zone,
            zone_label=outline.label if outline.zone else meeting.zone_label,
        )

    return Edit(f"{outline.title}: days and zone", in_meeting(meeting_id, change))
