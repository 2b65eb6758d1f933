"""What the doctor says of a terminal follows from what it was told, and every remedy is a line to be typed."""

from __future__ import annotations

import os
import pty
import threading

import pytest
from msgspec.structs import replace
from rich.console import Console

from dmlt_tui.clipboard.doctor import Answers, Facts, Finding, Judgement, ask, findings
from dmlt_tui.clipboard.tmux import Client

TMUX = Client(process=1, terminal="xterm-256color", takes_copies=True, escape_time=20)
PLAIN = {"TERM": "xterm-256color"}


def about(topic: str, environment: dict[str, str], facts: Facts) -> Finding:
    return next(finding for finding in findings(environment, facts) if finding.topic == topic)


def test_a_default_tmux_has_nothing_to_change() -> None:
    found = about("clipboard", PLAIN | {"TMUX": "x"}, Facts(tmux=TMUX, over_ssh=True))
    assert (found.judgement, found.change) == (Judgement.GOOD, "")


@pytest.mark.parametrize(
    ("terminal", "words", "line"),
    [
        ("vt100", "takes no copies", "tmux set -as terminal-features 'vt100:clipboard'"),
        ("linux", "'linux' has no clipboard", ""),
        ("screen.xterm-256color", "shown in GNU screen", ""),
    ],
)
def test_of_a_tmux_that_has_no_way_to_copy_is_said_what_can_be_done(terminal: str, words: str, line: str) -> None:
    shown = replace(TMUX, terminal=terminal, takes_copies=False)
    found = about("clipboard", PLAIN | {"TMUX": "x"}, Facts(tmux=shown, over_ssh=True))
    assert found.judgement is Judgement.BAD
    assert words in found.words
    assert found.change.startswith(line)
    assert bool(found.change) == bool(line)


@pytest.mark.parametrize(
    ("environment", "facts"),
    [
        (PLAIN | {"TMUX": "x"}, Facts(tmux=replace(TMUX, terminal="tmux-256color"))),
        ({"TERM": "tmux-256color"}, Facts(over_ssh=True)),
    ],
    ids=["around this one", "at the near end"],
)
def test_another_tmux_on_the_way_is_told_to_let_copies_through(environment: dict[str, str], facts: Facts) -> None:
    assert about("clipboard", environment, facts).change == "tmux set -s set-clipboard on"


def test_a_tmux_at_the_near_end_that_passes_for_screen_is_found_out() -> None:
    facts = Facts(over_ssh=True, terminal=Answers(kind="tmux"))
    found = findings({"TERM": "screen-256color"}, facts)
    assert [finding.change for finding in found if finding.topic == "clipboard"] == [
        "export TERM=tmux-256color",
        "tmux set -s set-clipboard on",
    ]
    assert "C-a" not in [finding.topic for finding in found]


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        (Facts(tmux=replace(TMUX, utf8=False)), "tmux -u attach"),
        (Facts(terminal=Answers(utf8=False, kind="screen")), "screen -X utf8 on on"),
    ],
)
def test_what_draws_without_utf8_is_told_how_to(facts: Facts, line: str) -> None:
    found = about("letters", PLAIN, facts)
    assert (found.judgement, found.change) == (Judgement.BAD, line)


@pytest.mark.parametrize(("kind", "colours"), [("xterm-kitty", "256"), ("xterm-direct", "16"), ("vt100", "16")])
def test_so_many_colours_are_promised_as_the_app_shows(kind: str, colours: str) -> None:
    assert about("colours", {"TERM": kind}, Facts()).words.startswith(f"{colours}, ")
    shown = Console(force_terminal=True, _environ={"TERM": kind}).color_system
    assert shown == {"256": "256", "16": "standard"}[colours]


def test_a_tmux_that_waits_long_for_esc_is_told_how_not_to() -> None:
    found = about("Esc", PLAIN | {"TMUX": "x"}, Facts(tmux=replace(TMUX, escape_time=500)))
    assert found.change == "tmux set -s escape-time 20"


def test_nothing_is_promised_of_a_terminal_that_gives_no_receipt() -> None:
    assert about("clipboard", PLAIN, Facts(over_ssh=True)).judgement is Judgement.MIND
    assert about("clipboard", PLAIN, Facts(over_ssh=True, terminal=Answers((b"62", b"52")))).judgement is Judgement.GOOD
    assert about("clipboard", {"TERM": "linux"}, Facts()).judgement is Judgement.BAD


def test_poor_terminals_are_told_what_to_export() -> None:
    assert about("colours", {"TERM": "dumb"}, Facts()).change == "export TERM=xterm-256color"
    assert about("colours", {"TERM": "screen"}, Facts()).change == "export TERM=screen-256color"
    assert about("letters", PLAIN, Facts(encoding="ISO-8859-1")).change == "export LC_ALL=C.UTF-8"
    assert about("letters", PLAIN, Facts(encoding="UTF-8")).judgement is Judgement.GOOD


def test_a_terminal_is_asked_what_it_is_and_left_as_it_was() -> None:
    near, far = pty.openpty()

    def answers() -> None:
        asked = b""
        while b"\x1b[c" not in asked:
            asked += os.read(near, 100)
        os.write(near, b"\x1b[7;3R\x1b[>83;40900;0c\x1b[?62;22;52c")

    answering = threading.Thread(target=answers)
    answering.start()
    facts = ask(PLAIN, far)
    answering.join()
    os.close(near)
    os.close(far)
    # Nothing where this machine is slower than terminals are.
    assert facts.terminal in (Answers((b"62", b"22", b"52"), utf8=False, kind="screen"), Answers())


@pytest.mark.parametrize(
    ("topic", "environment", "facts", "judgement", "words"),
    [
        ("clipboard", PLAIN, Facts(over_ssh=True, mosh=True), Judgement.MIND, "mosh passes on 12,200 bytes"),
        ("clipboard", PLAIN | {"DISPLAY": ":0"}, Facts(), Judgement.GOOD, "copied to this machine's clipboard"),
        ("clipboard", PLAIN | {"TMUX": "x"}, Facts(), Judgement.BAD, "tmux does not answer"),
        (
            "clipboard",
            PLAIN | {"TMUX": "x"},
            Facts(tmux=Client()),
            Judgement.MIND,
            "stays in its buffer",
        ),
        ("colours", PLAIN | {"NO_COLOR": "1"}, Facts(), Judgement.MIND, "NO_COLOR is set"),
        ("colours", PLAIN | {"COLORTERM": "truecolor"}, Facts(), Judgement.GOOD, "all of them"),
        ("~", PLAIN, Facts(over_ssh=True), Judgement.MIND, "right after Enter"),
    ],
)
def test_each_finding_says_what_to_expect(
    topic: str, environment: dict[str, str], facts: Facts, judgement: Judgement, words: str
) -> None:
    found = about(topic, environment, facts)
    assert found.judgement is judgement
    assert words in found.words
