"""Input that reaches the app at once.

Textual (8.2) has a thread wait for keys, which wakes the event loop for each of them and makes a task of its own for
it. Here the loop waits for the terminal itself, and hands a key straight to the app.

Textual reads a new size of the terminal as the signal comes. Of two that come at once the second is dealt with in the
midst of the first, and what is told last is the size it had before. Here the loop reads it, when it tells it.
"""

from __future__ import annotations

import asyncio
import os
import signal
from codecs import IncrementalDecoder, getincrementaldecoder
from collections.abc import Iterable
from typing import Any, cast

from textual import events
from textual._parser import Parser
from textual._time import get_time
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size
from textual.message import Message

from dmlt_tui.tui.painting import LeanApp, lacking, unlike
from dmlt_tui.tui.prompt_writer import opened_again

_MOST = 4096  # bytes, as many as a terminal holds


class PromptDriver(LinuxDriver):
    """A LinuxDriver that reads in the loop the app runs in.

    It reads by a descriptor of its own, which does not wait: somebody else may read the same terminal.
    """

    _terminal: int | None = None
    _begun: asyncio.Handle | None = None
    _limit: asyncio.Handle | None = None
    _parser: XTermParser
    _decoder: IncrementalDecoder

    def send_message(self, message: Message) -> None:
        """Send a message to the app; from any thread where the loop does not read."""
        if self._terminal is None:
            self._app.post_message(message)
        else:
            cast("LeanApp[Any]", self._app).hear(message)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        before = self._get_terminal_size()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if callable(signal.getsignal(signal.SIGWINCH)):  # else it could not be taken: another job has it
            signal.signal(signal.SIGWINCH, lambda *_: self._loop.call_soon_threadsafe(self._tell_size))
            if self._get_terminal_size() != before:
                self._tell_size()

    def _tell_size(self) -> None:
        if not self._in_band_window_resize:
            size = Size(*self._get_terminal_size())
            self.send_message(events.Resize(size, size))

    def _run_input_thread(self) -> None:
        terminal = opened_again(self.fileno, os.O_RDONLY)
        if terminal is None:
            super()._run_input_thread()
        else:  # the thread has nothing else to do
            self._parser = XTermParser(self._debug)
            self._decoder = getincrementaldecoder("utf-8")("replace")  # see stray_bytes.py
            self._terminal = terminal
            self._begun = self._loop.call_soon_threadsafe(self._loop.add_reader, terminal, self._read, terminal)

    def disable_input(self) -> None:
        """Read what there is, and then no more."""
        if self._terminal is not None:
            self._read(self._terminal)
        super().disable_input()  # waits for the thread, and drops what is still to be read
        for handle in (self._begun, self._limit):
            if handle is not None:
                handle.cancel()
        if self._terminal is not None:
            self._loop.remove_reader(self._terminal)
            os.close(self._terminal)
            self._terminal = None

    def _read(self, terminal: int) -> None:
        try:
            data = os.read(terminal, _MOST)
        except BlockingIOError:  # somebody else was faster
            return
        except OSError:
            data = b""
        if not data:  # the terminal is gone
            self._loop.remove_reader(terminal)
            self._app.call_later(self._app.panic)
            return
        if text := self._decoder.decode(data):  # of a letter of several bytes all may not be there yet
            self._process(self._parser.feed(text))

    def _process(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
        if self._parser._timeout_time is not None:  # a key has begun that may go on, as after Esc
            seconds = max(self._parser._timeout_time - get_time(), 0)
            self._limit = self._loop.call_later(seconds, lambda: self._process(self._parser.tick()))


def prompt_driver() -> type[LinuxDriver] | None:
    """The driver for an app; None, for Textual's own, where that is not as this module expects."""
    looks_otherwise = unlike(
        {
            LinuxDriver.start_application_mode: "self",
            LinuxDriver._get_terminal_size: "self",
            LinuxDriver._run_input_thread: "self",
            LinuxDriver.disable_input: "self",
            LinuxDriver.send_message: "self message",
            XTermParser.__init__: "self debug",
            XTermParser.feed: "self data",
            Parser.tick: "self",
        }
    ) or lacking({XTermParser(): "_timeout_time"})
    return None if looks_otherwise else PromptDriver
