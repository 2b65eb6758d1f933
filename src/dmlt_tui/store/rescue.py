"""Rescue copies: where typing is kept while the notebook file can't be written.

A copy is a notebook file of its own, private, in the first folder of the user that takes it. Beside it stands what
the notebook file held when it was last read (".base.json"), so that the copy can be merged later. The process that
keeps a copy holds a lock on it for as long as it lives; a copy nobody holds is merged when its notebook is opened.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.disk import read
from dmlt_tui.store.errors import DamageError, StoreError
from dmlt_tui.store.ids import new_id
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.merge import merge
from dmlt_tui.store.private import is_private, let_go, lock_orphan, make_private, mark, state_folder, write_locked
from dmlt_tui.store.records import Records

Spell = Callable[[Notebook], Sequence[bytes]]
_BASE = ".base.json"


def folders() -> tuple[Path, ...]:
    """Where copies may be kept, best first: a full home must not take the last one with it."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    return (
        state_folder("rescue"),
        *([Path(runtime, "dmlt-tui", "rescue")] if runtime else []),
        Path(tempfile.gettempdir(), f"dmlt-tui-rescue-{os.getuid()}"),
    )


class Rescue:
    """The rescue copies of one notebook file; `target` is where it really is. For one thread at a time."""

    def __init__(self, target: Path) -> None:
        self._mark = f"-{mark(target)}-"
        self._name = f"{target.stem[:40]}{self._mark}{new_id()}"
        self._kept: tuple[Notebook, Notebook] | None = None
        self._copy: Path | None = None
        self._held: list[tuple[Path, int]] = []

    def keep(self, value: Notebook, base: Notebook, spell: Spell) -> Path | None:
        """Keep a value that can't be saved, and return where; None when no folder takes it."""
        if self._kept is not None and self._kept[0] is value and self._kept[1] is base:
            return self._copy
        new_base = self._kept is None or self._kept[1] is not base
        for folder in folders():
            copy = folder / f"{self._name}.json"
            try:
                make_private(folder)
                # The copy first: with an older base it merges well, with a newer one it would take changes back.
                self._hold(copy, write_locked(copy, spell(value)))
                if new_base or copy != self._copy:
                    os.close(write_locked(_base_of(copy), spell(base)))
            except OSError:  # the next folder may be on another disk
                if copy != self._copy:  # an older one of this name is better than none
                    self._remove(copy)
                continue
            if self._copy is not None and self._copy != copy:
                self._remove(self._copy)
            self._kept, self._copy = (value, base), copy
            return copy
        return None

    def recover(self, value: Notebook, *, afresh: bool) -> tuple[Notebook, tuple[str, ...]]:
        """Merge what processes that are gone could not save into `value`; one line for people about each copy.

        With `afresh`, the file was gone and `value` is no version others made: what a copy does not hold was not
        deleted by them.
        """
        lines = []
        for folder in folders():
            self._clear_torn(folder)
            for copy in self._copies_in(folder):
                descriptor = lock_orphan(copy)
                if descriptor is None:
                    continue
                try:
                    mine = _load(copy)
                    has_base = not afresh and _base_of(copy).exists()
                    base = _load(_base_of(copy)) if has_base else Notebook()
                except (StoreError, FileNotFoundError) as error:
                    let_go(descriptor)
                    lines.append(f"a rescue copy can't be used: {error}")
                    continue
                self._held.append((copy, descriptor))
                value = merge(base, mine, value)
                lines.append(f"typing that could not be saved before was merged in from {copy}")
        return value, tuple(lines)

    def orphans(self) -> list[Path]:
        """List the copies that nobody holds any more: recover() would merge them."""
        found = []
        for folder in folders():
            for copy in self._copies_in(folder):
                descriptor = lock_orphan(copy)
                if descriptor is not None:
                    let_go(descriptor)
                    found.append(copy)
        return found

    def drop(self) -> None:
        """Remove the copy kept and those recovered: all of it is in the notebook file now."""
        for copy in [copy for copy, _ in self._held]:
            self._remove(copy)
        self._copy = self._kept = None

    def leave(self) -> None:
        """Let go of all copies; what was not saved stays for the next time the notebook is opened."""
        for _, descriptor in self._held:
            let_go(descriptor)
        self._held.clear()

    def _copies_in(self, folder: Path) -> Iterator[Path]:
        with suppress(OSError):  # no such folder, or not ours: no copies
            if is_private(folder):
                names = sorted(entry.name for entry in os.scandir(folder))
                ours = (name for name in names if self._mark in name and name.endswith(".json"))
                yield from (folder / name for name in ours if not name.endswith(_BASE))

    def _clear_torn(self, folder: Path) -> None:
        """Remove what processes left that were killed in the middle of writing a copy."""
        with suppress(OSError):  # no such folder, or not ours
            if is_private(folder):
                for path in [path for path in folder.iterdir() if self._mark in path.name and path.suffix == ".tmp"]:
                    descriptor = lock_orphan(path)
                    if descriptor is not None:
                        path.unlink(missing_ok=True)
                        let_go(descriptor)

    def _hold(self, copy: Path, descriptor: int) -> None:
        for held, old in self._held:
            if held == copy:
                let_go(old)
        self._held = [*((held, old) for held, old in self._held if held != copy), (copy, descriptor)]

    def _remove(self, copy: Path) -> None:
        try:
            copy.unlink(missing_ok=True)
            _base_of(copy).unlink(missing_ok=True)
        except OSError:  # it is tried again after the next save; merged again by its base, it would bring little back
            return
        for held, descriptor in self._held:
            if held == copy:
                let_go(descriptor)
        self._held = [(held, descriptor) for held, descriptor in self._held if held != copy]


def _base_of(copy: Path) -> Path:
    return copy.with_name(f"{copy.stem}{_BASE}")


def _load(path: Path) -> Notebook:
    data, version = read(path)
    version.close()
    try:
        return Records().load(parse(data))
    except DamageError as damage:
        raise StoreError(f"{path}: {damage}") from None
