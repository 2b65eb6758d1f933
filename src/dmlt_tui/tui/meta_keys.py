"""Esc and a key pressed soon after it: inside tmux and on slow lines both arrive as one sequence.

Textual (8.2) reads such a pair as Alt+letter, as a sign Macs type (Esc 1 is an inverted exclamation mark), as a jump of
words (Esc f), or, for signs, as the sign alone. Here it is Esc, and the key is dropped: leave TYPE, type nothing.
"""

from __future__ import annotations

import string
from typing import cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys

# What begins longer sequences: CSI, SS3, OSC, DCS, SOS, PM, APC (ECMA-48, 5.6 and 8.3).
_BEGINNINGS = frozenset("[O]PX^_")


def read_meta_as_escape() -> None:
    """Have Textual's parser give Escape for every pair of Esc and a printable key that begins no longer sequence."""
    table = cast("dict[str, tuple[Keys, ...]]", ANSI_SEQUENCES_KEYS)
    for key in string.printable:
        if key.isprintable() and key not in _BEGINNINGS:
            table[f"\x1b{key}"] = (Keys.Escape,)
