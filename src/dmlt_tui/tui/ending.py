"""How the app ends when nobody asked it to: a signal, a terminal that is gone or takes nothing any more, a mistake.

Whatever it is, what was typed is saved, the terminal is given back as it was, and the exit code says what happened:
128 and the number of the signal, or `crash.EXIT_CODE`. A terminal that went away counts as a hangup.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import Context, copy_context
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.worker import WorkerFailed

from dmlt_tui.store import crash
from dmlt_tui.store.errors import StoreError
from dmlt_tui.tui.prompt_driver import PromptDriver
from dmlt_tui.tui.prompt_writer import PromptWriter

if TYPE_CHECKING:
    from dmlt_tui.tui.orderly import OrderlyApp

PATIENCE = 3.0  # seconds until the process is ended by force; a terminal that takes nothing keeps the app waiting
ARRIVING = 0.05  # seconds in which a key that was typed before a signal comes through the terminal
HEARING = 2.0  # seconds in which such keys have had their effect
_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE)
# What a terminal is to be told when nobody else does: the end of a sequence that was cut off, paste marks, line wrap,
# resize and focus reports, mouse, kitty's keys, alternate screen, cursor, colours. Each does nothing where it was not
# changed.
_GIVE_BACK = (
    b"\x1b\\\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?2048l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[<u\x1b[?1049l"
    b"\x1b[?25h\x1b[?1004l\x1b[m"
)


class TypedOut(events.Event):
    """All that was typed before the app is to end has had its effect."""


class Ending:
    """Sees to the end of an app. `report` is where its crash was reported, if it crashed and that could be written."""

    def __init__(self, app: OrderlyApp) -> None:
        self.report: Path | None = None
        self.code: int | None = None
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context: Context | None = None
        self._stopped = False
        self._owns_process = False  # else somebody else runs the app, who goes on after it
        self._attributes: list[Any] | None = None

    # --- signals -----------------------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Take the signals that end a session, and the errors of threads. To be called by the main thread.

        From now on the process ends with the app, by force if need be.
        """
        self._owns_process = True
        with suppress(OSError, ValueError, termios.error):  # no terminal
            self._attributes = termios.tcgetattr(0)
        for number in _SIGNALS:
            signal.signal(number, self._signalled)
        crash.watch_threads(self._thread_died)

    def begin(self) -> None:
        """The app's loop runs from now on; to be called by the app itself."""
        self._loop = asyncio.get_running_loop()
        self._context = copy_context()
        self._loop.set_exception_handler(self._stray)
        if self.code is not None:
            self._soon(self._hear_out)

    def mind_stops(self) -> None:
        """Take the signals of job control, once the driver has set its own, which can't deal with a lone SIGCONT."""
        if isinstance(self._app._driver, LinuxDriver):
            signal.signal(signal.SIGTSTP, lambda *_: self._soon(self._stop))
            signal.signal(signal.SIGCONT, lambda *_: self._soon(self._go_on))

    def look(self) -> None:
        """See whether the terminal is still there: a process that ignores SIGHUP would haunt it."""
        driver = self._app._driver
        if isinstance(driver, LinuxDriver) and not os.isatty(driver.fileno):
            self._end(signal.SIGHUP)

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        # In the main thread, but perhaps in the middle of its wait for a terminal that takes nothing: so no more here.
        if number == signal.SIGPIPE and self._copying():
            return
        self._end(number)

    def _copying(self) -> bool:
        """Whether a program for the clipboard is being written to: that it hangs up ends nothing here."""
        return any(worker.group == "copy" and not worker.is_finished for worker in self._app.workers)

    def _end(self, number: int) -> None:
        if self.code is None:
            self.code = 128 + number
            self._end_in_time(self.code)
            self._soon(self._hear_out)

    def _soon(self, call: Callable[[], None]) -> None:
        """Have the loop call it as a part of the app: a signal may come where Textual does not know which app runs."""
        if self._loop is not None:
            with suppress(RuntimeError):  # it is closed: the end has come
                self._loop.call_soon_threadsafe(call, context=self._context)

    def _hear_out(self) -> None:
        """Have the app be left once it is through with what was typed until now, of which much may not be read yet."""
        loop = asyncio.get_running_loop()
        loop.call_later(ARRIVING, self._app.post_message, TypedOut())  # behind the keys
        loop.call_later(HEARING, self.leave)

    def leave(self) -> None:
        """Leave the app, which is to end, with all that stands typed in it."""
        code = self.code
        assert code is not None
        if self._app.is_leaving:
            return
        if self._app._running:
            self._app.take_typing()
        self._app.exit(code, return_code=code)

    def _end_in_time(self, code: int) -> None:
        if self._owns_process:
            threading.Thread(target=self._by_force, args=(code,), name="dmlt-tui ending", daemon=True).start()

    def _by_force(self, code: int) -> None:
        """End the process after PATIENCE whatever it waits for, with everything saved and the terminal given back."""
        threading.Event().wait(PATIENCE)
        for step in (self._save, self._give_back):
            helper = threading.Thread(target=step, daemon=True)  # the disk may be waited for in vain too
            helper.start()
            helper.join(PATIENCE)
        os._exit(code)

    def _save(self) -> None:
        with suppress(StoreError):  # a rescue copy is kept
            self._app.notebook.close(turns=1)

    def _give_back(self) -> None:
        writer = getattr(self._app._driver, "_writer_thread", None)
        if isinstance(writer, PromptWriter):
            writer.drop()
        give_back(self._attributes)

    # --- stops -------------------------------------------------------------------------------------------------------

    @property
    def can_stop(self) -> bool:
        """Whether a shell waits that can bring the program back: one that gives each job a process group of its own."""
        return isinstance(self._app._driver, LinuxDriver) and os.getpgrp() != os.getsid(0)

    def stop(self) -> None:
        """Stop the job this program is, as a terminal's Ctrl+Z does."""
        os.kill(0, signal.SIGTSTP)

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Another program has the terminal as long as this lasts, and the loop waits for it.

        What a key interrupts is that program alone, and its Ctrl+Z stops this one with it: else the shell would go on
        waiting for this one, at a terminal that nobody reads. By handlers, as what is ignored here would be so there.
        """
        ours = {signal.SIGINT: _not_ours, signal.SIGQUIT: _not_ours, signal.SIGTSTP: self._stop_along}
        before = {number: signal.signal(number, handler) for number, handler in ours.items()}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop_along(self, _number: int, _frame: FrameType | None) -> None:
        if self.can_stop:
            with self._app.notebook.at_rest():
                os.kill(os.getpid(), signal.SIGSTOP)

    def _stop(self) -> None:
        """Stop, as by the shell's Ctrl+Z: with everything saved, the file free for others, the terminal given back."""
        driver = self._app._driver
        if isinstance(driver, LinuxDriver) and driver._auto_restart:
            self._app.take_typing()
            with self._app.notebook.at_rest():
                driver.suspend_application_mode()
                self._stopped = True
                os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        driver = self._app._driver
        if not isinstance(driver, LinuxDriver) or not driver._auto_restart or self._app.return_code is not None:
            return
        if self._stopped:
            driver.resume_application_mode()
        elif isinstance(driver, PromptDriver):  # by SIGSTOP, and whoever had the terminal since may have changed it
            driver.take_again()
        else:
            driver.suspend_application_mode()
            driver.resume_application_mode()
        self._stopped = False
        self._app.paint_anew()

    # --- mistakes ----------------------------------------------------------------------------------------------------

    def crashed(self, error: BaseException) -> None:
        """Report the mistake that ends the app, and take what was typed; only the first one counts."""
        if self.code is None:
            self.code = crash.EXIT_CODE
            self._end_in_time(self.code)
            self.report = crash.report(error.error if isinstance(error, WorkerFailed) else error)
            with suppress(Exception):  # it may be there that the mistake is; what was saved before is on the disk
                self._app.take_typing()

    def keys_lost(self) -> bool:
        """Nothing reads keys any more: the terminal is gone, or a mistake was made. Tells whether it was a mistake."""
        if not os.isatty(0):
            self._end(signal.SIGHUP)
            return False
        self.crashed(RuntimeError("keys can't be read any more"))
        return True

    def _thread_died(self, error: BaseException) -> None:
        """A thread of the program has ended with an error; that of the driver ends where the terminal is gone."""
        if threading.current_thread().name == "textual-output" and isinstance(error, OSError):
            self._end(signal.SIGHUP)
        else:
            self._tell(crash.report(error))

    def _stray(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Something failed in the loop that nobody waited for."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._tell(crash.report(error))

    def _tell(self, where: Path | None) -> None:
        self._soon(partial(self._app.say, f"an error in this program; {crash.reported(where)}"))


def _not_ours(_number: int, _frame: FrameType | None) -> None:
    """Hear a signal that is meant for another program."""


def last_words(words: str) -> None:
    """Say something once the app is gone, and write what Textual left to be written; a terminal may be gone too."""
    try:
        sys.stderr.write(words)
        sys.stderr.flush()
    except OSError:
        sys.stderr = None  # or Python would try the same again on its way out, and end with a code of its own


def give_back(attributes: list[Any] | None) -> None:
    """Give the terminal back as it was, as far as it takes anything now, and let nobody write to it any more.

    What waits to be shown is dropped. To be called as the process ends.
    """
    with suppress(OSError, termios.error):  # it is gone
        source, target = 0, os.dup(2)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        if attributes is not None:
            termios.tcsetattr(source, termios.TCSANOW, attributes)
        termios.tcflush(target, termios.TCIOFLUSH)
        if select.select([], [target], [], 1.0)[1]:  # a slow one may still be busy with what came before
            os.write(target, _GIVE_BACK)
