"""What a typed letter costs, side by side in one run: dmlt-tui, a bare Textual TextArea, vim and nano where installed.

For each program: the time from key to first output (median and 99th percentile), bytes sent and CPU per key, bytes per
second when nothing is typed, and memory. The programs take turns, so that a busy machine slows all of them; the ratios
to the bare TextArea are what to quote.

    .venv/bin/python bench/keys.py [--keys 120] [--size 80x24 --size 120x40]
"""

from __future__ import annotations

import argparse
import json
import os
import select
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace
from start import NOTES, PROJECT, SAMPLE, SYNC_ANSWER, SYNC_QUERY, Program, Terminal

from dmlt_tui.meeting.edits import Edit, set_notes
from dmlt_tui.meeting.model import Notebook, newest
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.store.records import Records

LETTERS = "minutes of the meeting go on and on and "
ROUNDS = 4  # the keys are typed in so many portions, the programs taking turns
PACE = 0.12  # seconds between two keys: a quick typist
LINES = 10_000
MEETINGS = 600


@dataclass
class Seen:
    """What was measured of one program: seconds and bytes for each key, seconds of CPU a key."""

    latencies: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    idle: float = 0.0  # bytes a second
    memory: float = 0.0  # MiB


class Typist:
    """A program that is up, and typed into."""

    def __init__(self, program: Program, home: Path, size: tuple[int, int], timeout: float) -> None:
        self.program = program
        self.terminal = Terminal(program.command, home, *size)
        self.terminal.wait_for(program.ready, timeout)
        self.read(1.0)
        self.terminal.send(program.key.encode())
        self.read(3.0)

    def read(self, seconds: float, *, until_output: bool = False) -> tuple[int, float]:
        """Read for a while; gives the bytes, and when the first of them came."""
        terminal, count, first = self.terminal, 0, 0.0
        limit = time.perf_counter() + seconds
        while (left := limit - time.perf_counter()) > 0:
            if not select.select([terminal.fd], [], [], left)[0]:
                break
            data = os.read(terminal.fd, 65536)
            first = first or time.perf_counter()
            if SYNC_QUERY in data:
                terminal.send(SYNC_ANSWER)
            count += len(data)
            if until_output:
                break
        return count, first

    def types(self, letters: str, seen: Seen) -> None:
        """Type, a letter at a time."""
        before = self._cpu()
        for letter in letters:
            start = time.perf_counter()
            self.terminal.send(letter.encode())
            count, first = self.read(PACE)
            if first:
                seen.latencies.append(first - start)
            seen.sizes.append(count)
        seen.cpu.append((self._cpu() - before) / len(letters))

    def rests(self, seen: Seen, seconds: float = 5.0) -> None:
        """Look at what it does when nothing is typed, and at how much memory it holds."""
        self.read(4.0)
        seen.idle = self.read(seconds)[0] / seconds
        status = Path(f"/proc/{self.terminal.pid}/status").read_text()
        seen.memory = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024

    def _cpu(self) -> float:
        """Seconds of CPU its threads have used, to the nanosecond; /proc/PID/stat tells hundredths."""
        tasks = Path(f"/proc/{self.terminal.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def notebooks(home: Path) -> None:
    """Write the sample, one with a long note in it, and one of many meetings."""
    sample: Notebook = Records().load(json.loads(SAMPLE.read_text("utf-8")))
    text = "\n".join(f"- point {number} of a long note" for number in range(LINES))
    meeting = newest(sample)
    if meeting is None:
        raise ValueError("the sample holds no meeting")
    item = next(iter(meeting.items))
    more = tuple(replace(sample.meetings[-1], id=f"m{number}") for number in range(MEETINGS - len(sample.meetings)))
    write(home / "sample.json", sample)
    write(home / "long.json", set_notes(meeting.id, item, item.notes, text).apply(sample))
    write(home / "many.json", replace(sample, meetings=(*more, *sample.meetings)))
    (home / "notes.md").write_text(NOTES)


def write(path: Path, value: Notebook) -> None:
    """Make a notebook file."""
    with OpenNotebook.open(path, create=True) as notebook:
        notebook.change(Edit("bench", lambda _: value))


def programs() -> list[Program]:
    """What is compared; the first one is what the others are compared with."""
    python = str(PROJECT / ".venv" / "bin" / "python")
    found = [
        Program("bare TextArea", [python, str(PROJECT / "bench" / "bare.py"), "notes.md"], "point 10", "\x1b[1;5F", "")
    ]
    names = {"dmlt-tui": "sample", f"dmlt-tui, note of {LINES} lines": "long", f"dmlt-tui, {MEETINGS} meetings": "many"}
    for name, book in names.items():
        command = [str(PROJECT / ".venv" / "bin" / "dmlt-tui"), f"{book}.json"]
        found.append(Program(name, command, "Agenda", "i\r", ""))
    if vim := shutil.which("vim"):
        found.append(Program("vim", [vim, "-u", "NONE", "-i", "NONE", "-N", "-n", "notes.md"], "point 10", "Go", ""))
    if nano := shutil.which("nano"):
        found.append(Program("nano", [nano, "-I", "notes.md"], "point 10", "\x1b/", ""))
    return found


def compare(size: tuple[int, int], keys: int, timeout: float) -> None:
    """Measure all at one size, and print a table."""
    with tempfile.TemporaryDirectory(prefix="dmlt-bench-") as folder:
        home = Path(folder)
        notebooks(home)
        typists = [Typist(program, home, size, timeout) for program in programs()]
        seen = {typist.program.name: Seen() for typist in typists}
        letters = (LETTERS * (keys // len(LETTERS) + 1))[: keys // ROUNDS]
        for _ in range(ROUNDS):
            for typist in typists:
                typist.types(letters, seen[typist.program.name])
        for typist in typists:
            typist.rests(seen[typist.program.name])
            typist.terminal.close()
    table(size, seen)


def table(size: tuple[int, int], seen: dict[str, Seen]) -> None:
    """Print what was measured as a table of Markdown, ratios to the first row in brackets."""
    base = next(iter(seen.values()))
    print(f"\n{size[0]}x{size[1]}, {len(base.sizes)} keys each\n")
    print("| program | p50 ms | p99 ms | bytes/key | CPU ms/key | idle bytes/s | MiB |")
    print("|---|---|---|---|---|---|---|")
    for name, one in seen.items():
        pairs = [
            (1000 * statistics.median(one.latencies), 1000 * statistics.median(base.latencies)),
            (1000 * high(one.latencies), 1000 * high(base.latencies)),
            (statistics.median(one.sizes), statistics.median(base.sizes)),
            (1000 * statistics.median(one.cpu), 1000 * statistics.median(base.cpu)),
            (one.idle, base.idle),
            (one.memory, base.memory),
        ]
        cells = [f"{value:.1f} ({value / against:.2f})" if against else f"{value:.1f}" for value, against in pairs]
        print(f"| {name} | {' | '.join(cells)} |")


def high(values: list[float]) -> float:
    """The 99th percentile."""
    return sorted(values)[max(0, round(len(values) * 0.99) - 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=160)
    parser.add_argument("--size", action="append", metavar="COLUMNSxROWS")
    parser.add_argument("--timeout", type=float, default=60, metavar="SECONDS")
    options = parser.parse_args()
    for size in options.size or ["80x24", "120x40"]:
        columns, rows = (int(part) for part in size.split("x"))
        compare((columns, rows), options.keys, options.timeout)


if __name__ == "__main__":
    main()
