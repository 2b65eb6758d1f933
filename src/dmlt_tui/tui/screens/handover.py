"""The handover card: who gives the floor to whom, and the brief for the next moderator."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input

from dmlt_tui.meeting.directory import find_people, nobody_words
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.words import name_of
from dmlt_tui.notes.text import clean
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Asked, PromptInput

_LONGEST = 26  # lines of the brief
_AROUND = 6  # lines: two of the border, the headline, an empty one, the keys, the field


class Accepted(Struct, frozen=True):
    """What was accepted: the handle of the person who takes over, and a note left for them."""

    to: str
    note: str = ""


class HandoverScreen(ModalScreen[Accepted | None]):
    """Enter accepts; typing names somebody else, and leaves a note behind a semicolon; Esc gives None.

    `headline` says who gives to whom, for the handle of the one who takes over; `lines` are the brief; `command` is the
    id of the command that shows this card.
    """

    DEFAULT_CSS = """
    HandoverScreen { align: center middle; }
    HandoverScreen > Vertical {
        width: 92%; max-width: 90; height: auto; max-height: 92%;
        background: $surface; border: solid $primary; padding: 0 1;
    }
    HandoverScreen VerticalScroll { height: auto; margin-bottom: 1; }
    HandoverScreen #handover-title { text-style: bold; color: $text-primary; }
    HandoverScreen #handover-keys { color: $text-muted; }
    HandoverScreen Input { border: none; height: 1; padding: 0; }
    """
    BINDINGS = [
        ("escape", "refuse", "Not yet"),
        ("up", "scroll(-1)", "Up"),
        ("down", "scroll(1)", "Down"),
        ("pageup", "scroll(-10)", "Page up"),
        ("pagedown", "scroll(10)", "Page down"),
    ]

    def __init__(
        self, notebook: Notebook, to: str, headline: Callable[[str], str], lines: list[str], command: str
    ) -> None:
        super().__init__()
        self._command = command
        self._notebook = notebook
        self._planned = to
        self._headline = headline
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Headline, brief, field, keys."""
        with Vertical():
            yield Line(id="handover-title")
            with VerticalScroll(can_focus=False):
                yield Line(id="handover-card", tall=True)
            yield Line(id="handover-keys")
            yield PromptInput(Asked("hand over", command=self._command), "someone else; a note for them")

    def on_mount(self) -> None:
        """Fill the card."""
        self.query_one("#handover-card", Line).show("\n".join(self._lines))
        self._explain("")
        self.set_focus(self.query_one(PromptInput))

    def on_resize(self, event: events.Resize) -> None:
        """Leave room for the headline, the keys and the field, whatever the length of the brief."""
        self.query_one(VerticalScroll).styles.max_height = max(
            3, min(_LONGEST, event.size.height * 92 // 100 - _AROUND)
        )

    def _understand(self, words: str) -> Accepted | str:
        """What was typed: whom and which note, or a line on what is missing."""
        name, _, note = (part.strip() for part in clean(words).partition(";"))
        if not name:
            return Accepted(self._planned, note) if self._planned else "nobody is named: type who takes over"
        found = find_people(self._notebook.people, name)
        if len(found) == 1:
            return Accepted(found[0].id, note)
        if not found:
            return nobody_words(self._notebook.people, name)
        return f"{name}: {' or '.join(person.name for person in found[:4])}?"

    def _explain(self, words: str) -> None:
        meant = self._understand(words)
        if isinstance(meant, str):
            self.query_one("#handover-title", Line).show(self._headline(self._planned))
            self.query_one("#handover-keys", Line).show(f"{meant}   Esc: not yet")
            return
        self.query_one("#handover-title", Line).show(self._headline(meant.to))
        note = f", with the note: {meant.note}" if meant.note else ""
        who = name_of(self._notebook, meant.to)
        self.query_one("#handover-keys", Line).show(f"Enter: {who} takes over{note}   Esc: not yet")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._explain(event.value)

    @on(Input.Submitted)
    def _accept(self, event: Input.Submitted) -> None:
        meant = self._understand(event.value)
        if isinstance(meant, Accepted):
            self.dismiss(meant)

    def action_scroll(self, by: int) -> None:
        """Scroll the brief."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_refuse(self) -> None:
        """Go back; nothing happened."""
        self.dismiss(None)
