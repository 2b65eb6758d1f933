"""What the keys do, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen

from dmlt_tui.tui.commands.base import Command
from dmlt_tui.tui.widgets.line import Line

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen

_INTRODUCTION = """\
GO: lists have the keys, and letters act. TYPE: every key types; the same letters act behind Ctrl+X (C-x).
i or Enter begins to type, Esc (or C-x C-x) comes back to GO.
In notes: Enter continues a list, on an empty bullet it outdents; Tab and Shift+Tab nest;
[] makes an action, !! a decision, ?? a question, >> a parked line, at the start of a line.
An action reads: - [ ] @handle what is to be done due:2020-07-06
In an action your own words will do: [] fritz engage with the LDF 2w   Enter writes out what the status line shows.
@ and the beginning of a ticket key offer names and keys: Tab takes the first, Down chooses, Esc closes the list.
Alt+Up and Alt+Down move a line with its children, as C-x K and C-x J do.
"""


def help_text(commands: Sequence[Command], live: LiveScreen | None) -> Content:
    """A line per command: keys, label, what it does; dimmed with the reason where it can't be done just now."""
    parts: list[Content] = [Content(_INTRODUCTION), Content("\n")]
    for command in commands:
        refusal = command.why_not(live) if live is not None else None
        keys = ", ".join(command.keys)
        line = Content.assemble((f"{keys:<10}", "bold"), (f"{command.label:<17}", "bold"), command.help)
        if refusal:
            line = Content.styled(f"{line.plain} (not now: {refusal})", "dim")
        parts += [line, Content("\n")]
    return Content("").join(parts)


class HelpScreen(ModalScreen[None]):
    """Esc, q or ? closes it; arrows and PgUp PgDn scroll."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical { width: 95%; max-width: 110; height: 95%; background: $surface; border: solid $primary; }
    HelpScreen VerticalScroll { height: 1fr; padding: 0 1; }
    HelpScreen #help-keys { color: $text-muted; padding: 0 1; }
    """
    BINDINGS = [
        ("escape,q,question_mark", "leave", "Close"),
        ("j", "scroll(1)", "Down"),
        ("k", "scroll(-1)", "Up"),
    ]

    def __init__(self, commands: Sequence[Command], live: LiveScreen | None) -> None:
        super().__init__()
        self._text = help_text(commands, live)

    def compose(self) -> ComposeResult:
        """The text in a scroller."""
        with Vertical():
            with VerticalScroll():
                yield Line(id="help-text", tall=True)
            yield Line(id="help-keys")

    def on_mount(self) -> None:
        """Fill it."""
        self.query_one("#help-text", Line).show(self._text)
        self.query_one("#help-keys", Line).show("j k, PgUp PgDn scroll   Esc closes")
        self.set_focus(self.query_one(VerticalScroll))

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
