"""Finds the people of a directory in typed words: by full name, a part of it, initials, alias or @handle."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from msgspec import Struct

_LETTERS = str.maketrans("øłđðþæœßı’‘ʼ‐‑\u00a0", "olddpaosi'''-- ")
_WRITTEN_OUT = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}
_GONE = re.compile(r"Unknown User \\?\((?P<handle>[\w.-]+)\\?\)", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w@.])@(?P<handle>\w(?:[\w.-]*[\w-])?)")
_NAME_ENDS = r"(?![\w@]|['’]\w|-\w|\.\w)"

# Given names, family names and initials that are words too: alone at the start of a line they are the word.
_ALSO_WORDS_TEXT = """
    ai all am an and any april are art as ash at august baker be bell best bill black bloom blue bond brown buck
    butler by can carpenter chance chase chip cliff cook cooper cross daisy dale dawn day dean do don drew duke earl
    early faith field finch fisher fox frank free gale gene glass go grace grant gray green grey guy ha hall hart he
    hill holly hope hunter i if in ip is it ivy jade jean jewel joy june just king knight lake lane law lee
    lily long love low major mark marsh mason max may me miles mill moon my nick no norm of oh ok old on or page park
    pc pearl penny pierce pm pool porter power price qa ray red reed rich rock rose ross ruby rusty sage
    sandy sharp shaw so stone street sue summer swift taylor tell temple terry to tower turner up us violet vo wade
    walker wall ward warren waters way we well west white will wing winter wise wood woods wright young
"""
_ALSO_WORDS = frozenset(_ALSO_WORDS_TEXT.split())


class Name(Struct, frozen=True):
    """How a person may be named: the handle, the display name, other names and initials."""

    handle: str
    name: str
    aliases: tuple[str, ...] = ()
    initials: str = ""


class Kind(IntEnum):
    """How a form names a person, the surest first; GIVEN is any single word but the family name."""

    MENTION = 0
    FULL = 1
    GIVEN = 2
    FAMILY = 3
    INITIALS = 4


class Found(Struct, frozen=True):
    """A name in a text: where, as typed, whose it may be (handles, sorted), and how it was given."""

    start: int
    end: int
    word: str
    handles: tuple[str, ...]
    kind: Kind

    @property
    def also_word(self) -> bool:
        """Whether the name, as it is typed, could be a plain word."""
        return self.kind > Kind.FULL and fold(self.word) in _ALSO_WORDS


def fold(text: str) -> str:
    """Fold a text (NFC) for comparing names: small letters without accents, one for each character."""
    return "".join(map(_fold_character, text))


@lru_cache(maxsize=2048)
def _fold_character(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()[0]
    return base.translate(_LETTERS)


class Directory:
    """The forms all people of a directory may be named by; a form that fits several stands for all of them."""

    def __init__(self, people: tuple[Name, ...]) -> None:
        self._handles = {person.handle.casefold(): person.handle for person in people}
        self._forms: dict[str, tuple[set[str], Kind]] = {}
        self._aliases: dict[str, set[str]] = {}
        for person in people:
            self._learn(person)
        longest_first = sorted(self._forms, key=len, reverse=True)
        either = "|".join(map(re.escape, longest_first)) or r"(?!)"
        self._form = re.compile(rf"(?<![\w@])(?:{either}){_NAME_ENDS}")
        self._form_behind_at = re.compile(rf"(?<=@)(?:{either}){_NAME_ENDS}")

    def _learn(self, person: Name) -> None:
        name = unicodedata.normalize("NFC", person.name)
        self._add(person.handle, person.handle, Kind.GIVEN)
        for alias in (unicodedata.normalize("NFC", alias) for alias in person.aliases):
            self._add(alias, person.handle, Kind.GIVEN)
            self._aliases.setdefault(fold(alias), set()).add(person.handle)
        if person.initials:
            self._add(person.initials, person.handle, Kind.INITIALS)
        gone = _GONE.fullmatch(name)
        if gone:
            self._add(gone["handle"], person.handle, Kind.GIVEN)
            self._handles.setdefault(gone["handle"].casefold(), person.handle)
            return
        words = name.split()
        self._add(" ".join(words), person.handle, Kind.GIVEN)
        if len(words) > 1:
            self._add(words[0], person.handle, Kind.GIVEN)
            self._add(words[-1], person.handle, Kind.FAMILY)
            self._add(" ".join(words[1:]), person.handle, Kind.FAMILY)
            self._add(f"{words[0]} {words[-1]}", person.handle, Kind.GIVEN)
            for given in _initials(words[0]):
                self._add(f"{given} {words[-1]}", person.handle, Kind.GIVEN)
            for family in _initials(words[-1]):
                self._put(fold(f"{words[0]} {family}"), person.handle, Kind.GIVEN)

    def _add(self, form: str, handle: str, kind: Kind) -> None:
        """Learn a form; one of several words is a full name; O'Mullane may be typed omullane, Kian-Tat kian tat."""
        folded = fold(form)
        for spelling in {
            folded,
            re.sub(r"['-]", "", folded),
            folded.replace("-", " "),
            _with_umlauts_written_out(form),
        }:
            if len(spelling) > 1:
                self._put(spelling, handle, Kind.FULL if " " in spelling else kind)

    def _put(self, spelling: str, handle: str, kind: Kind) -> None:
        handles, before = self._forms.setdefault(spelling, (set(), kind))
        handles.add(handle)
        self._forms[spelling] = (handles, min(before, kind))

    def at(self, text: str, folded: str, start: int) -> Found | None:
        """Find the name that begins at `start`, the longest there is."""
        mention = _HANDLE.match(text, start)
        if mention:
            # A mention copied off a page is the whole name ("@Fritz Mueller").
            whole = self._form_behind_at.match(folded, start + 1)
            if whole and whole.end() > mention.end():
                return Found(start, whole.end(), text[start : whole.end()], self._handles_of(whole), Kind.MENTION)
            return self._mention(mention)
        gone = _GONE.match(text, start)
        if gone and gone["handle"].casefold() in self._handles:
            handle = self._handles[gone["handle"].casefold()]
            return Found(gone.start(), gone.end(), gone[0], (handle,), Kind.FULL)
        match = self._form.match(folded, start)
        return self._found(text, match) if match else None

    def all_in(self, text: str, folded: str) -> list[Found]:
        """Find all names, left to right, none inside another."""
        found: list[Found] = []
        start = 0
        starts = re.compile(r"(?<![\w@])[\w@]")
        while match := starts.search(text, start):
            name = self.at(text, folded, match.start())
            if name:
                found.append(name)
            start = name.end if name else match.end()
        return found

    def mentioned(self, name: str) -> tuple[str, ...]:
        """Whom @name stands for: the person of that handle, else of that alias, else all it is a name of.

        An explicit mention stands for itself where nobody is known by it, initials left out.
        """
        folded = fold(name)
        if handle := self._handles.get(name.casefold()):
            return (handle,)
        handles, kind = self._forms.get(folded, (set(), Kind.INITIALS))
        named = self._aliases.get(folded) or (handles if kind is not Kind.INITIALS else ())
        return tuple(sorted(named)) or (name,)

    def _mention(self, match: re.Match[str]) -> Found:
        return Found(match.start(), match.end(), match[0], self.mentioned(match["handle"]), Kind.MENTION)

    def _found(self, text: str, match: re.Match[str]) -> Found:
        kind = self._forms[match[0]][1]
        return Found(match.start(), match.end(), text[match.start() : match.end()], self._handles_of(match), kind)

    def _handles_of(self, match: re.Match[str]) -> tuple[str, ...]:
        return tuple(sorted(self._forms[match[0]][0]))


def _initials(name: str) -> set[str]:
    """Say how a name may be shortened: R. and R, K.-T., K-T and K. of Kian-Tat; never to a word ("A", "I")."""
    first = [part[0] for part in name.split("-") if part]
    forms = {f"{name[0]}.", "-".join(f"{sign}." for sign in first), name[0], "-".join(first)}
    return {form for form in forms if fold(form) not in {"a", "i"}}


def _with_umlauts_written_out(form: str) -> str:
    return fold(form.casefold().translate(_WRITTEN_OUT))


directory = lru_cache(maxsize=4)(Directory)
