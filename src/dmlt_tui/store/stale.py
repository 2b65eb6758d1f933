"""Lock files that another host has left behind.

Where a drive knows no flock, a lock is a file that names process and host. One left by a dead process of this host is
recognised and taken over by filelock itself. A process of another host can't be asked; but a save takes milliseconds,
so a lock that stays the same for half a minute is nobody's any more.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

LEFT_SECONDS = 30.0  # by this process's own clock, which no other is compared with
_LARGEST = 1024  # bytes
_Marker = tuple[int, int, int, bytes]
_seen: dict[Path, tuple[_Marker, float]] = {}


def remove(lock: Path) -> str:
    """Remove a lock file that another host has left behind, and name that host; "" when it may still be held.

    To be called each time the lock could not be had. Raises OSError.
    """
    marker = _marker(lock)
    host = _host(marker[3]) if marker else ""
    if marker is None or host in ("", os.uname().nodename):
        _seen.pop(lock, None)
        return ""
    known, since = _seen.get(lock, (None, 0.0))
    if known != marker:
        _seen[lock] = (marker, time.monotonic())
        return ""
    if time.monotonic() - since < LEFT_SECONDS or _marker(lock) != marker:
        return ""
    del _seen[lock]
    lock.unlink(missing_ok=True)
    return host


def _marker(lock: Path) -> _Marker | None:
    """What tells a lock file from a later one at its place; None when there is none."""
    try:
        descriptor = os.open(lock, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        status = os.fstat(descriptor)
        return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, os.read(descriptor, _LARGEST)
    finally:
        os.close(descriptor)


def _host(content: bytes) -> str:
    """The host a lock file names in its second line, as filelock writes it; "" when it names none."""
    lines = content.decode("ascii", "replace").split("\n")
    return lines[1].partition("?")[0].strip()[:80] if len(lines) > 1 and lines[0].isdecimal() else ""
