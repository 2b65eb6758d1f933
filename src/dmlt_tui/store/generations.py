"""Generations: the last good versions of a notebook file, kept in the user's state folder, fewer the older they are.

Each is a whole notebook file of its own, private, in a folder named after where the notebook really is:
000012-20201122T184205Z-k3j5h8ab.json is the twelfth, and what the file held at that moment, in UTC. They are written
without fsync, because the notebook file itself has one: after a power cut the newest may be damaged, and is passed
over then.
"""

from __future__ import annotations

import math
import os
import re
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.disk import Version, read
from dmlt_tui.store.errors import DamageError, StoreError, why
from dmlt_tui.store.ids import new_id
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.private import create, is_private, make_private, mark, state_folder, write_all
from dmlt_tui.store.records import Records

# How far apart, in seconds, the generations younger than an age are kept; of older ones none stays.
STEPS = ((3600, 60), (86_400, 3600), (31 * 86_400, 86_400))
ALWAYS = 5  # so many of the newest stay in any case, also when a clock was wrong
LARGEST_SUM = 100 * 1024 * 1024  # bytes; where all of them are more, they are kept twice as far apart, and so on
OFTEN = 60.0  # seconds between two that are kept while typing goes on
_NAME = re.compile(r"(\d{6,})-(\d{8}T\d{6}Z)-[a-z0-9]+\.json", re.ASCII)
_STAMP = "%Y%m%dT%H%M%SZ"


class Generation(Struct, frozen=True):
    """One version kept: its number, counted from 1 and never given twice, when it was kept (UTC), and where it is."""

    number: int
    when: datetime
    path: Path

    def load(self, records: Records | None = None) -> tuple[bytes, Notebook]:
        """Read it, as bytes and as value; raises StoreError when it is damaged or gone.

        `records` that held another generation make that quicker: what is the same in both is not read anew.
        """
        try:
            data, version = read(self.path)
            version.close()
            return data, (records or Records()).load(parse(data))
        except FileNotFoundError:
            raise StoreError(f"{self.path}: it is no longer kept") from None
        except DamageError as damage:
            raise StoreError(f"{self.path}: {damage}") from None


class Generations:
    """The generations of the notebook file that really is at `target`. For one thread at a time."""

    def __init__(self, target: Path) -> None:
        self.folder = state_folder("generations") / f"{target.stem[:40]}-{mark(target)}"
        self.trouble = ""
        self._last = -math.inf

    def all(self) -> list[Generation]:
        """List them, oldest first; none where there is no folder of this user's own."""
        try:
            if not is_private(self.folder):
                return []
            names = sorted(entry.name for entry in os.scandir(self.folder))
        except OSError:
            return []
        every = [made for made in (_named(self.folder / name) for name in names) if made]
        return sorted(every, key=lambda generation: generation.number)

    def newest_good(self) -> Generation | None:
        """Find the newest that can be read."""
        for generation in reversed(self.all()):
            with suppress(StoreError):
                generation.load()
                return generation
        return None

    def keep(self, content: Version | Sequence[bytes], *, seconds: float = 0.0) -> bool:
        """Keep a version, unless one was kept less than `seconds` ago; whether it is kept now.

        That it can't be kept must not stop a save: `trouble` says why then, and is empty again once it could.
        """
        now = time.monotonic()
        if now - self._last < seconds:
            return False
        self._last = now
        try:
            self._add(content.pieces() if isinstance(content, Version) else [b"".join(content)])
        except OSError as error:
            self.trouble = f"{self.folder}: no older version can be kept: {why(error)}"
            return False
        self.trouble = ""
        return True

    def _add(self, pieces: Iterable[bytes]) -> None:
        make_private(self.folder)
        known = self.all()
        temporary = self.folder / f".{new_id()}.tmp"
        descriptor = create(temporary)
        try:
            size = write_all(descriptor, pieces)
            if known and _holds(known[-1].path, descriptor, size):
                temporary.unlink()
                return
            now = datetime.now(UTC).replace(microsecond=0)
            number = known[-1].number + 1 if known else 1
            made = Generation(number, now, self.folder / f"{number:06d}-{now:{_STAMP}}-{new_id()}.json")
            temporary.replace(made.path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        self._thin([*known, made], now)

    def _thin(self, every: list[Generation], now: datetime) -> None:
        for generation in set(every) - set(chosen(every, now)):
            generation.path.unlink(missing_ok=True)
        for entry in os.scandir(self.folder):  # what killed processes left
            if entry.name.endswith(".tmp") and now.timestamp() - entry.stat().st_mtime > 2 * OFTEN:
                Path(entry.path).unlink(missing_ok=True)


def _named(path: Path) -> Generation | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    try:
        return Generation(int(match[1]), datetime.strptime(match[2], _STAMP).replace(tzinfo=UTC), path)
    except ValueError:  # no such day
        return None


def chosen(every: Sequence[Generation], now: datetime) -> list[Generation]:
    """Choose which of them (oldest first) stay: of each step of time the newest, and all together small enough."""
    sizes = {generation: _size(generation.path) for generation in every}
    for wider in (1, 2, 4, 8, 16, 32):
        kept = _spread(every, now, wider)
        if sum(sizes[generation] for generation in kept) <= LARGEST_SUM:
            return kept
    return list(every[-ALWAYS:])


def _spread(every: Sequence[Generation], now: datetime, wider: int) -> list[Generation]:
    newest = every[-ALWAYS:]
    last_of_step: dict[tuple[int, int], Generation] = {}
    for generation in every:
        age = (now - generation.when).total_seconds()
        for most, step in STEPS:
            if age < most:
                last_of_step[step, int(generation.when.timestamp()) // (step * wider)] = generation
                break
    return [one for one in every if one in newest or one in last_of_step.values()]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # another process has removed it
        return 0


def _holds(path: Path, descriptor: int, size: int) -> bool:
    """Whether a file holds the same as the one that is open, whose size is known."""
    if _size(path) != size:
        return False
    with path.open("rb") as file:
        offset = 0
        while piece := file.read(1 << 20):
            if piece != os.pread(descriptor, len(piece), offset):
                return False
            offset += len(piece)
    return offset == size
