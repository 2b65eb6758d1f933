"""What the screen says while the notebook can't be saved, in a real terminal, with a disk that is really in the way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from support.terminal import Terminal, on_disk

WHY = "a part of its path is not a folder"
SCREENS = {
    "5": "lanning",
    "o": "open actions in all",
    "4": "eople",
    "?": "Esc closes",
    "m": "Esc back",
    "x": "Export:",
}


def not_shown(terminal: Terminal, words: str) -> Callable[[], bool]:
    return lambda: words not in terminal.text


def test_every_screen_says_why_it_is_not_saved_until_it_is(sample: Path, own_home: Path) -> None:
    folder, away = sample.parent, sample.parent.with_name("away")
    with Terminal(str(sample), "--own-zone", "UTC") as terminal:
        terminal.sees("Agenda")
        terminal.types("i")
        terminal.sees("TYPE")
        folder.rename(away)
        folder.touch()  # what is no folder, nothing can be written to
        terminal.types("typed meanwhile")
        terminal.sees("typed meanwhile")
        terminal.sees(WHY)
        assert "sample.json" in terminal.text
        assert "typing is kept" in terminal.text
        terminal.types("\x1b")
        terminal.sees(" GO ")
        for key, title in SCREENS.items():
            terminal.types(key)
            terminal.sees(title)
            terminal.sees(WHY)
            terminal.types("\x1b")
            terminal.until(not_shown(terminal, title), f"{title} to go")
        folder.unlink()
        away.rename(folder)
        terminal.until(not_shown(terminal, WHY), "the banner to go")
        assert on_disk(sample, "typed meanwhile")()
        assert list((own_home / ".state" / "dmlt-tui" / "rescue").glob("*")) == []
