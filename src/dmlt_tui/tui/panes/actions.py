"""The actions taken in the meeting shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from dmlt_tui.meeting.actions import Action
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.rows import Row, Rows
from dmlt_tui.tui.words import names_of, short_day


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


class ActionsPane(Vertical):
    """Actions to move in, tick and jump to."""

    class Entered(Message):
        """Enter was pressed on an action."""

        def __init__(self, action: Action) -> None:
            super().__init__()
            self.action = action

    def __init__(self) -> None:
        super().__init__(id="actions")
        self._actions: tuple[Action, ...] = ()

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
        return next((action for action in self._actions if action.id == self.rows.key_here), None)

    def show(self, notebook: Notebook, actions: Sequence[Action], today: date) -> None:
        """Show these actions."""
        self._actions = tuple(actions)
        undone = sum(not action.task.done for action in actions)
        words = f"Actions  {undone} open, {len(actions) - undone} done" if actions else "Actions  none yet: a takes one"
        self.query_one("#actions-title", Line).show(words)
        self.rows.show([Row(action_line(notebook, action, today), action.id) for action in actions])

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self.action_here is not None:
            self.post_message(self.Entered(self.action_here))
