"""A text editor made for minutes: lists continue and nest by themselves."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from dmlt_tui.notes import editing


def _location(text: str, index: int) -> tuple[int, int]:
    """Row and column of a place in a text."""
    return text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1)


class Editor(TextArea):
    """A TextArea whose Enter, Tab and Shift+Tab know lists. Undo is left to the notebook."""

    # A fixed scrollbar track avoids Textual#6686 (undo after a long paste crashes while the scrollbar comes and goes).
    DEFAULT_CSS = """
    Editor { border: none; padding: 0; overflow-y: scroll; scrollbar-size-vertical: 1; }
    Editor:focus { border: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__("", soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False, id=id, compact=True)
        self.cursor_blink = False

    class TakeBack(Message):
        """Undo was asked for, or (`again`) redo."""

        def __init__(self, *, again: bool) -> None:
            super().__init__()
            self.again = again

    def action_undo(self) -> None:
        """Leave undo to the notebook, which undoes everything and not only this text."""
        self.post_message(self.TakeBack(again=False))

    def action_redo(self) -> None:
        """Leave redo to the notebook."""
        self.post_message(self.TakeBack(again=True))

    def show(self, text: str) -> None:
        """Make `text` what stands here, changing only what differs so that cursor and scroll stay with their words."""
        old = self.text
        if old == text:
            return
        head = 0
        for mine, theirs in zip(old, text, strict=False):
            if mine != theirs:
                break
            head += 1
        tail = 0
        while tail < min(len(old), len(text)) - head and old[-1 - tail] == text[-1 - tail]:
            tail += 1
        end = len(old) - tail
        self.replace(text[head : len(text) - tail], _location(old, head), _location(old, end))

    def apply(self, change: editing.Change | None) -> bool:
        """Make a change of the notes language; False when there is none to make."""
        if change is None:
            return False
        self.replace(change.insert, change.start, change.end, maintain_selection_offset=False)
        self.move_cursor(change.cursor)
        return True

    def _lines(self) -> list[str]:
        return self.text.split("\n")

    async def _on_key(self, event: events.Key) -> None:
        row, column = self.cursor_location
        done = False
        if event.key == "enter" and self.selection.is_empty:
            done = self.apply(editing.new_line(self._lines(), row, column))
        elif event.key in ("tab", "shift+tab"):
            first, last = sorted((self.selection.start[0], self.selection.end[0]))
            self.apply(editing.nest(self._lines(), first, last, 1 if event.key == "tab" else -1, (row, column)))
            done = True
        if done:
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)
        if event.character == " " and self.selection.is_empty:
            row, column = self.cursor_location
            self.apply(editing.expand_shorthand(self._lines()[row], row, column))
