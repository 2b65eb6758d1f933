"""Commands that put a part of the page on the clipboard, and always into a file too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.tui.commands.base import Command

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


class CopyItem(Command):
    """Copy this item as a wiki page (Confluence storage format) to the clipboard and a file."""

    id = "copy-item"
    keys = ("y y",)

    def why_not(self, live: LiveScreen) -> str | None:
        """An item must be shown."""
        return None if live.desk.item else "there is no item to copy"

    def run(self, live: LiveScreen) -> None:
        """Copy it."""
        from dmlt_tui.page.compose import Part, Scope
        from dmlt_tui.tui.copying import copy_page

        if live.desk.item is not None:
            copy_page(live, Scope(Part.ITEM, live.desk.item.id))


class CopyDay(Command):
    """Copy this day as a wiki page (Confluence storage format) to the clipboard and a file."""

    id = "copy-day"
    keys = ("y d",)
    hint = "copy day"

    def why_not(self, live: LiveScreen) -> str | None:
        """A day must be shown."""
        return None if live.desk.day else "there is no day to copy"

    def run(self, live: LiveScreen) -> None:
        """Copy it."""
        from dmlt_tui.page.compose import Part, Scope
        from dmlt_tui.tui.copying import copy_page

        if live.desk.day is not None:
            copy_page(live, Scope(Part.DAY, live.desk.day.id))
