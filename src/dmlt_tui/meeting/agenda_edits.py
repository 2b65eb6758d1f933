"""Edits of the agenda: where items stand, how long they take, who leads them. See edits.py for what an Edit is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.edits import (
    Edit,
    EditError,
    in_item,
    in_meeting,
    with_item,
    with_session,
)
from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, RequestState, Round, Session, Slot
from dmlt_tui.meeting.moderation import Place, place_of
from dmlt_tui.meeting.schedule import DAY, day_plan, has_begun, planned_minutes
from dmlt_tui.meeting.words import clock, weekday_words
from dmlt_tui.notes.text import clean_name


class Facts(Struct, frozen=True):
    """What one line can say of an item. `coordinators` are handles, `guests` names or @handles.

    `start` pins the item, or is the latest time where `hard`; of the first item of a session it is the session's.
    """

    title: str
    minutes: int | None = None
    up_to: bool = False
    time_permitting: bool = False
    coordinators: tuple[str, ...] = ()
    start: time | None = None
    hard: bool = False
    guests: tuple[str, ...] = ()
    kind: ItemKind = ItemKind.TOPIC


def find_place(meeting: Meeting, item: Item) -> Place:
    """Where an item stands; EditError when somebody took it out meanwhile."""
    place = place_of(meeting, item.id)
    if place is None:
        raise EditError(f"the item {item.title!r} is no longer in the agenda")
    return place


# -- where it stands ---------------------------------------------------------------------------------------------


def move_item(meeting_id: str, item: Item, by: int) -> Edit:
    """Move an item one row up (-1) or down (1), over the borders of sessions and days; a pinned one keeps its pin.

    A session left empty goes, as long as its day has another.
    """

    def change(meeting: Meeting) -> Meeting:
        place = find_place(meeting, item)
        items = list(place.session.items)
        index = items.index(place.item)
        if 0 <= index + by < len(items):
            items.insert(index + by, items.pop(index))
            return with_session(meeting, place.session.id, lambda session: replace(session, items=tuple(items)))
        sessions = list(meeting.sessions)
        target = sessions.index(place.session) + by
        if not 0 <= target < len(sessions):
            raise EditError(
                f"{item.title!r} can't move further: it is the {'first' if by < 0 else 'last'} of the agenda"
            )
        return _put(meeting, place, sessions[target], 0 if by > 0 else len(sessions[target].items))

    return Edit(f"move of {item.title}", in_meeting(meeting_id, change))


def move_to_session(meeting_id: str, item: Item, session_id: str) -> Edit:
    """Move an item to the end of another session, before the break or close that ends it."""

    def change(meeting: Meeting) -> Meeting:
        place = find_place(meeting, item)
        target = next((session for session in meeting.sessions if session.id == session_id), None)
        if target is None:
            raise EditError("that session is no longer in the agenda")
        if target.id == place.session.id:
            raise EditError(f"{item.title!r} stands in that session already")
        return _put(meeting, place, target, end_of_topics(target))

    return Edit(f"move of {item.title}", in_meeting(meeting_id, change))


def end_of_topics(session: Session) -> int:
    """The index before the breaks and closes that end a session."""
    index = len(session.items)
    while index and session.items[index - 1].kind is not ItemKind.TOPIC:
        index -= 1
    return index


def _put(meeting: Meeting, place: Place, target: Session, index: int) -> Meeting:
    items = (*target.items[:index], place.item, *target.items[index:])
    return _without(with_session(meeting, target.id, lambda session: replace(session, items=items)), place)


def _without(meeting: Meeting, place: Place) -> Meeting:
    """The meeting without the item where it stood; its session goes too when it was the only one.

    Not so a day's only session, and one that was handed over, which the record of that names.
    """
    left = tuple(item for item in place.session.items if item.id != place.item.id)
    if left or len(place.day.sessions) == 1 or _handed_over(meeting, place.session):
        return with_session(meeting, place.session.id, lambda session: replace(session, items=left))
    return _with_day(meeting, place.day, lambda day: _drop(day, place.session.id))


def _handed_over(meeting: Meeting, session: Session) -> bool:
    return any(handover.session == session.id for handover in meeting.handovers)


def _drop(day: Day, session_id: str) -> Day:
    return replace(day, sessions=tuple(session for session in day.sessions if session.id != session_id))


def _with_day(meeting: Meeting, day: Day, change: Callable[[Day], Day]) -> Meeting:
    return replace(meeting, days=tuple(change(one) if one.id == day.id else one for one in meeting.days))


def insert_item(meeting_id: str, item: Item, after: Item) -> Edit:
    """Put a new item into the agenda, after another."""
    return Edit(f"new item {item.title}", in_meeting(meeting_id, lambda meeting: inserted(meeting, item, after)))


def inserted(meeting: Meeting, item: Item, after: Item) -> Meeting:
    """The meeting with a new item after another; EditError when that is gone."""
    place = find_place(meeting, after)
    index = place.session.items.index(place.item) + 1
    items = (*place.session.items[:index], item, *place.session.items[index:])
    return with_session(meeting, place.session.id, lambda session: replace(session, items=items))


def begin_day(meeting_id: str, day_id: str, item: Item, new_session: Session) -> Edit:
    """Put the first item into a day without any: into its empty session, else into `new_session`."""

    def change(meeting: Meeting) -> Meeting:
        day = next((day for day in meeting.days if day.id == day_id), None)
        if day is None:
            raise EditError("that day is no longer in the agenda")
        sessions = day.sessions or (new_session,)
        first = replace(sessions[0], items=(item, *sessions[0].items))
        return _with_day(meeting, day, lambda old: replace(old, sessions=(first, *sessions[1:])))

    return Edit(f"new item {item.title}", in_meeting(meeting_id, change))


def delete_item(meeting_id: str, item: Item) -> Edit:
    """Take an item out of the agenda, with its notes; a request it came from is open again.

    Refused while it has the floor.
    """

    def change(notebook: Notebook) -> Notebook:
        def taken_out(meeting: Meeting) -> Meeting:
            place = find_place(meeting, item)
            if meeting.current == item.id:
                raise EditError(f"{item.title!r} has the floor: give it on first (n), then delete")
            return _without(meeting, place)

        notebook = in_meeting(meeting_id, taken_out)(notebook)
        requests = tuple(
            replace(one, state=RequestState.OPEN, item="") if one.item == item.id else one for one in notebook.requests
        )
        return notebook if requests == notebook.requests else replace(notebook, requests=requests)

    return Edit(f"deletion of {item.title}", change)


def split_session(meeting_id: str, item: Item, session_id: str) -> Edit:
    """Let a session of its own, with this new id, begin with an item, at the time the item is planned for."""

    def change(meeting: Meeting) -> Meeting:
        place = find_place(meeting, item)
        index = place.session.items.index(place.item)
        if index == 0:
            raise EditError(f"{item.title!r} is the first of its session already")
        begin = next((row.start for row in day_plan(meeting, place.day) if row.item.id == item.id), None)
        if begin is None:
            raise EditError(f"it isn't known when {item.title!r} starts: something before it has no length")
        before = replace(place.session, items=place.session.items[:index])
        after = replace(
            place.session, id=session_id, start=begin.time().replace(fold=0), items=place.session.items[index:]
        )
        sessions = [
            part for one in place.day.sessions for part in ((before, after) if one.id == place.session.id else (one,))
        ]
        return _with_day(meeting, place.day, lambda day: replace(day, sessions=tuple(sessions)))

    return Edit(f"session from {item.title} on", in_meeting(meeting_id, change))


def join_session(meeting_id: str, item: Item) -> Edit:
    """Join the session an item begins with the one before it on that day; no item changes its time by that."""

    def change(meeting: Meeting) -> Meeting:
        place = find_place(meeting, item)
        index = place.day.sessions.index(place.session)
        if index == 0:
            raise EditError("it is the first session of its day: there is none to join it with")
        if _handed_over(meeting, place.session):
            raise EditError("this session was handed over by itself: it can't be joined with another")
        before = place.day.sessions[index - 1]
        rows = [row for row in day_plan(meeting, place.day) if row.session.id == before.id]
        ends = next((row.end for row in reversed(rows) if not row.item.time_permitting), None)
        first, *others = place.session.items
        if first.start is None and (ends is None or ends.time() != place.session.start):
            first = replace(first, start=place.session.start)
        joined = replace(before, items=(*before.items, first, *others))
        sessions = (*place.day.sessions[: index - 1], joined, *place.day.sessions[index + 1 :])
        return _with_day(meeting, place.day, lambda day: replace(day, sessions=sessions))

    return Edit(f"session of {item.title} joined", in_meeting(meeting_id, change))


# -- what it is --------------------------------------------------------------------------------------------------


def item_from(item_id: str, facts: Facts) -> Item:
    """A new item of these facts."""
    return _given(Item(id=item_id, title=""), facts)


def _given(item: Item, facts: Facts) -> Item:
    return replace(
        item,
        title=" ".join(clean_name(facts.title).split()),
        kind=facts.kind,
        minutes=facts.minutes,
        extra=item.extra if facts.minutes == item.minutes else 0,  # another length is another plan
        up_to=facts.up_to,
        time_permitting=facts.time_permitting,
        coordinators=facts.coordinators,
        start=facts.start,
        hard=facts.hard,
        guests=tuple(clean_name(guest) for guest in facts.guests),
    )


def set_facts(meeting_id: str, item: Item, facts: Facts) -> Edit:
    """Give an item other facts. The start of a session's first item is that of the session, unless it is a hard end."""

    def change(meeting: Meeting) -> Meeting:
        place = find_place(meeting, item)
        if place.session.items[0].id != item.id or facts.hard:
            return with_item(meeting, item.id, lambda old: _given(old, facts))
        first = replace(_given(place.item, facts), start=None)
        start = facts.start or place.session.start
        return with_session(
            meeting, place.session.id, lambda one: replace(one, start=start, items=(first, *one.items[1:]))
        )

    return Edit(f"change of {item.title}", in_meeting(meeting_id, change))


def assign(meeting_id: str, item: Item, coordinators: tuple[str, ...], moderator: str, scribe: str) -> Edit:
    """Say who coordinates an item, and who moderates its session and types in it (handles, empty for nobody)."""

    def change(meeting: Meeting) -> Meeting:
        place = find_place(meeting, item)
        meeting = with_item(meeting, item.id, lambda old: replace(old, coordinators=coordinators))
        return with_session(
            meeting, place.session.id, lambda session: replace(session, moderator=moderator, scribe=scribe)
        )

    return Edit(f"people of {item.title}", in_meeting(meeting_id, change))


def set_round(meeting_id: str, item: Item, turns: Round | None) -> Edit:
    """Make an item a round of turns, or (None) no longer."""
    return Edit(f"turns of {item.title}", in_item(meeting_id, item.id, lambda old: replace(old, round=turns)))


def set_parts(meeting_id: str, item: Item, parts: tuple[Slot, ...]) -> Edit:
    """Give an item parts with times and guests of their own."""
    return Edit(f"parts of {item.title}", in_item(meeting_id, item.id, lambda old: replace(old, slots=parts)))


# -- how long it takes -------------------------------------------------------------------------------------------


def lengthen(meeting_id: str, item: Item, by: int) -> Edit:
    """Give an item `by` minutes more than it is planned for, or fewer. Refused below nothing, and for a close.

    On a day that has begun these are extra minutes: the plan to compare with stays what it was.
    """

    def change(meeting: Meeting) -> Meeting:
        place = find_place(meeting, item)
        if place.item.kind is ItemKind.CLOSE:
            raise EditError(f"{item.title!r} has no length: e sets its time")
        minutes = planned_minutes(place.session, place.item, meeting) or 0
        if minutes + by < 0:
            raise EditError(f"{item.title!r} has {minutes} min: it can't be {-by} shorter")
        if minutes + by > DAY:
            raise EditError(f"{item.title!r} can't be longer than a day")
        extra = by if has_begun(place.day) else 0
        return with_item(meeting, item.id, lambda old: replace(old, minutes=minutes + by, extra=old.extra + extra))

    words = f"{item.title} {'+' if by >= 0 else '-'}{abs(by)} min"
    return Edit(words, in_meeting(meeting_id, change))


def take_if_time(meeting_id: str, item: Item, minutes: int | None) -> Edit:
    """Plan an item that was to be taken if time permits, with so many minutes; None makes it wait for time again.

    On a day that has begun all these minutes are extra: they were not in the plan.
    """

    def change(meeting: Meeting) -> Meeting:
        place = find_place(meeting, item)
        if minutes is None:
            return with_item(meeting, item.id, lambda old: replace(old, time_permitting=True, extra=0))
        extra = minutes if has_begun(place.day) else 0
        return with_item(
            meeting, item.id, lambda old: replace(old, time_permitting=False, minutes=minutes, extra=extra)
        )

    label = f"{item.title} is taken" if minutes is not None else f"{item.title} if time permits"
    return Edit(label, in_meeting(meeting_id, change))


def said_move(before: Meeting, after: Meeting, item: Item) -> str:
    """Where an item went, and what went with it: one line for the person who moved it."""
    old, new = place_of(before, item.id), place_of(after, item.id)
    if old is None or new is None or old.session.id == new.session.id:
        return ""
    words = f"{item.title}: now in the session at {clock(new.session.start)}"
    if old.day.id != new.day.id:
        words += f" of {weekday_words(new.day.date)}"
    gone = all(session.id != old.session.id for session in after.sessions)
    return words + ("; the session it left was empty and is gone (u undoes it)" if gone else "")
