"""Folders and files of this user's alone: rescue copies, drafts, generations, crash reports."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from importlib import import_module
from itertools import islice
from pathlib import Path

_AT_ONCE = 1024  # pieces that one call of writev takes: IOV_MAX of Linux and macOS


def state_folder(name: str) -> Path:
    """Name a folder among this user's state: ~/.local/state/dmlt-tui/NAME, or the system's own place."""
    import platformdirs

    return platformdirs.user_state_path("dmlt-tui", appauthor=False) / name


def mark(target: Path) -> str:
    """Name a notebook file by where it really is: 16 hexadecimal digits of its SHA-256."""
    # As Python's own random.py does: hashlib loads OpenSSL, which takes as long as to read a notebook, and beside which
    # Python has the same function in a small module of another name in 3.11.
    for name in ("_sha2", "_sha256", "hashlib"):
        with suppress(ImportError):
            digits: str = import_module(name).sha256(os.fsencode(target)).hexdigest()
            return digits[:16]
    raise ImportError("this Python has no SHA-256")


def make_private(folder: Path) -> None:
    """Make a folder for this user alone; raises PermissionError for one that others could write to, OSError."""
    make_folders(folder)
    if not is_private(folder):
        raise PermissionError(f"{folder} belongs to somebody else or is open to them")


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it that are missing, each for this user alone, and list them; raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):  # mkdir's own way to make those above leaves them as open as the umask says
        one.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)  # says so where there is something else of that name
    return missing


def is_private(folder: Path) -> bool:
    """Whether a folder is ours alone: in a temp folder, somebody else may have made one of this name."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022


def create(path: Path) -> int:
    """Make a file that must not be there yet, for this user alone; its descriptor. Raises OSError."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def write_all(descriptor: int, pieces: Iterable[bytes]) -> int:
    """Write everything, and return how many bytes it was; raises OSError."""
    written, waiting = 0, iter(pieces)
    while batch := list(islice(waiting, _AT_ONCE)):
        size = sum(map(len, batch))
        done = os.writev(descriptor, batch)
        while done < size:  # not all was taken
            done += os.write(descriptor, memoryview(b"".join(batch))[done:])
        written += size
    return written


def write_locked(path: Path, pieces: Iterable[bytes]) -> int:
    """Write a file whole and locked, and return its descriptor: it is never there without its lock. Raises OSError."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    descriptor = create(temporary)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        write_all(descriptor, [b"".join(pieces)])
        os.fsync(descriptor)
        temporary.replace(path)
    except BaseException:
        let_go(descriptor)
        temporary.unlink(missing_ok=True)
        raise
    return descriptor


def let_go(descriptor: int) -> None:
    """Close a file of which nothing is wanted any more: what its drive still has to say about it changes nothing."""
    with suppress(OSError):
        os.close(descriptor)


def lock_orphan(path: Path) -> int | None:
    """Lock a file of ours and return its descriptor, or None while its process lives, or when it is gone."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and status.st_uid == os.getuid() and status.st_nlink:
            return descriptor
    except OSError:  # held by the process that keeps it
        pass
    let_go(descriptor)
    return None
