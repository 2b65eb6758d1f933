"""A page: what stands on it, said without any format's syntax.

Paragraphs, lists and all inline pieces are those of dmlt_tui.notes.tree; here is what a page has more. A page knows
the people named on it, so that a writer can make a real mention of whoever has an account on its kind of wiki.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeVar, cast

from msgspec import Struct, field

from dmlt_tui.meeting.model import Account, Person
from dmlt_tui.notes.tree import Block

Written = TypeVar("Written")


class Note(Struct, frozen=True):
    """A note, as a run of blocks. `key` names it and stays the same over exports; ids of its tasks are made of it."""

    key: str
    blocks: tuple[Block, ...]


class Panel(Struct, frozen=True):
    """A box with a title."""

    title: str
    blocks: tuple[CellBlock, ...]


class Cell(Struct, frozen=True):
    """A cell of a table. `shaded` sets it off from its neighbours where a format can."""

    blocks: tuple[CellBlock, ...] = ()
    header: bool = False
    colspan: int = 1
    shaded: bool = False


class Row(Struct, frozen=True):
    """A row of a table; the colspans of its cells add up to the table's columns."""

    cells: tuple[Cell, ...]


class Table(Struct, frozen=True):
    """A table; its first row is its heading. `widths` are pixels per column, or empty."""

    rows: tuple[Row, ...]
    widths: tuple[int, ...] = ()


class Shared(Table, frozen=True):
    """A table that stands alike on many pages, and is written once for all of them.

    It holds no notes, whose tasks have ids of the page; all pages it stands on know the same people.
    """

    _written: dict[str, Any] = field(default_factory=dict)

    def once(self, form: str, write: Callable[[Table], Written]) -> Written:
        """Give what `write` makes of it, which is asked once for each `form`, the name of how it writes."""
        if form not in self._written:
            self._written[form] = write(self)
        return cast("Written", self._written[form])


class Columns(Struct, frozen=True):
    """Two columns side by side, outside of any table."""

    left: tuple[CellBlock, ...]
    right: tuple[CellBlock, ...]


class Contents(Struct, frozen=True):
    """The table of contents, made by the wiki from headings down to `depth`."""

    depth: int = 2


class AttachmentList(Struct, frozen=True):
    """The files attached to the page, listed by the wiki."""


class TaskReport(Struct, frozen=True):
    """The open tasks of a space of the wiki, listed by the wiki; `space` is its key, empty where nobody knows it."""

    space: str = ""


CellBlock: TypeAlias = Block | Note
PageBlock: TypeAlias = CellBlock | Panel | Table | Columns | Contents | AttachmentList | TaskReport


class Page(Struct, frozen=True):
    """A page: its title, what stands on it, and the people who may be named, by handle."""

    title: str
    blocks: tuple[PageBlock, ...]
    people: Mapping[str, Person] = field(default_factory=dict)

    def name(self, handle: str) -> str:
        """How to write this person as plain text: their name, or the handle as typed when nobody knows it."""
        person = self.people.get(handle)
        return person.name if person else f"@{handle}"

    def account(self, handle: str) -> Account:
        """How the wiki knows this person; all fields empty where it does not."""
        person = self.people.get(handle)
        return (person.account if person else None) or Account()
