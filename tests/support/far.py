"""A real sshd on loopback with keys and settings of its own, to have the program on another machine, nearly."""

from __future__ import annotations

import getpass
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from support.terminal import PATIENCE, Terminal

_SSHD = shutil.which("sshd") or "/usr/sbin/sshd"


class Far:
    """The machine at the other end."""

    def __init__(self, folder: Path, port: int, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._port = port
        self._environment = environment

    def ssh(self, *more: str) -> list[str]:
        options = {
            "IdentityFile": str(self._folder / "key"),
            "IdentitiesOnly": "yes",
            "UserKnownHostsFile": str(self._folder / "known"),
            "StrictHostKeyChecking": "accept-new",
            "LogLevel": "ERROR",
        }
        words = [f"-o{name}={value}" for name, value in options.items()]
        return ["ssh", "-F", "none", "-p", str(self._port), *words, *more, f"{getpass.getuser()}@127.0.0.1"]

    def command(self, *words: str) -> str:
        """A command line for the other end, with the surroundings of the test."""
        return shlex.join(["env", *(f"{name}={value}" for name, value in self._environment.items()), *words])

    def terminal(self, *words: str) -> Terminal:
        """A terminal at this end that shows a command at the other."""
        return Terminal(command=[*self.ssh("-tt"), self.command(*words)])

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [*self.ssh("-T"), self.command(*words)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)


@contextmanager
def far_machine(folder: Path, environment: Mapping[str, str]) -> Iterator[Far]:
    """Start sshd; the test is skipped where there is none, or where it lets nobody in."""
    if not (Path(_SSHD).exists() and shutil.which("ssh") and shutil.which("ssh-keygen")):
        pytest.skip("sshd and ssh are not installed (Debian: openssh-server, openssh-client)")
    folder.mkdir(mode=0o700)
    for name in ("key", "host"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    shutil.copy(folder / "key.pub", folder / "authorized")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "Port": port,
        "ListenAddress": "127.0.0.1",
        "HostKey": folder / "host",
        "AuthorizedKeysFile": folder / "authorized",
        "PidFile": "none",
        "StrictModes": "no",
        "UsePAM": "no",
        "PasswordAuthentication": "no",
        "PermitRootLogin": "prohibit-password",
        "PrintMotd": "no",
        "PrintLastLog": "no",
    }
    (folder / "config").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # sshd run by root asks for it
    log = folder / "log"
    server = subprocess.Popen([_SSHD, "-D", "-f", str(folder / "config"), "-E", str(log)], stdin=subprocess.DEVNULL)
    far = Far(folder, port, environment)
    try:
        deadline = time.monotonic() + PATIENCE
        while (tried := far.run("true")).returncode != 0:
            if server.poll() is not None or "Permission denied" in tried.stderr or time.monotonic() > deadline:
                pytest.skip(f"sshd lets nobody in here: {tried.stderr.strip()} {log.read_text()[-300:].strip()}")
            time.sleep(0.05)
        yield far
    finally:
        server.terminate()
        server.wait()


def program(*arguments: str) -> list[str]:
    """The program, as the other end starts it."""
    return [sys.executable, "-m", "dmlt_tui", *arguments]
