"""pyperclip really runs in its child; the tool it calls is a script that stands for xclip."""

from __future__ import annotations

import os
import select
from pathlib import Path

import pytest

from dmlt_tui.clipboard import desktop

WORKING = """#!/bin/sh
case "$*" in
  *-o*) cat "$STORE" ;;
  *) cat > "$STORE" ;;
esac
"""
# As the real one does: it goes on in the background to serve the clipboard, holding on to its outputs.
SERVING = """#!/bin/sh
case "$*" in
  *-o*) cat "$STORE" ;;
  *) cat > "$STORE"; sleep 600 & echo $! > "$STORE.pid" ;;
esac
"""
DEAD = """#!/bin/sh
echo "Error: Can't open display: :99" >&2
echo "Error: Can't open display: :99"
"""
# What it holds open tells the test that it lived, and when it died.
HANGING = """#!/bin/sh
exec 3> "$STORE"
echo alive >&3
exec sleep 600
"""
FORGETFUL = """#!/bin/sh
case "$*" in
  *-o*) echo "something else" ;;
  *) cat > /dev/null ;;
esac
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"PATH": f"{tmp_path}/bin:/usr/bin:/bin", "DISPLAY": ":99", "STORE": f"{tmp_path}/store"}


def install(tmp_path: Path, script: str) -> None:
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir(exist_ok=True)
    tool.write_text(script)
    tool.chmod(0o755)


def test_what_the_clipboard_gives_back_is_there(tmp_path: Path, environment: dict[str, str]) -> None:
    install(tmp_path, WORKING)
    text = "Müller → 1 ½\n\ttabs, \x1b[31m and no newline at the end"
    assert desktop.copy(text.encode(), environment) == ""
    assert (tmp_path / "store").read_bytes() == text.encode()


def test_a_tool_that_stays_in_the_background_is_not_waited_for_and_lives_on(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    install(tmp_path, SERVING)
    assert desktop.copy(b"minutes", environment) == ""
    process = int((tmp_path / "store.pid").read_text())
    os.kill(process, 0)
    os.kill(process, 15)


def test_a_dead_display_is_no_success_and_prints_nothing(
    tmp_path: Path, environment: dict[str, str], capfd: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, DEAD)
    assert "did not give the text back" in desktop.copy(b"minutes", environment)
    assert capfd.readouterr() == ("", "")


def test_a_clipboard_that_holds_something_else_is_no_success(tmp_path: Path, environment: dict[str, str]) -> None:
    install(tmp_path, FORGETFUL)
    assert "did not give the text back" in desktop.copy(b"minutes", environment)


def test_a_machine_without_a_tool_is_told_which_to_install(tmp_path: Path) -> None:
    environment = {"PATH": str(tmp_path), "DISPLAY": ":99"}
    assert "xclip, xsel or wl-clipboard" in desktop.copy(b"minutes", environment)


def test_a_tool_that_hangs_is_ended(tmp_path: Path, environment: dict[str, str]) -> None:
    install(tmp_path, HANGING)
    os.mkfifo(tmp_path / "store")
    line = os.open(tmp_path / "store", os.O_RDONLY | os.O_NONBLOCK)
    assert "in time" in desktop.copy(b"x" * 100_000, environment, time_limit=2)
    os.set_blocking(line, True)
    assert os.read(line, 100) == b"alive\n"
    ended, _, _ = select.select([line], [], [], 30)
    assert ended
    assert os.read(line, 100) == b""
    os.close(line)


@pytest.mark.parametrize(
    ("environment", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "darwin", True),
    ],
)
def test_a_desktop_is_expected_where_there_is_a_display_and_on_a_mac(
    environment: dict[str, str], platform: str, *, expected: bool
) -> None:
    assert desktop.has_display(environment, platform) is expected
