"""The banner that says why the notebook is not saved: on top of whatever screen is shown, for as long as it is so."""

from __future__ import annotations

from pathlib import Path

from textual.screen import Screen

from dmlt_tui.store.notebook import SaveKind, SaveState
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.words import trouble


class Trouble(Line):
    """What is wrong, and where typing is kept meanwhile."""

    DEFAULT_CSS = """
    Trouble { dock: top; max-height: 3; padding: 0 1; background: $error; color: $text; text-style: bold; }
    """


def show_trouble(screen: Screen[object], path: Path, state: SaveState) -> None:
    """Have a screen say what keeps the notebook at `path` from being saved, or no longer."""
    words = trouble(state.message, path) if state.kind is SaveKind.FAILED else ""
    banner = next((child for child in screen.children if isinstance(child, Trouble)), None)
    if banner is None:
        if not words:
            return
        banner = Trouble(tall=True)
        screen.mount(banner)
    if words:
        banner.show(words)
    else:
        banner.remove()
