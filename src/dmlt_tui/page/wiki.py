"""Writes Confluence wiki markup, for Insert > Markup of Data Center.

The rules are those of Atlassian's renderer (backslash escapes, phrases, lists, tables whose rows span lines). What it
can't say is said otherwise: actions are bullets with ☐ or ☑ and the due date as text, full-width rows are filled up
with blank cells, columns are a table of one row, and in a cell or a list item all that is no paragraph is a list.
Text gets onto the page through `_escape` and `_parameter`, addresses through `_address`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

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
from dmlt_tui.page.fit import PAGE, as_table, fit, flat, narrow
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
from dmlt_tui.page.words import date_words, mark_words, plain, printable, web_address

# Lists nest this deep, no deeper (the list parser of Atlassian's editor; the Java one has no limit).
_DEEPEST = 20

_MARKS: dict[type, str] = {Strong: "*", Emphasis: "_", Strike: "-"}

_WORD = "A-Za-z0-9"
_SPECIAL = re.compile(
    rf"""
      (?P<entity> \\ | &(?=\#?\w+;) | :(?=-?[DPp](?![{_WORD}])) )  # no backslash helps: breaks, entities, emoticons
    | (?P<sign>
        [{{}}\[\]|]                                                # macros, links, cells
      | (?<![{_WORD}])[*_+^~-] | [*_+^~-](?![{_WORD}])             # phrases; inside a word they are letters
      | !(?!\s) | (?<=\?)\? | \?(?=\?)                             # images, citations
      | (?<=[:;])[()] | (?<=[:;]-)[()]                             # emoticons, with and without a nose
      | \((?=(?:[yni/x!+?*-]|on|off|\*[rgby]|flag|flagoff)\))      # and in brackets
      )
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(r"^\s*(?:(?P<name>h[1-6]|bq)(?P<dot>\.)|(?P<hash>\#))")
_SCHEME = re.compile(r"(?:https?|ftps?)://[^\s<>\"|]*[^\s<>\"|.,;:!?'(\[{)\]}]|(?:irc|mailto|file|nntp|news):(?=\S)")
# Line ends that stop the dot of Java's expressions, so that it loses the table.
_LINE_ENDS = re.compile("[\x85\u2028\u2029\t\n ]+")


def _entity(sign: str) -> str:
    return f"&#{ord(sign)};"


def _escape(text: str, *, marked: bool = False) -> str:
    """Text as literal characters, anywhere but at the start of a line (see _line).

    Between phrase marks there are entities only: Atlassian's editor takes backslashes away there and reads once more.
    """

    def literal(match: re.Match[str]) -> str:
        return _entity(match[0]) if marked or match["entity"] else f"\\{match[0]}"

    return _SPECIAL.sub(literal, _LINE_ENDS.sub(" ", printable(text)))


def _parameter(text: str) -> str:
    """Text in a parameter of a macro, which has no way to write the signs that end it."""
    return _LINE_ENDS.sub(" ", printable(text)).translate({ord(sign): " " for sign in "{}|=\\"}).strip()


def _address(address: str) -> str:
    """An address a link may lead to, with what would end the link in percent signs; nothing for others."""
    return quote(web_address(address), safe="%/:?#@!$&'()*+,;=~-._")


def _line(text: str, *, marked: bool = False) -> str:
    """Markup at the start of a line, of a cell or of any phrase, where headings and numbered lists begin."""

    def literal(match: re.Match[str]) -> str:
        return f"{match['name']}&#46;" if match["name"] else "&#35;" if marked else "\\#"

    return _LINE_START.sub(literal, text.strip(" "))


class _Wiki:
    """One page on its way into wiki markup."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._bold = False  # in a header cell, which is bold by itself

    def page(self, blocks: Iterable[PageBlock]) -> str:
        """All blocks, a blank line between two."""
        parts = [self._page_block(block) for block in blocks]
        return "\n\n".join(part for part in parts if part) + "\n"

    def _page_block(self, block: PageBlock) -> str:
        match block:
            case Note(_, blocks):
                return self._blocks(blocks)
            case Panel(title, blocks):
                return f"{{panel:title={_parameter(title)}}}\n{self._blocks(blocks)}\n{{panel}}"
            case Shared():
                return block.once("wiki", lambda table: self._table(table.rows))
            case Table(rows):
                return self._table(rows)
            case Columns(left, right):
                return self._table([Row((Cell(left), Cell(right)))])
            case Contents(depth):
                return f"{{toc:maxLevel={depth}}}"
            case AttachmentList():
                return "{attachments:upload=false}"
            case TaskReport():
                return ""  # no form of it in wiki markup is documented
            case _:
                return self._blocks((block,))

    def _blocks(self, blocks: Iterable[CellBlock]) -> str:
        parts = []
        for block in blocks:
            inner = block.blocks if isinstance(block, Note) else (block,)
            parts += [self._block(fitted) for fitted in fit(inner, PAGE)]
        return "\n\n".join(part for part in parts if part)

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph(children):
                return _line(self._inline(children))
            case Heading(level, children):
                return f"h{level}. {_line(self._inline(children))}"
            case BulletList() | OrderedList():
                return "\n".join(self._list(block, ""))
            case CodeBlock(text):
                return self._code(printable(text))
            case Quote(children):
                return f"{{quote}}\n{self._blocks(children)}\n{{quote}}"
            case Rule():
                return "----"
            case NoteTable():
                return self._table(as_table(block).rows)

    def _code(self, text: str) -> str:
        if "{noformat" in text:
            return _line(self._inline(_code_lines(text)))
        return "{noformat}\n" + text.rstrip("\n") + "\n{noformat}"

    def _table(self, rows: Sequence[Row]) -> str:
        return "\n".join(self._row(row) for row in rows)

    def _row(self, row: Row) -> str:
        """A row, over as many lines as its lists have. A line that ends in a bar ends it, an empty one the table."""
        out = ""
        bar = "|"
        for cell in row.cells:
            self._bold = cell.header
            bar = "||" if cell.header else "|"
            lines = [_no_bar_last(line) for line in self._cell(cell.blocks) if line.strip()]
            out += bar + ("\n".join(lines) or " ") + f"{bar} " * (cell.colspan - 1)
        self._bold = False
        return out + bar

    def _cell(self, blocks: Sequence[CellBlock]) -> list[str]:
        """The lines of a cell: text, then lists. Text after a list would join its last item, so it becomes an item."""
        lines: list[str] = []
        listed = False
        for block in blocks:
            for part in narrow(block.blocks if isinstance(block, Note) else (block,)):
                if isinstance(part, BulletList | OrderedList):
                    lines += self._list(part, "")
                    listed = True
                else:
                    words = _line(self._inline(_as_inline(part)))
                    lines.append(f"* {words}" if listed else words)
        return lines

    def _list(self, block: BulletList | OrderedList, above: str) -> list[str]:
        """A list. It counts from 1, so the items of one that counts from elsewhere are bullets with their numbers."""
        if isinstance(block, OrderedList) and block.start != 1:
            prefix = (above + "*")[:_DEEPEST]
            numbered = enumerate(block.items, block.start)
            return [line for number, item in numbered for line in self._item(item, prefix, above, f"{number}. ")]
        prefix = (above + ("*" if isinstance(block, BulletList) else "#"))[:_DEEPEST]
        return [line for item in block.items for line in self._item(item, prefix, above)]

    def _item(self, item: ListItem, prefix: str, above: str, label: str = "") -> list[str]:
        """An item: `label` and its paragraphs on one line, its lists, then what stands behind these as own items."""
        words: list[str] = []
        lines: list[str] = []
        for child in narrow(item.children):
            if isinstance(child, BulletList | OrderedList):
                # An item without words of its own would be an empty bullet: its list takes its place.
                lines += self._list(child, prefix if words else above)
            elif lines:
                lines.append(f"{prefix[:-1]}** {_line(self._inline(_as_inline(child)))}")
            else:
                words.append(_line(self._inline(_as_inline(child))))
        label += "☑ " if item.task and item.task.done else "☐ " if item.task else ""
        if mark_words(item):
            label += f"*{mark_words(item)}:* "
        first = label + "\\\\ ".join(words)
        return [f"{prefix} {first}", *lines] if first.strip() else lines

    def _inline(self, children: Iterable[Inline], *, marked: bool = False) -> str:
        pieces = [part for child in self._run(flat(children, bold=self._bold)) for part in self._piece(child, marked)]
        out = ""
        for number, (sign, text) in enumerate(pieces):
            following = pieces[number + 1] if number + 1 < len(pieces) else ("", "")
            out += _phrase(sign, text, out[-1:], "".join(following)[:1]) if sign else text
        return out

    def _run(self, pieces: Iterable[Inline]) -> Iterator[Inline]:
        """The pieces, those that are plain words joined: an address may begin in one and end in the next."""
        words = ""
        for piece in pieces:
            plain_words = self._words(piece)
            if plain_words is None:
                yield from (Text(words),) if words else ()
                words = ""
                yield piece
            else:
                words += plain_words
        yield from (Text(words),) if words else ()

    def _words(self, piece: Inline) -> str | None:
        """What stands on the page as plain words; None for a piece that has markup of its own."""
        match piece:
            case Text(text):
                return text
            case Mention(handle) if not _USERNAME.fullmatch(self._page.account(handle).username):
                return self._page.name(handle)
            case DueDate(day):
                return date_words(day)
            case _:
                return None

    def _piece(self, piece: Inline, marked: bool) -> list[tuple[str, str]]:
        """A piece as parts, each with the sign to set around it, or none."""
        match piece:
            case Text() | DueDate():
                return [("", self._text(self._words(piece) or "", marked))]
            case Strong(children) | Emphasis(children) | Strike(children):
                return _marked(_MARKS[type(piece)], self._inline(children, marked=True))
            case Code(text):
                return _marked("{{", _escape(text))
            case Break(hard):
                return [("", "\\\\ " if hard else " ")]
            case Mention(handle):
                return [("", f"[~{self._page.account(handle).username}]")]
            case Link(_, address) | Image(_, address) | Reference(_, _, address):
                return [("", self._link(plain((piece,), self._page), address))]

    def _text(self, text: str, marked: bool) -> str:
        """Text in which a bare address is a link, as the wiki would make it one, escapes and all."""
        out = ""
        at = 0
        for match in _SCHEME.finditer(text):
            found = match[0]
            out += _escape(text[at : match.start()], marked=marked)
            out += self._link(found, found) if "://" in found else f"{found[:-1]}&#58;"
            at = match.end()
        return out + _escape(text[at:], marked=marked)

    def _link(self, words: str, address: str) -> str:
        target = _address(address)
        if not target:
            return _escape(words)
        if words == address and any(sign in words for sign in "[]|"):
            words = target
        shown = _line(_escape(words.translate(_LINK_TEXT)))
        return f"[{target}]" if shown == target else f"[{shown}|{target}]"


_USERNAME = re.compile(r"[^\s\[\]|{}~#^!:\\]+")
# No way to write these in a link's words is read right by all of Atlassian's parsers.
_LINK_TEXT = str.maketrans({"[": "(", "]": ")", "|": "/"})
_CLOSED = re.compile(r"[\s(\"'.,;:!?)]?")


def _marked(sign: str, text: str) -> list[tuple[str, str]]:
    """Markup to be set between signs, without the blanks at its ends, which may not stand inside them."""
    inner = text.strip(" ")
    if not inner:
        return [("", text)]
    lead, trail = text[: text.index(inner)], text[text.index(inner) + len(inner) :]
    return [part for part in (("", lead), (sign, _line(inner, marked=True)), ("", trail)) if part[1]]


def _phrase(sign: str, inner: str, before: str, after: str) -> str:
    """Words between two signs, which stand in braces where letters touch them.

    Between signs in braces the next such sign ends the phrase, even inside a word, a link or a mention.
    """
    closing = sign.replace("{", "}")
    if _CLOSED.fullmatch(before) and _CLOSED.fullmatch(after):
        return f"{sign}{inner}{closing}"
    if sign in inner and "[" in inner:
        return inner
    inner = inner.replace(sign, _entity(sign)) if len(sign) == 1 else inner
    return f"{{{sign}}}{inner}{{{closing}}}"


def _no_bar_last(line: str) -> str:
    """A line of a cell that does not end in a bar, not even an escaped one."""
    return re.sub(r"\\\|(?=\s*$)", "&#124;", line)


def _as_inline(block: Paragraph | CodeBlock) -> tuple[Inline, ...]:
    return block.children if isinstance(block, Paragraph) else _code_lines(block.text)


def _code_lines(text: str) -> tuple[Inline, ...]:
    lines: list[Inline] = []
    for line in text.rstrip("\n").split("\n"):
        lines += [Code(line), Break(hard=True)]
    return tuple(lines[:-1])


def write(page: Page) -> str:
    """The body of the page in wiki markup. Its title is not part of it."""
    return _Wiki(page).page(page.blocks)
