"""What the running clock costs a slow line: bytes written to a real pseudo-terminal of 80x24."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.terminal import Terminal

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.notebook import OpenNotebook

BYTES_A_SECOND = 60
WATCHED = 3  # seconds in which nothing may come


def held_today(path: Path, running_for: timedelta | None) -> None:
    """Plan the sample meeting for today; its first item has had the floor for so long (10 minutes are planned)."""
    now = datetime.now(UTC).replace(microsecond=0)

    def moved(book: Notebook) -> Notebook:
        first, *others = book.meetings
        days = tuple(replace(day, date=now.date() + timedelta(days=number)) for number, day in enumerate(first.days))
        return replace(book, meetings=(replace(first, days=days), *others))

    with OpenNotebook.open(path) as notebook:
        notebook.change(Edit("today", moved))
        if running_for is not None:
            item = next(notebook.value.meetings[0].items)
            notebook.change(edits.start("2020-05", item, now - running_for))


def status(terminal: Terminal) -> str:
    return terminal.text.split("\n")[-2]


def other_than(terminal: Terminal, words: str) -> Callable[[], bool]:
    return lambda: status(terminal) != words


def over_in(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def quiet_for_a_while(terminal: Terminal) -> int:
    """The bytes that came while the status line said the same for some seconds."""
    for _ in range(5):
        before, size = status(terminal), len(terminal.received)
        terminal.until(over_in(WATCHED), "some seconds to pass")
        if status(terminal) == before:
            return len(terminal.received) - size
    raise AssertionError(f"the status line never stands still: {status(terminal)}")


@pytest.mark.parametrize("running_for", [None, timedelta(minutes=2)], ids=["idle", "running"])
def test_nothing_is_written_while_no_digit_changes(sample: Path, running_for: timedelta | None) -> None:
    held_today(sample, running_for)
    with Terminal(str(sample)) as terminal:
        terminal.sees("saved")
        quiet_for_a_while(terminal)  # whatever a start still has to do
        assert quiet_for_a_while(terminal) == 0


def test_a_second_of_the_last_minute_costs_few_bytes(sample: Path) -> None:
    # Long enough into its ten minutes that seconds are shown, and with enough of them left for a slow start.
    held_today(sample, timedelta(minutes=9, seconds=5))
    with Terminal(str(sample), environment={"COLORTERM": "truecolor"}) as terminal:
        terminal.sees("Leanne Guy")
        costs = []
        for _ in range(7):
            before, size = status(terminal), len(terminal.received)
            terminal.until(other_than(terminal, before), "the next second")
            costs.append(len(terminal.received) - size)
        # The first may end what a start has to do, and one may change the minute of the clock too.
        assert sorted(costs)[3] <= BYTES_A_SECOND, costs
