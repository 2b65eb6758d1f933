"""Edits of a note's text: what Enter, Tab and a ticked box do to it. Pure functions of text, rows and columns.

Rows and columns are counted from 0, columns in characters, as in a text area. A Change says what to replace by what; all
else stays as it is, byte for byte. None means that there is nothing to change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dmlt_tui.notes.grammar import MARKS
from dmlt_tui.notes.language import survey
from dmlt_tui.notes.outline import Item, Outline, indentation, read_item


@dataclass(frozen=True, slots=True)
class Change:
    """Replace what stands from `start` up to `end` by `insert`, and put the cursor at `cursor`: (row, column) each."""

    start: tuple[int, int]
    end: tuple[int, int]
    insert: str
    cursor: tuple[int, int]


_MARKED = re.compile(rf"(?P<indent>[ \t]*)(?P<mark>{MARKS})[ \t]+(?P<words>.*)", re.DOTALL)
_SHORTHAND = re.compile(
    rf"(?P<indent>[ \t]*)(?P<marker>(?:[-*+]|[0-9]{{1,9}}[.)])[ \t]+)?(?P<mark>\[\]|{MARKS}) "
)


def new_line(lines: Sequence[str], row: int, column: int) -> Change:
    """Break the line at the cursor, as Enter does.

    In an item the next line is an item too: with the same bullet or the next number, and an open box behind an action.
    An empty item goes one level out instead, and at the outermost level its bullet goes. Elsewhere, and in code, the
    new line is plain and stands as far in as this one.
    """
    outline = Outline(lines)
    line = lines[row]
    fence = outline.fence(row)
    item = outline.item(row)
    if fence is not None and item:
        return _break(row, column, " " * item.inside)
    if fence is not None or (not item and not _is_open_box(line)):
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        return _break(row, column, indent[:column] if line.strip() else "")
    if not item:
        return _next_box(line, row, column)
    if not line[item.start :].strip():
        return _leave(outline, item, line)
    return _next_item(item, line, column)
