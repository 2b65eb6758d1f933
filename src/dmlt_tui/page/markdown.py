"""Writes GitHub's Markdown, in which notes stand as they would be typed: what this program can read again.

People are @handles and dates due:DATE. A table whose cells are more than a line each, which Markdown has no form for,
is said row by row: below a line that names its columns every row is a heading, and its other cells follow under their
names (see `records`). The open actions a wiki lists by itself are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dmlt_tui.notes.tree import Emphasis, Heading, Inline, Paragraph, Strong, Text
from dmlt_tui.page.model import (
    AttachmentList,
    Cell,
    CellBlock,
    Columns,
    Contents,
    Note,
    Page,
    PageBlock,
    Panel,
    Row,
    Shared,
    Table,
    TaskReport,
)
from dmlt_tui.page.typed import cell_text, line_text, note_text, table_lines
from dmlt_tui.page.words import COLUMNS_JOINER

_DEEPEST = 6


class _Markdown:
    """One page on its way into Markdown; `level` is that of the last heading."""

    def __init__(self) -> None:
        self._level = 1

    def page(self, blocks: Iterable[PageBlock]) -> list[str]:
        """The blocks, each as some lines."""
        parts = [part for block in blocks for part in self._page_block(block)]
        return [part for part in parts if part]

    def _page_block(self, block: PageBlock) -> list[str]:
        match block:
            case Panel(title, blocks):
                inner = "\n\n".join([line_text([Strong((Text(title),))]), *self._blocks(blocks)])
                return ["\n".join(["> [!NOTE]", *(f"> {line}".rstrip() for line in inner.split("\n"))])]
            case Shared():
                return block.once("markdown", lambda table: self._table(table.rows))
            case Table(rows):
                return self._table(rows)
            case Columns(left, right):
                return self._blocks((*left, *right))
            case Contents() | AttachmentList() | TaskReport():
                return []  # only a wiki fills these
            case Heading(level, children):
                self._level = min(level + 1, _DEEPEST)
                return [note_text([Heading(self._level, children)])]
            case _:
                return self._blocks([block])

    def _blocks(self, blocks: Iterable[CellBlock]) -> list[str]:
        """Blocks, headings a level deeper than on the page: the title has the first. Lists that meet stay apart."""
        inner = [part for block in blocks for part in (block.blocks if isinstance(block, Note) else (block,))]
        lowered = [
            Heading(min(part.level + 1, _DEEPEST), part.children) if isinstance(part, Heading) else part
            for part in inner
        ]
        return [note_text(lowered)] if lowered else []

    def _table(self, rows: Sequence[Row]) -> list[str]:
        lines = [[_line(cell) for cell in row.cells] for row in rows]
        if len({len(row) for row in lines}) == 1 and all(cell is not None for row in lines for cell in row):
            return ["\n".join(table_lines([[cell_text(cell or ()) for cell in row] for row in lines]))]
        if any(_line(cell) is None for cell in rows[0].cells):  # as tables of other pages may be: no row of names
            return [part for row in rows for cell in row.cells for part in self._blocks(cell.blocks)]
        return self._by_columns(rows) if len(rows[0].cells) == 2 else self._records(rows)

    def _by_columns(self, rows: Sequence[Row]) -> list[str]:
        """The two columns one below the other, each under its name."""
        out: list[str] = []
        for at, name in enumerate(rows[0].cells):
            blocks = [block for row in rows[1:] for block in row.cells[at].blocks if at < len(row.cells)]
            out += [note_text([Paragraph((Strong((Text(f"{_words(name)}:"),)),))]), *self._blocks(blocks)]
        return out

    def _records(self, rows: Sequence[Row]) -> list[str]:
        """The rows one below the other. A row of one wide cell is a heading; so is the beginning of any other."""
        names = [line_text(_line(cell) or ()) for cell in rows[0].cells]
        labelled = any(row.cells[0].header for row in rows[1:])
        out = [line_text([Emphasis((Text(COLUMNS_JOINER.join(_words(cell) for cell in rows[0].cells)),))])]
        level = min(self._level + 1, _DEEPEST)
        for row in rows[1:]:
            if len(row.cells) == 1:
                out += self._head(level, _first(row.cells[0])) + self._blocks(row.cells[0].blocks[1:])
                continue
            deeper = min(level + labelled, _DEEPEST)
            out += self._record(row, names, deeper, labelled=labelled)
        return out

    def _record(self, row: Row, names: Sequence[str], level: int, *, labelled: bool) -> list[str]:
        head, rest, heads = list(_first(row.cells[0])), row.cells[1:], names[1:]
        below = list(row.cells[0].blocks[1:])
        if labelled:
            head += [Text(" "), *_first(rest[0])] if head else _first(rest[0])
            below += rest[0].blocks[1:]
            rest, heads = rest[1:], heads[1:]
        out = self._head(level, head) + self._blocks(below)
        for cell, name in zip(rest, heads, strict=False):  # a wide cell stands under the names of several
            out += self._named(name, cell)
        return out

    def _head(self, level: int, words: Sequence[Inline]) -> list[str]:
        return [note_text([Heading(level, tuple(words))])]

    def _named(self, name: str, cell: Cell) -> list[str]:
        """A cell under the name of its column, on the same line where it is one."""
        label = Strong((Text(f"{name}:"),))
        line = _line(cell)
        if line:
            return [note_text([Paragraph((label, Text(" "), *line))])]
        return [note_text([Paragraph((label,))]), *self._blocks(cell.blocks)] if cell.blocks else []


def _line(cell: Cell) -> tuple[Inline, ...] | None:
    """The pieces of a cell of one line at most; None for others."""
    if not cell.blocks:
        return ()
    only = cell.blocks[0]
    return only.children if len(cell.blocks) == 1 and isinstance(only, Paragraph) else None


def _words(cell: Cell) -> str:
    return "".join(piece.text for piece in _line(cell) or () if isinstance(piece, Text))


def _first(cell: Cell) -> tuple[Inline, ...]:
    """The paragraph a cell begins with."""
    first = cell.blocks[0] if cell.blocks else None
    return first.children if isinstance(first, Paragraph) else ()


def write(page: Page) -> str:
    """The page as Markdown, its title on top."""
    title = note_text([Heading(1, (Text(page.title),))])
    return "\n\n".join([title, *_Markdown().page(page.blocks)]) + "\n"
