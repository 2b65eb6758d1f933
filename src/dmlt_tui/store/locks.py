"""The lock beside a notebook file: of this machine's dmlt-tui processes, one writes at a time."""

from __future__ import annotations

import errno
import os
import stat
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from dmlt_tui.store import disk, seals, stale
from dmlt_tui.store.errors import StoreError

if TYPE_CHECKING:
    from filelock import FileLock

LOCK_SECONDS = 2.0
TURNS = 30  # of others that are waited for: then they leave no time between their saves
_AGAIN_SECONDS = 0.01

# Where a drive knows no flock, filelock makes do with a lock file, and says so on the screen.
warnings.filterwarnings("ignore", message="flock not supported")


class Lock:
    """The lock of one notebook file, for one thread at a time; whoever opens the file has a Lock of its own.

    The lock file stays, private like the notebook: removing it would let two processes hold two of them. It is kept
    open, as whoever saves will soon save again. filelock makes it, and makes do where a drive knows no flock.
    """

    def __init__(self, place: disk.Place) -> None:
        self._place = place
        self._path = place.target.with_name(f".{place.target.name}.lock")
        self._descriptor: int | None = None

    @contextmanager
    def held(self, turns: int = TURNS) -> Iterator[str]:
        """Be the only one to write the file.

        Raises StoreError after LOCK_SECONDS in which nobody saved: while others save in turn, it is waited for longer,
        so many times as there are `turns`. Gives the host whose lock was taken over because it had been left there,
        else "".
        """
        path, left_by = self._place.path, ""
        try:
            taken = self._take_in_turn(turns)
            if not taken:
                left_by = stale.remove(self._path)
                taken = self._take(LOCK_SECONDS if left_by else 0)
        except OSError as error:
            if isinstance(error, PermissionError) and os.path.lexists(self._path):
                words = f"its lock {self._path.name} is another user's alone until they save"
                raise StoreError(f"{path}: not saved: {words}") from None
            raise disk.refused(path, "not saved", error) from None
        if not taken:
            raise StoreError(f"{path}: not saved: another program has kept it locked for {LOCK_SECONDS:.0f} s")
        try:
            self._share()
            yield left_by
        finally:
            self._release()

    def close(self) -> None:
        """Let the lock file go. Not while it is held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with suppress(OSError):  # nothing was written to it
                os.close(descriptor)

    def seal(self, version: disk.Identity) -> None:
        """Note in the lock file that this version is of one who takes the lock; while it is held."""
        if self._descriptor is not None:
            seals.write(self._descriptor, version)

    def has_sealed(self, version: disk.Identity, *, after: disk.Identity | None) -> bool:
        """Whether this version is of one who took the lock later than for `after`; True also where nothing tells."""
        return seals.holds(self._path, version, after)

    def _take_in_turn(self, turns: int) -> bool:
        """Take it, waiting for others as long as they save; False when it is held and nothing is saved."""
        if self._take(0):
            return True
        for _ in range(turns):
            before = disk.look(self._place.path)
            if self._take(LOCK_SECONDS):
                return True
            if disk.look(self._place.path) == before:
                return False
        raise StoreError(f"{self._place.path}: not saved: other programs save it all the time")

    def _take(self, seconds: float) -> bool:
        limit = time.monotonic() + seconds
        while not self._take_once():
            if time.monotonic() >= limit:
                return False
            time.sleep(_AGAIN_SECONDS)
        return True

    def _take_once(self) -> bool:
        from filelock import Timeout, lock_descriptor  # here, because who only reads should not wait for its import

        try:
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            if not lock_descriptor(self._descriptor, blocking=False):
                return False
            if os.path.samestat(os.fstat(self._descriptor), self._path.stat()):
                return True
        except OSError as error:
            self.close()
            if error.errno not in (errno.ENOENT, errno.ENOSYS):
                raise
        self.close()  # there was none, it was removed, or its drive knows no flock
        if not stat.S_ISDIR(self._path.parent.stat().st_mode):  # filelock would make a folder that is gone
            raise NotADirectoryError(errno.ENOTDIR, "")
        try:
            self._made.acquire(timeout=0)
        except Timeout:
            return False
        return True

    @cached_property
    def _made(self) -> FileLock:
        from filelock import FileLock

        return FileLock(self._path, mode=0o600)

    def _release(self) -> None:
        from filelock import unlock_descriptor

        if self._descriptor is None:
            self._made.release()
            return
        try:
            unlock_descriptor(self._descriptor)
        except OSError:  # closed, it is let go in any case
            self.close()

    def _share(self) -> None:
        """Let those take the lock who may write the file, also when that was changed since; under the lock."""
        with suppress(OSError):  # no file yet; another user's lock, who does this; what else is wrong the save will say
            model, status = self._place.target.stat(), self._path.stat()
            mode = stat.S_IMODE(model.st_mode) & 0o666 | 0o600
            if status.st_gid != model.st_gid:
                os.chown(self._path, -1, model.st_gid)
            if stat.S_IMODE(status.st_mode) != mode:
                self._path.chmod(mode)
