"""The bottom line that asks for one line of text, and shows while it is typed what was understood."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from dmlt_tui.tui.question import Question
from dmlt_tui.tui.widgets.line import Line

__all__ = ["Prompt", "PromptInput", "Question"]


class PromptInput(Input):
    """The field itself: no blink, and nothing typed in it is ever markup."""

    def __init__(self) -> None:
        super().__init__(id="prompt-input", compact=True, select_on_focus=False)
        self.cursor_blink = False


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
        self._before: Widget | None = None

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
        """Open a question and give it the keys; closed, it gives them back to where they were."""
        if not self.asking:
            self._before = self.screen.focused
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
        kept = self.has_focus_within
        self.remove_class("-asking")
        if kept and self._before is not None:
            self.screen.set_focus(self._before)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter was pressed."""
        event.stop()
        self.answer(event.value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what the words mean so far."""
        event.stop()
        if self._question is not None:
            self.query_one("#prompt-meaning", Line).show(self._question.explain(event.value))

    def answer(self, words: str) -> bool:
        """Give these words as the answer; False when they were refused, and the reason is shown."""
        question = self._question
        if question is None:
            return True
        refusal = question.answer(words)
        if refusal is not None:
            self.query_one("#prompt-meaning", Line).show(refusal)
            return False
        if self._question is question:  # an answer may have asked the next one
            self.close()
        return True
