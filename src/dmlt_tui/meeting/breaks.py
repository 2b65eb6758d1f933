"""Breaks while the meeting runs: what was on the floor is interrupted, and goes on afterwards."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from dmlt_tui.meeting.agenda_edits import inserted
from dmlt_tui.meeting.edits import Edit, EditError, in_meeting, start_clock, stop_clock, with_item
from dmlt_tui.meeting.model import Item, ItemKind, Meeting
from dmlt_tui.meeting.moderation import Place, current_place, neighbour


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
            raise EditError(f"{place.item.title!r} is no break")
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


def _on_floor(meeting: Meeting) -> Place:
    place = current_place(meeting)
    if place is None:
        raise EditError("the meeting is not running: s starts it")
    return place
