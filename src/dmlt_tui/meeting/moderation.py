"""Who has the floor and what is on it: the current item, its clock, and the handover to the next moderator."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Role, Session, newest

_A_DAY = timedelta(days=1)


class Place(Struct, frozen=True):
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
    for day in meeting.days:
        for session in day.sessions:
            for item in session.items:
                if item.id == item_id:
                    return Place(day, session, item)
    return None


def current_place(meeting: Meeting) -> Place | None:
    """The item on the floor, or None before the start and after the end."""
    return place_of(meeting, meeting.current) if meeting.current else None


def is_running(item: Item) -> bool:
    """Whether the item's clock runs."""
    return bool(item.spans) and item.spans[-1].end is None


def paused_items(meeting: Meeting) -> frozenset[str]:
    """The ids of what stands still: the item on the floor while its clock does, and what was broken off for it."""
    place = current_place(meeting)
    if place is None:
        return frozenset()
    before = place.session.items[: place.session.items.index(place.item)]
    broken_off = {item.id for item in before if item.spans and not item.done}
    return frozenset(broken_off if is_running(place.item) else {*broken_off, place.item.id})


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


def holder(meeting: Meeting, session: Session, role: Role) -> str:
    """Who has (or had) a role in a session: the last who took it over, else the one planned; empty for nobody."""
    taken = [handover.to for handover in meeting.handovers if (handover.session, handover.role) == (session.id, role)]
    planned = session.moderator if role is Role.MODERATOR else session.scribe
    return taken[-1] if taken else planned


def moderator_of(meeting: Meeting, session: Session) -> str:
    """Who moderates (or moderated) a session: the last who took it over, else the planned moderator."""
    return holder(meeting, session, Role.MODERATOR)


def on_now(notebook: Notebook, now: datetime) -> Meeting | None:
    """The meeting to show to who names none: the one that is being held at `now` (aware), else the newest.

    One whose floor nobody has moved for a day is no longer held, though nobody stopped its clock.
    """
    for meeting in reversed(notebook.meetings):
        place = current_place(meeting) if meeting.current else None
        if place and place.item.spans and now - place.item.spans[-1].start < _A_DAY:
            return meeting
    return newest(notebook)


class HandoverCard(Struct, frozen=True):
    """What a moderator sees before giving the floor away.

    `giver` and `to` are handles (empty when nobody is named), `session` the one to be taken over on `day`, `ending` the
    one before it (None for the first).
    `done`, `on_floor` and `left` are the topics of the session that ends; `ahead` those of the one that begins.
    `role` is what is handed over.
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
    role: Role = Role.MODERATOR

    @property
    def same_person(self) -> bool:
        """Whether the one who moderates now goes on."""
        return bool(self.to) and self.giver == self.to


def handover_card(meeting: Meeting, role: Role = Role.MODERATOR, *, even_taken: bool = False) -> HandoverCard | None:
    """The handover that is due, or None when no session follows, or the one that follows was taken over already.

    Before the start that is nobody giving the first session to its moderator; while a meeting runs, the session on the
    floor if nobody has taken it over yet, else the session after it. The first is taken by whom it was planned for. A
    meeting that has stopped stands at the last session that had the floor. With `even_taken` there is a card for a
    session that was taken over already too, to whoever took it.
    """
    sessions = [(day, session) for day in meeting.days for session in day.sessions]
    index = _due(meeting, role)
    if index >= len(sessions) or (sessions[index][1].id in _taken(meeting, role) and not even_taken):
        return None
    day, session = sessions[index]
    before = sessions[index - 1][1] if index else None
    topics = [item for item in before.items if item.kind is ItemKind.TOPIC] if before else []
    coming = [item for item in session.items if item.kind is ItemKind.TOPIC]
    # Notes may be handed over in the midst of a session; the floor, with the item a session begins with.
    begun = [item for item in coming if item.done or (item.id == meeting.current and role is Role.SCRIBE)]
    return HandoverCard(
        giver=holder(meeting, before, role) if before else "",
        to=holder(meeting, session, role),
        day=day,
        session=session,
        ending=before,
        done=tuple(item for item in (*topics, *begun) if item.done and item.id != meeting.current),
        on_floor=next((item for item in (*topics, *begun) if item.id == meeting.current), None),
        left=tuple(item for item in topics if not item.done and item.id != meeting.current),
        ahead=tuple(item for item in coming if item not in begun),
        role=role,
    )


def handover_to_offer(meeting: Meeting, left: Place) -> HandoverCard | None:
    """The handover to offer as the floor has just come from the item at `left`, or None.

    It is offered where a session begins and where a break ends, as long as the session on the floor is due to another
    person, who is named.
    """
    place, card = current_place(meeting), handover_card(meeting)
    if place is None or card is None or card.session.id != place.session.id or card.same_person or not card.to:
        return None
    begins = place.session.id != left.session.id
    return card if begins or left.item.kind is ItemKind.BREAK else None


def handed_on(meeting: Meeting, role: Role = Role.MODERATOR) -> Session | None:
    """The session that would be handed over next, had nobody taken it over already; None when none follows."""
    sessions = list(meeting.sessions)
    index = _due(meeting, role)
    if index < len(sessions) and sessions[index].id in _taken(meeting, role):
        return sessions[index]
    return None


def _taken(meeting: Meeting, role: Role) -> set[str]:
    return {handover.session for handover in meeting.handovers if handover.role is role}


def _due(meeting: Meeting, role: Role) -> int:
    """Which session is to be handed over: its number, or that after the last."""
    sessions = list(meeting.sessions)
    place = current_place(meeting)
    if place is None:
        begun = [i for i, session in enumerate(sessions) if any(item.spans for item in session.items)]
        return max(begun, default=-1) + 1
    here = next(i for i, session in enumerate(sessions) if session.id == place.session.id)
    held = place.session.id in _taken(meeting, role) or (here == 0 and holder(meeting, place.session, role) != "")
    return here + 1 if held else here
