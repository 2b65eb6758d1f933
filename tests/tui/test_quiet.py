"""What waits for a pause waits until the last disturbance is over, with one timer, and is done once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.message_pump import MessagePump

from dmlt_tui.tui.widgets import quiet
from dmlt_tui.tui.widgets.quiet import Quiet


class Owner(MessagePump):
    """Keeps the timers it is asked for, which the test lets ring."""

    def __init__(self) -> None:
        self.timers: list[tuple[float, Callable[[], None]]] = []

    def set_timer(self, delay: float, callback: Callable[[], None]) -> None:  # type: ignore[override]
        self.timers.append((delay, callback))


def test_what_was_disturbed_is_done_once_after_the_last_time(monkeypatch: pytest.MonkeyPatch) -> None:
    now, done, owner = 0.0, [], Owner()
    monkeypatch.setattr(quiet, "monotonic", lambda: now)
    waits = Quiet(owner, 3.0, lambda: done.append(now))
    waits.disturb()
    now = 2.0
    waits.disturb()
    [(delay, ring)] = owner.timers
    now = delay
    ring()
    assert not done
    [_, (delay, ring)] = owner.timers
    now += delay
    ring()
    assert done == [5.0]
    waits.disturb()
    assert len(owner.timers) == 3
