"""What can be done to requests, from wherever they are shown: each asks a line where it must, and says what it did."""

from __future__ import annotations

from collections.abc import Callable

from dmlt_tui.meeting import edits, planning
from dmlt_tui.meeting.model import Item, Meeting, Request, RequestState
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui.arranging import Board, ask_line
from dmlt_tui.tui.rewriting import Place

_REQUEST = "title; who asks; how long; notes:  APDB status; John; 30m-1h"


def new_request(at: Place, then: Callable[[Request], None] = lambda _: None) -> None:
    """Ask for a topic in one line, and put it on the list of the meeting shown; `then` is told of it."""
    meeting = at.desk.meeting
    if meeting is None:
        return
    blank = Request(id=new_id(), title="", meeting=meeting.id)

    def do(request: Request) -> None:
        if at.change(edits.add_request(request)):
            then(request)
            at.say(f"requested: {planning.understood_request(at.desk.value, request)}   u undoes it")

    _ask(at, "", blank, do, "request")


def edit_request(at: Place, request: Request) -> None:
    """Ask for title, who asks and how long."""
    book = at.desk.value

    def do(changed: Request) -> None:
        if at.change(planning.change_request(request, changed)):
            at.say(f"{planning.understood_request(at.desk.value, changed)}   u undoes it")

    _ask(at, planning.request_words(book, request), request, do)


def _ask(at: Place, text: str, request: Request, do: Callable[[Request], None], command: str = "") -> None:
    ask_line(
        at,
        "request",
        text,
        _REQUEST,
        lambda words: planning.request_from(at.desk.value, words, request),
        lambda found: planning.understood_request(at.desk.value, found),
        do,
        command,
    )


def put_in(at: Board, meeting: Meeting, request: Request, session_id: str, after: str) -> None:
    """Make a request an item, after another item or at the end of a session's topics."""
    item_id = new_id()
    if at.change(planning.schedule_request(meeting.id, request, session_id, item_id, after)):
        at.show_item(item_id)
        at.say(f"{request.title} is in the agenda, with {planning.estimate_words(request)}   u undoes it")


def link(at: Place, meeting: Meeting, request: Request, item: Item) -> None:
    """Say that a request is dealt with in an item there is."""
    if at.change(planning.link_request(meeting.id, request, item)):
        at.say(f"{request.title}: covered by {item.title}   u undoes it")


def split(at: Place, request: Request) -> None:
    """Ask what is split off, and how long that is."""
    if _in_agenda(at, request):
        return
    part = new_id()

    def tell(edit: edits.Edit) -> str:
        after = edit.apply(at.desk.value)
        shown = [one for one in after.requests if one.id in (request.id, part)]
        return " | ".join(planning.understood_request(after, one) for one in shown)

    def do(edit: edits.Edit) -> None:
        if at.change(edit):
            at.say(f"split: {request.title}   u undoes it")

    ask_line(at, "split off", "", "title; 30m", lambda words: planning.split_request(request, words, part), tell, do)


def merge(at: Place, first: Request, second: Request) -> None:
    """Make two requests one, under the words of the first."""
    try:
        edit = planning.merge_requests(first, second)
    except edits.EditError as error:
        at.say(str(error))
        return
    if at.change(edit):
        at.say(f"{second.title} is now a part of {first.title}   u undoes it")


def drop(at: Place, request: Request) -> None:
    """Drop a request, or take it up again."""
    meeting = at.desk.meeting
    if meeting is None or _in_agenda(at, request):
        return
    if request.state is RequestState.DROPPED:
        if at.change(planning.reopen_request(request, meeting.id)):
            at.say(f"open again: {request.title}   u undoes it")
    elif at.change(planning.drop_request(request)):
        at.say(f"dropped: {request.title}   u undoes it")


def keep(at: Place, request: Request) -> None:
    """Keep a request for the next meeting, or take one that was kept up in this one."""
    meeting = at.desk.meeting
    if meeting is None or _in_agenda(at, request):
        return
    if request.meeting:
        if at.change(planning.keep_request(request, meeting)):
            at.say(f"kept for the next meeting: {request.title}   u undoes it")
    elif at.change(planning.reopen_request(request, meeting.id)):
        at.say(f"back in this meeting: {request.title}   u undoes it")


def _in_agenda(at: Place, request: Request) -> bool:
    """Say of a request that became an item that it is to be taken out of the agenda first."""
    if request.state is not RequestState.SCHEDULED:
        return False
    at.say(f"{request.title} is in the agenda: delete the item there, and it is open again")
    return True
