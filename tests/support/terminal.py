"""A real pseudo-terminal with the real program in it, and a screen to read."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyte

PATIENCE = 20.0  # seconds until a wait is given up; a quick machine never waits that long


class Terminal:
    """A program in a terminal of its own. Use as a context manager; the program is gone afterwards.

    `program` is what Python runs, given the arguments: the program itself, unless it is to be changed a little.
    """

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
        program: Sequence[str] = ("-m", "dmlt_tui"),
        command: Sequence[str] = (),
    ) -> None:
        columns, lines = size
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self.received = bytearray()
        self.exit_code: int | None = None
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
            os.environ.update({"TERM": "xterm-256color", **(environment or {})})
            words = [*(command or (sys.executable, *program)), *arguments]
            os.execvp(words[0], words)
        self._before = termios.tcgetattr(self._fd)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        if self.exit_code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        self.hang_up()

    @property
    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # Linux says EIO once the program has closed its side
            return False
        self.received += data
        self._stream.feed(data)
        return bool(data)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Read until the condition holds."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"waited in vain for {what}; the screen shows:\n{self.text}"
            self._read(0.05)

    def sees(self, words: str) -> None:
        """Read until these words stand on the screen."""
        self.until(lambda: words in self.text, repr(words))

    def types(self, keys: str) -> None:
        """Send keys, as a terminal does."""
        os.write(self._fd, keys.encode())

    def ends(self) -> int:
        """Read until the program has ended; gives its exit code, negative for the signal that killed it."""

        def ended() -> bool:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
            return bool(pid)

        self.until(ended, "the program to end")
        while self._read(0.05):
            pass
        assert self.exit_code is not None
        return self.exit_code

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size, as a person does who drags its corner."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.screen.resize(lines, columns)

    def reads(self, seconds: float) -> None:
        """Read for a while."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            self._read(left)

    def left_behind(self) -> list[str]:
        """What the program changed of the terminal and did not change back; to be asked once it has ended."""
        found = [f"mode {mode}" for mode, is_set in _modes(bytes(self.received)).items() if is_set != (mode in _SET)]
        if self.received.count(b"\x1b[>") - self.received.count(b"\x1b[<u") not in (0, -1):
            found.append("kitty's keys")
        if termios.tcgetattr(self._fd) != self._before:
            found.append("the settings of the line")
        return found

    def signals(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a dropped connection does."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


_SET = {7, 25}  # modes that are set in a terminal nobody has changed: line wrap, a cursor to be seen


def _modes(received: bytes) -> dict[int, bool]:
    """Which private modes (DECSET, DECRST) were changed, and whether each is set now."""
    found = {}
    for numbers, letter in re.findall(rb"\x1b\[\?([\d;]+)([hl])", received):
        for number in numbers.split(b";"):
            found[int(number)] = letter == b"h"
    return found


def on_disk(path: Path, words: str) -> Callable[[], bool]:
    """Whether these words stand in the file."""
    return lambda: words in path.read_text(encoding="utf-8")
