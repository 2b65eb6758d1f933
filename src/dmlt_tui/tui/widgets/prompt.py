"""The bottom line that asks for one line of text, and shows while it is typed what was understood."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from dmlt_tui.notes.text import JOINERS, clean
from dmlt_tui.tui.question import Question
from dmlt_tui.tui.widgets.line import Line

__all__ = ["Prompt", "PromptInput", "Question"]


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

    async def _on_key(self, event: events.Key) -> None:
        await super()._on_key(event)
        if event.character in JOINERS:
            self.insert_text_at_cursor(event.character)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        text = clean(event.text).strip("\n")
        if "\n" in text:
            self.post_message(self.Pasted(text))
        else:
            self.insert_text_at_cursor(text)


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

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self._question: Question | None = None
        self._before: Widget | None = None
        self._ways: Sequence[str] = ()

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

    @property
    def half_typed(self) -> str:
        """What was typed into the open question so far, where it is more than what stood there; else empty."""
        words = self.query_one(PromptInput).value.strip() if self._question is not None else ""
        return "" if self._question is None or words == self._question.text.strip() else words

    def ask(self, question: Question) -> None:
        """Open a question and give it the keys; closed, it gives them back to where they were."""
        if not self.asking:
            self._before = self.screen.focused
        self._question = question
        self._ways = ()
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

    def action_next_way(self, by: int) -> None:
        """Put the next way the words can be meant (or the one before) into the field."""
        field = self.query_one(PromptInput)
        if field.value in self._ways:
            following = self._ways.index(field.value) + by
        else:
            self._ways = self._question.ways(field.value) if self._question else ()
            following = 0
        if self._ways:
            field.value = self._ways[following % len(self._ways)]
            field.cursor_position = len(field.value)

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
