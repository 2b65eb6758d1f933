"""What the keys do, made from the commands themselves: those of the pane one is in come first."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from dmlt_tui.tui.manual import Section, hanging
from dmlt_tui.tui.widgets.line import Line


def help_text(sections: Sequence[Section], width: int) -> Content:
    """Each section in lines of at most `width` cells; what can't be done just now is dimmed, and says why."""
    parts: list[Content] = []
    for section in sections:
        parts.append(Content.styled(section.title, "bold underline"))
        for row in section.rows:
            look = "dim" if row.refusal else ""
            parts += [Content.styled(line, look) for line in hanging(row, width)]
        parts.append(Content(""))
    return Content("\n").join(parts[:-1])


class HelpScreen(ModalScreen[None]):
    """Esc, q or ? closes it; arrows and PgUp PgDn scroll."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical { width: 95%; max-width: 110; height: 95%; background: $surface; border: solid $primary; }
    HelpScreen VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    HelpScreen #help-keys { color: $text-muted; padding: 0 1; }
    """
    BINDINGS = [
        ("escape,q,question_mark", "leave", "Close"),
        ("j", "scroll(1)", "Down"),
        ("k", "scroll(-1)", "Up"),
        ("g", "far('home')", "Top"),
        ("G,upper_g", "far('end')", "Bottom"),
    ]

    def __init__(self, sections: Sequence[Section]) -> None:
        super().__init__()
        self._sections = tuple(sections)

    def compose(self) -> ComposeResult:
        """The text in a scroller."""
        with Vertical():
            with VerticalScroll():
                yield Line(id="help-text", tall=True)
            yield Line(id="help-keys")

    def on_mount(self) -> None:
        """Give the text the keys."""
        self.query_one("#help-keys", Line).show("j k, PgUp PgDn, g G scroll   Esc closes")
        self.set_focus(self.query_one(VerticalScroll))

    @on(events.Resize)
    def _resized(self) -> None:
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        width = self.query_one(VerticalScroll).scrollable_content_region.width
        self.query_one("#help-text", Line).show(help_text(self._sections, max(width, 20)))

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
