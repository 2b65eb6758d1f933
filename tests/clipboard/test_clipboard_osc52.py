from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.clipboard import osc52

KITTY = {"TERM": "xterm-kitty"}
SCREEN = {"TERM": "screen.xterm-256color", "STY": "4711.pts-0.host"}


def carried(sequence: str) -> bytes:
    found = re.fullmatch(r"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", sequence)
    assert found, sequence[:40]
    return b64decode(found[1], validate=True)


@given(st.binary(min_size=1, max_size=3000))
def test_a_terminal_is_handed_the_text_itself_and_nothing_that_text_could_say(data: bytes) -> None:
    assert carried(osc52.sequence(data, KITTY)) == data


@given(st.binary(min_size=1, max_size=3000))
def test_screen_passes_on_strings_that_make_up_the_same_sequence(data: bytes) -> None:
    sequence = osc52.sequence(data, SCREEN)
    parts = re.findall(r"\x1bP([^\x1b]*(?:\x1b\][^\x1b]*)?)\x1b\\", sequence)
    assert "".join(f"\x1bP{part}\x1b\\" for part in parts) == sequence
    assert max(map(len, parts)) <= 760
    assert carried("".join(parts)) == data


@pytest.mark.parametrize(
    ("environment", "seen"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-256color", "STY": "1.pts"}, True),
        ({"TERM": "screen.xterm-256color"}, True),  # screen at the near end of ssh
        ({"TERM": "screen", "TMUX": "/tmp/tmux-1/default,1,0"}, False),  # tmux calls itself that, too
        ({"TERM": "tmux-256color"}, False),
    ],
)
def test_screen_is_known_by_its_session_or_by_the_name_of_the_terminal(
    environment: dict[str, str], *, seen: bool
) -> None:
    assert osc52.in_screen(environment) is seen


@pytest.mark.parametrize(
    ("environment", "mosh", "most"),
    [
        (KITTY, True, 12_200),
        (SCREEN, False, 500_000),
        (SCREEN, True, 12_200),
        ({"TERM": "tmux-256color"}, False, 786_000),
        (KITTY, False, 5_000_000),
    ],
)
def test_what_would_vanish_on_the_way_is_refused(environment: dict[str, str], most: int, *, mosh: bool) -> None:
    assert osc52.refusal(b"x" * most, environment, mosh=mosh) == ""
    assert f"{most + 1:,} bytes are too long" in osc52.refusal(b"x" * (most + 1), environment, mosh=mosh)


@pytest.mark.parametrize("terminal", ["", "dumb", "linux"])
def test_a_terminal_without_a_clipboard_is_sent_nothing(terminal: str) -> None:
    assert "no clipboard" in osc52.refusal(b"x", {"TERM": terminal}, mosh=False)


def test_mosh_is_found_among_the_ancestors_whatever_they_are_called(tmp_path: Path) -> None:
    for process, name, parent in [(40, "python3", 30), (30, "a (b) 7", 20), (20, "mosh-server", 1), (15, "bash", 1)]:
        (tmp_path / str(process)).mkdir()
        (tmp_path / str(process) / "stat").write_text(f"{process} ({name}) S {parent} 1 1 0 -1\n")
    assert osc52.under_mosh(40, tmp_path)
    assert not osc52.under_mosh(15, tmp_path)
    assert not osc52.under_mosh(99, tmp_path)
