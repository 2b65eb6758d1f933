"""A piece of plain text that repaints only when its words change."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Line(Static):
    """Text as it is, never markup. One line high unless `tall`, which lets it take the lines its words need."""

    DEFAULT_CSS = """
    Line { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    Line.-tall { height: auto; text-wrap: wrap; }
    """

    def __init__(self, *, tall: bool = False, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__("", markup=False, id=id, classes=classes)
        self.set_class(tall, "-tall")
        self._tall = tall
        self._shown = Content("")

    @property
    def words(self) -> str:
        """What stands there."""
        return self._shown.plain

    def show(self, words: str | Content) -> None:
        """Show these words; nothing is repainted when they stand there already."""
        content = Content(words) if isinstance(words, str) else words
        if content.plain != self._shown.plain or content.spans != self._shown.spans:
            self._shown = content
            self.update(content, layout=self._tall)
