"""tmux's buffer, and through it the terminal tmux runs in. `environment` is that of a process inside tmux."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from enum import Enum, auto

from msgspec import Struct

TIME_LIMIT = 2.0  # seconds for each call; 0.01 are usual


class Sent(Enum):
    """How far the text came."""

    NOWHERE = auto()
    BUFFER = auto()  # read back from tmux's buffer, not sent on
    TERMINAL = auto()  # read back from tmux's buffer, and handed to the terminal


class Result(Struct, frozen=True):
    """How far the text came, and why not further, in words."""

    sent: Sent
    reason: str = ""


class Client(Struct, frozen=True):
    """Where tmux is shown now: its process there, and whether that was reached by ssh.

    A process inside tmux keeps the environment of the terminal tmux was started from, which may be another one.
    """

    process: int | None
    over_ssh: bool


def client(environment: Mapping[str, str]) -> Client | None:
    """Ask for the terminal that shows this session now; None when tmux does not answer."""
    try:
        shown = _call(environment, "display-message", "-p", "#{client_pid}")
        address = _call(environment, "show-environment", "SSH_CONNECTION")
    except (OSError, subprocess.TimeoutExpired):
        return None
    if shown.returncode != 0:
        return None
    process = shown.stdout.strip()
    # "-SSH_CONNECTION" means that the last attached terminal had none; a failure, that none ever had.
    over_ssh = address.returncode == 0 and address.stdout.startswith(b"SSH_CONNECTION=")
    return Client(int(process) if process.isdigit() else None, over_ssh)


def copy(data: bytes, environment: Mapping[str, str], *, pass_on: bool = True) -> Result:
    """Load `data` into tmux's newest buffer, sent on to the terminal where `pass_on` and tmux can, and read it back."""
    try:
        loaded = _call(environment, "load-buffer", *(["-w"] if pass_on else []), "-", data=data)
        reason = ""
        if pass_on and loaded.returncode != 0:
            reason = "this tmux can't (3.2 and newer can)"
            loaded = _call(environment, "load-buffer", "-", data=data)
        if loaded.returncode != 0:
            return Result(Sent.NOWHERE, f"tmux refused: {_words(loaded.stderr)}")
        if _call(environment, "show-buffer").stdout != data:
            return Result(Sent.NOWHERE, "tmux did not give the text back")
    except subprocess.TimeoutExpired:
        return Result(Sent.NOWHERE, "tmux did not answer in time")
    except OSError as error:
        return Result(Sent.NOWHERE, f"tmux could not be asked: {error.strerror}")
    return Result(Sent.TERMINAL if pass_on and not reason else Sent.BUFFER, reason)


def _call(environment: Mapping[str, str], *arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["tmux", *arguments], input=data, capture_output=True, env=dict(environment), timeout=TIME_LIMIT, check=False
    )


def _words(answer: bytes) -> str:
    return " ".join(answer.decode(errors="replace").split()) or "no reason given"
