"""Lines of notes as an outline: which are items, how deep they stand, what belongs to them.

Rows and columns are counted from 0. An item's children are the lines below it that stand at least as far in as its
words; what stands less far in, but right of its bullet, is a sibling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from dmlt_tui.notes.marks import MARKS, fences

_ITEM = re.compile(
    rf"[ \t]*(?P<marker>[-*+]|[0-9]{{1,9}}[.)])(?P<gap>[ \t]+|$)(?P<mark>{MARKS}(?:[ \t]+|$))?(?P<words>.*)", re.DOTALL
)
_RULE = re.compile(r"[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_HEADING_OR_TABLE = re.compile(r"#{1,6}[ \t]|\|")
_WIDEST_GAP = 4  # more blanks than these behind a bullet begin a block of code
_LAST_NUMBER = 999_999_999


class Item(Struct, frozen=True):
    """A line with a bullet or number: how far in it stands, its parts before the words, and the column of those."""

    row: int
    indent: int
    marker: str
    gap: str
    mark: str
    start: int

    @property
    def inside(self) -> int:
        """How far in the lines stand that belong to this item."""
        width = len(self.gap.expandtabs(4))
        return self.indent + len(self.marker) + (width if 1 <= width <= _WIDEST_GAP else 1)

    @property
    def number(self) -> int | None:
        """The number of an item of a numbered list."""
        return int(self.marker[:-1]) if len(self.marker) > 1 else None

    def numbered(self, number: int) -> str:
        """Give the marker such an item has under another number."""
        return f"{min(number, _LAST_NUMBER)}{self.marker[-1]}"

    @property
    def next_marker(self) -> str:
        """The bullet, or the number, of an item behind this one."""
        return self.marker if self.number is None else self.numbered(self.number + 1)

    @property
    def next_mark(self) -> str:
        """What the words of an item behind this one begin with: an open box behind an action."""
        return "[ ] " if self.mark.startswith("[") else ""


def indentation(line: str) -> int:
    """Measure how far in a line stands; a tab reaches to the next multiple of four."""
    return len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))


def read_item(line: str, row: int = 0) -> Item | None:
    """Read the item in a line, or None when it is none."""
    match = _ITEM.match(line)
    if not match or _RULE.match(line):
        return None
    mark, start = match["mark"] or "", match.start("words")
    if not mark.startswith("[") and not match["words"].strip():  # "- ??" says ??, and marks nothing
        mark, start = "", start - len(mark)
    return Item(row, indentation(line), match["marker"], match["gap"], mark, start)


class Outline:
    """The lines of a note with what stands above, below and inside of what."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._fences = fences("\n".join(lines))

    def fence(self, row: int) -> int | None:
        """Find the row of the opening fence when a line belongs to a fenced block of code."""
        return next((start for start, end in self._fences if start <= row < end), None)

    def item(self, row: int) -> Item | None:
        """Read the item in a line, or None when it is none or code."""
        fence = self.fence(row)
        return read_item(self._lines[row], row) if fence is None or fence == row else None

    def above(self, row: int) -> tuple[Item | None, Item | None]:
        """Find the parent of the item in a line, and the sibling before it."""
        limit = indentation(self._lines[row])
        sibling = None
        for higher in range(row - 1, -1, -1):
            line = self._lines[higher]
            if not line.strip() or indentation(line) > limit:
                continue
            item = self.item(higher)
            if item and item.inside <= limit:
                return item, sibling
            if item:
                sibling = sibling or item
                limit = item.indent
            elif self._ends_list(higher):
                break
        return None, sibling

    def end(self, item: Item) -> int:
        """Find the row behind an item and all its children; blank lines behind them are not theirs."""
        end = item.row + 1
        for row in range(end, len(self._lines)):
            line = self._lines[row]
            if not line.strip():
                continue
            lazy = row == end and not read_item(line) and not self._ends_list(row)
            if indentation(line) < item.inside and not lazy:
                break
            end = row + 1
        return end

    def last_child(self, item: Item) -> Item | None:
        """Find the last item directly inside an item."""
        child = None
        for row in range(item.row + 1, self.end(item)):
            inner = self.item(row)
            if inner and (child is None or inner.indent < child.inside):
                child = inner
        return child

    def below(self, item: Item) -> Item | None:
        """Find the sibling behind an item."""
        row = self.end(item)
        while row < len(self._lines) and not self._lines[row].strip():
            row += 1
        after = self.item(row) if row < len(self._lines) else None
        return after if after and self.above(row)[1] == item else None

    def _ends_list(self, row: int) -> bool:
        """Whether a line that is no item, and stands no further in than one, ends the list it comes after."""
        line = self._lines[row]
        if indentation(line) > 0:
            return False
        fenced = self.fence(row) is not None
        return fenced or row == 0 or not self._lines[row - 1].strip() or bool(_HEADING_OR_TABLE.match(line))
