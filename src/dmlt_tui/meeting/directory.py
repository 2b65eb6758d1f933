"""Finding people of the directory by what somebody types of their name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dmlt_tui.meeting.model import Person
from dmlt_tui.notes.text import folded

_PARTS = re.compile(r"[\W_]+")


def find_people(people: Iterable[Person], words: str) -> tuple[Person, ...]:
    """The people meant by `words`: one with that very handle, initials or alias, else all whose name fits.

    A name fits when every word typed begins a part of it. None for empty words.
    """
    wanted = folded(words.strip().removeprefix("@"))
    people = tuple(people)
    if not wanted:
        return ()
    exact = [person for person in people if wanted in map(folded, (person.id, person.initials, *person.aliases))]
    if exact:
        return tuple(exact)
    typed = [part for part in _PARTS.split(wanted) if part]
    return tuple(
        person
        for person in people
        if typed and all(any(part.startswith(word) for part in _PARTS.split(folded(person.name))) for word in typed)
    )
