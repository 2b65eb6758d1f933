"""What can go wrong with the file, in words."""

from __future__ import annotations

import errno
import os
import reprlib

_WORDS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your disk quota is used up",
    errno.EROFS: "the disk is mounted for reading only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EFBIG: "the file would be larger than is allowed here",
    errno.EIO: "the disk reports an error",
    errno.ENOENT: "no such file or folder",
    errno.ENOTDIR: "a part of its path is not a folder",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "its symbolic links go round in a circle",
    errno.ENAMETOOLONG: "its name is too long",
    errno.ESTALE: "the network drive no longer knows it",
}
_LONGEST = 1000
_A_FEW_WORDS = 60


class StoreError(Exception):
    """The notebook file can't be read or written. The message is one printable line naming the file and the place."""

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


class DamagedFileError(StoreError):
    """The file is there and can be read, but its content is not that of a notebook."""


class UnsureError(StoreError):
    """The file holds what was written, but whether a power cut leaves it there is not known."""


class DamageError(ValueError):
    """The content of a file is not that of a notebook; the message is the place and what is wrong, without the file."""


class ConflictError(DamageError):
    """Git left both sides of a merge in the file, for a person to choose from."""


def why(error: OSError) -> str:
    """Say in words why the system refused."""
    if error.errno is None:
        return str(error)
    return _WORDS.get(error.errno) or os.strerror(error.errno).lower()


def one_line(text: str) -> str:
    """Text as one printable line: what a terminal would act on is shown as an escape, and the end of a long one cut."""
    line = "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text[: _LONGEST + 1])
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def shortened(found: object) -> str:
    """What was found, as a few words in one printable line."""
    text = found if isinstance(found, str) else reprlib.repr(found)
    line = one_line(" ".join(text[:_LONGEST].split()))
    return line if len(line) <= _A_FEW_WORDS and len(text) <= _LONGEST else f"{line[:_A_FEW_WORDS]}…"
