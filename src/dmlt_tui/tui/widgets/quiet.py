"""What is done once nothing has happened for a while."""

from __future__ import annotations

from asyncio import TimerHandle, get_running_loop
from collections.abc import Callable

from textual.message_pump import MessagePump


class Quiet:
    """Has `owner` call `call` once `disturb` was not called for `seconds`.

    The event loop is asked to ring, anew for each disturbance: a bell called off wakes nobody. A timer of Textual's is
    a task of its own, and to make one costs as much as to paint a letter.
    """

    def __init__(self, owner: MessagePump, seconds: float, call: Callable[[], object]) -> None:
        self._owner = owner
        self._seconds = seconds
        self._call = call
        self._bell: TimerHandle | None = None

    def disturb(self) -> None:
        """Begin to wait anew."""
        if self._bell is not None:
            self._bell.cancel()
        self._bell = get_running_loop().call_later(self._seconds, self._owner.call_later, self._call)
