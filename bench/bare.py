"""The least a Textual editor can be, for bench/start.py to compare with: one TextArea with the text of FILE."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Bare(App[None]):
    """One TextArea."""

    def compose(self) -> ComposeResult:
        """Show the file."""
        yield TextArea(Path(sys.argv[1]).read_text("utf-8"))


if __name__ == "__main__":
    Bare().run()
