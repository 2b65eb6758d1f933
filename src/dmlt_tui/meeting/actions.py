"""The actions of a notebook, read out of its notes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from dmlt_tui.meeting.model import Meeting, Notebook, Pattern
from dmlt_tui.notes.language import KeyPattern, survey
from dmlt_tui.notes.tree import Task


class ActionStatus(StrEnum):
    """Which actions a list shows."""

    OPEN = "open"
    DONE = "done"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Action:
    """A task with the place it was taken at. `day` is the first day of its meeting."""

    meeting_id: str
    meeting_title: str
    day: date | None
    item_id: str
    item_title: str
    task: Task

    @property
    def id(self) -> str:
        """A name for the action while its note stays as it is: item id and line, counted from 1."""
        return f"{self.item_id}:{self.task.line + 1}"

    def overdue(self, today: date) -> bool:
        """Whether it is open and its due date has passed."""
        return not self.task.done and self.task.due is not None and self.task.due < today


@lru_cache(maxsize=16)
def _key_patterns(patterns: tuple[Pattern, ...]) -> tuple[KeyPattern, ...]:
    found = []
    for pattern in patterns:
        with suppress(ValueError):
            found.append(KeyPattern(pattern.regex, pattern.kind, pattern.address))
    return tuple(found)


def key_patterns(notebook: Notebook) -> tuple[KeyPattern, ...]:
    """The notebook's patterns as the language of notes takes them.

    One that can't be used finds nothing; meeting/findings.py says what is wrong with it.
    """
    return _key_patterns(notebook.patterns)


def meeting_actions(notebook: Notebook, meeting: Meeting) -> Iterator[Action]:
    """The actions of one meeting, in the order of its agenda and notes."""
    patterns = key_patterns(notebook)
    for item in meeting.items:
        if item.notes:
            for task in survey(item.notes, patterns).tasks:
                yield Action(meeting.id, meeting.title, meeting.first_day, item.id, item.title, task)


def all_actions(notebook: Notebook) -> tuple[Action, ...]:
    """The actions of all meetings, in the order of the file."""
    return tuple(action for meeting in notebook.meetings for action in meeting_actions(notebook, meeting))


def open_actions(notebook: Notebook) -> tuple[Action, ...]:
    """The open actions of all meetings, by due date."""
    return by_due_date(action for action in all_actions(notebook) if not action.task.done)


def with_status(actions: tuple[Action, ...], status: ActionStatus) -> tuple[Action, ...]:
    """Those that are open, done, or all."""
    if status is ActionStatus.ALL:
        return actions
    return tuple(action for action in actions if action.task.done is (status is ActionStatus.DONE))


def by_due_date(actions: Iterator[Action] | tuple[Action, ...]) -> tuple[Action, ...]:
    """Earliest first, those without a date last; otherwise in the order given."""
    return tuple(sorted(actions, key=lambda action: action.task.due or date.max))
