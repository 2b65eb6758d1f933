"""Small pieces that pages are built of, with the people and keys of the notebook found in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.model import Person
from dmlt_tui.notes.language import KeyPattern, read, read_line
from dmlt_tui.notes.tree import Block, BulletList, Heading, Inline, ListItem, Mention, Paragraph, Text
from dmlt_tui.page.model import Cell, CellBlock, Note, Row


class Known(Struct, frozen=True):
    """What the notebook knows: people by handle, and the keys that are links."""

    people: Mapping[str, Person]
    patterns: Sequence[KeyPattern] = ()

    def who(self, name: str) -> Inline:
        """Name somebody by handle, with or without @; anybody the notebook does not know stands as typed."""
        handle = name.removeprefix("@")
        return Mention(handle) if handle in self.people else Text(name)

    def name(self, handle: str) -> str:
        """Write somebody's name as plain text, which no wiki makes a mention of."""
        person = self.people.get(handle)
        return person.name if person else handle

    def line(self, text: str) -> tuple[Inline, ...]:
        """Read one line in the language of notes."""
        return read_line(text, self.patterns)

    def note(self, key: str, text: str, below: int = 0) -> tuple[Note, ...]:
        """Read a note, its headings set `below` levels deeper than typed; nothing when it says nothing."""
        blocks = tuple(_lowered(block, below) for block in read(text, self.patterns))
        return (Note(key, blocks),) if blocks else ()


def _lowered(block: Block, by: int) -> Block:
    return replace(block, level=min(block.level + by, 6)) if isinstance(block, Heading) else block


def heading(level: int, text: str) -> Heading:
    """Make a heading of plain text."""
    return Heading(level, (Text(text),))


def paragraph(*pieces: Inline | str) -> Paragraph:
    """Make a paragraph of pieces and plain text."""
    return Paragraph(tuple(Text(piece) if isinstance(piece, str) else piece for piece in pieces if piece != ""))


def bullets(items: Iterable[Paragraph | tuple[Block, ...]]) -> BulletList:
    """Make a list, each item of one paragraph or of several blocks."""
    return BulletList(tuple(ListItem((item,) if isinstance(item, Paragraph) else item, line=0) for item in items))


def joined(pieces: Iterable[Inline], by: str) -> tuple[Inline, ...]:
    """Set plain text between pieces."""
    out: list[Inline] = []
    for piece in pieces:
        out += [Text(by), piece] if out else [piece]
    return tuple(out)


def header_row(*names: str) -> Row:
    """Make the first row of a table."""
    return Row(tuple(Cell((paragraph(name),), header=True) for name in names))


def row(*cells: Sequence[CellBlock]) -> Row:
    """Make a row of plain cells."""
    return Row(tuple(Cell(tuple(cell)) for cell in cells))
