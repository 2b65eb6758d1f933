"""Planning a meeting: what was asked for on the left, the agenda on the right, and the minutes of both below."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import astuple
from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import OptionList

from dmlt_tui.meeting.agenda_edits import lengthen, move_item, said_move
from dmlt_tui.meeting.conflicts import day_conflicts
from dmlt_tui.meeting.loads import asked_minutes, day_load, load_words, long_load_words, meeting_load, session_load
from dmlt_tui.meeting.model import Item, Meeting, Request, RequestState
from dmlt_tui.meeting.moderation import place_of
from dmlt_tui.meeting.planning import Asked, asked_of, estimate_words, rank_request, requester_words
from dmlt_tui.meeting.times import range_words
from dmlt_tui.meeting.words import inside_words
from dmlt_tui.tui import arranging, asking
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.panes.agenda import fit
from dmlt_tui.tui.panes.planner import agenda_rows, request_rows, short_load
from dmlt_tui.tui.screens.board import BoardScreen
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Prompt
from dmlt_tui.tui.widgets.rows import Rows

_REQUEST_KEYS = (
    "Enter to agenda  r request  e edit  J K rank  S split  M merge  D drop  L later  = covered there  "
    "Tab agenda  u undo  q back"
)
_AGENDA_KEYS = (
    "e edit  I insert  b break  A people  + - 5 min  J K move  M to day  D delete  S split  O turns  P parts  "
    "r request  Tab requests  u undo  q back"
)

_TO_AGENDA = "that works on items: Tab goes to the agenda"
_TO_REQUESTS = "that works on requests: Tab goes to them"
_NO_ITEM = "nothing is planned yet: I inserts an item"
_NO_REQUEST = "no topics requested yet: r requests one"


class PlanningScreen(BoardScreen[None]):
    """Requests to be ranked and put into the agenda; every step is an edit, and u undoes it."""

    DEFAULT_CSS = """
    PlanningScreen #planning-title { background: $primary-background; text-style: bold; }
    PlanningScreen Horizontal { height: 1fr; }
    PlanningScreen #planning-left { width: 2fr; border-right: solid $panel; }
    PlanningScreen #planning-requests, PlanningScreen #planning-agenda {
        height: 1fr; border: none; padding: 0 1; background: transparent; text-wrap: nowrap; text-overflow: ellipsis;
        scrollbar-size-vertical: 1;
    }
    PlanningScreen #planning-agenda { width: 3fr; }
    PlanningScreen #planning-whole { height: auto; min-height: 2; max-height: 5; text-wrap: wrap; color: $text-muted; }
    PlanningScreen #planning-load { height: auto; min-height: 2; max-height: 4; background: $surface; }
    PlanningScreen #board-keys { max-height: 2; }
    """
    BINDINGS = [
        ("tab,shift+tab", "other_side", "Other side"),
        ("r", "new", "Request"),
        ("e", "edit", "Edit"),
        ("enter", "edit", "Edit"),  # what the list with the keys has no row for
        ("D,upper_d", "drop", "Drop or delete"),
        ("J,upper_j", "move(1)", "Down"),
        ("K,upper_k", "move(-1)", "Up"),
        ("S,upper_s", "split", "Split"),
        ("M,upper_m", "merge", "Merge, or to day"),
        ("L,upper_l", "later", "Later"),
        ("equals_sign", "link", "Covered there"),
        ("I,upper_i", "insert", "Insert"),
        ("b", "break", "Break"),
        ("A,upper_a", "arrange('people')", "People"),
        ("O,upper_o", "arrange('turns')", "Turns"),
        ("P,upper_p", "arrange('parts')", "Parts"),
        ("plus", "lengthen(5)", "Longer"),
        ("minus", "lengthen(-5)", "Shorter"),
    ]

    requests = getters.query_one("#planning-requests", Rows)
    agenda = getters.query_one("#planning-agenda", Rows)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._in_agenda = False

    def compose(self) -> ComposeResult:
        """Title, both sides, the row in full, the minutes, prompt, keys."""
        yield Line(id="planning-title")
        with Horizontal():
            with Container(id="planning-left"):
                yield Rows(id="planning-requests")
            yield Rows(id="planning-agenda")
        yield Line(id="planning-whole", tall=True)
        yield Line(id="planning-load", tall=True)
        yield Prompt()
        yield self.bottom

    def on_mount(self) -> None:
        """Begin with the requests; where there are none, with what is planned."""
        meeting = self.desk.meeting
        asked = meeting is not None and any(astuple(asked_of(self.desk.value, meeting)))
        (self.requests if asked or self.desk.item is None else self.agenda).focus()
        self.call_after_refresh(self.show)

    def on_resize(self) -> None:
        """Fit everything to the new size, once it is known."""
        self.call_after_refresh(self.show)

    # -- what is shown --------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show both sides, and the minutes."""
        meeting = self.desk.meeting
        if meeting is None:
            self.dismiss(None)
            return
        book, item = self.desk.value, self.desk.item
        asked = asked_of(book, meeting)
        least, most = asked_minutes(asked.open)
        count = f"{len(asked.open)} open request{'' if len(asked.open) == 1 else 's'}"
        title = f"Planning  {count}" + (f", {range_words(least, most)}" if asked.open else "")
        # Above the agenda stands what its three numbers are.
        self.query_one("#planning-title", Line).show(fit(title, "asked · planned · free", max(self.size.width - 4, 1)))
        width = self.requests.scrollable_content_region.width
        if width:
            self.requests.show(request_rows(book, asked, width))
        width = self.agenda.scrollable_content_region.width
        if width:
            self.agenda.show(agenda_rows(book, meeting, width), item.id if item else "")
        self._tell()

    def keys(self) -> str:
        """Those of the side that has the keys."""
        return _AGENDA_KEYS if self._in_agenda else _REQUEST_KEYS

    def _tell(self) -> None:
        meeting = self.desk.meeting
        if meeting is None:
            return
        self.query_one("#planning-whole", Line).show(
            _item_words(self.desk, meeting)
            if self._in_agenda
            else _request_words(self.desk, meeting, self.request_here)
        )
        book, place = self.desk.value, self.desk.place
        lines = []
        if place is not None:
            here = load_words(session_load(book, meeting, place.day, place.session))
            day = short_load(day_load(book, meeting, place.day))
            lines.append(f"{place.session.start:%H:%M} {here}   {place.day.date:%a} {day}")
        lines.append(long_load_words(meeting_load(book, meeting)))
        self.query_one("#planning-load", Line).show("\n".join(lines))

    @property
    def request_here(self) -> Request | None:
        """The request under the cursor."""
        key = self.requests.key_here
        return next((request for request in self.desk.value.requests if request.id == key), None)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_list is self.agenda and self.agenda.key_here:
            self.desk.go_to_item(self.agenda.key_here)
        self._tell()

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        if self.focused in (self.requests, self.agenda) and self.agenda.has_focus != self._in_agenda:
            self._in_agenda = self.agenda.has_focus
            self.unsay()
            self._tell()

    def show_item(self, item_id: str) -> None:
        """Put the cursor of the agenda on an item."""
        if self.desk.go_to_item(item_id):
            self.show()

    # -- keys -----------------------------------------------------------------------------------------------------

    def action_other_side(self) -> None:
        """Give the keys to the other side."""
        (self.requests if self._in_agenda else self.agenda).focus()

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        meeting, item, request = self.desk.meeting, self.desk.item, self.request_here
        if event.option_list is self.agenda:
            if item is not None:
                arranging.edit_item(self, item)
        elif meeting is not None and request is not None:
            place = self.desk.place
            session = place.session if place else next(meeting.sessions, None)
            if request.state is RequestState.SCHEDULED:
                self.show_item(request.item)
                self.say(f"{request.title} is in the agenda already: Tab goes there")
            elif request.state is RequestState.DROPPED:
                self.say(f"{request.title} was dropped: D reopens it")
            elif session is None:
                self.say("there is no session to add it to: Tab, then I inserts an item")
            else:
                row = [one.id for one in asked_of(self.desk.value, meeting).open]
                beside = row[row.index(request.id) + 1 :] if request.id in row else row
                asking.put_in(self, meeting, request, session.id, item.id if item else "")
                if beside:
                    self.requests.show(self.requests.rows, beside[0])

    def action_new(self) -> None:
        """Ask for a topic, and go to it."""
        asking.new_request(self, self._show_request)

    def _show_request(self, request: Request) -> None:
        self.requests.show(self.requests.rows, request.id)

    def action_insert(self) -> None:
        """Ask for a new item of the agenda."""
        arranging.insert_item(self)

    def action_break(self) -> None:
        """Put a break after the item under the cursor."""
        arranging.insert_break(self)

    def _here(
        self,
        on_item: Callable[[PlanningScreen, Item], None] | None,
        on_request: Callable[[PlanningScreen, Request], None] | None,
    ) -> None:
        """Do it to the row under the cursor; where that can't be, as it is for the other side (None), say so."""
        item, request = self.desk.item, self.request_here
        if self._in_agenda:
            if on_item is None or item is None:
                self.say(_TO_REQUESTS if on_item is None else _NO_ITEM)
            else:
                on_item(self, item)
        elif on_request is None or request is None:
            self.say(_TO_AGENDA if on_request is None else _NO_REQUEST)
        else:
            on_request(self, request)

    def action_edit(self) -> None:
        """Edit the request, or the item."""
        self._here(arranging.edit_item, asking.edit_request)

    def action_drop(self) -> None:
        """Drop the request, or take it up again; delete the item."""
        self._here(arranging.delete_item, asking.drop)

    def action_move(self, by: int) -> None:
        """Rank the request, or move the item."""
        meeting = self.desk.meeting
        if meeting is None:
            return

        def move(_: PlanningScreen, item: Item) -> None:
            if self.change(move_item(meeting.id, item, by)):
                self.show_item(item.id)
                after = self.desk.meeting
                if after is not None and (words := said_move(meeting, after, item)):
                    self.say(words)

        def rank(_: PlanningScreen, request: Request) -> None:
            self.change(rank_request(request, by, _beside(asked_of(self.desk.value, meeting), request)))

        self._here(move, rank)

    def action_split(self) -> None:
        """Split a part off the request; split the session before the item, or join it."""
        self._here(arranging.split_session, asking.split)

    def action_merge(self) -> None:
        """Merge the request with the one below it; move the item to another day."""
        self._here(arranging.move_item, PlanningScreen._merge)

    def _merge(self, request: Request) -> None:
        meeting = self.desk.meeting
        row = _beside(asked_of(self.desk.value, meeting), request) if meeting else ()
        index = [one.id for one in row].index(request.id) + 1 if request in row else len(row)
        if index < len(row):
            asking.merge(self, request, row[index])
        else:
            self.say(f"{request.title} is the last one: there is none below to merge it with")

    def action_later(self) -> None:
        """Keep the request for the next meeting, or take one up that was kept."""
        self._here(None, asking.keep)

    def action_link(self) -> None:
        """Say that the request is dealt with in the item under the cursor of the agenda."""
        meeting, item, request = self.desk.meeting, self.desk.item, self.request_here
        if request is None or item is None:
            self.say(_NO_REQUEST if request is None else _NO_ITEM)
        elif meeting is not None:
            asking.link(self, meeting, request, item)

    def action_arrange(self, what: str) -> None:
        """Ask for the people, turns or parts of the item."""
        self._here(arranging.WAYS[what], None)

    def action_lengthen(self, by: int) -> None:
        """Give the item more minutes, or fewer."""
        meeting = self.desk.meeting
        if meeting is None:
            return

        def give(_: PlanningScreen, item: Item) -> None:
            self.change(lengthen(meeting.id, item, by))

        self._here(give, None)


def _item_words(desk: Desk, meeting: Meeting) -> str:
    """The item under the cursor in full, what is wrong with it first."""
    place, item = desk.place, desk.item
    if place is None or item is None:
        return _NO_ITEM
    found = day_conflicts(desk.value, meeting, place.day)
    here = [one.words for one in found if one.session == place.session.id and one.item in ("", item.id)]
    asked = [one for one in desk.value.requests if one.item == item.id]
    from_words = "; ".join(f"asked as {one.title}, {estimate_words(one)}" for one in asked)
    about = "  ".join(filter(None, (item.title, from_words, inside_words(desk.value, item))))
    return "\n".join(filter(None, ("! " + "; ".join(here) if here else "", about)))


def _request_words(desk: Desk, meeting: Meeting, request: Request | None) -> str:
    """The request under the cursor in full."""
    if request is None:
        return _NO_REQUEST
    who = requester_words(desk.value, request)
    words = [request.title, f"asked by {who}" if who else "", _estimate(request), _became(meeting, request)]
    notes = " / ".join(line.strip() for line in request.notes.split("\n") if line.strip())
    return " · ".join(filter(None, words)) + (f"\n{notes}" if notes else "")


def _estimate(request: Request) -> str:
    """The estimate as typed, and what was read in it where that says more."""
    words = estimate_words(request)
    return f"{request.estimate} ({words})" if request.estimate and request.estimate != words else words


def _became(meeting: Meeting, request: Request) -> str:
    """What became of a request that is no longer open here."""
    place = place_of(meeting, request.item) if request.item else None
    if place is None:
        return "dropped" if request.state is RequestState.DROPPED else "" if request.meeting else "kept for next time"
    item: Item = place.item
    return f"in the agenda as {item.title}, {item.minutes} min" if item.minutes else f"in the agenda as {item.title}"


def _beside(asked: Asked, request: Request) -> tuple[Request, ...]:
    """The requests of the same kind, in their rank."""
    groups = (asked.open, asked.kept, asked.scheduled, asked.dropped)
    return next((group for group in groups if any(one.id == request.id for one in group)), ())
