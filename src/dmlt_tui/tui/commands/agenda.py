"""Commands that arrange the agenda. Those on rows act on actions too, where an action is under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.tui.commands.base import Command, lacks_item

if TYPE_CHECKING:
    from dmlt_tui.meeting.actions import Action
    from dmlt_tui.meeting.model import Item
    from dmlt_tui.tui.screens.live import LiveScreen


def action_under_cursor(live: LiveScreen) -> Action | None:
    """The action the cursor is on, None while another pane has the keys."""
    return live.actions.action_here if live.actions.rows.has_focus else None


class _OnRow(Command):
    in_text = False

    def why_not(self, live: LiveScreen) -> str | None:
        """A row must be there."""
        return None if action_under_cursor(live) else lacks_item(live)

    def run(self, live: LiveScreen) -> None:
        """Do it to the action or the item under the cursor."""
        action, item = action_under_cursor(live), live.desk.item
        if action is not None:
            self.on_action(live, action)
        elif item is not None:
            self.on_item(live, item)

    def on_action(self, live: LiveScreen, action: Action) -> None:
        """Do it to an action."""
        raise NotImplementedError

    def on_item(self, live: LiveScreen, item: Item) -> None:
        """Do it to an item of the agenda."""
        raise NotImplementedError


class EditItem(_OnRow):
    """Edit this agenda item (title; minutes; coordinators; start; guests) or this action in one line."""

    id = "edit"
    keys = ("e",)
    panes = ("agenda", "actions")

    def on_action(self, live: LiveScreen, action: Action) -> None:
        """Ask for its words."""
        from dmlt_tui.tui import rewriting

        rewriting.edit(live, action)

    def on_item(self, live: LiveScreen, item: Item) -> None:
        """Ask for its facts."""
        from dmlt_tui.tui import arranging

        arranging.edit_item(live, item)


class AssignPeople(_OnRow):
    """Set who coordinates this item, moderates its session and takes its notes; or who owns this action."""

    id = "assign"
    keys = ("A",)
    panes = ("agenda", "actions")

    def on_action(self, live: LiveScreen, action: Action) -> None:
        """Ask who."""
        from dmlt_tui.tui import rewriting

        rewriting.assign(live, action)

    def on_item(self, live: LiveScreen, item: Item) -> None:
        """Ask who."""
        from dmlt_tui.tui import arranging

        arranging.assign_item(live, item)


class DeleteItem(_OnRow):
    """Delete this agenda item, or the line of this action; u undoes it."""

    id = "delete"
    keys = ("D",)
    panes = ("agenda", "actions")

    def on_action(self, live: LiveScreen, action: Action) -> None:
        """Take its line out."""
        from dmlt_tui.tui import rewriting

        rewriting.delete(live, action)

    def on_item(self, live: LiveScreen, item: Item) -> None:
        """Take it out."""
        from dmlt_tui.tui import arranging

        arranging.delete_item(live, item)


class InsertItem(Command):
    """Insert a new agenda item after this one."""

    id = "insert"
    keys = ("I",)
    panes = ("agenda",)
    in_text = False

    def why_not(self, live: LiveScreen) -> str | None:
        """A day is needed."""
        return None if live.desk.day else "there is no day to add an item to: N plans a meeting"

    def run(self, live: LiveScreen) -> None:
        """Ask for it."""
        from dmlt_tui.tui import arranging

        arranging.insert_item(live)


class _OnItem(Command):
    in_text = False

    def why_not(self, live: LiveScreen) -> str | None:
        """An item must be shown."""
        return lacks_item(live)


class SplitSession(_OnItem):
    """Start a new session with this item; on the first item of a session, join it with the one before."""

    id = "split-session"
    keys = ("S",)
    panes = ("agenda",)

    def run(self, live: LiveScreen) -> None:
        """Split, or join."""
        from dmlt_tui.tui import arranging

        if live.desk.item is not None:
            arranging.split_session(live, live.desk.item)


class MoveToDay(_OnItem):
    """Move this item to another day or session: 2, or 2.3 for the third session of day 2."""

    id = "move-to"
    keys = ("M",)
    panes = ("agenda",)

    def run(self, live: LiveScreen) -> None:
        """Ask where to."""
        from dmlt_tui.tui import arranging

        if live.desk.item is not None:
            arranging.move_item(live, live.desk.item)


class RoundOfTurns(_OnItem):
    """Make this item a round of turns, or reorder its turns: reversed, shuffled, rotated from last time."""

    id = "turns"
    keys = ("O",)
    panes = ("agenda",)

    def run(self, live: LiveScreen) -> None:
        """Ask for the turns."""
        from dmlt_tui.tui import arranging

        if live.desk.item is not None:
            arranging.edit_turns(live, live.desk.item)


class PartsOfItem(_OnItem):
    """Split this item into parts with their own times and guests: 9:30 30 programmatic discussion (Bob Blum)."""

    id = "parts"
    keys = ("P",)
    panes = ("agenda",)

    def run(self, live: LiveScreen) -> None:
        """Ask for the parts."""
        from dmlt_tui.tui import arranging

        if live.desk.item is not None:
            arranging.edit_parts(live, live.desk.item)
