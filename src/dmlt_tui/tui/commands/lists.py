"""Commands on rows of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.meeting import edits
from dmlt_tui.tui.commands.base import Command

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


class OpenActions(Command):
    """All open actions of all meetings by due date; again: only those that are overdue."""

    id = "open-actions"
    keys = ("o",)
    hint = "open"

    def run(self, live: LiveScreen) -> None:
        """Show the summary; jump where Enter was pressed."""
        from dmlt_tui.meeting.actions import Action
        from dmlt_tui.tui.screens.summary import SummaryScreen

        def chosen(action: Action | None) -> None:
            live.refresh_all()
            if action is not None:
                live.go_to(action)

        live.app.push_screen(SummaryScreen(live.desk), chosen)


class TickRow(Command):
    """Tick the action, or mark the item of the agenda as discussed; again takes it back."""

    id = "tick"
    keys = ("space",)
    in_text = False

    def run(self, live: LiveScreen) -> None:
        """Tick what the cursor is on."""
        meeting, item = live.desk.meeting, live.desk.item
        action = live.actions.action_here if live.actions.rows.has_focus else None
        if action is not None:
            live.change(edits.tick(action.meeting_id, action.item_id, action.task.line, done=not action.task.done))
        elif meeting is not None and item is not None:
            live.change(edits.set_done(meeting.id, item, done=not item.done))


class _MoveItem(Command):
    by = 0
    in_text = False

    def why_not(self, live: LiveScreen) -> str | None:
        """Only on the agenda."""
        if live.desk.item is None:
            return "there is no item to move"
        return None if live.agenda.rows.has_focus else "only items of the agenda can be moved: 1 goes there"

    def run(self, live: LiveScreen) -> None:
        """Move it."""
        meeting, item = live.desk.meeting, live.desk.item
        if meeting is not None and item is not None:
            live.change(edits.move_item(meeting.id, item, self.by))


class MoveItemUp(_MoveItem):
    """Move this item of the agenda up in its session."""

    id = "move-up"
    keys = ("K",)
    by = -1


class MoveItemDown(_MoveItem):
    """Move this item of the agenda down in its session."""

    id = "move-down"
    keys = ("J",)
    by = 1
