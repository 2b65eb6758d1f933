"""tmux's buffer, and through it the terminal tmux runs in. `environment` is that of a process inside tmux."""

from __future__ import annotations

import re
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
    """Where tmux is shown now: its process there, whether that was reached by ssh, and what is known of the terminal.

    `terminal` is its TERM, "" while nobody is attached; `takes_copies` whether tmux can hand it any, None where that
    tmux does not tell; `utf8` whether tmux draws in UTF-8 there; `escape_time` how long it waits after Esc, in
    milliseconds. A process inside tmux keeps the environment of the terminal tmux was started from, which
    may be another.
    """

    process: int | None = None
    over_ssh: bool = False
    terminal: str = ""
    takes_copies: bool | None = None
    utf8: bool = True
    escape_time: int = 0


_CLIENT = ("client_pid", "client_name", "client_termname", "client_utf8", "escape-time")


def client(environment: Mapping[str, str]) -> Client | None:
    """Ask for the terminal that shows this session now; None when tmux does not answer."""
    try:
        shown = _call(environment, "display-message", "-p", "\t".join(f"#{{{name}}}" for name in _CLIENT))
        address = _call(environment, "show-environment", "SSH_CONNECTION")
        terminals = _call(environment, "show-messages", "-T")
    except (OSError, subprocess.TimeoutExpired):
        return None
    values = shown.stdout.decode(errors="replace").rstrip("\n").split("\t")
    if shown.returncode != 0 or len(values) != len(_CLIENT):
        return None
    process, name, terminal, utf8, wait = values
    return Client(
        process=int(process) if process.isdigit() else None,
        # "-SSH_CONNECTION" means that the last attached terminal had none; a failure, that none ever had.
        over_ssh=address.returncode == 0 and address.stdout.startswith(b"SSH_CONNECTION="),
        terminal=terminal,
        takes_copies=_takes_copies(terminals.stdout.decode(errors="replace"), name) if terminal else None,
        utf8=utf8 != "0" or not terminal,
        escape_time=int(wait) if wait.isdigit() else 0,
    )


def _takes_copies(terminals: str, name: str) -> bool | None:
    """Whether what tmux knows of its terminals has the way to copy (tmux(1), Ms) for that of this name.

    The option set-clipboard says nothing about it: a buffer loaded with -w is sent on whatever its value.
    """
    for known in re.split(r"^(?=Terminal \d+: )", terminals, flags=re.MULTILINE):
        if f" for {name}," in known.partition("\n")[0] and (found := re.search(r" Ms: (\S+)", known)):
            return found[1] != "[missing]"
    return None


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
