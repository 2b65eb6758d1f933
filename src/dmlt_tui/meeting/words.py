"""How times and people are said, wherever they are shown: pure functions from values to short texts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from dmlt_tui.meeting.model import Handover, Item, Notebook, Role, Round, Slot

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def clock(moment: time | datetime | None) -> str:
    """Hours and minutes, five blanks for None."""
    return "     " if moment is None else f"{moment:%H:%M}"


def day_words(day: date) -> str:
    """A date with its weekday: Tue 12 May 2020."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def weekday_words(day: date) -> str:
    """A date with its weekday, where the year is clear: Tue 12 May."""
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"


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


def length_words(item: Item, minutes: int | None) -> str:
    """The planned length of an item, apart from what was given or taken while its day ran: "20", "20+5", "?"."""
    if minutes is None:
        return "?"
    return f"{minutes - item.extra or ''}{item.extra:+}" if item.extra else str(minutes)


def guest_words(notebook: Notebook, guests: Iterable[str]) -> str:
    """Guests (names, or @handles) by their names."""
    return ", ".join(name_of(notebook, guest[1:]) if guest.startswith("@") else guest for guest in guests)


def slot_words(notebook: Notebook, slot: Slot) -> str:
    """A part of an item: "09:30 programmatic discussion, 30 min (with Bob Blum)"."""
    words = f"{clock(slot.start)} {slot.title}" if slot.start else slot.title
    words += f", {slot.minutes} min" if slot.minutes else ""
    return words + (f" (with {guest_words(notebook, [slot.guest])})" if slot.guest else "")


def turns_words(notebook: Notebook, turns: Round) -> str:
    """A round: "turns (reversed): DAX 10 (Fritz Mueller), DM Science 10"."""
    found = [
        turn.name
        + (f" {turn.minutes}" if turn.minutes else "")
        + (f" ({name_of(notebook, turn.person)})" if turn.person else "")
        for turn in turns.turns
    ]
    return f"turns{f' ({turns.order})' if turns.order else ''}: {', '.join(found)}"


def inside_words(notebook: Notebook, item: Item) -> str:
    """The parts and turns of an item in one line; empty where it has none."""
    words = [slot_words(notebook, slot) for slot in item.slots]
    return "; ".join([*words, turns_words(notebook, item.round)] if item.round else words)


def handover_words(notebook: Notebook, handover: Handover, at: datetime) -> str:
    """A handover without its note, `at` on the clocks of the meeting: "11:02 from Leanne Guy"."""
    giver = name_of(notebook, handover.giver) if handover.giver else ""
    if handover.role is Role.SCRIBE:
        return f"{clock(at)} notes: {name_of(notebook, handover.to)}"
    if handover.giver == handover.to:
        return f"{clock(at)} goes on"
    return f"{clock(at)} from {giver}" if giver else f"{clock(at)} takes the floor"
