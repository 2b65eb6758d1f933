"""The meetings of the notebook, newest first, to choose one."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList

from dmlt_tui.meeting.actions import meeting_actions
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.rows import Row, Rows


class MeetingsScreen(ModalScreen[str | None]):
    """Enter gives the id of a meeting, Esc or q None."""

    DEFAULT_CSS = """
    MeetingsScreen { align: center middle; }
    MeetingsScreen > Vertical {
        width: 90%; max-width: 100; height: auto; max-height: 80%;
        background: $surface; border: solid $primary; padding: 0 1;
    }
    MeetingsScreen Rows {
        text-wrap: nowrap; text-overflow: ellipsis; height: auto; max-height: 16;
        border: none; padding: 0; background: transparent;
    }
    MeetingsScreen Line { color: $text-muted; }
    """
    BINDINGS = [("escape,q", "leave", "Back")]

    def __init__(self, notebook: Notebook, here: str) -> None:
        super().__init__()
        self._notebook = notebook
        self._here = here

    def compose(self) -> ComposeResult:
        """Rows, and the keys."""
        with Vertical():
            yield Rows()
            yield Line(id="meetings-keys")

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one("#meetings-keys", Line).show("Enter shows it   Esc back")
        meetings = sorted(self._notebook.meetings, key=lambda meeting: meeting.first_day or date.min, reverse=True)
        rows = []
        for meeting in meetings:
            undone = sum(not action.task.done for action in meeting_actions(self._notebook, meeting))
            day = f"{meeting.first_day}" if meeting.first_day else "no date   "
            rows.append(Row(Content(f"{day}  {undone:>3} open  {meeting.title}"), meeting.id))
        self.query_one(Rows).show(rows, self._here)
        self.set_focus(self.query_one(Rows))

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.dismiss(self.query_one(Rows).key_here or None)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)
