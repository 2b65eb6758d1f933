"""What waits for a pause is done once, when the last disturbance is over; nothing rings before."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from textual.message_pump import MessagePump

from dmlt_tui.tui.widgets import quiet
from dmlt_tui.tui.widgets.quiet import Quiet


class Loop:
    """An event loop whose time the test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0
        self.bells: list[Bell] = []

    def call_later(self, seconds: float, call: Callable[..., object], *arguments: object) -> Bell:
        self.bells.append(Bell(self, self.now + seconds, lambda: call(*arguments)))
        return self.bells[-1]

    def ring(self) -> None:
        [bell] = self.bells
        self.bells.clear()
        self.now = bell.when
        bell.call()


class Bell(NamedTuple):
    """What a loop is to do."""

    loop: Loop
    when: float
    call: Callable[[], object]

    def cancel(self) -> None:
        self.loop.bells = [bell for bell in self.loop.bells if bell is not self]


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
    assert done == [5.0]
    assert not loop.bells
    waits.disturb()
    loop.ring()
    assert done == [5.0, 8.0]
