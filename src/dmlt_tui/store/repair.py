"""Makes a new notebook file of what can still be read of a damaged one, which is not touched."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from dmlt_tui.store import disk
from dmlt_tui.store.codec import NewerError
from dmlt_tui.store.errors import DamageError, StoreError
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.records import Records
from dmlt_tui.store.restore import write_new
from dmlt_tui.store.salvage import Salvaged, salvage


def repair(path: Path, new: Path | None) -> tuple[Path, Salvaged] | None:
    """Write what can be read of the file at `path` to a new one, `new` or one beside it; where, and what was lost.

    None when nothing is wrong with it. Raises StoreError when nothing of a notebook is in it, or when no file can be
    written.
    """
    try:
        content, version = disk.read(path)
    except FileNotFoundError:
        raise StoreError(f"{path}: no such file") from None
    version.close()
    try:
        Records().load(parse(content))
    except NewerError as newer:
        raise StoreError(f"{path}: {newer}") from None
    except DamageError as damage:
        found = salvage(content)
        if found is None:
            raise StoreError(f"{path}: {damage}; and nothing of a notebook could be read in it") from None
    else:
        return None
    records = Records()
    records.put(found.value)
    spelled = b"".join(records.to_json())
    if new is not None:
        write_new(new, spelled)
        return new, found
    names = (f"{path.stem}.repaired{f'-{number}' if number > 1 else ''}{path.suffix}" for number in itertools.count(1))
    free = next(beside for name in names if not os.path.lexists(beside := path.with_name(name)))
    write_new(free, spelled)
    return free, found
