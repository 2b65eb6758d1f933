"""What can be told of notes without the grammar: the signs of marks, and texts as the grammar reads them.

Most lines need no more than this, so the grammar is loaded only for those that do: it takes long to load.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dmlt_tui.notes.patterns import Found

if TYPE_CHECKING:
    from markdown_it.token import Token

MARK = "mark"  # key of a paragraph token's meta
SIGN = "sign"  # type of an inline token, and key of its meta

MARKS = r"(?:\[[ xX]\]|!!|!-|\?\?|\?=|>>)"
_ANY_MARK = re.compile(rf"{MARKS}[ \t]")
_HIDES = re.compile(r"[`<\[\\]")  # what begins code, a link or an escaped sign


def source(text: str) -> str:
    r"""Give the text the grammar reads: the same lines, without \r, a byte order mark and what no document can hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", " ")
    return text.lstrip("\ufeff").replace("\ufffe", "").replace("\uffff", "")


def may_hold_marks(text: str) -> bool:
    """Whether looking for marked lines can find any: a quick no for most texts."""
    return _ANY_MARK.search(text) is not None


def block_tokens(text: str) -> list[Token]:
    """Split a text (from `source`) into blocks as markdown-it's flat tokens; inline tokens hold `content`, unread."""
    from dmlt_tui.notes import grammar

    return grammar.blocks(text)


def inline_tokens(content: str, found: Sequence[Found]) -> list[Token]:
    """Split a paragraph into pieces; what was found in it (by `patterns.find`) becomes tokens of the type SIGN."""
    from dmlt_tui.notes import grammar

    return grammar.inline(content, found)


def fences(text: str) -> list[tuple[int, int]]:
    """Find the blocks of code between fences, as rows from the opening fence up to the one after the block."""
    if "```" not in text and "~~~" not in text:
        return []
    tokens = block_tokens(source(text))
    return [(token.map[0], token.map[1]) for token in tokens if token.type == "fence" and token.map]


def signs_outside(content: str, found: Sequence[Found]) -> Sequence[Found]:
    """Keep of what was found in a paragraph what stands outside code and links, as the grammar has it."""
    if not found or not _HIDES.search(content):
        return found
    return [token.meta[SIGN] for token in inline_tokens(content, found) if token.type == SIGN]
