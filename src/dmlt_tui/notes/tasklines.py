"""Lines of action in a note's text: making, ticking, rewriting and appending them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dmlt_tui.notes.language import survey
from dmlt_tui.notes.marks import MARKS, block_tokens, signs_outside, source
from dmlt_tui.notes.outline import Outline, read_item
from dmlt_tui.notes.patterns import Sign, find
from dmlt_tui.notes.tasks import after_owners, task
from dmlt_tui.notes.text import clean

_MARKED = re.compile(rf"(?P<indent>[ \t]*)(?P<mark>{MARKS})[ \t]+(?P<words>\S.*)", re.DOTALL)
_QUOTES = re.compile(r"(?:[ \t]*>(?!>[ \t]))+[ \t]?|")
_HEADING = re.compile(r"[ \t]*(?:#{1,6}[ \t]+)?")
_BLANK_END = re.compile(r"(?:\n[ \t]*)+$|^[ \t]+$")
_OPENING = re.compile(r"(?<!\\)[`[|]")  # of code, a link or a table, which may go on in the lines below
_BOX_END = 3  # characters of "[ ]"


def tick(text: str, line: int, done: bool) -> str:
    """Set the box of the action in a line (counted from 0); all else stays as it is, byte for byte.

    Raises ValueError when the line holds no action.
    """
    lines = text.split("\n")
    box = _box(text, lines, line)
    was_done = lines[line][box + 1] != " "
    if was_done is not done:
        lines[line] = f"{lines[line][:box]}[{'x' if done else ' '}]{lines[line][box + _BOX_END :]}"
    return "\n".join(lines)


def rewrite_task(text: str, line: int, owners: Sequence[str], words: str, due: date | None) -> str:
    """Give the action in a line other owners, words and due date; its bullet, box and all other lines stay.

    Raises ValueError when the line holds no action, or an owner is no handle.
    """
    lines = text.split("\n")
    before = lines[line][: _box(text, lines, line) + _BOX_END]
    wanted = tuple(dict.fromkeys(owners)), due
    for spelled in (words, _OPENING.sub(r"\\\g<0>", words)):
        lines[line] = f"{before} {_task_words(owners, spelled, due)}"
        after = "\n".join(lines)
        if any((found.owners, found.due) == wanted for found in survey(after).tasks if found.line == line):
            break  # else what is begun here takes the date along into the lines below
    return after


def remove_task(text: str, line: int) -> str:
    """Take the action in a line out, with its line end; all other lines stay.

    Raises ValueError when the line holds no action, or lines below it belong to it and would be left alone.
    """
    lines = text.split("\n")
    _box(text, lines, line)
    outline = Outline(lines)
    item = outline.item(line)
    below = lines[line + 1] if line + 1 < len(lines) else ""
    if outline.end(item) > line + 1 if item else below.strip() and not _MARKED.match(below) and not read_item(below):
        raise ValueError("the lines below belong to it")
    del lines[line]
    return "\n".join(lines)


def _box(text: str, lines: Sequence[str], line: int) -> int:
    """Find the column of the box of an action. What stands before it are bullets and quote signs: the first bracket."""
    if not any(found.line == line for found in survey(text).tasks):
        raise ValueError(f"line {line + 1} holds no action")
    return lines[line].index("[")


def task_line(owners: Sequence[str], text: str, due: date | None) -> str:
    """Write an action in its canonical form: "- [ ] @a @b text due:2020-07-06".

    `text` is in the language of notes. It is put on one line; what of it would be read as owners or a due date gets a
    backslash. Raises ValueError when an owner is no handle.
    """
    return f"- [ ] {_task_words(owners, text, due)}"


def _task_words(owners: Sequence[str], text: str, due: date | None) -> str:
    for owner in owners:
        if [(sign.sign, sign.says) for sign in find(f"@{owner}", ())] != [(Sign.MENTION, owner)]:
            raise ValueError(f"{owner!r} is not a handle: use letters, digits, - _ and .")
    handles = tuple(dict.fromkeys(owners))
    words = " ".join(clean(text).split())
    while handles and (joiner := after_owners(words)):
        words = words[joiner:]
    before = "".join(f"@{handle} " for handle in handles)
    parts = (before + _only_words(before, words, handles)).rstrip(), f"due:{due.isoformat()}" if due else ""
    return " ".join(filter(None, parts))


def _only_words(before: str, words: str, owners: tuple[str, ...]) -> str:
    """Put a backslash into what the line, which begins with its owners, would be read to have for a date or owner."""
    while True:
        line = before + words
        signs = signs_outside(line, find(line, ()))
        dates = [sign for sign in signs if sign.sign is Sign.DUE]
        others = [sign for sign in signs if sign.sign is Sign.MENTION][len(owners) :]
        if dates:
            at = dates[-1].start + len("due")
        elif others and task(0, False, line, signs).owners != owners:
            leading = owners or others[0].start == 0
            at = others[0 if leading else -1].start
        else:
            return words
        words = f"{line[len(before) : at]}\\{line[at:]}"


def to_task(line: str) -> str:
    """Turn a line of notes into an action in place: indentation, bullet and words stay, another mark gives way."""
    start = _end(_QUOTES, line)
    quotes, line = line[:start], line[start:]
    item, marked = read_item(line), _MARKED.match(line)
    if item:
        before = line[: item.start - len(item.mark)]
        blank = "" if before[-1:].isspace() else " "
        return quotes + (line if item.mark.startswith("[") else f"{before}{blank}[ ] {line[item.start :]}")
    if marked:
        box = marked["mark"] if marked["mark"].startswith("[") else "[ ]"
        return f"{quotes}{marked['indent']}- {box} {marked['words']}"
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return f"{quotes}{indent}- [ ] {line[_end(_HEADING, line) :]}"


def _end(pattern: re.Pattern[str], line: str) -> int:
    match = pattern.match(line)
    return match.end() if match else 0


def append_line(text: str, line: str) -> str:
    """Add a line at the end of a note as a list item of its own; it gets a bullet when it has none.

    It continues a bullet list the note ends with, and never sticks to a paragraph, a table or an open block of code
    (which is closed). An empty line adds nothing.
    """
    words = " ".join(clean(line).split("\n")).strip()
    before = _BLANK_END.sub("", text)
    if not words:
        return text
    item = read_item(words)
    if not item:
        words = f"- {words}"
    tokens = block_tokens(source(before))
    if not before:
        return words
    last = tokens[-1] if tokens else None
    if last and last.type == "bullet_list_close" and not (item and item.number is not None):
        return f"{before}\n{last.markup}{words[1:]}"
    if last and last.type == "fence" and last.map:
        held = len(last.content.removesuffix("\n").split("\n")) if last.content else 0
        if last.map[1] - last.map[0] - 1 == held:
            before += f"\n{last.markup}"
    return f"{before}\n\n{words}"
