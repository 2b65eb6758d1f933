"""Where the program starts: `dmlt-tui`, and python -m dmlt_tui."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from dmlt_tui import quick_imports


def main() -> None:
    """Open the notebook that is all that was named, or do what else the command line says.

    That takes click, and to load it a tenth of the time until the app is usable.
    """
    quick_imports.install()
    words = sys.argv[1:]
    if len(words) == 1 and is_file_at_sight(words[0]):
        words = _open(Path(words[0]))
    from dmlt_tui.cli import main as program

    program(words)


def is_file_at_sight(word: str) -> bool:
    """Whether a word can be neither option nor command, and so names a notebook: as minutes.json and ./list do."""
    return not word.startswith("-") and (os.sep in word or bool(Path(word).suffix))


def _open(path: Path) -> list[str]:
    """Open the app; gives the command to go on with when it does not end the program."""
    from dmlt_tui.tui import opening

    try:
        code = opening.open_app(path)
    except (Exception, KeyboardInterrupt) as error:
        from dmlt_tui.cli.program import end_with

        end_with(error)
    if code != opening.OPEN_DEMO:
        sys.exit(code)
    return ["demo"]


if __name__ == "__main__":
    main()
