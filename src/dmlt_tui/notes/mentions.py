"""Where in a note people are named as @handle, and how to name somebody else there."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from dmlt_tui.notes.marks import block_tokens, signs_outside, source
from dmlt_tui.notes.patterns import Sign, find

# Where blocks of code may be: fences; what stands far in behind a bullet or quote sign, at the very start, or below a
# line that is empty or no paragraph.
_NO_PARAGRAPH = r"[ \t>*+-]*(?:\d+[.)][ \t]*|#.*|\|.*|(?:_[ \t]*){3,})?"
_MAY_BE_CODE = re.compile(
    rf"```|~~~|[-*+.)>](?: {{5}}|[ ]*\t)|(?:\A|^{_NO_PARAGRAPH}\n)(?: {{4}}| {{0,3}}\t)", re.MULTILINE
)


class MentionAt(Struct, frozen=True):
    """A mention: its line and the columns it takes there, the @ included, counted from 0."""

    handle: str
    line: int
    start: int
    end: int


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[MentionAt, ...]:
    """Find the mentions of a note in order, those in code and in the words of links left out."""
    if "@" not in text:
        return ()
    lines = text.split("\n")
    code = _code_lines(text, len(lines))
    return tuple(
        MentionAt(sign.says, row, sign.start, sign.end)
        for row, line in enumerate(lines)
        if "@" in line and row not in code
        for sign in signs_outside(line, find(line, ()))
        if sign.sign is Sign.MENTION
    )


def rename(text: str, old: str, new: str) -> str:
    """Make every mention of `old` one of `new` (handles); all else stays as it is, byte for byte."""
    found = [mention for mention in mentions(text) if mention.handle == old]
    if not found:
        return text
    lines = text.split("\n")
    for mention in reversed(found):
        line = lines[mention.line]
        lines[mention.line] = f"{line[: mention.start]}@{new}{line[mention.end :]}"
    return "\n".join(lines)


def _code_lines(text: str, count: int) -> set[int]:
    if not _MAY_BE_CODE.search(text):
        return set()
    code: set[int] = set()
    for token in block_tokens(source(text)):
        if token.type in {"fence", "code_block"} and token.map:
            code.update(range(token.map[0], min(token.map[1], count)))
    return code
