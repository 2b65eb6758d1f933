"""Two ways to rename that POSIX lacks: renameat2(2) of Linux, where the C library and the drive know it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from functools import cache
from pathlib import Path

_HERE = -100  # AT_FDCWD: names are found as open() finds them
_NOREPLACE, _EXCHANGE = 1, 2


def exchange(one: Path, other: Path) -> None:
    """Let two files take each other's name, in one step; raises FileNotFoundError, OSError where it is not known."""
    _rename(one, other, _EXCHANGE)


def rename_to_new(source: Path, target: Path) -> None:
    """Rename where there is nothing of that name; raises FileExistsError, OSError where it is not known."""
    _rename(source, target, _NOREPLACE)


def _rename(source: Path, target: Path, how: int) -> None:
    renameat2 = _renameat2()
    failed = renameat2(os.fsencode(source), os.fsencode(target), how) if renameat2 else errno.ENOSYS
    if failed:
        raise OSError(failed, os.strerror(failed), str(source), None, str(target))


@cache
def _renameat2() -> Callable[[bytes, bytes, int], int] | None:
    """The C library's own, returning 0 or an errno; None on other systems, and where it or Python was made without."""
    try:
        import ctypes  # here, because who only reads should not wait for its import

        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (ImportError, OSError, AttributeError):
        return None
    renameat2.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    return lambda source, target, how: ctypes.get_errno() if renameat2(_HERE, source, _HERE, target, how) else 0
