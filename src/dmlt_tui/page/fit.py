"""Says blocks and inline pieces in fewer forms, for the places and formats that take less than a page does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from dmlt_tui.notes.tree import (
    Block,
    BulletList,
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
from dmlt_tui.page.model import Cell, Row, Table

# What Atlassian's editor takes no bold, italic or struck out form of.
_UNMARKED = (Mention, DueDate, Reference)


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


def fit(blocks: Iterable[Block], keep: tuple[type, ...]) -> tuple[Block, ...]:
    """The blocks, with those said as others that are neither a paragraph, a list, code nor of a kind in `keep`.

    A heading becomes a bold paragraph, a quotation the blocks in it, a table a list; a rule goes. A quotation that is
    kept holds paragraphs alone; what else stood in it follows it.
    """
    fitted: list[Block] = []
    for block in blocks:
        match block:
            case Quote(children) if Quote in keep:
                inside = fit(children, ())
                for words, run in groupby(inside, key=lambda child: isinstance(child, Paragraph)):
                    group = tuple(run)
                    fitted += (Quote(group),) if words else group
            case Quote(children):
                fitted += fit(children, keep)
            case Heading(_, children) if Heading not in keep:
                fitted.append(Paragraph((Strong(children),)))
            case NoteTable() if NoteTable not in keep:
                fitted.append(as_list(block))
            case Rule() if Rule not in keep:
                pass
            case _:
                fitted.append(block)
    return tuple(fitted)


def without_tasks(item: ListItem) -> tuple[ListItem, tuple[ListItem, ...]]:
    """The item without the actions in the lists below it, and these actions, in order."""
    kept: list[Block] = []
    tasks: list[ListItem] = []
    for child in item.children:
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


def lift(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """The pieces with mentions, dates and references taken out of bold, italic and struck out runs around them."""
    lifted: list[Inline] = []
    for child in children:
        if not isinstance(child, Strong | Emphasis | Strike):
            lifted.append(child)
            continue
        for alone, run in groupby(lift(child.children), key=lambda piece: isinstance(piece, _UNMARKED)):
            group = tuple(run)
            lifted += group if alone else (replace(child, children=group),)
    return tuple(lifted)
