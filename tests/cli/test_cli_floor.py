"""What a moderator sees without the app."""

from __future__ import annotations

from pathlib import Path

from support.commands import done


def test_brief_prints_what_the_next_moderator_should_know(sample: Path) -> None:
    printed = done("brief", sample, "--meeting", "2020-05")
    assert printed.startswith("Leanne Guy takes the floor\nSession of Tue 12 May 2020, 09:00 Project;")
    assert "09:00  Welcome  Wil O'Mullane  10 min" in printed
