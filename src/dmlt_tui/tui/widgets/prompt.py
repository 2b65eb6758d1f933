"""The field for one line of text, and the bottom line that asks with it and shows what was understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from msgspec import Struct
from textual import events
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from dmlt_tui.notes.text import JOINERS, clean
from dmlt_tui.tui.question import Question
from dmlt_tui.tui.widgets.line import Line

__all__ = ["KEYS_ASKING", "Asked", "Prompt", "PromptInput", "Question"]

KEYS_ASKING = "Enter accepts  Esc cancels"


class Asked(Struct, frozen=True):
    """What a field asks for: its label, the text that stood there, the id of the command that asks the same again."""

    label: str
    text: str = ""
    command: str = ""


class PromptInput(Input):
    """The field itself: no blink, nothing typed in it is ever markup, and nothing pasted is cut off.

    `asked` is what is asked for, None while nothing is or what is typed is `passing` (see Question). What is half typed
    in such a field is kept (half_typed.py).
    `take_lines`, where there is one, takes what is pasted in several lines; else they become one.
    """

    def __init__(self, asked: Asked | None = None, placeholder: str = "") -> None:
        super().__init__(id="prompt-input", placeholder=placeholder, compact=True, select_on_focus=False)
        self.cursor_blink = False
        self.asked = asked
        self.take_lines: Callable[[str], None] | None = None

    @property
    def half_typed(self) -> str:
        """What stands there, where it is something else than what it began with; else empty."""
        words = self.value.strip()
        return "" if self.asked is None or not words or words == self.asked.text.strip() else self.value

    def write(self, words: str) -> None:
        """Let these words stand there, with the cursor behind them."""
        self.value = words
        self.cursor_position = len(words)

    def on_hide(self, event: events.Hide) -> None:
        """Keep the keys, as the notes do: who closes a question gives them away."""
        event.prevent_default()

    async def _on_key(self, event: events.Key) -> None:
        await super()._on_key(event)
        if event.character in JOINERS:
            self.insert_text_at_cursor(event.character)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = clean(event.text).strip("\n")
        if "\n" not in text:
            self.insert_text_at_cursor(text)
        elif self.take_lines is not None:
            self.take_lines(text)
        else:
            self.insert_text_at_cursor(" ".join(text.split()))


class Prompt(Vertical):
    """Two lines: what was understood, and the field. Enter answers, Esc gives up; hidden while nothing is asked.

    Where the words can be meant in several ways, Tab puts the next of them into the field. A question keeps the keys
    until it is answered, so that Tab goes nowhere else.
    """

    BINDINGS = [("tab", "next_way(1)", "Next way"), ("shift+tab", "next_way(-1)", "Previous way")]

    DEFAULT_CSS = """
    Prompt { height: 2; display: none; padding: 0 1; background: $surface; }
    Prompt.-asking { display: block; }
    Prompt Horizontal { height: 1; }
    Prompt #prompt-label { width: auto; margin: 0 1 0 0; text-style: bold; }
    Prompt PromptInput { width: 1fr; border: none; height: 1; padding: 0; background: transparent; }
    Prompt #prompt-meaning { color: $text-muted; }
    """

    class Closed(Message):
        """Nothing is asked any more."""

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self._meaning = Line(id="prompt-meaning")
        self._label = Line(id="prompt-label")
        self._field = PromptInput()
        self._question: Question | None = None
        self._before: Widget | None = None
        self._ways: Sequence[str] = ()
        self._refused = ""

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._question is not None

    def ask(self, question: Question) -> None:
        """Open a question and give it the keys; closed, it gives them back to where they were."""
        if not self.asking:
            self._before = self.screen.focused
        self._question = question
        self._ways = ()
        if not self.children:  # made for the first question: no start waits for what is not seen
            line = Horizontal()
            self.mount(self._meaning, line)
            line.mount(self._label, self._field)
        field = self._field
        self._label.update(f"{question.label}:")
        field.asked = None if question.passing else Asked(question.label, question.text, question.command)
        field.take_lines = None if question.pasted is None else partial(self._close_and, question.pasted)
        field.write(question.text)
        self._meaning.show(question.explain(question.text))
        self.add_class("-asking")
        self.screen.set_focus(field)

    def close(self) -> None:
        """Close the question without an answer."""
        self._question = self._field.asked = None
        kept = self.has_focus_within
        self.remove_class("-asking")
        if kept and self._before is not None:
            self.screen.set_focus(self._before)
        self.post_message(self.Closed())

    def _close_and(self, then: Callable[[str], None], text: str) -> None:
        self.close()
        then(text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter was pressed."""
        event.stop()
        self.answer(event.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the words mean so far."""
        event.stop()
        if self._question is not None:
            self._meaning.show(self._question.explain(event.value))

    def action_next_way(self, by: int) -> None:
        """Put the next way the words can be meant (or the one before) into the field."""
        field = self._field
        if field.value in self._ways:
            following = self._ways.index(field.value) + by
        else:
            self._ways = self._question.ways(field.value) if self._question else ()
            following = 0
        if self._ways:
            field.write(self._ways[following % len(self._ways)])

    def answer(self, words: str) -> bool:
        """Give these words as the answer; False when they were refused: they stay, and the reason is shown."""
        question = self._question
        if question is None:
            return True
        self._refused = ""
        refusal = question.answer(words) or self._refused or None
        if refusal is not None:
            self._meaning.show(refusal)
            return False
        if self._question is question:  # an answer may have asked the next one
            self.close()
        return True

    def refuse(self, why: str) -> None:
        """Tell, while an answer is dealt with, that the change it asks for can't be made."""
        self._refused = why
