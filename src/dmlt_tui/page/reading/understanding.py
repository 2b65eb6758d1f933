"""Makes a meeting of a page's blocks: what each section and table says, and what none of them does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, tzinfo

from msgspec.structs import replace

from dmlt_tui.meeting.model import (
    Attachment,
    Attendee,
    Day,
    Item,
    Logistics,
    Meeting,
    Notice,
    Request,
    Session,
)
from dmlt_tui.notes import tree
from dmlt_tui.notes.tree import BulletList, Heading, Paragraph
from dmlt_tui.page.model import (
    AttachmentList,
    CellBlock,
    Columns,
    Contents,
    PageBlock,
    Panel,
    Table,
    TaskReport,
)
from dmlt_tui.page.reading import agendas, rows
from dmlt_tui.page.reading.blocks import inner_blocks
from dmlt_tui.page.reading.cells import (
    ONLY_DATES,
    attending,
    day_in,
    days_in,
    note,
    plain_words,
    words,
)
from dmlt_tui.page.reading.names import People
from dmlt_tui.page.reading.reading import OpenAction, Reading
from dmlt_tui.page.typed import line_text
from dmlt_tui.page.words import web_address

_DAY = re.compile(r"day (\d+)\b.*", re.IGNORECASE)
_CALL = re.compile(r"meeting id:\s*(.+)", re.IGNORECASE)
_DIAL = re.compile(r"dial by your location:?", re.IGNORECASE)
_SECTIONS = ("logistics", "date", "location", "attendees", "agenda", "attached documents", "action item summary")
_ABSENT = re.compile(r"\W*(?:regrets|apologies|absent|absences?|excused|not (?:present|attending))\b", re.IGNORECASE)
_PARTED = ("logistics", "agenda")  # sections that may begin with the heading of a part
_OTHER = "From the page"


@dataclass(slots=True)
class Found:
    """What has been read of a page so far."""

    title: str = ""
    days: list[Day] = field(default_factory=list)
    logistics: Logistics = field(default_factory=Logistics)
    attendees: list[Attendee] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    actions: list[OpenAction] = field(default_factory=list)
    left: list[CellBlock] = field(default_factory=list)
    label: str = ""
    doubts: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


class Understanding:
    """Goes through a page from top to bottom; the last heading says what a block is for."""

    def __init__(
        self, people: People, new_id: Callable[[], str], where: tzinfo, *, only_accounts: bool = False
    ) -> None:
        """With `only_accounts`, those without an account are told of nothing: the page names them in plain text."""
        self._people = people
        self._only_accounts = only_accounts
        self._new_id = new_id
        self._agenda = agendas.Agenda(people, new_id, where)
        self._found = Found()
        self._title = ""
        self._section = ""
        self._above: Heading | None = None  # names a section of which nothing was left yet
        self._bare = False  # whether nothing came below the last heading yet
        self._noticed: list[CellBlock] = []  # what the notice says below its title
        self._group = ""  # the line above a part of the attendees: "Chair:"
        self._dates: list[date] = []
        self._day: date | None = None

    def read(self, blocks: Sequence[PageBlock], title: str, meeting_id: str, zone: str) -> Reading:
        """Read a whole page."""
        self._title = " ".join(title.split())
        for block in blocks:
            self._block(block)
        self._close(0)
        found = self._found
        notice = found.logistics.notice
        if notice:
            found.logistics = replace(found.logistics, notice=replace(notice, text=note(self._noticed)))
        days = self._days(title)
        meeting = Meeting(
            id=meeting_id,
            title=" ".join((title or found.title).split()) or "Untitled meeting",
            zone=zone,
            zone_label=found.label,
            days=days,
            logistics=found.logistics,
            attendees=tuple(found.attendees),
            attachments=tuple(found.attachments),
        )
        requests = tuple(replace(request, meeting=meeting_id) for request in found.requests)
        doubts = (*found.doubts, *self._agenda.doubts, *self._people.doubts)
        people = tuple(self._people.learnt.values())
        return Reading(meeting, people, requests, tuple(found.actions), tuple(dict.fromkeys(doubts)), tuple(found.kept))

    def _block(self, block: PageBlock) -> None:
        self._bare = self._bare and (isinstance(block, Heading) or _is_blank(block))
        match block:
            case Heading(level, children):
                self._heading(level, plain_words(children), block)
            case Table():
                self._table(block)
            case Columns(left, right):
                self._two_lists(left, right)
            case Panel(title, blocks):
                if self._found.logistics.notice is None:
                    self._notice(title, blocks)
                else:
                    self._leave(*inner_blocks([block]))
            case Contents() | AttachmentList() | TaskReport():
                pass  # the wiki fills these by itself
            case _:
                self._plain(block)

    def _heading(self, level: int, text: str, block: Heading) -> None:
        folded = text.casefold().strip(" :")
        day = _DAY.fullmatch(folded)
        if day:
            self._close(level)
            self._day = day_in(text)
            self._section, self._above = "agenda", block
        elif folded in _SECTIONS or folded in ("pre-meeting planning", "decisions", "participants", "contents"):
            self._close(level)
            self._section, self._above = "attendees" if folded == "participants" else folded, block
        elif level == 1 and not self._section and " ".join(text.split()) == (self._title or text):
            self._found.title = self._title = text
        else:
            self._close(0)
            self._section = "" if level <= 2 else self._section
            self._leave(block)
        self._bare, self._group = True, ""

    def _close(self, level: int) -> None:
        """End the section there was, at a heading of `level`; its own, with nothing below it, is kept."""
        above, self._above = self._above, None
        if above and self._bare and (level <= above.level or self._section not in _PARTED):
            self._leave(above)

    def _leave(self, *blocks: CellBlock) -> None:
        """Keep blocks no section takes, below the heading they stand under."""
        above, self._above = self._above, None
        self._found.left += [above, *blocks] if above else blocks

    # -- logistics ----------------------------------------------------------------------------------------------

    def _notice(self, title: str, blocks: Sequence[CellBlock]) -> None:
        inner = list(inner_blocks(blocks))
        first = inner[0] if inner else None
        alone = isinstance(first, Paragraph) and [type(piece) for piece in first.children] == [tree.Strong]
        if not title and alone:
            title = words(inner[:1])
            del inner[0]
        self._found.logistics = replace(self._found.logistics, notice=Notice(title=title))
        self._noticed += inner

    def _plain(self, block: CellBlock) -> None:
        text = words([block])
        if _is_blank(block):
            return
        if self._section == "date":
            days = days_in(text)
            self._dates += days
            if not days or not ONLY_DATES.fullmatch(text):
                self._leave(block)
        elif self._section == "attendees" and isinstance(block, BulletList):
            self._attend(block)
        elif self._section == "attendees" and isinstance(block, Paragraph):
            self._group = text
            self._leave(block)
        elif self._section == "location" and isinstance(block, Paragraph):
            place = self._found.logistics.place
            self._place(", ".join(part for part in (place, line_text(block.children)) if part))
        elif self._section == "logistics" and isinstance(block, Paragraph) and self._found.logistics.notice is None:
            self._notice(text, ()) if len(text) < 60 else self._notice("", [block])
        elif not text and isinstance(block, Paragraph):
            pass
        elif self._section == "logistics" and self._above and self._found.logistics.notice:
            self._noticed.append(block)  # right behind the notice, above any other heading
        else:
            self._leave(block)

    def _place(self, place: str) -> None:
        self._found.logistics = replace(self._found.logistics, place=place)

    def _two_lists(self, left: Sequence[CellBlock], right: Sequence[CellBlock]) -> None:
        for block in (*left, *right):
            self._plain(block)

    def _attend(self, block: BulletList) -> None:
        """Take a list of people: those mentioned are to be told. Lines that say more than new names are kept too."""
        kept: list[tree.ListItem] = []
        there = {known.person for known in self._found.attendees}
        ticked = any(item.task and item.task.done for item in block.items)
        for item in block.items:
            if _ABSENT.match(self._group) or _is_struck(item) or (ticked and item.task and not item.task.done):
                kept.append(item)
                continue
            pieces = [piece for child in item.children if isinstance(child, Paragraph) for piece in child.children]
            mention = any(self._tells(piece) for piece in pieces)
            handles = attending(", ".join(words([child]) for child in item.children), self._people)
            more = any(self._leads_elsewhere(piece) for piece in pieces) or not _are_words(item.children)
            again = bool(handles) and there.issuperset(handles)
            if self._group or again or more or self._says_more(words(item.children), handles):
                kept.append(item)
            self._found.attendees += [Attendee(person=one, mention=mention) for one in handles if one not in there]
            there.update(handles)
        if kept:
            self._leave(BulletList(tuple(kept)))

    def _leads_elsewhere(self, piece: tree.Inline) -> bool:
        """Whether a piece is a link that is no mention: on pages that know accounts, a name's link leads to those."""
        return isinstance(piece, tree.Link) and not self._only_accounts and bool(web_address(piece.address))

    def _says_more(self, text: str, handles: Sequence[str]) -> bool:
        """Whether a line says more than who these people are."""
        for handle in handles:
            person = self._people.known.get(handle)
            for name in (f"@{handle}", *((person.name, *person.aliases) if person else ())):
                text = text.replace(name, " ")
        return any(sign.isalnum() for sign in text)

    def _tells(self, piece: tree.Inline) -> bool:
        if isinstance(piece, tree.Mention):
            person = self._people.known.get(piece.handle)
            return not self._only_accounts or bool(person and person.account)
        return isinstance(piece, tree.Link)

    # -- tables -------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        heads = [words(cell.blocks) for cell in table.rows[0].cells]
        folded = [head.casefold() for head in heads]
        columns = agendas.agenda_columns(heads)
        if "requested by" in folded:
            self._found.requests += [
                rows.request(row, folded, self._people, self._new_id, self._found.doubts) for row in table.rows[1:]
            ]
        elif "task appears on" in folded or folded[:2] == ["description", "due date"]:
            found = (rows.action(row, self._people) for row in table.rows[1:])
            self._found.actions += [action for action in found if action]
        elif columns is not None and len(table.rows) > 1:
            self._found.label = self._found.label or agendas.zone_label(heads[columns.time])
            self._agenda_of(table, columns)
        elif folded[:2] == ["file", "modified"]:
            self._found.attachments += [
                rows.attachment(row, self._people, self._new_id, self._found.kept) for row in table.rows[1:]
            ]
        elif "phone dial-in" in folded or "browser" in folded:
            self._location(table, folded)
        elif self._section != "decisions" or folded != ["", "what", "topic"]:
            self._leave(*inner_blocks([table]))

    def _agenda_of(self, table: Table, columns: agendas.Columns) -> None:
        day = self._day
        if day is None:
            taken = {known.date for known in self._found.days}
            day = next((known for known in self._dates if known not in taken), None)
            if day is None:
                day = date(1970, 1, 1) if not self._found.days else self._found.days[-1].date
                self._found.doubts.append("an agenda names no day")
        made = self._agenda.day(day, table, columns)
        same = next((at for at, known in enumerate(self._found.days) if known.date == day), None)
        if same is None:
            self._found.days.append(made)
        else:
            known = self._found.days[same]
            self._found.days[same] = replace(known, sessions=(*known.sessions, *made.sessions))

    def _location(self, table: Table, heads: Sequence[str]) -> None:
        logistics = self._found.logistics
        access: list[CellBlock] = []
        for row in table.rows[1:]:
            for head, cell in zip(heads, row.cells, strict=False):
                for block in cell.blocks:
                    logistics = self._phone(logistics, block) if "phone" in head else logistics
                    if "phone" not in head:
                        links = rows.links_of(block)
                        logistics = replace(logistics, links=(*logistics.links, *links))
                        access += [] if links else [block]
        self._found.logistics = replace(logistics, access=note(access))

    def _phone(self, logistics: Logistics, block: CellBlock) -> Logistics:
        text = words([block])
        call = _CALL.fullmatch(text)
        if call:
            return replace(logistics, call_id=call[1])
        if isinstance(block, BulletList):
            return replace(logistics, dial_in=tuple(words(item.children) for item in block.items))
        if not _DIAL.fullmatch(text):
            self._found.left.append(block)
        return logistics

    # -- what is left -------------------------------------------------------------------------------------------

    def _days(self, title: str) -> tuple[Day, ...]:
        """The days in order; what no section took is kept as the notes of an item of its own."""
        found = self._found
        days = sorted(found.days, key=lambda day: day.date)
        for day in self._dates:
            if all(known.date != day for known in days):
                days.append(Day(id=self._new_id(), date=day))
        rest = note(found.left, 0)
        if rest:
            lines = len(rest.splitlines())
            found.kept.append(f"{lines} line{'' if lines == 1 else 's'} outside of the agenda, in the item {_OTHER!r}")
            days = days or [self._dated(title)]
            days[-1] = self._with_rest(days[-1], rest)
        return tuple(sorted(days, key=lambda day: day.date))

    def _dated(self, title: str) -> Day:
        day = day_in(title) or day_in(self._found.title) or day_in(words(self._found.left))
        if day is None:
            self._found.doubts.append("no date is named; 1 January 1970 stands for it")
        return Day(id=self._new_id(), date=day or date(1970, 1, 1))

    def _with_rest(self, day: Day, rest: str) -> Day:
        item = Item(id=self._new_id(), title=_OTHER, notes=rest)
        if not day.sessions:
            return replace(day, sessions=(Session(id=self._new_id(), start=time(9), items=(item,)),))
        last = day.sessions[-1]
        return replace(day, sessions=(*day.sessions[:-1], replace(last, items=(*last.items, item))))


def _is_blank(block: PageBlock) -> bool:
    return isinstance(block, Paragraph) and not words([block])


def _is_struck(item: tree.ListItem) -> bool:
    """Whether all words of a line are struck out, as of somebody who did not come."""
    pieces = [piece for child in item.children if isinstance(child, Paragraph) for piece in child.children]
    return bool(pieces) and all(isinstance(piece, tree.Strike) or not plain_words([piece]) for piece in pieces)


def _are_words(blocks: Iterable[tree.Block]) -> bool:
    """Whether blocks are paragraphs and lists of these alone, which `words` has all words of."""
    return all(
        isinstance(block, Paragraph)
        or (isinstance(block, BulletList | tree.OrderedList) and all(_are_words(item.children) for item in block.items))
        for block in blocks
    )
