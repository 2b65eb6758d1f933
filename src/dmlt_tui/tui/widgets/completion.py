"""A small list at the cursor of what a word begun could become. It takes no key by itself: the editor asks it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct
from textual.content import Content
from textual.geometry import Offset, Size

from dmlt_tui.notes.patterns import KeyPattern
from dmlt_tui.tui.widgets.line import Line

MOST = 6  # rows


class Choice(Struct, frozen=True):
    """What is written when it is chosen, and what the list says of it."""

    insert: str
    label: str


class Offer(Struct, frozen=True):
    """The word before the cursor, as typed, and what it could become, the likeliest first."""

    typed: str
    choices: tuple[Choice, ...]


def _no_offer(_before: str) -> Offer | None:
    return None


class Knowledge(Struct, frozen=True):
    """What an editor has to know of the notebook whose notes it edits.

    `offer` gives what the last word of a line, up to the cursor, could become.
    """

    today: date = date.min
    patterns: tuple[KeyPattern, ...] = ()
    offer: Callable[[str], Offer | None] = _no_offer


class Completion(Line):
    """The list, hidden while there is nothing to offer. It is in use once one of its rows was moved to."""

    DEFAULT_CSS = """
    Completion {
        display: none; layer: above; background: $panel; color: $text;
    }
    Completion.-offering { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="completion")
        self.offer: Offer | None = None
        self._chosen = -1

    @property
    def in_use(self) -> bool:
        """Whether a row was moved to, so that Enter takes it."""
        return self.offer is not None and self._chosen >= 0

    @property
    def row(self) -> int:
        """The row moved to, from 0 on; -1 for none."""
        return self._chosen

    @property
    def choice(self) -> Choice | None:
        """The row moved to, else the first."""
        return self.offer.choices[max(self._chosen, 0)] if self.offer else None

    def open(self, offer: Offer, place: Offset, room: Size) -> None:
        """Show an offer below the word at `place`, or above it where `room`, that of the parent, ends."""
        self.offer = Offer(offer.typed, offer.choices[:MOST])
        self._chosen = -1
        self._write()
        rows = len(self.offer.choices)
        width = max(Content(choice.label).cell_length for choice in self.offer.choices) + 2
        below = place.y + 1 + rows <= room.height
        left = max(0, min(place.x, room.width - width))
        self.styles.width, self.styles.height = width, rows  # fixed, so that new words need no new layout
        self.styles.offset = (left, place.y + 1 if below else max(0, place.y - rows))
        self.add_class("-offering")

    def close(self) -> None:
        """Hide the list."""
        self.offer = None
        self.remove_class("-offering")

    def move(self, by: int) -> None:
        """Move to the next or previous row; before the first one the list is not in use again."""
        if self.offer is not None:
            self._chosen = max(-1, min(self._chosen + by, len(self.offer.choices) - 1))
            self._write()

    def _write(self) -> None:
        choices = self.offer.choices if self.offer else ()
        width = max(Content(choice.label).cell_length for choice in choices)
        rows = []
        for index, choice in enumerate(choices):
            words = Content(f" {choice.label} ").pad_right(width - Content(choice.label).cell_length)
            rows.append(words.stylize("reverse") if index == self._chosen else words)
        self.show(Content("\n").join(rows))
