"""The way back: what is kept of a notebook file, said in words, and put in its place again."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from dmlt_tui.store import disk
from dmlt_tui.store.errors import DamagedFileError, StoreError, why
from dmlt_tui.store.file import NotebookFile
from dmlt_tui.store.generations import Generation, Generations
from dmlt_tui.store.private import create, write_all
from dmlt_tui.store.rescue import Rescue

_TRIES = 10


class Replaced(Struct, frozen=True):
    """What stood in the way of a generation put back: kept as another one, or set aside because it was damaged."""

    kept: Generation | None = None
    aside: Path | None = None


def restore(path: Path, generation: Generation) -> Replaced:
    """Put a generation in the place of the notebook file, byte for byte; the version replaced becomes a generation.

    Raises StoreError, also when the version replaced can't be kept; then nothing was changed.
    """
    content, _ = generation.load()
    try:
        disk.make_folders(disk.real(path).parent)
    except OSError as error:
        raise StoreError(f"{path}: not restored: {why(error)}") from None
    file = NotebookFile(path)
    try:
        with file.locked():
            for _ in range(_TRIES):
                try:
                    return _put_back(file, content)
                except disk.ChangedError:  # somebody was faster: theirs is looked at now
                    continue
    finally:
        file.close()
    raise StoreError(f"{path}: not restored: other programs change it all the time")


def _put_back(file: NotebookFile, content: bytes) -> Replaced:
    aside, kept = None, None
    try:
        file.fetch()
    except DamagedFileError:
        _, aside = file.set_aside()
    if file.keep():
        kept = next(reversed(file.generations.all()), None)
    elif file.generations.trouble:
        raise StoreError(f"{file.path}: not restored: what it holds now can't be kept: {file.generations.trouble}")
    file.put(content)
    return Replaced(kept, aside)


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, for this user alone; raises StoreError."""
    try:
        descriptor = create(path)
    except FileExistsError:
        raise StoreError(f"{path}: there is a file of that name already; give another") from None
    except (OSError, ValueError) as error:
        raise disk.refused(path, "can't be written", error) from None
    try:
        try:
            write_all(descriptor, [content])
            os.fsync(descriptor)
        finally:
            os.close(descriptor)  # some network drives report a full quota only here
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise disk.refused(path, "can't be written", error) from None


def ways_back(path: Path) -> str:
    """Say what there is to do about a damaged file, and how: the end of a line."""
    name = shlex.quote(str(path))
    target = disk.real(path)
    ways = []
    newest = Generations(target).newest_good()
    if newest is not None:
        ways.append(f"the last good version, of {local(newest.when)}: dmlt-tui restore {name} --at {newest.number}")
    ways.append(f"what can be read of this one: dmlt-tui check --repair {name}")
    if Rescue(target).orphans():
        ways.append("typing not saved before is merged in once it opens again")
    return "; ".join(ways)


def older_versions(path: Path) -> str:
    """Say that older versions of a file that is gone are kept, or nothing: the end of a line."""
    if not Generations(disk.real(path)).all():
        return ""
    return f"; older versions are kept: dmlt-tui history {shlex.quote(str(path))}"


def local(moment: datetime) -> str:
    """Spell a moment as the clocks here show it: "2020-11-22 18:42:05"."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M:%S}"
