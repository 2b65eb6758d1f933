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

from dmlt_tui.cli.opening import sample as packaged_sample

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
