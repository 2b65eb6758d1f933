"""The real program in a real pseudo-terminal, from the first key to the file."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import SAMPLE
from support.terminal import Terminal, on_disk

ESC = "\x1b"
PREFIX = "\x18"


def show(notebook: Path) -> str:
    command = [sys.executable, "-m", "dmlt_tui", "show", str(notebook), "--meeting", "2020-05"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_a_meeting_is_run_by_keys_alone_and_all_of_it_is_in_the_file(size: tuple[int, int], own_home: Path) -> None:
    with Terminal("demo", size=size) as terminal:
        terminal.sees("Welcome")
        terminal.types("s")
        terminal.sees("started: Welcome")
        terminal.types("i")
        terminal.sees("TYPE")
        terminal.types("\r")
        terminal.types("- outer\r\tmiddle\r\tinner")
        terminal.sees("    - inner")
        terminal.types(f"{PREFIX}n")
        terminal.sees("now: Project news")
        terminal.types(f"{PREFIX}a")
        terminal.sees("action:")
        terminal.types("fritz count the beans 2020-07-06")
        terminal.sees("Fritz Mueller · Mon 6 Jul 2020 · count the beans")
        terminal.types("\r")
        terminal.sees("action added")
        terminal.types(f"{PREFIX}h")
        terminal.sees("Leanne Guy  hands over to  Wil O'Mullane")
        terminal.types("\r")
        terminal.sees("handed over to Wil O'Mullane")
        terminal.types(ESC)
        terminal.sees(" GO ")
        terminal.types("o")
        terminal.sees("12 open actions in all meetings")
        terminal.types("q")
        terminal.sees("Agenda")
        terminal.types("yd")
        terminal.sees("ent to your terminal")
        terminal.types("q")
        assert terminal.ends() == 0
    demo = own_home / ".data" / "dmlt-tui" / "demo.json"
    shown = show(demo)
    assert "- outer" in shown
    assert "  - middle" in shown
    assert "    - inner" in shown
    assert "count the beans" in shown
    assert '"to": "womullane"' in demo.read_text(encoding="utf-8")


def test_a_kill_a_second_after_the_last_key_loses_nothing(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.sees("Agenda")
        terminal.types("i")
        terminal.sees("TYPE")
        terminal.types("\rthe very last words")
        terminal.until(on_disk(sample, "the very last words"), "the words in the file")
        terminal.signals(signal.SIGKILL)
        assert terminal.ends() == -signal.SIGKILL
    assert "the very last words" in sample.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_and_leaves_a_sane_terminal(sample: Path, number: signal.Signals) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.sees("Agenda")
        terminal.types("i")
        terminal.sees("TYPE")
        terminal.types("typed just before")
        terminal.sees("typed just before")
        terminal.signals(number)
        assert terminal.ends() == 128 + number
        assert b"\x1b[?1049l" in terminal.received
        assert b"\x1b[?25h" in terminal.received
        assert b"\x1b[?2004l" in terminal.received
    assert "typed just before" in sample.read_text(encoding="utf-8")


def test_a_dropped_connection_saves_and_ends_the_program(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.sees("Agenda")
        terminal.types("i")
        terminal.sees("TYPE")
        terminal.types("typed on a bad line")
        terminal.sees("typed on a bad line")
        terminal.hang_up()
        deadline = time.monotonic() + 20
        while os.waitpid(terminal.pid, os.WNOHANG)[0] == 0:
            assert time.monotonic() < deadline, "the program lingers after its terminal has gone"
            time.sleep(0.02)
        terminal.exit_code = 0
    assert "typed on a bad line" in sample.read_text(encoding="utf-8")


def test_without_a_terminal_the_program_says_so(sample: Path) -> None:
    command = [sys.executable, "-m", "dmlt_tui", str(sample)]
    run = subprocess.run(command, input="x\n", capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert "terminal" in run.stderr
    assert run.stdout == ""


def test_keys_that_arrive_together_act_one_after_the_other(own_home: Path) -> None:
    demo = own_home / ".data" / "dmlt-tui" / "demo.json"
    with Terminal("demo") as terminal:
        terminal.sees("not running")
        terminal.types(f"si- quick one{PREFIX}n\rquick two{PREFIX}afritz look\r and more{PREFIX}{PREFIX}jji- third")
        terminal.until(on_disk(demo, "- third"), "the last words in the file")
        terminal.types(f"{PREFIX}{PREFIX}q")
        assert terminal.ends() == 0
    text = json.loads(demo.read_text(encoding="utf-8"))["meetings"]["2020-05"]

    items = [item for session in text["days"][0]["sessions"] for item in session["items"]]
    assert items[0]["notes"] == "- quick one"
    assert items[1]["notes"][-2:] == ["- quick two and more", "- [ ] @fmueller look"]
    assert items[3]["notes"] == "- third"
    assert text["current"] == items[1]["id"]


def test_escape_and_a_key_in_one_go_leave_the_notes_and_type_nothing(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.sees("Agenda")
        for key in "a1J?b:f3":
            terminal.types("i")
            terminal.sees("TYPE")
            terminal.types(f"{ESC}{key}")
            terminal.sees(" GO ")
        terminal.types("q")
        assert terminal.ends() == 0
    assert sample.read_bytes() == SAMPLE.read_bytes()
