"""Opening the app: what has to be right before it takes the terminal. Textual is loaded only when all is."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmlt_tui.settings.values import Known

OPEN_DEMO = 1000  # what the app gives back when the demo is to be opened next; no exit code is as large


class RefusedError(Exception):
    """The app can't be opened; the message is one line on what is wrong and what to do."""


def need_terminal() -> None:
    """Raise RefusedError where the app could not be seen or typed in."""
    kind = os.environ.get("TERM", "")
    if kind in ("", "dumb", "unknown"):
        named = f"TERM is {kind!r}" if kind else "TERM is not set"
        raise RefusedError(
            f"{named}: such a terminal can't show the app. In one that can, run: export TERM=xterm-256color"
        )
    streams = {"input": sys.stdin, "output": sys.stdout, "error output": sys.stderr}
    for name, stream in streams.items():
        if stream is None or not stream.isatty():
            raise RefusedError(
                f"The app needs a terminal, and standard {name} is not one. Commands that need none: dmlt-tui --help"
            )
    if sys.stderr.encoding.lower() != "utf-8":  # what Textual writes to
        raise RefusedError(
            f"The locale writes {sys.stderr.encoding}, which lacks most letters; the app needs UTF-8. "
            "Say: export LC_ALL=C.UTF-8"
        )


def open_app(path: Path, meeting_id: str | None = None, own_zone: str | None = None, theme: str | None = None) -> int:
    """Run the app over a notebook until it is left; gives the exit code, or OPEN_DEMO. Raises RefusedError.

    `own_zone` and `theme` are settings for this run.
    """
    need_terminal()
    known = _settings({"DMLT_ZONE": own_zone, "DMLT_THEME": theme})
    gc.disable()  # until the first screen is painted, which it would delay by a fifth: nothing is thrown away so far
    load_asyncio()
    from dmlt_tui.meeting.edits import EditError
    from dmlt_tui.store.errors import StoreError
    from dmlt_tui.tui.app import run

    try:
        return run(path, meeting_id, known)
    except (StoreError, EditError) as error:
        raise RefusedError(str(error)) from error


def load_asyncio() -> None:
    """Load asyncio without TLS, as it is where Python was built so: nothing here uses a network, and TLS takes long."""
    if "ssl" in sys.modules:
        return
    sys.modules["ssl"] = None  # type: ignore[assignment]  # asyncio goes on without what can't be imported
    try:
        import asyncio  # noqa: F401
    finally:
        del sys.modules["ssl"]


def _settings(flags: dict[str, str | None]) -> Known:
    """The settings, of which those given as flags are known by the names of their variables. Raises RefusedError."""
    from dmlt_tui.settings.file import load

    known = load({**os.environ, **{name: value for name, value in flags.items() if value}})
    problems = [problem for problem in known.problems if problem.error]
    errors, in_file = [problem.words for problem in problems], any(problem.in_file for problem in problems)
    if known.settings.keys:
        from dmlt_tui.tui.keymap import rebound

        clashes = rebound(known.settings.keys)[1]
        errors, in_file = [*errors, *clashes], in_file or bool(clashes)
    if in_file:
        errors.append("to start without settings, run: DMLT_CONFIG=/dev/null dmlt-tui")
    if errors:
        raise RefusedError("; ".join(errors))
    return known
