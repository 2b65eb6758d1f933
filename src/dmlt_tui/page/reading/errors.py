"""What can't be read."""

from __future__ import annotations

# Characters. Real pages hold some hundred thousand; the parsers take seconds for this many.
LONGEST = 8_000_000


class ReadError(ValueError):
    """A page that can't be read; the message is one line for the person who gave it."""


def check_length(text: str) -> None:
    """Refuse a page that is too long to be one."""
    if len(text) > LONGEST:
        raise ReadError(f"the page has {len(text):,} characters; pages of up to {LONGEST:,} are read")
