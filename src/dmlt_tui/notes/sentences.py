"""Notes as sentences, each with the line it begins in: for rules that look for what is said, not for how it is set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct

from dmlt_tui.notes.language import read_line
from dmlt_tui.notes.marks import MARK, block_tokens, source
from dmlt_tui.notes.plain import words
from dmlt_tui.notes.tree import MarkKind

# Where one sentence ends and the next begins. "e.g. Airfoil" and "Dr. Smith" are no ends.
_END = re.compile(
    r"(?<!\be\.g)(?<!\bi\.e)(?<!\bDr)(?<!\bvs)(?<!\bcf)(?<!\s\w)[.!?]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z@0-9])"
)
_MARKUP = re.compile(r"[*_`~\[\]\\<\n\t]|  ")


class Sentence(Struct, frozen=True):
    """A sentence in plain words, as one line.

    `line` is where it begins, `first` and `end` are the first line of its paragraph and the one behind it, counted from
    0. `mark` is that of the paragraph, and `alone` says that the sentence is all of a paragraph of one line.
    """

    text: str
    line: int
    first: int
    end: int
    mark: MarkKind | None = None
    alone: bool = False


def sentences(text: str) -> Iterator[Sentence]:
    """Read the sentences of paragraphs and list items, in order; headings, tables and code say none."""
    for opening, inline in pairwise(block_tokens(source(text))):
        if opening.type == "paragraph_open" and inline.map:
            content = inline.content
            cuts = [0, *(match.end() for match in _END.finditer(content)), len(content)]
            pieces = [(start, content[start:stop]) for start, stop in pairwise(cuts) if content[start:stop].strip()]
            for start, piece in pieces:
                first, end = inline.map
                line = first + content.count("\n", 0, start)
                alone = len(pieces) == 1 and "\n" not in content
                yield Sentence(_plain(piece), line, first, end, opening.meta.get(MARK), alone)


def _plain(piece: str) -> str:
    return words(read_line(piece)) if _MARKUP.search(piece) else piece.strip()
