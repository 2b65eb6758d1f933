"""What can be done to the agenda, from wherever it is shown: each asks one line where it must, and says what it did."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from typing import Protocol, TypeVar

from dmlt_tui.meeting import agenda_edits, agenda_lines
from dmlt_tui.meeting.edits import EditError
from dmlt_tui.meeting.model import Item, ItemKind, Meeting, Round, Session, Slot
from dmlt_tui.meeting.moderation import Place, place_of
from dmlt_tui.meeting.schedule import planned_end
from dmlt_tui.meeting.words import clock, names_of, slot_words, weekday_words
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui import rewriting
from dmlt_tui.tui.question import Question

T = TypeVar("T")

_ITEM = "title; minutes; coordinators; start; guests:  APDB status; 30; fritz; 9:30"
_BREAK_MINUTES = 30


class Board(rewriting.Place, Protocol):
    """A screen with an agenda: what rewriting.py asks of one, and it can show an item."""

    def show_item(self, item_id: str) -> None:
        """Show an item of the meeting, and its day."""


def ask_line(
    at: rewriting.Place,
    label: str,
    text: str,
    how: str,
    read: Callable[[str], T],
    tell: Callable[[T], str],
    do: Callable[[T], None],
    command: str = "",
) -> None:
    """Ask for one line: `read` understands it or raises EditError, `tell` says what was understood, `do` does it.

    Before anything is typed, `how` says what is wanted; an empty line does nothing where none stood there. `command` is
    the one that asks the same again, see Question.
    """

    def explain(words: str) -> str:
        if not words.strip():
            return how
        try:
            return tell(read(words))
        except EditError as error:
            return str(error)

    def answer(words: str) -> str | None:
        if not words.strip() and not text:
            return None
        try:
            found = read(words)
        except EditError as error:
            return str(error)
        do(found)
        return None

    at.ask(Question(label, explain, answer, text, command=command))


def _here(at: rewriting.Place, item: Item) -> tuple[Meeting, Place] | None:
    meeting = at.desk.meeting
    place = place_of(meeting, item.id) if meeting else None
    return (meeting, place) if meeting and place else None


# -- one item ------------------------------------------------------------------------------------------------------


def edit_item(at: Board, item: Item) -> None:
    """Ask for its title, minutes, coordinators, start and guests in one line."""
    found = _here(at, item)
    if found is None:
        return
    meeting, place = found
    book = at.desk.value
    first = place.session.items[0].id == item.id

    def do(facts: agenda_edits.Facts) -> None:
        if at.change(agenda_edits.set_facts(meeting.id, item, facts)):
            at.say(f"{agenda_lines.facts_words(at.desk.value, facts, first=first)}   u undoes it")

    ask_line(
        at,
        "item",
        agenda_lines.item_words(book, place),
        _ITEM,
        lambda words: agenda_lines.facts_from(at.desk.value, words, place),
        lambda facts: agenda_lines.facts_words(book, facts, first=first),
        do,
        "edit",
    )


def assign_item(at: Board, item: Item) -> None:
    """Ask who coordinates it, and who moderates its session and types in it."""
    found = _here(at, item)
    if found is None:
        return
    meeting, place = found
    book = at.desk.value

    def tell(who: tuple[tuple[str, ...], str, str]) -> str:
        coordinators, moderator, scribe = who
        presents, moderates, types = (
            names_of(book, filter(None, handles)) or "nobody" for handles in (coordinators, (moderator,), (scribe,))
        )
        return f"{presents} presents · session at {clock(place.session.start)}: {moderates} moderates, {types} types"

    def do(who: tuple[tuple[str, ...], str, str]) -> None:
        if at.change(agenda_edits.assign(meeting.id, item, *who)):
            at.say(f"{tell(who)}   u undoes it")

    ask_line(
        at,
        "coordinators; moderator; scribe",
        agenda_lines.who_words(book, place),
        "names, separated by commas; empty for nobody",
        lambda words: agenda_lines.who_from(at.desk.value, words, place),
        tell,
        do,
        "assign",
    )


def delete_item(at: Board, item: Item) -> None:
    """Take it out of the agenda."""
    found = _here(at, item)
    if found is None:
        return
    meeting, place = found
    row = [one.id for one in place.session.items]
    index = row.index(item.id)
    beside = row[index + 1 : index + 2] or row[max(index - 1, 0) : index]
    notes = ", with its notes" if item.notes.strip() else ""
    if at.change(agenda_edits.delete_item(meeting.id, item)):
        if beside:
            at.show_item(beside[0])
        at.say(f"deleted: {item.title}{notes}   u undoes it")


def insert_item(at: Board) -> None:
    """Ask for a new item in one line, and put it after the one shown."""
    book, after = at.desk.value, at.desk.item
    found = _here(at, after) if after else None
    planned = planned_end(found[1].session, found[1].item, found[0]) if found else None

    def do(facts: agenda_edits.Facts) -> None:
        item = agenda_edits.item_from(new_id(), facts)
        if _insert(at, item):
            at.say(f"new: {agenda_lines.facts_words(at.desk.value, facts)}   u undoes it")

    ask_line(
        at,
        "new item",
        "",
        _ITEM,
        lambda words: agenda_lines.facts_from(book, words, planned=planned),
        lambda facts: agenda_lines.facts_words(book, facts),
        do,
        "insert",
    )


def insert_break(at: Board) -> None:
    """Put a break after the item shown."""
    item = Item(id=new_id(), title="Break", kind=ItemKind.BREAK, minutes=_BREAK_MINUTES)
    if _insert(at, item):
        at.say(f"a break of {_BREAK_MINUTES} min: e makes it longer or shorter, u undoes it")


def _insert(at: Board, item: Item) -> bool:
    meeting, day, after = at.desk.meeting, at.desk.day, at.desk.item
    if meeting is None or day is None:
        at.say("there is no day to add it to")
        return False
    if after is not None and any(one.id == after.id for one in day.items):
        edit = agenda_edits.insert_item(meeting.id, item, after)
    else:
        edit = agenda_edits.begin_day(meeting.id, day.id, item, Session(id=new_id(), start=time(9)))
    if not at.change(edit):
        return False
    at.show_item(item.id)
    return True


# -- more about an item --------------------------------------------------------------------------------------------


def edit_turns(at: Board, item: Item) -> None:
    """Ask for the turns of a round, or the order to put them in."""
    found = _here(at, item)
    if found is None:
        return
    meeting, _ = found

    def tell(turns: Round | None) -> str:
        if turns is None:
            return "no round"
        order = f" ({turns.order})" if turns.order else ""
        minutes = sum(turn.minutes or 0 for turn in turns.turns)
        return f"{minutes} min{order}: {', '.join(turn.name for turn in turns.turns)}"

    def do(turns: Round | None) -> None:
        if at.change(agenda_edits.set_round(meeting.id, item, turns)):
            at.say(f"turns: {tell(turns)}   u undoes it")

    ask_line(
        at,
        "turns",
        agenda_lines.round_words(item),
        "name minutes @person; ...   or: reversed, shuffled, rotated",
        lambda words: agenda_lines.round_from(at.desk.value, meeting, item, words),
        tell,
        do,
        "turns",
    )


def edit_parts(at: Board, item: Item) -> None:
    """Ask for the parts of an item, with their own times and guests."""
    found = _here(at, item)
    if found is None:
        return
    meeting, place = found

    def read(words: str) -> tuple[Slot, ...]:
        return agenda_lines.parts_from(at.desk.value, place, words, new_id)

    def tell(parts: tuple[Slot, ...]) -> str:
        return " · ".join(slot_words(at.desk.value, part) for part in parts) or "no parts"

    def do(parts: tuple[Slot, ...]) -> None:
        if at.change(agenda_edits.set_parts(meeting.id, item, parts)):
            at.say(f"parts: {tell(parts)}   u undoes it")

    before = agenda_lines.parts_words(at.desk.value, item)
    ask_line(at, "parts", before, "9:30 30 title (guest); ...", read, tell, do, "parts")


# -- sessions ------------------------------------------------------------------------------------------------------


def split_session(at: Board, item: Item) -> None:
    """Let a session of its own begin here; where one begins already, join it with the one before."""
    found = _here(at, item)
    if found is None:
        return
    meeting, place = found
    if place.session.items[0].id == item.id:
        if at.change(agenda_edits.join_session(meeting.id, item)):
            at.say("joined with the session before   u undoes it")
    elif at.change(agenda_edits.split_session(meeting.id, item, new_id())):
        at.say(f"a new session begins with {item.title}: A sets its moderator   u undoes it")


def move_item(at: Board, item: Item) -> None:
    """Ask for the day and session to move it to."""
    found = _here(at, item)
    if found is None:
        return
    meeting, _ = found

    def read(words: str) -> Session:
        session = agenda_lines.session_from(meeting, words)
        agenda_edits.move_to_session(meeting.id, item, session.id).apply(at.desk.value)  # what can't be is told here
        return session

    def tell(session: Session) -> str:
        day = next(day for day in meeting.days if session in day.sessions)
        return f"{item.title} to {weekday_words(day.date)}, session at {clock(session.start)}"

    def do(session: Session) -> None:
        if at.change(agenda_edits.move_to_session(meeting.id, item, session.id)):
            at.show_item(item.id)
            at.say(f"{tell(session)}   u undoes it")

    ask_line(
        at,
        "move to day",
        "",
        f"day 1 to {len(meeting.days)} or its date, and a session of it: 2, or 2.3",
        read,
        tell,
        do,
        "move-to",
    )


WAYS: dict[str, Callable[[Board, Item], None]] = {"people": assign_item, "turns": edit_turns, "parts": edit_parts}
