"""What the doctor says of a terminal follows from what it was told, and every remedy is a line to be typed."""

from __future__ import annotations

import os
import pty
import threading

import pytest

from dmlt_tui.clipboard.doctor import Facts, Finding, Judgement, ask, findings

TMUX = {"version": "3.3a", "set-clipboard": "external", "escape-time": "20", "features": "256,clipboard,title"}
TMUX["terminal"] = "xterm-256color"
PLAIN = {"TERM": "xterm-256color"}


def about(topic: str, environment: dict[str, str], facts: Facts) -> Finding:
    return next(finding for finding in findings(environment, facts) if finding.topic == topic)


def test_a_default_tmux_has_nothing_to_change() -> None:
    found = about("clipboard", PLAIN | {"TMUX": "x"}, Facts(tmux=TMUX, over_ssh=True))
    assert (found.judgement, found.change) == (Judgement.GOOD, "")


@pytest.mark.parametrize(
    ("option", "value", "line"),
    [
        ("set-clipboard", "off", "tmux set -s set-clipboard external"),
        ("features", "256,title", "tmux set -as terminal-features 'xterm-256color:clipboard'"),
    ],
)
def test_a_tmux_that_keeps_copies_is_told_the_line_to_change(option: str, value: str, line: str) -> None:
    found = about("clipboard", PLAIN | {"TMUX": "x"}, Facts(tmux={**TMUX, option: value}, over_ssh=True))
    assert found.judgement is Judgement.BAD
    assert found.change.startswith(line)


def test_a_tmux_that_waits_long_for_esc_is_told_how_not_to() -> None:
    found = about("Esc", PLAIN | {"TMUX": "x"}, Facts(tmux={**TMUX, "escape-time": "500"}))
    assert found.change == "tmux set -s escape-time 20"


def test_nothing_is_promised_of_a_terminal_that_gives_no_receipt() -> None:
    assert about("clipboard", PLAIN, Facts(over_ssh=True)).judgement is Judgement.MIND
    assert about("clipboard", PLAIN, Facts(over_ssh=True, attributes=(b"62", b"52"))).judgement is Judgement.GOOD
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
        os.write(near, b"\x1b[?62;22;52c")

    answering = threading.Thread(target=answers)
    answering.start()
    facts = ask(PLAIN, far)
    answering.join()
    os.close(near)
    os.close(far)
    assert facts.attributes in ((b"62", b"22", b"52"), None)  # None where this machine is slower than terminals are


@pytest.mark.parametrize(
    ("topic", "environment", "facts", "judgement", "words"),
    [
        ("clipboard", PLAIN, Facts(over_ssh=True, mosh=True), Judgement.MIND, "mosh passes on 12,200 bytes"),
        ("clipboard", PLAIN | {"DISPLAY": ":0"}, Facts(), Judgement.GOOD, "copied to this machine's clipboard"),
        ("clipboard", PLAIN | {"TMUX": "x"}, Facts(), Judgement.BAD, "tmux does not answer"),
        (
            "clipboard",
            PLAIN | {"TMUX": "x"},
            Facts(tmux=TMUX | {"terminal": ""}),
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
