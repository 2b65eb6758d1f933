"""OSC 52, the sequence that hands text to a terminal's clipboard. It is written, never read, and gives no receipt."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

# The largest text, in bytes, seen to arrive through each; above it the text is lost without a word.
_LIMIT_MOSH = 12_200
_LIMIT_SCREEN = 500_000
_LIMIT_TMUX = 786_000
_LIMIT = 5_000_000
_SCREEN_STRING = 760  # bytes GNU screen takes in one control string; it cuts at 768

_DEAF = ("", "dumb", "linux", "unknown")


def in_screen(environment: Mapping[str, str]) -> bool:
    """Whether GNU screen shows us, here (STY) or at the near end of an ssh session (TERM alone crosses it)."""
    return bool(environment.get("STY")) or (
        environment.get("TERM", "").startswith("screen") and not environment.get("TMUX")
    )


def refusal(data: bytes, environment: Mapping[str, str], *, mosh: bool) -> str:
    """Why the terminal can't be handed `data`, in words; empty when it can."""
    terminal = environment.get("TERM", "")
    if terminal in _DEAF:
        return f"a terminal of the kind {terminal or 'unknown'!r} has no clipboard"
    through, limit = "this terminal", _LIMIT
    if mosh:
        through, limit = "mosh", _LIMIT_MOSH
    elif in_screen(environment):
        through, limit = "GNU screen", _LIMIT_SCREEN
    elif environment.get("TMUX") or terminal.startswith("tmux"):
        through, limit = "tmux", _LIMIT_TMUX
    return f"{len(data):,} bytes are too long for {through} ({limit:,})" if len(data) > limit else ""


def sequence(data: bytes, environment: Mapping[str, str]) -> str:
    """Make what is to be written to the terminal; for GNU screen in device control strings, which it passes on."""
    whole = f"\x1b]52;c;{b64encode(data).decode()}\x07"
    if not in_screen(environment):
        return whole
    chunks = (whole[start : start + _SCREEN_STRING] for start in range(0, len(whole), _SCREEN_STRING))
    return "".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks)


def under_mosh(process: int, proc: Path = Path("/proc")) -> bool:
    """Whether a mosh server is among the ancestors of `process`: mosh says so nowhere else. False without a /proc."""
    while process > 1:
        try:
            status = (proc / str(process) / "stat").read_text(errors="replace")
        except OSError:
            return False
        # "PID (NAME) STATE PARENT ...", where NAME may hold blanks and brackets (proc(5)).
        name, _, rest = status.partition("(")[2].rpartition(")")
        if name == "mosh-server":
            return True
        process = int(rest.split()[1])
    return False
