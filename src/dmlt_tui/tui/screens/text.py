"""A text over the screen, to be read and closed."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from dmlt_tui.tui.widgets.line import Line


class TextScreen(ModalScreen[None]):
    """Esc, q or ? closes it; arrows and PgUp PgDn scroll."""

    DEFAULT_CSS = """
    TextScreen { align: center middle; }
    TextScreen > Vertical { width: 95%; max-width: 110; height: 95%; background: $surface; border: solid $primary; }
    TextScreen VerticalScroll { height: 1fr; padding: 0 1; overflow-y: scroll; scrollbar-size-vertical: 1; }
    TextScreen #text-keys { color: $text-muted; padding: 0 1; }
    """
    BINDINGS = [
        ("escape,q,question_mark", "leave", "Close"),
        ("j", "scroll(1)", "Down"),
        ("k", "scroll(-1)", "Up"),
        ("g", "far('home')", "Top"),
        ("G,upper_g", "far('end')", "Bottom"),
    ]

    def __init__(self, write: Callable[[int], Content]) -> None:
        """`write` gives the text for a width in cells."""
        super().__init__()
        self._write = write

    def compose(self) -> ComposeResult:
        """The text in a scroller."""
        with Vertical():
            with VerticalScroll():
                yield Line(id="text-words", tall=True)
            yield Line(id="text-keys")

    def on_mount(self) -> None:
        """Give the text the keys."""
        self.query_one("#text-keys", Line).show("j k, PgUp PgDn, g G scroll   Esc closes")
        self.set_focus(self.query_one(VerticalScroll))

    @on(events.Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        self.query_one("#text-words", Line).show(self._write(max(width, 20)))

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_far(self, end: str) -> None:
        """Scroll to the top ("home") or the bottom ("end")."""
        scroller = self.query_one(VerticalScroll)
        scroller.scroll_home(animate=False) if end == "home" else scroller.scroll_end(animate=False)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
