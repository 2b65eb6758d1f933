"""Measure two desks at one notebook: how soon one sees what the other types, and what the pair costs while idle.

Two real programs run in pseudo-terminals on a copy of the sample, in which a meeting runs. Each change is a word typed
at the first desk; it is seen when it stands on the screen of the second. Idle cost is the CPU time of both over a while
without a key, as a share of one core.

    .venv/bin/python bench/together.py [--changes 100] [--idle 60]
"""

from __future__ import annotations

import argparse
import os
import random
import select
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from start import SAMPLE, Terminal

PATIENCE = 30.0  # seconds


class Desk(Terminal):
    """A program in a terminal that is read while another one is, too."""

    def take(self) -> None:
        """Read what it wrote."""
        data, _ = self._read(time.perf_counter())
        self._stream.feed(data)


def pump(terminals: tuple[Desk, Desk], seconds: float) -> None:
    """Read what both write for a while."""
    limit = time.perf_counter() + seconds
    while (left := limit - time.perf_counter()) > 0:
        ready, _, _ = select.select([terminal.fd for terminal in terminals], [], [], left)
        for terminal in terminals:
            if terminal.fd in ready:
                terminal.take()


def seen(terminals: tuple[Desk, Desk], word: str) -> float:
    """Seconds until the word stands on the screen of the second; TimeoutError."""
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        if any(word in line for line in terminals[1].screen.display):
            return time.perf_counter() - start
        pump(terminals, 0.005)
    raise TimeoutError(word)


def cpu_seconds(pid: int) -> float:
    """CPU time a process has used, in user and kernel mode."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # proc(5): utime and stime


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    parser.add_argument("--changes", type=int, default=100)
    parser.add_argument("--idle", type=float, default=60.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, path = Path(folder), Path(shutil.copy(SAMPLE, folder))
        command = [sys.executable, "-m", "dmlt_tui", str(path)]
        pair = (Desk(command, home, 100, 40), Desk(command, home, 100, 40))
        try:
            for terminal in pair:
                terminal.wait_for("Agenda", PATIENCE)
            pair[0].send(b"s")  # a meeting that runs: its clock is shown
            pump(pair, 3)
            before = [cpu_seconds(terminal.pid) for terminal in pair]
            pump(pair, options.idle)
            used = [cpu_seconds(terminal.pid) - was for terminal, was in zip(pair, before, strict=True)]
            shares = " and ".join(f"{100 * one / options.idle:.2f} %" for one in used)
            print(f"idle for {options.idle:.0f} s: {shares} of a core, together {100 * sum(used) / options.idle:.2f} %")
            pair[0].send(b"i\r")
            took, word = [], ""
            for number in range(options.changes):
                pump(pair, random.uniform(0.3, 1.3))
                pair[0].send(b"\x7f" * len(word))
                word = f"w{number}z"
                pair[0].send(word.encode())
                took.append(seen(pair, word))
            took.sort()
            high = took[max(round(len(took) * 0.95) - 1, 0)]
            figures = f"median {statistics.median(took):.3f} s, 95 % within {high:.3f} s, at most {took[-1]:.3f} s"
            print(f"{len(took)} changes seen after: {figures}")
        finally:
            for terminal in pair:
                terminal.close()


if __name__ == "__main__":
    main()
