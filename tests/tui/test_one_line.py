"""Many who type in one line at once, letter by letter: their hands, without screens and disks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

import pytest

from dmlt_tui.notes.lines import merge_text
from dmlt_tui.tui.widgets.keeping_place import changed_lines


@dataclass
class Hand:
    """One who types words of their own, "A0q A1q ", where their cursor stands."""

    name: str
    text: str
    base: str
    row: int
    column: int
    typed: int = 0
    rest: str = ""

    def letter(self) -> None:
        if not self.rest:
            self.rest = f"{self.name}{self.typed}q "
            self.typed += 1
        lines = self.text.split("\n")
        line = lines[self.row]
        lines[self.row] = line[: self.column] + self.rest[0] + line[self.column :]
        self.text, self.rest, self.column = "\n".join(lines), self.rest[1:], self.column + 1

    def meet(self, there: str) -> str:
        """Merge what is there, as a save does, and show it, as the editor does."""
        merged = merge_text(self.base, self.text, there)
        place = self.row, self.column
        for block in reversed(changed_lines(self.text.split("\n"), merged.split("\n"))):
            place = block.moved(place)
        self.text = self.base = merged
        self.row, self.column = place
        return merged


@pytest.mark.parametrize("many", [2, 8])
@pytest.mark.parametrize("start", ["- ", "said: "])
def test_every_word_typed_by_many_in_one_line_is_there_once_and_whole(many: int, start: str) -> None:
    for seed in range(40):
        random = Random(seed)
        there = start
        hands = [Hand(name, there, there, 0, len(there)) for name in "ABCDEFGH"[:many]]
        for _ in range(many * 40):
            hand = random.choice(hands)
            hand.letter()
            if random.random() < 0.4:
                meeting = random.choice(hands)
                there = meeting.meet(there)
        for hand in hands:
            while hand.rest:
                hand.letter()
            there = hand.meet(there)
        found = Counter(there.removeprefix(start).split())
        assert found == Counter(f"{hand.name}{number}q" for hand in hands for number in range(hand.typed)), seed
        assert "\n" not in there
