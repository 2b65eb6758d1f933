"""Blocks of elements, of storage format and of HTML alike: what `page.model` has for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import shorten

from dmlt_tui.notes.language import KeyPattern
from dmlt_tui.notes.tree import (
    Block,
    Break,
    BulletList,
    CodeBlock,
    Heading,
    Inline,
    ListItem,
    MarkKind,
    OrderedList,
    Paragraph,
    Quote,
    Rule,
    Task,
    Text,
)
from dmlt_tui.page.model import (
    AttachmentList,
    Cell,
    Columns,
    Contents,
    Note,
    PageBlock,
    Panel,
    Row,
    Table,
    TaskReport,
)
from dmlt_tui.page.reading.elements import Element
from dmlt_tui.page.reading.inline import MARKS, SKIPPED, Inlines, parameter, trimmed
from dmlt_tui.page.reading.names import People

_DEEPEST = 40
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol", "ac:task-list")
_GROUPS = frozenset(
    [
        "page",
        "html",
        "body",
        "main",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "aside",
        "center",
        "form",
        "fieldset",
        "details",
        "summary",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "address",
        "ac:layout",
        "ac:layout-section",
        "ac:layout-cell",
        "ac:rich-text-body",
        "ac:task-body",
        "ac:adf-extension",
        "ac:adf-node",
        "ac:adf-content",
        "ac:adf-fallback",
        "table",
        "tbody",
        "thead",
        "tfoot",
    ]
)
_BLOCKS = _GROUPS | frozenset(_HEADINGS) | frozenset(_LISTS) | {"p", "table", "pre", "blockquote", "hr", "ac:task"}
_PANELS = frozenset(("panel", "info", "note", "tip", "warning", "expand", "ui-expand", "details", "excerpt"))
_INLINE_MACROS = frozenset(("jira", "jiraissues", "status", "anchor", "emoticon"))


class Blocks:
    """Makes blocks of elements. `kept` says what stands there as plain text only."""

    def __init__(self, people: People, patterns: Sequence[KeyPattern] = ()) -> None:
        self._inlines = Inlines(people, patterns)
        self.kept: list[str] = []

    def of(self, nodes: Iterable[Element | str], depth: int = 0) -> list[PageBlock]:
        """The blocks of a run of nodes; text between them makes paragraphs."""
        out: list[PageBlock] = []
        run: list[Element | str] = []
        for node in nodes:
            if isinstance(node, str) or not self._is_block(node, depth):
                run.append(node)
                continue
            out += self._paragraph(run)
            run = []
            out += self._block(node, depth)
        return _joined([*out, *self._paragraph(run)])

    def _is_block(self, element: Element, depth: int) -> bool:
        if element.tag in _BLOCKS:
            return True
        if element.tag in ("ac:structured-macro", "ac:macro"):
            return element.get("ac:name") not in _INLINE_MACROS
        inside = element.tag in ("span", "a", "b", "strong", "i", "em", "font", "u") and depth < _DEEPEST
        return inside and any(child.tag in _LISTS or child.tag in ("table", "p", "div") for child in element.elements)

    def _paragraph(self, nodes: Sequence[Element | str]) -> list[PageBlock]:
        pieces = self._inlines.pieces(nodes)
        return [Paragraph(pieces)] if pieces else []

    def _block(self, element: Element, depth: int) -> list[PageBlock]:
        if element.tag in SKIPPED:
            return []
        if depth > _DEEPEST:
            words = element.text
            self.kept.append(f"what is nested more than {_DEEPEST} deep: {shorten(words, 60, placeholder='…')}")
            return [Paragraph((Text(words),))] if words else []
        return self._known(element, depth)

    def _known(self, element: Element, depth: int) -> list[PageBlock]:
        if element.tag in _HEADINGS:
            pieces = self._inlines.pieces(element.children)
            return [Heading(_HEADINGS[element.tag], pieces)] if pieces else []
        match element.tag:
            case "ul" | "ol" | "ac:task-list":
                return self._list(element, depth)
            case "table":
                return self._table(element, depth)
            case "hr":
                return [Rule()]
            case "pre":
                return [CodeBlock(f"{_verbatim(element)}\n", element.get("data-language"))]
            case "blockquote":
                return [Quote(self._narrow(self.of(element.children, depth + 1)))]
            case "ac:structured-macro" | "ac:macro":
                return self._macro(element, depth)
            case "ac:task":
                return [BulletList((self._task(element, depth),))]
            case _:
                return self._group(element, depth)

    def _group(self, element: Element, depth: int) -> list[PageBlock]:
        """Something that holds blocks, with the few that mean more than that."""
        if element.get("data-node-type") == "actionList":
            items = [self._item(child, depth) for child in element.elements if child.get("data-task-local-id")]
            return [BulletList(tuple(items))] if items else []
        if element.get("data-node-type") == "extension":
            made = _filled_by_wiki(element.get("data-extension-key"))
            return [made] if made else []
        if element.get("data-panel-type") or element.has_class("panel"):
            return [self._panel(self._panel_title(element), self.of(element.children, depth + 1))]
        cells = [child for child in element.elements if child.tag == "ac:layout-cell" or _is_column(child)]
        if len(cells) == 2 and len(list(element.elements)) == 2:
            left, right = (self._narrow(self.of(cell.children, depth + 1)) for cell in cells)
            return [Columns(left, right)]
        return self.of(element.children, depth + 1)

    def _panel_title(self, element: Element) -> str:
        head = next((child for child in element.elements if child.has_class("panelHeader")), None)
        if head is None:
            return ""
        element.children.remove(head)
        return head.text

    def _panel(self, title: str, blocks: list[PageBlock]) -> PageBlock:
        return Panel(title, self._narrow(blocks))

    def _macro(self, element: Element, depth: int) -> list[PageBlock]:
        name = element.get("ac:name")
        made = _filled_by_wiki(name)
        if made:
            return [made]
        body, verbatim = element.child("ac:rich-text-body"), element.child("ac:plain-text-body")
        if verbatim is not None:
            return [CodeBlock(f"{_verbatim(verbatim)}\n", parameter(element, "language"))]
        inner = self.of(body.children, depth + 1) if body is not None else []
        if name in _PANELS:
            return [self._panel(parameter(element, "title"), inner)]
        if body is None:
            self.kept.append(f"the macro {name}, whose content only the wiki knows")
            return [Paragraph((Text(f"{{{name}}}"),))]
        return inner

    def _list(self, element: Element, depth: int) -> list[PageBlock]:
        items = [
            self._task(child, depth) if child.tag == "ac:task" else self._item(child, depth)
            for child in element.elements
            if child.tag not in SKIPPED
        ]
        if not items:
            return self._paragraph([element.text])
        if element.tag == "ol":
            start = element.get("start")
            return [OrderedList(tuple(items), int(start) if start.isdigit() and len(start) < 10 else 1)]
        return [BulletList(tuple(items))]

    def _item(self, element: Element, depth: int) -> ListItem:
        """A list item; one that a wiki shows as a task is an action."""
        label, children = _without_status(element.children)
        mark: MarkKind | None = MARKS.get(label)
        blocks = self._narrow(self.of(children if mark else element.children, depth + 1))
        state = element.get("data-task-state") or (element.get("data-inline-task-id") and "TODO")
        if state:
            return _action(blocks, done=state == "DONE" or element.has_class("checked"))
        return ListItem(blocks, 0, mark)

    def _task(self, element: Element, depth: int) -> ListItem:
        """A task of storage format; tasks below it stand in it or behind its body."""
        if element.tag != "ac:task":
            return self._item(element, depth)
        status, body = element.child("ac:task-status"), element.child("ac:task-body")
        blocks = self.of(body.children, depth + 1) if body is not None else []
        for child in element.elements:
            if child.tag == "ac:task-list":
                blocks += self._list(child, depth + 1)
        return _action(self._narrow(blocks), done=status is not None and "complete" in status.children)

    def _table(self, element: Element, depth: int) -> list[PageBlock]:
        rows = [row for row in _rows(element) if any(cell.tag in ("td", "th") for cell in row.elements)]
        made = [
            Row(tuple(self._cell(cell, depth) for cell in row.elements if cell.tag in ("td", "th"))) for row in rows
        ]
        return [Table(tuple(made))] if made else []

    def _cell(self, element: Element, depth: int) -> Cell:
        span = element.get("colspan")
        blocks = self._narrow(self.of(element.children, depth + 1))
        return Cell(blocks, element.tag == "th", int(span) if span.isdigit() and 0 < int(span) < 1000 else 1)

    def _narrow(self, blocks: Iterable[PageBlock]) -> tuple[Block, ...]:
        return inner_blocks(blocks)


def inner_blocks(blocks: Iterable[PageBlock]) -> tuple[Block, ...]:
    """Blocks as notes have them: a table in a cell becomes a list, a panel its content below its title."""
    out: list[Block] = []
    for block in blocks:
        match block:
            case Panel(title, inner):
                out += [Paragraph(_strong(title))] if title else []
                out += inner_blocks(inner)
            case Columns(left, right):
                out += inner_blocks((*left, *right))
            case Table(rows):
                out.append(BulletList(tuple(ListItem(_row_blocks(row), 0) for row in rows)))
            case Note(_, inner_note):
                out += inner_note
            case Contents() | AttachmentList() | TaskReport():
                pass
            case _:
                out.append(block)
    return tuple(out)


def _strong(words: str) -> tuple[Inline, ...]:
    from dmlt_tui.notes.tree import Strong

    return (Strong((Text(words),)),)


def _row_blocks(row: Row) -> tuple[Block, ...]:
    """A row of a table as the blocks of a list item: cells of a line each beside each other, others below."""
    line: list[Inline] = []
    below: list[Block] = []
    for cell in row.cells:
        inner = inner_blocks(cell.blocks)
        if inner and isinstance(inner[0], Paragraph) and not below:
            line += [Text(" | "), *inner[0].children] if line else inner[0].children
            inner = inner[1:]
        below += inner
    return (*([Paragraph(tuple(line))] if line else []), *below)


def _action(blocks: tuple[Block, ...], *, done: bool) -> ListItem:
    """An action; the lines of its text are paragraphs of it, as they were before they had to stand in one."""
    kind = MarkKind.ACTION_DONE if done else MarkKind.ACTION
    first, *rest = blocks if blocks and isinstance(blocks[0], Paragraph) else (Paragraph(()), *blocks)
    lines: list[list[Inline]] = [[]]
    for piece in first.children if isinstance(first, Paragraph) else ():
        if isinstance(piece, Break):
            lines.append([])
        else:
            lines[-1].append(piece)
    own = [Paragraph(trimmed(line)) for line in lines]
    return ListItem((own[0], *(line for line in own[1:] if line.children), *rest), 0, kind, Task(0, done, ""))


def _joined(blocks: list[PageBlock]) -> list[PageBlock]:
    """The blocks, a task list and the list beside it as one: writers have to part them."""
    out: list[PageBlock] = []
    for block in blocks:
        before = out[-1] if out else None
        if isinstance(block, BulletList) and isinstance(before, BulletList) and _meet(before, block):
            out[-1] = BulletList(before.items + block.items)
        else:
            out.append(block)
    return out


def _meet(before: BulletList, block: BulletList) -> bool:
    return bool(before.items[-1].task or block.items[0].task)


def _filled_by_wiki(name: str) -> PageBlock | None:
    if name == "toc":
        return Contents()
    if name == "attachments":
        return AttachmentList()
    return TaskReport() if name == "tasks-report-macro" else None


def _is_column(element: Element) -> bool:
    return element.tag == "div" and ("data-layout-column" in element.attributes or element.has_class("cell"))


def _rows(table: Element) -> list[Element]:
    """The rows of a table itself, not of those in its cells."""
    rows: list[Element] = []
    for child in table.elements:
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("tbody", "thead", "tfoot"):
            rows += [row for row in child.elements if row.tag == "tr"]
    return rows


def _without_status(nodes: Sequence[Element | str]) -> tuple[str, list[Element | str]]:
    """The words of the lozenge a list item begins with, and what stands behind it."""
    for at, node in enumerate(nodes):
        if isinstance(node, str):
            if node.strip():
                break
            continue
        if node.tag == "p":
            label, children = _without_status(node.children)
            return label, [Element("p", {}, children), *nodes[at + 1 :]]
        if node.tag == "ac:structured-macro" and node.get("ac:name") == "status":
            return parameter(node, "title").casefold(), list(nodes[at + 1 :])
        if node.get("data-node-type") == "status" or node.has_class("status-macro"):
            return node.text.casefold(), list(nodes[at + 1 :])
        break
    return "", list(nodes)


def _verbatim(element: Element) -> str:
    """The text of an element, blanks and line ends as they are."""
    parts: list[str] = []
    waiting: list[Element | str] = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            parts.append(node)
        else:
            parts += ["\n"] if node.tag == "br" else []
            waiting += reversed(node.children)
    return "".join(parts).removesuffix("\n")
