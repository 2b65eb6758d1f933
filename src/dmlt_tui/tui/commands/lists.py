"""Commands on rows of lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.meeting import edits
from dmlt_tui.tui.commands.base import Command

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


class OpenActions(Command):
    """Show the open actions of all meetings by due date; again: only the overdue ones."""

    id = "open-actions"
    keys = ("o",)
    panes = ("actions",)
    hint = "open actions"

    def run(self, live: LiveScreen) -> None:
        """Show the summary; jump where Enter was pressed."""
        from dmlt_tui.meeting.actions import Action
        from dmlt_tui.tui.screens.summary import SummaryScreen

        def chosen(action: Action | None) -> None:
            live.refresh_all()
            if action is not None:
                live.go_to(action.meeting_id, action.item_id, action.task.line)

        live.end_burst()
        live.app.push_screen(SummaryScreen(live.desk), chosen)


class FindWords(Command):
    """Search these notes and all meetings; Enter goes to the line."""

    id = "find"
    keys = ("/",)
    hint = "find"

    def run(self, live: LiveScreen) -> None:
        """Ask for the words and show where they stand."""
        from dmlt_tui.meeting.search import Hit
        from dmlt_tui.tui.screens.find import FindScreen

        def chosen(hit: Hit | None) -> None:
            if hit is not None:
                live.go_to(hit.meeting_id, hit.item_id, hit.line)

        live.commit()
        live.app.push_screen(FindScreen(live.desk), chosen)


class SwitchActions(Command):
    """Switch the actions pane between this meeting, this item and all meetings."""

    id = "actions-scope"
    keys = ("v",)
    panes = ("actions",)

    def run(self, live: LiveScreen) -> None:
        """Go on to the next."""
        live.actions.next_scope()


class TickOff(Command):
    """Tick the action, or mark the agenda item as discussed; again unticks it."""

    id = "tick"
    keys = ("space",)
    panes = ("agenda", "actions")
    in_text = False

    def run(self, live: LiveScreen) -> None:
        """Tick what the cursor is on."""
        from dmlt_tui.tui import rewriting

        meeting, item = live.desk.meeting, live.desk.item
        action = live.actions.action_here if live.actions.rows.has_focus else None
        if action is not None:
            rewriting.tick(live, action)
        elif meeting is not None and item is not None:
            live.change(edits.set_done(meeting.id, item, done=not item.done))


class DueDate(Command):
    """Set when this action is due: 2w, fri, 15 Jun, 2020-07-06, - for no date."""

    id = "due-date"
    keys = ("@",)
    panes = ("actions",)
    in_text = False

    def why_not(self, live: LiveScreen) -> str | None:
        """Only on an action."""
        here = live.actions.rows.has_focus and live.actions.action_here
        return None if here else "only an action has a due date: 3 goes to the actions"

    def run(self, live: LiveScreen) -> None:
        """Ask for the date."""
        from dmlt_tui.tui import rewriting

        if live.actions.action_here is not None:
            rewriting.redate(live, live.actions.action_here)


class _Move(Command):
    by = 0
    panes = ("agenda", "notes")

    def why_not(self, live: LiveScreen) -> str | None:
        """Only in the notes, and on the agenda."""
        if live.desk.item is None:
            return "there is no item to move"
        if live.notes.editor.has_focus or live.agenda.rows.has_focus:
            return None
        return "only lines of notes and agenda items can be moved: 1 goes to the agenda"

    def run(self, live: LiveScreen) -> None:
        """Move it."""
        from dmlt_tui.meeting.agenda_edits import move_item, said_move

        meeting, item = live.desk.meeting, live.desk.item
        if live.notes.editor.has_focus:
            if not live.notes.editor.move_line(self.by):
                live.say("this line can't move further")
        elif meeting is not None and item is not None and live.change(move_item(meeting.id, item, self.by)):
            live.show_item(item.id)
            if live.desk.meeting is not None and (words := said_move(meeting, live.desk.meeting, item)):
                live.say(words)


class MoveUp(_Move):
    """Move this line of notes with its children, or this agenda item, up."""

    id = "move-up"
    keys = ("K",)
    by = -1


class MoveDown(_Move):
    """Move this line of notes with its children, or this agenda item, down."""

    id = "move-down"
    keys = ("J",)
    by = 1
