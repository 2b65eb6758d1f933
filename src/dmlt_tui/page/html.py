"""Writes a page for a browser, in the elements Atlassian's editor knows its own nodes by.

Copied with the button on it and pasted into a Cloud editor, its tasks, mentions, dates, panels and columns are real
ones: the attributes are those that the published schema of the editor (adf-schema, parseDOM) reads. The title is shown
but is no part of the body, as the wiki has a field of its own for it. Text gets into the page through `_text` and
`_attribute` alone; the page loads nothing, and runs no script but the button's.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from html import escape

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
from dmlt_tui.page.words import date_words, mark_words, plain, printable, web_address

_MARK_COLOURS = {
    MarkKind.DECISION: "green",
    MarkKind.NO_DECISION: "red",
    MarkKind.QUESTION: "yellow",
    MarkKind.ANSWERED: "blue",
    MarkKind.PARKED: "neutral",
}
_TAGS: dict[type, str] = {Strong: "strong", Emphasis: "em", Strike: "s"}
MACROS = "com.atlassian.confluence.macro.core"

_STYLE = """
head { display: block } head > * { display: none }
title { display: block; font: 600 1.8rem/1.25 system-ui, sans-serif; max-width: 76rem; margin: 1.5rem auto 0 }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 1rem auto 4rem }
body { color: #172b4d; background: #fff }
title, body { padding: 0 1rem }
button { position: fixed; top: 1rem; right: 1rem; font: inherit; padding: .4rem .9rem; cursor: pointer }
table { border-collapse: collapse; margin: .5rem 0 1rem }
th, td { border: 1px solid #c1c7d0; padding: .35rem .6rem; text-align: left; vertical-align: top }
th, td[data-cell-background] { background: #f4f5f7 }
td > p, th > p { margin: 0 0 .3rem } ul, ol { margin: .2rem 0; padding-left: 1.3rem } a { color: #0747a6 }
[data-task-state]::before { content: "\\2610\\a0" } [data-task-state=DONE]::before { content: "\\2611\\a0" }
[data-mention-id], [data-node-type=date] { background: #ebecf0; border-radius: .3em; padding: 0 .25em }
[data-node-type=status] { border-radius: .2em; padding: 0 .35em; font-size: .8em; font-weight: 700 }
[data-node-type=status] { background: #dfe1e6 }
[data-color=green] { background: #e3fcef } [data-color=red] { background: #ffebe6 }
[data-color=yellow] { background: #fff0b3 } [data-color=blue] { background: #deebff }
[data-panel-type] { background: #eae6ff; padding: .6rem .9rem; border-radius: .2rem }
[data-layout-section] { display: flex; gap: 2rem } [data-layout-column] { flex: 1 }
pre { background: #f4f5f7; padding: .6rem; overflow: auto }
blockquote { border-left: 2px solid #c1c7d0; margin-left: 0; padding-left: 1rem }
@media print { button { display: none } }
@media (prefers-color-scheme: dark) {
  body { color: #d1d7e0; background: #1d2125 } html { background: #1d2125 } title { color: #fff } a { color: #85b8ff }
  th, td[data-cell-background], pre, [data-node-type], [data-mention-id], [data-panel-type] { background: #2c333a }
}
"""
_SCRIPT = """
const button = document.createElement("button");
button.textContent = "Copy for the wiki";
button.onclick = () => {
  const page = document.getElementById("page"), chosen = getSelection(), range = document.createRange();
  range.selectNodeContents(page);
  chosen.removeAllRanges();
  chosen.addRange(range);
  const put = event => {
    event.clipboardData.setData("text/html", page.innerHTML);
    event.clipboardData.setData("text/plain", page.innerText);
    event.preventDefault();
  };
  document.addEventListener("copy", put, { once: true });
  button.textContent = document.execCommand("copy") ? "Copied: paste it into the editor" : "Not copied: use Ctrl+C";
  chosen.removeAllRanges();
};
document.body.append(button);
"""


def _allowed(source: str) -> str:
    return f"'sha256-{b64encode(sha256(source.encode()).digest()).decode()}'"


_POLICY = f"default-src 'none'; style-src 'unsafe-inline'; script-src {_allowed(_SCRIPT)}"


def _text(text: str) -> str:
    """Text between tags."""
    return escape(printable(text), quote=False)


def _attribute(text: str) -> str:
    """Text between the quotes of an attribute."""
    return escape(" ".join(printable(text).split()), quote=True)


def timestamp(day: date) -> str:
    """The midnight a day begins with in UTC, in milliseconds, as Atlassian's editor keeps dates."""
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return str(int((moment - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()) * 1000)


def _macro(name: str, **parameters: str) -> str:
    """What the wiki fills itself; a browser shows nothing of it."""
    values = json.dumps({"macroParams": {key: {"value": value} for key, value in parameters.items()}})
    return (
        f'<div data-node-type="extension" data-extension-type="{MACROS}" data-extension-key="{name}" '
        f'data-parameters="{_attribute(values)}"></div>'
    )


class _Html:
    """One page on its way into HTML."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._ids = TaskIds()

    def page(self, blocks: Iterable[PageBlock]) -> str:
        """All blocks, a line each."""
        return "\n".join(self._page_block(block) for block in blocks)

    def _page_block(self, block: PageBlock) -> str:
        match block:
            case Panel(title, blocks):
                return (
                    f'<div data-panel-type="note"><div data-panel-content="true"><p><strong>{_text(title)}</strong></p>'
                    f"{self._blocks(blocks, PANEL)}</div></div>"
                )
            case Shared():
                return block.once("html", self._table)
            case Table():
                return self._table(block)
            case Columns(left, right):
                return f'<div data-layout-section="true">{self._column(left)}{self._column(right)}</div>'
            case Contents(depth):
                return _macro("toc", maxLevel=str(depth))
            case AttachmentList():
                return _macro("attachments", upload="false")
            case TaskReport(space):
                where = {"spaceAndPage": f"space:{space}"} if space else {}
                return _macro("tasks-report-macro", **where, status="incomplete", pageSize="20")
            case _:
                return self._blocks((block,), PAGE)

    def _column(self, blocks: Iterable[CellBlock]) -> str:
        inner = self._blocks(blocks, CELL) or "<p></p>"
        return (
            f'<div data-layout-column="true" data-column-width="50"><div data-layout-content="true">{inner}</div></div>'
        )

    def _table(self, table: Table) -> str:
        rows = "\n".join(self._row(row, table.widths) for row in table.rows)
        return f"<table><tbody>\n{rows}\n</tbody></table>"

    def _row(self, row: Row, widths: Sequence[int]) -> str:
        cells = []
        at = 0
        for cell in row.cells:
            cells.append(self._cell(cell, widths[at : at + cell.colspan]))
            at += cell.colspan
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell, widths: Sequence[int]) -> str:
        tag = "th" if cell.header else "td"
        span = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        shade = ' data-cell-background="#f4f5f7"' if cell.shaded else ""
        width = f' data-colwidth="{",".join(map(str, widths))}"' if widths else ""
        return f"<{tag}{span}{width}{shade}>{self._blocks(cell.blocks, CELL) or '<p></p>'}</{tag}>"

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
                named = f' data-language="{_attribute(language)}"' if language else ""
                return f"<pre{named}><code>{_text(text.removesuffix(chr(10)))}</code></pre>"
            case Quote(children):
                return f"<blockquote>{self._blocks(children, ITEM)}</blockquote>"
            case Rule():
                return "<hr>"
            case NoteTable():
                return self._table(as_table(block))

    def _list(self, block: BulletList | OrderedList) -> str:
        out = []
        for part in parted(block):
            match part:
                case TaskRun(items):
                    tasks = "".join(map(self._task, items))
                    out.append(f'<div data-node-type="actionList" data-task-list-local-id="tasks">{tasks}</div>')
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
            colour = _MARK_COLOURS[item.mark]
            label = f'<span data-node-type="status" data-color="{colour}">{mark_words(item)}</span> '
        return f"<li><p>{label}{self._inline(words)}</p>{self._blocks(below, ITEM)}</li>"

    def _task(self, item: ListItem) -> str:
        state = "DONE" if item.task and item.task.done else "TODO"
        words = self._inline(task_words(item))
        return f'<div data-task-local-id="{self._ids.next()}" data-task-state="{state}">{words}</div>'

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
                return "<br>" if hard else " "
            case _ if linked:
                return _text(plain((piece,), self._page))
            case _:
                return self._pointer(piece)

    def _pointer(self, piece: Link | Image | Mention | DueDate | Reference) -> str:
        """A piece that leads somewhere: never inside another one."""
        match piece:
            case DueDate(day):
                return f'<span data-node-type="date" data-timestamp="{timestamp(day)}">{date_words(day)}</span>'
            case Mention(handle):
                return self._mention(handle)
            case Link(children, address):
                return self._link(self._inline(children, linked=True) or _text(address), address)
            case Image(_, address):
                return self._link(_text(plain((piece,), self._page)), address)
            case Reference(key, kind, address):
                return self._link(_text(key), address, card=kind == "issue")

    def _link(self, words: str, address: str, *, card: bool = False) -> str:
        safe = web_address(address)
        kind = ' data-inline-card=""' if card else ""
        return f'<a{kind} href="{_attribute(safe)}">{words}</a>' if safe else words

    def _mention(self, handle: str) -> str:
        """A mention where the account of Cloud is known, else the name: an id is never guessed."""
        account_id = self._page.account(handle).account_id
        name = _text(self._page.name(handle))
        return f'<span data-mention-id="{_attribute(account_id)}">@{name}</span>' if account_id else name


def write(page: Page) -> str:
    """The page as a whole document, which loads nothing from anywhere."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{_text(page.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<main id="page">\n{_Html(page).page(page.blocks)}\n</main>\n<script>{_SCRIPT}</script>\n</body>\n</html>\n'
    )
