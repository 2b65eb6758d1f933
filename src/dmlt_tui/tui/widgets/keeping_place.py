"""Where a cursor stands after somebody else changed the text around it: pure functions over lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dmlt_tui.notes.lines import changes, ends_alike, strokes

Location = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines `first` to `end` (not included) of a text, what they said, and what stands there now."""

    first: int
    end: int
    old: tuple[str, ...]
    now: tuple[str, ...]

    def moved(self, place: Location) -> Location:
        """Where a place (row, column) is once this block was changed, as if it held on to what stands around it."""
        row, column = place
        if row < self.first:
            return place
        if row >= self.end:
            return row + len(self.now) - (self.end - self.first), column
        here = row - self.first
        if self.old[here] in self.now:  # the line itself is still there, below or above new ones
            return self.first + self.now.index(self.old[here]), column
        if len(self.now) == 0:
            return self.first, 0
        new = min(range(len(self.now)), key=lambda index: (-_alike(self.old[here], self.now[index]), abs(index - here)))
        return self.first + new, _column(self.old[here], self.now[new], column)


def changed_lines(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """What makes `new` of `old`, block by block from the top, in rows of `old`; lines between them stay as they are."""
    return [Block(first, end, tuple(old[first:end]), tuple(now)) for first, end, now in changes(old, new)]


def _alike(one: str, other: str) -> int:
    """How many characters two lines begin and end with alike."""
    head, tail = ends_alike(one, other)
    return head + tail


def _column(old: str, new: str, column: int) -> int:
    """Where a column is once a line was changed: after the same words, and before what was put in just there."""
    moved = column
    for first, last, now in strokes(old, new):
        if first < column < last:
            return moved + first - column + len(now)
        if first < column:
            moved += len(now) - (last - first)
    return moved
