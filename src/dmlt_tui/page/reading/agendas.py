"""The agenda of a page: its tables as days, sessions and items."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from msgspec.structs import replace

from dmlt_tui.meeting.model import Day, Item, ItemKind, Link, Session, Span
from dmlt_tui.notes.tree import BulletList, Inline, OrderedList, Paragraph
from dmlt_tui.page.model import CellBlock, Row, Table
from dmlt_tui.page.reading.cells import (
    When,
    minutes_between,
    named,
    note,
    one_name,
    slot,
    title_and_link,
    turns,
    when,
    words,
)
from dmlt_tui.page.reading.names import People

_MODERATOR = re.compile(r"(?:moderator|chair|facilitator)s?\s*:?\s*(.*)", re.IGNORECASE)
_GUESTS = re.compile(r"guests?:\s*(.*)", re.IGNORECASE)
_BREAK = re.compile(r"(?:\w+ )?(?:break|lunch|coffee|tea|pause|dinner)\b", re.IGNORECASE)
_CLOSE = re.compile(r"(?:close|end|adjourn\w*|finish)\b.{0,20}$", re.IGNORECASE)
_NOON = time(9)


@dataclass(slots=True)
class _Entry:
    """A row on its way to an item: what it shows, and its item but for lengths."""

    item: Item
    shown: When


@dataclass(slots=True)
class _Part:
    """A session on its way: its moderator, what else is said of them, and its rows."""

    moderator: str
    more: str = ""
    entries: list[_Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of an agenda holds what; -1 for those it lacks."""

    time: int
    topic: int
    coordinator: int
    preparation: int
    notes: int


def agenda_columns(heads: Sequence[str]) -> Columns | None:
    """Find the columns of an agenda by their names; None for the heads of another table."""

    def at(*names: str) -> int:
        found = (index for index, head in enumerate(heads) if any(name in head.casefold() for name in names))
        return next(found, -1)

    columns = Columns(
        at("time", "start"),
        at("topic", "item", "subject", "session", "agenda"),
        at("coordinator", "presenter", "speaker", "lead", "owner", "who"),
        at("pre-meeting", "preparation", "background"),
        at("running notes", "minutes", "discussion", "notes & actions"),
    )
    if columns.notes < 0:
        last = [
            index for index, head in enumerate(heads) if "notes" in head.casefold() and index != columns.preparation
        ]
        columns = Columns(
            columns.time, columns.topic, columns.coordinator, columns.preparation, last[-1] if last else -1
        )
    return columns if columns.time >= 0 and columns.topic >= 0 and columns.time != columns.topic else None


def zone_label(head: str) -> str:
    """What the column of times calls its zone: "Time (Project)" is Project."""
    match = re.search(r"\((.*)\)", head)
    return match[1].strip() if match else ""


class Agenda:
    """Reads one day's table after the other."""

    def __init__(self, people: People, new_id: Callable[[], str], where: tzinfo = UTC) -> None:
        self._people = people
        self._new_id = new_id
        self._where = where
        self.doubts: list[str] = []

    def day(self, day: date, table: Table, columns: Columns) -> Day:
        """Read the table of a day."""
        parts: list[_Part] = []
        for row in table.rows[1:]:
            begun = self._begun(row)
            if begun is not None:
                parts.append(begun)
                continue
            entry = self._entry(row, columns, day)
            if entry is None:
                continue
            if not parts:
                parts.append(_Part(""))
                self.doubts.append(f"{day}: the first session names no moderator")
            parts[-1].entries.append(entry)
        return Day(id=self._new_id(), date=day, sessions=self._timed(day, parts))

    def _begun(self, row: Row) -> _Part | None:
        """The session a row begins that names its moderator; None for other rows."""
        filled = [cell for cell in row.cells if words(cell.blocks)]
        match = _MODERATOR.fullmatch(words(filled[0].blocks[:1])) if len(filled) == 1 else None
        if not match:
            return None
        if match[1].strip().casefold() in ("", "not yet named", "tbd"):
            return _Part("")
        handles, more = named(match[1], self._people)
        return _Part(handles[0] if handles else "", note(filled[0].blocks[:1]) if more or len(handles) > 1 else "")

    def _entry(self, row: Row, columns: Columns, day: date) -> _Entry | None:
        if not any(words(cell.blocks) for cell in row.cells):
            return None
        wide = len(row.cells) < columns.topic + 2 or row.cells[columns.topic].colspan > 1
        shown = when(_at(row, columns.time))
        topic = list(_at(row, columns.topic))
        title, link = "", None
        first = topic[0] if topic else None
        if isinstance(first, Paragraph):
            title, link = title_and_link(first.children)
            del topic[0]
        kind = self._kind(title, row, columns, wide=wide)
        item = Item(
            id=self._new_id(),
            title=title or shown.rest or "Untitled",
            kind=kind,
            hard=shown.hard,
            time_permitting=shown.permitting,
            link=Link(title=link[0], address=link[1]) if link else None,
            spans=tuple(self._span(day, *span) for span in shown.spans),
        )
        if title and shown.rest:
            self.doubts.append(f"{day}, {title}: {shown.rest!r} stands beside the time")
        item, below = self._parts(item, topic)
        if wide and kind is not ItemKind.TOPIC:
            return _Entry(replace(item, notes=note(below)), shown)
        who = _at(row, columns.coordinator)
        coordinators, more = named(words(who), self._people)
        preparation = [*(who if more else ()), *below, *_at(row, columns.preparation)]
        rounded = turns(preparation[-1], self._people) if preparation else None
        item = replace(
            item,
            coordinators=coordinators,
            preparation=note(preparation[:-1] if rounded else preparation),
            round=rounded,
            notes=note(_at(row, columns.notes)),
        )
        return _Entry(item, shown)

    def _kind(self, title: str, row: Row, columns: Columns, *, wide: bool) -> ItemKind:
        others = [index for index in range(len(row.cells)) if index not in (columns.time, columns.topic)]
        alone = not any(words(row.cells[index].blocks) for index in others)
        if alone and _CLOSE.match(title):
            return ItemKind.CLOSE
        if alone and _BREAK.match(title):
            return ItemKind.BREAK
        return ItemKind.BREAK if wide and len(row.cells) == 2 else ItemKind.TOPIC

    def _parts(self, item: Item, blocks: Sequence[CellBlock]) -> tuple[Item, list[CellBlock]]:
        """Read guests and sub-slots below a title; what is neither is left."""
        left: list[CellBlock] = []
        for block in blocks:
            guests = _GUESTS.fullmatch(words([block])) if isinstance(block, Paragraph) else None
            if guests:
                item = replace(item, guests=tuple(one_name(name, self._people) for name in guests[1].split(", ")))
            elif isinstance(block, BulletList | OrderedList) and not item.slots and _are_lines(block):
                made = [slot(_line(entry.children[0]), self._new_id, self._people) for entry in block.items]
                item = replace(item, slots=tuple(made))
            else:
                left.append(block)
        return item, left

    def _span(self, day: date, start: time, end: time | None) -> Span:
        begin = datetime.combine(day, start, self._where).astimezone(UTC)
        finish = datetime.combine(day, end, self._where).astimezone(UTC) if end else None
        if finish and finish < begin:
            finish += timedelta(days=1)
        return Span(start=begin, end=finish)

    def _timed(self, day: date, parts: Sequence[_Part]) -> tuple[Session, ...]:
        """Sessions with the lengths that follow from the times shown; a time that follows from none is a pin."""
        sessions = []
        for number, part in enumerate(parts):
            following = next((entry.shown.start for later in parts[number + 1 :] for entry in later.entries), None)
            first = next((entry.shown.start for entry in part.entries if entry.shown.start), None)
            if first is None:
                self.doubts.append(f"{day}: a session shows no times")
            items = _with_lengths(part.entries, first, following)
            if part.more:
                self._say(part.more, items)
            sessions.append(
                Session(id=self._new_id(), start=first or _NOON, moderator=part.moderator, items=tuple(items))
            )
        return tuple(sessions)

    def _say(self, more: str, items: list[Item]) -> None:
        """Put what a session says beside the name of its moderator before its first topic."""
        at = next((index for index, item in enumerate(items) if item.kind is ItemKind.TOPIC), None)
        if at is None:
            self.doubts.append(f"{more!r} is left out: the session has no topic")
        else:
            prepared = "\n\n".join(filter(None, (more, items[at].preparation)))
            items[at] = replace(items[at], preparation=prepared)


def _with_lengths(entries: Sequence[_Entry], first: time | None, following: time | None) -> list[Item]:
    items = []
    clock = first
    for index, entry in enumerate(entries):
        item, start = entry.item, entry.shown.start
        if item.time_permitting:
            items.append(replace(item, start=start))
            continue
        if start and (item.hard or (start != clock and items)):
            item = replace(item, start=start)
        ahead = entries[index + 1 : index + 2]
        after = ahead[0].shown.start if ahead else following if item.kind is ItemKind.BREAK else None
        minutes = minutes_between(start, after) if start and after and item.kind is not ItemKind.CLOSE else None
        if minutes is not None and minutes <= 12 * 60:
            item = replace(item, minutes=minutes)
            clock = after
        else:
            clock = None
        items.append(item)
    return items


def _at(row: Row, at: int) -> Sequence[CellBlock]:
    return row.cells[at].blocks if 0 <= at < len(row.cells) else ()


def _line(block: CellBlock) -> tuple[Inline, ...]:
    return block.children if isinstance(block, Paragraph) else ()


def _are_lines(block: BulletList | OrderedList) -> bool:
    return all(len(item.children) == 1 and isinstance(item.children[0], Paragraph) for item in block.items)
