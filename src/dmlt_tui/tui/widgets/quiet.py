"""What is done once nothing has happened for a while."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable

from textual.message_pump import MessagePump


class Quiet:
    """Has `owner` call `call` once `disturb` was not called for `seconds`.

    The event loop is asked to ring, once until then however often it is disturbed: a timer of Textual's is a task of
    its own, and to make one costs as much as to paint a letter.
    """

    def __init__(self, owner: MessagePump, seconds: float, call: Callable[[], object]) -> None:
        self._owner = owner
        self._seconds = seconds
        self._call = call
        self._due = 0.0  # as the event loop tells time
        self._waiting = False

    def disturb(self) -> None:
        """Begin to wait anew."""
        loop = get_running_loop()
        self._due = loop.time() + self._seconds
        if not self._waiting:
            self._waiting = True
            loop.call_at(self._due, self._look)

    def _look(self) -> None:
        loop = get_running_loop()
        if loop.time() < self._due:
            loop.call_at(self._due, self._look)
        else:
            self._waiting = False
            self._owner.call_later(self._call)
