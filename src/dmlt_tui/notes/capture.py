"""Quick capture: reads an action in the team's own words, and rather leaves a word in the text than guess.

Owners stand first ("Fritz Mueller — engage with the LDF", "wil & colin: ...", "Tim to ...", "fritz engage ...") or
last ("... — Yusra", "... @yusra", "... Yusra AlSayyad 30 Nov 2023"); the due date is at the end ("2w", "by fri", "06 Jul
2020", "due:2020-07-06"). People named in between stay text. A name that fits several people is reported, not chosen:
put @handle in its place and read again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dmlt_tui.notes.due import find_at_end
from dmlt_tui.notes.names import Directory, Found, Kind, Name, directory, fold

__all__ = ["Ambiguous", "Name", "Understood", "understand"]

_LONGEST = 2_000  # characters; longer texts are no line somebody typed, and stay as they are


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that stands where an owner would, and the handles of everybody it fits."""

    word: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What a line says: owners (handles, in the order typed), due date, the words left, names that fit several."""

    owners: tuple[str, ...]
    due: date | None
    text: str
    ambiguous: tuple[Ambiguous, ...] = ()


_BEFORE = re.compile(r"(?:[-*+•◦]\s+|\[[ xX]?\]\s+|[☐☑✓✔]\s*)+|(?:action(?: item)?|todo)\s*[:—–-]\s*", re.IGNORECASE)
_DUE = re.compile(r"\s*(?<!\w)due:(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])")
_JOIN = re.compile(r"\s*(?:,\s*(?:&|and\s)|[,&/+]|and\s)\s*|\s*(?P<blank>\s)(?=@)", re.IGNORECASE)
_DASH = re.compile(r"\s*(?:[—–]|\s--?(?=\s)|:(?=\s)|->|→)\s*")
_COMMA = re.compile(r"\s*,\s+")
_DUTY_WORDS = r"(?:to|will|should|shall|must|needs? to|has to|have to|is to|are to)"
_DUTY = re.compile(rf"\s*(?:\b{_DUTY_WORDS}\s+(?=\S))", re.IGNORECASE)
_WORD = re.compile(r"\s*(?P<word>[\w'’-]+)")

@dataclass(frozen=True, slots=True)
class _Line:
    """A line to read, and the people it may name."""

    words: str
    folded: str
    directory: Directory

    def name_at(self, start: int) -> Found | None:
        return self.directory.at(self.words, self.folded, start)


@dataclass(frozen=True, slots=True)
class _Owners:
    """The names that own the line, and its words without them."""

    names: tuple[Found, ...]
    text: str


def understand(text: str, people: Sequence[Name], today: date) -> Understood:
    """Read one line; `today` is the day words like "fri" count from. Nothing typed gets lost: what is not read is text.

    An owner typed as @handle is taken even when nobody of `people` has that handle, as the notes themselves would.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if len(words) > _LONGEST:
        return Understood((), None, words)
    words, due = _without_due(words[_end(_BEFORE, words) :], today)
    line = _Line(words, fold(words), directory(tuple(people)))
    owners = _leading(line) or _closing(line)
    if not owners and not due:
        owners, due = _closing_after_date(line, today)
    if not owners:
        return Understood((), due, words)
    unclear = tuple(Ambiguous(name.word, name.handles) for name in owners.names if len(name.handles) > 1)
    if unclear:
        return Understood((), due, words, unclear)
    rest = owners.text
    if not due:
        rest, due = _without_due(rest, today)
    return Understood(tuple(dict.fromkeys(name.handles[0] for name in owners.names)), due, rest)


def _without_due(words: str, today: date) -> tuple[str, date | None]:
    """Take the due date off a line; a line that is only a date is left as it is."""
    for match in reversed(list(_DUE.finditer(words))):
        day = resolve(match["day"], today)
        rest = (words[: match.start()] + words[match.end() :]).strip()
        if day and rest:
            return rest, day
    found = find_at_end(words, today)
    return found if found and found[0] else (words, None)


def _end(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _leading(line: _Line) -> _Owners | None:
    """Read the owners a line begins with."""
    names: list[Found] = []
    found = line.name_at(0)
    join = None
    while found:
        names.append(found)
        join = _JOIN.match(line.words, found.end)
        found = line.name_at(join.end()) if join else None
    if not names:
        return None
    start = _start_of_words(line.words, tuple(names), join)
    text = line.words[start:].strip() if start else ""
    return _Owners(tuple(names), text) if text else None


def _start_of_words(words: str, names: tuple[Found, ...], join: re.Match[str] | None) -> int | None:
    """Say where the words behind leading names begin, or None when the names do not stand for owners."""
    end = names[-1].end
    dash, duty, comma = (pattern.match(words, end) for pattern in (_DASH, _DUTY, _COMMA))
    if all(name.kind is Kind.MENTION for name in names):
        return max(end, _end(_DUTY, words, max(match.end() for match in (dash, duty, comma, join) if match)))
    if dash:
        start = _end(_DUTY, words, dash.end())
        return start if all(_fits_dash(name) for name in names) else None
    if any(name.also_word for name in names):
        return None
    next_word = _word(words, (duty or comma or join).end())
    if duty:
        return None if next_word.casefold() in _PASSIVE else duty.end()
    if comma:
        asked = next_word[:1].islower() or fold(next_word) in VERBS
        return comma.end() if asked and fold(next_word) not in TELLING else None
    if join or not words[end : end + 1].isspace():
        return None
    return end if _is_asked(words[end:], max(name.kind for name in names)) else None
