"""Who has the floor and what is on it: the current item, its clock, and the handover to the next moderator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Role, Session


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands in its meeting."""

    day: Day
    session: Session
    item: Item


def places(meeting: Meeting) -> tuple[Place, ...]:
    """Every item of a meeting with its day and session, in order."""
    return tuple(
        Place(day, session, item) for day in meeting.days for session in day.sessions for item in session.items
    )


def place_of(meeting: Meeting, item_id: str) -> Place | None:
    """Where the item stands, or None when the meeting has none with this id."""
    return next((place for place in places(meeting) if place.item.id == item_id), None)


def current_place(meeting: Meeting) -> Place | None:
    """The item on the floor, or None before the start and after the end."""
    return place_of(meeting, meeting.current) if meeting.current else None


def is_running(item: Item) -> bool:
    """Whether the item's clock runs."""
    return bool(item.spans) and item.spans[-1].end is None


def seconds_spent(item: Item, now: datetime) -> int:
    """Seconds the item had the floor until `now`, pauses left out."""
    return sum(max(0, int(((span.end or now) - span.start).total_seconds())) for span in item.spans)


def neighbour(meeting: Meeting, item_id: str, step: int) -> Place | None:
    """The item `step` rows after (or, negative, before) this one over session and day borders; None past the ends."""
    row = places(meeting)
    index = next((i for i, place in enumerate(row) if place.item.id == item_id), None)
    if index is None or not 0 <= index + step < len(row):
        return None
    return row[index + step]


def moderator_of(meeting: Meeting, session: Session) -> str:
    """Who moderates (or moderated) a session: the last who took it over, else the planned moderator."""
    taken = [
        handover.to
        for handover in meeting.handovers
        if handover.session == session.id and handover.role is Role.MODERATOR
    ]
    return taken[-1] if taken else session.moderator


@dataclass(frozen=True, slots=True)
class HandoverCard:
    """What a moderator sees before giving the floor away.

    `giver` and `to` are handles (empty when nobody is named), `session` the one to be taken over on `day`, `ending` the
    one before it (None for the first).
    `done`, `on_floor` and `left` are the topics of the session that ends; `ahead` those of the one that begins.
    """

    giver: str
    to: str
    day: Day
    session: Session
    ending: Session | None
    done: tuple[Item, ...]
    on_floor: Item | None
    left: tuple[Item, ...]
    ahead: tuple[Item, ...]

    @property
    def same_person(self) -> bool:
        """Whether the one who moderates now goes on."""
        return bool(self.to) and self.giver == self.to


def handover_card(meeting: Meeting) -> HandoverCard | None:
    """The handover that is due, or None when no session follows.

    Before the start that is nobody giving the first session to its moderator, and after the end of a day the first one
    of the next; while a meeting runs, the session on the
    floor if nobody has taken it over yet and another moderator led the one before, else the session after it.
    """
    sessions = [(day, session) for day in meeting.days for session in day.sessions]
    taken = {handover.session for handover in meeting.handovers if handover.role is Role.MODERATOR}
    place = current_place(meeting)
    if place is None:
        latest = max((i for i, (_, session) in enumerate(sessions) if session.id in taken), default=-1)
        index = latest + 1
        while index < len(sessions) and any(item.spans for item in sessions[index][1].items):
            index += 1  # held without a handover: what is due is the one after it
    else:
        index = next(i for i, (_, session) in enumerate(sessions) if session.id == place.session.id)
        held = place.session.id in taken or index == 0
        index = index + 1 if held else index
        while index < len(sessions) and sessions[index][1].id in taken:
            index += 1
    if index >= len(sessions):
        return None
    day, session = sessions[index]
    before = sessions[index - 1][1] if index else None
    topics = [item for item in before.items if item.kind is ItemKind.TOPIC] if before else []
    return HandoverCard(
        giver=moderator_of(meeting, before) if before else "",
        to=session.moderator,
        day=day,
        session=session,
        ending=before,
        done=tuple(item for item in topics if item.done),
        on_floor=next((item for item in topics if item.id == meeting.current), None),
        left=tuple(item for item in topics if not item.done and item.id != meeting.current),
        ahead=tuple(item for item in session.items if item.kind is ItemKind.TOPIC),
    )
