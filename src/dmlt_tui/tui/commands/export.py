"""The command that opens the export screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.tui.commands.base import NO_MEETING, Command

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


class ExportPage(Command):
    """Export the meeting, or part of it: choose the format, preview it, then copy it or write a file."""

    id = "export"
    keys = ("x",)

    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting must be shown."""
        return None if live.desk.meeting else NO_MEETING

    def run(self, live: LiveScreen) -> None:
        """Show the screen; what was chosen for the clipboard goes there."""
        from dmlt_tui.tui.copying import copy_text
        from dmlt_tui.tui.screens.export import ExportScreen, Written

        def chosen(written: Written | None) -> None:
            if written is not None:
                copy_text(live, written.text, written.name)

        live.commit()
        live.app.push_screen(ExportScreen(live.desk, live.app.settings.wiki), chosen)
