"""Which parts of a line of notes get a colour. A look at one line alone: cheap, and remembered.

The page and the lists are read by notes/language.py, which sees the whole note; what this misses or finds beyond it in
odd places (code by indentation) is a colour, never a list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from dmlt_tui.notes.marks import MARKS, signs_outside
from dmlt_tui.notes.patterns import LONGEST_CONTENT, KeyPattern, Sign, find
from dmlt_tui.tui.widgets.lean_text_area import Look

# The component classes of the editor that carry the colours.
MENTION, DUE, OVERDUE, REFERENCE = "editor--mention", "editor--due", "editor--overdue", "editor--reference"
BOX, DONE, DECISION, QUESTION, PARKED = (
    "editor--box",
    "editor--done",
    "editor--decision",
    "editor--question",
    "editor--parked",
)
CLASSES = {MENTION, DUE, OVERDUE, REFERENCE, BOX, DONE, DECISION, QUESTION, PARKED}

_MARKED = re.compile(rf"[ \t]*(?:(?:>|[-*+]|[0-9]{{1,9}}[.)])[ \t]+)*?(?P<mark>{MARKS})(?=[ \t]+\S)")
_LOOKS = {"!!": DECISION, "!-": DECISION, "??": QUESTION, "?=": QUESTION, ">>": PARKED, "[ ]": BOX}
_SIGNS = {Sign.MENTION: MENTION, Sign.DUE: DUE, Sign.REFERENCE: REFERENCE, Sign.ADDRESS: REFERENCE}
_FENCE = re.compile(r"^[ \t>*+-]*(`{3,}|~{3,})(?P<info>.*)$", re.MULTILINE)


@lru_cache(maxsize=2048)
def looks(line: str, patterns: tuple[KeyPattern, ...], today: date) -> tuple[Look, ...]:
    """The coloured parts of a line that stands outside code; later ones lie over earlier ones."""
    marked = _MARKED.match(line)
    mark = marked["mark"] if marked else ""
    if mark in {"[x]", "[X]"} and marked:
        return (Look(marked.start("mark"), len(line), DONE),)
    found: list[Look] = []
    if marked:
        # Of an action and a parked line the sign is enough; a decision or question is what it says.
        whole = mark not in {"[ ]", ">>"}
        found.append(Look(marked.start("mark"), len(line) if whole else marked.end("mark"), _LOOKS[mark]))
    if len(line) <= LONGEST_CONTENT:
        start = marked.end("mark") if marked else 0
        words = line[start:]
        for sign in signs_outside(words, find(words, patterns)):
            late = mark == "[ ]" and sign.sign is Sign.DUE and date.fromisoformat(sign.says) < today
            found.append(Look(start + sign.start, start + sign.end, OVERDUE if late else _SIGNS[sign.sign]))
    return tuple(found)


def code_rows(text: str) -> list[int]:
    """The rows where a fenced block begins, and those behind its end, in turn: see `in_code`. One pass, no parsing."""
    if "```" not in text and "~~~" not in text:
        return []
    edges: list[int] = []
    fence, row, place = "", 0, 0
    for match in _FENCE.finditer(text):
        row += text.count("\n", place, match.start())
        place = match.start()
        if not fence:
            if match[1][0] == "`" and "`" in match["info"]:
                continue
            fence = match[1]
            edges.append(row)
        elif match[1].startswith(fence) and not match["info"].strip():
            fence = ""
            edges.append(row + 1)
    return edges


def in_code(edges: Sequence[int], row: int) -> bool:
    """Whether a row lies inside a block of code, its fences included; `edges` come from `code_rows`."""
    return bisect_right(edges, row) % 2 == 1
