"""A real pseudo-terminal with the real program in it, and a screen to read."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

PATIENCE = 20.0  # seconds until a wait is given up; a quick machine never waits that long


class Terminal:
    """A program in a terminal of its own. Use as a context manager; the program is gone afterwards."""

    def __init__(
        self, *arguments: str, size: tuple[int, int] = (80, 24), environment: Mapping[str, str] | None = None
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
            os.execv(sys.executable, [sys.executable, "-m", "dmlt_tui", *arguments])

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

    def reads(self, seconds: float) -> bool:
        """Read what the program writes within these seconds; whether it wrote anything."""
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
            self.reads(0.05)

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
        while self.reads(0.05):
            pass
        assert self.exit_code is not None
        return self.exit_code

    def signals(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a dropped connection does."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def on_disk(path: Path, words: str) -> Callable[[], bool]:
    """Whether these words stand in the file."""
    return lambda: words in path.read_text(encoding="utf-8")
