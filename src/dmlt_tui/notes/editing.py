"""Edits of a note's text: what Enter, Tab and the keys that move lines do to it. Pure functions of lines and places.

Rows and columns are counted from 0, columns in characters, as in a text area. A Change says what to replace by what;
all else stays as it is, byte for byte. None means that there is nothing to change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from dmlt_tui.notes.marks import MARKS
from dmlt_tui.notes.outline import Item, Outline, indentation
from dmlt_tui.notes.tasklines import append_line, rewrite_task, task_line, tick, to_task

__all__ = [
    "Change",
    "append_line",
    "expand_shorthand",
    "in_code",
    "move",
    "nest",
    "new_line",
    "retype_marker",
    "rewrite_task",
    "start_line",
    "task_line",
    "tick",
    "to_task",
]

_BOX = re.compile(r"[ \t]*\[[ xX]\][ \t]+")
_MARKER = r"(?:[-*+]|[0-9]{1,9}[.)])"
_SHORTHAND = re.compile(
    rf"(?P<indent>[ \t]*)(?P<marker>{_MARKER}[ \t]+)?(?P<empty>\[ \][ \t]+)?(?P<mark>\[\]|{MARKS}) "
)
_ONLY_MARKER = re.compile(rf"(?P<indent>[ \t]*)(?P<marker>{_MARKER}) ")
_EMPTY_ITEM = re.compile(rf"(?P<indent>[ \t]*)(?P<marker>{_MARKER})[ \t]+(?:\[ \][ \t]+)?")


class Change(Struct, frozen=True):
    """Replace what stands from `start` up to `end` by `insert`, and put the cursor at `cursor`: (row, column) each."""

    start: tuple[int, int]
    end: tuple[int, int]
    insert: str
    cursor: tuple[int, int]


def new_line(lines: Sequence[str], row: int, column: int) -> Change:
    """Break the line at the cursor, as Enter does.

    In an item the next line is an item too: with the same bullet or the next number, and an open box behind an action.
    An empty item goes one level out instead; at the outermost level its bullet goes, and what follows stands below an
    empty line, as it would else belong to the item above. Elsewhere, and in code, the new line is plain and stands as
    far in as this one.
    """
    outline = Outline(lines)
    line = lines[row]
    fence, item, box = outline.fence(row), outline.item(row), _BOX.match(line)
    if fence is None and item:
        return _next_item(line, item, column) if line[item.start :].strip() else _leave_list(lines, outline, item)
    if fence is None and box:
        if not line[box.end() :].strip():
            return _leave(lines, row)
        return _break(line, row, column, _indent(line) + "[ ] " if column >= box.end() else "")
    inside = " " * item.inside if item else _indent(line)[:column]
    return Change((row, column), (row, column), f"\n{inside}", (row + 1, len(inside)))


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))] if line.strip() else ""


def _break(line: str, row: int, column: int, prefix: str) -> Change:
    """Break a line in two, the second beginning with `prefix` instead of the blanks behind the cursor."""
    behind = line[column:]
    blanks = len(behind) - len(behind.lstrip(" \t"))
    return Change((row, column), (row, column + blanks), f"\n{prefix}", (row + 1, len(prefix)))


def start_line(lines: Sequence[str], row: int) -> Change | None:
    """Begin a line behind the last words, as who goes on with minutes does: an item after an item, and no box.

    None where Enter would begin no line: in an empty line or item.
    """
    line = lines[row]
    change = new_line(lines, row, len(line))
    if not line.strip() or not change.insert.startswith("\n") or change.end != (row, len(line)):
        return None
    insert = change.insert.removesuffix("[ ] ")
    return Change(change.start, change.end, insert, (row + 1, len(insert) - 1))


def _next_item(line: str, item: Item, column: int) -> Change:
    indent, gap = _indent(line), " " * (item.inside - item.indent - len(item.marker))
    if column > item.start:
        return _break(line, item.row, column, indent + item.next_marker + gap + item.next_mark)
    # Before the first word, the item moves down whole and a new one (before its bullet: a blank line) stands above.
    above = indent + item.marker + gap + item.next_mark if column > len(indent) else ""
    return Change((item.row, 0), (item.row, 0), f"{above}\n", (item.row + 1, column))


def _leave_list(lines: Sequence[str], outline: Outline, item: Item) -> Change:
    parent, _sibling = outline.above(item.row)
    if not parent:
        return _leave(lines, item.row)
    prefix = f"{_indent(lines[parent.row])}{parent.next_marker} {item.next_mark}"
    return Change((item.row, 0), (item.row, len(lines[item.row])), prefix, (item.row, len(prefix)))


def _leave(lines: Sequence[str], row: int) -> Change:
    """Take the bullet off an empty item; below another line, the cursor goes on to the next one."""
    below = row > 0 and bool(lines[row - 1].strip())
    return Change((row, 0), (row, len(lines[row])), "\n" if below else "", (row + below, 0))


def nest(lines: Sequence[str], first: int, last: int, by: int, cursor: tuple[int, int]) -> Change | None:
    """Move the items in the rows `first` to `last`, with the children of the last, one level in (1) or out (-1).

    Nothing goes deeper than one level below the item before it. Other lines before the first item stay.
    """
    outline = Outline(lines)
    items = [item for row in range(first, last + 1) if (item := outline.item(row))]
    if not items:
        return None
    item = items[0]
    parent, sibling = outline.above(item.row)
    if by > 0:
        if not sibling:
            return None
        indent, before = sibling.inside, outline.last_child(sibling)
    else:
        indent, before = parent.indent if parent else 0, parent
    number = before.number or 0 if before else 0
    marker = item.marker if item.number is None else item.numbered(number + 1)
    by_blanks = indent - item.indent
    if not by_blanks:
        return None
    end = max(outline.end(items[-1]), last + 1)
    moved = [_shifted(line, by_blanks) for line in lines[item.row : end]]
    _put_marker(moved, item.marker, marker, outline.end(item) - item.row)
    return _replace_rows(lines, item.row, moved, cursor)


def move(lines: Sequence[str], row: int, by: int, column: int = 0) -> Change | None:
    """Move an item with its children up (-1) or down (1) among its siblings; a plain line within its paragraph."""
    outline = Outline(lines)
    item = outline.item(row)
    if not item:
        return _move_plain(lines, outline, row, row + by, column)
    other = outline.above(row)[1] if by < 0 else outline.below(item)
    if not other:
        return None
    upper, lower = (other, item) if by < 0 else (item, other)
    middle, end = outline.end(upper), outline.end(lower)
    if any(line.strip() for line in lines[middle : lower.row]):
        return None
    rising, falling = list(lines[lower.row : end]), list(lines[upper.row : middle])
    if upper.number is not None and lower.number is not None:
        _put_marker(rising, lower.marker, lower.numbered(upper.number), len(rising))
        _put_marker(falling, upper.marker, upper.numbered(lower.number), len(falling))
    moved = [*rising, *lines[middle : lower.row], *falling]
    at = 0 if by < 0 else len(moved) - len(falling)
    column = max(0, column + len(moved[at]) - len(lines[row]))
    return _rows_change(lines, upper.row, moved, (upper.row + at, column))


def _move_plain(lines: Sequence[str], outline: Outline, row: int, to: int, column: int) -> Change | None:
    first = min(row, to)
    if first < 0 or max(row, to) >= len(lines):
        return None
    plain = all(lines[at].strip() and not outline.item(at) and outline.fence(at) is None for at in (row, to))
    if not plain or indentation(lines[row]) != indentation(lines[to]):
        return None
    return _rows_change(lines, first, [lines[first + 1], lines[first]], (to, column))


def _shifted(line: str, by: int) -> str:
    """Put a line `by` columns further in, or out as far as it can go; blank lines stay as they are."""
    return " " * max(0, indentation(line) + by) + line.lstrip(" \t") if line.strip() else line


def _put_marker(lines: list[str], old: str, new: str, end: int) -> None:
    """Give the item in the first line another number, and keep what is inside it, up to `end`, inside."""
    lines[0] = lines[0].replace(old, new, 1)
    if len(old) != len(new):
        lines[1:end] = [_shifted(line, len(new) - len(old)) for line in lines[1:end]]


def _replace_rows(lines: Sequence[str], first: int, moved: list[str], cursor: tuple[int, int]) -> Change:
    """Replace rows by as many others; the cursor stays at its character."""
    row, column = cursor
    if first <= row < first + len(moved):
        column = max(0, column + len(moved[row - first]) - len(lines[row]))
    return _rows_change(lines, first, moved, (row, column))


def _rows_change(lines: Sequence[str], first: int, moved: list[str], cursor: tuple[int, int]) -> Change:
    last = first + len(moved) - 1
    return Change((first, 0), (last, len(lines[last])), "\n".join(moved), cursor)


def expand_shorthand(line: str, row: int, column: int) -> Change | None:
    """Complete what was just typed before the cursor: "[] " and the marks at the start of a line become an item.

    "[] " becomes "- [ ] ", "!! " becomes "- !! "; a bullet or number that is there stays, and behind an empty box the
    mark takes its place. Not to be asked for in code.
    """
    typed = _SHORTHAND.fullmatch(line[:column])
    if not typed:
        return None
    mark = "[ ]" if typed["mark"] == "[]" else typed["mark"]
    start = f"{typed['indent']}{typed['marker'] or '- '}{mark} "
    return None if start == line[:column] else Change((row, 0), (row, column), start, (row, len(start)))


def retype_marker(line: str, row: int, column: int, made: str, *, pasted: bool) -> Change | None:
    """Let a bullet or number typed behind what Enter has `made` of the line stand in its place: "- - " becomes "- ".

    `pasted` says that the keys come from a terminal that pastes by typing: the blanks before the bullet are then as
    typed too. Otherwise the item stays as far in as it is, and "- 2. " may be the words of an item.
    """
    item = _EMPTY_ITEM.match(line[:column])
    pasted = pasted and line.startswith(made)
    typed = _ONLY_MARKER.fullmatch(line[:column], len(made) if pasted else item.end() if item else 0)
    if not item or not typed:
        return None
    if typed["marker"][:-1].isdigit() and not item["marker"][:-1].isdigit() and not pasted:
        return None
    start = f"{(typed if pasted else item)['indent']}{typed['marker']} "
    return Change((row, 0), (row, column), start, (row, len(start)))


def in_code(lines: Sequence[str], row: int) -> bool:
    """Whether a line belongs to a fenced block of code, its fences included."""
    return Outline(lines).fence(row) is not None
