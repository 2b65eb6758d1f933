"""The one door for text that enters the model: what a terminal or a reader could be fooled by becomes visible."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Without width, and no sign by itself, but part of a word in many scripts, and of pictures made of several.
JOINERS = frozenset("\u200c\u200d")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
# Control characters, bidi overrides and isolates (they make a line read other than it is written), marks of byte
# order, the two noncharacters no XML can hold, and halves of surrogate pairs, which no file can hold.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_PICTURES = 0x2400  # U+2400 to U+241F are pictures of the control characters below U+0020
_DELETE_PICTURE = "\u2421"


def clean(text: str, known: str = "") -> str:
    r"""Text without anything unseen: lines end in \n, tab stays, every other control becomes a sign that shows.

    U+001B turns into U+241B, U+202E into the eight characters of "\u27e8U+202E\u27e9". A byte order mark at the very
    start is no text and goes. Cleaning twice is cleaning once; text with nothing to clean comes back as it is.
    Of a long text that was made of a `known` clean one, only what differs is looked at.
    """
    start = _alike(text, known, min(len(text), len(known)))
    end = len(text) - _alike(text, known, min(len(text), len(known)) - start, at_the_end=True)
    if not _UNSEEN.search(text, start, end):
        return text
    return _UNSEEN.sub(_show, _LINE_ENDS.sub("\n", text).lstrip("\ufeff"))


def _alike(text: str, other: str, most: int, *, at_the_end: bool = False) -> int:
    """How many characters, `most` at most, two texts begin (or end) alike with."""
    alike, unlike = 0, most + 1
    while unlike - alike > 1:
        middle = (alike + unlike) // 2
        if at_the_end:
            same = text[len(text) - middle : len(text) - alike] == other[len(other) - middle : len(other) - alike]
        else:
            same = text[alike:middle] == other[alike:middle]
        alike, unlike = (middle, unlike) if same else (alike, middle)
    return alike


def _show(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return _DELETE_PICTURE if code == 0x7F else f"\u27e8U+{code:04X}\u27e9"


def folded(text: str) -> str:
    """Text as it is looked for: whatever its case, and without accents, which not every keyboard has."""
    return text.casefold() if text.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def clean_name(text: str) -> str:
    r"""Text as clean() makes it, in which nothing without width hides: no two names that differ look the same.

    U+200B turns into the eight characters of "\u27e8U+200B\u27e9". A joiner stays where it means something: in a word
    of a script that needs it, and in a picture made of several. Cleaning twice is cleaning once.
    """
    text = clean(text)
    return text if text.isascii() or not _ANY_HIDDEN.search(text) else _without_width().sub(_show_hidden, text)


# Format characters, fillers and selectors that take no room: Default_Ignorable_Code_Point of Unicode 16, and a few.
_HIDDEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\uffa0\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Signs that a selector (U+FE0E, U+FE0F), a joiner or the tags of a flag make another picture of (Unicode TR 51).
_PICTURE = (
    "#*0-9\u00a9\u00ae\u203c\u2049\u2100-\u214f\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
_ANY_HIDDEN = re.compile(f"[{_HIDDEN}]")


@cache
def _without_width() -> re.Pattern[str]:
    """What is looked for where anything hides, which is seldom: it takes long to compile."""
    variant = f"[{_PICTURE}](?:[\ufe0e\ufe0f\U000e0020-\U000e007f]|\u200d(?=[{_PICTURE}]))+"
    return re.compile(f"{variant}|[\u0600-\u0dff][\u200c\u200d]|([{_HIDDEN}])")


def _show_hidden(match: re.Match[str]) -> str:
    return f"\u27e8U+{ord(match[1]):04X}\u27e9" if match[1] else match[0]
