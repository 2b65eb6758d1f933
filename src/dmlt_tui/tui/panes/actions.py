"""The actions of the item shown, of its meeting, or of all."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.words import names_of, short_day
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from dmlt_tui.meeting.actions import Action


def action_line(notebook: Notebook, action: Action, today: date) -> Content:
    """One action in a line: box, due date (with ! when overdue), owners, text."""
    task = action.task
    box = "[x]" if task.done else "[ ]"
    due = short_day(task.due, today) if task.due else "no date"
    late = "!" if action.overdue(today) else " "
    owners = names_of(notebook, task.owners, ", ") if task.owners else "nobody"
    line = Content(f"{box}{late}{due} · {owners} · {task.text}")
    if task.done:
        return line.stylize("dim")
    return line.stylize("$text-error", 3, 4) if late == "!" else line


class Scope(Enum):
    """Whose actions the pane shows."""

    MEETING = "meeting"
    ITEM = "item"
    ALL = "all"


_NEXT = {Scope.MEETING: Scope.ITEM, Scope.ITEM: Scope.ALL, Scope.ALL: Scope.MEETING}
_MOST = 200  # rows; the summary lists more
_SLICE = 0.008  # seconds of reading notes at a time, between which keys are answered
_PAUSE = 0.012
_OTHER_SCREEN = 0.5  # seconds between looks whether this screen is on top again


class ActionsPane(Vertical):
    """Actions to move in, tick, change and jump to. Beside that it reads the notes of all meetings bit by bit."""

    class Entered(Message):
        """Enter was pressed on an action."""

        def __init__(self, action: Action) -> None:
            super().__init__()
            self.action = action

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="actions")
        self._desk = desk
        self._scope = Scope.MEETING
        self._actions: tuple[Action, ...] = ()
        self._reading = False
        self._shown = False

    def compose(self) -> ComposeResult:
        """A title, and the rows."""
        yield Line(id="actions-title", classes="title")
        yield Rows(id="actions-rows")

    @property
    def rows(self) -> Rows:
        """The list inside."""
        return self.query_one("#actions-rows", Rows)

    @property
    def action_here(self) -> Action | None:
        """The highlighted action."""
        return next((action for action in self._actions if action.place == self.rows.key_here), None)

    def next_scope(self) -> None:
        """Show the actions of the item shown, then those of all meetings, then this meeting's again."""
        self._scope = _NEXT[self._scope]
        self.show()

    def show(self) -> None:
        """Show the actions as the notes have them now."""
        self._shown = True
        self._read_on()
        notebook, today = self._desk.value, self._desk.today()
        title, found = self._found(today)
        self._actions = tuple(found[:_MOST])
        self.query_one("#actions-title", Line).show(title)
        self.rows.show([Row(action_line(notebook, action, today), action.place) for action in self._actions])

    def _found(self, today: date) -> tuple[str, list[Action]]:
        """The title of the list, and its actions: open ones first, those of all meetings by due date."""
        from dmlt_tui.meeting.actions import by_due_date, meeting_actions

        desk = self._desk
        if self._scope is Scope.ALL:
            undone = [action for action in desk.ledger.actions(desk.value) if not action.task.done]
            late = sum(action.overdue(today) for action in undone)
            more = f", first {_MOST}" if len(undone) > _MOST else ""
            return f"All meetings  {len(undone)} open, {late} overdue{more}", list(by_due_date(tuple(undone)))
        name = "Actions" if self._scope is Scope.MEETING else "This item"
        item_id = desk.item.id if desk.item else ""
        found = list(meeting_actions(desk.value, desk.meeting)) if desk.meeting else []
        if self._scope is Scope.ITEM:
            found = [action for action in found if action.item_id == item_id]
        undone_here = sum(not action.task.done for action in found)
        none = "none yet: a adds one" if desk.item else "none yet"
        counts = f"{undone_here} open, {len(found) - undone_here} done" if found else none
        return f"{name}  {counts}", sorted(found, key=lambda action: action.task.done)

    def _read_on(self) -> None:
        if not self._reading and not self._desk.ledger.read(self._desk.value, _SLICE):
            self._reading = True
            self.set_timer(_PAUSE, self._read_more)

    def _read_more(self) -> None:
        self._reading = not self.screen.is_current
        if self._reading:  # the time belongs to another screen
            self.set_timer(_OTHER_SCREEN, self._read_more)
            return
        self._read_on()
        if self._scope is Scope.ALL and not self._reading:
            self.show()

    @on(events.DescendantFocus)
    def _has_keys(self) -> None:
        if not self._shown:  # the next key is meant for an action
            self.show()

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.action_here is not None:
            self.post_message(self.Entered(self.action_here))
