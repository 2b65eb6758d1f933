"""What the running clock costs a slow line: bytes written to a real pseudo-terminal of 80x24.

The program runs under a clock that the test sets, second by second, so that nothing else changes meanwhile, and it is
given all the time it wants to paint what did.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from support import clocked
from support.terminal import Terminal

from dmlt_tui.meeting import edits
from dmlt_tui.store.notebook import OpenNotebook

BYTES_A_SECOND = 60
QUIET = 1.5  # seconds without a byte after which what had to be painted is: the clock is asked every second
NINE = datetime(2020, 5, 12, 16, 0, tzinfo=UTC)  # the start of the reference meeting, whose first item has 10 minutes


class Watched:
    """The live screen, and the bytes that come while its clock is set."""

    def __init__(self, terminal: Terminal, clock: Path) -> None:
        self._terminal = terminal
        self._clock = clock

    @property
    def status(self) -> str:
        return self._terminal.text.split("\n")[-2]

    def settles(self) -> None:
        """Wait until nothing has come for some time."""
        size, since = len(self._terminal.received), time.monotonic()

        def quiet() -> bool:
            nonlocal size, since
            if len(self._terminal.received) != size:
                size, since = len(self._terminal.received), time.monotonic()
            return time.monotonic() - since > QUIET

        self._terminal.until(quiet, "the screen to stand still")

    def cost(self, elapsed: timedelta, words: str) -> int:
        """Set the clock to so long after nine, and count the bytes until the status line has these words."""
        before = len(self._terminal.received)
        set_clock(self._clock, elapsed)
        self._terminal.until(lambda: words in self.status, repr(words))
        self.settles()
        return len(self._terminal.received) - before


def set_clock(path: Path, elapsed: timedelta) -> None:
    other = path.with_suffix(".new")
    other.write_text((NINE + elapsed).isoformat(), encoding="ascii")
    other.replace(path)  # never half written


def watched(sample: Path, clock: Path, elapsed: timedelta, *, running: bool) -> Iterator[Watched]:
    with OpenNotebook.open(sample) as notebook:
        if running:
            notebook.change(edits.start("2020-05", next(notebook.value.meetings[-1].items), NINE))
    set_clock(clock, elapsed)
    with Terminal(str(sample), str(clock), program=(clocked.__file__,)) as terminal:
        terminal.sees("saved")
        found = Watched(terminal, clock)
        found.settles()
        yield found


@pytest.fixture
def idle(sample: Path, tmp_path: Path) -> Iterator[Watched]:
    yield from watched(sample, tmp_path / "clock", timedelta(), running=False)


@pytest.fixture
def running(sample: Path, tmp_path: Path) -> Iterator[Watched]:
    yield from watched(sample, tmp_path / "clock", timedelta(minutes=2), running=True)


def test_an_idle_screen_sends_nothing(idle: Watched) -> None:
    assert idle.cost(timedelta(seconds=30), "09:00") == 0


def test_nothing_is_written_while_no_digit_changes(running: Watched) -> None:
    assert "2/10 min" in running.status
    for seconds in (1, 59):
        assert running.cost(timedelta(minutes=2, seconds=seconds), "2/10 min") == 0


def test_a_second_of_the_last_minute_costs_few_bytes(running: Watched) -> None:
    running.cost(timedelta(minutes=9, seconds=5), "9:05/10 min")
    for second in (6, 10, 59):
        assert running.cost(timedelta(minutes=9, seconds=second), f"9:{second:02}/10 min") <= BYTES_A_SECOND


def test_a_minute_costs_few_bytes_too(running: Watched) -> None:
    assert running.cost(timedelta(minutes=3), "3/10 min") <= BYTES_A_SECOND
