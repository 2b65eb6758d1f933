"""Crash reports: where an error in this program happened, without a word of anybody's notes.

A report holds the kinds of the errors, the line and function of every frame, and versions. It holds no message of an
error, no value of a variable, no line of anybody's text and no path outside the program: all of these may carry notes.
"""

from __future__ import annotations

import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from dmlt_tui import __version__
from dmlt_tui.store.ids import new_id
from dmlt_tui.store.private import create, make_private, state_folder, write_all

EXIT_CODE = 70  # EX_SOFTWARE of sysexits.h
KEPT = 20
_MOST_ERRORS = 10
_MOST_FRAMES = 100
_PACKAGES = ("textual", "rich", "tinydb", "msgspec", "filelock", "markdown-it-py", "click", "platformdirs")
_SETTINGS = ("TERM", "COLORTERM", "LANG", "LC_ALL", "TMUX", "STY", "SSH_CONNECTION")


def report(error: BaseException) -> Path | None:
    """Write a report into the user's state folder, for this user alone, and return where; None when it can't be.

    Never raises, so that it can be called while something else goes wrong.
    """
    try:
        folder = state_folder("crashes")
        make_private(folder)
        path = folder / f"crash-{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{new_id()}.txt"
        descriptor = create(path)
        try:
            write_all(descriptor, [text(error).encode(errors="backslashreplace")])
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        _thin(folder)
    except Exception:  # one failure at a time; the first one is what matters
        return None
    return path


def text(error: BaseException) -> str:
    """Spell the report."""
    lines = [
        f"dmlt-tui {__version__}, Python {platform.python_version()}, {platform.platform()}",
        " ".join(f"{name} {_version(name)}" for name in _PACKAGES),
        # Only whether the last ones are set: they name hosts and sockets.
        " ".join(f"{name}={_setting(name)}" for name in _SETTINGS if os.environ.get(name)),
        f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, in the thread {_thread()}",
        "",
        *_errors(error),
    ]
    return "\n".join(lines) + "\n"


def reported(where: Path | None) -> str:
    """Say where the report lies, or that there is none."""
    return f"a report without any of your notes is in {where}" if where else "no report of it could be written"


def watch_threads(told: Callable[[BaseException], None]) -> None:
    """From now on, pass on each error that ends a thread, in that thread, instead of printing it."""

    def hook(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
            told(arguments.exc_value)

    threading.excepthook = hook


def _errors(error: BaseException) -> Iterator[str]:
    """An error and those it came from or holds, each with its frames, innermost last."""
    seen: set[int] = set()
    waiting: list[tuple[str, BaseException]] = [("", error)]
    while waiting and len(seen) < _MOST_ERRORS:
        relation, one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        number = f", errno {one.errno}" if isinstance(one, OSError) else ""
        yield f"{relation}{type(one).__module__}.{type(one).__qualname__}{number}"
        yield from _frames(one.__traceback__)
        if one.__cause__ is not None:
            waiting.append(("caused by ", one.__cause__))
        elif one.__context__ is not None and not one.__suppress_context__:
            waiting.append(("while handling ", one.__context__))
        if isinstance(one, BaseExceptionGroup):
            waiting += [("one of it: ", part) for part in one.exceptions]


def _frames(trace: TracebackType | None) -> Iterator[str]:
    frames = [
        f"    {_place(frame.f_code.co_filename)}:{line}:{frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(trace)
    ]
    if len(frames) > _MOST_FRAMES:
        half = _MOST_FRAMES // 2
        frames[half:-half] = [f"    ... {len(frames) - _MOST_FRAMES} more"]
    yield from frames


def _place(filename: str) -> str:
    """Name a file of code from its library on: the folders above it may carry names of people."""
    import sysconfig  # takes a while to load, and is needed only now

    path = Path(filename)
    libraries = (sysconfig.get_path(name) for name in ("purelib", "platlib", "stdlib"))
    for folder in (Path(__file__).parents[2], *map(Path, libraries), *map(Path, filter(None, sys.path))):
        with suppress(ValueError):
            return str(path.relative_to(folder))
    return path.name


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # brings the parser of mail along

    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _setting(name: str) -> str:
    return "set" if name in ("TMUX", "STY", "SSH_CONNECTION") else os.environ[name]


def _thread() -> str:
    return "main" if threading.current_thread() is threading.main_thread() else threading.current_thread().name


def _thin(folder: Path) -> None:
    """Leave only the newest reports."""
    names = sorted(entry.name for entry in os.scandir(folder) if entry.name.startswith("crash-"))
    for name in names[:-KEPT]:
        (folder / name).unlink(missing_ok=True)
