"""Commands that change what is shown, not what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.store.errors import StoreError
from dmlt_tui.tui.commands.base import NO_MEETING, Command
from dmlt_tui.tui.opening import OPEN_DEMO

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


class NextDay(Command):
    """Show the next day."""

    id = "next-day"
    keys = ("]",)
    panes = ("agenda",)

    def run(self, live: LiveScreen) -> None:
        """Show it."""
        live.show_day(1)


class PreviousDay(Command):
    """Show the day before."""

    id = "previous-day"
    keys = ("[",)
    panes = ("agenda",)

    def run(self, live: LiveScreen) -> None:
        """Show it."""
        live.show_day(-1)


class SwitchMeeting(Command):
    """Switch to another meeting of this notebook."""

    id = "meetings"
    keys = ("m",)

    def why_not(self, live: LiveScreen) -> str | None:
        """There must be one."""
        return None if live.desk.value.meetings else NO_MEETING

    def run(self, live: LiveScreen) -> None:
        """Show the list of meetings."""
        from dmlt_tui.tui.screens.meetings import MeetingsScreen

        def chosen(meeting_id: str | None) -> None:
            if meeting_id:
                live.show_meeting(meeting_id)

        here = live.desk.meeting.id if live.desk.meeting else ""
        live.app.push_screen(MeetingsScreen(live.desk.value, here), chosen)


class NextPane(Command):
    """Go to the next pane."""

    id = "next-pane"
    keys = ("tab",)

    def run(self, live: LiveScreen) -> None:
        """Go there."""
        live.panes.next(1)


class PreviousPane(Command):
    """Go to the pane before."""

    id = "previous-pane"
    keys = ("shift+tab",)

    def run(self, live: LiveScreen) -> None:
        """Go there."""
        live.panes.next(-1)


class GoToAgenda(Command):
    """Go to the agenda."""

    id = "agenda"
    keys = ("1",)

    def run(self, live: LiveScreen) -> None:
        """Go there."""
        live.set_focus(live.agenda.rows)


class GoToNotes(Command):
    """Go to the notes."""

    id = "notes"
    keys = ("2",)

    def run(self, live: LiveScreen) -> None:
        """Go there."""
        live.write_notes()


class GoToActions(Command):
    """Go to the actions of this meeting."""

    id = "actions"
    keys = ("3",)

    def run(self, live: LiveScreen) -> None:
        """Go there."""
        live.set_focus(live.actions.rows)


class ZoomPane(Command):
    """Give the pane you are in the whole screen; again to restore."""

    id = "zoom"
    keys = ("z",)

    def run(self, live: LiveScreen) -> None:
        """Zoom in or out."""
        live.panes.zoom()


class ShowPreparation(Command):
    """Show all pre-meeting notes of this item, when they don't fit in the pane."""

    id = "preparation"
    keys = ("w",)
    panes = ("notes",)

    def why_not(self, live: LiveScreen) -> str | None:
        """There must be something."""
        return None if live.notes.prepared else "this item has no pre-meeting notes"

    def run(self, live: LiveScreen) -> None:
        """Show it."""
        from textual.content import Content

        from dmlt_tui.tui.screens.text import TextScreen

        words = live.notes.prepared
        live.app.push_screen(TextScreen(lambda _: Content(words)))


class _Width(Command):
    by = 0

    def why_not(self, live: LiveScreen) -> str | None:
        """Not while one pane has it all."""
        return "one pane has the whole screen: z restores the others" if live.panes.zoomed else None

    def run(self, live: LiveScreen) -> None:
        """Change it; the width is remembered."""
        name, size = live.panes.widen(self.by)
        wide = name.endswith("width")
        live.say(f"{size} cells wide; {live.app.remember(name, size)}" if wide else f"{size} lines high")


class WiderPane(_Width):
    """Make the pane you are in wider, or taller where panes are stacked."""

    id = "wider"
    keys = (">",)
    by = 2


class NarrowerPane(_Width):
    """Make the pane you are in narrower, or shorter where panes are stacked."""

    id = "narrower"
    keys = ("<",)
    by = -2


class NextTheme(Command):
    """Switch to the next theme: dark, light, high contrast, the terminal's own 16 colours. It is remembered."""

    id = "theme"
    keys = ("C",)

    def run(self, live: LiveScreen) -> None:
        """Change them."""
        from dmlt_tui.tui import themes

        name = themes.after(live.app.theme)
        live.app.theme = name
        live.say(f"colours: {themes.said(name)}; {live.app.remember('theme', name)}")


class FollowAlong(Command):
    """Show the current item large, with its clock, notes and actions, for screen sharing; q goes back."""

    id = "follow"
    keys = ("f",)

    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting is needed."""
        return None if live.desk.meeting else NO_MEETING

    def run(self, live: LiveScreen) -> None:
        """Open the view."""
        from dmlt_tui.tui.screens.follow import FollowScreen

        live.end_burst()
        live.app.push_screen(FollowScreen(live.desk))


class CommandPalette(Command):
    """Find a command, meeting, item, person or action by name."""

    id = "palette"
    keys = (":",)

    def run(self, live: LiveScreen) -> None:
        """Open it."""
        live.app.action_command_palette()


class ShowHelp(Command):
    """Show what the keys do, first those of the pane you are in."""

    id = "help"
    keys = ("?",)
    hint = "help"

    def run(self, live: LiveScreen) -> None:
        """Open it."""
        from dmlt_tui.tui.manual import sections
        from dmlt_tui.tui.screens.help import help_text
        from dmlt_tui.tui.screens.text import TextScreen

        parts = tuple(sections(live.app.commands, live.panes.here, lambda command: command.why_not(live)))
        live.app.push_screen(TextScreen(lambda width: help_text(parts, width)))


class SaveNow(Command):
    """Save now and say so; not needed, as every edit is saved automatically."""

    id = "saved"
    keys = ("ctrl+s",)

    def run(self, live: LiveScreen) -> None:
        """Save now, and say so."""
        live.commit()
        try:
            live.desk.notebook.flush(turns=1)
        except StoreError as error:
            live.say(str(error))
        else:
            live.say("saved; every edit is saved automatically")


class OpenDemo(Command):
    """Leave this notebook for the demo, a private copy of a real meeting."""

    id = "demo"
    keys = ("%",)

    def why_not(self, live: LiveScreen) -> str | None:
        """Only from a notebook without meetings, so that nobody leaves a running one by one key."""
        return "this notebook has meetings; run dmlt-tui demo to open the demo" if live.desk.value.meetings else None

    def run(self, live: LiveScreen) -> None:
        """Leave for it."""
        live.app.leave(OPEN_DEMO)


class Suspend(Command):
    """Go back to the shell for a while, with everything saved; fg there brings the program back."""

    id = "suspend"
    keys = ("ctrl+z",)

    def why_not(self, live: LiveScreen) -> str | None:
        """Where no shell waits, nobody could bring it back."""
        return None if live.app.ending.can_stop else "no shell waits for this program: there is nothing to go back to"

    def run(self, live: LiveScreen) -> None:
        """Save and stop."""
        live.app.ending.stop()


class Quit(Command):
    """Quit; everything is saved."""

    id = "quit"
    keys = ("q",)
    hint = "quit"

    def run(self, live: LiveScreen) -> None:
        """Save and leave."""
        live.app.leave()
