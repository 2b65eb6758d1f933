"""What a note says, as frozen values: blocks, the inline pieces inside them, and the marked lines.

Nothing here knows how notes are typed (language.py) or how pages are written (the page package).
Lines are counted from 0 in the note's text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class MarkKind(StrEnum):
    """What the sign at the start of a line makes of it."""

    ACTION = "action"  # [ ]
    ACTION_DONE = "action-done"  # [x]
    DECISION = "decision"  # !!
    NO_DECISION = "no-decision"  # !-
    QUESTION = "question"  # ??
    ANSWERED = "answered"  # ?=
    PARKED = "parked"  # >>


@dataclass(frozen=True, slots=True)
class Text:
    """Literal characters, never markup of any kind."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """**Bold**."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """*Italic*."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strike:
    """~~Struck out~~."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """`Verbatim`."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link; an autolink is one whose only child is its own address."""

    children: tuple[Inline, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image: only its words and address are kept."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph; `hard` when the writer asked for it (two blanks or a backslash)."""

    hard: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """@handle: a person by their handle, which the directory may or may not know."""

    handle: str


@dataclass(frozen=True, slots=True)
class DueDate:
    """due:2020-07-06 in a line."""

    day: date


@dataclass(frozen=True, slots=True)
class Reference:
    """An issue key or document handle found by a pattern of the notebook; `kind` is "issue" or "document"."""

    key: str
    kind: str
    address: str = ""


Inline: TypeAlias = Text | Strong | Emphasis | Strike | Code | Link | Image | Break | Mention | DueDate | Reference


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of inline pieces."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """# to ######."""

    level: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One bullet or number. A marked item keeps its sign in `mark`, no longer in its text.

    `children` are blocks; a tight item's own words are its first Paragraph. `task` is set for actions.
    """

    children: tuple[Block, ...]
    line: int
    mark: MarkKind | None = None
    task: Task | None = None


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items with -, * or +."""

    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class OrderedList:
    """Items with numbers, counted from `start`."""

    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """A fenced or indented block, verbatim."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """> quoted blocks."""

    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """---."""


@dataclass(frozen=True, slots=True)
class NoteTable:
    """A Markdown table: a header row and body rows, each a tuple of cells, each a tuple of inline pieces."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


Block: TypeAlias = Paragraph | Heading | BulletList | OrderedList | CodeBlock | Quote | Rule | NoteTable


@dataclass(frozen=True, slots=True)
class Task:
    """An action as its line says it.

    `text` is the line's words as typed, without the box, the owners that stand before or close it, and the due date.
    `owners` are handles, in the order typed, each once. `references` are the issue keys and document handles in it.
    """

    line: int
    done: bool
    text: str
    owners: tuple[str, ...] = ()
    due: date | None = None
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked line that is not an action: decision, question or parked. `text` is the line without its sign."""

    line: int
    kind: MarkKind
    text: str


@dataclass(frozen=True, slots=True)
class Survey:
    """All that lists read out of one note, in the order of its lines."""

    tasks: tuple[Task, ...] = ()
    marked: tuple[Marked, ...] = ()
