"""The notebook file as values: reads what others wrote, writes what is ours. For one thread at a time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store import disk
from dmlt_tui.store.errors import DamageError, StoreError
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.records import Records


class NotebookFile:
    """The file at `path`, and which of its versions is known here."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._records = Records()
        self._version: disk.Version | None = None
        self._missing: disk.Version | None = None
        self._damaged: tuple[disk.Identity, StoreError] | None = None
        self._cleared = False

    @property
    def is_current(self) -> bool:
        """Whether the file on the disk is the version known here; False when it is missing. Raises StoreError."""
        return self._version is not None and disk.look(self.path) == self._version.identity

    def fetch(self) -> Notebook | None:
        """Read the file when it is another version than the one known here; None when it is the same, or missing.

        Raises StoreError when it can't be read; then the version known here stays the same.
        """
        identity = disk.look(self.path)
        if identity is None:
            self._forget_version()
            return None
        if self._version is not None and identity == self._version.identity:
            return None
        if self._damaged is not None and self._damaged[0] == identity:
            raise self._damaged[1]
        try:
            data, version = disk.read(self.path)
        except FileNotFoundError:
            self._forget_version()
            return None
        try:
            with _without_collector():
                value = self._records.load(parse(data))
        except DamageError as damage:
            version.close()
            error = StoreError(f"{self.path}: {damage}")
            self._damaged = (version.identity, error)
            raise error from None
        self._know(version)
        return value

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from writing; raises StoreError when one of them does not end."""
        with disk.locked(self.path):
            if not self._cleared:
                disk.clear_leftovers(self.path)
                self._cleared = True
            yield

    def write(self, value: Notebook) -> None:
        """Put this value in the place of the version known here, under the lock.

        Raises disk.ChangedError when the file is another version by now, StoreError when it can't be written.
        """
        pieces = self.spell(value)
        self._know(disk.replace(self.path, pieces, self._version, known=self._missing))
        disk.sync_folder(self.path)

    def spell(self, value: Notebook) -> list[bytes]:
        """Spell the file this value would make, in pieces."""
        self._records.put(value)
        return self._records.to_json()

    @property
    def is_missing(self) -> bool:
        """Whether there was no file when it was last looked for."""
        return self._version is None

    def forget(self) -> None:
        """Know no version any more, so that the file is read again before it is written."""
        self.close()

    def close(self) -> None:
        """Let the file go."""
        for version in (self._version, self._missing):
            if version is not None:
                version.close()
        self._version = self._missing = None

    def _know(self, version: disk.Version) -> None:
        self.close()
        self._version = version
        self._damaged = None

    def _forget_version(self) -> None:
        """Keep only what the file was like, which is gone, for the one written in its place."""
        if self._version is not None:
            self._missing, self._version = self._version, None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Make many objects at once: Python would look through all of them for cycles time and again, in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
