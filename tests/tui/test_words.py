"""Short words for the one line at the bottom."""

from __future__ import annotations

from pathlib import Path

from dmlt_tui.tui.words import trouble


def test_trouble_with_the_file_says_the_reason_first_and_its_name_last(own_home: Path) -> None:
    path = Path("/srv/a/very/long/folder/minutes.json")
    said = trouble(f"{path}: can't be written: disk full; kept in {own_home}/.state/rescue/minutes-1.json", path)
    assert said.startswith("can't be written: disk full; kept in ~/.state/rescue/")
    assert "/srv" not in said
    assert trouble(f"{path}: disk full", path) == "disk full (minutes.json)"
