"""Where a cursor stands after somebody else changed the text around it: pure functions over lines."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from dmlt_tui.notes.lines import changes, ends_alike, strokes

Location = tuple[int, int]


class Block(Struct, frozen=True):
    """Lines `first` to `end` (not included) of a text, what they said, and what stands there now.

    `above` and `below` are the lines around them, which stay as they are; None past the ends of the text.
    """

    first: int
    end: int
    old: tuple[str, ...]
    now: tuple[str, ...]
    above: str | None = None
    below: str | None = None

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
        if self.old[here] == self.below:  # as with an empty line just begun, when somebody fills the one beside it
            return self.first + len(self.now), column
        if self.old[here] == self.above:
            return self.first - 1, column
        if len(self.now) == 0:
            return self.first, 0
        if len(self.old) != len(self.now) and (split := self._along_ends(here, column)) is not None:
            return split
        new = min(range(len(self.now)), key=lambda index: (-_alike(self.old[here], self.now[index]), abs(index - here)))
        return self.first + new, _column(self.old[here], self.now[new], column)

    def _along_ends(self, here: int, column: int) -> Location | None:
        """Where a place is by what the block as one text begins and ends alike with, as when a line was split."""
        old, now = "\n".join(self.old), "\n".join(self.now)
        head, tail = ends_alike(old, now)
        place = sum(len(line) + 1 for line in self.old[:here]) + column
        if tail and place > len(old) - tail:
            place += len(now) - len(old)
        elif place > head or not head:
            return None
        before = now[:place].split("\n")
        return self.first + len(before) - 1, len(before[-1])


def changed_lines(old: Sequence[str], new: Sequence[str]) -> list[Block]:
    """What makes `new` of `old`, block by block from the top, in rows of `old`; lines between them stay as they are."""
    around = [None, *old, None]
    return [
        Block(first, end, tuple(old[first:end]), tuple(now), around[first], around[end + 1])
        for first, end, now in changes(old, new)
    ]


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
