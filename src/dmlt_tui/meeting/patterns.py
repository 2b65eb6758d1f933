"""The patterns of a notebook, as the language of notes takes them."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache

from dmlt_tui.meeting.model import Notebook, Pattern
from dmlt_tui.notes.patterns import KeyPattern


@lru_cache(maxsize=16)
def _key_patterns(patterns: tuple[Pattern, ...]) -> tuple[KeyPattern, ...]:
    found = []
    for pattern in patterns:
        with suppress(ValueError):
            found.append(KeyPattern(pattern.regex, pattern.kind, pattern.address))
    return tuple(found)


def key_patterns(notebook: Notebook) -> tuple[KeyPattern, ...]:
    """The notebook's patterns as the language of notes takes them.

    One that can't be used finds nothing; meeting/findings.py says what is wrong with it.
    """
    return _key_patterns(notebook.patterns)
