"""How times, people and states are said on the screen: pure functions from values to short texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.schedule import Projection

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(moment: time | datetime | None) -> str:
    """Hours and minutes, five blanks for None."""
    return "     " if moment is None else f"{moment:%H:%M}"


def day_words(day: date) -> str:
    """A date with its weekday: Tue 12 May 2020."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def short_day(day: date, today: date) -> str:
    """A date for narrow places, without the year where it is this one: "6 Jul", "6 Jul 2020"."""
    words = f"{day.day} {_MONTHS[day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def name_of(notebook: Notebook, handle: str) -> str:
    """The name of a person, or the handle as typed when the directory does not know it."""
    person = notebook.person(handle)
    return person.name if person else f"@{handle}"


def names_of(notebook: Notebook, handles: Iterable[str], joiner: str = " / ") -> str:
    """The names of several people."""
    return joiner.join(name_of(notebook, handle) for handle in handles)


def elapsed(projection: Projection) -> str:
    """The clock of the current item: minutes, and seconds too only in its last minute, so that little is repainted."""
    spent, planned = projection.spent, projection.planned
    if planned is None:
        return f"{spent // 60} min"
    left = planned - spent
    if 0 <= left < 60:
        return f"{spent // 60}:{spent % 60:02}/{planned // 60} min"
    if left < 0:
        return f"{spent // 60}/{planned // 60} min, {-left // 60} over"
    return f"{spent // 60}/{planned // 60} min"


def ending(projection: Projection) -> str:
    """Where the session is heading: its projected end against its hard end."""
    limit = projection.limit
    if projection.end is None:
        return f"hard end {clock(limit)}" if limit else ""
    words = f"ends {clock(projection.end)}"
    if limit is None:
        return words
    words += f", hard end {clock(limit)}"
    if projection.over is None:
        return words
    return f"{words}, over by {projection.over}" if projection.over > 0 else f"{words}, {-projection.over} to spare"
