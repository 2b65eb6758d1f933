"""Finding people of the directory by what somebody types of their name, and handles for those who come new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable

from dmlt_tui.meeting.model import Person
from dmlt_tui.notes.text import folded

HANDLE = re.compile(r"\w(?:[\w.-]*[\w-])?")
_PARTS = re.compile(r"[\W_]+")
_OTHER = re.compile(r"[^\w.-]+")


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


def handle_of(name: str) -> str:
    """Make a handle of a name as teams do: Wil O'Mullane is womullane."""
    words = ["".join(letter for letter in _plain(word) if letter.isalnum()) for word in name.split()]
    words = [word for word in words if word]
    if not words:
        return "somebody"
    return (words[0][:1] + words[-1] if len(words) > 1 else words[0]).lower()


def _plain(word: str) -> str:
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode() or word


def free_handle(wanted: str, taken: Container[str], numbers: dict[str, int] | None = None) -> str:
    """A handle like the one wanted that nobody has: womullane2 where womullane is taken.

    `numbers` holds the number a handle got last; given again, it spares who makes many of them the search.
    """
    numbers = {} if numbers is None else numbers
    match = HANDLE.search(_OTHER.sub("-", wanted))
    handle = base = match[0] if match else "somebody"
    while handle in taken:
        numbers[base] = number = numbers.get(base, 1) + 1
        handle = f"{base}{number}"
    return handle


def nobody_words(people: Iterable[Person], name: str, *, new: bool = False) -> str:
    """Say that nobody is called so, and what to do; `new` where a @handle that nobody has yet is taken too."""
    made = free_handle(handle_of(name), {person.id for person in people})
    return f"nobody here is called {name!r}: {f'@{made} names somebody new' if new else '4 adds people'}"
