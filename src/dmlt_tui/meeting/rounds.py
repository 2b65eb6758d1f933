"""Rounds of turns: who speaks for how long, and in which order."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from hashlib import sha256

from msgspec.structs import replace

from dmlt_tui.meeting.model import Item, Meeting, Notebook, Round, Turn


class Order(StrEnum):
    """How a round is put in order; AS_GIVEN leaves it as it is."""

    AS_GIVEN = "as given"
    REVERSED = "reversed"
    SHUFFLED = "shuffled"
    ROTATED = "rotated"


def ordered(given: Round, order: Order, *, seed: str = "", last: Round | None = None) -> Round:
    """A round in another order, every turn kept.

    Shuffling is settled by `seed`: the same one gives the same order. Rotating takes the order of the `last` round, as
    far as its names are here, and lets the one who began then go last. Raises ValueError when `last` shares no name.
    """
    turns = list(given.turns)
    if order is Order.REVERSED:
        turns.reverse()
    elif order is Order.SHUFFLED:
        turns.sort(key=lambda turn: sha256(f"{seed}\0{turn.name}".encode()).digest())
    elif order is Order.ROTATED:
        turns = _rotated(turns, last)
    else:
        return given
    return replace(
        given, turns=tuple(turns), order=order.value if order is not Order.ROTATED else "rotated from last time"
    )


def last_round(notebook: Notebook, meeting: Meeting, item: Item) -> Round | None:
    """The round of the latest earlier meeting that shares a name with the item's, the most shared first; or None."""
    if item.round is None or meeting.first_day is None:
        return None
    names = _names(item.round)
    earlier = [one for one in notebook.meetings if one.first_day is not None and one.first_day < meeting.first_day]
    for one in sorted(earlier, key=lambda other: other.first_day or date.min, reverse=True):
        rounds = [other.round for other in one.items if other.round is not None and names & _names(other.round)]
        if rounds:
            return max(rounds, key=lambda found: len(names & _names(found)))
    return None


def _names(given: Round) -> set[str]:
    return {turn.name.casefold() for turn in given.turns}


def _rotated(turns: list[Turn], last: Round | None) -> list[Turn]:
    before = [turn.name.casefold() for turn in last.turns] if last else []
    known = [name for name in before if any(turn.name.casefold() == name for turn in turns)]
    if not known:
        raise ValueError("no earlier meeting has a round with any of these names to rotate from")
    place = {name: index for index, name in enumerate([*known[1:], known[0]])}
    return sorted(turns, key=lambda turn: place.get(turn.name.casefold(), len(place)))
