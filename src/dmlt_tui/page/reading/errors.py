"""What can't be read."""

from __future__ import annotations

# Characters. Real pages hold some hundred thousand; the parsers take seconds for this many.
LONGEST = 8_000_000
LARGEST = 4 * LONGEST  # bytes: no character takes more than four


class ReadError(ValueError):
    """A page that can't be read; the message is one line for the person who gave it."""


def check_length(text: str) -> None:
    """Refuse a page that is too long to be one."""
    if len(text) > LONGEST:
        raise ReadError(f"the page has {len(text):,} characters; pages of up to {LONGEST:,} are read")


def check_text(text: str) -> None:
    """Refuse what holds no words."""
    if "\x00" in text:
        raise ReadError("this is not text: it contains NUL bytes")
    if not text.strip():
        raise ReadError("there is nothing in it")


def check_size(size: int) -> None:
    """Refuse a file of so many bytes that it can be no page."""
    if size > LARGEST:
        raise ReadError(f"{size:,} bytes are too large for a wiki page; up to {LONGEST:,} characters are read")


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8; raises ReadError where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(f"line {line} is not UTF-8; convert it first, as with iconv") from error
