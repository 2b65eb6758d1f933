"""The file on the disk: read whole or refused, replaced whole or left alone.

A version of the file is told from every other by device, inode, size and both times; clocks are never compared.
Its descriptor is kept open, because an inode number is only taken for as long as somebody holds it.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dmlt_tui.store import private, renames
from dmlt_tui.store.errors import StoreError, why
from dmlt_tui.store.ids import new_id
from dmlt_tui.store.private import create, write_all

LARGEST = 64 * 1024 * 1024  # some 1,500 long meetings; reading more would take seconds
_TRIES = 3
_PIECE = 1 << 20
_KINDS = {
    stat.S_IFDIR: "it is a folder",
    stat.S_IFIFO: "it is a named pipe",
    stat.S_IFSOCK: "it is a socket",
    stat.S_IFCHR: "it is a device",
    stat.S_IFBLK: "it is a device",
}


class ChangedError(Exception):
    """The file on the disk is no longer the version that was to be replaced: read and merge it first."""


class Place(NamedTuple):
    """Where a notebook file is: as people name it, and where it really is, so that links to it stay links."""

    path: Path
    target: Path

    @classmethod
    def of(cls, path: Path) -> Place:
        """Follow the links; raises StoreError."""
        return cls(path, real(path))

    @property
    def holds(self) -> bool:
        """Whether the links still lead where they led; raises StoreError."""
        return _real(self.path) == str(self.target)


class Identity(NamedTuple):
    """What tells one version of a file from another; times in nanoseconds."""

    device: int
    inode: int
    size: int
    modified: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> Identity:
        """Take it from what stat says."""
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    @property
    def whatever_its_name(self) -> Identity:
        """The same without the time that changes when the file gets or loses a name."""
        return self._replace(changed=0)


class Version:
    """One version of the file, held open until close()."""

    def __init__(self, descriptor: int, status: os.stat_result) -> None:
        self.identity = Identity.of(status)
        self.status = status
        self._descriptor = descriptor

    def pieces(self) -> Iterator[bytes]:
        """Read what it holds, whatever stands at its path by now; raises OSError."""
        offset = 0
        while piece := os.pread(self._descriptor, _PIECE, offset):
            yield piece
            offset += len(piece)

    def renew(self) -> None:
        """Take the same content under a new name for the same version; raises ChangedError when it was changed."""
        status = os.fstat(self._descriptor)
        identity = Identity.of(status)
        if identity.whatever_its_name != self.identity.whatever_its_name:
            raise ChangedError
        self.identity, self.status = identity, status

    def close(self) -> None:
        """Let the version go. Only once."""
        with suppress(OSError):  # it was only read
            os.close(self._descriptor)


def look(path: Path) -> Identity | None:
    """Say which version of the file is there now, or None when there is no file; raises StoreError."""
    try:
        return Identity.of(path.stat())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise refused(path, "can't be read", error) from None


def read(path: Path) -> tuple[bytes, Version]:
    """Read a regular file, links followed, without ever waiting for it; raises StoreError, FileNotFoundError."""
    try:
        _check_kind(path, path.stat())  # before open(), which may act on a device
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise refused(path, "can't be read", error) from None
    try:
        for _ in range(_TRIES):  # again when somebody writes in place just now
            status = os.fstat(descriptor)
            _check_kind(path, status)
            data = _read_all(path, descriptor)
            if Identity.of(os.fstat(descriptor)) == Identity.of(status):
                break
        return data, Version(descriptor, status)
    except (OSError, StoreError) as error:
        with suppress(OSError):  # it was only read
            os.close(descriptor)
        raise refused(path, "can't be read", error) if isinstance(error, OSError) else error from None


def _check_kind(path: Path, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        words = _KINDS.get(stat.S_IFMT(status.st_mode), "it is not a regular file")
        raise StoreError(f"{path}: not a notebook: {words}")
    if status.st_size > LARGEST:
        raise StoreError(f"{path}: not a notebook: it is larger than {LARGEST >> 20} MB")


def _read_all(path: Path, descriptor: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise StoreError(f"{path}: not a notebook: it is larger than {LARGEST >> 20} MB")
    return data


def replace(
    place: Place,
    pieces: Sequence[bytes],
    expected: Version | None,
    *,
    known: Version | None = None,
    announce: Callable[[Identity], None] = lambda _: None,
) -> tuple[Version, bool]:
    """Put a new file with this content in the place of the expected version (None: of no file), in one step.

    Returns the new version, and whether nothing is left of the old one beside it. To be called under the lock. Mode,
    owner and group are those of the expected version, or of `known`, the version that was there before it went
    missing; otherwise the file is private. `announce` is told the new version before it has its name. Until the
    exchange the old file is untouched, afterwards the new one is whole. Raises ChangedError when another version is
    there, StoreError when it can't be done; then no temporary file is left.
    """
    path, target = place
    model = expected or known
    try:
        if sum(map(len, pieces)) > LARGEST:
            raise StoreError(f"{path}: not saved: it would be larger than {LARGEST >> 20} MB, and could not be opened")
        _check_expected(path, expected)
        if expected is None and known is not None and target.parent.stat().st_dev != known.identity.device:
            # What is there now is the empty folder it was mounted on: a file made in it would hide when it is back.
            raise StoreError(f"{path}: not saved: the disk it was on is no longer there")
        if expected is not None and not os.access(target, os.W_OK):
            raise StoreError(f"{path}: not saved: the file is write-protected")
        temporary = target.with_name(f".{target.name}.{new_id()}.tmp")
        try:
            _write_new(temporary, pieces, model.status if model else None)
            descriptor = os.open(temporary, os.O_RDONLY | os.O_CLOEXEC)
            try:
                new = Identity.of(os.fstat(descriptor))
                if new.size != sum(map(len, pieces)):
                    raise StoreError(f"{path}: not saved: the disk kept only a part of it")
                announce(new)
                _check_expected(path, expected)
                is_tidy = _put_in_place(temporary, target, new, expected)
                return Version(descriptor, os.fstat(descriptor)), is_tidy
            except BaseException:
                os.close(descriptor)
                raise
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise refused(path, "not saved", error) from None


def _check_expected(path: Path, expected: Version | None) -> None:
    if look(path) != (expected.identity if expected else None):
        raise ChangedError


def _put_in_place(temporary: Path, target: Path, new: Identity, expected: Version | None) -> bool:
    """Give the new file its name, and take the expected one away, if possible: whether it was.

    The two are exchanged, so that another program that replaces the file at this very moment loses nothing: what comes
    out is looked at, and put back when it is not what was expected. Where the drive can't exchange files, one is
    renamed over the other. Raises ChangedError, OSError.
    """
    if expected is None:
        try:
            renames.rename_to_new(temporary, target)
        except FileExistsError:
            raise ChangedError from None
        except OSError:
            temporary.replace(target)
        return True
    put, out = new.whatever_its_name, expected.identity.whatever_its_name
    while True:
        try:
            renames.exchange(temporary, target)
        except FileNotFoundError:
            raise ChangedError from None
        except OSError:
            temporary.replace(target)
            is_tidy = True
            break
        try:
            found = Identity.of(temporary.lstat()).whatever_its_name
            if found == out:
                temporary.unlink()
                is_tidy = True
                break
        except OSError:  # it is as after a rename, but for what takes room
            is_tidy = False
            break
        put, out = found, put
    if put != new.whatever_its_name:
        raise ChangedError
    return is_tidy


def _write_new(path: Path, pieces: Sequence[bytes], model: os.stat_result | None) -> None:
    descriptor = create(path)
    try:
        write_all(descriptor, pieces)
        if model is not None:
            _take_after(descriptor, model)
        os.fsync(descriptor)
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)  # some network drives report a full quota only here


def _take_after(descriptor: int, model: os.stat_result) -> None:
    """Give the new file the mode and, as far as allowed, the owner and group of the old one."""
    mode = stat.S_IMODE(model.st_mode)
    status = os.fstat(descriptor)
    if (status.st_uid, status.st_gid) != (model.st_uid, model.st_gid):
        with suppress(PermissionError):  # only root may give files away
            os.fchown(descriptor, model.st_uid, -1)
        try:
            os.fchown(descriptor, -1, model.st_gid)
        except PermissionError:  # not a member: what the group was allowed is not for another group
            mode &= ~stat.S_IRWXG
    os.fchmod(descriptor, mode)


def sync_folder(place: Place) -> None:
    """Make what was done to a name last through a power cut; raises StoreError."""
    path, target = place
    try:
        descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some drives know no fsync of folders
            raise refused(path, "not saved for sure", error) from None


def make_folders(folder: Path) -> None:
    """Make a folder for this user alone, and those above it; they last through a power cut. Raises OSError."""
    for made in private.make_folders(folder):
        sync_folder(Place(made, made))


def set_aside(place: Place, version: Version) -> Path:
    """Give the version at this place a second name beside it, of its own, and return that one.

    To be called under the lock. Raises ChangedError when another version is there, StoreError when it can't be done.
    """
    path, target = place
    day = time.strftime("%Y%m%d-%H%M%S")
    try:
        for number in itertools.count(1):
            aside = target.with_name(f"{target.stem}.damaged-{day}{f'-{number}' if number > 1 else ''}{target.suffix}")
            _check_expected(path, version)
            try:
                _name_too(target, aside, version)
            except FileExistsError:
                continue
            break
        sync_folder(place)
        return aside
    except OSError as error:
        raise refused(path, "can't be set aside", error) from None


def _name_too(target: Path, aside: Path, version: Version) -> None:
    try:
        os.link(target, aside)
    except FileExistsError:
        raise
    except OSError:  # a drive without links, or another user's file: a copy does too
        descriptor = create(aside)
        try:
            write_all(descriptor, version.pieces())
            os.fsync(descriptor)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        return
    try:
        version.renew()  # the new name changed its times
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def clear_leftovers(target: Path) -> bool:
    """Remove temporary files of writers that were killed: whether none is left. To be called under the lock."""
    try:
        for path in target.parent.iterdir():
            if path.name.startswith(f".{target.name}.") and path.name.endswith(".tmp"):
                path.unlink(missing_ok=True)
    except OSError:  # they only take room; whether the folder can be used, the save will say
        return False
    return True


def real(path: Path) -> Path:
    """Follow symbolic links to where the file really is, so that the links stay; raises StoreError."""
    return Path(_real(path))


def _real(path: Path) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError) as error:
        raise refused(path, "can't be found", error) from None


def refused(path: Path, what: str, error: OSError | ValueError) -> StoreError:
    """Say in one line that the system refused something, and why."""
    return StoreError(f"{path}: {what}: {why(error) if isinstance(error, OSError) else error}")
