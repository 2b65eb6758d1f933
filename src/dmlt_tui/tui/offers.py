"""What a word begun in the notes could become: a person behind @, or a ticket key seen before in this notebook."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct
from textual.fuzzy import FuzzySearch

from dmlt_tui.meeting.model import Meeting, Person
from dmlt_tui.notes.names import fold
from dmlt_tui.tui.widgets.completion import MOST, Choice, Offer

_PERSON = re.compile(r"(?<![\w@.])@(?P<typed>[\w.-]*)$")
_WORD = re.compile(r"[^\s(\[<,;]*$")
_LONGEST = 32  # characters compared: what a fuzzy search tries grows with the power of them

_FUZZY = FuzzySearch(case_sensitive=True)


class Candidate(Struct, frozen=True):
    """A person to offer: the forms they may be found by, folded, and whether they take part, are around, or gone."""

    choice: Choice
    forms: tuple[str, ...]
    rank: int


@lru_cache(maxsize=8)
def candidates(people: tuple[Person, ...], attendees: tuple[str, ...]) -> tuple[Candidate, ...]:
    """The people of a notebook as candidates, the `attendees` (handles) before others, those gone last."""
    found = []
    for person in people:
        said = [unicodedata.normalize("NFC", form) for form in (person.id, person.name, person.initials)]
        aliases = [unicodedata.normalize("NFC", form) for form in person.aliases]
        label = "  ".join(" ".join(form.split()) for form in (*said, *aliases[:1]) if form.split())
        forms = tuple(fold(form)[:_LONGEST] for form in (*said, *aliases) if form)
        rank = 2 if not person.active else 0 if person.id in attendees else 1
        found.append(Candidate(Choice(f"@{person.id}", label), forms, rank))
    return tuple(sorted(found, key=lambda candidate: candidate.rank))


def offer_people(before: str, people: Sequence[Candidate]) -> Offer | None:
    """Who the @word a line ends with could be; None when it ends with none, or nobody fits."""
    match = _PERSON.search(before[-2 * _LONGEST :])
    if not match:
        return None
    typed = fold(unicodedata.normalize("NFC", match["typed"]))
    scored = [(_fit(typed, person), person) for person in people]
    fitting = sorted((pair for pair in scored if pair[0][1]), key=lambda pair: pair[0])
    choices = tuple(person.choice for _, person in fitting[:MOST])
    if not choices or (len(choices) == 1 and choices[0].insert == match[0]):
        return None
    return Offer(match[0], choices)


def _fit(typed: str, person: Candidate) -> tuple[int, float, int, float]:
    """How well a form of the person fits, the best first when sorted; the second number is 0 when none does.

    Words that begin as typed go before letters found in between, then those who take part before others.
    """
    if not typed:
        return 0, -1.0, person.rank, 0.0
    score = max(_FUZZY.match(typed, form)[0] for form in person.forms) if len(typed) <= _LONGEST else 0.0
    begins = any(form.startswith(typed) or f" {typed}" in form for form in person.forms)
    return (0 if begins else 1), -float(score > 0), person.rank, -score


def offer_keys(before: str, keys: Iterable[str]) -> Offer | None:
    """Which of the keys seen before the word a line ends with begins; plain words are left alone."""
    word = _WORD.search(before[-_LONGEST:])
    typed = word[0] if word else ""
    if len(typed) in {0, _LONGEST} or typed.isalpha() or not (typed[0].isalnum() and any(map(str.isalpha, typed))):
        return None
    start = typed.casefold()
    found: dict[str, None] = {}
    for key in keys:
        if key.casefold().startswith(start) and key != typed:
            found[key] = None
            if len(found) == MOST:
                break
    return Offer(typed, tuple(Choice(key, key) for key in found)) if found else None


def attendees_of(meeting: Meeting | None) -> tuple[str, ...]:
    """The handles of those who take part."""
    return tuple(attendee.person for attendee in meeting.attendees) if meeting else ()
