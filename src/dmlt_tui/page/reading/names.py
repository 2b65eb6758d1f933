"""The people a page names: found in the notebook's directory, or learnt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from dmlt_tui.meeting.directory import free_handle, handle_of
from dmlt_tui.meeting.model import Account, Person
from dmlt_tui.notes.tree import Inline, Mention, Text

GONE = re.compile(r"Unknown User \\?\(([\w.-]+)\\?\)", re.IGNORECASE)
_TYPED = re.compile(r"(?<![\w@.])@(\w(?:[\w.-]*[\w-])?)")


def fold(name: str) -> str:
    """A name for comparing: no accents, blanks, signs or capitals."""
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


class People:
    """A directory that grows while a page is read. `learnt` are the people it did not know before."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.known: dict[str, Person] = {}
        self.learnt: dict[str, Person] = {}
        self.doubts: list[str] = []
        self._by_name: dict[str, str] = {}
        self._by_account: dict[str, str] = {}
        self._next: dict[str, int] = {}  # the number a handle got last, where several people would have the same
        self._typed: tuple[dict[str, str], re.Pattern[str]] | None = (
            None  # who is named in plain text, while nobody comes
        )
        for person in people:
            self._take(person)

    def _take(self, person: Person) -> None:
        self.known[person.id] = person
        self._typed = None
        for name in (person.name, *person.aliases, person.id):
            self._by_name.setdefault(fold(name), person.id)
        account = person.account or Account()
        for value in (account.username, account.userkey, account.account_id):
            if value:
                self._by_account.setdefault(value, person.id)

    def find(self, name: str) -> str:
        """The handle of whoever is called so, blanks and accents aside; nothing when nobody is known by it."""
        gone = GONE.search(name)
        handle = self._by_name.get(fold(name), "") or (self._by_name.get(fold(gone[1]), "") if gone else "")
        if handle and name.strip() and self._is_misspelt(name, handle):
            self.doubts.append(f"{name.strip()!r} is taken for {self.known[handle].name}")
        return handle

    def _is_misspelt(self, name: str, handle: str) -> bool:
        person = self.known[handle]
        words = " ".join(name.replace("\\", "").split()).removeprefix("@").casefold()
        return words not in {known.casefold() for known in (person.name, *person.aliases, person.id)}

    def learn(self, name: str) -> str:
        """The handle of whoever is called so; somebody unknown becomes a person of the directory."""
        name = " ".join(name.replace("\\", "").split()).removeprefix("@")
        found = self.find(name)
        if found or not fold(name):
            return found
        gone = GONE.fullmatch(name)
        handle = self._free(gone[1] if gone else handle_of(name))
        self._add(Person(id=handle, name=name, active=not gone))
        return handle

    def by_account(self, kind: str, value: str, name: str = "") -> str:
        """The handle of whoever has this account on the wiki; `name` is how the page shows them, if it does."""
        name = " ".join(name.split()).removeprefix("@")
        handle = self._by_account.get(value) or (self.find(name) if name else "")
        if not handle and kind == "username":
            handle = value if value in self.known else ""
        if handle:
            return handle
        account = Account(**{kind: value})
        handle = self._free(handle_of(name) if name else value if kind == "username" else f"user-{value[-8:]}")
        self._add(Person(id=handle, name=name or value, account=account))
        if not name:
            self.doubts.append(f"nobody here has the wiki account {value!r}: a new person, @{handle}")
        return handle

    def _add(self, person: Person) -> None:
        self.learnt[person.id] = person
        self._take(person)

    def _free(self, wanted: str) -> str:
        return free_handle(wanted, self.known, self._next)

    def with_mentions(self, text: str) -> tuple[Inline, ...]:
        """Text as pieces, with the people in it whom a page can only name as text: @handles, and those without account.

        It is the way back of what writers do: whoever has an account would stand there as a mention.
        """
        if self._typed is None:
            names = {
                person.name: person.id for person in self.known.values() if not person.account and " " in person.name
            }
            either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) or r"(?!)"
            self._typed = names, re.compile(rf"(?<!\w)(?P<name>{either})(?!\w)|{_TYPED.pattern}")
        names, typed = self._typed
        pieces: list[Inline] = []
        at = 0
        for match in typed.finditer(text):
            pieces += [Text(text[at : match.start()])] if match.start() > at else []
            pieces.append(Mention(names[match["name"]] if match["name"] else match[2]))
            at = match.end()
        return (*pieces, *([Text(text[at:])] if at < len(text) else []))
