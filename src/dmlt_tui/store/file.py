"""The notebook file as values: reads what others wrote, writes what is ours. For one thread at a time."""

from __future__ import annotations

import gc
import math
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store import disk
from dmlt_tui.store.codec import NewerError
from dmlt_tui.store.errors import ConflictError, DamagedFileError, DamageError, StoreError, UnsureError
from dmlt_tui.store.generations import OFTEN, Generations
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.locks import TURNS, Lock
from dmlt_tui.store.records import Records

SETTLE_SECONDS = 5.0  # so long a damaged file must stay the same until it is set aside: somebody may be at work on it
OTHERS_OFTEN = 1.0  # seconds between two generations kept because others changed the file


class _Damage(Struct):
    """A version of the file that can't be used, held open. `aside` is its other name, once it has one."""

    version: disk.Version
    kind: type[StoreError]
    words: str
    may_be_set_aside: bool
    since: float = field(default_factory=time.monotonic)
    aside: Path | None = None


class NotebookFile:
    """The file at `path`, and which of its versions is known here. With `keeps`, good ones become generations."""

    def __init__(self, path: Path, *, keeps: bool = True) -> None:
        self.path = path
        self._place = disk.Place.of(path)
        self._keeps = keeps
        self._records = Records()
        self._version: disk.Version | None = None
        self._is_ours = False
        self._is_sure = True  # that a power cut leaves the version known
        self._is_kept = False
        self._others_kept = -math.inf
        self._missing: disk.Version | None = None
        self._missing_since: float | None = None
        self._damage: _Damage | None = None
        self._cleared = False
        self._lock = Lock(self._place)
        self.is_foreign = False  # fetched from a program without the lock, which may have read the file long before
        self.left_by = ""  # the host whose lock was found left behind when it was last taken

    @cached_property
    def generations(self) -> Generations:
        """The older versions kept of this file."""
        return Generations(self._place.target)

    # --- reading -----------------------------------------------------------------------------------------------------

    @property
    def is_current(self) -> bool:
        """Whether the file on the disk is the version known here, for sure; False when it is missing.

        Raises StoreError.
        """
        return self._is_sure and self._version is not None and disk.look(self.path) == self._version.identity

    @property
    def seconds_missing(self) -> float | None:
        """How long there has been no file; None when there was one when it was last looked for."""
        return None if self._missing_since is None else time.monotonic() - self._missing_since

    @property
    def is_settled(self) -> bool:
        """Whether the damaged file may be set aside: it has stayed as it is, and a person need not decide."""
        damage = self._damage
        return damage is not None and damage.may_be_set_aside and time.monotonic() - damage.since >= SETTLE_SECONDS

    def fetch(self) -> Notebook | None:
        """Read the file when it is another version than the one known here; None when it is the same, or missing.

        Raises StoreError when it can't be read, DamagedFileError when its content is no notebook; then the version
        known here stays the same.
        """
        identity = disk.look(self.path)
        if identity is None:
            self._find_missing()
            return None
        self._missing_since = None
        if self._version is not None and identity == self._version.identity:
            return None
        if self._damage is not None and self._damage.version.identity == identity:
            if self._damage.aside is not None:
                return None
            raise self._damage.kind(self._damage.words)
        try:
            data, version = disk.read(self.path)
        except FileNotFoundError:
            self._find_missing()
            return None
        try:
            with _without_collector():
                tree = parse(data)
                if self._is_to_be_kept and self._others_may_be_kept():
                    self._keep_known()
                value = self._records.load(tree)
        except DamageError as damage:
            self._keep_known()
            found = self._find_damaged(version, damage)
            raise found.kind(found.words) from None
        known = self._version or self._missing
        after = known.identity if known else None
        self.is_foreign = not self._lock.has_sealed(version.identity, after=after)
        self._know(version, is_ours=False)
        return value

    def _find_missing(self) -> None:
        """Keep only what the file was like, which is gone, for the one written in its place."""
        if self._missing_since is None:
            self._missing_since = time.monotonic()
        if self._version is not None:
            self._keep_known()
            self._missing, self._version = self._version, None

    def _find_damaged(self, version: disk.Version, damage: DamageError) -> _Damage:
        if self._damage is not None:
            self._damage.version.close()
        kind = StoreError if isinstance(damage, NewerError) else DamagedFileError
        for_people = isinstance(damage, NewerError | ConflictError)
        self._damage = _Damage(version, kind, f"{self.path}: {damage}", may_be_set_aside=not for_people)
        return self._damage

    # --- writing -----------------------------------------------------------------------------------------------------

    @contextmanager
    def locked(self, turns: int = TURNS) -> Iterator[None]:
        """Keep other processes from writing; raises StoreError when one of them, or so many `turns`, do not end."""
        if not self._place.holds:  # a link leads elsewhere by now
            place = disk.Place.of(self.path)
            self._lock.close()
            self._place, self._lock = place, Lock(place)
        with self._lock.held(turns) as self.left_by:
            if not self._cleared:
                self._cleared = disk.clear_leftovers(self._place.target)
            yield

    def write(self, value: Notebook) -> None:
        """Put this value in the place of the version known here, or of the damaged one set aside; under the lock.

        Raises disk.ChangedError when the file is another version by now, UnsureError when it is there but perhaps not
        for long, StoreError when it can't be written.
        """
        self._put(self.spell(value))

    def keep(self) -> bool:
        """Keep the version known here as a generation now; False when there is none, or it can't be kept."""
        if self._version is None:
            return False
        self._is_kept = self.generations.keep(self._version)
        return self._is_kept

    def put(self, content: bytes) -> None:
        """Put this content in the place of the version known here, and keep it; otherwise like write()."""
        self._put([content])
        self.keep()

    def _put(self, pieces: Sequence[bytes]) -> None:
        aside = self._damage is not None and self._damage.aside is not None
        expected = self._damage.version if self._damage is not None and aside else self._version
        if self._is_to_be_kept and not (self._is_ours or aside) and self._others_may_be_kept():
            self.keep()
        was_clear, self._cleared = self._cleared, False  # until it has gone well
        version, is_tidy = disk.replace(self._place, pieces, expected, known=self._missing, announce=self._lock.seal)
        self._know(version, is_ours=True)
        self._cleared, self._is_sure = was_clear and is_tidy, False
        try:
            disk.sync_folder(self._place)
        except StoreError as error:
            raise UnsureError(str(error)) from None
        self._is_sure = True
        self._is_kept = self.generations.keep(pieces, seconds=OFTEN)

    def spell(self, value: Notebook) -> list[bytes]:
        """Spell the file this value would make, in pieces."""
        self._records.put(value)
        return self._records.to_json()

    def set_aside(self) -> tuple[bytes, Path]:
        """Give the damaged file a second name, so that write() may replace it: its content, and that name.

        Under the lock, and only when is_settled. Raises disk.ChangedError, StoreError.
        """
        assert self._damage is not None
        try:
            content = b"".join(self._damage.version.pieces())
            self._damage.aside = disk.set_aside(self._place, self._damage.version)
        except OSError as error:
            raise disk.refused(self.path, "can't be set aside", error) from None
        return content, self._damage.aside

    # --- versions ----------------------------------------------------------------------------------------------------

    def forget(self) -> None:
        """Know no version any more, so that the file is read again before it is written."""
        for version in (self._version, self._missing, self._damage.version if self._damage is not None else None):
            if version is not None:
                version.close()
        self._version = self._missing = self._damage = None

    def close(self) -> None:
        """Let the file go; what was written last is kept as a generation."""
        version = self._version
        if version is not None and self._is_to_be_kept and self._is_ours:
            with suppress(StoreError):
                if self.is_current:
                    self.generations.keep(version)
        self.forget()
        self._lock.close()

    def _know(self, version: disk.Version, *, is_ours: bool) -> None:
        self.forget()
        self._version, self._is_ours, self._is_sure, self._is_kept = version, is_ours, True, False
        self._missing_since = None

    def _keep_known(self) -> None:
        """Keep the version known here, which somebody has replaced; it may have been overwritten, so from memory."""
        if self._is_to_be_kept:
            self._is_kept = self.generations.keep(self._records.to_json())

    @property
    def _is_to_be_kept(self) -> bool:
        return self._version is not None and self._keeps and not self._is_kept

    def _others_may_be_kept(self) -> bool:
        """Whether it is time for another generation on account of others; somebody may write all the time."""
        now = time.monotonic()
        if now - self._others_kept < OTHERS_OFTEN:
            return False
        self._others_kept = now
        return True


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
