"""The agenda of one day: sessions with their moderators, items with time, state and length."""

from __future__ import annotations

from datetime import datetime

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Session
from dmlt_tui.meeting.moderation import is_running, moderator_of, seconds_spent
from dmlt_tui.meeting.schedule import planned_minutes, session_starts
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.rows import Row, Rows
from dmlt_tui.tui.words import clock, name_of

_DONE, _RUNNING, _PAUSED = "✓", "▸", "‖"


def fit(left: str, right: str, width: int) -> str:
    """`left` cut with an ellipsis so that `right` stands at the right edge of `width` cells."""
    room = width - Content(right).cell_length - (1 if right else 0)
    return Content(left).truncate(max(room, 1), ellipsis=True, pad=True).plain + (f" {right}" if right else "")


def _length(session: Session, item: Item, now: datetime) -> str:
    minutes = planned_minutes(session, item)
    if item.done and item.spans:
        spent = seconds_spent(item, now) // 60
        return f"{spent}/{minutes}" if minutes is not None else str(spent)
    if item.kind is ItemKind.CLOSE:
        return "latest" if item.hard else ""
    if item.time_permitting:
        return "if time"
    return "" if minutes is None else str(minutes)


def agenda_rows(notebook: Notebook, meeting: Meeting, day: Day, width: int, now: datetime) -> list[Row]:
    """The rows of a day, `width` cells wide: a line per session with its moderator, then a line per item."""
    rows: list[Row] = []
    for session in day.sessions:
        moderator = moderator_of(meeting, session)
        name = name_of(notebook, moderator) if moderator else "no moderator"
        rows.append(Row(Content.styled(fit(f"{clock(session.start)} {name}", "", width), "bold")))
        starts = session_starts(session)
        for item in session.items:
            here = item.id == meeting.current
            sign = (_RUNNING if is_running(item) else _PAUSED) if here else (_DONE if item.done else " ")
            left = f"{sign} {clock(starts[item.id])} {item.title}"
            text = fit(left, _length(session, item, now), width)
            if here:
                content = Content.styled(text, "bold")
            elif item.done or item.kind is not ItemKind.TOPIC:
                content = Content.styled(text, "dim")
            else:
                content = Content(text)
            rows.append(Row(content, item.id))
    return rows


class AgendaPane(Vertical):
    """A day of the agenda to move in."""

    class Chosen(Message):
        """The cursor came to rest on an item."""

        def __init__(self, item_id: str) -> None:
            super().__init__()
            self.item_id = item_id

    class Entered(Message):
        """Enter was pressed on an item."""

    def __init__(self) -> None:
        super().__init__(id="agenda")
        self._value: tuple[Notebook, Meeting, Day, datetime] | None = None

    def compose(self) -> ComposeResult:
        """A title, and the rows."""
        yield Line(id="agenda-title", classes="title")
        yield Rows(id="agenda-rows")

    @property
    def rows(self) -> Rows:
        """The list inside."""
        return self.query_one("#agenda-rows", Rows)

    def show(self, notebook: Notebook, meeting: Meeting, day: Day, item_id: str, now: datetime) -> None:
        """Show a day, the cursor on the item with this id."""
        self._value = (notebook, meeting, day, now)
        number = meeting.days.index(day) + 1
        self.query_one("#agenda-title", Line).show(f"Agenda  {number}/{len(meeting.days)}  {day.date:%a %d %b}")
        rows = self.rows
        width = rows.scrollable_content_region.width
        if width:
            rows.show(agenda_rows(notebook, meeting, day, width, now), item_id)

    @on(events.Resize)
    def _refit(self) -> None:
        if self._value is not None:
            notebook, meeting, day, now = self._value
            self.call_after_refresh(self.show, notebook, meeting, day, self.rows.key_here, now)

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.rows.key_here:
            self.post_message(self.Chosen(self.rows.key_here))

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Entered())
