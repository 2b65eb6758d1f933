"""Markdown minutes as blocks: those this program writes, whose tables are said row by row, and anybody's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt

from dmlt_tui.notes.language import KeyPattern, read
from dmlt_tui.notes.text import clean
from dmlt_tui.notes.tree import (
    Block,
    Emphasis,
    Heading,
    Inline,
    Link,
    Mention,
    NoteTable,
    Paragraph,
    Quote,
    Strong,
    Text,
)
from dmlt_tui.page.fit import as_table
from dmlt_tui.page.model import Cell, CellBlock, PageBlock, Panel, Row, Table
from dmlt_tui.page.reading.cells import plain_words
from dmlt_tui.page.reading.errors import check_length
from dmlt_tui.page.reading.inline import trimmed
from dmlt_tui.page.words import COLUMNS_JOINER

_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)[ \t]*$", re.MULTILINE)
_LABEL = re.compile(r"(?:\d{1,2}:\d\d(?:\s*\((?:at latest|time permitting)\))?|Time permitting)(?=\s|$)", re.IGNORECASE)
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]")
_MODERATOR = re.compile(r"moderator\b", re.IGNORECASE)
_NAMED_COLUMNS = ("browser", "phone dial-in")


def read_markdown(text: str, patterns: Sequence[KeyPattern] = ()) -> tuple[str, tuple[PageBlock, ...], tuple[str, ...]]:
    """The title (the first heading, when it alone is of the first level), the blocks, and nothing kept aside."""
    check_length(text)
    blocks = list(read(_with_signs(clean(text)), tuple(patterns)))
    tops = [block for block in blocks if isinstance(block, Heading) and block.level == 1]
    title = ""
    if len(tops) == 1 and blocks[0] is tops[0]:
        title = plain_words(tops[0].children)
        blocks = [_raised(block) for block in blocks[1:]]
    return title, tuple(_page(blocks)), ()


def _with_signs(text: str) -> str:
    """The text, its underlined headings with # before them: notes know no others. Front matter is none."""
    if not _UNDERLINE.search(text):
        return text
    lines = text.split("\n")
    in_front = 1 if lines[0].rstrip() == "---" else -1
    for token in reversed(MarkdownIt("commonmark").enable("table").disable("inline").parse(text)):
        if token.type == "heading_open" and token.markup in "=-" and token.level == 0 and token.map:
            start, end = token.map
            if start != in_front:
                words = " ".join(line.strip() for line in lines[start : end - 1])
                lines[start:end] = [f"{'#' * int(token.tag[1])} {words}"]
    return "\n".join(lines)


def _raised(block: Block) -> Block:
    """The title takes the first level, so all other headings are one deeper than on the page."""
    return Heading(max(block.level - 1, 1), block.children) if isinstance(block, Heading) else block


def _page(blocks: Sequence[Block]) -> list[PageBlock]:
    out: list[PageBlock] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        heads = _heads(block)
        if heads:
            rows, at = _records(blocks, at, heads, _level_before(blocks, at))
            out += rows
        elif isinstance(block, Quote) and (panel := _panel(block)):
            out.append(panel)
            at += 1
        elif isinstance(block, Paragraph) and _name(block) in _NAMED_COLUMNS:
            table, at = _by_columns(blocks, at)
            out.append(table)
        else:
            out.append(as_table(block) if isinstance(block, NoteTable) else block)
            at += 1
    return out


def _heads(block: Block) -> list[str]:
    """The names of the columns of a table that is said row by row; empty for other blocks."""
    if not isinstance(block, Paragraph) or len(block.children) != 1 or not isinstance(block.children[0], Emphasis):
        return []
    names = plain_words(block.children[0].children).split(COLUMNS_JOINER)
    return names if len(names) > 2 else []


def _level_before(blocks: Sequence[Block], at: int) -> int:
    return next((block.level for block in reversed(blocks[:at]) if isinstance(block, Heading)), 0)


def _records(blocks: Sequence[Block], at: int, heads: Sequence[str], above: int) -> tuple[list[PageBlock], int]:
    """The rows below a line of names, up to a heading of the level above it; without rows the line is only a line."""
    rows = [Row(tuple(Cell((Paragraph((Text(head),)),), header=True) for head in heads))]
    end = at + 1
    while end < len(blocks) and not (isinstance(block := blocks[end], Heading) and block.level <= above):
        end += 1
    level = min((block.level for block in blocks[at:end] if isinstance(block, Heading)), default=0)
    timed = any(
        isinstance(block, Heading) and _MODERATOR.match(plain_words(block.children)) for block in blocks[at:end]
    )
    starts = [index for index in range(at, end) if _begins(blocks[index], heads, level, timed)]
    if not starts:
        return [blocks[at]], at + 1
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        rows.append(_record(blocks[start:stop], heads, level, timed=timed))
    return [*blocks[at + 1 : starts[0]], Table(tuple(rows))], end


def _begins(block: Block, heads: Sequence[str], level: int, timed: bool) -> bool:
    """Whether a heading begins a row: one of the highest level, or, below moderators, of the next."""
    if not isinstance(block, Heading):
        return False
    return block.level == level or (timed and block.level == level + 1 and heads[0].casefold().startswith("time"))


def _record(blocks: Sequence[Block], heads: Sequence[str], level: int, *, timed: bool) -> Row:
    head, rest = blocks[0], list(blocks[1:])
    words = head.children if isinstance(head, Heading) else ()
    if timed and isinstance(head, Heading) and head.level == level and _MODERATOR.match(plain_words(words)):
        return Row((Cell((Paragraph(words), *_cell_blocks(rest)), header=True, colspan=len(heads)),))
    cells: list[list[CellBlock]] = [[] for _ in heads]
    first = 0
    if timed:
        label, words = _label(words)
        cells[0] = [Paragraph(label)] if label else []
        first = 1
    cells[first].append(Paragraph(words))
    here = first
    for block in rest:
        named = _named(block, heads)
        if named is None:
            cells[here].append(block)
            continue
        here, value = named
        cells[here] += [Paragraph(value)] if value else []
    return Row(tuple(Cell(_cell_blocks(cell)) for cell in cells))


def _cell_blocks(blocks: Sequence[CellBlock]) -> tuple[CellBlock, ...]:
    return tuple(blocks)


def _label(words: tuple[Inline, ...]) -> tuple[tuple[Inline, ...], tuple[Inline, ...]]:
    """The time a heading begins with, and its other words."""
    if not words or not isinstance(words[0], Text):
        return (), words
    match = _LABEL.match(words[0].text)
    if not match:
        return (), words
    return (Text(match[0]),), trimmed((Text(words[0].text[match.end() :]), *words[1:]))


def _named(block: Block, heads: Sequence[str]) -> tuple[int, tuple[Inline, ...]] | None:
    """The column a paragraph is for, and what it says: "**Coordinator:** @x", or the name alone."""
    if not isinstance(block, Paragraph) or not block.children or not isinstance(block.children[0], Strong):
        return None
    name = plain_words(block.children[0].children)
    if not name.endswith(":") or name[:-1] not in heads:
        return None
    return heads.index(name[:-1]), trimmed(block.children[1:])


def _name(block: Paragraph) -> str:
    if len(block.children) != 1 or not isinstance(block.children[0], Strong):
        return ""
    return plain_words(block.children).rstrip(":").casefold()


def _by_columns(blocks: Sequence[Block], at: int) -> tuple[Table, int]:
    """Two columns that stand one below the other, each under its name."""
    heads: list[Cell] = []
    columns: list[list[CellBlock]] = []
    while at < len(blocks) and not isinstance(blocks[at], Heading):
        block = blocks[at]
        if isinstance(block, Paragraph) and _name(block) in _NAMED_COLUMNS:
            heads.append(Cell((Paragraph((Text(_name(block)),)),), header=True))
            columns.append([])
        else:
            columns[-1].append(block)
        at += 1
    return Table((Row(tuple(heads)), Row(tuple(Cell(tuple(column)) for column in columns)))), at


def _panel(block: Quote) -> Panel | None:
    """An alert of GitHub's kind, its title in bold; all but a note say in their title what they are."""
    first = block.children[0] if block.children else None
    alert = _ALERT.match(plain_words(first.children)) if isinstance(first, Paragraph) else None
    if not isinstance(first, Paragraph) or not alert:
        return None
    words = trimmed(tuple(piece for piece in first.children if not _is_alert(piece)))
    title = ""
    if len(words) == 1 and isinstance(words[0], Strong):
        title, words = plain_words(words), ()
    if alert[1] != "NOTE":
        title = ": ".join(filter(None, (alert[1].title(), title)))
    return Panel(title, (*([Paragraph(words)] if words else []), *block.children[1:]))


def _is_alert(piece: Inline) -> bool:
    if isinstance(piece, Link | Mention):
        return False
    return bool(_ALERT.fullmatch(plain_words([piece])))
