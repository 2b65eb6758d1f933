"""Drafts: the line that stands half typed in a question, kept beside the rescue copies until it is answered.

A process that is killed leaves its draft, and whoever opens the notebook next takes it up. As with rescue copies, the
process that keeps a draft holds a lock on it, so that no other takes it up meanwhile.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from dmlt_tui.notes.text import clean
from dmlt_tui.store.ids import new_id
from dmlt_tui.store.private import is_private, let_go, lock_orphan, make_private, mark, write_locked
from dmlt_tui.store.rescue import folders
from dmlt_tui.store.saver import Saver

ANSWERED_SECONDS = 0.5  # from the answer until its draft is removed: the notebook is to have it by then


class Draft(msgspec.Struct, frozen=True):
    """A line half typed: the `label` it was asked by, its `words`, and ids of the meeting and item shown.

    `command` is the id of the command that asks the same again; empty where none does.
    """

    label: str
    words: str
    command: str = ""
    meeting: str = ""
    item: str = ""


class Drafts:
    """The draft of one process at the notebook in `path`; a thread writes it. Nothing here raises for the disk."""

    def __init__(self, path: Path) -> None:
        target = path.resolve()
        self._mark = f"-{mark(target)}-"
        self._stem = f"{target.stem[:40]}{self._mark}"
        self._name = self._new_name()
        self._wanted: Draft | None = None
        self._written: Draft | None = None
        self._until = 0.0
        self._held: tuple[Path, int] | None = None
        self._answered: list[tuple[Path, int]] = []  # and to be removed
        self._disk = threading.Lock()
        self._saver = Saver(self._save)

    def keep(self, draft: Draft | None) -> None:
        """Keep this draft in place of the one before, None for none; returns at once."""
        if draft == self._wanted:
            return
        if draft is None:
            self._until = time.monotonic() + ANSWERED_SECONDS  # first, as the thread may look at any moment
            self._wanted = None
            self._saver.look_again(self._until)
        else:
            self._wanted = draft
            self._saver.touch()

    def waiting(self) -> list[Draft]:
        """List what processes left which are gone, newest first; it stays for whoever takes it up."""
        found = []
        for _, descriptor, draft in self._orphans():
            let_go(descriptor)
            found.append(draft)
        return found

    def take_up(self, wanted: Callable[[Draft], bool] = lambda _draft: True) -> Draft | None:
        """Take up the newest draft wanted that a process left which is gone; None when there is none.

        The one kept so far must have been answered.
        """
        for path, descriptor, draft in self._orphans():
            if not wanted(draft):
                let_go(descriptor)
                continue
            with self._disk:
                self._put_aside()
                self._held, self._name = (path, descriptor), path.name
                self._wanted = self._written = draft
            return msgspec.structs.replace(draft, label=_one_line(draft.label), words=_one_line(draft.words))
        return None

    def flush(self) -> None:
        """Bring what is on the disk up to date, in the caller's time."""
        self._until = 0.0
        self._save()

    def close(self) -> None:
        """Write what there is to write, and leave it to whoever opens the notebook next."""
        self.flush()
        self._saver.stop()
        with self._disk:
            self._let_go()

    def _orphans(self) -> Iterator[tuple[Path, int, Draft]]:
        """Path, open descriptor that holds the lock, and content of each draft nobody holds, newest first."""
        for path in self._left():
            descriptor = lock_orphan(path)
            if descriptor is None:
                continue
            try:
                draft = msgspec.json.decode(path.read_bytes(), type=Draft)
            except (OSError, msgspec.DecodeError):  # torn by a power cut, or of another version
                let_go(descriptor)
                continue
            yield path, descriptor, draft

    def _left(self) -> list[Path]:
        found = []
        for folder in folders():
            with suppress(OSError):  # no such folder, or not ours
                if is_private(folder):
                    here = [path for path in folder.iterdir() if self._mark in path.name]
                    found += [(path.stat().st_mtime_ns, path) for path in here if path.suffix == ".draft"]
        return [path for _, path in sorted(found, reverse=True)]

    def _save(self) -> bool:
        with self._disk:
            draft, is_kept = self._wanted, True
            if draft is None:
                self._put_aside()
            elif draft != self._written:
                is_kept = self._write(draft)
            if self._answered and time.monotonic() < self._until:
                self._saver.look_again(self._until)
            else:
                self._remove_answered()
            return is_kept

    def _put_aside(self) -> None:
        if self._held is not None:
            self._answered.append(self._held)
        self._held, self._written, self._name = None, None, self._new_name()

    def _new_name(self) -> str:
        return f"{self._stem}{new_id()}.draft"

    def _write(self, draft: Draft) -> bool:
        for folder in folders():
            path = folder / self._name
            try:
                make_private(folder)
                descriptor = write_locked(path, [msgspec.json.encode(draft)])
            except OSError:  # the next folder may be on another disk
                continue
            if self._held is not None and self._held[0] != path:
                self._answered.append(self._held)
                self._held = None
            self._let_go()
            self._held, self._written = (path, descriptor), draft
            return True
        return False

    def _remove_answered(self) -> None:
        for path, descriptor in self._answered:
            with suppress(OSError):  # one too many is asked once more
                path.unlink(missing_ok=True)
            let_go(descriptor)
        self._answered.clear()

    def _let_go(self) -> None:
        if self._held is not None:
            let_go(self._held[1])
            self._held = None


def _one_line(text: str) -> str:
    return clean(text).replace("\n", " ")
