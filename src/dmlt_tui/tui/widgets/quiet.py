"""What is done once nothing has happened for a while."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from textual.message_pump import MessagePump


class Quiet:
    """Calls `call` once `disturb` was not called for `seconds`.

    One timer runs until then, however often it is disturbed: to make and stop one costs as much as to paint a letter.
    """

    def __init__(self, owner: MessagePump, seconds: float, call: Callable[[], object]) -> None:
        self._owner = owner
        self._seconds = seconds
        self._call = call
        self._due = 0.0  # by the monotonic clock
        self._waiting = False

    def disturb(self) -> None:
        """Begin to wait anew."""
        self._due = monotonic() + self._seconds
        if not self._waiting:
            self._waiting = True
            self._owner.set_timer(self._seconds, self._look)

    def _look(self) -> None:
        left = self._due - monotonic()
        if left > 0:
            self._owner.set_timer(left, self._look)
        else:
            self._waiting = False
            self._call()
