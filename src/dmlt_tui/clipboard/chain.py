"""One copy: always a file, then the first clipboard that will have it, and what can truthfully be said about it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path

from msgspec import Struct, field

from dmlt_tui.clipboard import desktop, files, osc52, tmux


class How(StrEnum):
    """Where the text went, besides the file that is always written."""

    DESKTOP = "desktop"  # this machine's own clipboard
    TMUX = "tmux"  # tmux's buffer, and from there the terminal's clipboard
    TERMINAL = "terminal"  # the clipboard of the terminal, by OSC 52
    FILE = "file"  # only the file
    NOWHERE = "nowhere"  # not even that


class Outcome(Struct, frozen=True):
    """What became of a copy.

    `checked` is true only where the text was read back from where `how` says. `path` is the file it was kept in, None
    where that failed. `message` is one line for the person; `details` say why each earlier way was not taken.
    """

    how: How
    checked: bool
    path: Path | None
    message: str
    details: tuple[str, ...] = ()


class _Attempt(Struct):
    """What the ways of one copy have in common."""

    data: bytes
    environment: Mapping[str, str]
    path: Path | None = None
    mosh: bool = False
    over_ssh: bool = False
    shown: tmux.Client | None = None  # where tmux is shown
    details: list[str] = field(default_factory=list)

    def outcome(self, how: How, message: str, *, checked: bool = False) -> Outcome:
        return Outcome(how, checked, self.path, message, tuple(self.details))


def copy(
    text: str,
    *,
    name: str,
    environment: Mapping[str, str],
    state_dir: Path,
    terminal: Callable[[str], None] | None,
) -> Outcome:
    """Copy `text` towards the person's clipboard, and keep it as `name` in `state_dir`, where it is the last export.

    `environment` is this process's; `terminal` writes a control sequence to the terminal, None where there is none (it
    may raise OSError). Blocks for some 0.2 seconds, and for up to 15 where a tool hangs: call it from a worker thread.
    Raises nothing: what fails is told in the outcome.
    """
    if not text:
        return Outcome(How.NOWHERE, False, None, "Nothing to copy: the text is empty")
    attempt = _Attempt(text.encode("utf-8", "replace"), environment)
    try:
        attempt.path = files.keep(attempt.data, name, state_dir)
    except OSError as error:
        attempt.details.append(f"no file was kept in {state_dir}: {error.strerror or error}")
    _look_around(attempt)
    return _to_desktop(attempt) or _to_tmux(attempt) or _to_terminal(attempt, terminal) or _to_file(attempt)


def hint() -> str:
    """Say what to type on the machine one sits at to have the last export on its clipboard."""
    return f"ssh {os.uname().nodename} dmlt-tui export --last | pbcopy"


def _look_around(attempt: _Attempt) -> None:
    """Find what stands between us and the person: asks tmux, whose client may have changed since we were started."""
    environment = attempt.environment
    attempt.over_ssh = any(environment.get(name) for name in ("SSH_CONNECTION", "SSH_TTY"))
    process: int | None = os.getpid()
    if environment.get("TMUX") and (client := tmux.client(environment)):
        attempt.shown = client
        attempt.over_ssh = attempt.over_ssh or client.over_ssh
        process = client.process
    attempt.mosh = process is not None and osc52.under_mosh(process)


def _to_desktop(attempt: _Attempt) -> Outcome | None:
    if attempt.over_ssh:
        attempt.details.append("this machine's own clipboard: not used, as you came by ssh")
        return None
    if not desktop.has_display(attempt.environment):
        attempt.details.append("this machine's own clipboard: there is no display")
        return None
    if reason := desktop.copy(attempt.data, attempt.environment):
        attempt.details.append(f"this machine's own clipboard: {reason}")
        return None
    return attempt.outcome(How.DESKTOP, "Copied to this machine's clipboard, checked", checked=True)


def _to_tmux(attempt: _Attempt) -> Outcome | None:
    if not attempt.environment.get("TMUX"):
        return None
    stays = _stays_in_tmux(attempt)
    result = tmux.copy(attempt.data, attempt.environment, pass_on=not stays)
    if reason := result.reason or stays:
        attempt.details.append(f"tmux: {reason}")
    if result.sent is tmux.Sent.TERMINAL:
        message = "In tmux's buffer, checked; sent to your terminal, paste to check"
        return attempt.outcome(How.TMUX, message, checked=True)
    if result.sent is tmux.Sent.BUFFER:
        fetch = f"; from the machine you sit at: {hint()}" if attempt.path else ""
        message = f"In tmux's buffer, checked; not sent on to your terminal: {reason}{fetch}"
        return attempt.outcome(How.TMUX, message, checked=True)
    return None


def _stays_in_tmux(attempt: _Attempt) -> str:
    """Why tmux can't send the text on to a terminal, in words; empty when it can."""
    shown = attempt.shown
    if shown is not None and not shown.terminal:
        return "nobody is attached"
    if shown is not None and shown.takes_copies is False:
        return f"tmux knows no way to copy in {shown.terminal}"
    return osc52.refusal(attempt.data, attempt.environment, mosh=True) if attempt.mosh else ""


def _to_terminal(attempt: _Attempt, terminal: Callable[[str], None] | None) -> Outcome | None:
    if terminal is None:
        attempt.details.append("your terminal: there is none to write to")
        return None
    if reason := osc52.refusal(attempt.data, attempt.environment, mosh=attempt.mosh):
        attempt.details.append(f"your terminal: {reason}")
        return None
    try:
        terminal(osc52.sequence(attempt.data, attempt.environment))
    except OSError as error:
        attempt.details.append(f"your terminal: {error.strerror or error}")
        return None
    return attempt.outcome(How.TERMINAL, "Sent to your terminal; a terminal gives no receipt, paste to check")


def _to_file(attempt: _Attempt) -> Outcome:
    if attempt.path is None:
        return attempt.outcome(How.NOWHERE, f"Not copied: {'; '.join(attempt.details)}")
    why = attempt.details[-1]  # the last way is always tried
    message = f"Not copied; from the machine you sit at: {hint()}; {why}; kept in {attempt.path}"
    return attempt.outcome(How.FILE, message)
