"""The versions of a notebook file, one by one: those kept, and the one it is now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store import disk
from dmlt_tui.store.differences import differences
from dmlt_tui.store.errors import DamageError, StoreError
from dmlt_tui.store.generations import Generations
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.records import Records


class Described(Struct, frozen=True):
    """One version: its number (None for the file as it is now), since when it is that (UTC), its size in bytes.

    `meetings` is how many it holds, None where it is damaged; `changed` is what differs from the one before it.
    """

    number: int | None
    when: datetime
    size: int
    meetings: int | None
    changed: tuple[str, ...]


def versions(path: Path) -> Iterator[Described]:
    """Describe every version kept, oldest first, and the file as it is now where that is another one.

    Raises StoreError when there is something at `path` that can't be read, or nothing and no version of it either.
    """
    records = Records()
    before: Notebook | None = None
    last = b""
    kept = Generations(disk.real(path)).all()
    for generation in kept:
        try:
            content, value = generation.load(records)
        except StoreError:
            yield Described(generation.number, generation.when, _size(generation.path), None, ())
            continue
        yield Described(generation.number, generation.when, len(content), len(value.meetings), _changed(before, value))
        before, last = value, content
    try:
        content, version = disk.read(path)
    except FileNotFoundError:
        if not kept:
            raise StoreError(f"{path}: no such file") from None
        return
    version.close()
    if content != last:
        when = datetime.fromtimestamp(version.status.st_mtime, UTC)
        try:
            value = records.load(parse(content))
        except DamageError:
            yield Described(None, when, len(content), None, ())
        else:
            yield Described(None, when, len(content), len(value.meetings), _changed(before, value))


def _changed(before: Notebook | None, value: Notebook) -> tuple[str, ...]:
    return ("the oldest version kept",) if before is None else differences(before, value)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # another process has removed it
        return 0
