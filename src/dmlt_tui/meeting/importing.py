"""A meeting read from a page, taken into the notebook: added, or merged into the one it is a newer version of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from difflib import SequenceMatcher

from msgspec.structs import replace

from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.model import (
    Attachment,
    Attendee,
    Day,
    Item,
    Meeting,
    Notebook,
    Person,
    Request,
    Session,
    with_meeting,
)
from dmlt_tui.meeting.schedule import session_starts
from dmlt_tui.notes.language import survey
from dmlt_tui.notes.tasklines import append_line

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_ALIKE = 0.6  # how much two lines must share to be one line, changed

OtherAction = tuple[str, str, str]
"""An open action of another meeting: that meeting's title, the address of its page, and the line of notes."""


def same_meeting(notebook: Notebook, meeting: Meeting) -> Meeting | None:
    """The meeting of the notebook that a page is a version of: of its title, or of its days and most of its topics."""
    title = _fold(meeting.title)
    for known in notebook.meetings:
        if _fold(known.title) == title:
            return known
    days = {day.date for day in meeting.days}
    topics = {_fold(item.title) for item in meeting.items}
    for known in notebook.meetings:
        shared = topics & {_fold(item.title) for item in known.items}
        if len(shared) > 1 and len(shared) * 2 > len(topics) and days == {day.date for day in known.days}:
            return known
    return None


def import_meeting(
    meeting: Meeting,
    people: Sequence[Person],
    requests: Sequence[Request],
    actions: Sequence[OtherAction],
    new_id: Callable[[], str],
    into: str = "",
) -> Edit:
    """Take a meeting read from a page into the notebook; `into` is the meeting to merge it with, found if not named.

    What a page can't carry (ids, pins, estimates) stays as it is. Lines of notes the page changed are as on the page,
    lines only one side has are kept. People already known, requests of the same title and actions already in the notes
    are not taken twice.
    """

    def change(notebook: Notebook) -> Notebook:
        known = {person.id for person in notebook.people}
        fresh = tuple(person for person in people if person.id not in known)
        notebook = replace(notebook, people=(*notebook.people, *fresh))
        old = notebook.meeting(into) if into else same_meeting(notebook, meeting)
        if old is None:
            notebook = with_meeting(notebook, meeting)
        else:
            merged = _merged(old, meeting)
            meetings = tuple(merged if one.id == old.id else one for one in notebook.meetings)
            notebook = replace(notebook, meetings=meetings)
        target = old.id if old else meeting.id
        notebook = _with_requests(notebook, [replace(request, meeting=target) for request in requests], target)
        for title, source, line in actions:
            notebook = _with_action(notebook, title, source, line, new_id)
        return notebook

    return Edit(f"import of {meeting.title}", change)


def _fold(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


def _merged(old: Meeting, new: Meeting) -> Meeting:
    """The meeting with what the page says; what the page is silent about stays."""
    days = {day.date: day for day in old.days}
    for day in new.days:
        days[day.date] = _merged_day(old, new, days[day.date], day) if day.date in days else day
    logistics = old.logistics
    for name in ("notice", "place", "links", "access", "call_id", "dial_in"):
        if getattr(new.logistics, name):
            logistics = replace(logistics, **{name: getattr(new.logistics, name)})
    return replace(
        old,
        zone_label=new.zone_label or old.zone_label,
        source=new.source or old.source,
        days=tuple(days[day] for day in sorted(days)),
        logistics=logistics,
        attendees=_attendees(old.attendees, new.attendees),
        attachments=_attachments(old.attachments, new.attachments),
    )


def _attendees(old: Iterable[Attendee], new: Iterable[Attendee]) -> tuple[Attendee, ...]:
    found = {attendee.person: attendee for attendee in (*old, *new)}
    return tuple(found.values())


def _attachments(old: Iterable[Attachment], new: Iterable[Attachment]) -> tuple[Attachment, ...]:
    """The files of both sides; those of the same name are as on the page, under their old id."""
    found = {_fold(file.name): file for file in old}
    for file in new:
        name = _fold(file.name)
        found[name] = replace(file, id=found[name].id) if name in found else file
    return tuple(found.values())


def _merged_day(meeting: Meeting, page: Meeting, old: Day, new: Day) -> Day:
    """A day with the items of the page in their sessions; items the page lacks stay where they are."""
    everywhere = {_fold(item.title) for day in meeting.days if day.date != old.date for item in day.items}
    titles = {_fold(item.title) for item in page.items}
    sessions = list(old.sessions)
    for session in new.sessions:
        at = _same_session(sessions, session)
        if at is None:
            at = len(sessions)
            sessions.append(replace(session, items=()))
        sessions[at] = _merged_session(sessions, at, session, everywhere, titles)
    return replace(old, sessions=tuple(sorted(sessions, key=lambda one: one.start)))


def _same_session(sessions: Sequence[Session], session: Session) -> int | None:
    topics = {_fold(item.title) for item in session.items}
    shared = [len(topics & {_fold(item.title) for item in one.items}) for one in sessions]
    starts: list[time] = [one.start for one in sessions]
    if session.start in starts:
        return starts.index(session.start)
    best = max(range(len(sessions)), key=shared.__getitem__, default=None)
    return best if best is not None and shared[best] * 2 > len(topics) else None


def _merged_session(sessions: list[Session], at: int, new: Session, elsewhere: set[str], titles: set[str]) -> Session:
    """A session in the page's order; an item that moved here from another session comes along with its notes.

    `elsewhere` are the titles of the notebook's other days, `titles` all of the page's.
    """
    old = sessions[at]
    rest = list(old.items)
    items: list[Item] = []
    for item in new.items:
        name = (_fold(item.title), item.kind)
        found = next((one for one in rest if (_fold(one.title), one.kind) == name), None)
        if found is None:
            found = _taken_from_others(sessions, at, name[0])
        if found is None and name[0] not in elsewhere:
            found = _retitled([one for one in rest if _fold(one.title) not in titles], old, item, new)
        rest = [one for one in rest if one is not found]
        if found is None and name[0] in elsewhere and item.kind == "topic" and not item.notes:
            continue  # it stands on another day of the notebook
        items.append(_merged_item(found, item) if found else item)
    return replace(old, start=new.start, moderator=new.moderator or old.moderator, items=(*items, *rest))


def _retitled(left: Sequence[Item], old: Session, item: Item, new: Session) -> Item | None:
    """Of the items the page does not name, the one this is under another title.

    Its title is much alike, or it stands at the same time and shares coordinators or words with it.
    """
    before, now = session_starts(old), session_starts(new)
    title = _fold(item.title)
    for one in left:
        if one.kind != item.kind:
            continue
        same_words = any(mine.strip() == theirs.strip() != "" for mine, theirs in _words_of(one, item))
        shared = same_words or bool(set(one.coordinators) & set(item.coordinators))
        if (shared and before[one.id] == now[item.id]) or _are_alike(title, _fold(one.title)):
            return one
    return None


def _words_of(one: Item, other: Item) -> tuple[tuple[str, str], ...]:
    return (one.preparation, other.preparation), (one.notes, other.notes)


def _are_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _taken_from_others(sessions: list[Session], at: int, title: str) -> Item | None:
    for index, session in enumerate(sessions):
        for item in session.items:
            if index != at and item.kind == "topic" and _fold(item.title) == title:
                sessions[index] = replace(session, items=tuple(one for one in session.items if one is not item))
                return item
    return None


def _merged_item(old: Item, new: Item) -> Item:
    """An item as on the page, with what a page does not carry kept: id, pin, limits, spans, who is done."""
    slots = tuple(
        replace(slot, id=before.id)
        for slot, before in zip(new.slots, old.slots, strict=False)
        if _fold(slot.title) == _fold(before.title)
    )
    minutes = old.minutes if new.minutes is None or old.up_to else new.minutes
    return replace(
        old,
        title=new.title,
        minutes=minutes,
        extra=old.extra if minutes == old.minutes else 0,
        hard=new.hard,
        time_permitting=new.time_permitting,
        start=old.start if old.start is not None and not new.hard else new.start,
        coordinators=new.coordinators or old.coordinators,
        guests=new.guests or old.guests,
        slots=(*slots, *new.slots[len(slots) :]) if new.slots else old.slots,
        round=new.round or old.round,
        link=new.link or old.link,
        preparation=merge_version(old.preparation, new.preparation),
        notes=merge_version(old.notes, new.notes),
        spans=old.spans or new.spans,
    )


def merge_version(mine: str, page: str) -> str:
    """The lines of both; where the page changed a line it counts, lines only one side has stay."""
    if mine == page or not page:
        return mine
    ours, theirs = mine.split("\n") if mine else [], page.split("\n")
    out: list[str] = []
    matcher = SequenceMatcher(None, list(map(_key, ours)), list(map(_key, theirs)), autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            out += map(_same, ours[first:last], theirs[start:end])
        elif tag == "replace":
            out += _replaced(ours[first:last], theirs[start:end])
        else:
            out += ours[first:last] + theirs[start:end]
    return "\n".join(out)


def _same(ours: str, theirs: str) -> str:
    """A line of the same words: the page says whether it is done, but not how far in it stands."""
    indent = ours[: len(ours) - len(ours.lstrip())]
    return f"{indent}{theirs.strip()}"


def _key(line: str) -> str:
    """A line for comparing: without its box, bullet and how far in it stands."""
    return _fold(line.strip().removeprefix("- ").removeprefix("[x]").removeprefix("[ ]"))


def _replaced(ours: list[str], theirs: list[str]) -> list[str]:
    """Our lines that none of theirs is a version of, and theirs."""
    keys = [_key(line) for line in theirs]
    kept = [line for line in ours if not any(_are_alike(_key(line), key) for key in keys)]
    return [*kept, *theirs]


def _with_requests(notebook: Notebook, requests: Sequence[Request], meeting_id: str) -> Notebook:
    """The requests of the meeting by title; those known keep their state and the item they became."""
    known = {_fold(request.title): request for request in notebook.requests if request.meeting == meeting_id}
    fresh: list[Request] = []
    changed: dict[str, Request] = {}
    for request in requests:
        old = known.get(_fold(request.title))
        if old is None:
            fresh.append(request)
        else:
            changed[old.id] = replace(
                request, id=old.id, state=old.state, item=old.item, notes=merge_version(old.notes, request.notes)
            )
    kept = tuple(changed.get(request.id, request) for request in notebook.requests)
    return replace(notebook, requests=(*kept, *fresh))


def _with_action(notebook: Notebook, title: str, source: str, line: str, new_id: Callable[[], str]) -> Notebook:
    """The action in the notes of the meeting it comes from, which is made where the notebook lacks it."""
    (task,) = survey(line).tasks
    meeting = next((one for one in notebook.meetings if _fold(one.title) == _fold(title)), None)
    for one in notebook.meetings if meeting is None else (meeting,):
        for item in one.items:
            if any(_fold(known.text) == _fold(task.text) for known in survey(item.notes).tasks):
                return notebook
    if meeting is None:
        day = _day_of(title)
        items = (Item(id=new_id(), title="Actions", notes=line),)
        session = Session(id=new_id(), start=time(9), items=items)
        days = (Day(id=new_id(), date=day, sessions=(session,)),)
        made = Meeting(id=new_id(), title=title or "Another meeting", days=days, source=source)
        return with_meeting(notebook, made)
    return replace(
        notebook,
        meetings=tuple(_with_line(one, line, new_id) if one is meeting else one for one in notebook.meetings),
    )


def _with_line(meeting: Meeting, line: str, new_id: Callable[[], str]) -> Meeting:
    """The meeting with a line added to its last topic, or to an item of its own."""
    day = meeting.days[-1] if meeting.days else Day(id=new_id(), date=date(1970, 1, 1))
    session = day.sessions[-1] if day.sessions else Session(id=new_id(), start=time(9))
    last = next((item for item in reversed(session.items) if item.title == "Actions"), None)
    if last is None:
        items = (*session.items, Item(id=new_id(), title="Actions", notes=line))
    else:
        added = replace(last, notes=append_line(last.notes, line))
        items = tuple(added if item is last else item for item in session.items)
    session = replace(session, items=items)
    day = replace(day, sessions=(*day.sessions[:-1], session))
    return replace(meeting, days=(*meeting.days[:-1], day))


def _day_of(title: str) -> date:
    """The date a title names in digits or with a month's name; the first of 1970 where it names none."""
    months = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
    for match in re.finditer(r"(\d{4})-(\w{2,3})-(\d\d)", title):
        month = months.get(match[2][:3].casefold()) or (int(match[2]) if match[2].isdigit() else 0)
        if 1 <= month <= 12 and 1 <= int(match[3]) <= 28:
            return date(int(match[1]), month, int(match[3]))
    return date(1970, 1, 1)
