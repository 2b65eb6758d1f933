"""Writes Atlassian Document Format, the JSON in which Cloud keeps a page.

Nodes and where they may stand are those of the published schema (adf-schema, full.json). A node is built as a value
and written by `_json` alone, so no text can become anything else; `_text` drops what no page may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

import msgspec

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
    MarkKind,
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
from dmlt_tui.page.fit import (
    CELL,
    ITEM,
    PAGE,
    PANEL,
    TaskRun,
    as_table,
    fit,
    lift,
    own_words,
    parted,
    task_words,
)
from dmlt_tui.page.html import MACROS, timestamp
from dmlt_tui.page.model import (
    AttachmentList,
    Cell,
    CellBlock,
    Columns,
    Contents,
    Note,
    Page,
    PageBlock,
    Panel,
    Row,
    Shared,
    Table,
    TaskReport,
)
from dmlt_tui.page.tasks import TaskIds
from dmlt_tui.page.words import mark_words, plain, printable, web_address

Node: TypeAlias = dict[str, Any]

_MARK_COLOURS = {
    MarkKind.DECISION: "green",
    MarkKind.NO_DECISION: "red",
    MarkKind.QUESTION: "yellow",
    MarkKind.ANSWERED: "blue",
    MarkKind.PARKED: "neutral",
}
_MARKS: dict[type, str] = {Strong: "strong", Emphasis: "em", Strike: "strike"}
_BLANKS = re.compile("[ \t\n]+")


def _node(kind: str, content: Sequence[Node] | None = None, **attributes: Any) -> Node:
    node: Node = {"type": kind}
    if attributes:
        node["attrs"] = attributes
    if content is not None:
        node["content"] = list(content)
    return node


def _text(text: str, marks: Sequence[Node] = ()) -> Iterator[Node]:
    """Text as a node, none where nothing is left of it; a run of blanks is one, as readers of a page see it."""
    words = _BLANKS.sub(" ", printable(text))
    if words:
        yield {"type": "text", "text": words, "marks": list(marks)} if marks else {"type": "text", "text": words}


def _linked(marks: Iterable[Node]) -> tuple[Node, ...]:
    """The link among the marks, which nothing else that leads somewhere may stand in."""
    return tuple(mark for mark in marks if mark["type"] == "link")


def _macro(name: str, **parameters: str) -> Node:
    """What the wiki fills itself."""
    values = {"macroParams": {key: {"value": value} for key, value in parameters.items()}}
    return _node("extension", extensionType=MACROS, extensionKey=name, parameters=values, layout="default")


class _Adf:
    """One page on its way into ADF."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._ids = TaskIds()

    def page(self, blocks: Iterable[PageBlock]) -> Iterator[str]:
        """The nodes of the document, written."""
        for block in blocks:
            if isinstance(block, Shared):
                yield block.once("adf", lambda table: _json(self._table(table)))
            else:
                yield from map(_json, self._page_block(block))

    def _page_block(self, block: PageBlock) -> list[Node]:
        match block:
            case Panel(title, blocks):
                head = _node("paragraph", tuple(_text(title, [{"type": "strong"}])))
                return [_node("panel", [head, *self._blocks(blocks, PANEL)], panelType="note")]
            case Table():
                return [self._table(block)]
            case Columns(left, right):
                columns = [_node("layoutColumn", self._filled(side), width=50) for side in (left, right)]
                return [_node("layoutSection", columns)]
            case Contents(depth):
                return [_macro("toc", maxLevel=str(depth))]
            case AttachmentList():
                return [_macro("attachments", upload="false")]
            case TaskReport(space):
                where = {"spaceAndPage": f"space:{space}"} if space else {}
                return [_macro("tasks-report-macro", **where, status="incomplete", pageSize="20")]
            case _:
                return self._blocks((block,), PAGE)

    def _table(self, table: Table) -> Node:
        rows = [self._row(row, table.widths) for row in table.rows]
        return _node("table", rows, isNumberColumnEnabled=False, layout="default")

    def _row(self, row: Row, widths: Sequence[int]) -> Node:
        cells = []
        at = 0
        for cell in row.cells:
            cells.append(self._cell(cell, widths[at : at + cell.colspan]))
            at += cell.colspan
        return _node("tableRow", cells)

    def _cell(self, cell: Cell, widths: Sequence[int]) -> Node:
        attributes: dict[str, Any] = {}
        if cell.colspan > 1:
            attributes["colspan"] = cell.colspan
        if widths:
            attributes["colwidth"] = list(widths)
        if cell.shaded:
            attributes["background"] = "#f4f5f7"
        return _node("tableHeader" if cell.header else "tableCell", self._filled(cell.blocks), **attributes)

    def _filled(self, blocks: Iterable[CellBlock]) -> list[Node]:
        """What a cell or column holds, which can't be nothing."""
        return self._blocks(blocks, CELL) or [_node("paragraph", [])]

    def _blocks(self, blocks: Iterable[CellBlock], place: tuple[type, ...]) -> list[Node]:
        out: list[Node] = []
        for block in blocks:
            if isinstance(block, Note):
                self._ids.begin(block.key)
                out += self._blocks(block.blocks, place)
            else:
                out += [node for fitted in fit((block,), place) for node in self._block(fitted)]
        return out

    def _block(self, block: Block) -> list[Node]:
        match block:
            case Paragraph(children):
                return [_node("paragraph", self._inline(children))]
            case Heading(level, children):
                return [_node("heading", self._inline(children), level=level)]
            case BulletList() | OrderedList():
                return self._list(block)
            case CodeBlock(text, language):
                code = printable(text).removesuffix("\n")
                named = {"language": printable(language)} if language else {}
                return [_node("codeBlock", [{"type": "text", "text": code}] if code else [], **named)]
            case Quote(children):
                return [_node("blockquote", self._blocks(children, ITEM))]
            case Rule():
                return [_node("rule")]
            case NoteTable():
                return [self._table(as_table(block))]

    def _list(self, block: BulletList | OrderedList) -> list[Node]:
        out: list[Node] = []
        for part in parted(block):
            match part:
                case TaskRun(items):
                    tasks = [self._task(item) for item in items]
                    out.append(_node("taskList", tasks, localId=f"list-{tasks[0]['attrs']['localId']}"))
                case BulletList(items):
                    out.append(_node("bulletList", [self._item(item) for item in items]))
                case OrderedList(items, start):
                    order = {"order": start} if start != 1 else {}
                    out.append(_node("orderedList", [self._item(item) for item in items], **order))
                case CodeBlock():
                    out += self._block(part)
        return out

    def _item(self, item: ListItem) -> Node:
        words, below = own_words(item)
        label: list[Node] = []
        if item.mark in _MARK_COLOURS:
            label = [_node("status", text=mark_words(item), color=_MARK_COLOURS[item.mark]), *_text(" ")]
        return _node("listItem", [_node("paragraph", [*label, *self._inline(words)]), *self._blocks(below, ITEM)])

    def _task(self, item: ListItem) -> Node:
        state = "DONE" if item.task and item.task.done else "TODO"
        return _node("taskItem", self._inline(task_words(item)), localId=str(self._ids.next()), state=state)

    def _inline(self, children: Iterable[Inline]) -> list[Node]:
        out: list[Node] = []
        for node in (node for child in lift(children) for node in self._piece(child, ())):
            if out and node["type"] == out[-1]["type"] == "text" and node.get("marks") == out[-1].get("marks"):
                out[-1] = {**out[-1], "text": out[-1]["text"] + node["text"]}
            else:
                out.append(node)
        return out

    def _piece(self, piece: Inline, marks: tuple[Node, ...]) -> Iterator[Node]:
        match piece:
            case Text(text):
                yield from _text(text, marks)
            case Strong(children) | Emphasis(children) | Strike(children):
                mark = {"type": _MARKS[type(piece)]}
                for child in children:
                    yield from self._piece(child, marks if mark in marks else (*marks, mark))
            case Code(text):
                # The schema takes no mark but a link beside code.
                yield from _text(text, (*_linked(marks), {"type": "code"}))
            case Break(hard):
                yield from (_node("hardBreak"),) if hard else _text(" ", marks)
            case Link(children, address):
                safe = "" if _linked(marks) else web_address(address)
                link = ({"type": "link", "attrs": {"href": safe}},) if safe else ()
                for child in children or (Text(address),):
                    yield from self._piece(child, (*marks, *link))
            case _ if _linked(marks):
                yield from _text(plain((piece,), self._page), marks)
            case _:
                yield from self._pointer(piece, marks)

    def _pointer(self, piece: Image | Mention | DueDate | Reference, marks: tuple[Node, ...]) -> Iterator[Node]:
        words = plain((piece,), self._page)
        match piece:
            case DueDate(day):
                yield _node("date", timestamp=timestamp(day))
            case Mention(handle):
                account_id = self._page.account(handle).account_id
                known = _node("mention", id=account_id, text=f"@{words}")
                yield from (known,) if account_id else _text(words, marks)
            case Reference(_, "issue", address) if web_address(address):
                yield _node("inlineCard", url=web_address(address))
            case Image(_, address) | Reference(_, _, address):
                yield from self._piece(Link((Text(words),), address), marks)


def _json(node: Node) -> str:
    """A node as it stands in the document, a line for each value."""
    return msgspec.json.format(msgspec.json.encode(node), indent=1).decode().replace("\n", "\n  ")


def write(page: Page) -> str:
    """The page as JSON. Its title is not part of it."""
    nodes = list(_Adf(page).page(page.blocks)) or [_json(_node("paragraph", []))]
    return '{{\n "version": 1,\n "type": "doc",\n "content": [\n  {}\n ]\n}}\n'.format(",\n  ".join(nodes))
