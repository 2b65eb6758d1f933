"""Many who type in one line at once, letter by letter: their hands, without screens and disks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

import pytest

from dmlt_tui.notes.editing import new_line
from dmlt_tui.notes.lines import merge_text
from dmlt_tui.tui.widgets.keeping_place import Location, changed_lines

WAYS = {
    "on and on": (0.0, 0.0, 0.0),
    "with Enter": (0.25, 0.0, 0.0),
    "with Backspace": (0.0, 0.1, 0.0),
    "with both": (0.25, 0.1, 0.0),
    "here and there": (0.15, 0.1, 0.25),
}


@dataclass
class Hand:
    """One who types words of their own, "A0q A1q ", where their cursor stands.

    How often, between two words, Enter is pressed and the cursor goes to another word; how often a letter is mistyped
    and taken back.
    """

    name: str
    text: str
    base: str
    place: Location
    random: Random
    enters: float
    slips: float
    goes: float
    typed: int = 0
    rest: str = ""
    slipped: bool = False

    def key(self) -> None:
        row, column = self.place
        if self.slipped:
            self.slipped = False
            before = (row, column - 1) if column else (row - 1, len(self.lines[row - 1]))
            self.change(before, self.place, "")
            return
        if not self.rest:
            chance = self.random.random()
            if self.typed and chance < self.enters:
                change = new_line(self.lines, row, column)
                self.change(change.start, change.end, change.insert)
                self.place = change.cursor
                return
            if self.typed and chance < self.enters + self.goes:
                self.go()
            self.rest = f"{self.name}{self.typed}q "
            self.typed += 1
        elif self.random.random() < self.slips:
            self.slipped = True
            self.change(self.place, self.place, "x")
            return
        letter, self.rest = self.rest[0], self.rest[1:]
        self.change(self.place, self.place, letter)

    def go(self) -> None:
        """Put the cursor before another word, or behind the last one, of this line or one beside it."""
        row = min(max(self.place[0] + self.random.choice([-1, 0, 0, 1]), 0), len(self.lines) - 1)
        line = self.lines[row]
        columns = [column for column in range(2, len(line) + 1) if line[column - 1] == " "]
        self.place = (row, self.random.choice(columns)) if columns else self.place

    @property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def change(self, start: Location, end: Location, words: str) -> None:
        first, last = (sum(len(line) + 1 for line in self.lines[:row]) + column for row, column in (start, end))
        before = self.text[:first] + words
        self.text = before + self.text[last:]
        self.place = before.count("\n"), len(before) - before.rfind("\n") - 1

    def meet(self, there: str) -> str:
        """Merge what is there, as a save does, and show it, as the editor does."""
        merged = merge_text(self.base, self.text, there)
        for block in reversed(changed_lines(self.lines, merged.split("\n"))):
            self.place = block.moved(self.place)
        self.text = self.base = merged
        return merged

    def finish(self) -> None:
        self.slips = 0.0
        while self.rest or self.slipped:
            self.key()


def typed_together(hands: list[Hand], random: Random) -> str:
    there = hands[0].base
    for _ in range(len(hands) * 40):
        random.choice(hands).key()
        if random.random() < 0.4:
            there = random.choice(hands).meet(there)
    for hand in hands:
        hand.finish()
        there = hand.meet(there)
    return there


@pytest.mark.parametrize("many", [2, 4, 8])
@pytest.mark.parametrize("way", WAYS)
def test_every_word_that_many_type_in_one_line_is_there_once_and_whole(way: str, many: int) -> None:
    for seed in range(6):
        random = Random(seed)
        start = ["- ", "said: "][seed % 2]
        hands = [Hand(name, start, start, (0, len(start)), random, *WAYS[way]) for name in "ABCDEFGH"[:many]]
        there = typed_together(hands, random)
        found = Counter(there.removeprefix(start).replace("- ", "").split())
        assert found == Counter(f"{hand.name}{number}q" for hand in hands for number in range(hand.typed)), seed
        assert "\n" not in there or hands[0].enters
