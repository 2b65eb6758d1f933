"""What a note says without its signs: for searching, for one-line views, and for checking that nothing got lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dmlt_tui.notes.tree import (
    Block,
    Break,
    BulletList,
    Code,
    CodeBlock,
    DueDate,
    Emphasis,
    Heading,
    Image,
    Inline,
    Link,
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

_BLANKS = re.compile(r"[ \t]+")


def plain(blocks: Sequence[Block]) -> str:
    """Give the words of blocks, a line for each line, item or row, without marks, bullets, rules and addresses."""
    return "\n".join(line for block in blocks for line in _lines(block))


def words(pieces: Sequence[Inline]) -> str:
    r"""Give the words of inline pieces; a break is a \n, a run of blanks one blank, a mention @handle."""
    return _BLANKS.sub(" ", "".join(map(_says, pieces))).strip(" ")


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Heading():
            yield words(block.children)
        case BulletList(items) | OrderedList(items):
            for item in items:
                yield from _item_lines(item)
        case CodeBlock(text):
            yield text.removesuffix("\n")
        case Quote(children):
            for child in children:
                yield from _lines(child)
        case NoteTable(header, rows):
            for row in (header, *rows):
                yield " | ".join(map(words, row))
        case Rule():
            return


def _item_lines(item: ListItem) -> Iterator[str]:
    for child in item.children:
        yield from _lines(child)


def _says(piece: Inline) -> str:
    match piece:
        case Text(text) | Code(text) | Image(text):
            return text
        case Strong(children) | Emphasis(children) | Strike(children) | Link(children):
            return "".join(map(_says, children))
        case Break():
            return "\n"
        case Mention(handle):
            return f"@{handle}"
        case DueDate(day):
            return f"due:{day.isoformat()}"
        case Reference(key):
            return key
