"""When to save: in a thread of its own, soon after the last change, and again for as long as it fails."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

QUIET_SECONDS = 0.25
LATEST_SECONDS = 0.5
RETRY_SECONDS = 1.0


class Saver:
    """Calls `save` in a thread: QUIET_SECONDS after the last touch(), LATEST_SECONDS after the first at the latest.

    `save` says whether it succeeded; if not, it is called again after RETRY_SECONDS, or as soon as a touch asks.
    What it raises is reported as Python reports every error of a thread. The thread starts with the first touch.
    """

    def __init__(self, save: Callable[[], bool]) -> None:
        self._save = save
        self._wake = threading.Condition()
        self._first: float | None = None
        self._due: float | None = None
        self._stopped = False
        self._thread: threading.Thread | None = None

    def touch(self) -> None:
        """Say that there is something to save. Never waits for the disk."""
        with self._wake:
            if self._stopped:
                return
            now = time.monotonic()
            if self._first is None:
                self._first = now
            asleep = self._due is None or self._due > now + QUIET_SECONDS
            self._due = min(now + QUIET_SECONDS, self._first + LATEST_SECONDS)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="dmlt-tui saver", daemon=True)
                self._thread.start()
            elif asleep:  # otherwise it wakes early enough, and sees the new time then
                self._wake.notify()

    def stop(self) -> None:
        """Have the thread end; what was not saved is not saved. Does not wait for it: it may wait for its caller."""
        with self._wake:
            self._stopped = True
            self._wake.notify()

    def _run(self) -> None:
        while self._wait():
            try:
                saved = self._save()
            except Exception:  # whatever a watcher does wrong, the saving goes on
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
                saved = False
            if not saved:
                with self._wake:
                    if self._due is None:
                        self._due = time.monotonic() + RETRY_SECONDS

    def _wait(self) -> bool:
        """Wait until a save is due; False once stopped."""
        with self._wake:
            while not self._stopped:
                now = time.monotonic()
                if self._due is not None and self._due <= now:
                    self._first = self._due = None
                    return True
                self._wake.wait(None if self._due is None else self._due - now)
            return False
