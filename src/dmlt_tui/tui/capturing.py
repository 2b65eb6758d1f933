"""The question for an action in one's own words: for a new one, for one to be edited, for one made of a loose end.

And what writes a line that was asked for under the item shown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from dmlt_tui.meeting import edits
from dmlt_tui.tui.question import Question

if TYPE_CHECKING:
    from dmlt_tui.meeting.capture import ActionWords
    from dmlt_tui.tui.desk import Desk
    from dmlt_tui.tui.screens.live import LiveScreen


def action_question(
    desk: Desk,
    take: Callable[[ActionWords], str | None],
    begin: str = "",
    idle: str = "",
    command: str = "",
) -> Question:
    """Ask for an action; `take` is given what was understood, once that is clear and says what is to be done.

    It gives a line on what is wrong, or None. `command` is the one that asks the same again, see Question.

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
        return take(found)

    return Question("action", explain, answer, begin, ways=lambda words: understand(words).ways, command=command)


class AddLine(Protocol):
    """Writes a line into the notes and then says `said`; gives a line on what is wrong, or None."""

    def __call__(self, line: str, said: str = "") -> str | None:
        """Write it."""


def adding_line(live: LiveScreen, label: str) -> AddLine:
    """Give what writes lines under the item shown; `label` is what undo calls it.

    Where somebody deleted that item meanwhile, it says so first, and where the line goes when it is told again.
    """
    asked = live.desk.item

    def add(line: str, said: str = "") -> str | None:
        nonlocal asked
        meeting, item = live.desk.meeting, live.desk.item
        if meeting is None or item is None:
            return "there is no item to write to any more"
        if asked is not None and item.id != asked.id:
            gone, asked = asked, item
            return f"{gone.title!r} was deleted by somebody else: Enter again writes it under {item.title!r}"
        live.end_burst()
        editor = live.notes.editor
        at_its_place = editor.is_behind_all
        if live.change(edits.add_note_line(meeting.id, item, line, label)):
            if at_its_place:
                editor.write_on(editor.document.line_count - 1)
            if said:
                live.say(said)
        return None

    return add
