"""Enter pressed before the terminal is taken over: until then its line makes a line feed of it (ICRNL, termios(3)).

Textual (8.2) reads that as Ctrl+J, to which nothing is bound: it is Enter to many terminals.
"""

from __future__ import annotations

from typing import cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys


def read_line_feed_as_enter() -> None:
    """Have Textual's parser give Enter for a line feed."""
    cast("dict[str, tuple[Keys, ...]]", ANSI_SEQUENCES_KEYS)["\n"] = (Keys.Enter,)
