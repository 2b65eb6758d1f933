"""The one door for text that enters the model: what a terminal or a reader could be fooled by becomes visible."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
# Control characters, bidi overrides and isolates (they make a line read other than it is written), marks of byte
# order, the two noncharacters no XML can hold, and halves of surrogate pairs, which no file can hold.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_PICTURES = 0x2400  # U+2400 to U+241F are pictures of the control characters below U+0020
_DELETE_PICTURE = "\u2421"


def clean(text: str) -> str:
    r"""Text without anything unseen: lines end in \n, tab stays, every other control becomes a sign that shows.

    U+001B turns into U+241B, U+202E into the eight characters of "\u27e8U+202E\u27e9". A byte order mark at the very
    start is no text and goes. Cleaning twice is cleaning once; text with nothing to clean comes back as it is.
    """
    if not _UNSEEN.search(text):
        return text
    return _UNSEEN.sub(_show, _LINE_ENDS.sub("\n", text).lstrip("\ufeff"))


def _show(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return _DELETE_PICTURE if code == 0x7F else f"\u27e8U+{code:04X}\u27e9"
