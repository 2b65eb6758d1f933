"""Items, people, turns and parts of the agenda as one line of typing, and back: what is understood, or EditError."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import time

from dmlt_tui.meeting.agenda_edits import Facts
from dmlt_tui.meeting.directory import HANDLE, find_people, nobody_words
from dmlt_tui.meeting.edits import EditError
from dmlt_tui.meeting.model import Item, ItemKind, Meeting, Notebook, Round, Session, Slot, Turn
from dmlt_tui.meeting.moderation import Place
from dmlt_tui.meeting.rounds import Order, last_round, ordered
from dmlt_tui.meeting.schedule import session_starts
from dmlt_tui.meeting.times import AMOUNT_LIKE, clock_time, length, minutes_words
from dmlt_tui.meeting.words import clock, guest_words, name_of, names_of
from dmlt_tui.notes.text import clean_name

_BETWEEN_NAMES = re.compile(r"\s*[,/&]\s*|\s+and\s+", re.IGNORECASE)
_LATEST = re.compile(r"\b(?:at\s+the\s+)?latest\b|\bby\b|\bhard(?:\s+end)?\b|<=?|≤", re.IGNORECASE)
_LATEST_WORDS = re.compile(r"\b(?:latest|by|hard)\b", re.IGNORECASE)
_UP_TO_WORDS = re.compile(r"\b(?:up\s+to|max)\b", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:up\s+to|max)\b\.?|<=?|≤", re.IGNORECASE)
_IF_TIME = re.compile(r"\b(?:if\s+time(?:\s+permits)?|time\s+permitting)\b", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"(?:at\s+.*|(?:0?[6-9]|[12][0-9]):[0-5][0-9])", re.IGNORECASE)
_BREAK = re.compile(r"(?:coffee |tea |lunch |short |long )?break|lunch|coffee", re.IGNORECASE)
_CLOSE = re.compile(r"close|end|adjourn", re.IGNORECASE)
_TURN = re.compile(rf"(?P<name>.*?)(?:\s+(?P<length>{AMOUNT_LIKE}))?(?:\s+@(?P<person>[\w.-]+))?")
_PART = re.compile(
    rf"(?:(?P<start>{AMOUNT_LIKE}(?=\s+{AMOUNT_LIKE}(?:\s|$))|[0-9]{{1,2}}[:.][0-9]{{2}}(?![\w:.–-])|\+\s?\d+(?=\s|$))\s*)?"
    rf"(?:(?P<length>{AMOUNT_LIKE})\s+)?(?P<title>.*?)(?:\s*\((?:with )?(?P<guest>[^()]+)\))?"
)
_ONLY_AMOUNT = re.compile(AMOUNT_LIKE)
_FIELDS = 5
_LONGEST_ITEM = 12 * 60  # minutes; 1430 is rather a time of day


def _one_line(words: str) -> str:
    """What was typed as a line asks for it: no line end in it, single blanks."""
    return " ".join(clean_name(words).split())


# -- people ------------------------------------------------------------------------------------------------------


def people_from(notebook: Notebook, words: str, known: Iterable[str] = (), *, new: bool = False) -> tuple[str, ...]:
    """Read names, parted by commas, slashes or "and", as handles; each must be one person of the directory.

    A @handle among those `known` here stays, even where the directory does not have it; with `new`, any does.
    """
    found: list[str] = []
    for word in filter(None, _BETWEEN_NAMES.split(words.strip())):
        handle = word.removeprefix("@")
        people = () if handle in known else find_people(notebook.people, word)
        if handle in known or (new and not people and handle != word and HANDLE.fullmatch(handle)):
            found.append(handle)
            continue
        if not people:
            raise EditError(nobody_words(notebook.people, word, new=new))
        if len(people) > 1:
            raise EditError(f"{word}: {' or '.join(person.name for person in people[:4])}?")
        found.append(people[0].id)
    return tuple(dict.fromkeys(found))


def moderators_from(notebook: Notebook, words: str) -> tuple[str, ...]:
    """Read the moderators of a meeting that is being planned; with an @, somebody the directory does not have yet."""
    return people_from(notebook, words, new=True)


def guests_from(notebook: Notebook, words: str) -> tuple[str, ...]:
    """Read guests: a person of the directory as @handle, anybody else by the name typed."""
    found = []
    for word in filter(None, (part.strip() for part in words.split(","))):
        people = find_people(notebook.people, word)
        found.append(f"@{people[0].id}" if len(people) == 1 else clean_name(word))
    return tuple(found)


# -- an item -----------------------------------------------------------------------------------------------------


def item_words(notebook: Notebook, place: Place) -> str:
    """An item as the line it is edited as: title; minutes; coordinators; start; guests."""
    item = place.item
    minutes = "" if item.minutes is None else f"{'up to ' if item.up_to else ''}{item.minutes}"
    if item.time_permitting:
        minutes = f"{minutes} if time".strip()
    first = place.session.items[0].id == item.id and not item.hard
    start = clock(item.start or (place.session.start if first else None)).strip()
    start = f"{start} latest" if item.hard and start else start
    who = names_of(notebook, item.coordinators, ", ")
    line = "; ".join((item.title, minutes, who, start, guest_words(notebook, item.guests)))
    return line if ";" in item.title else line.rstrip("; ")


def facts_from(notebook: Notebook, words: str, place: Place | None = None, *, planned: time | None = None) -> Facts:
    """Read "title; minutes; coordinators; start; guests"; only the title must be there.

    Minutes may be "up to 90" or "if time", a start "14:30 latest"; each may stand in the other's place too.
    `place` is where the item stands, None for a new one. A start of +15 is so much later than `planned`, else than the
    item is planned at its place. Raises EditError with one line on what can't be read.
    """
    fields = [field.strip() for field in _one_line(words).rsplit(";", _FIELDS - 1)]
    title, minutes, who, start, guests = fields + [""] * (_FIELDS - len(fields))
    title = " ".join(title.split())
    if not title:
        raise EditError("an item needs a title")
    minutes, start = _in_their_places(minutes, start)
    before = place.item if place else None
    kind = before.kind if before and before.title == title else _kind(title)
    known = before.coordinators if before else ()
    try:
        at = _start(start, place, planned)
        amount = _minutes(minutes, before)
    except ValueError as error:
        raise EditError(str(error)) from error
    return Facts(
        title=title,
        minutes=amount,
        up_to=amount is not None and bool(_UP_TO.search(minutes)),
        time_permitting=bool(_IF_TIME.search(minutes)),
        coordinators=people_from(notebook, who, known),
        start=at,
        hard=at is not None and (kind is ItemKind.CLOSE or bool(_LATEST.search(start))),
        guests=guests_from(notebook, guests),
        kind=kind,
    )


def facts_words(notebook: Notebook, facts: Facts, *, first: bool = False) -> str:
    """What was understood of an item, in one line; `first` of its session, whose start it then sets."""
    parts = [facts.title]
    if facts.minutes is not None:
        parts.append(f"{'up to ' if facts.up_to else ''}{facts.minutes} min")
    elif facts.kind is not ItemKind.CLOSE and not facts.time_permitting:
        parts.append("no length yet")
    if facts.time_permitting:
        parts.append("if time permits")
    if facts.coordinators:
        parts.append(names_of(notebook, facts.coordinators))
    if facts.start is not None:
        pin = "by" if facts.hard else "the session starts" if first else "pinned to"
        parts.append(f"{pin} {clock(facts.start)}" + (" at the latest" if facts.hard else ""))
    if facts.guests:
        parts.append(f"with {guest_words(notebook, facts.guests)}")
    return " · ".join(parts)


def _in_their_places(minutes: str, start: str) -> tuple[str, str]:
    """What was typed as length and start, each where it belongs; "if time" goes with the length."""
    if _LATEST_WORDS.search(minutes):
        if start:
            raise EditError(f"{minutes!r} and {start!r} are two times: title; length; who; start")
        minutes, start = "", minutes
    if if_time := _IF_TIME.search(start):
        minutes, start = f"{minutes} {if_time[0]}".strip(), _IF_TIME.sub(" ", start).strip()
    if _UP_TO_WORDS.search(start):
        if other := _IF_TIME.sub(" ", minutes).strip():
            raise EditError(f"{other!r} and {start!r} are two lengths: title; length; who; start")
        minutes, start = f"{start} {minutes}".strip(), ""
    return minutes, start


def _kind(title: str) -> ItemKind:
    return ItemKind.BREAK if _BREAK.fullmatch(title) else ItemKind.CLOSE if _CLOSE.fullmatch(title) else ItemKind.TOPIC


def _minutes(words: str, before: Item | None) -> int | None:
    amount = _IF_TIME.sub(" ", _UP_TO.sub(" ", words)).strip()
    if _TIME_OF_DAY.fullmatch(amount):
        raise ValueError(f"{amount!r} is a time of day where the length goes: title; length; who; start")
    if words and not amount and not _IF_TIME.search(words):
        raise ValueError(f"{words!r} names no length: up to 90")
    return _length(amount, before.minutes if before else None) if amount else None


def _length(words: str, before: int | None = None) -> int:
    """Read the length of an item, or of a turn or part of one: half a day at most, where it was not more `before`."""
    found = length(words)
    if found > _LONGEST_ITEM and found != before:
        raise ValueError(f"{words!r} is {minutes_words(found)}; an item takes {minutes_words(_LONGEST_ITEM)} at most")
    return found


def _start(words: str, place: Place | None, planned: time | None) -> time | None:
    typed = _LATEST.sub(" ", words).strip()
    if words and not typed:
        raise ValueError(f"{words!r} names no time: 14:30 latest")
    base = session_starts(place.session)[place.item.id] if place and planned is None else planned
    return clock_time(typed, base) if typed else None


# -- who leads ---------------------------------------------------------------------------------------------------


def who_words(notebook: Notebook, place: Place) -> str:
    """The people of an item and its session as the line they are edited as: coordinators; moderator; scribe."""
    named = [name_of(notebook, handle) if handle else "" for handle in (place.session.moderator, place.session.scribe)]
    return "; ".join((names_of(notebook, place.item.coordinators, ", "), *named))


def who_from(notebook: Notebook, words: str, place: Place) -> tuple[tuple[str, ...], str, str]:
    """Read "coordinators; moderator; scribe" as handles; what is left out after the last semicolon typed stays."""
    fields = [field.strip() for field in _one_line(words).split(";")]
    if len(fields) > 3:
        raise EditError("coordinators; moderator; scribe: there are more than two semicolons")
    session = place.session
    roles = {"moderator": session.moderator, "scribe": session.scribe}
    for role, field in zip(roles, fields[1:], strict=False):
        handles = people_from(notebook, field, (roles[role],))
        if len(handles) > 1:
            raise EditError(f"a session has one {role}, not {names_of(notebook, handles, ' and ')}")
        roles[role] = handles[0] if handles else ""
    return people_from(notebook, fields[0], place.item.coordinators), roles["moderator"], roles["scribe"]


# -- turns and parts ---------------------------------------------------------------------------------------------


def round_words(item: Item) -> str:
    """A round as the line it is edited as: name minutes @person; name minutes @person."""
    return "; ".join(_turn_words(turn) for turn in item.round.turns) if item.round else ""


def _turn_words(turn: Turn) -> str:
    minutes = f" {turn.minutes}" if turn.minutes is not None else ""
    return turn.name + minutes + (f" @{turn.person}" if turn.person else "")


def round_from(notebook: Notebook, meeting: Meeting, item: Item, words: str) -> Round | None:
    """Read a round; "reversed", "shuffled", "shuffled SEED" and "rotated" put the one there is in another order."""
    typed = _one_line(words)
    if not typed.strip("; "):
        return None
    order, _, seed = typed.partition(" ")
    if order in {Order.REVERSED, Order.SHUFFLED, Order.ROTATED} and ";" not in typed:
        if item.round is None:
            raise EditError("there is no round yet: type its turns first, as in  DAX 10; DM Science 10")
        try:
            last = last_round(notebook, meeting, item)
            return ordered(item.round, Order(order), seed=seed or item.id, last=last)
        except ValueError as error:
            raise EditError(str(error)) from error
    given = {_turn_words(turn): turn for turn in item.round.turns} if item.round else {}
    parts = [part.strip() for part in typed.split(";") if part.strip()]
    turns = tuple(given.get(part) or _turn(notebook, part, {turn.person for turn in given.values()}) for part in parts)
    same = item.round and sorted(turn.name for turn in turns) == sorted(turn.name for turn in item.round.turns)
    return Round(turns=turns, order=item.round.order if item.round and same else "")


def _turn(notebook: Notebook, words: str, known: set[str]) -> Turn:
    match = _TURN.fullmatch(words)
    if match is None or not match["name"] or _ONLY_AMOUNT.fullmatch(match["name"]):
        raise EditError(f"{words!r} is not a turn: name minutes @person, as in  DAX 10 @fmueller")
    person = match["person"] or ""
    if person and person not in known and notebook.person(person) is None:
        raise EditError(f"nobody here has the handle @{person}: 4 adds people")
    try:
        minutes = _length(match["length"]) if match["length"] else None
    except ValueError as error:
        raise EditError(str(error)) from error
    return Turn(name=match["name"], person=person, minutes=minutes)


def parts_words(notebook: Notebook, item: Item) -> str:
    """The parts of an item as the line they are edited as: 9:30 30 title (guest); ..."""
    return "; ".join(_part_words(notebook, slot) for slot in item.slots)


def _part_words(notebook: Notebook, slot: Slot) -> str:
    guest = f"({guest_words(notebook, [slot.guest])})" if slot.guest else ""
    minutes = "" if slot.minutes is None else f"{slot.minutes}"
    return " ".join(filter(None, (clock(slot.start).strip(), minutes, slot.title, guest)))


def parts_from(notebook: Notebook, place: Place, words: str, new_id: Callable[[], str]) -> tuple[Slot, ...]:
    """Read the parts of the item at `place`; those of the same title stay the same record.

    A part may start at a time, or as +15 that long after the item does. Of two numbers before the title the first is
    the start.
    """
    slots = place.item.slots
    given, ids = {_part_words(notebook, slot): slot for slot in slots}, {slot.title: slot.id for slot in slots}
    base = session_starts(place.session)[place.item.id]
    found: list[Slot] = []
    for part in filter(None, (part.strip() for part in _one_line(words).split(";"))):
        if part in given and given[part] not in found:
            found.append(given[part])
            continue
        match = _PART.fullmatch(part)
        if match is None or not match["title"] or _ONLY_AMOUNT.fullmatch(match["title"]):
            raise EditError(f"{part!r} is not a part: 9:30 30 title (guest)")
        try:
            start = clock_time(match["start"], base) if match["start"] else None
            minutes = _length(match["length"]) if match["length"] else None
        except ValueError as error:
            raise EditError(str(error)) from error
        guest = next(iter(guests_from(notebook, match["guest"] or "")), "")
        name = ids.pop(match["title"], "") or new_id()
        found.append(Slot(id=name, title=match["title"], start=start, minutes=minutes, guest=guest))
    return tuple(found)


# -- where to ----------------------------------------------------------------------------------------------------


def session_from(meeting: Meeting, words: str) -> Session:
    """Read where an item is to go: a day by number or date, with or without a session: 2, 2.3, 2020-05-13.1."""
    day_words, _, number = words.strip().partition(".")
    days = {str(index + 1): day for index, day in enumerate(meeting.days)}
    days |= {str(day.date): day for day in meeting.days}
    day = days.get(day_words.strip())
    if day is None:
        first, last = (f"{meeting.days[index].date}" for index in (0, -1)) if meeting.days else ("", "")
        raise EditError(f"there is no day {day_words!r}: the days are 1 to {len(meeting.days)}, {first} to {last}")
    if not day.sessions:
        raise EditError(f"nothing is planned for {day.date} yet: put an item in there first (I)")
    wanted = number.strip() or str(len(day.sessions))
    if not (wanted.isascii() and wanted.isdecimal()) or not 1 <= int(wanted) <= len(day.sessions):
        raise EditError(f"{day.date} has no session {wanted!r}: it has {len(day.sessions)}")
    return day.sessions[int(wanted) - 1]
