"""What screens have in common that ask one line, and say what happened; and those of them over an open notebook."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from textual import getters, on
from textual.screen import Screen
from textual.timer import Timer

from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import KEYS_ASKING, Prompt, Question

R = TypeVar("R")
_MESSAGE_STAYS = 6.0  # seconds


class AskingScreen(Screen[R | None]):
    """A screen whose bottom line says which keys matter, those of a question while one is open.

    Subclasses compose a Prompt and `bottom`, and give `keys`.
    """

    DEFAULT_CSS = """
    AskingScreen > Line { padding: 0 1; }
    AskingScreen #board-keys { color: $text-muted; }
    """
    BINDINGS = [("q", "dismiss", "Back"), ("escape", "give_up", "Back")]

    prompt = getters.query_one(Prompt)

    def __init__(self) -> None:
        super().__init__()
        self._said: Timer | None = None
        self.bottom = Line(id="board-keys", tall=True)

    def keys(self) -> str:
        """The keys that matter now, while nothing is asked."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Show the keys; Textual calls the handlers of subclasses too."""
        self.unsay()

    def say(self, words: str) -> None:
        """Say something in the bottom line for a while."""
        if self._said is not None:
            self._said.stop()
        self.bottom.show(words)
        self._said = self.set_timer(_MESSAGE_STAYS, self.unsay)

    def unsay(self) -> None:
        """Show the keys in the bottom line."""
        if self._said is not None:
            self._said.stop()
            self._said = None
        self.bottom.show(KEYS_ASKING if self.prompt.asking else self.keys())

    def ask(self, question: Question) -> None:
        """Ask for one line; the keys go back to where they were."""
        self.prompt.ask(question)
        self.unsay()

    @on(Prompt.Closed)
    def _asked(self) -> None:
        if self._said is None:  # what the answer did is said first
            self.unsay()

    def action_give_up(self) -> None:
        """Close the prompt without an answer, else leave."""
        if self.prompt.asking:
            self.prompt.close()
        else:
            self.dismiss(None)


class BoardScreen(AskingScreen[R]):
    """A screen over an open notebook: it follows it and changes it. Subclasses give `show` and `keys`."""

    BINDINGS = [("u", "take_back", "Undo"), ("U,upper_u", "take_back(True)", "Redo")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: Notebook | None = None
        self._unwatch: Callable[[], None] = lambda: None

    def show(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Follow the notebook."""

        def told() -> None:  # perhaps from the saving thread
            self.call_later(self._follow)

        self._unwatch = self.desk.notebook.watch(told)

    def on_unmount(self) -> None:
        """Follow the notebook no longer."""
        self._unwatch()

    def _follow(self) -> None:
        if self.is_mounted and self.desk.value is not self._shown:
            self._shown = self.desk.value
            self.show()

    def change(self, edit: Edit) -> bool:
        """Make a change of the notebook; False, and the reason said, when it can't be made."""
        try:
            self.desk.notebook.change(edit)
        except EditError as error:
            self.prompt.refuse(str(error))
            self.say(str(error))
            return False
        self._shown = self.desk.value
        self.show()
        return True

    def action_take_back(self, again: bool = False) -> None:
        """Undo the last change of the notebook, or make it `again`."""
        words = self.desk.take_back(again=again)
        self.show()
        self.say(words)
