"""When to save: in a thread of its own, at once after a change, not too often, and again for as long as it fails."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

OFTEN_SECONDS = 0.1  # from the start of one save to that of the next, at least
SELDOM_SECONDS = 0.5  # and at most, however slow the disk is
SHARE = 10  # times as long as it takes: a slow disk is not kept busy for more than a tenth of the time
RETRY_SECONDS = 1.0
LOOK_SECONDS = 0.5  # from one look at what others did to the next, for who keeps looking


class Saver:
    """Calls `save` in a thread, at once after a touch() and at most SELDOM_SECONDS after it, if the disk keeps up.

    To wait a moment first would be to wake the thread twice, which costs more than what a second letter would share.

    `save` says whether it succeeded; if not, it is called again after RETRY_SECONDS, or as soon as a touch asks.
    What it raises is reported as Python reports every error of a thread. The thread starts when it is first needed.
    """

    def __init__(self, save: Callable[[], bool]) -> None:
        self._save = save
        self._wake = threading.Condition()
        self._due: float | None = None
        self._free = 0.0
        self._touched = False
        self._failing = False
        self._looking = False
        self._stopped = False
        self._thread: threading.Thread | None = None

    def touch(self) -> None:
        """Say that there is something to save. Never waits for the disk."""
        with self._wake:
            self._touched = True
            self._ask(max(time.monotonic(), self._free))

    def look(self) -> None:
        """Have `save` called now, to see what others did. While it fails, it is called often enough by itself."""
        with self._wake:
            if not self._failing:
                self._ask(time.monotonic())

    def keep_looking(self) -> None:
        """Have `save` called as often as LOOK_SECONDS says from now on, without being asked."""
        with self._wake:
            self._looking = True
            self._ask(time.monotonic() + LOOK_SECONDS)

    def look_again(self, at: float) -> None:
        """Have `save` called at this moment of the monotonic clock, if not before."""
        with self._wake:
            self._ask(at)

    def stop(self) -> None:
        """Have the thread end; what was not saved is not saved. Does not wait for it: it may wait for its caller."""
        with self._wake:
            self._stopped = True
            self._wake.notify()

    def _ask(self, due: float) -> None:
        if self._stopped or (self._due is not None and self._due <= due):
            return
        self._due = due
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="dmlt-tui saver", daemon=True)
            self._thread.start()
        else:
            self._wake.notify()

    def _run(self) -> None:
        while (touched := self._wait()) is not None:
            start = time.monotonic()
            try:
                saved = self._save()
            except Exception:  # whatever a watcher does wrong, the saving goes on
                threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
                saved = False
            end = time.monotonic()
            with self._wake:
                self._failing = not saved
                if touched:
                    self._free = start + min(max((end - start) * SHARE, OFTEN_SECONDS), SELDOM_SECONDS)
                if not saved:
                    self._ask(end + RETRY_SECONDS)
                elif self._looking:
                    self._ask(end + LOOK_SECONDS)

    def _wait(self) -> bool | None:
        """Wait until a save is due, and say whether there is something to save; None once stopped."""
        with self._wake:
            while not self._stopped:
                now = time.monotonic()
                if self._due is not None and self._due <= now:
                    touched, self._due, self._touched = self._touched, None, False
                    return touched
                self._wake.wait(None if self._due is None else self._due - now)
            return None
