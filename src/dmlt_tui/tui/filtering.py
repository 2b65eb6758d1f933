"""What the summary of actions asks to show fewer of them; the list follows what is typed."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from dmlt_tui.meeting.actions import NOBODY, Wanted
from dmlt_tui.meeting.directory import find_people
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.tui.question import Question

Show = Callable[[Wanted], int]  # shows what is wanted, and gives the number of actions


def text_question(wanted: Wanted, show: Show) -> Question:
    """Ask for words that must stand in the action or the titles of its item and meeting."""

    def explain(words: str) -> str:
        return f"actions found: {show(replace(wanted, text=words.strip()))}; empty for all"

    return Question("text", explain, lambda _: None, wanted.text, passing=True)


def owner_question(wanted: Wanted, notebook: Notebook, show: Show) -> Question:
    """Ask for a person."""

    def explain(words: str) -> str:
        people = find_people(notebook.people, words)
        owner = people[0].id if len(people) == 1 else words.strip() if words.strip() in {"", NOBODY} else None
        count = f", actions found: {show(replace(wanted, owner=owner))}" if owner is not None else "?"
        if people:
            return f"{' or '.join(person.name for person in people[:6])}{count}"
        return f"a name, handle or initials; {NOBODY} for nobody's, empty for everybody's"

    def answer(words: str) -> str | None:
        clear = words.strip() in {"", NOBODY} or len(find_people(notebook.people, words)) == 1
        return None if clear else explain(words)

    return Question("whose", explain, answer, passing=True)
