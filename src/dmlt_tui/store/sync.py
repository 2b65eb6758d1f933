"""A value and the file it is kept in, brought together three ways."""

from __future__ import annotations

import threading
from collections.abc import Callable

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store import disk
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.file import NotebookFile
from dmlt_tui.store.merge import merge
from dmlt_tui.store.rescue import Rescue

_TRIES = 10


class Synced:
    """The value of a notebook, and `base`, what its file held when it was last read or written.

    `lock` guards the two and is never held while the disk is waited for. All other methods belong to one thread at a
    time. `on_merge` is called, under the lock, when others' changes came into the value.
    """

    def __init__(self, file: NotebookFile, value: Notebook, on_merge: Callable[[], None]) -> None:
        self.lock = threading.RLock()
        self.value = value
        self._base = value
        self._file = file
        self._rescue = Rescue(disk.real(file.path))
        self._on_merge = on_merge

    @property
    def is_saved(self) -> bool:
        """Whether the file holds the value."""
        with self.lock:
            return self.value is self._base

    def fetch(self) -> bool:
        """Merge what others wrote since the file was last read; True when that changed the value.

        Costs one stat when they wrote nothing. Raises StoreError when the file is gone or can't be read.
        """
        if self._file.is_current:
            return False
        changed = self._merge_theirs()
        if self._file.is_missing:
            raise StoreError(f"{self._file.path}: the file is gone; it is written again with the next change")
        return changed

    def save(self) -> None:
        """Bring others' changes into the value, and the value onto the disk.

        Raises StoreError when it can't be done; typing is kept in a rescue copy then, and the message says where.
        """
        try:
            if not (self.is_saved and self._file.is_current):
                with self._file.locked():
                    self._bring_together()
        except StoreError as error:
            raise StoreError(f"{error}; {self._keep()}") from error
        except Exception as error:  # whatever it is, typing must not be lost for it
            raise StoreError(f"{self._file.path}: not saved: {error!r}; {self._keep()}") from error
        self._rescue.drop()

    def recover(self) -> tuple[str, ...]:
        """Merge what processes that are gone could not save; one line for people about each rescue copy."""
        with self.lock:
            self.value, lines = self._rescue.recover(self.value)
            if self.value == self._base:
                self.value = self._base
        if self.is_saved:
            self._rescue.drop()
        return lines

    def close(self) -> None:
        """Let the file go; a rescue copy stays where it is."""
        self._rescue.leave()
        self._file.close()

    def _bring_together(self) -> None:
        for _ in range(_TRIES):
            self._merge_theirs()
            with self.lock:
                value = self.value
            if not (self._file.is_current and value == self._base):
                try:
                    self._file.write(value)
                except disk.ChangedError:
                    continue
            with self.lock:
                self._base = value
            return
        raise StoreError(f"{self._file.path}: not saved: other programs change it all the time")

    def _merge_theirs(self) -> bool:
        theirs = self._file.fetch()
        if theirs is None:
            return False
        try:
            with self.lock:
                mine = self.value
            merged = merge(self._base, mine, theirs)
            with self.lock:
                before = self.value
                self.value = merged if before is mine else merge(mine, before, merged)
                self._base = self.value if self.value == theirs else theirs
                changed = self.value != before
                if changed:
                    self._on_merge()
        except BaseException:
            self._file.forget()  # not merged, so not known: it must be read again, never written over
            raise
        return changed

    def _keep(self) -> str:
        with self.lock:
            value, base = self.value, self._base
        if value is base:
            return "nothing of it is lost"
        copy = self._rescue.keep(value, base, self._file.spell)
        return f"typing is kept in {copy}" if copy else "typing is kept in memory only"
