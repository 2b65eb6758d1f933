"""Breaks while the meeting runs: what was on the floor is interrupted, and goes on afterwards."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.agenda_edits import inserted
from dmlt_tui.meeting.edits import Edit, EditError, in_meeting, start_clock, stop_clock, with_item
from dmlt_tui.meeting.model import Item, ItemKind, Meeting, Notebook
from dmlt_tui.meeting.moderation import Place, current_place, moderator_of, neighbour, place_of
from dmlt_tui.meeting.projection import project
from dmlt_tui.meeting.words import clock, name_of


def next_rows(meeting: Meeting) -> int:
    """How many rows on the floor goes next: one, past what is to be skipped and breaks that were taken already."""
    by = 1
    while (place := neighbour(meeting, meeting.current, by)) and _passed_over(place.item):
        by += 1
    return by


def _passed_over(item: Item) -> bool:
    return item.done and (item.kind is ItemKind.BREAK or not item.spans)


def take_break(meeting_id: str, new_id: str, now: datetime) -> Edit:
    """Give the floor to a break: the one planned next, else an unplanned one. What was on the floor is interrupted."""

    def change(meeting: Meeting) -> Meeting:
        place = _on_floor(meeting)
        if place.item.kind is ItemKind.BREAK:
            raise EditError("it is a break already: b goes back")
        rest = place.session.items[place.session.items.index(place.item) + 1 :]
        pause = rest[0] if rest and rest[0].kind is ItemKind.BREAK and not rest[0].done else None
        if pause is None:
            pause = Item(id=new_id, title="Break", kind=ItemKind.BREAK, minutes=0)
            meeting = inserted(meeting, pause, place.item)
        meeting = with_item(meeting, place.item.id, lambda item: stop_clock(item, now))
        return replace(with_item(meeting, pause.id, lambda item: start_clock(item, now)), current=pause.id)

    return Edit("break", in_meeting(meeting_id, change))


def end_break(meeting_id: str, now: datetime) -> Edit:
    """Give the floor back to what the break interrupted, else to what follows it."""

    def change(meeting: Meeting) -> Meeting:
        place = _on_floor(meeting)
        if place.item.kind is not ItemKind.BREAK:
            raise EditError(f"{place.item.title!r} is not a break")
        target = interrupted(place) or next_after_break(meeting)
        meeting = with_item(meeting, place.item.id, lambda item: replace(stop_clock(item, now), done=True))
        if target is None:
            return replace(meeting, current="")
        return replace(with_item(meeting, target.id, lambda item: start_clock(item, now)), current=target.id)

    return Edit("back from the break", in_meeting(meeting_id, change))


def interrupted(place: Place) -> Item | None:
    """What was broken off for the break at `place`: the last begun topic before it in its session that is not done."""
    before = place.session.items[: place.session.items.index(place.item)]
    begun = [item for item in before if item.kind is ItemKind.TOPIC and item.spans and not item.done]
    return begun[-1] if begun else None


def next_after_break(meeting: Meeting) -> Item | None:
    """What follows the break on the floor on its day."""
    here, place = current_place(meeting), neighbour(meeting, meeting.current, next_rows(meeting))
    return place.item if here and place and place.day.id == here.day.id else None


class Resting(Struct, frozen=True):
    """A break that has the floor: when it ends as things stand (aware, None when unplanned), and what follows.

    `moderator` is the handle of who leads the session that goes on or begins then, empty when nobody is named.
    """

    back: datetime | None
    then: Item | None
    moderator: str


def resting(meeting: Meeting, now: datetime) -> Resting | None:
    """The break on the floor at `now` (aware), or None when something else has it."""
    place = current_place(meeting)
    if place is None or place.item.kind is not ItemKind.BREAK:
        return None
    then = interrupted(place) or next_after_break(meeting)
    where = place_of(meeting, then.id) if then else None
    moderator = moderator_of(meeting, where.session) if where else ""
    # Without a length nobody planned when it ends; nor is the day after what people wait for.
    if then is None or where is None or not place.item.minutes or where.day.id != place.day.id:
        return Resting(None, then, moderator)
    begun = next((span.start for span in reversed(place.item.spans) if span.end is None), now)
    back = next((row.start for row in project(meeting, place, begun).ahead if row.item.id == then.id), None)
    return Resting(back, then, moderator)


def resting_words(notebook: Notebook, seen: Resting, now: datetime) -> tuple[str, ...]:
    """A break in a line, longest first: "break until 11:00, 12 min left; then Wil O'Mullane: Calibration products"."""
    parts = ["break"]
    if seen.back is not None:
        left = int((seen.back - now).total_seconds())
        until = f"break until {clock(seen.back)}"
        parts = [f"{until}, {_left(left)} left" if left > 0 else f"{until}, {-left // 60} min over: b goes on"]
    if seen.then is None:
        return (parts[0],)
    who = name_of(notebook, seen.moderator) if seen.moderator else ""
    short = f"{parts[0]}; then {who or seen.then.title}"
    return (f"{short}: {seen.then.title}" if who else short, short, parts[0])


def _left(seconds: int) -> str:
    """What is left: whole minutes begun, and in the last one seconds, so that little is painted."""
    return f"0:{seconds:02}" if seconds < 60 else f"{-(-seconds // 60)} min"


def _on_floor(meeting: Meeting) -> Place:
    place = current_place(meeting)
    if place is None:
        raise EditError("the meeting is not running: s starts it")
    return place
