"""The program on the other side of a real ssh: bare, in tmux and in screen."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64decode
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from support.far import Far, far_machine, program
from support.terminal import PATIENCE, Terminal

from dmlt_tui.tui.commands import COMMANDS, Command

_OSC52 = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/=]+)(?:\x07|\x1b\\)")


@pytest.fixture
def far(tmp_path: Path) -> Iterator[Far]:
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    environment = {"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    for name, folder in {"CONFIG": "c", "DATA": "d", "STATE": "s", "CACHE": "k"}.items():
        environment[f"XDG_{name}_HOME"] = str(home / folder)
    with far_machine(tmp_path / "ssh", environment) as machine:
        yield machine


def inside(kind: str, folder: Path, far: Far) -> tuple[list[str], list[str]]:
    """What to put before the program, and what attaches to it again."""
    if kind == "bare":
        return [], []
    if shutil.which(kind) is None:
        pytest.skip(f"{kind} is not installed")
    if kind == "tmux":
        own = ["tmux", "-S", str(folder / "tmux"), "-f", "/dev/null"]
        return [*own, "new-session"], [*own, "attach-session"]
    sockets = folder / "screens"
    sockets.mkdir(mode=0o700, exist_ok=True)
    own = ["env", f"SCREENDIR={sockets}", "screen", "-c", "/dev/null", "-U"]
    return [*own, "-S", "dmlt"], [*own, "-d", "-r", "dmlt"]


def until_told(path: Path, words: str, terminal: Terminal | None = None) -> None:
    """Wait until these words are in a file."""
    deadline = time.monotonic() + PATIENCE
    while words not in path.read_text(encoding="utf-8"):
        assert time.monotonic() < deadline, f"{words!r} never came to {path.name}"
        if terminal is not None:
            terminal.reads(0.05)
        else:
            time.sleep(0.05)


def ends_of(kind: str, folder: Path, far: Far) -> None:
    if kind == "tmux":
        subprocess.run(["tmux", "-S", str(folder / "tmux"), "kill-server"], capture_output=True, check=False)
    if kind == "screen":
        far.run("env", f"SCREENDIR={folder / 'screens'}", "screen", "-S", "dmlt", "-X", "quit")


@pytest.mark.parametrize("kind", ["bare", "tmux", "screen"])
def test_keys_arrive_and_a_copied_day_comes_to_the_near_end(kind: str, tmp_path: Path, far: Far, sample: Path) -> None:
    before, _ = inside(kind, tmp_path, far)
    try:
        with far.terminal(*before, *program(str(sample))) as terminal:
            terminal.sees("Agenda")
            terminal.types("i")
            terminal.sees("TYPE")
            terminal.types("\r- typed from afar: é 漢")
            until_told(sample, "typed from afar: é 漢", terminal)
            terminal.types("\x18\x18")
            terminal.sees("GO ")
            terminal.types("d")
            terminal.sees("decision:")
            terminal.types("we go on\r")
            until_told(sample, "!! we go on", terminal)
            terminal.types("yd")
            terminal.until(lambda: _OSC52.search(bytes(terminal.received)), "the copy")
            found = _OSC52.search(bytes(terminal.received))
            assert found is not None
            export = tmp_path / "home" / "s" / "dmlt-tui" / "last-export"
            assert b64decode(found[1]) == export.read_bytes()
            assert "typed from afar: é 漢" in export.read_text(encoding="utf-8")
    finally:
        ends_of(kind, tmp_path, far)


# The program, but that a command only says in a file that its keys have come.
TELLING = """
import sys
from dmlt_tui.cli import main
from dmlt_tui.tui.app import DmltApp

told = open(sys.argv.pop(), "a", buffering=1)
DmltApp.run_command = lambda self, command_id: print(command_id, file=told)
main()
"""
SENT = {"space": " ", "tab": "\t", "shift+tab": "\x1b[Z", "ctrl+s": "\x13", "ctrl+z": "\x1a"}


def sent(keys: str) -> str:
    """What a terminal sends for keys named as bindings name them."""
    return "".join(SENT.get(key, key) for key in keys.split())


@pytest.mark.parametrize("kind", ["bare", "tmux", "screen"])
def test_every_command_comes_by_its_keys_in_lists_and_behind_the_prefix_while_one_types(
    kind: str, tmp_path: Path, far: Far, sample: Path
) -> None:
    before, _ = inside(kind, tmp_path, far)
    told = tmp_path / "told"

    def come(terminal: Terminal, prefix: str, commands: Iterable[Command]) -> None:
        told.write_text("")
        bound = [(keys, command.id) for command in commands for keys in command.keys]
        terminal.types("".join(prefix + sent(keys) for keys, _ in bound))
        wanted = [command_id for _, command_id in bound]
        terminal.until(lambda: len(told.read_text().split()) >= len(wanted), f"{len(wanted)} commands")
        assert told.read_text().split() == wanted

    try:
        with far.terminal(*before, sys.executable, "-c", TELLING, str(sample), str(told)) as terminal:
            terminal.sees("Agenda")
            come(terminal, "", COMMANDS)
            terminal.types("\r")
            terminal.sees("TYPE")
            come(terminal, "\x18", [command for command in COMMANDS if command.in_text])
    finally:
        ends_of(kind, tmp_path, far)


@pytest.mark.parametrize("kind", ["tmux", "screen"])
def test_who_comes_back_after_a_dropped_connection_goes_on_where_they_were(
    kind: str, tmp_path: Path, far: Far, sample: Path
) -> None:
    before, again = inside(kind, tmp_path, far)
    try:
        with far.terminal(*before, *program(str(sample))) as terminal:
            terminal.sees("Agenda")
            terminal.types("i")
            terminal.sees("TYPE")
            terminal.types("before the drop")
            terminal.sees("before the drop")
            terminal.signals(signal.SIGKILL)
        with far.terminal(*again) as terminal:
            terminal.sees("before the drop")
            terminal.types(" and after")
            until_told(sample, "before the drop and after", terminal)
    finally:
        ends_of(kind, tmp_path, far)


def test_a_dropped_connection_ends_the_program_with_everything_on_disk_and_the_place_kept(
    far: Far, sample: Path
) -> None:
    with far.terminal(*program(str(sample))) as terminal:
        terminal.sees("Agenda")
        terminal.types("i")
        terminal.sees("TYPE")
        terminal.types("\rone line\ranother")
        terminal.sees("another")
        terminal.types("\x1b[A\x1b[F half a wor")
        terminal.sees("half a wor")
        terminal.signals(signal.SIGKILL)
    until_told(sample, "half a wor")
    deadline = time.monotonic() + PATIENCE
    while far.run("pgrep", "-f", f"dmlt_tui {sample}$").stdout.strip():
        assert time.monotonic() < deadline, "the program lingers"
        time.sleep(0.1)
    with far.terminal(*program(str(sample))) as terminal:
        terminal.sees("half a wor")
        terminal.types("i")
        terminal.sees("TYPE")
        terminal.types("d")
        until_told(sample, "half a word", terminal)
