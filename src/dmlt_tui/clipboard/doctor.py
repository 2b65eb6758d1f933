"""What this terminal, and tmux or screen in front of it, will do for clipboard, colours, letters and keys.

Whatever is said here follows from what was asked; where nobody can be asked, that is said too.
"""

from __future__ import annotations

import os
import re
import select
import time
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum

from msgspec import Struct

from dmlt_tui.clipboard import desktop, osc52, tmux

_ANSWERS_WITHIN = 0.2  # seconds a terminal has to say what it is; over a slow line it may need longer
_DA1 = re.compile(rb"\x1b\[\?([0-9;]*)c")  # Primary Device Attributes (DEC STD 070, 4-18)
_DA2 = re.compile(rb"\x1b\[>([0-9]+)[0-9;]*c")  # Secondary Device Attributes, of which the first says who made it
_KINDS = {b"83": "screen", b"84": "tmux"}  # their letters in ASCII
_CPR = re.compile(rb"\x1b\[[0-9]+;([0-9]+)R")  # Cursor Position Report
# Where the cursor is behind one letter, which is taken back; what it is; and last what every terminal answers.
_QUESTIONS = "\ré\x1b[6n\r\x1b[K\x1b[>c\x1b[c".encode()
_CLIPBOARD = b"52"  # the attribute that says that OSC 52 is taken; terminals began to send it in 2024
_QUICK_ESC = 100  # milliseconds tmux may wait after Esc before a person notices
_POOR_TERMS = ("dumb", "unknown", "")
_KEPT = "each copy is kept in a file, which `dmlt-tui export --last` writes out"
_LET_THROUGH = "tmux set -s set-clipboard on"


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


class Answers(Struct, frozen=True):
    """What a terminal said when asked: its `attributes`, whether it draws in UTF-8, and whether it is "tmux", "screen".

    None, or "", where it did not say.
    """

    attributes: tuple[bytes, ...] | None = None
    utf8: bool | None = None
    kind: str = ""


class Facts(Struct, frozen=True):
    """What the judgement rests on, besides the environment.

    `tmux` is where tmux is shown, None where tmux is not in between or does not answer.
    """

    tmux: tmux.Client | None = None
    terminal: Answers = Answers()
    over_ssh: bool = False
    mosh: bool = False
    encoding: str = "utf-8"


def ask(environment: Mapping[str, str], terminal: int | None) -> Facts:
    """Ask tmux, the processes around, and the terminal behind this file descriptor (None where there is none)."""
    import locale

    shown = tmux.client(environment) if environment.get("TMUX") else None
    process = shown.process if shown else os.getpid()
    return Facts(
        tmux=shown,
        terminal=Answers()
        if terminal is None or environment.get("TERM", "") in _POOR_TERMS
        else _ask_terminal(terminal),
        over_ssh=bool(environment.get("SSH_CONNECTION") or environment.get("SSH_TTY") or (shown and shown.over_ssh)),
        mosh=process is not None and osc52.under_mosh(process),
        encoding=locale.getpreferredencoding(False),
    )


def _ask_terminal(terminal: int) -> Answers:
    """Ask what it is, and how far an accented letter moves its cursor; what is typed meanwhile is lost."""
    import termios
    import tty

    try:
        before = termios.tcgetattr(terminal)
    except termios.error:
        return Answers()
    answer = b""
    try:
        tty.setraw(terminal)
        os.write(terminal, _QUESTIONS)
        limit = time.monotonic() + _ANSWERS_WITHIN
        while not _DA1.search(answer) and (left := limit - time.monotonic()) > 0:
            if select.select([terminal], [], [], left)[0]:
                answer += os.read(terminal, 256)
    except OSError:
        return Answers()
    finally:
        with suppress(termios.error):
            termios.tcsetattr(terminal, termios.TCSAFLUSH, before)
    attributes, column, kind = _DA1.search(answer), _CPR.search(answer), _DA2.search(answer)
    return Answers(
        tuple(attributes[1].split(b";")) if attributes else None,
        column[1] == b"2" if column else None,
        _KINDS.get(kind[1], "") if kind else "",
    )


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
    if _from_tmux(environment, facts):
        return [*found, *_near_tmux(environment)]
    if osc52.in_screen(environment):
        words = "GNU screen passes copies on to your terminal, up to 500,000 bytes; no receipt, paste to check"
        return [*found, Finding(topic, Judgement.MIND, words)]
    if facts.terminal.attributes is not None and _CLIPBOARD in facts.terminal.attributes:
        return [*found, Finding(topic, Judgement.GOOD, "your terminal says that it takes copies; paste to check")]
    if refusal := osc52.refusal(b"", environment, mosh=facts.mosh):
        return [*found, Finding(topic, Judgement.BAD, f"{refusal}; {_KEPT}")]
    words = (
        "copies are sent to your terminal (OSC 52), which gives no receipt: kitty, alacritty, foot, wezterm, iTerm2 "
        "and Windows Terminal take them; GNOME's and Xfce's never do, xterm only with the line below in ~/.Xresources"
    )
    return [*found, Finding(topic, Judgement.MIND, words, "XTerm*disallowedWindowOps: 20,21,GetSelection,SetXprop")]


def _tmux_clipboard(shown: tmux.Client | None) -> Finding:
    topic = "clipboard"
    if shown is None:
        return Finding(topic, Judgement.BAD, f"tmux does not answer; {_KEPT}")
    kind = shown.terminal
    if not kind:
        return Finding(topic, Judgement.MIND, "nobody is attached to this tmux: a copy stays in its buffer")
    if shown.takes_copies is False:
        if refusal := osc52.refusal(b"", {"TERM": kind}, mosh=False):
            return Finding(topic, Judgement.BAD, f"{refusal}; {_KEPT}")
        if kind.startswith("screen"):
            return Finding(topic, Judgement.BAD, f"tmux is shown in GNU screen, which takes no copies from it; {_KEPT}")
        change = f"tmux set -as terminal-features '{kind}:clipboard'   # then detach and attach"
        return Finding(topic, Judgement.BAD, f"tmux believes that your terminal ({kind}) takes no copies", change)
    if kind.startswith("tmux"):
        words = "read back from tmux's buffer, and sent on to the tmux around it, which needs the line below"
        return Finding(topic, Judgement.MIND, words, _LET_THROUGH)
    return Finding(topic, Judgement.GOOD, "read back from tmux's buffer, and sent on to your terminal; paste to check")


def _from_tmux(environment: Mapping[str, str], facts: Facts) -> bool:
    """Whether ssh was called inside a tmux."""
    return not environment.get("TMUX") and (
        facts.terminal.kind == "tmux" or environment.get("TERM", "").startswith("tmux")
    )


def _near_tmux(environment: Mapping[str, str]) -> list[Finding]:
    """What to say where ssh was called inside a tmux, which is out of reach."""
    topic, kind, found = "clipboard", environment.get("TERM", ""), []
    if not kind.startswith("tmux"):
        words = f"you came from inside tmux, and TERM={kind} hides it: copies are sent as to GNU screen, and lost"
        found.append(Finding(topic, Judgement.BAD, words, "export TERM=tmux-256color"))
    words = "the tmux you came from passes copies on only with the line below, said on its machine; paste to check"
    return [*found, Finding(topic, Judgement.MIND, words, _LET_THROUGH)]


def _colours(environment: Mapping[str, str]) -> Finding:
    kind, topic = environment.get("TERM", ""), "colours"
    if environment.get("NO_COLOR"):
        return Finding(topic, Judgement.MIND, "none, as NO_COLOR is set; state is told by words and signs too")
    if kind in _POOR_TERMS:
        return Finding(topic, Judgement.BAD, f"TERM is {kind!r}: the app will not start", "export TERM=xterm-256color")
    if environment.get("COLORTERM") in ("truecolor", "24bit"):
        return Finding(topic, Judgement.GOOD, "all of them")
    if kind.rpartition("-")[2] in ("256color", "kitty"):  # as Textual reads it
        return Finding(topic, Judgement.GOOD, f"256, as TERM={kind} says; each key needs fewer bytes than with more")
    family = kind.partition("-")[0]
    change = f"export TERM={family}-256color" if family in ("screen", "tmux", "xterm") else ""
    return Finding(topic, Judgement.MIND, f"16, as TERM={kind} promises no more", change)


def _letters(facts: Facts) -> Finding:
    topic = "letters"
    if facts.encoding.lower().replace("-", "") != "utf8":
        words = f"the locale says {facts.encoding}, and the app needs UTF-8: it will not start"
        return Finding(topic, Judgement.BAD, words, "export LC_ALL=C.UTF-8")
    if facts.tmux is not None and not facts.tmux.utf8:
        words = "tmux does not know that your terminal takes UTF-8: lines and accents become other signs; detach, then"
        return Finding(topic, Judgement.BAD, words, "tmux -u attach")
    if facts.terminal.utf8 is False and facts.terminal.kind == "screen":
        words = "screen was started without -U: lines and accents come out as other signs"
        return Finding(topic, Judgement.BAD, words, "screen -X utf8 on on")
    if facts.terminal.utf8 is False:
        return Finding(topic, Judgement.BAD, "your terminal does not read UTF-8: lines and accents come out as signs")
    return Finding(topic, Judgement.GOOD, "UTF-8")


def _keys(environment: Mapping[str, str], facts: Facts) -> list[Finding]:
    found = []
    if facts.tmux is not None:
        wait = facts.tmux.escape_time
        if wait > _QUICK_ESC:
            words = f"tmux waits {wait} ms after Esc; C-x C-x leaves TYPE at once"
            found.append(Finding("Esc", Judgement.MIND, words, "tmux set -s escape-time 20"))
        else:
            found.append(Finding("Esc", Judgement.GOOD, "arrives at once"))
    if environment.get("TMUX") or _from_tmux(environment, facts):
        found.append(Finding("C-b", Judgement.MIND, "belongs to tmux; the app has no key there"))
    elif osc52.in_screen(environment):
        found.append(Finding("C-a", Judgement.MIND, "belongs to screen; the app has no key there"))
    if facts.over_ssh:
        found.append(Finding("~", Judgement.MIND, "right after Enter is ssh's own; type ~~ for one, or ssh -e none"))
    return found
