"""Topics asked for before a meeting, and what becomes of them: ranked, scheduled, split, merged, dropped, kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.agenda_edits import end_of_topics
from dmlt_tui.meeting.directory import find_people
from dmlt_tui.meeting.edits import Edit, EditError, in_meeting, with_session
from dmlt_tui.meeting.model import MOST_MINUTES, Item, ItemKind, Meeting, Notebook, Request, RequestState, Session
from dmlt_tui.meeting.moderation import place_of
from dmlt_tui.meeting.times import AMOUNT_LIKE, Estimate, estimate, length, range_words
from dmlt_tui.meeting.words import name_of
from dmlt_tui.notes.text import clean_name

_MENTION = re.compile(r"(?<![\w@.])@(?P<handle>\w(?:[\w.-]*[\w-])?)")
_AMOUNT = re.compile(AMOUNT_LIKE)
_BETWEEN_NAMES = re.compile(r"\s*[,/&]\s*|\s+and\s+", re.IGNORECASE)


# -- what was asked ----------------------------------------------------------------------------------------------


class Asked(Struct, frozen=True):
    """The requests a meeting is planned with, each kind in the order of their rank.

    `open` ones, those `kept` for the next meeting (of whatever meeting), those that became items, and those dropped.
    """

    open: tuple[Request, ...]
    kept: tuple[Request, ...]
    scheduled: tuple[Request, ...]
    dropped: tuple[Request, ...]


def asked_of(notebook: Notebook, meeting: Meeting) -> Asked:
    """The requests of a meeting."""
    mine = [request for request in notebook.requests if request.meeting == meeting.id]
    by_state = {state: tuple(request for request in mine if request.state is state) for state in RequestState}
    kept = tuple(one for one in notebook.requests if not one.meeting and one.state is RequestState.OPEN)
    return Asked(by_state[RequestState.OPEN], kept, by_state[RequestState.SCHEDULED], by_state[RequestState.DROPPED])


def estimate_words(request: Request) -> str:
    """How long a request asks for: "30 min", "30 to 60 min", the words typed where no length was read in them."""
    if request.minutes is None:
        return request.estimate or "no estimate"
    return range_words(request.minutes, request.minutes_most)


def requester_words(notebook: Notebook, request: Request) -> str:
    """Who asked, mentions by their names."""
    return _MENTION.sub(lambda match: name_of(notebook, match["handle"]), request.requested_by)


# -- one line of typing ------------------------------------------------------------------------------------------


def request_words(notebook: Notebook, request: Request) -> str:
    """A request as the line it is edited as: title; who; estimate."""
    who = requester_words(notebook, request)
    return f"{request.title.replace(';', ',')}; {who}; {request.estimate}".rstrip("; ")


def request_from(notebook: Notebook, words: str, request: Request) -> Request:
    """Read "title; who; estimate; notes" into `request`, whose notes stay where none are typed.

    A name that fits one person becomes a @mention; others stay as typed. Raises EditError for a request without a
    title, a name that fits several or looks like a length, and an estimate that can't be read.
    """
    fields = [field.strip() for field in clean_name(words).split(";", 3)]
    title, who, asked, notes = fields + [""] * (4 - len(fields))
    title = " ".join(title.split())
    if not title:
        raise EditError("a request needs a title: title; who asks; how long")
    changed = replace(request, title=title, requested_by=_requesters(notebook, who), notes=notes or request.notes)
    if asked == request.estimate:
        return changed
    found = _estimate(asked)
    return replace(
        changed,
        estimate=found.words if found else "",
        minutes=found.least if found else None,
        minutes_most=found.most if found and found.most != found.least else None,
    )


def understood_request(notebook: Notebook, request: Request) -> str:
    """What was understood of a request, in one line."""
    who = requester_words(notebook, request)
    parts = [request.title, f"asked by {who}" if who else "", estimate_words(request)]
    return " · ".join(filter(None, parts))


def _estimate(words: str) -> Estimate | None:
    if not words:
        return None
    try:
        return estimate(words)
    except ValueError as error:
        raise EditError(str(error)) from error


def _requesters(notebook: Notebook, words: str) -> str:
    found = []
    for word in filter(None, _BETWEEN_NAMES.split(words)):
        people = find_people(notebook.people, word)
        if len(people) > 1:
            raise EditError(f"{word}: {' or '.join(person.name for person in people[:4])}?")
        if not people and _AMOUNT.fullmatch(word):
            raise EditError(f"{word!r} is nobody's name: title; who asks; how long")
        found.append(f"@{people[0].id}" if people else word)
    return ", ".join(found)


# -- edits of requests -------------------------------------------------------------------------------------------


def change_request(request: Request, changed: Request) -> Edit:
    """Give a request other words; what became of it meanwhile stays."""

    def change(old: Request) -> Request:
        return replace(changed, state=old.state, item=old.item, meeting=old.meeting)

    return Edit(f"request {request.title}", _in_request(request, change))


def rank_request(request: Request, by: int, among: Sequence[Request]) -> Edit:
    """Move a request one place up (-1) or down (1) among those it is shown with."""

    def change(notebook: Notebook) -> Notebook:
        shown = [one.id for one in among]
        row = list(notebook.requests)
        places = [index for index, one in enumerate(row) if one.id in shown]
        here = next((at for at, index in enumerate(places) if row[index].id == request.id), None)
        if here is None:
            raise EditError(f"the request {request.title!r} is gone")
        if not 0 <= here + by < len(places):
            raise EditError(f"{request.title!r} is the {'first' if by < 0 else 'last'} already")
        one, other = places[here], places[here + by]
        row[one], row[other] = row[other], row[one]
        return replace(notebook, requests=tuple(row))

    return Edit(f"rank of {request.title}", change)


def schedule_request(meeting_id: str, request: Request, session_id: str, item_id: str, after: str = "") -> Edit:
    """Make a request an item of a session, with this id: after the item `after`, else at the end of its topics.

    Nothing comes after the close: where `after` is one, the item goes before it.
    Its title, least estimate and notes are those of the request to begin with, its coordinators those who asked.
    """

    def change(notebook: Notebook) -> Notebook:
        def placed(meeting: Meeting) -> Meeting:
            session = next((one for one in meeting.sessions if one.id == session_id), None)
            if session is None:
                raise EditError("that session is no longer in the agenda")
            index = _place_after(session, after)
            items = (*session.items[:index], _item_of(notebook, request, item_id), *session.items[index:])
            return with_session(meeting, session_id, lambda one: replace(one, items=items))

        done = in_meeting(meeting_id, placed)(notebook)
        return _in_request(
            request, lambda old: replace(old, meeting=meeting_id, state=RequestState.SCHEDULED, item=item_id)
        )(done)

    return Edit(f"{request.title} into the agenda", change)


def _place_after(session: Session, after: str) -> int:
    for index, item in enumerate(session.items):
        if item.id == after:
            return index if item.kind is ItemKind.CLOSE or item.hard else index + 1
    return end_of_topics(session)


def _item_of(notebook: Notebook, request: Request, item_id: str) -> Item:
    handles = [match["handle"] for match in _MENTION.finditer(request.requested_by)]
    return Item(
        id=item_id,
        title=request.title,
        minutes=request.minutes,
        coordinators=tuple(dict.fromkeys(handle for handle in handles if notebook.person(handle))),
        preparation=request.notes,
    )


def link_request(meeting_id: str, request: Request, item: Item) -> Edit:
    """Say that a request is dealt with in an item that is in the agenda already."""

    def change(notebook: Notebook) -> Notebook:
        meeting = notebook.meeting(meeting_id)
        if meeting is None or place_of(meeting, item.id) is None:
            raise EditError(f"the item {item.title!r} is no longer in the agenda")
        return _in_request(
            request, lambda old: replace(old, meeting=meeting_id, state=RequestState.SCHEDULED, item=item.id)
        )(notebook)

    return Edit(f"{request.title} in {item.title}", change)


def split_request(request: Request, words: str, new_id: str) -> Edit:
    """Split a part off: words "title; 30m" become a request of their own, and this one asks for that much less."""
    title, _, asked = (part.strip() for part in clean_name(words).partition(";"))
    if not title or not asked:
        raise EditError("what is split off, and how long?  title; 30m")
    try:
        minutes = length(asked)
    except ValueError as error:
        raise EditError(str(error)) from error
    if request.minutes is None or minutes >= request.minutes:
        raise EditError(f"{request.title!r} asks for {estimate_words(request)}: {minutes} can't be split off")
    left = request.minutes - minutes
    most = None if request.minutes_most is None else request.minutes_most - minutes

    def change(notebook: Notebook) -> Notebook:
        part = replace(
            request,
            id=new_id,
            title=" ".join(title.split()),
            estimate=asked,
            minutes=minutes,
            minutes_most=None,
            notes="",
        )
        words_left = f"{range_words(left, most)} (of {request.estimate or estimate_words(request)})"
        rest = _in_request(request, lambda old: replace(old, minutes=left, minutes_most=most, estimate=words_left))(
            notebook
        )
        index = [one.id for one in rest.requests].index(request.id) + 1
        return replace(rest, requests=(*rest.requests[:index], part, *rest.requests[index:]))

    return Edit(f"split of {request.title}", change)


def merge_requests(first: Request, second: Request) -> Edit:
    """Make two open requests one, under the words of the first: minutes add up, notes and requesters are joined."""
    if second.state is not RequestState.OPEN or first.state is not RequestState.OPEN:
        raise EditError("only requests that are open can be merged")
    if sum(one.minutes_most or one.minutes or 0 for one in (first, second)) > MOST_MINUTES:
        raise EditError("together they ask for more than a week: split them instead")

    def merged(old: Request) -> Request:
        notes = [old.notes, f"- {second.title}", *(f"  {line}" for line in second.notes.split("\n") if line)]
        least, most = old.minutes, second.minutes
        total = None if least is None and most is None else (least or 0) + (most or 0)
        longest = (old.minutes_most or least or 0) + (second.minutes_most or most or 0)
        return replace(
            old,
            requested_by=", ".join(dict.fromkeys(filter(None, (old.requested_by, second.requested_by)))),
            estimate=" + ".join(filter(None, (old.estimate, second.estimate))),
            minutes=total,
            minutes_most=longest if total is not None and longest != total else None,
            notes="\n".join(filter(None, notes)),
        )

    def change(notebook: Notebook) -> Notebook:
        if all(one.id != second.id for one in notebook.requests):
            raise EditError(f"the request {second.title!r} is gone")
        done = _in_request(first, merged)(notebook)
        return replace(done, requests=tuple(one for one in done.requests if one.id != second.id))

    return Edit(f"{second.title} merged with {first.title}", change)


def drop_request(request: Request) -> Edit:
    """Drop a request; it stays in the notebook, as dropped."""
    return Edit(f"{request.title} dropped", _in_request(request, lambda old: replace(old, state=RequestState.DROPPED)))


def keep_request(request: Request, meeting: Meeting) -> Edit:
    """Keep a request for the next meeting; its notes say which one it was asked for."""
    line = f"Asked for before: {meeting.title}"

    def change(old: Request) -> Request:
        notes = old.notes if line in old.notes.split("\n") else "\n".join(filter(None, (line, old.notes)))
        return replace(old, state=RequestState.OPEN, meeting="", item="", notes=notes)

    return Edit(f"{request.title} kept for the next meeting", _in_request(request, change))


def reopen_request(request: Request, meeting_id: str) -> Edit:
    """Put a request that was dropped or kept on the list of a meeting again."""

    def change(old: Request) -> Request:
        return replace(old, state=RequestState.OPEN, meeting=meeting_id, item="")

    return Edit(f"{request.title} open again", _in_request(request, change))


def _in_request(request: Request, change: Callable[[Request], Request]) -> Callable[[Notebook], Notebook]:
    def apply(notebook: Notebook) -> Notebook:
        if all(one.id != request.id for one in notebook.requests):
            raise EditError(f"the request {request.title!r} is gone")
        changed = tuple(change(one) if one.id == request.id else one for one in notebook.requests)
        return replace(notebook, requests=changed)

    return apply
