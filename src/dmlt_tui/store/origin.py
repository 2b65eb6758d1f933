"""Which version of the file a program without the lock has started from: it may have read it before the last saves.

A script that reads the file, changes it and puts it back, or a `git checkout`, knows nothing of what is saved in the
meantime. Compared with the last version, it would seem to have taken that back.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

from dmlt_tui.meeting.model import Notebook, Record
from dmlt_tui.store.merge import keyed

KEPT_SECONDS = 5.0  # what is put there later than this after it was read is taken to be meant


class Lately:
    """The values that the file held in the last KEPT_SECONDS."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._past: list[tuple[float, Notebook]] = []

    def add(self, value: Notebook) -> None:
        """Keep a value that the file has held until now."""
        now = self._clock()
        self._past = [*((until, one) for until, one in self._past if now - until <= KEPT_SECONDS), (now, value)]

    def origin(self, newest: Notebook, theirs: Notebook) -> Notebook:
        """Tell which one `theirs` was made of: the one that it differs least from, of several the newest."""
        oldest = self._clock() - KEPT_SECONDS
        past = [value for until, value in reversed(self._past) if until >= oldest]
        return min([newest, *past], key=lambda value: distance(value, theirs))


def distance(one: object, other: object) -> int:
    """Count the words that one has and the other has not, both ways; entries of lists are matched as merge() does."""
    if one is other or one == other:
        return 0
    if isinstance(one, Record) and type(one) is type(other):
        return sum(distance(getattr(one, name), getattr(other, name)) for name in one.__struct_fields__)
    if isinstance(one, tuple) and isinstance(other, tuple):
        here, there = keyed(one), keyed(other)
        return sum(distance(here.get(key), there.get(key)) for key in here | there)
    before, after = _lines(one), _lines(other)  # words only of the lines that differ: most of a long text is the same
    mine, theirs = _words(before - after), _words(after - before)
    return ((mine - theirs) + (theirs - mine)).total()


def _lines(value: object) -> Counter[str]:
    return Counter() if value is None else Counter((value if isinstance(value, str) else repr(value)).split("\n"))


def _words(lines: Counter[str]) -> Counter[str]:
    return Counter(" ".join(lines.elements()).split())
