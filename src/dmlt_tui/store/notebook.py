"""The open notebook: its value, every change of it, undo, and the file kept in step. See docs/storage.md."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from msgspec import Struct

from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store import disk
from dmlt_tui.store.codec import TABLES
from dmlt_tui.store.errors import StoreError, why
from dmlt_tui.store.file import NotebookFile
from dmlt_tui.store.history import History
from dmlt_tui.store.locks import TURNS
from dmlt_tui.store.reading import fetch_first, missing
from dmlt_tui.store.saver import Saver
from dmlt_tui.store.sync import Synced

CALM_SECONDS = 1.0  # without a change until the file is said to be saved


class SaveKind(StrEnum):
    """How the file stands to the value on the screen."""

    SAVED = "saved"
    WAITING = "waiting"
    SAVING = "saving"
    FAILED = "failed"


class SaveState(Struct, frozen=True):
    """How the file stands to the value, and what is wrong (one line; empty unless FAILED)."""

    kind: SaveKind
    message: str = ""


class OpenNotebook:
    """One notebook file, open. The value changes at once, the disk follows in a thread.

    Other processes' changes of the file are merged in before each save, after each poll(), and twice a second after
    follow(). Methods may be called from any thread; only flush() and close() touch the disk in the caller's.
    """

    def __init__(self, file: NotebookFile, value: Notebook, *, read_only: bool = False, rescues: bool = True) -> None:
        self.path = file.path
        self.read_only = read_only
        self.recovered: tuple[str, ...] = ()
        self._file = file
        self._history = History()
        self._synced = Synced(file, value, on_merge=self._history.seal, rescues=rescues)
        self._lock = self._synced.lock
        self._disk = threading.RLock()  # taken before _lock, never after, and not held while watchers are told
        self._saver = Saver(self._save)
        if not rescues:
            self._saver.stop()
        self._watchers: list[Callable[[], None]] = []
        self._saving = False
        self._closed = False
        self._trouble = ""
        self._calm = 0.0
        self._told = (self.state, self.notices)

    @classmethod
    def open(cls, path: Path, *, create: bool = False, read_only: bool = False, rescues: bool = True) -> OpenNotebook:
        """Open a notebook file; with `create`, an empty one is made where none is, with its folders.

        Typing that an earlier process could not save is merged in; `recovered` says so in a line for each rescue copy.
        Without `rescues`, this process keeps none and saves only when asked to: for a command, as what it was refused
        must not happen later.
        Raises StoreError when the file is missing, damaged or can't be read; it is not touched then, and the message
        says what there is to put back.
        """
        file = NotebookFile(path, keeps=not read_only)
        older = ""
        try:
            value = fetch_first(file)
            afresh = value is None
            if value is None:
                if read_only or not create:
                    raise missing(path)
                from dmlt_tui.store.restore import older_versions

                older = older_versions(path)
                value = _first(file, Notebook())
        except StoreError:
            file.close()
            raise
        notebook = cls(file, value, read_only=read_only, rescues=rescues)
        if not read_only:
            notebook._recover(afresh=afresh)
        if older:
            notebook.recovered = (*notebook.recovered, f"{path}: made anew{older}")
        return notebook

    @classmethod
    def create(cls, path: Path, value: Notebook) -> OpenNotebook:
        """Make a notebook file with this value and open it; raises StoreError when the file exists already."""
        if (twice := _doubled_id(value, Notebook())) is not None:
            raise StoreError(f"{path}: not saved: {twice}")
        file = NotebookFile(path)
        try:
            if _first(file, value) is not value:
                raise StoreError(f"{path}: the file exists already")
        except StoreError:
            file.close()
            raise
        return cls(file, value)

    # --- the value ---------------------------------------------------------------------------------------------------

    @property
    def value(self) -> Notebook:
        """The notebook as it is now."""
        return self._synced.value

    def change(self, edit: Edit, *, tell: bool = True) -> None:
        """Apply an edit; EditError passes through, and nothing is changed then. Returns before it is saved.

        Without `tell`, watchers are told when the file is to be said to stand otherwise: whoever changes it knows.
        """
        with self._lock:
            self._check_open()
            before = self.value
            after = edit.apply(before)
            if after is before or after == before:
                return
            if (twice := _doubled_id(after, before)) is not None:
                raise EditError(twice)
            self._synced.value = after
            self._history.add(edit.label, before, after, edit.run)
        self._changed(tell=tell)

    @property
    def undo_label(self) -> str | None:
        """What undo() would take back, or None."""
        with self._lock:
            return self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What redo() would do again, or None."""
        with self._lock:
            return self._history.redo_label

    def undo(self) -> str | None:
        """Take back the last step made here, and leave what others did since; its label, or None."""
        return self._go(self._history.undo)

    def redo(self) -> str | None:
        """Do the step taken back last again; its label, or None."""
        return self._go(self._history.redo)

    def _go(self, way: Callable[[Notebook], tuple[str, Notebook] | None]) -> str | None:
        with self._lock:
            self._check_open()
            gone = way(self.value)
            if gone is None:
                return None
            label, self._synced.value = gone
        self._changed(tell=True)
        return label

    def _check_open(self) -> None:
        if self._closed or self.read_only:
            raise EditError("the notebook is closed" if self._closed else "the notebook is open for reading only")

    def _changed(self, *, tell: bool) -> None:
        self._calm = time.monotonic() + CALM_SECONDS
        self._saver.touch()
        if tell:
            self._tell()

    # --- who watches -------------------------------------------------------------------------------------------------

    @property
    def state(self) -> SaveState:
        """How the file stands to the value; while somebody types it is not said to be saved after every key."""
        with self._lock:
            if self._trouble:
                return SaveState(SaveKind.FAILED, self._trouble)
            if self._synced.is_saved and time.monotonic() >= self._calm:
                return SaveState(SaveKind.SAVED)
            return SaveState(SaveKind.SAVING if self._saving else SaveKind.WAITING)

    @property
    def notices(self) -> tuple[str, ...]:
        """Lines for people about what was done with the file since it was opened, and what needs their eye."""
        trouble = self._file.generations.trouble
        return (*self.recovered, *self._synced.notices, *([trouble] if trouble else []))

    def watch(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have `callback` called after every change of value or state, perhaps from the saving thread.

        Returns the function that ends it.
        """
        with self._lock:
            self._watchers.append(callback)

        def unwatch() -> None:
            with self._lock:
                self._watchers = [watcher for watcher in self._watchers if watcher is not callback]

        return unwatch

    def _tell(self) -> None:
        with self._lock:
            watchers = tuple(self._watchers)
            self._told = (self.state, self.notices)
        for watcher in watchers:
            watcher()

    # --- the file ----------------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Look for what others wrote twice a second from now on, and merge it; watchers are told of it."""
        self._saver.keep_looking()

    def poll(self) -> None:
        """Look for what others wrote once, now, in the saving thread; returns at once."""
        self._saver.look()

    def flush(self, *, turns: int = TURNS) -> None:
        """Save now, and return when the value is on the disk; raises StoreError when it can't be.

        While others save in turn it is waited for, `turns` times LOCK_SECONDS at most. Where somebody sits at the
        screen, once is enough: a rescue copy is kept then, and it is tried again.
        """
        if self.read_only or self._closed:
            return
        self._saving = True
        try:
            self._tell()
        finally:  # a watcher that fails must not keep typing from the disk
            self._write(patient=False, turns=turns)

    def _write(self, *, patient: bool, turns: int = 1) -> None:
        value = self.value
        self._saving = True
        try:
            with self._disk:
                if self._closed:
                    pass
                elif self.read_only:
                    self._synced.fetch()
                else:
                    self._synced.save(patient=patient, turns=turns)
            self._trouble = ""
        except StoreError as error:
            self._trouble = str(error)
            raise
        finally:
            self._saving = False
            if not patient:
                self._calm = 0.0
            if not patient or self.value is not value or (self.state, self.notices) != self._told:
                self._tell()

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Save, and keep the disk alone for as long as this lasts: to stop the process, as Ctrl+Z does.

        A process stopped in the middle of a save would keep others from saving. What can't be saved, `state` says.
        """
        with suppress(StoreError):
            self.flush(turns=1)
        with self._disk:
            yield

    def close(self, *, turns: int = TURNS) -> None:
        """Save as flush() does, and let the file go; raises StoreError when it can't be saved. A copy may stay then."""
        try:
            self.flush(turns=turns)
        finally:
            self._saver.stop()
            with self._disk:
                if not self._closed:
                    self._closed = True
                    self._synced.close()

    def __enter__(self) -> OpenNotebook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _save(self) -> bool:
        try:
            self._write(patient=True)
        except StoreError:  # the state says so
            return False
        if time.monotonic() < self._calm:
            self._saver.look_again(self._calm)
        return True

    def _recover(self, *, afresh: bool) -> None:
        before = self.value
        self.recovered = self._synced.recover(afresh=afresh)
        if not self._synced.is_saved:
            self._history.add("Rescued typing", before, self.value)
            self._saver.touch()


def _first(file: NotebookFile, value: Notebook) -> Notebook:
    """Write a file where none is, and return what it holds: `value`, or that of somebody who was faster."""
    try:
        disk.make_folders(disk.real(file.path).parent)
    except OSError as error:
        raise StoreError(f"{file.path}: not saved: {why(error)}") from None
    with file.locked():
        found = file.fetch()
        if found is None:
            try:
                file.write(value)
            except disk.ChangedError:
                raise StoreError(f"{file.path}: the file exists already") from None
            return value
        return found


def _doubled_id(value: Notebook, before: Notebook) -> str | None:
    """Say which id stands twice in a table that changed: the file can hold it once only."""
    for name in TABLES:
        records = getattr(value, name)
        if records is not getattr(before, name) and len({record.id for record in records}) != len(records):
            ids = [record.id for record in records]
            return f"{name}: the id {next(key for key in ids if ids.count(key) > 1)!r} stands twice"
    return None
