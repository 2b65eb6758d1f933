"""Finding people of the directory by what somebody types of their name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from dmlt_tui.meeting.model import Person

_PARTS = re.compile(r"[\W_]+")


def _folded(words: str) -> str:
    """Letters without case and accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def find_people(people: Iterable[Person], words: str) -> tuple[Person, ...]:
    """The people meant by `words`: one with that very handle, initials or alias, else all whose name fits.

    A name fits when every word typed begins a part of it. None for empty words.
    """
    wanted = _folded(words.strip().removeprefix("@"))
    people = tuple(people)
    if not wanted:
        return ()
    exact = [person for person in people if wanted in map(_folded, (person.id, person.initials, *person.aliases))]
    if exact:
        return tuple(exact)
    typed = [part for part in _PARTS.split(wanted) if part]
    return tuple(
        person
        for person in people
        if typed and all(any(part.startswith(word) for part in _PARTS.split(_folded(person.name))) for word in typed)
    )
