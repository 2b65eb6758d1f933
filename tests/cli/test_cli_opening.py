"""The app is really opened, in a terminal of the test's own, and ended by the signal of a terminal that goes away."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from dmlt_tui.__main__ import is_file_at_sight, main
from dmlt_tui.cli.opening import sample as packaged_sample
from dmlt_tui.store.crash import EXIT_CODE
from dmlt_tui.tui.opening import OPEN_DEMO, RefusedError

ALTERNATE_SCREEN = b"\x1b[?1049h"
READY = b"? help"  # the key bar stands
Open = Callable[..., int]


@pytest.fixture
def opened(tmp_path: Path, own_home: Path) -> Open:
    """Open the app, wait until it has taken the screen, end it; the answer is its exit code."""

    def call(*arguments: str, **more: str) -> int:
        near, far = pty.openpty()
        fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        child = subprocess.Popen(
            [sys.executable, "-m", "dmlt_tui", *arguments],
            stdin=far,
            stdout=far,
            stderr=far,
            cwd=tmp_path,
            env=os.environ | {"TERM": "xterm-256color"} | more,
            start_new_session=True,
        )
        os.close(far)
        got = b""
        asked = False
        while True:
            ready, _, _ = select.select([near], [], [], 30)
            assert ready, f"nothing more came from the app; it had sent {got[-500:]!r}"
            try:
                got += os.read(near, 65536)
            except OSError:  # the child has closed the terminal
                break
            if not asked and READY in got:
                asked = True
                child.send_signal(signal.SIGTERM)
        os.close(near)
        assert ALTERNATE_SCREEN in got, got
        return child.wait(timeout=30)

    return call


def test_a_file_that_is_new_is_created_by_opening_it(opened: Open, tmp_path: Path) -> None:
    assert opened("minutes.json") == 128 + signal.SIGTERM
    assert (tmp_path / "minutes.json").exists()


def test_without_a_file_it_is_the_one_of_the_environment_else_of_the_data_folder(
    opened: Open, tmp_path: Path, own_home: Path
) -> None:
    opened(DMLT_FILE=str(tmp_path / "mine.json"))
    assert (tmp_path / "mine.json").exists()
    assert not (own_home / ".data" / "dmlt-tui").exists()
    opened()
    assert (own_home / ".data" / "dmlt-tui" / "notebook.json").exists()


def test_the_demo_is_a_copy_kept_between_runs_until_a_fresh_one_is_asked_for(opened: Open, own_home: Path) -> None:
    demo = own_home / ".data" / "dmlt-tui" / "demo.json"
    opened("demo")
    assert demo.read_bytes() == packaged_sample().read_bytes()
    changed = demo.read_bytes().replace(b"Project news", b"Project olds")
    demo.write_bytes(changed)
    opened("demo")
    assert demo.read_bytes() == changed
    opened("demo", "--fresh")
    assert demo.read_bytes() == packaged_sample().read_bytes()


def plainly(monkeypatch: pytest.MonkeyPatch, name: str, opens: Callable[..., int]) -> object:
    """Call the program with a notebook alone; `opens` stands for the app. Gives the exit code."""
    monkeypatch.setattr("dmlt_tui.tui.opening.open_app", opens)
    monkeypatch.setattr("dmlt_tui.cli.opening.open_app", opens)
    monkeypatch.setattr("dmlt_tui.cli.opening.need_terminal", lambda: None)
    monkeypatch.setattr(sys, "argv", ["dmlt-tui", name])
    with pytest.raises(SystemExit) as end:
        main()
    return end.value.code


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (RefusedError("it is locked"), 1, "Error: it is locked\n"),
        (ValueError("my notes"), EXIT_CODE, "dmlt-tui has crashed\na report without any of your notes is in "),
        (KeyboardInterrupt(), 128 + signal.SIGINT, ""),
    ],
)
def test_what_ends_a_notebook_named_alone_is_said_as_for_any_command(
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    own_home: Path,
    error: BaseException,
    code: int,
    words: str,
) -> None:
    def fails(_: Path) -> int:
        raise error

    assert plainly(monkeypatch, "minutes.json", fails) == code
    out, err = capfd.readouterr()
    assert (out, err[: len(words)]) == ("", words)
    assert "my notes" not in err


def test_the_demo_is_opened_from_a_notebook_named_alone(monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    opened: list[str] = []

    def opens(path: Path, *_: object) -> int:
        opened.append(path.name)
        return OPEN_DEMO if path.name == "minutes.json" else 0

    assert plainly(monkeypatch, "minutes.json", opens) == 0
    assert opened == ["minutes.json", "demo.json"]


def test_words_that_may_be_commands_or_options_are_left_to_the_command_line() -> None:
    assert all(map(is_file_at_sight, ["minutes.json", "./list", "a/b", "what is.this"]))
    assert not any(map(is_file_at_sight, ["list", "--version", "--own-zone=Europe/Paris", "-h", "", ".", "minutes"]))
