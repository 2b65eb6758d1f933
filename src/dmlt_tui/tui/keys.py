"""From keys to commands: a small state machine that knows nothing of the screen.

A command is bound to a sequence of keys ("n", "y d"). In GO every key may begin one; in TYPE only what follows the
prefix Ctrl+X does, and every other key belongs to the text. See docs/architecture.md, "How a key becomes a line".
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from msgspec import Struct

PREFIX = "ctrl+x"
CANCEL = frozenset({"escape", "ctrl+g"})


class Fate(Enum):
    """What becomes of a key."""

    PASS = auto()  # not ours: the focused widget gets it
    WAIT = auto()  # part of a sequence that isn't finished
    RUN = auto()  # it completes a sequence
    UNKNOWN = auto()  # it breaks a sequence off; nobody gets it
    CANCELLED = auto()  # the sequence was given up
    LEAVE = auto()  # leave TYPE


class Verdict(Struct, frozen=True):
    """The fate of a key; `command` is the id of the command to run, `keys` the sequence so far."""

    fate: Fate
    keys: tuple[str, ...] = ()
    command: str = ""


def key_name(key: str, character: str | None) -> str:
    """The name a binding uses for a key: the character it types, else Textual's name ("space", "tab", "ctrl+x")."""
    if (
        character is not None
        and character.isprintable()
        and character != " "
        and len(character) == 1
        and "+" not in key
    ):
        return character
    return key


class KeyReader:
    """Reads one key after the other. `bindings` maps sequences of key names to command ids.

    Raises ValueError when one sequence is the beginning of another, as the longer could never be typed.
    """

    def __init__(self, bindings: Mapping[tuple[str, ...], str]) -> None:
        for long in bindings:
            for size in range(1, len(long)):
                if long[:size] in bindings:
                    raise ValueError(
                        f"the keys {' '.join(long)!r} begin with {' '.join(long[:size])!r}, which is taken"
                    )
        self._bindings = dict(bindings)
        self._beginnings = {keys[:size] for keys in bindings for size in range(1, len(keys))}
        self._prefixed = False
        self._so_far: tuple[str, ...] = ()

    @property
    def pending(self) -> tuple[str, ...]:
        """The keys of an unfinished sequence, the prefix included."""
        return ((PREFIX,) if self._prefixed else ()) + self._so_far

    def cancel(self) -> None:
        """Forget an unfinished sequence."""
        self._prefixed, self._so_far = False, ()

    def feed(self, key: str, *, typing: bool) -> Verdict:
        """Take one key; `typing` says whether a text has the focus."""
        if self.pending:
            return self._continue(key)
        if key == PREFIX:
            self._prefixed = True
            return Verdict(Fate.WAIT, self.pending)
        if typing:
            # Inside tmux, Esc and a letter typed soon after arrive as one Alt+letter (KEYS.md).
            alt_letter = len(key.removeprefix("alt+").removeprefix("shift+")) == 1 and key.startswith("alt+")
            return Verdict(Fate.LEAVE if key == "escape" or alt_letter else Fate.PASS)
        return self._match((key,), (key,), Fate.PASS)

    def _continue(self, key: str) -> Verdict:
        before = self.pending
        if key in CANCEL:
            self.cancel()
            return Verdict(Fate.CANCELLED, (*before, key))
        if self._prefixed and not self._so_far and key == PREFIX:
            self.cancel()
            return Verdict(Fate.LEAVE, (*before, key))
        return self._match((*self._so_far, key), (*before, key), Fate.UNKNOWN)

    def _match(self, keys: tuple[str, ...], shown: tuple[str, ...], otherwise: Fate) -> Verdict:
        if keys in self._bindings:
            self.cancel()
            return Verdict(Fate.RUN, shown, self._bindings[keys])
        if keys in self._beginnings:
            self._so_far = keys
            return Verdict(Fate.WAIT, shown)
        self.cancel()
        return Verdict(otherwise, shown)

    def continuations(self) -> dict[str, str]:
        """What may follow an unfinished sequence: key name -> id of the command it leads to (or begins)."""
        size = len(self._so_far)
        found: dict[str, str] = {}
        for keys, command in self._bindings.items():
            if keys[:size] == self._so_far and len(keys) > size:
                found.setdefault(keys[size], command)
        return found
