"""The actions of a notebook, read out of its notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from msgspec import Struct

from dmlt_tui.meeting.model import Meeting, Notebook
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.notes.language import survey
from dmlt_tui.notes.patterns import LONGEST_CONTENT, KeyPattern, Sign, find
from dmlt_tui.notes.text import folded
from dmlt_tui.notes.tree import Task


class ActionStatus(StrEnum):
    """Which actions a list shows."""

    OPEN = "open"
    DONE = "done"
    ALL = "all"


class Action(Struct, frozen=True):
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

    @property
    def place(self) -> str:
        """Like `id`, and unique over all meetings even where two of them hold items with the same id."""
        return f"{self.meeting_id}/{self.id}"

    def overdue(self, today: date) -> bool:
        """Whether it is open and its due date has passed."""
        return not self.task.done and self.task.due is not None and self.task.due < today


def meeting_actions(notebook: Notebook, meeting: Meeting) -> Iterator[Action]:
    """The actions of one meeting, in the order of its agenda and notes."""
    patterns = key_patterns(notebook)
    for item in meeting.items:
        if item.notes:
            for task in survey(item.notes, patterns).tasks:
                yield Action(meeting.id, meeting.title, meeting.first_day, item.id, item.title, task)


def keys_seen(meeting: Meeting, patterns: tuple[KeyPattern, ...]) -> Iterator[str]:
    """The issue keys and document handles in a meeting's titles and notes, each once, in the order of its agenda."""
    seen: set[str] = set()
    for item in meeting.items if patterns else ():
        for text in (item.title, item.preparation, item.notes):
            for part in (text,) if len(text) <= LONGEST_CONTENT else text.split("\n"):
                for sign in find(part, patterns):
                    if sign.sign is Sign.REFERENCE and sign.says not in seen:
                        seen.add(sign.says)
                        yield sign.says


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


class Order(StrEnum):
    """By what a list of actions is sorted."""

    DUE = "due"
    OWNER = "owner"
    MEETING = "meeting"


class Wanted(Struct, frozen=True):
    """Which actions a list shows, and in which order.

    `owner` is a handle, NOBODY for actions without owner, empty for everybody's; `text` are words that all have to
    stand in the action or the titles of its item and meeting, whatever their case and accents.
    """

    status: ActionStatus = ActionStatus.OPEN
    overdue: bool = False
    owner: str = ""
    text: str = ""
    order: Order = Order.DUE


NOBODY = "-"


def listed(actions: tuple[Action, ...], wanted: Wanted, notebook: Notebook, today: date) -> tuple[Action, ...]:
    """The actions wanted, in the order wanted; what is equal in it stands by due date, else in the order given."""
    words = folded(wanted.text).split()
    found = [
        action
        for action in with_status(actions, wanted.status)
        if (not wanted.overdue or action.overdue(today))
        and (not wanted.owner or _is_owned(action.task, wanted.owner))
        and all(word in folded(f"{action.task.text}\n{action.item_title}\n{action.meeting_title}") for word in words)
    ]
    by_due = by_due_date(tuple(found))
    if wanted.order is Order.OWNER:
        names = {person.id: person.name for person in notebook.people}
        return tuple(sorted(by_due, key=lambda action: _first_owner(action.task, names)))
    if wanted.order is Order.MEETING:
        return tuple(sorted(found, key=lambda action: action.day or date.max, reverse=True))
    return by_due


def _is_owned(task: Task, owner: str) -> bool:
    return not task.owners if owner == NOBODY else owner in task.owners


def _first_owner(task: Task, names: Mapping[str, str]) -> tuple[bool, str]:
    """Sort by the name of the first owner; what nobody owns comes last."""
    handle = next(iter(task.owners), "")
    return not handle, names.get(handle, handle).casefold()
