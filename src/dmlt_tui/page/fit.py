"""Says blocks and inline pieces in fewer forms, for the places and formats that take less than a page does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.notes.tree import (
    Block,
    Break,
    BulletList,
    CodeBlock,
    DueDate,
    Emphasis,
    Heading,
    Inline,
    ListItem,
    Mention,
    NoteTable,
    OrderedList,
    Paragraph,
    Quote,
    Reference,
    Rule,
    Strike,
    Strong,
    Text,
)
from dmlt_tui.page.model import Cell, CellBlock, Note, Row, Table

# What every place of every format can say.
Narrow: TypeAlias = Paragraph | BulletList | OrderedList | CodeBlock

# What a place can hold beside these: Atlassian's editor takes no table in a cell, no quotation in a panel, and neither
# headings nor quotations nor rules in a list item.
PAGE: tuple[type, ...] = (Heading, Quote, Rule, NoteTable)
CELL: tuple[type, ...] = (Heading, Quote, Rule)
PANEL: tuple[type, ...] = (Heading, Rule)
ITEM: tuple[type, ...] = ()

# What Atlassian's editor takes no bold, italic or struck out form of.
_UNMARKED = (Mention, DueDate, Reference, Break)


def as_table(table: NoteTable) -> Table:
    """A table typed in a note, as a table of the page; short rows are filled up."""
    columns = max(len(table.header), *(len(row) for row in table.rows), 1)

    def row(cells: tuple[tuple[Inline, ...], ...], *, header: bool) -> Row:
        filled = cells + ((),) * (columns - len(cells))
        return Row(tuple(Cell((Paragraph(cell),) if cell else (), header=header) for cell in filled))

    return Table((row(table.header, header=True), *(row(cells, header=False) for cells in table.rows)))


def as_list(table: NoteTable) -> BulletList:
    """A table typed in a note, as bullets: one per row, every cell after the name of its column."""

    def item(row: tuple[tuple[Inline, ...], ...]) -> ListItem:
        pieces: list[Inline] = []
        for number, cell in enumerate(row):
            if not cell:
                continue
            if pieces:
                pieces.append(Text("; "))
            if number < len(table.header) and table.header[number]:
                pieces += [Strong(table.header[number]), Text(": ")]
            pieces += cell
        return ListItem((Paragraph(tuple(pieces)),), line=0)

    if not table.rows:
        header = tuple(piece for cell in table.header for piece in (*cell, Text(" ")))
        return BulletList((ListItem((Paragraph((Strong(header),)),), line=0),))
    return BulletList(tuple(item(row) for row in table.rows))


def narrow(blocks: Iterable[Block]) -> tuple[Narrow, ...]:
    """The blocks as paragraphs, lists and code alone.

    A heading becomes a bold paragraph, a quotation the blocks in it, a table a list; a rule goes,
    and so does code without a character in it, which Atlassian's editor fails on.
    """
    narrowed: list[Narrow] = []
    for block in blocks:
        match block:
            case Heading(_, children):
                narrowed.append(Paragraph((Strong(children),)))
            case Quote(children):
                narrowed += narrow(children)
            case NoteTable():
                narrowed.append(as_list(block))
            case Rule():
                pass
            case CodeBlock(text) if not text.strip():
                pass
            case Paragraph() | BulletList() | OrderedList() | CodeBlock():
                narrowed.append(block)
    return tuple(narrowed)


def fit(blocks: Iterable[Block], keep: tuple[type, ...]) -> tuple[Block, ...]:
    """The blocks, with those narrowed that are not of a kind in `keep`.

    A quotation that is kept holds paragraphs alone; what else stood in it follows it.
    """
    fitted: list[Block] = []
    for block in blocks:
        if isinstance(block, Quote) and Quote in keep:
            for words, run in groupby(narrow(block.children), key=lambda child: isinstance(child, Paragraph)):
                group = tuple(run)
                fitted += (Quote(group),) if words else group
        else:
            fitted += (block,) if isinstance(block, keep) else narrow((block,))
    return tuple(fitted)


def boxed(blocks: Iterable[CellBlock]) -> tuple[tuple[CellBlock, ...], tuple[CellBlock, ...]]:
    """The blocks up to the first with an action or code outside of a list, and those from there on.

    Atlassian's editor takes neither in a panel of a page in storage format, and fails on the whole page.
    """
    inside: list[CellBlock] = []
    behind: list[CellBlock] = []
    for block in blocks:
        if behind:
            behind.append(block)
        elif isinstance(block, Note):
            first, rest = boxed(block.blocks)
            inside += (replace(block, blocks=first),) if first else ()
            behind += (replace(block, blocks=rest),) if rest else ()
        else:
            (inside if _goes_in_a_box(block) else behind).append(block)
    return tuple(inside), tuple(behind)


def _goes_in_a_box(block: Block) -> bool:
    parts: list[object] = []
    for narrowed in narrow((block,)):
        parts += parted(narrowed) if isinstance(narrowed, BulletList | OrderedList) else (narrowed,)
    return not any(isinstance(part, TaskRun | CodeBlock) for part in parts)


def without_tasks(item: ListItem) -> tuple[ListItem, tuple[ListItem, ...]]:
    """The item without the actions in the lists below it, and these actions, in order."""
    kept: list[Block] = []
    tasks: list[ListItem] = []
    for child in narrow(item.children):
        if not isinstance(child, BulletList | OrderedList):
            kept.append(child)
            continue
        items: list[ListItem] = []
        for below in child.items:
            if below.task is not None:
                tasks.append(below)
                continue
            rest, found = without_tasks(below)
            items.append(rest)
            tasks += found
        if items:
            kept.append(replace(child, items=tuple(items)))
    return replace(item, children=tuple(kept)), tuple(tasks)


class TaskRun(Struct, frozen=True):
    """Actions that follow each other, as the items of a task list."""

    items: tuple[ListItem, ...]


ListPart: TypeAlias = BulletList | OrderedList | TaskRun | CodeBlock


def parted(block: BulletList | OrderedList) -> tuple[ListPart, ...]:
    """A list as lists without actions, and the actions between them; those deeper in an item stand right behind it.

    Atlassian's editor reads no task list inside a list item: nested ones lose their indentation, not their state.
    What stands below an action follows it, but for its paragraphs, which are its text (see `task_words`).
    """
    ordered = isinstance(block, OrderedList)
    parts: list[ListPart] = []
    items: list[ListItem] = []
    start = block.start if isinstance(block, OrderedList) else 1

    def close() -> None:
        if items:
            parts.append(OrderedList(tuple(items), start) if ordered else BulletList(tuple(items)))
            items.clear()

    for number, item in enumerate(block.items, start):
        rest, tasks = (None, (item,)) if item.task else without_tasks(item)
        if rest:
            start = start if items else number
            items.append(rest)
        for task in tasks:
            close()
            _follow(parts, TaskRun((task,)))
            for child in narrow(task.children):
                if isinstance(child, BulletList | OrderedList):
                    _follow(parts, *parted(child))
                elif isinstance(child, CodeBlock):
                    parts.append(child)
    close()
    return tuple(parts)


def _follow(parts: list[ListPart], *more: ListPart) -> None:
    """Set parts behind others; actions that meet are one run."""
    for part in more:
        if isinstance(part, TaskRun) and parts and isinstance(parts[-1], TaskRun):
            parts[-1] = TaskRun((*parts[-1].items, *part.items))
        else:
            parts.append(part)


def task_words(item: ListItem) -> tuple[Inline, ...]:
    """The text of an action: its paragraphs, a line each."""
    words: list[Inline] = []
    for child in narrow(item.children):
        if isinstance(child, Paragraph):
            words += [Break(hard=True), *child.children] if words else child.children
    return tuple(words)


def own_words(item: ListItem) -> tuple[tuple[Inline, ...], tuple[Narrow, ...]]:
    """The words an item begins with, and the blocks below them."""
    children = narrow(item.children)
    if children and isinstance(children[0], Paragraph):
        return children[0].children, children[1:]
    return (), children


def lift(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """The pieces with mentions, dates, references and breaks taken out of bold, italic and struck out runs."""
    lifted: list[Inline] = []
    for child in children:
        if not isinstance(child, Strong | Emphasis | Strike):
            lifted.append(child)
            continue
        for alone, run in groupby(lift(child.children), key=lambda piece: isinstance(piece, _UNMARKED)):
            group = tuple(run)
            lifted += group if alone else _around(child, group)
    return tuple(lifted)


def _around(mark: Strong | Emphasis | Strike, pieces: tuple[Inline, ...]) -> Iterator[Inline]:
    """The pieces in the mark, but for blanks at their ends, which Atlassian's editor loses beside a mention or date."""
    before, after = "", ""
    first, last = pieces[0], pieces[-1]
    if isinstance(first, Text):
        before = first.text[: len(first.text) - len(first.text.lstrip(" "))]
        pieces = (Text(first.text.lstrip(" ")), *pieces[1:])
        last = pieces[-1]
    if isinstance(last, Text):
        after = last.text[len(last.text.rstrip(" ")) :]
        pieces = (*pieces[:-1], Text(last.text.rstrip(" ")))
    inner = tuple(piece for piece in pieces if piece != Text(""))
    yield from (Text(before),) if before else ()
    yield from (replace(mark, children=inner),) if inner else ()
    yield from (Text(after),) if after else ()


def flat(children: Iterable[Inline], *, bold: bool = False) -> tuple[Inline, ...]:
    """The pieces in runs that are marked alike from end to end, struck out outside of bold outside of italic.

    In any other order the parser of Atlassian's editor fails on the whole page. Where the place is `bold` by itself,
    which to that parser is a mark inside of what is struck out, struck out runs are said to be bold too.
    """
    flattened: list[Inline] = []
    for marks, run in groupby(_leaves(children, frozenset()), key=lambda leaf: leaf[0]):
        pieces = tuple(piece for _, piece in run)
        marks |= {Strong} if bold and Strike in marks else set()
        for mark in (Emphasis, Strong, Strike):
            pieces = (mark(pieces),) if mark in marks else pieces
        flattened += pieces
    return tuple(flattened)


def _leaves(children: Iterable[Inline], marks: frozenset[type]) -> Iterator[tuple[frozenset[type], Inline]]:
    for child in children:
        if isinstance(child, Strong | Emphasis | Strike):
            yield from _leaves(child.children, marks | {type(child)})
        else:
            yield marks, child
