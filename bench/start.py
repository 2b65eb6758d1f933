"""Measure the start of dmlt-tui against a bare Textual app, as somebody at a terminal sees it.

Both are started in turn in a pseudo-terminal, in one run, so that a busy machine slows both. Two moments count, from
exec on: "shown", the first time the screen holds the ready text, and "usable", when a key pressed at that moment has
had its effect. "CPU" is what the processor did for it by then, and the steadiest where others use the machine too.
Seconds differ between machines; the ratio is what to quote.

    .venv/bin/python bench/start.py [--rounds 10] [--size 80x24] [--ready Agenda --key i --effect TYPE]
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from dataclasses import dataclass
from pathlib import Path

import pyte

PROJECT = Path(__file__).resolve().parent.parent
SAMPLE = PROJECT / "samples" / "dmlt-2020-05.json"
NOTES = "# Notes\n\n" + "\n".join(f"- point {number} of the notes" for number in range(1, 11)) + "\n"
# Asked by Textual as it starts; a terminal answers: "synchronized output is known, and off".
SYNC_QUERY, SYNC_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"

_PRIVATE_PENS = re.compile(rb"\x1b\[[?>][0-9;]*m")  # of vim; pyte can't read them


@dataclass(frozen=True)
class Program:
    """What to start, the text that shows it is up, a key to press then, and the text that shows the key's effect."""

    name: str
    command: list[str]
    ready: str
    key: str
    effect: str


class Terminal:
    """A program in a pseudo-terminal of its own, and the screen it draws."""

    def __init__(self, command: list[str], home: Path, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        env = {"PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        self.start = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.chdir(home)
                os.execve(command[0], command, env)
            except OSError as error:
                print(f"cannot start {command[0]}: {error}", flush=True)
            finally:
                os._exit(127)

    def wait_for(self, text: str, timeout: float) -> float:
        """Return the seconds from the start until the output that put `text` on the screen; TimeoutError."""
        limit = time.perf_counter() + timeout
        while time.perf_counter() < limit:
            data, at = self._read(limit)
            if SYNC_QUERY in data:
                self.send(SYNC_ANSWER)
            self._stream.feed(_PRIVATE_PENS.sub(b"", data))
            if any(text in line for line in self.screen.display):
                return at - self.start
            if not data:
                break
        raise TimeoutError("\n".join(line.rstrip() for line in self.screen.display).strip())

    def _read(self, limit: float) -> tuple[bytes, float]:
        """Return all output there is, and when its last part came; so drawing the screen here delays no reading."""
        data, at = b"", time.perf_counter()
        while select.select([self.fd], [], [], 0 if data else max(0, limit - time.perf_counter()))[0]:
            try:
                part = os.read(self.fd, 65536)
            except OSError:  # Linux's way of saying that the program has ended
                break
            data, at = data + part, time.perf_counter()
        return data, at

    def send(self, keys: bytes) -> None:
        """Type; no answer is awaited."""
        os.write(self.fd, keys)

    def close(self) -> float:
        """End the program at once; its home is thrown away. Gives the seconds of CPU it took."""
        os.kill(self.pid, signal.SIGKILL)
        used = os.wait4(self.pid, 0)[2]
        os.close(self.fd)
        return used.ru_utime + used.ru_stime


def measure(
    program: Program, size: tuple[int, int], timeout: float, notebook: Path = SAMPLE
) -> tuple[float, float, float]:
    """Start the program once in a fresh home: seconds until shown and until usable, and of CPU by then."""
    with tempfile.TemporaryDirectory(prefix="dmlt-bench-") as folder:
        home = Path(folder)
        shutil.copy(notebook, home / "notebook.json")
        (home / "notes.md").write_text(NOTES)
        terminal = Terminal(program.command, home, *size)
        wanted = program.ready
        try:
            shown = terminal.wait_for(wanted, timeout)
            terminal.send(program.key.encode())
            wanted = program.effect
            usable = terminal.wait_for(wanted, timeout)
        except TimeoutError as screen:
            terminal.close()
            sys.exit(f"{program.name}: {wanted!r} did not show within {timeout:g} s. The screen:\n{screen}")
        return shown, usable, terminal.close()


def compare(ours: Program, bare: Program, options: argparse.Namespace) -> None:
    """Measure both in turn and print medians and ratios."""
    columns, rows = (int(part) for part in options.size.split("x"))
    times: dict[str, list[tuple[float, float, float]]] = {ours.name: [], bare.name: []}
    for number in range(options.rounds + 1):
        for program in (ours, bare) if number % 2 else (bare, ours):
            result = measure(program, (columns, rows), options.timeout)
            if number:  # the first round fills caches and counts for nothing
                times[program.name].append(result)
    print(f"start at {columns}x{rows}, medians of {options.rounds} rounds; ratio: median [lowest..highest of a round]")
    for at, moment in enumerate(("shown", "usable", "CPU")):
        mine, base = ([result[at] for result in times[program.name]] for program in (ours, bare))
        pairs = [a / b for a, b in zip(mine, base, strict=True)]
        ratio = statistics.median(mine) / statistics.median(base)
        print(
            f"{moment:<7} {ours.name} {statistics.median(mine) * 1000:.0f} ms, "
            f"{bare.name} {statistics.median(base) * 1000:.0f} ms, "
            f"ratio {ratio:.2f} [{min(pairs):.2f}..{max(pairs):.2f}], of the quickest {min(mine) / min(base):.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Ratio of dmlt-tui's start to that of a bare Textual app.")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--size", default="80x24", metavar="COLUMNSxROWS")
    parser.add_argument("--timeout", type=float, default=20, metavar="SECONDS")
    parser.add_argument("--ready", default="Agenda", metavar="TEXT", help="on the screen once dmlt-tui is up")
    parser.add_argument("--key", default="i", help="pressed as soon as that shows")
    parser.add_argument("--effect", default="TYPE", metavar="TEXT", help="on the screen once the key was handled")
    parser.add_argument("--self", action="store_true", help="the bare app on both sides: shows the noise, about 1.0")
    options = parser.parse_args()

    python = str(PROJECT / ".venv" / "bin" / "python")
    bare = Program("bare", [python, str(PROJECT / "bench" / "bare.py"), "notes.md"], "point 10", "Q", "Q# Notes")
    ours = Program(
        "dmlt-tui",
        [str(PROJECT / ".venv" / "bin" / "dmlt-tui"), "notebook.json"],
        options.ready,
        options.key,
        options.effect,
    )
    if options.self:
        ours = Program("bare again", bare.command, bare.ready, bare.key, bare.effect)
    compare(ours, bare, options)


if __name__ == "__main__":
    main()
