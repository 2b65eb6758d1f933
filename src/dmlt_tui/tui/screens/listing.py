"""What screens with one list of the notebook have in common: title, rows, the row in full, a prompt, the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct
from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content

from dmlt_tui.meeting.edits import Edit
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.screens.board import BoardScreen
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Prompt
from dmlt_tui.tui.widgets.sheet import Sheet

R = TypeVar("R")


class ListRow(Struct, frozen=True):
    """A row: its key (empty for a heading), what it says in a number of cells, and what it says in full below."""

    key: str
    draw: Callable[[int], Content | str]
    whole: str = ""


def heading(words: str) -> ListRow:
    """A row that can't be chosen, above those it is about."""
    return ListRow("", lambda _: words)


class ListScreen(BoardScreen[R]):
    """A list over an open notebook that follows its changes. Subclasses give `title_words`, `rows` and `KEYS`."""

    KEYS = ""
    DEFAULT_CSS = """
    ListScreen #list-title { background: $primary; text-style: bold; }
    ListScreen #list-whole { color: $text-muted; max-height: 5; }
    ListScreen Sheet { padding: 0 1; }
    """
    sheet = getters.query_one(Sheet)

    def __init__(self, desk: Desk, start: str | None = None) -> None:
        """`start` is the key of the row the cursor begins on."""
        super().__init__(desk)
        self._start = start
        self._rows: Sequence[ListRow] = ()

    def title_words(self) -> str:
        """The title."""
        raise NotImplementedError

    def rows(self) -> Sequence[ListRow]:
        """The rows as they are now."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """Title, rows, the row in full, prompt, keys."""
        yield Line(id="list-title")
        yield Sheet(id="list-rows")
        yield Line(id="list-whole", tall=True)
        yield Prompt()
        yield self.bottom

    def on_mount(self) -> None:
        """Show the list."""
        self.set_focus(self.sheet)
        self.show()

    def keys(self) -> str:
        """Those of the list."""
        return self.KEYS

    def show(self) -> None:
        """Show the rows anew."""
        self._shown = self.desk.value
        rows = self._rows = self.rows()
        self.query_one("#list-title", Line).show(self.title_words())

        def draw(index: int, width: int) -> Sequence[Content]:
            words = rows[index].draw(width)
            return (Content(words) if isinstance(words, str) else words,)

        self.sheet.show([row.key for row in rows], draw, key=self._start)
        self._start = None

    @on(Sheet.Moved)
    def _moved(self) -> None:
        key = self.sheet.key_here
        whole = next((row.whole for row in self._rows if row.key and row.key == key), "")
        self.query_one("#list-whole", Line).show(whole)

    def change(self, edit: Edit) -> bool:
        """Make a change of the notebook and say what it was; False, and the reason said, when it can't be made."""
        done = super().change(edit)
        if done:
            self.say(f"{edit.label}   u undoes it")
        return done
