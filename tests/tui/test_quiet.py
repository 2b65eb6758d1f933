"""What waits for a pause waits until the last disturbance is over, rings once at a time, and is done once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.message_pump import MessagePump

from dmlt_tui.tui.widgets import quiet
from dmlt_tui.tui.widgets.quiet import Quiet


class Loop:
    """An event loop whose time the test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0
        self.bells: list[tuple[float, Callable[[], None]]] = []

    def time(self) -> float:
        return self.now

    def call_at(self, when: float, call: Callable[[], None]) -> None:
        self.bells.append((when, call))

    def ring(self) -> None:
        [(self.now, call)] = self.bells
        self.bells.clear()
        call()


class Owner(MessagePump):
    """Does at once what it is asked to do later."""

    def __init__(self) -> None:
        pass

    def call_later(self, callback: Callable[[], object]) -> bool:
        callback()
        return True


def test_what_was_disturbed_is_done_once_after_the_last_time(monkeypatch: pytest.MonkeyPatch) -> None:
    loop, done = Loop(), []
    monkeypatch.setattr(quiet, "get_running_loop", lambda: loop)
    waits = Quiet(Owner(), 3.0, lambda: done.append(loop.now))
    waits.disturb()
    loop.now = 2.0
    waits.disturb()
    loop.ring()
    assert loop.now == 3.0
    assert not done
    loop.ring()
    assert done == [5.0]
    assert not loop.bells
    waits.disturb()
    loop.ring()
    assert done == [5.0, 8.0]
