"""The bottom line that asks for one line of text, and shows while it is typed what was understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input

from dmlt_tui.notes.text import clean
from dmlt_tui.tui.widgets.line import Line


@dataclass(frozen=True)
class Question:
    """What is asked: its `label`, the `text` to begin with, and two functions of the words typed.

    `explain` gives one line on what they mean; `answer` does what is to be done with them, and gives a line on what is
    wrong, or None when all is well. `pasted`, where there is one, takes what is pasted in several lines instead.
    """

    label: str
    explain: Callable[[str], str]
    answer: Callable[[str], str | None]
    text: str = ""
    pasted: Callable[[str], None] | None = None


class PromptInput(Input):
    """The field itself: no blink, nothing typed in it is ever markup, and nothing pasted is cut off."""

    class Pasted(Message):
        """Several lines were pasted."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self) -> None:
        super().__init__(id="prompt-input", compact=True, select_on_focus=False)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = clean(event.text).strip("\n")
        if "\n" in text:
            self.post_message(self.Pasted(text))
        else:
            self.insert_text_at_cursor(text)


class Prompt(Vertical):
    """Two lines: what was understood, and the field. Enter answers, Esc gives up; hidden while nothing is asked."""

    DEFAULT_CSS = """
    Prompt { height: 2; display: none; padding: 0 1; background: $surface; }
    Prompt.-asking { display: block; }
    Prompt Horizontal { height: 1; }
    Prompt #prompt-label { width: auto; margin: 0 1 0 0; text-style: bold; }
    Prompt PromptInput { width: 1fr; border: none; height: 1; padding: 0; background: transparent; }
    Prompt #prompt-meaning { color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        """The line of what was understood above the field."""
        yield Line(id="prompt-meaning")
        with Horizontal():
            yield Line(id="prompt-label")
            yield PromptInput()

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._question is not None

    def ask(self, question: Question) -> None:
        """Open a question and give it the keys."""
        self._question = question
        field = self.query_one(PromptInput)
        self.query_one("#prompt-label", Line).update(f"{question.label}:")
        field.value = question.text
        field.cursor_position = len(question.text)
        self.query_one("#prompt-meaning", Line).show(question.explain(question.text))
        self.add_class("-asking")
        self.screen.set_focus(field)

    def close(self) -> None:
        """Close the question without an answer."""
        self._question = None
        self.remove_class("-asking")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the words mean so far."""
        event.stop()
        if self._question is not None:
            self.query_one("#prompt-meaning", Line).show(self._question.explain(event.value))

    @on(PromptInput.Pasted)
    def _pasted(self, event: PromptInput.Pasted) -> None:
        event.stop()
        question = self._question
        if question is not None and question.pasted is not None:
            self.close()
            question.pasted(event.text)
        else:
            self.query_one(PromptInput).insert_text_at_cursor(" ".join(event.text.split()))

    def answer(self, words: str) -> bool:
        """Give these words as the answer; False when they were refused, and the reason is shown."""
        if self._question is None:
            return True
        refusal = self._question.answer(words)
        if refusal is not None:
            self.query_one("#prompt-meaning", Line).show(refusal)
            return False
        self.close()
        return True
