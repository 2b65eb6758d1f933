"""Where a cursor stands after somebody else changed the text around it: pure functions over lines."""

from __future__ import annotations

from msgspec import Struct

from dmlt_tui.notes.strokes import line_changes, moved, says, strokes

Location = tuple[int, int]


class Block(Struct, frozen=True):
    """Lines `first` to `end` (not included) of a text, what they said, and what stands there now."""

    first: int
    end: int
    old: tuple[str, ...]
    now: tuple[str, ...]

    def moved(self, place: Location) -> Location:
        """Where a place (row, column) is once this block was changed: after the same words as before."""
        row, column = place
        if row < self.first:
            return place
        if row >= self.end:
            return row + len(self.now) - (self.end - self.first), column
        here = row - self.first
        offset = sum(len(line) + 1 for line in self.old[:here]) + column
        now = "\n".join(self.now)
        *above, line = now[: moved(offset, strokes("\n".join(self.old), now))].split("\n")
        there = len(above)
        if self.now and self.now[there] != self.old[here] and not says(self.old[here]):
            # They filled one of two lines just begun, or so it may be: to go on in the other is in nobody's way.
            for beside in (there + 1, there - 1):
                if 0 <= beside < len(self.now) and self.now[beside] == self.old[here]:
                    return self.first + beside, column
        return self.first + there, len(line)


def changed_lines(old: list[str], new: list[str]) -> list[Block]:
    """What makes `new` of `old`, block by block from the top, in rows of `old`; lines between them stay as they are."""
    return [Block(first, end, tuple(old[first:end]), tuple(now)) for first, end, now in line_changes(old, new)]
