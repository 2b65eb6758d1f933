"""Files written whole or not at all, and the folder of exports that every copy leaves a file in."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

_LONGEST_NAME = 120  # bytes; a file system takes 255, and the temporary name needs room too


def default_state_dir() -> Path:
    """Name the folder of this user's state (XDG_STATE_HOME/dmlt-tui, or the system's own place)."""
    from platformdirs import user_state_path

    return user_state_path("dmlt-tui", appauthor=False)


def named(words: str) -> Path:
    """Give the file that a person named, ~ as in a shell; a ~NAME that nobody has is a name like others."""
    path = Path(words)
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def replace(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write `data` to `path` whole or not at all.

    A new file gets `mode` less the umask, an old one keeps its own. A link is followed; a device or pipe, which can't
    be replaced, is written to. Raises OSError, IsADirectoryError for a folder.
    """
    try:
        found = path.stat().st_mode
    except FileNotFoundError:
        found = None
    if found is not None and stat.S_ISDIR(found):
        raise IsADirectoryError(21, os.strerror(21), str(path))
    if found is not None and not stat.S_ISREG(found):
        path.write_bytes(data)
        return
    path = Path(os.path.realpath(path))
    temporary = path.with_name(f".{uuid4().hex}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            if found is not None:
                os.fchmod(file.fileno(), stat.S_IMODE(found))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def keep(data: bytes, name: str, state_dir: Path) -> Path:
    """Write an export for this user's eyes only (folder 0700, file 0600) and make it the last one. Raises OSError.

    An export of the same name is replaced. Characters a file name is better without become "-".
    """
    folder = state_dir / "exports"
    for missing in reversed([one for one in (folder, *folder.parents) if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    path = folder / _file_name(name)
    replace(path, data, 0o600)
    path.chmod(0o600)
    link = _link(state_dir)
    fresh = link.with_name(f".{uuid4().hex}.tmp")
    fresh.symlink_to(path.relative_to(state_dir))
    try:
        fresh.replace(link)
    except OSError:
        with suppress(OSError):
            fresh.unlink()
        raise
    return path


def last(state_dir: Path) -> Path | None:
    """Find the export kept last; None when there is none (any more)."""
    path = _link(state_dir)
    return path.resolve() if path.is_file() else None


def _link(state_dir: Path) -> Path:
    return state_dir / "last-export"


def _file_name(name: str) -> str:
    safe = re.sub(r"[^\w.+-]+", "-", name).lstrip(".-")
    return safe.encode()[:_LONGEST_NAME].decode(errors="ignore") or "export"
