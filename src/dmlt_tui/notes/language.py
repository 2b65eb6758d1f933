"""Reads notes: Markdown with small rules of ours, over markdown-it-py's tokens.

`read`, `read_line` and `survey` share one grammar (grammar.py), so a list never shows what the page does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from dmlt_tui.notes import marks
from dmlt_tui.notes.patterns import KeyPattern, find
from dmlt_tui.notes.pieces import pieces
from dmlt_tui.notes.tasks import task
from dmlt_tui.notes.tree import (
    Block,
    BulletList,
    CodeBlock,
    Heading,
    Inline,
    ListItem,
    Marked,
    MarkKind,
    NoteTable,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Survey,
    Task,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["KeyPattern", "read", "read_line", "survey"]

_SHORT = 4_000  # characters; most notes are shorter, and thousands of them may be remembered
_ACTIONS = {MarkKind.ACTION: False, MarkKind.ACTION_DONE: True}
_Patterns = tuple[KeyPattern, ...]


def read(text: str, patterns: Sequence[KeyPattern] = ()) -> tuple[Block, ...]:
    """Read a whole note as blocks, with mentions, due dates, references and marked items found.

    Takes any text: what is no sign of the language is kept as literal words.
    """
    return _read(text, tuple(patterns))


def read_line(text: str, patterns: Sequence[KeyPattern] = ()) -> tuple[Inline, ...]:
    """Read one line (a title, "requested by") as inline pieces; block signs in it are literal, line ends are blanks."""
    line = " ".join(marks.source(text).split("\n")).strip()
    return _words(line, tuple(patterns))


def survey(text: str, patterns: Sequence[KeyPattern] = ()) -> Survey:
    """Read the marked lines of a note alone: what lists are made of. Cheap, and remembered by text."""
    if not marks.may_hold_marks(text):
        return Survey()
    remembered = _survey_short if len(text) <= _SHORT else _survey_long
    return remembered(text, tuple(patterns))


def _survey(text: str, patterns: _Patterns) -> Survey:
    tasks: list[Task] = []
    marked: list[Marked] = []
    tokens = marks.block_tokens(marks.source(text))
    for opening, inline in pairwise(tokens):
        kind = opening.meta.get(marks.MARK)
        if kind in _ACTIONS:
            tasks.append(_task(kind, inline, patterns))
        elif kind:
            marked.append(Marked(_line(inline), kind, inline.content.partition("\n")[0].strip()))
    return Survey(tuple(tasks), tuple(marked))


_survey_short = lru_cache(maxsize=4096)(_survey)
_survey_long = lru_cache(maxsize=64)(_survey)


@lru_cache(maxsize=64)
def _read(text: str, patterns: _Patterns) -> tuple[Block, ...]:
    return tuple(_Blocks(marks.block_tokens(marks.source(text)), patterns).until(""))


def _line(token: Token) -> int:
    return token.map[0] if token.map else 0


def _words(content: str, patterns: _Patterns) -> tuple[Inline, ...]:
    return pieces(marks.inline_tokens(content, find(content, patterns)))


def _task(kind: MarkKind, inline: Token, patterns: _Patterns) -> Task:
    found = marks.signs_outside(inline.content, find(inline.content, patterns))
    return task(_line(inline), _ACTIONS[kind], inline.content, found)


class _Blocks:
    """Folds markdown-it's flat block tokens into the tree."""

    def __init__(self, tokens: Sequence[Token], patterns: _Patterns) -> None:
        self._tokens = iter(tokens)
        self._patterns = patterns

    def until(self, closing: str) -> Iterator[Block]:
        """Yield the blocks up to a closing token (all when it is empty); marked lines of a paragraph are bullets."""
        bullets: list[ListItem] = []
        for token in self._tokens:
            if token.type == closing:
                break
            if marks.MARK in token.meta:
                bullets.append(self._marked(token))
                continue
            if bullets:
                yield BulletList(tuple(bullets))
                bullets = []
            yield self._block(token)
        if bullets:
            yield BulletList(tuple(bullets))

    def _block(self, token: Token) -> Block:
        match token.type:
            case "paragraph_open":
                return Paragraph(self._words())
            case "heading_open":
                return Heading(int(token.tag[1:]), self._words())
            case "bullet_list_open":
                return BulletList(tuple(self._items("bullet_list_close")))
            case "ordered_list_open":
                return OrderedList(tuple(self._items("ordered_list_close")), int(token.attrs.get("start", 1)))
            case "blockquote_open":
                return Quote(tuple(self.until("blockquote_close")))
            case "table_open":
                return self._table()
            case "hr":
                return Rule()
            case _:
                return _code_block(token)

    def _items(self, closing: str) -> Iterator[ListItem]:
        for opening in self._tokens:
            if opening.type == closing:
                return
            first = next(self._tokens)
            if marks.MARK in first.meta:
                own = self._marked(first)
                yield replace(own, children=(*own.children, *self.until("list_item_close")))
            elif first.type == "list_item_close":
                yield ListItem((), _line(opening))
            else:
                block = self._block(first)
                yield ListItem((block, *self.until("list_item_close")), _line(opening))

    def _marked(self, opening: Token) -> ListItem:
        kind: MarkKind = opening.meta[marks.MARK]
        inline, _closing = next(self._tokens), next(self._tokens)
        words = Paragraph(_words(inline.content, self._patterns))
        return ListItem(
            (words,), _line(inline), kind, _task(kind, inline, self._patterns) if kind in _ACTIONS else None
        )

    def _words(self) -> tuple[Inline, ...]:
        inline, _closing = next(self._tokens), next(self._tokens)
        return _words(inline.content, self._patterns)

    def _table(self) -> NoteTable:
        rows: list[tuple[tuple[Inline, ...], ...]] = []
        row: list[tuple[Inline, ...]] = []
        for token in self._tokens:
            if token.type == "table_close":
                break
            if token.type == "inline":
                row.append(_words(token.content, self._patterns))
            elif token.type == "tr_close":
                rows.append(tuple(row))
                row = []
        return NoteTable(rows[0], tuple(rows[1:]))


def _code_block(token: Token) -> CodeBlock:
    """Make a block of code; words behind a fence that are more than a language's name are its first line."""
    info = token.info.strip()
    if len(info.split()) > 1:
        return CodeBlock(f"{info}\n{token.content}")
    return CodeBlock(token.content, info)
