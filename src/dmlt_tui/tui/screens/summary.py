"""The open actions of all meetings, by due date."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.actions import Action, open_actions
from dmlt_tui.meeting.edits import EditError
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.panes.agenda import fit
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.rows import Row, Rows
from dmlt_tui.tui.words import names_of, short_day


class SummaryScreen(Screen[Action | None]):
    """Enter gives the action to jump to, Esc or q None; Space ticks; o shows the overdue ones only."""

    DEFAULT_CSS = """
    SummaryScreen Line { padding: 0 1; }
    SummaryScreen #summary-title { background: $primary; text-style: bold; }
    SummaryScreen #summary-keys { color: $text-muted; }
    SummaryScreen Rows { height: 1fr; border: none; padding: 0 1; background: transparent; }
    """
    BINDINGS = [
        ("space", "tick", "Done"),
        ("o", "overdue", "Overdue only"),
        ("u", "undo", "Undo"),
        ("escape,q", "leave", "Back"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._overdue_only = False
        self._actions: tuple[Action, ...] = ()

    def compose(self) -> ComposeResult:
        """Title, rows, keys."""
        yield Line(id="summary-title")
        yield Rows(id="summary-rows")
        yield Line(id="summary-whole", tall=True)
        yield Line(id="summary-keys")

    def on_mount(self) -> None:
        """Show them, once the width is known."""
        self.query_one(Rows).focus()
        keys = "Space done   Enter go to its notes   o overdue only / all   u undo   q back"
        self.query_one("#summary-keys", Line).show(keys)
        self.call_after_refresh(self._show)

    def on_resize(self) -> None:
        """Fit the rows to the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        today = self._desk.today()
        found = open_actions(self._desk.value)
        self._actions = tuple(action for action in found if not self._overdue_only or action.overdue(today))
        overdue = sum(action.overdue(today) for action in found)
        title = (
            f"{overdue} overdue actions of {len(found)} open" if self._overdue_only else f"{len(found)} open actions"
        )
        self.query_one("#summary-title", Line).show(f"{title} over all meetings, by due date ({overdue} overdue)")
        self.query_one(Rows).show(
            [Row(self._line(action), f"{action.meeting_id}/{action.id}") for action in self._actions]
        )

    def _line(self, action: Action) -> Content:
        today, task = self._desk.today(), action.task
        due = short_day(task.due, today) if task.due else "no date"
        late = "overdue" if action.overdue(today) else ""
        owners = names_of(self._desk.value, task.owners, ", ") if task.owners else "nobody"
        width = max(self.query_one(Rows).scrollable_content_region.width, 40)
        rest = width - 45
        return Content(
            f"{fit(due, late, 19)}  {fit(owners, '', 20)}  "
            f"{fit(task.text, '', rest * 2 // 3)}  {fit(action.meeting_title, '', rest - rest * 2 // 3)}"
        )

    @property
    def _here(self) -> Action | None:
        key = self.query_one(Rows).key_here
        return next((action for action in self._actions if f"{action.meeting_id}/{action.id}" == key), None)

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        action = self._here
        words = f"{action.task.text}\n{action.meeting_title}: {action.item_title}" if action else ""
        self.query_one("#summary-whole", Line).show(Content.styled(words, "dim"))

    @on(OptionList.OptionSelected)
    def _jump(self) -> None:
        self.dismiss(self._here)

    def action_tick(self) -> None:
        """Tick the action; it leaves the list, u brings it back."""
        action = self._here
        if action is None:
            return
        try:
            self._desk.notebook.change(edits.tick(action.meeting_id, action.item_id, action.task.line, done=True))
        except EditError as error:
            self.query_one("#summary-keys", Line).show(str(error))
            return
        self._show()
        self.query_one("#summary-keys", Line).show(f"done: {action.task.text[:50]}   u takes it back")

    def action_undo(self) -> None:
        """Undo the last change."""
        label = self._desk.notebook.undo()
        self._show()
        self.query_one("#summary-keys", Line).show(f"taken back: {label}" if label else "there is nothing to undo")

    def action_overdue(self) -> None:
        """Show only the overdue ones, or all again."""
        self._overdue_only = not self._overdue_only
        self._show()

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
