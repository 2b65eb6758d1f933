"""Writes Confluence's storage format, the XML in which the wiki itself keeps a page.

No schema of it is published; every form used here is one that Confluence, or Atlassian's own encoder, writes.
Text gets into the page through three functions alone: `_text`, `_attribute` and `_cdata`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from html import escape
from itertools import groupby

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
from dmlt_tui.page.fit import CELL, ITEM, PAGE, TaskRun, as_table, boxed, fit, lift, own_words, parted, task_words
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


class Flavour(StrEnum):
    """Which kind of wiki the page is for: they name people in different ways."""

    DATA_CENTER = "data-center"
    CLOUD = "cloud"


_MARK_COLOURS = {
    MarkKind.DECISION: "Green",
    MarkKind.NO_DECISION: "Red",
    MarkKind.QUESTION: "Yellow",
    MarkKind.ANSWERED: "Blue",
    MarkKind.PARKED: "Grey",
}

# The code macro of Data Center shows an error instead of the code for a language it does not know.
_LANGUAGES = {
    name: name for name in ("bash", "cpp", "css", "diff", "html", "java", "js", "python", "sql", "xml", "yml")
}
_LANGUAGES |= {"c++": "cpp", "javascript": "js", "py": "python", "sh": "bash", "shell": "bash", "yaml": "yml"}

_TAGS: dict[type, str] = {Strong: "strong", Emphasis: "em", Strike: "s"}


def _text(text: str) -> str:
    """Text between tags."""
    return escape(printable(text), quote=False)


def _attribute(text: str) -> str:
    """Text between the quotes of an attribute."""
    return escape(" ".join(printable(text).split()), quote=True)


def _cdata(text: str) -> str:
    """Text as it stands, in sections that nothing in it can end, nor take for the begin of a comment."""
    parts = printable(text).replace("]]>", "]]]]><![CDATA[>").replace("<!--", "<]]><![CDATA[!--")
    return f"<![CDATA[{parts}]]>"


def _macro(name: str, parameters: Sequence[tuple[str, str]] = (), body: str = "") -> str:
    inner = "".join(f'<ac:parameter ac:name="{key}">{_text(value)}</ac:parameter>' for key, value in parameters)
    return f'<ac:structured-macro ac:name="{name}" ac:schema-version="1">{inner}{body}</ac:structured-macro>'


class _Storage:
    """One page on its way into storage format."""

    def __init__(self, page: Page, flavour: Flavour) -> None:
        self._page = page
        self._flavour = flavour
        self._ids = TaskIds()

    def page(self, blocks: Sequence[PageBlock]) -> str:
        """The whole body. With columns in it, all of it stands in one layout: the wiki takes no block beside one."""
        if not any(isinstance(block, Columns) for block in blocks):
            return "\n".join(self._page_block(block) for block in blocks) + "\n"
        sections = []
        for columns, run in groupby(blocks, key=lambda block: isinstance(block, Columns)):
            if columns:
                sections += [self._page_block(block) for block in run]
            else:
                body = "\n".join(self._page_block(block) for block in run)
                sections.append(self._section("single", body))
        return "<ac:layout>\n{}\n</ac:layout>\n".format("\n".join(sections))

    def _section(self, kind: str, *cells: str) -> str:
        inner = "".join(f"<ac:layout-cell>\n{cell}\n</ac:layout-cell>" for cell in cells)
        return f'<ac:layout-section ac:type="{kind}">{inner}</ac:layout-section>'

    def _page_block(self, block: PageBlock) -> str:
        match block:
            case Panel(title, blocks):
                inside, behind = boxed(blocks)
                inner = self._blocks(inside, (Heading,)) or "<p></p>"
                body = f"<ac:rich-text-body>{inner}</ac:rich-text-body>"
                return _macro("panel", [("title", title)], body) + self._blocks(behind, PAGE)
            case Shared():
                return block.once(f"storage/{self._flavour}", self._table)
            case Table():
                return self._table(block)
            case Columns(left, right):
                return self._section("two_equal", self._blocks(left, CELL), self._blocks(right, CELL))
            case Contents(depth):
                return _macro("toc", [("maxLevel", str(depth))])
            case AttachmentList():
                return _macro("attachments", [("upload", "false")])
            case TaskReport(space):
                where = ("spaceAndPage", f"space:{space}") if space else ("isMissingRequiredParameters", "true")
                return _macro("tasks-report-macro", [where, ("status", "incomplete"), ("pageSize", "20")])
            case _:
                return self._blocks((block,), PAGE)

    def _table(self, table: Table) -> str:
        widths = "".join(f'<col style="width: {width}.0px;"/>' for width in table.widths)
        columns = f"<colgroup>{widths}</colgroup>" if widths else ""
        rows = "\n".join(self._row(row) for row in table.rows)
        return f"<table>{columns}<tbody>\n{rows}\n</tbody></table>"

    def _row(self, row: Row) -> str:
        return "<tr>{}</tr>".format("".join(self._cell(cell) for cell in row.cells))

    def _cell(self, cell: Cell) -> str:
        tag = "th" if cell.header else "td"
        span = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        shade = ' class="highlight-grey" data-highlight-colour="grey"' if cell.shaded else ""
        return f"<{tag}{span}{shade}>{self._blocks(cell.blocks, CELL) or '<p></p>'}</{tag}>"

    def _blocks(self, blocks: Iterable[CellBlock], place: tuple[type, ...]) -> str:
        out = []
        for block in blocks:
            if isinstance(block, Note):
                self._ids.begin(block.key)
                out.append(self._blocks(block.blocks, place))
            else:
                out += [self._block(fitted) for fitted in fit((block,), place)]
        return "".join(out)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(children):
                return f"<p>{self._inline(children)}</p>"
            case Heading(level, children):
                return f"<h{level}>{self._inline(children)}</h{level}>"
            case BulletList() | OrderedList():
                return self._list(block)
            case CodeBlock(text, language):
                return self._code(text, language)
            case Quote(children):
                return f"<blockquote>{self._blocks(children, ITEM)}</blockquote>"
            case Rule():
                return "<hr/>"
            case NoteTable():
                return self._table(as_table(block))

    def _code(self, text: str, language: str) -> str:
        known = _LANGUAGES.get(language.lower())
        parameters = [("language", known)] if known else []
        body = _cdata(text.removesuffix("\n"))
        return _macro("code", parameters, f"<ac:plain-text-body>{body}</ac:plain-text-body>")

    def _list(self, block: BulletList | OrderedList) -> str:
        out = []
        for part in parted(block):
            match part:
                case TaskRun(items):
                    out.append(f"<ac:task-list>{''.join(map(self._task, items))}</ac:task-list>")
                case BulletList(items):
                    out.append(f"<ul>{''.join(map(self._item, items))}</ul>")
                case OrderedList(items, start):
                    begin = f' start="{start}"' if start != 1 else ""
                    out.append(f"<ol{begin}>{''.join(map(self._item, items))}</ol>")
                case CodeBlock():
                    out.append(self._block(part))
        return "".join(out)

    def _item(self, item: ListItem) -> str:
        words, below = own_words(item)
        label = ""
        if item.mark in _MARK_COLOURS:
            label = _macro("status", [("colour", _MARK_COLOURS[item.mark]), ("title", mark_words(item))]) + " "
        line = label + self._inline(words)
        # Bare words are what the wiki writes; before anything but a list, and where there are none, a paragraph.
        bare = line and all(isinstance(child, BulletList | OrderedList) for child in below)
        return f"<li>{line if bare else f'<p>{line}</p>'}{self._blocks(below, ITEM)}</li>"

    def _task(self, item: ListItem) -> str:
        status = "complete" if item.task and item.task.done else "incomplete"
        return (
            f"<ac:task><ac:task-id>{self._ids.next()}</ac:task-id><ac:task-status>{status}</ac:task-status>"
            f"<ac:task-body>{self._inline(task_words(item))}</ac:task-body></ac:task>"
        )

    def _inline(self, children: Iterable[Inline], *, linked: bool = False) -> str:
        return "".join(self._piece(child, linked) for child in lift(children))

    def _piece(self, piece: Inline, linked: bool) -> str:
        match piece:
            case Text(text):
                return _text(text)
            case Strong(children) | Emphasis(children) | Strike(children):
                tag = _TAGS[type(piece)]
                return f"<{tag}>{self._inline(children, linked=linked)}</{tag}>"
            case Code(text):
                return f"<code>{_text(text)}</code>"
            case Break(hard):
                return "<br/>" if hard else " "
            case _ if linked:
                return _text(plain((piece,), self._page))
            case _:
                return self._pointer(piece)

    def _pointer(self, piece: Link | Image | Mention | DueDate | Reference) -> str:
        """A piece that leads somewhere: never inside another one."""
        match piece:
            case DueDate(day):
                return f'<time datetime="{day.isoformat()}"/>'
            case Mention(handle):
                return self._mention(handle)
            case Link(children, address):
                return self._link(self._inline(children, linked=True) or _text(address), address)
            case Image(_, address):
                return self._link(_text(plain((piece,), self._page)), address)
            case Reference(key, kind, address):
                if kind == "issue":
                    return _macro("jira", [("key", key), ("showSummary", "false")])
                return self._link(_text(key), address)

    def _link(self, words: str, address: str) -> str:
        safe = web_address(address)
        return f'<a href="{_attribute(safe)}">{words}</a>' if safe else words

    def _mention(self, handle: str) -> str:
        account = self._page.account(handle)
        if self._flavour is Flavour.CLOUD:
            known = ("account-id", account.account_id)
        elif account.userkey:
            known = ("userkey", account.userkey)
        else:
            known = ("username", account.username)
        name, value = known
        if not value:
            return _text(self._page.name(handle))
        return f'<ac:link><ri:user ri:{name}="{_attribute(value)}"/></ac:link>'


def write(page: Page, flavour: Flavour = Flavour.DATA_CENTER) -> str:
    """The body of the page in storage format. Its title is not part of it."""
    return _Storage(page, flavour).page(page.blocks)


def write_cloud(page: Page) -> str:
    """The same for Cloud, where people are known by their account id."""
    return write(page, Flavour.CLOUD)
