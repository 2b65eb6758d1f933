"""Output that reaches the terminal at once.

Textual (8.2) hands all it writes to a thread. As one thread of Python computes at a time, a letter painted would lie
there until everything else it causes is done. Here it goes out at once; what the terminal does not take at once, as on
a line that stands still, is left to the thread, so that no key ever waits for a terminal. The thread waits outside of
any write: one that the terminal has begun to take can't be called off, and what is to be written last would wait
behind it.
"""

from __future__ import annotations

import os
import select
import threading
from contextlib import suppress
from io import TextIOWrapper

from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread

from dmlt_tui.tui.painting import lacking, unlike


class PromptWriter(WriterThread):
    """A WriterThread that leaves to its thread only what the terminal does not take at once."""

    def __init__(self, file: TextIOWrapper) -> None:
        super().__init__(file)
        self._out = file
        self._terminal = opened_again(file.fileno(), os.O_WRONLY)
        self._turn = threading.Lock()  # whose turn it is to write; so that nothing overtakes what was written before
        self._pen = threading.Lock()  # held for each write, never while the terminal is waited for
        self._dropped = False
        self._given = 0  # texts handed to the thread
        self._done = 0  # how many of them it has written

    def write(self, text: str) -> None:
        """Write a text."""
        data = text.encode(self._out.encoding, self._out.errors or "strict")
        with self._turn:
            if self._terminal is not None and self._given == self._done:
                with suppress(OSError):  # it takes nothing now, or is gone, which the thread will find
                    data = self._offer(self._terminal, data)
            if data:
                self._given += 1
                self._queue.put(data)  # type: ignore[arg-type]

    def run(self) -> None:
        """Write what was not taken at once, and wait for the terminal as long as it takes."""
        while (data := self._queue.get()) is not None:
            self._write_on(data)  # type: ignore[arg-type]
            self._done += 1

    def _write_on(self, data: bytes) -> None:
        if self._terminal is None:
            self._out.buffer.write(data)
            self._out.buffer.flush()
            return
        while data:
            select.select([], [self._terminal], [])
            with suppress(BlockingIOError):  # somebody else was faster
                data = self._offer(self._terminal, data)

    def _offer(self, terminal: int, data: bytes) -> bytes:
        """Write what the terminal takes now, and return the rest; raises OSError."""
        with self._pen:
            if not self._dropped:
                return data[os.write(terminal, data) :]
        if threading.current_thread() is self:
            threading.Event().wait()  # who dropped it all ends the process; nobody who waits for this thread may before
        return b""

    def drop(self) -> None:
        """Drop what waits, and write nothing any more, as the process is about to be ended. Does not wait."""
        self._dropped = True
        with self._pen:  # the last write is over
            pass

    def stop(self) -> None:
        """End the thread, and wait until all is written."""
        super().stop()
        if self._terminal is not None:
            os.close(self._terminal)
            self._terminal = None


def opened_again(terminal: int, mode: int) -> int | None:
    """Open the same terminal once more, to read or write without waiting; None where that can't be done.

    To set O_NONBLOCK on the descriptor there is would set it for the shell and all others that share it.
    """
    try:
        again = os.open(os.ttyname(terminal), mode | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return None
    if os.fstat(again).st_rdev == os.fstat(terminal).st_rdev:
        return again
    os.close(again)
    return None


def write_at_once() -> None:
    """Have Textual's driver write by a PromptWriter, where its own WriterThread is as this module expects."""
    if not unlike(
        {WriterThread.__init__: "self file", WriterThread.write: "self text", WriterThread.stop: "self"}
    ) and not lacking({linux_driver: "WriterThread"}):
        vars(linux_driver)["WriterThread"] = PromptWriter
