"""Text copied off a wiki page as blocks.

Tables come as lines with tabs, lists as bullets or as tags without their ends, tasks as a tick or a box, owners and
dates as words. Where a list lost its bullets its items can't be told apart for sure: it stays one item where no sign
parts them, and the reading says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from textwrap import shorten

from dmlt_tui.notes import capture
from dmlt_tui.notes.language import KeyPattern, read_line
from dmlt_tui.notes.text import clean
from dmlt_tui.notes.tree import (
    Block,
    BulletList,
    DueDate,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListItem,
    MarkKind,
    Mention,
    Paragraph,
    Strong,
    Task,
    Text,
)
from dmlt_tui.page.model import Cell, CellBlock, Columns, PageBlock, Row, Table
from dmlt_tui.page.reading.agendas import agenda_columns
from dmlt_tui.page.reading.errors import check_length
from dmlt_tui.page.reading.names import People

_LINK = re.compile(r"-?\s*\[(?P<words>(?:\\.|[^\]\\])*)\]\((?P<address>[^)]*)\)\s*")
_BULLET = re.compile(r"\s*[-*•]\s+(?P<words>.*)")
_JUNK = re.compile(r"[-\s\t|]*")
_DAY = re.compile(r"day \d+\b.*\d{4}-\d\d-\d\d\s*", re.IGNORECASE)
_HEADINGS = {"logistics": 1, "date": 2, "location": 2, "attendees": 2, "participants": 2, "agenda": 1, "decisions": 1}
_HEADINGS |= {"attached documents": 2, "action item summary": 1, "pre-meeting planning": 1}
_ICON = re.compile(r"(?:PDF File|Image|File|ZIP Archive|Text File|Microsoft \w+ \w+)\s+(?=\S)")
_MACRO = re.compile(r"\s*-\s*Getting issue details\.\.\.\s*(?:<div>)?\s*STATUS\s*(?:</div>)?")
_TOKEN = re.compile(
    r"(?P<open><ul[^>]*>|<ol[^>]*>)|(?P<close></[uo]l>)|(?P<item><li[^>]*>)|(?P<end></li>|</?div[^>]*>)"
    r"|(?P<para><p[^>]*>)|(?P<parend></p>)|(?P<done><input[^>]*checked[^>]*>|[✓✔☑])|(?P<todo><input[^>]*>|[☐])"
    r"|(?P<bullet>[•◦▪])|(?P<br><br\s*/?>)"
)
_STYLED = re.compile(r"<(?P<tag>i|em|b|strong)>(?P<words>.*?)</(?P=tag)>", re.IGNORECASE | re.DOTALL)
# Where a sentence meets the next without a blank, an item of a list ended.
_GLUED = re.compile(
    r"(?<=[a-z0-9)”\"'][.?!:])(?=[A-Z“\"])|(?<=[a-z]\))(?=[A-Z][a-z])|(?<=[.?!]\))(?=[A-Z])|\s(?=\d{1,2}:\d\d\s*[-–]\s*\d{1,2}:\d\d:)"
)
_LEVELS = {"•": 1, "◦": 2, "▪": 3}
_ADDRESS = re.compile(r"https?://\S+")
_LONG_RUN = 2


@dataclass(slots=True)
class _Line:
    """A list item or paragraph on its way; level 0 is a paragraph."""

    level: int
    words: str
    done: bool | None = None
    below: list[str] = field(default_factory=list)
    run_on: bool = False


def read_copied(
    text: str, people: People, patterns: Sequence[KeyPattern] = ()
) -> tuple[str, tuple[PageBlock, ...], tuple[str, ...]]:
    """The title (the first line), the blocks, and what could not be read as more than text."""
    check_length(text)
    return _Copied(people, tuple(patterns)).read(clean(text))


class _Copied:
    """One page, line by line."""

    def __init__(self, people: People, patterns: tuple[KeyPattern, ...]) -> None:
        self._people = people
        self._patterns = patterns
        self._kept: list[str] = []
        self._out: list[PageBlock] = []
        self._rows: list[Row] = []
        self._heads: Row | None = None
        self._section = ""
        self._lists: list[list[ListItem]] = []

    def read(self, text: str) -> tuple[str, tuple[PageBlock, ...], tuple[str, ...]]:
        """Read all lines."""
        lines = text.split("\n")
        title = next((line.strip() for line in lines if line.strip()), "")
        started = False
        for line in lines:
            started, was = True if line.strip() else started, started
            if started and not was:
                continue  # the title
            self._line(line)
        self._end_table()
        self._end_list()
        return title, tuple(self._out), tuple(self._kept)

    def _line(self, line: str) -> None:
        words = line.strip()
        if not words:
            self._part_list()
            return
        if _JUNK.fullmatch(words):
            return
        if "\t" in line:
            self._end_list()
            self._row([cell.strip() for cell in line.split("\t")])
            return
        self._end_table()
        link, bullet = _LINK.fullmatch(words), _BULLET.match(line)
        if words.casefold() in _HEADINGS or _DAY.fullmatch(words):
            self._heading(words)
        elif link and link["address"] == "#" and self._section != "attendees":
            pass  # the table of contents, and what the wiki's own buttons say
        elif link or bullet:
            self._item(link["words"] if link else bullet["words"] if bullet else "", linked=link is not None)
        else:
            self._end_list()
            self._out.append(Paragraph(read_line(words, self._patterns)))

    def _heading(self, words: str) -> None:
        self._end_list()
        self._section = words.casefold()
        self._out.append(Heading(_HEADINGS.get(self._section, 2), (Text(words),)))

    # -- lists of people ----------------------------------------------------------------------------------------

    def _item(self, words: str, *, linked: bool) -> None:
        name = words.replace("\\", "").strip()
        piece: Inline = Link((Text(name),), "#") if linked else Text(name)
        if not self._lists:
            self._lists.append([])
        self._lists[-1].append(ListItem((Paragraph((piece,)),), 0))
        if self._section in ("attendees", "participants"):
            self._people.learn(name)

    def _part_list(self) -> None:
        if self._lists and self._lists[-1]:
            self._lists.append([])

    def _end_list(self) -> None:
        lists = [BulletList(tuple(items)) for items in self._lists if items]
        self._lists = []
        if len(lists) == 2:
            self._out.append(Columns((lists[0],), (lists[1],)))
        else:
            self._out += lists

    # -- tables -------------------------------------------------------------------------------------------------

    def _row(self, cells: list[str]) -> None:
        if _DAY.fullmatch(cells[0]) and not any(cells[1:]):
            self._end_table()
            self._heading(cells[0])
            self._rows = [self._heads] if self._heads else []
            return
        filled = [cell for cell in cells if cell]
        if _is_header(cells):
            self._end_table()
            row = Row(tuple(Cell((Paragraph((Text(cell),)),), header=True) for cell in cells))
            self._heads = row if agenda_columns(cells) else None
            self._rows = [row]
        elif len(filled) == 1 and len(cells) > 2 and cells[0]:
            self._rows.append(Row((Cell((Paragraph((Text(cells[0]),)),), header=True, colspan=len(cells)),)))
        elif len(filled) == 2 and len(cells) > 2 and cells[0] and cells[1]:
            wide = Cell(self._cell(cells[1]), colspan=len(cells) - 1)
            self._rows.append(Row((Cell(self._cell(cells[0])), wide)))
        else:
            self._rows.append(Row(tuple(Cell(self._cell(_ICON.sub("", cell, count=1))) for cell in cells)))

    def _end_table(self) -> None:
        if len(self._rows) > 1:
            self._out.append(Table(tuple(self._rows)))
        self._rows = []

    # -- cells --------------------------------------------------------------------------------------------------

    def _cell(self, text: str) -> tuple[CellBlock, ...]:
        lines = list(_lines(_MACRO.sub("", text)))
        if _MACRO.search(text):
            self._kept.append(
                f"the wiki's placeholder for details of an issue: {text[: text.find(' - Getting')][-30:]}"
            )
        for line in lines:
            if line.run_on:
                begin = shorten(line.words, 60, placeholder="…")
                self._kept.append(f"items of a list that ran together, as one: {begin}")
        return _tree([self._made(line) for line in lines])

    def _made(self, line: _Line) -> tuple[int, ListItem]:
        """A line with its level: 0 for paragraphs."""
        below = tuple(Paragraph(self._words(part)) for part in line.below)
        if line.done is None:
            return line.level, ListItem((Paragraph(self._words(line.words)), *below), 0)
        kind = MarkKind.ACTION_DONE if line.done else MarkKind.ACTION
        names = [
            capture.Name(person.id, person.name, person.aliases, person.initials)
            for person in self._people.known.values()
        ]
        found = capture.understand(line.words, names, date(2000, 1, 1))
        pieces: list[Inline] = []
        for owner in found.owners:
            pieces += [Mention(owner), Text(" ")]
        pieces += self._words(found.text)
        pieces += [Text(" "), DueDate(found.due)] if found.due else []
        return max(line.level, 1), ListItem((Paragraph(tuple(pieces)), *below), 0, kind, Task(0, line.done, ""))

    def _words(self, text: str) -> tuple[Inline, ...]:
        """Words of a cell: italics and addresses as such, all else literal."""
        pieces: list[Inline] = []
        at = 0
        for match in _STYLED.finditer(text):
            pieces += _with_addresses(text[at : match.start()])
            made = Emphasis if match["tag"].lower() in ("i", "em") else Strong
            pieces.append(made((Text(match["words"]),)))
            at = match.end()
        return (*pieces, *_with_addresses(text[at:]))


def _is_header(cells: Sequence[str]) -> bool:
    folded = [cell.casefold() for cell in cells]
    known = ("requested by", "task appears on", "modified", "phone dial-in")
    return any(name in folded for name in known) or (agenda_columns(cells) is not None and "topic" in folded)


def _with_addresses(text: str) -> list[Inline]:
    text = unescape(text).replace("\\$", "$")
    pieces: list[Inline] = []
    at = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(".,;:!?)")
        pieces += [Text(text[at : match.start()])] if match.start() > at else []
        pieces.append(Link((Text(address),), address))
        at = match.start() + len(address)
    return [*pieces, *([Text(text[at:])] if at < len(text) else [])]


def _lines(text: str) -> Iterator[_Line]:
    """The lines of a cell: paragraphs, and items of lists with their levels."""
    place = _Place()
    at = 0
    for match in _TOKEN.finditer(text):
        place.words(text[at : match.start()])
        place.sign(match.lastgroup or "", match[0])
        at = match.end()
    place.words(text[at:])
    yield from _owned(place.lines)


@dataclass(slots=True)
class _Place:
    """Where in a cell the reader is: how deep in lists, and what the next words belong to."""

    lines: list[_Line] = field(default_factory=list)
    depth: int = 0
    kind: str = ""
    level: int = 0

    def sign(self, name: str, text: str) -> None:
        """Take a tag or bullet."""
        match name:
            case "open":
                self.depth += 1
                self.kind, self.level = "list", self.depth
            case "close":
                self.depth = max(0, self.depth - 1)
                self.kind, self.level = ("list" if self.depth else ""), self.depth
            case "bullet" | "item":
                self.kind, self.level = "item", _LEVELS.get(text, max(self.depth, 1))
            case "done" | "todo":
                self.kind, self.level = name, max(self.level, 1)
            case "para":
                self.kind = ""
            case "parend":
                self.kind = "list" if self.depth else ""
            case "end" if self.kind not in ("done", "todo"):
                self.kind = ""

    def words(self, text: str) -> None:
        """Take the words up to the next sign."""
        words = " ".join(text.split())
        if not words:
            return
        if self.kind in ("done", "todo"):
            self.lines.append(_Line(self.level, words, self.kind == "done"))
        elif self.kind == "":
            self.lines.append(_Line(0, words))
        elif self.kind == "item":
            self.lines.append(_Line(self.level, words))
        else:
            parts = [part.strip() for part in _GLUED.split(words)]
            for part in parts:
                sentences = len(re.findall(r"[.?!](?=\s+[A-Z“\"])", part))
                self.lines.append(_Line(self.level, part, run_on=len(parts) == 1 and sentences >= _LONG_RUN))


def _owned(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, what follows an action given to it: its date, and a paragraph that more of the list stands behind."""
    out: list[_Line] = []
    for number, line in enumerate(lines):
        before = out[-1] if out else None
        more = any(later.level for later in lines[number + 1 :])
        if before is not None and before.done is not None and line.level == 0:
            if capture.understand(f"x {line.words}", (), date(2000, 1, 1)).text == "x":
                before.words = f"{before.words} {line.words}"
                continue
            follows = number + 1 < len(lines) and lines[number + 1].level > 0
            if more and follows:
                before.below.append(line.words)
                continue
        out.append(line)
    yield from out


def _tree(lines: Sequence[tuple[int, ListItem]]) -> tuple[CellBlock, ...]:
    """Blocks of lines with levels: deeper ones go into the item before them."""
    out: list[Block] = []
    at = 0
    while at < len(lines):
        level, item = lines[at]
        if level == 0:
            out += item.children
            at += 1
            continue
        end = at
        while end < len(lines) and lines[end][0] > 0:
            end += 1
        out.append(_nested(lines[at:end]))
        at = end
    return tuple(out)


def _nested(lines: Sequence[tuple[int, ListItem]]) -> BulletList:
    top = min(level for level, _ in lines)
    items: list[ListItem] = []
    at = 0
    while at < len(lines):
        level, item = lines[at]
        end = at + 1
        while end < len(lines) and lines[end][0] > max(level, top):
            end += 1
        children = (*item.children, _nested(lines[at + 1 : end])) if end > at + 1 else item.children
        items.append(ListItem(children, 0, item.mark, item.task))
        at = end
    return BulletList(tuple(items))
