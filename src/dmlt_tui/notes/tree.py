"""What a note says, as frozen values: blocks, the inline pieces inside them, and the marked lines.

Nothing here knows how notes are typed (language.py) or how pages are written (the page package).
Lines are counted from 0 in the note's text.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TypeAlias

from msgspec import Struct  # made in a twentieth of the time of a dataclass, and every start makes these


class MarkKind(StrEnum):
    """What the sign at the start of a line makes of it."""

    ACTION = "action"  # [ ]
    ACTION_DONE = "action-done"  # [x]
    DECISION = "decision"  # !!
    NO_DECISION = "no-decision"  # !-
    QUESTION = "question"  # ??
    ANSWERED = "answered"  # ?=
    PARKED = "parked"  # >>


class Text(Struct, frozen=True):
    """Literal characters, never markup of any kind."""

    text: str


class Strong(Struct, frozen=True):
    """**Bold**."""

    children: tuple[Inline, ...]


class Emphasis(Struct, frozen=True):
    """*Italic*."""

    children: tuple[Inline, ...]


class Strike(Struct, frozen=True):
    """~~Struck out~~."""

    children: tuple[Inline, ...]


class Code(Struct, frozen=True):
    """`Verbatim`."""

    text: str


class Link(Struct, frozen=True):
    """A link; an autolink is one whose only child is its own address."""

    children: tuple[Inline, ...]
    address: str


class Image(Struct, frozen=True):
    """An image: only its words and address are kept."""

    text: str
    address: str


class Break(Struct, frozen=True):
    """A line break inside a paragraph; `hard` when the writer asked for it (two blanks or a backslash)."""

    hard: bool = False


class Mention(Struct, frozen=True):
    """@handle: a person by their handle, which the directory may or may not know."""

    handle: str


class DueDate(Struct, frozen=True):
    """due:2020-07-06 in a line."""

    day: date


class Reference(Struct, frozen=True):
    """An issue key or document handle found by a pattern of the notebook; `kind` is "issue" or "document"."""

    key: str
    kind: str
    address: str = ""


Inline: TypeAlias = Text | Strong | Emphasis | Strike | Code | Link | Image | Break | Mention | DueDate | Reference


class Paragraph(Struct, frozen=True):
    """A run of inline pieces."""

    children: tuple[Inline, ...]


class Heading(Struct, frozen=True):
    """# to ######."""

    level: int
    children: tuple[Inline, ...]


class ListItem(Struct, frozen=True):
    """One bullet or number. A marked item keeps its sign in `mark`, no longer in its text.

    `children` are blocks; a tight item's own words are its first Paragraph. `task` is set for actions.
    """

    children: tuple[Block, ...]
    line: int
    mark: MarkKind | None = None
    task: Task | None = None


class BulletList(Struct, frozen=True):
    """Items with -, * or +."""

    items: tuple[ListItem, ...]


class OrderedList(Struct, frozen=True):
    """Items with numbers, counted from `start`."""

    items: tuple[ListItem, ...]
    start: int = 1


class CodeBlock(Struct, frozen=True):
    """A fenced or indented block, verbatim."""

    text: str
    language: str = ""


class Quote(Struct, frozen=True):
    """> quoted blocks."""

    children: tuple[Block, ...]


class Rule(Struct, frozen=True):
    """---."""


class NoteTable(Struct, frozen=True):
    """A Markdown table: a header row and body rows, each a tuple of cells, each a tuple of inline pieces."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]


Block: TypeAlias = Paragraph | Heading | BulletList | OrderedList | CodeBlock | Quote | Rule | NoteTable


class Task(Struct, frozen=True):
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


class Marked(Struct, frozen=True):
    """A marked line that is not an action: decision, question or parked. `text` is the line without its sign."""

    line: int
    kind: MarkKind
    text: str


class Survey(Struct, frozen=True):
    """All that lists read out of one note, in the order of its lines."""

    tasks: tuple[Task, ...] = ()
    marked: tuple[Marked, ...] = ()
