"""Esc and a key pressed soon after it: inside tmux and on slow lines both arrive as one sequence.

Textual (8.2) reads such a pair as Alt+letter, as a sign Macs type (Esc 1 is an inverted exclamation mark), as a jump of
words (Esc f), or, for signs, as the sign alone. Here it is Esc, and the key is dropped: leave TYPE, type nothing.
"""

from __future__ import annotations

import inspect
import string
from collections.abc import Iterable
from typing import cast

from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.keys import Keys

# What begins longer sequences: CSI, SS3, OSC, DCS, SOS, PM, APC (ECMA-48, 5.6 and 8.3).
_BEGINNINGS = frozenset("[O]PX^_")

_read = XTermParser._sequence_to_key_events


def read_meta_as_escape() -> None:
    """Have Textual's parser give Escape for every pair of Esc and a printable key.

    Of the pairs that could begin a longer sequence that is known only when nothing more has come for a while.
    """
    table = cast("dict[str, tuple[Keys, ...]]", ANSI_SEQUENCES_KEYS)
    for key in string.printable:
        if key.isprintable() and key not in _BEGINNINGS:
            table[f"\x1b{key}"] = (Keys.Escape,)
    if list(inspect.signature(_read).parameters) == ["self", "sequence", "alt"]:  # else left as it is
        XTermParser._sequence_to_key_events = _read_begun  # type: ignore[method-assign]


def _read_begun(self: XTermParser, sequence: str, alt: bool = False) -> Iterable[events.Key]:
    return [events.Key("escape", "\x1b")] if alt else _read(self, sequence, alt)
