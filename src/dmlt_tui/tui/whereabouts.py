"""Where somebody was in a notebook when the program ended: the next start opens there again."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import msgspec

from dmlt_tui.store.private import create, make_private, mark, state_folder, write_all


class Whereabouts(msgspec.Struct, frozen=True):
    """Ids of the meeting and item shown, and the line of its notes the cursor was in, counted from 0."""

    meeting: str = ""
    item: str = ""
    line: int = 0


def keep(path: Path, place: Whereabouts) -> None:
    """Keep the place in the notebook at `path`; where that can't be written, the next start opens as the first one."""
    with suppress(OSError):
        target = _file(path)
        make_private(target.parent)
        fresh = target.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        descriptor = create(fresh)
        try:
            write_all(descriptor, [msgspec.json.encode(place)])
        finally:
            os.close(descriptor)
        fresh.replace(target)


def recall(path: Path) -> Whereabouts | None:
    """The place kept last for the notebook at `path`; None when there is none, or what is kept can't be read."""
    try:
        return msgspec.json.decode(_file(path).read_bytes(), type=Whereabouts)
    except (OSError, msgspec.DecodeError):
        return None


def _file(path: Path) -> Path:
    return state_folder("places") / f"{mark(path.resolve())}.json"
