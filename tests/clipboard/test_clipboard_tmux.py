"""Copies from inside a real tmux, on a socket of its own, shown in a terminal of the test's own."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dmlt_tui.clipboard import tmux as ways
from dmlt_tui.clipboard.chain import How, Outcome, copy

TEXT = "h1. Müller → 1 ½\n\t\x1b[31m no newline at the end"


@dataclass
class Tmux:
    """A server of the test's own, and the environment of a process inside it."""

    socket: Path
    environment: dict[str, str]
    attached: list[tuple[int, subprocess.Popen[bytes]]] = field(default_factory=list)

    def run(self, *arguments: str) -> str:
        command = ["tmux", "-S", str(self.socket), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True, env=self.environment).stdout

    def attach(self, **more: str) -> Callable[[bytes], bytes]:
        """Show the session in a terminal; the answer reads all that terminal got, up to and with what it is given."""
        near, far = pty.openpty()
        environment = {"PATH": self.environment["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"} | more
        child = subprocess.Popen(
            ["tmux", "-S", str(self.socket), "attach"],
            stdin=far,
            stdout=far,
            stderr=far,
            env=environment,
            start_new_session=True,
        )
        os.close(far)
        self.attached.append((near, child))
        got = b""

        def read(until: bytes) -> bytes:
            nonlocal got
            while until not in got:
                ready, _, _ = select.select([near], [], [], 10)
                assert ready, f"the terminal got no {until!r}, only {got!r}"
                got += os.read(near, 65536)
            return got

        read(b"[0] 0:minutes")  # the status line: it is attached
        return read


@pytest.fixture
def tmux(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tmux]:
    if shutil.which("tmux") is None:
        pytest.skip("tmux is not installed")
    socket = tmp_path_factory.mktemp("t") / "s"  # a socket's path is at most 108 bytes
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    server = Tmux(socket, environment)
    server.run("-f", "/dev/null", "new-session", "-d", "-n", "minutes", "-x", "80", "-y", "24", "sleep 600")
    process = server.run("display-message", "-p", "#{pid}").strip()
    environment |= {"TMUX": f"{socket},{process},0", "TERM": "tmux-256color"}
    yield server
    server.run("kill-server")
    for near, child in server.attached:
        child.wait(timeout=10)
        os.close(near)


def copied(environment: dict[str, str], state_dir: Path, sent: list[str], text: str = TEXT) -> Outcome:
    return copy(text, name="page.wiki", environment=environment, state_dir=state_dir, terminal=sent.append)


def test_a_copy_in_tmux_is_in_its_buffer_and_reaches_the_terminal(tmux: Tmux, tmp_path: Path) -> None:
    read = tmux.attach()
    sent: list[str] = []
    outcome = copied(tmux.environment, tmp_path, sent)
    assert (outcome.how, outcome.checked, sent) == (How.TMUX, True, [])
    assert "in tmux's buffer, checked; sent to" in outcome.message.lower()
    assert tmux.run("show-buffer") == TEXT
    read(b"\x1b]52;")
    read(b64encode(TEXT.encode()))


def test_a_tmux_told_to_leave_the_clipboard_alone_still_sends_a_copy_on(tmux: Tmux, tmp_path: Path) -> None:
    tmux.run("set-option", "-s", "set-clipboard", "off")
    read = tmux.attach()
    assert "sent to your terminal" in copied(tmux.environment, tmp_path, []).message
    read(b64encode(TEXT.encode()))


def test_nothing_is_said_to_be_sent_where_nobody_is_attached(tmux: Tmux, tmp_path: Path) -> None:
    outcome = copied(tmux.environment, tmp_path, [])
    assert "not sent on to your terminal: nobody is attached" in outcome.message
    assert tmux.run("show-buffer") == TEXT


def test_nothing_is_said_to_be_sent_to_a_terminal_that_tmux_knows_no_way_to_copy_in(tmux: Tmux, tmp_path: Path) -> None:
    tmux.attach(TERM="linux", LC_ALL="C")
    found = ways.client(tmux.environment)
    assert found is not None
    assert (found.terminal, found.takes_copies, found.utf8) == ("linux", False, False)
    outcome = copied(tmux.environment, tmp_path, [])
    assert "not sent on to your terminal: tmux knows no way to copy in linux" in outcome.message
    assert "dmlt-tui export --last" in outcome.message


def test_a_long_page_comes_whole_into_the_buffer(tmux: Tmux, tmp_path: Path) -> None:
    page = "".join(f"{number} line of a long page\n" for number in range(40_000))
    assert copied(tmux.environment, tmp_path, [], page).checked
    assert tmux.run("show-buffer") == page


def test_a_dead_tmux_leaves_it_to_the_terminal(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "TERM": "xterm", "TMUX": f"{tmp_path}/gone,1,0"}
    sent: list[str] = []
    outcome = copied(environment, tmp_path, sent)
    assert (outcome.how, outcome.checked, len(sent)) == (How.TERMINAL, False, 1)
    assert any(detail.startswith("tmux:") for detail in outcome.details)


def test_a_missing_tmux_leaves_it_to_the_terminal(tmp_path: Path) -> None:
    environment = {"PATH": str(tmp_path), "TERM": "xterm", "TMUX": f"{tmp_path}/gone,1,0"}
    outcome = copied(environment, tmp_path, [])
    assert outcome.how is How.TERMINAL
    assert "tmux: tmux could not be asked: No such file or directory" in outcome.details


def test_a_tmux_too_old_to_send_on_says_so_and_how_to_fetch_it(tmux: Tmux, tmp_path: Path) -> None:
    real = shutil.which("tmux")
    old = tmp_path / "bin" / "tmux"
    old.parent.mkdir()
    old.write_text(f'#!/bin/sh\ncase "$*" in *-w*) echo "usage: load-buffer" >&2; exit 1;; esac\nexec {real} "$@"\n')
    old.chmod(0o755)
    environment = tmux.environment | {"PATH": f"{old.parent}:{tmux.environment['PATH']}"}
    tmux.attach()
    outcome = copied(environment, tmp_path, [])
    assert (outcome.how, outcome.checked) == (How.TMUX, True)
    assert "not sent on to your terminal: this tmux can't" in outcome.message
    assert "dmlt-tui export --last" in outcome.message
    assert tmux.run("show-buffer") == TEXT


def test_a_tmux_that_gives_something_else_back_is_no_success(tmux: Tmux, tmp_path: Path) -> None:
    liar = tmp_path / "bin" / "tmux"
    liar.parent.mkdir()
    liar.write_text("#!/bin/sh\ncat > /dev/null\necho something else\n")
    liar.chmod(0o755)
    result = ways.copy(TEXT.encode(), tmux.environment | {"PATH": f"{liar.parent}:/usr/bin:/bin"})
    assert (result.sent, result.reason) == (ways.Sent.NOWHERE, "tmux did not give the text back")


def test_who_shows_tmux_now_counts_not_who_started_it(tmux: Tmux, tmp_path: Path) -> None:
    """Started at the desk, attached from home: the desk's clipboard would be a copy to nobody."""
    nobody = ways.client(tmux.environment)
    assert nobody is not None
    assert (nobody.process, nobody.over_ssh, nobody.terminal) == (None, False, "")
    read = tmux.attach(SSH_CONNECTION="192.0.2.7 50000 192.0.2.1 22")
    desk = tmux.environment | {"DISPLAY": ":99"}
    found = ways.client(desk)
    assert found is not None
    assert (found.process, found.over_ssh) == (tmux.attached[0][1].pid, True)
    outcome = copied(desk, tmp_path, [])
    assert outcome.how is How.TMUX
    assert "this machine's own clipboard: not used, as you came by ssh" in outcome.details
    read(b64encode(TEXT.encode()))


def test_at_the_desk_again_the_session_is_no_longer_over_ssh(tmux: Tmux) -> None:
    tmux.attach(SSH_CONNECTION="192.0.2.7 50000 192.0.2.1 22")
    tmux.run("detach-client")
    tmux.attach()
    found = ways.client(tmux.environment)
    assert found is not None
    assert not found.over_ssh
