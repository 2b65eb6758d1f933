"""What can be done to an action from a list of them: each asks where it must, and changes the line in its notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Protocol

from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.actions import Action
from dmlt_tui.meeting.capture import ActionWords
from dmlt_tui.meeting.directory import HANDLE, find_people, nobody_words
from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.words import day_words, names_of
from dmlt_tui.notes.due import resolve
from dmlt_tui.notes.tasklines import task_line
from dmlt_tui.notes.tree import Task
from dmlt_tui.tui.capturing import action_question
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.question import Question

NONE = "-"  # typed for "nobody" and "no date"
_MOST_ASKED = 5  # people a name is asked to be
_AND = re.compile(r"\s*[,&/+;]\s*|\s+and\s+", re.IGNORECASE)


class Place(Protocol):
    """A screen with a list of actions: it can ask one line, make a change of the notebook, and say something."""

    @property
    def desk(self) -> Desk:
        """The open notebook."""

    def ask(self, question: Question) -> None:
        """Ask for one line at the bottom."""

    def change(self, edit: Edit) -> bool:
        """Make a change; False, and the reason said, when it can't be made."""

    def say(self, words: str) -> None:
        """Say something in the status line."""


def tick(at: Place, action: Action) -> None:
    """Tick it, or open it again."""
    done = not action.task.done
    if at.change(edits.tick(action.meeting_id, action.item_id, action.task, done=done)):
        at.say(f"{'done' if done else 'open again'}: {action.task.text[:50]}   u undoes it")


def delete(at: Place, action: Action) -> None:
    """Take its line out of the notes."""
    if at.change(edits.remove_action(action.meeting_id, action.item_id, action.task)):
        at.say(f"deleted: {action.task.text[:50]}   u undoes it")


def edit(at: Place, action: Action) -> None:
    """Ask for its words anew: owners, what is to be done and by when, as in quick capture."""
    task = action.task
    before = task_line(task.owners, task.text, task.due).removeprefix("- [ ] ")

    def take(found: ActionWords) -> None:
        _rewrite(at, action, replace(task, owners=found.owners, text=found.text, due=found.due))

    at.ask(action_question(at.desk, take, before, idle="Enter leaves it unchanged"))


def assign(at: Place, action: Action) -> None:
    """Ask who is to do it."""
    before = names_of(at.desk.value, action.task.owners, ", ") or "nobody"

    def explain(words: str) -> str:
        if not words.strip():
            return f"now: {before}   who? several with commas, {NONE} for nobody"
        found = read_owners(at.desk.value, words)
        if isinstance(found, str):
            return f"{found}   Tab chooses" if ways(words) else found
        return names_of(at.desk.value, found, ", ") or "nobody"

    def answer(words: str) -> str | None:
        found = read_owners(at.desk.value, words)
        if isinstance(found, str):
            return found
        if words.strip():
            _rewrite(at, action, replace(action.task, owners=found))
        return None

    def ways(words: str) -> tuple[str, ...]:
        for part in _AND.split(words.strip()):
            people = find_people(at.desk.value.people, part)
            if len(people) > 1:
                place = re.compile(rf"(?<![\w@]){re.escape(part)}(?!\w)")
                return tuple(place.sub(f"@{person.id}", words, count=1) for person in people[:_MOST_ASKED])
        return ()

    at.ask(Question("owner", explain, answer, ways=ways, passing=True))


def redate(at: Place, action: Action) -> None:
    """Ask when it is due."""
    before = day_words(action.task.due) if action.task.due else "no date"

    def explain(words: str) -> str:
        if not words.strip():
            return f"now: {before}   by when? 2w, fri, 15 Jun, 2020-07-06, {NONE} for no date"
        day = resolve(words, at.desk.today())
        return day_words(day) if day else "no date" if words.strip() == NONE else f"{words.strip()[:30]}: no date yet"

    def answer(words: str) -> str | None:
        day = resolve(words, at.desk.today())
        if words.strip() and day is None and words.strip() != NONE:
            return explain(words)
        if words.strip():
            _rewrite(at, action, replace(action.task, due=day))
        return None

    at.ask(Question("due", explain, answer, passing=True))


def _rewrite(at: Place, action: Action, wanted: Task) -> None:
    edit = edits.rewrite_action(
        action.meeting_id, action.item_id, action.task, owners=wanted.owners, text=wanted.text, due=wanted.due
    )
    if at.change(edit):
        at.say(f"{people_and_day(at.desk.value, wanted.owners, wanted.due)} · {wanted.text[:50]}   u undoes it")


def people_and_day(notebook: Notebook, owners: tuple[str, ...], due: date | None) -> str:
    """Who is to do something and by when, in words."""
    return f"{names_of(notebook, owners, ', ') or 'nobody'} · {day_words(due) if due else 'no date'}"


def read_owners(notebook: Notebook, words: str) -> tuple[str, ...] | str:
    """The handles of the people named, or a line on what is unclear."""
    handles: list[str] = []
    for part in _AND.split(words.strip()) if words.strip() != NONE else ():
        people = find_people(notebook.people, part)
        if len(people) > 1:
            return f"{part}: {' or '.join(person.name for person in people[:_MOST_ASKED])}?"
        if people:
            handles.append(people[0].id)
        elif part.startswith("@") and HANDLE.fullmatch(part[1:]):
            handles.append(part[1:])
        elif part:
            return nobody_words(notebook.people, part, new=True)
    return tuple(dict.fromkeys(handles))


WAYS: dict[str, Callable[[Place, Action], None]] = {
    "tick": tick,
    "edit": edit,
    "assign": assign,
    "redate": redate,
    "delete": delete,
}
