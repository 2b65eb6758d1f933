"""Every way in which the program comes to its end, in a real terminal."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from dmlt_tui.store.crash import EXIT_CODE
from support.terminal import PATIENCE, Terminal

# The program, but for one key, at which it makes a mistake: [ in the screen's own code, ] in a worker, = in the thread
# that saves.
MISTAKEN = """
import sys
from dmlt_tui.cli import main
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.screens.live import LiveScreen

def show_day(self, by):
    secret = self.notes.editor.text
    if by < 0:
        raise RuntimeError(secret)
    def work():
        raise RuntimeError(secret)
    self.app.run_worker(work, thread=True)

LiveScreen.show_day = show_day
main(sys.argv[1:], prog_name="dmlt-tui")
"""
ENDS = {
    "quit": 0,
    "TERM": 143,
    "HUP": 129,
    "INT": 130,
    "QUIT": 131,
    "PIPE": 141,
    "crash": EXIT_CODE,
    "worker": EXIT_CODE,
    "TSTP": 0,
    "STOP": 0,
    "CONT": 0,
}


def typing(terminal: Terminal, words: str) -> None:
    terminal.sees("Agenda")
    terminal.types("i")
    terminal.sees("TYPE")
    terminal.types(words)


def told_to_end(terminal: Terminal, way: str) -> int:
    """End it that way, and give its exit code."""
    if way in ("crash", "worker"):
        terminal.types("\x1b")
        terminal.sees(" GO ")
        terminal.types("[" if way == "crash" else "]")
        return terminal.ends()
    if way in ("TSTP", "STOP", "CONT"):
        if way != "CONT":
            terminal.signals(getattr(signal, f"SIG{way}"))
            terminal.until(lambda: stopped(terminal.pid), "it to stop")
            if way == "TSTP":
                terminal.reads(0.1)
                assert terminal.left_behind() == []
        terminal.signals(signal.SIGCONT)
        terminal.types(" and more")
        terminal.sees("and more")
        way = "quit"
    if way == "quit":
        terminal.types("\x1b")
        terminal.sees(" GO ")
        terminal.types("q")
    else:
        terminal.signals(getattr(signal, f"SIG{way}"))
    return terminal.ends()


def stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"


def gone(terminal: Terminal) -> int:
    """Wait for the end of a program whose terminal nobody reads, and give its exit code."""
    deadline = time.monotonic() + PATIENCE
    while True:
        pid, status = os.waitpid(terminal.pid, os.WNOHANG)
        if pid:
            terminal.exit_code = os.waitstatus_to_exitcode(status)
            return terminal.exit_code
        assert time.monotonic() < deadline, "the program lingers"
        time.sleep(0.02)
