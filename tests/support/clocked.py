"""The app under a clock that is read from a file: `python clocked.py NOTEBOOK CLOCK`, where CLOCK holds a moment."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp


def main(path: Path, clock: Path) -> None:
    def now() -> datetime:
        return datetime.fromisoformat(clock.read_text(encoding="ascii"))

    with OpenNotebook.open(path) as notebook:
        DmltApp(notebook, meeting_id="2020-05", now=now).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
