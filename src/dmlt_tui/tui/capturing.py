"""The question for an action in one's own words: for a new one, for one to be edited, for one made of a loose end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from dmlt_tui.tui.question import Question

if TYPE_CHECKING:
    from dmlt_tui.meeting.capture import ActionWords
    from dmlt_tui.tui.desk import Desk


def action_question(desk: Desk, take: Callable[[ActionWords], None], begin: str = "", idle: str = "") -> Question:
    """Ask for an action; `take` is given what was understood, once that is clear and says what is to be done.

    The field begins with the words `begin`. With `idle`, a line that is shown as long as nothing else is typed, these
    are no answer yet.
    """

    def understand(words: str) -> ActionWords:
        from dmlt_tui.meeting.capture import understand_action

        return understand_action(words, desk.value.people, desk.today())

    def explain(words: str) -> str:
        if idle and words.strip() == begin:
            return idle
        found = understand(words)
        return f"{found.explanation}   Tab chooses" if found.ways else found.explanation

    def answer(words: str) -> str | None:
        if not words.strip() or (idle and words.strip() == begin):
            return None
        found = understand(words)
        if found.refusal:
            return explain(words)
        take(found)
        return None

    return Question("action", explain, answer, begin, ways=lambda words: understand(words).ways)
