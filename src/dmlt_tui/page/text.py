"""Writes a page as plain text for a terminal: no markup, no box drawing, no control characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from dmlt_tui.notes.tree import (
    Block,
    Break,
    BulletList,
    CodeBlock,
    Emphasis,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    NoteTable,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Strike,
    Strong,
    Text,
)
from dmlt_tui.page.fit import as_table
from dmlt_tui.page.model import (
    AttachmentList,
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
from dmlt_tui.page.words import COLUMNS_JOINER, mark_words, plain, printable

WIDTH = 80

_GAP = 2  # blanks between columns
_LABEL = 18  # a first column no wider than this ("14:30 (at latest)") labels its rows
_HANG = 7  # what belongs to a label stands this far in: a clock time and a gap
_ENDLESS = 1_000_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def _wide(text: str) -> int:
    """How many columns of a terminal the text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(sign) in ("Mn", "Me", "Cf") else 1 + (unicodedata.east_asian_width(sign) in "WF")
        for sign in text
    )


def _widest(lines: Iterable[str]) -> int:
    return max((_wide(line) for line in lines), default=0)


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns; a longer word (an address) keeps a line to itself."""
    lines: list[str] = []
    for word in _CONTROL.sub(" ", printable(text)).split():
        if lines and _wide(lines[-1]) + 1 + _wide(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _indent(lines: Iterable[str], by: int = 2) -> list[str]:
    return [f"{' ' * by}{line}".rstrip() for line in lines]


def _hang(first: str, lines: Sequence[str]) -> list[str]:
    """Lines behind a bullet, the later ones under the first."""
    return [f"{first}{''.join(lines[:1])}".rstrip(), *_indent(lines[1:], _wide(first))]


def _aligned(rows: Iterable[Sequence[Sequence[str]]], widths: Sequence[int]) -> list[str]:
    """Rows of cells, each some lines, side by side in columns of these widths."""
    out: list[str] = []
    for row in rows:
        for number in range(max(len(cell) for cell in row)):
            line = ""
            for cell, width in zip(row, widths, strict=True):
                here = cell[number] if number < len(cell) else ""
                line += here + " " * (width - _wide(here) + _GAP)
            out.append(line.rstrip())
    return out


class _Text:
    """One page on its way into text."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def page(self, blocks: Iterable[PageBlock], width: int) -> list[str]:
        """The lines of all blocks, an empty one between two, but none below a smaller heading."""
        out: list[str] = []
        close = True
        parts = [piece for block in blocks for piece in (block.blocks if isinstance(block, Note) else (block,))]
        for part in parts:
            lines = self._page_block(part, width)
            if lines:
                out += lines if close else ["", *lines]
                close = isinstance(part, Heading) and part.level > 1
        return out

    def _page_block(self, block: PageBlock, width: int) -> list[str]:
        match block:
            case Panel(title, blocks):
                return [*_wrap(title, width), *_indent(self._blocks(blocks, width - 2))]
            case Shared():
                return block.once(f"text/{width}", lambda table: self._table(table.rows, width))
            case Table(rows):
                return self._table(rows, width)
            case Columns(left, right):
                half = (width - _GAP) // 2
                cells = [self._blocks(left, half), self._blocks(right, half)]
                return _aligned([cells], [_widest(cell) for cell in cells])
            case Contents() | AttachmentList() | TaskReport():
                return []  # only a wiki fills these
            case Heading(1, children):
                lines = self._words(children, width)
                return [*lines, "-" * _widest(lines)]
            case _:
                return self._blocks((block,), width)

    def _blocks(self, blocks: Iterable[CellBlock], width: int) -> list[str]:
        """The lines of blocks that follow each other closely."""
        out: list[str] = []
        for block in blocks:
            out += self._blocks(block.blocks, width) if isinstance(block, Note) else self._block(block, width)
        return out

    def _block(self, block: Block, width: int) -> list[str]:
        match block:
            case Paragraph(children) | Heading(_, children):
                return self._words(children, width)
            case BulletList(items):
                return [line for item in items for line in self._item(item, "- ", width)]
            case OrderedList(items, start):
                numbered = enumerate(items, start)
                return [line for number, item in numbered for line in self._item(item, f"{number}. ", width)]
            case CodeBlock(text):
                return _indent(_CONTROL.sub(" ", line) for line in printable(text).rstrip("\n").split("\n"))
            case Quote(children):
                return [f"> {line}" for line in self._blocks(children, width - 2)]
            case Rule():
                return ["* * *"]
            case NoteTable():
                return self._table(as_table(block).rows, width)

    def _item(self, item: ListItem, bullet: str, width: int) -> list[str]:
        if item.task:
            bullet += "[x] " if item.task.done else "[ ] "
        words: tuple[Inline, ...] = (Text(f"{mark_words(item)}: "),) if mark_words(item) else ()
        below = item.children
        if below and isinstance(below[0], Paragraph):
            words, below = words + below[0].children, below[1:]
        return _hang(bullet, self._words(words, width - len(bullet))) + _indent(self._blocks(below, width - 2))

    def _words(self, children: Sequence[Inline], width: int) -> list[str]:
        lines: list[str] = []
        run = ""
        for child in children:
            if isinstance(child, Break) and child.hard:
                lines += _wrap(run, width)
                run = ""
            else:
                run += self._piece(child)
        return lines + _wrap(run, width)

    def _piece(self, piece: Inline) -> str:
        if isinstance(piece, Strong | Emphasis | Strike):
            return "".join(map(self._piece, piece.children))
        words = plain((piece,), self._page)
        if isinstance(piece, Link | Image) and words not in (piece.address, piece.address.removeprefix("mailto:")):
            return f"{words} ({printable(piece.address)})"
        return words

    def _table(self, rows: Sequence[Row], width: int) -> list[str]:
        """A table in columns where these fit, otherwise row by row, each cell after the name of its column."""
        columns = self._columns(rows, width)
        if columns is None:
            return self._records(rows, width)
        cells = [
            [self._blocks(cell.blocks, size) for cell, size in zip(row.cells, columns, strict=True)] for row in rows
        ]
        return _aligned(cells, columns)

    def _columns(self, rows: Sequence[Row], width: int) -> list[int] | None:
        """The widths of columns that hold all cells unwrapped, or of two that wrap; None where there are none."""
        if len({len(row.cells) for row in rows}) > 1:
            return None
        count = len(rows[0].cells)
        room = width - _GAP * (count - 1)
        natural = [max(_widest(self._blocks(row.cells[at].blocks, _ENDLESS)) for row in rows) for at in range(count)]
        if sum(natural) <= room:
            return natural
        least = [max(_widest(self._blocks(row.cells[at].blocks, 1)) for row in rows) for at in range(count)]
        if count != 2 or sum(least) > room:
            return None
        left = max(least[0], min(natural[0], room // 2, room - least[1]))
        return [left, room - left]

    def _records(self, rows: Sequence[Row], width: int) -> list[str]:
        names = [" ".join(self._blocks(cell.blocks, _ENDLESS)) for cell in rows[0].cells]
        firsts = [self._blocks(row.cells[0].blocks, _ENDLESS) for row in rows[1:] if len(row.cells) > 1]
        labelled = all(len(lines) <= 1 and _widest(lines) <= _LABEL for lines in firsts)
        out = _wrap(COLUMNS_JOINER.join(filter(None, names)), width)
        for row in rows[1:]:
            lines = self._record(row, names, width, labelled=labelled)
            out += ["", *lines] if out and lines else lines
        return out

    def _record(self, row: Row, names: Sequence[str], width: int, *, labelled: bool) -> list[str]:
        head, cells, names = row.cells[0], row.cells[1:], names[1:]
        if not cells:
            return self._blocks(head.blocks, width)
        by = 2
        if labelled:
            by = _HANG
            label = "".join(self._blocks(head.blocks, _ENDLESS)).ljust(_HANG - _GAP) + " " * _GAP
            lines = self._blocks(cells[0].blocks, width - _wide(label))
            out = [f"{label}{''.join(lines[:1])}".rstrip(), *_indent(lines[1:], by)]
            cells, names = cells[1:], names[1:]
        else:
            out = self._blocks(head.blocks, width)
        for cell, name in zip(cells, names, strict=False):  # a wide cell stands under the names of several
            lines = self._blocks(cell.blocks, width - by - 2)
            if len(lines) == 1 and isinstance(cell.blocks[0], Paragraph) and _wide(f"{name}: {lines[0]}") <= width - by:
                out += _indent([f"{name}: {lines[0]}"], by)
            elif lines:
                out += _indent([f"{name}:", *_indent(lines)], by)
        return out


def write(page: Page, width: int = WIDTH) -> str:
    """The page as plain text of `width` columns, its title on top."""
    title = _wrap(page.title, width)
    lines = [*title, "=" * _widest(title), "", *_Text(page).page(page.blocks, width)]
    return "\n".join(lines) + "\n"
