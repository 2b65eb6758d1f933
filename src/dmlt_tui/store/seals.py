"""Which versions of the file were written by those who take its lock: the last ones, noted in the lock file.

Whoever took the lock has merged what was there. What has no seal is of a program that may have read the file before.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from dmlt_tui.store.disk import Identity

_SEALED = b"saved:"
_MOST = 16  # so many saves of others may come between reading the file and asking for its seal
_SIZE = _MOST * 80  # bytes


def write(descriptor: int, version: Identity) -> None:
    """Seal a version, in the lock file held; where that fails, it is taken for one of a program without the lock."""
    with suppress(OSError):
        before = [word for word in os.pread(descriptor, _SIZE, 0).split() if word.startswith(_SEALED)]
        os.pwrite(descriptor, b" ".join([_seal(version), *before][:_MOST]).ljust(_SIZE), 0)


def holds(lock: Path, version: Identity, after: Identity | None) -> bool:
    """Whether a version was sealed, and later than `after` if that was; True also where there are no seals."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            newest_first = os.read(descriptor, _SIZE).split()
        finally:
            os.close(descriptor)
    except OSError:
        return True
    if not newest_first or not newest_first[0].startswith(_SEALED):
        return True
    if after is not None and _seal(after) in newest_first:
        del newest_first[newest_first.index(_seal(after)) :]
    return _seal(version) in newest_first


def _seal(version: Identity) -> bytes:
    """A version in a word: what does not change with its name, and is the same on each host."""
    return b"%s%d:%d:%d" % (_SEALED, version.inode, version.size, version.modified)
