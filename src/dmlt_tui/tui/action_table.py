"""Actions as rows of a table with the columns of the team's page: description, due date, assignee, where it appears."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from msgspec import Struct
from textual.content import Content

from dmlt_tui.meeting.actions import Action
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.words import names_of, short_day

_GAP = 2
_DUE, _SHORT_DUE = 19, 12  # cells of "overdue 30 Sep 2023" and "!30 Sep 2023"
_NARROW, _FOLDED, _LEAST = 100, 72, 46
_MOST_LINES = 5


class Columns(Struct, frozen=True):
    """How many cells each column has; one of 0 is not shown."""

    text: int
    due: int
    owner: int
    place: int

    @classmethod
    def of(cls, width: int) -> Columns:
        """Share out a width.

        A narrow screen shows the day of the meeting in place of its title. A narrower one leaves out the place, so that
        the description has room, then the owner.
        """
        due, owner, place = _DUE, 20, max(10, (width - _DUE - 20) // 3)
        if width < _NARROW:
            owner, place = 13, 10
        if width < _FOLDED:
            due, place = _SHORT_DUE, 0
        if width < _LEAST:
            owner = 0
        taken = sum(size + _GAP for size in (due, owner, place) if size)
        return cls(max(10, width - taken), due, owner, place)


def heading(width: int) -> str:
    """The names of the columns."""
    columns = Columns.of(width)
    place = "Appears on" if width < _NARROW else "Task appears on"
    names = (
        ("Description", columns.text),
        ("Due date", columns.due),
        ("Assignee", columns.owner),
        (place, columns.place),
    )
    return (" " * _GAP).join(_cell(words, size) for words, size in names if size)


def row(notebook: Notebook, action: Action, today: date, width: int, *, whole: bool) -> list[Content]:
    """An action in one line, or (`whole`) in as many as its words need."""
    columns = Columns.of(width)
    task = action.task
    lines = wrapped(action, width) if whole else [_said(action)]
    texts = [_cell(words, columns.text) for words in lines]
    late = action.overdue(today)
    due = short_day(task.due, today) if task.due else "no date"
    if late:
        due = f"!{due}" if columns.due < _DUE else f"overdue {due}"
    names = [names_of(notebook, (handle,)) for handle in task.owners] or ["nobody"]
    owners = names[: len(lines)] if whole else [", ".join(names)]
    if whole and len(names) > len(lines):
        owners[-1] = ", ".join(names[len(lines) - 1 :])
    place = str(action.day or "no date") + (f" {action.meeting_title}" if width >= _NARROW else "")
    rows = []
    for text, owner, due_words, place_words in zip_longest(texts, owners, [due], [place], fillvalue=""):
        cells = [Content(text), Content.styled(_cell(due_words, columns.due), "$text-error bold" if late else "")]
        if columns.owner:
            cells.append(Content(_cell(owner, columns.owner)))
        if columns.place:
            cells.append(Content.styled(_cell(place_words, columns.place), "dim"))
        line = Content(" " * _GAP).join(cells)
        rows.append(line.stylize("dim") if task.done else line)
    return rows


def left_out(notebook: Notebook, action: Action, width: int) -> str:
    """Who has to do it, where a table of this width has no room for that."""
    return "" if Columns.of(width).owner else names_of(notebook, action.task.owners, ", ") or "nobody"


def wrapped(action: Action, width: int) -> list[str]:
    """The words of an action in lines that fit into their column; a few at most."""
    size = Columns.of(width).text
    lines = [line.plain for line in Content(_said(action)).wrap(size)] or [""]
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
    return lines


def _said(action: Action) -> str:
    return f"[x] {action.task.text}" if action.task.done else action.task.text


def _cell(words: str, size: int) -> str:
    """Words in exactly so many cells."""
    return Content(words).truncate(size, ellipsis=True, pad=True).plain
