"""What this terminal, and tmux or screen in front of it, will do for clipboard, colours, letters and keys.

Whatever is said here follows from what was asked; where nobody can be asked, that is said too.
"""

from __future__ import annotations

import os
import re
import select
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

from msgspec import Struct

from dmlt_tui.clipboard import desktop, osc52, tmux

_ANSWERS_WITHIN = 0.2  # seconds a terminal has to say what it is; over a slow line it may need longer
_DA1 = re.compile(rb"\x1b\[\?([0-9;]*)c")  # Primary Device Attributes (DEC STD 070, 4-18)
_CLIPBOARD = b"52"  # the attribute that says that OSC 52 is taken; terminals began to send it in 2024
_QUICK_ESC = 100  # milliseconds tmux may wait after Esc before a person notices
_POOR_TERMS = ("dumb", "unknown", "")


class Judgement(StrEnum):
    """How a finding stands."""

    GOOD = "good"
    MIND = "mind"  # works, with something to know
    BAD = "bad"


class Finding(Struct, frozen=True):
    """What was found about one `topic`; `change` is the exact line that betters it, "" where nothing has to."""

    topic: str
    judgement: Judgement
    words: str
    change: str = ""


class Facts(Struct, frozen=True):
    """What the judgement rests on, besides the environment.

    `tmux` are server options and features of the terminal tmux is shown in, None where tmux is not in between or does
    not answer. `attributes` are those the terminal named when asked, None when it did not answer.
    """

    tmux: Mapping[str, str] | None = None
    attributes: tuple[bytes, ...] | None = None
    over_ssh: bool = False
    mosh: bool = False
    encoding: str = "utf-8"


def ask(environment: Mapping[str, str], terminal: int | None) -> Facts:
    """Ask tmux, the processes around, and the terminal behind this file descriptor (None where there is none)."""
    import locale

    shown = tmux.client(environment) if environment.get("TMUX") else None
    process = shown.process if shown else os.getpid()
    return Facts(
        tmux=_ask_tmux(environment) if environment.get("TMUX") else None,
        attributes=_ask_terminal(terminal) if terminal is not None else None,
        over_ssh=bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY") or (shown and shown.over_ssh)),
        mosh=process is not None and osc52.under_mosh(process),
        encoding=locale.getpreferredencoding(False),
    )


def _ask_tmux(environment: Mapping[str, str]) -> Mapping[str, str] | None:
    form = "#{version}\t#{set-clipboard}\t#{escape-time}\t#{client_termfeatures}\t#{client_termname}"
    try:
        answer = subprocess.run(
            ["tmux", "display-message", "-p", form],
            capture_output=True,
            env=dict(environment),
            timeout=tmux.TIME_LIMIT,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    values = answer.stdout.decode(errors="replace").rstrip("\n").split("\t")
    names = ("version", "set-clipboard", "escape-time", "features", "terminal")
    return dict(zip(names, values, strict=True)) if len(values) == len(names) else None


def _ask_terminal(terminal: int) -> tuple[bytes, ...] | None:
    """Ask for the attributes; what is typed meanwhile is lost."""
    import termios
    import tty

    try:
        before = termios.tcgetattr(terminal)
    except termios.error:
        return None
    answer = b""
    try:
        tty.setraw(terminal)
        os.write(terminal, b"\x1b[c")
        limit = time.monotonic() + _ANSWERS_WITHIN
        while not _DA1.search(answer) and (left := limit - time.monotonic()) > 0:
            if select.select([terminal], [], [], left)[0]:
                answer += os.read(terminal, 256)
    except OSError:
        return None
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)
    found = _DA1.search(answer)
    return tuple(found[1].split(b";")) if found else None


def findings(environment: Mapping[str, str], facts: Facts) -> list[Finding]:
    """All there is to say, the clipboard first."""
    return [
        *_clipboard(environment, facts),
        _colours(environment),
        _letters(facts),
        *_keys(environment, facts),
    ]


def _clipboard(environment: Mapping[str, str], facts: Facts) -> list[Finding]:
    topic = "clipboard"
    found = []
    if facts.mosh:
        found.append(
            Finding(topic, Judgement.MIND, "mosh passes on 12,200 bytes; what is longer stays in tmux or a file")
        )
    if not facts.over_ssh and desktop.has_display(environment):
        words = "copied to this machine's clipboard and read back"
        return [*found, Finding(topic, Judgement.GOOD, words)]
    if environment.get("TMUX"):
        return [*found, _tmux_clipboard(facts.tmux)]
    if osc52.in_screen(environment):
        words = "GNU screen passes copies on to your terminal, up to 500,000 bytes; no receipt, paste to check"
        return [*found, Finding(topic, Judgement.MIND, words)]
    if facts.attributes is not None and _CLIPBOARD in facts.attributes:
        return [*found, Finding(topic, Judgement.GOOD, "your terminal says that it takes copies; paste to check")]
    if refusal := osc52.refusal(b"", environment, mosh=facts.mosh):
        words = f"{refusal}; each copy is kept in a file, which `dmlt-tui export --last` writes out"
        return [*found, Finding(topic, Judgement.BAD, words)]
    words = (
        "copies are sent to your terminal (OSC 52), which gives no receipt: kitty, alacritty, foot, wezterm, iTerm2 "
        "and Windows Terminal take them; GNOME's and Xfce's never do, xterm only with the line below in ~/.Xresources"
    )
    return [*found, Finding(topic, Judgement.MIND, words, "XTerm*disallowedWindowOps: 20,21,GetSelection,SetXprop")]


def _tmux_clipboard(found: Mapping[str, str] | None) -> Finding:
    topic = "clipboard"
    if found is None:
        return Finding(topic, Judgement.BAD, "tmux does not answer: a copy stays in a file")
    if not found["terminal"]:
        return Finding(topic, Judgement.MIND, "nobody is attached to this tmux: a copy stays in its buffer")
    if found["set-clipboard"] == "off":
        words = "tmux keeps copies to itself"
        return Finding(topic, Judgement.BAD, words, "tmux set -s set-clipboard external")
    if "clipboard" not in found["features"].split(","):
        words = f"tmux believes that your terminal ({found['terminal']}) takes no copies"
        change = f"tmux set -as terminal-features '{found['terminal']}:clipboard'"
        return Finding(topic, Judgement.BAD, words, f"{change}   # then detach and attach")
    return Finding(topic, Judgement.GOOD, "read back from tmux's buffer, and sent on to your terminal; paste to check")


def _colours(environment: Mapping[str, str]) -> Finding:
    kind, topic = environment.get("TERM", ""), "colours"
    if environment.get("NO_COLOR"):
        return Finding(topic, Judgement.MIND, "none, as NO_COLOR is set; state is told by words and signs too")
    if kind in _POOR_TERMS:
        return Finding(topic, Judgement.BAD, f"TERM is {kind!r}: the app will not start", "export TERM=xterm-256color")
    if environment.get("COLORTERM") in ("truecolor", "24bit"):
        return Finding(topic, Judgement.GOOD, "all of them")
    if "256color" in kind or kind.endswith("-direct"):
        return Finding(topic, Judgement.GOOD, f"256, as TERM={kind} says; each key needs fewer bytes than with more")
    change = {"screen": "screen-256color", "tmux": "tmux-256color", "xterm": "xterm-256color"}.get(kind, "")
    return Finding(topic, Judgement.MIND, f"16, as TERM={kind} says", f"export TERM={change}" if change else "")


def _letters(facts: Facts) -> Finding:
    if facts.encoding.lower().replace("-", "") == "utf8":
        return Finding("letters", Judgement.GOOD, "UTF-8")
    words = f"the locale says {facts.encoding}, and the app draws in UTF-8: lines and accents may come out as signs"
    return Finding("letters", Judgement.BAD, words, "export LC_ALL=C.UTF-8")


def _keys(environment: Mapping[str, str], facts: Facts) -> list[Finding]:
    found = []
    if facts.tmux is not None:
        wait = int(facts.tmux["escape-time"]) if facts.tmux["escape-time"].isdigit() else 0
        if wait > _QUICK_ESC:
            words = f"tmux waits {wait} ms after Esc; C-x C-x leaves TYPE at once"
            found.append(Finding("Esc", Judgement.MIND, words, "tmux set -s escape-time 20"))
        else:
            found.append(Finding("Esc", Judgement.GOOD, "arrives at once"))
        found.append(Finding("C-b", Judgement.MIND, "belongs to tmux; the app has no key there"))
    elif osc52.in_screen(environment):
        found.append(Finding("C-a", Judgement.MIND, "belongs to screen; the app has no key there"))
    if facts.over_ssh:
        found.append(Finding("~", Judgement.MIND, "right after Enter is ssh's own; type ~~ for one, or ssh -e none"))
    return found
