"""Hostile text on every screen of the real program: it stands there to be read, and nothing of it acts."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from conftest import SAMPLE
from support.hostile import foreign, poison, strings
from support.terminal import Terminal

# The keys that open a screen, and what stands on it whatever the notebook holds.
SCREENS = {
    "5": "lanning",
    "o": "open actions in all",
    "4": "eople",
    "?": "Esc closes",
    "m": "Esc back",
    "x": "Export:",
    "R": "",
    "V": "",
    "/": "",
    ":": "",
    "h": "",
}


def looked_at(terminal: Terminal) -> None:
    """Open every screen, look down in it, and come back."""
    terminal.sees("help")
    terminal.types("k" * 3 + "j" * 3)
    for key, title in SCREENS.items():
        terminal.types(key)
        terminal.sees(title)
        for _ in range(3):
            terminal.types("\x1b[B")
            terminal.reads(0.2)
        for _ in range(2):
            terminal.types("\x1b")
            terminal.reads(0.4)
        terminal.sees(" GO ")


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 7))])
def test_nothing_of_it_acts_and_nothing_of_it_reaches_the_terminal(tmp_path: Path, own_home: Path, seed: int) -> None:
    hostile = strings(seed, 72)
    folder = tmp_path / "a \x1b]0;owned\x07 \u202e[@click=app.quit]folder"
    folder.mkdir()
    path = folder / "[$x]\x9b2J `touch owned` \u200b.json"
    poison(SAMPLE, path, hostile)
    with Terminal(os.fspath(path), size=(120, 40)) as terminal:
        looked_at(terminal)
        terminal.types("i")
        terminal.sees("TYPE")
        for text in hostile[:12]:  # as a terminal pastes it; what ends a paste can't be in it
            terminal.types(f"\x1b[200~{text.replace(chr(27), chr(0x9B))}\x1b[201~\r")
            terminal.reads(0.05)
        terminal.types("here I am")
        terminal.sees("here I am")
        terminal.signals(signal.SIGTERM)
        assert terminal.ends() == 143, terminal.text
        assert foreign(bytes(terminal.received)) == b""
        assert terminal.left_behind() == []
    assert "here I am" in path.read_text(encoding="utf-8")
    assert not Path("/tmp/owned").exists()
    assert not (own_home / ".state" / "dmlt-tui" / "crashes").exists()


def test_a_file_with_a_hostile_name_is_refused_in_words_only(tmp_path: Path) -> None:
    path = tmp_path / "\x1b]52;c;aGFja2Vk\x07\u202e[$x]\u200b.json"
    path.write_text('{"\x1b[2J": 1', encoding="utf-8")
    with Terminal(os.fspath(path)) as terminal:
        assert terminal.ends() == 1
        assert foreign(bytes(terminal.received)) == b""
        assert "\u200b" not in terminal.text
