"""A value and the file it is kept in, brought together three ways."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.settling import settled
from dmlt_tui.store import disk
from dmlt_tui.store.errors import DamagedFileError, StoreError, UnsureError, why
from dmlt_tui.store.file import NotebookFile
from dmlt_tui.store.merge import merge, titles_of_clashes
from dmlt_tui.store.origin import Lately
from dmlt_tui.store.rescue import Rescue

MISSING_SECONDS = 1.0  # so long the file must be gone until it is written again: `git checkout` puts another there
_TRIES = 10
_MERGES = 3


class Synced:
    """The value of a notebook, and `base`, what its file held when it was last read or written.

    `lasting` is the base too, but where a power cut may take back what was written last: then it is the one before.
    `lock` guards the two and is never held while the disk is waited for. All other methods belong to one thread at a
    time. `on_merge` is called, under the lock, when others' changes came into the value.
    `notices` are lines for people about what was done with the file, oldest first. Without `rescues`, what can't be
    saved is given up.
    """

    def __init__(self, file: NotebookFile, value: Notebook, on_merge: Callable[[], None], *, rescues: bool) -> None:
        self.lock = threading.RLock()
        self.value = value
        self.notices: tuple[str, ...] = ()
        self._base = self._lasting = value
        self._lately = Lately()
        self._file = file
        self._rescue = Rescue(disk.real(file.path))
        self._rescues = rescues
        self._on_merge = on_merge

    @property
    def is_saved(self) -> bool:
        """Whether the file holds the value."""
        with self.lock:
            return self.value is self._base

    def fetch(self) -> None:
        """Bring others' changes into the value. Costs one stat when there are none. Raises StoreError."""
        self._merge_theirs()
        if self._file.seconds_missing is not None:
            raise StoreError(f"{self._file.path}: the file is gone")

    def save(self, *, patient: bool, turns: int) -> None:
        """Bring others' changes into the value, and the value onto the disk.

        A file that is gone is written again; not at once when `patient`, because somebody may just be replacing it.
        Others who save at the same time are waited for so many `turns` (see locks.py).
        Raises StoreError when it can't be done; the message says where the rescue copy is, or what there is without.
        """
        try:
            with suppress(DamagedFileError):  # it may have to be set aside, under the lock
                self._merge_theirs()
            if not (self.is_saved and self._file.is_current):
                with self._file.locked(turns):
                    if self._file.left_by:
                        self._notice(f"{self._file.path}: a lock that {self._file.left_by} had left was taken over")
                    self._bring_together(patient=patient)
        except StoreError as error:
            raise StoreError(f"{error}; {self._keep()}") from error
        except Exception as error:  # whatever it is, typing must not be lost for it
            words = why(error) if isinstance(error, OSError) else _mistake(error)
            raise StoreError(f"{self._file.path}: not saved: {words}; {self._keep()}") from error
        self._rescue.drop()

    def recover(self, *, afresh: bool) -> tuple[str, ...]:
        """Merge what processes that are gone could not save; one line for people about each rescue copy.

        With `afresh`, the file has just been made, because it was gone: then the copies hold all there is.
        """
        with self.lock:
            self.value, lines = self._rescue.recover(self.value, afresh=afresh)
            if self.value == self._base:
                self.value = self._base
        if self.is_saved:
            self._rescue.drop()
        return lines

    def close(self) -> None:
        """Let the file go; a rescue copy stays where it is."""
        self._rescue.leave()
        self._file.close()

    def _bring_together(self, *, patient: bool) -> None:
        for _ in range(_TRIES):
            try:
                self._bring_in()
                seconds = self._file.seconds_missing
                if patient and seconds is not None and seconds < MISSING_SECONDS:
                    raise StoreError(f"{self._file.path}: the file is gone; it is written again in a moment")
                with self.lock:
                    value = self.value
                if not (value == self._base and self._file.is_current):
                    self._file.write(value)
            except disk.ChangedError:
                continue
            except UnsureError:
                self._rebase(value, is_sure=False)
                raise
            self._rebase(value)
            if seconds is not None:
                self._notice(f"{self._file.path}: the file was gone; it was written again")
            return
        raise StoreError(f"{self._file.path}: not saved: other programs change it all the time")

    def _bring_in(self) -> None:
        """Merge what others wrote; what is no notebook is set aside, once it has stayed like that for a while."""
        try:
            self._merge_theirs()
        except DamagedFileError as damage:
            if not self._file.is_settled:
                raise
            self._set_aside(damage)

    def _set_aside(self, damage: DamagedFileError) -> None:
        from dmlt_tui.store.salvage import salvage  # here, because it is seldom needed

        content, aside = self._file.set_aside()
        salvaged = salvage(content)
        if salvaged is not None and not salvaged.lost:
            self._take(salvaged.value, self._lately.origin(self._base, salvaged.value))
            self._notice(f"{damage}; all it said was merged in, and it is kept as {aside}")
        else:
            self._notice(f"{damage}; it is kept as {aside}, and yours was saved in its place")

    def _notice(self, line: str) -> None:
        if self.notices[-1:] != (line,):  # two who type in one line for a while need to be told once
            self.notices = (*self.notices, line)

    def _merge_theirs(self) -> None:
        theirs = self._file.fetch()
        if theirs is None:
            return
        try:
            self._take(theirs, self._lately.origin(self._base, theirs) if self._file.is_foreign else self._base)
        except BaseException:
            self._file.forget()  # not merged, so not known: it must be read again, never written over
            raise

    def _take(self, theirs: Notebook, origin: Notebook) -> None:
        """Merge what they made of `origin` into the value. Typing goes on meanwhile, and is merged with the outcome."""
        for attempt in range(_MERGES):
            mine = self.value
            merged = _brought_together(origin, mine, theirs)
            is_theirs, changed = merged == theirs, merged != mine
            with self.lock:
                if self.value is not mine:
                    if attempt < _MERGES - 1:
                        continue
                    merged = _brought_together(mine, self.value, merged)
                    is_theirs, changed = False, True
                if changed:
                    self.value = merged
                    self._on_merge()
                self._rebase(self.value if is_theirs else theirs)
            if changed and not is_theirs:
                for title in titles_of_clashes(origin, mine, theirs):
                    self._notice(f"{title}: a line was changed in two places at once; both versions are kept")
            return

    def _rebase(self, value: Notebook, *, is_sure: bool = True) -> None:
        """Know what the file holds now."""
        with self.lock:
            self._lately.add(self._base)
            self._base = value
            if is_sure:
                self._lasting = value

    def _keep(self) -> str:
        with self.lock:
            value, base = self.value, self._lasting
        if not self._rescues:
            return "nothing was changed" if self._file_is_fine() else "look whether the file holds it"
        if value is base and self._file_is_fine():
            return "nothing of it is lost"
        copy = self._rescue.keep(value, base, self._file.spell)
        return f"typing is kept in {copy}" if copy else "typing is kept in memory only"

    def _file_is_fine(self) -> bool:
        try:
            return self._file.is_current
        except StoreError:
            return False


def _brought_together(base: Notebook, mine: Notebook, theirs: Notebook) -> Notebook:
    """Merge; of two acts on the floor that exclude each other, the one that reached the file first counts."""
    return settled(merge(base, mine, theirs), base, first=theirs, second=mine)


def _mistake(error: Exception) -> str:
    from dmlt_tui.store.crash import report  # here, because it is seldom needed

    where = report(error)
    return "an error in this program" + (f", reported in {where}" if where else f" ({type(error).__name__})")
