"""What screens with one list of the notebook have in common: title, rows, the row in full, a prompt, the keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from msgspec import Struct
from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer

from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Prompt, Question
from dmlt_tui.tui.widgets.sheet import Sheet

R = TypeVar("R")
_MESSAGE_STAYS = 6.0  # seconds


class ListRow(Struct, frozen=True):
    """A row: its key (empty for a heading), what it says in a number of cells, and what it says in full below."""

    key: str
    draw: Callable[[int], Content | str]
    whole: str = ""


def heading(words: str) -> ListRow:
    """A row that can't be chosen, above those it is about."""
    return ListRow("", lambda _: words)


class ListScreen(Screen[R | None]):
    """A list over an open notebook that follows its changes. Subclasses give `title`, `rows` and `KEYS`."""

    KEYS = ""
    DEFAULT_CSS = """
    ListScreen Line { padding: 0 1; }
    ListScreen #list-title { background: $primary; text-style: bold; }
    ListScreen #list-whole { color: $text-muted; max-height: 5; }
    ListScreen #list-keys { color: $text-muted; }
    ListScreen Sheet { padding: 0 1; }
    """
    BINDINGS = [
        ("u", "take_back", "Undo"),
        ("U,upper_u", "take_back(True)", "Redo"),
        ("q", "leave", "Back"),
        ("escape", "give_up", "Back"),
    ]

    sheet = getters.query_one(Sheet)
    prompt = getters.query_one(Prompt)

    def __init__(self, desk: Desk, start: str | None = None) -> None:
        """`start` is the key of the row the cursor begins on."""
        super().__init__()
        self.desk = desk
        self._start = start
        self._rows: Sequence[ListRow] = ()
        self._shown: Notebook | None = None
        self._said: Timer | None = None
        self._unwatch: Callable[[], None] = lambda: None

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
        yield Line(id="list-keys", tall=True)

    def on_mount(self) -> None:
        """Show the list, and follow the notebook."""
        self.set_focus(self.sheet)
        self._unsay()

        def told() -> None:  # perhaps from the saving thread
            self.call_later(self._follow)

        self._unwatch = self.desk.notebook.watch(told)
        self.show()

    def on_unmount(self) -> None:
        """Follow the notebook no longer."""
        self._unwatch()

    def _follow(self) -> None:
        if self.is_mounted and self.desk.value is not self._shown:
            self.show()

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

    def say(self, words: str) -> None:
        """Say something in the bottom line for a while."""
        if self._said is not None:
            self._said.stop()
        self.query_one("#list-keys", Line).show(words)
        self._said = self.set_timer(_MESSAGE_STAYS, self._unsay)

    def _unsay(self) -> None:
        self.query_one("#list-keys", Line).show(self.KEYS)

    def change(self, edit: Edit) -> bool:
        """Make a change of the notebook; False, and the reason said, when it can't be made."""
        try:
            self.desk.notebook.change(edit)
        except EditError as error:
            self.prompt.refuse(str(error))
            self.say(str(error))
            return False
        self.show()
        self.say(f"{edit.label}   u undoes it")
        return True

    def action_take_back(self, again: bool = False) -> None:
        """Undo the last change of the notebook, or make it `again`."""
        words = self.desk.take_back(again=again)
        self.show()
        self.say(words)

    def ask(self, question: Question) -> None:
        """Ask for one line at the bottom."""
        self.prompt.ask(question)

    def action_leave(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_give_up(self) -> None:
        """Close the prompt without an answer, else leave."""
        if self.prompt.asking:
            self.prompt.close()
            self.set_focus(self.sheet)
        else:
            self.dismiss(None)
