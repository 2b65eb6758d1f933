"""A day as two bars of blocks, the plan above and what happened below, and such a bar in cells of text."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, tzinfo

from msgspec import Struct

from dmlt_tui.meeting.model import Day, ItemKind, Meeting
from dmlt_tui.meeting.schedule import (
    agreed,
    day_plan,
    later,
    minutes_between,
    on_its_day,
    session_begin,
    zone,
)
from dmlt_tui.meeting.words import day_words

_HOUR = 60
_NOON = time(12)
_ANY_MIDNIGHT = datetime(2000, 1, 3, tzinfo=UTC)


class Block(Struct, frozen=True):
    """A stretch of a bar: the minutes it starts and ends at, its item, and how many items stand before that."""

    start: int
    end: int
    item: str
    title: str
    kind: ItemKind
    number: int
    open: bool = False


class Picture(Struct, frozen=True):
    """A day in blocks. Times are minutes after `midnight`; `begin` and `end` are whole hours around all of them.

    `midnight` (aware) is as many hours before the day begins as its clocks show then, so that they show these minutes
    until the clocks change. `limits` are the hard ends, `now` the moment it was drawn, where a clock runs on that day.
    """

    title: str
    begin: int
    end: int
    plan: tuple[Block, ...]
    actual: tuple[Block, ...]
    limits: tuple[int, ...] = ()
    now: int | None = None
    midnight: datetime = _ANY_MIDNIGHT

    def clock(self, minute: int) -> str:
        """What the clocks show at a minute of the picture."""
        return f"{later(self.midnight, minute):%H:%M}"


def day_picture(meeting: Meeting, day: Day, now: datetime) -> Picture:
    """The picture of a day as it is at `now` (aware).

    What happened stands where the clocks of its own day showed it, also when that was another day than the planned one.
    """
    where = zone(meeting)
    first = _first(day, where)
    midnight = later(first, -(first.hour * _HOUR + first.minute))
    rows = day_plan(meeting, agreed(day))
    plan, actual = [], []
    for number, row in enumerate(rows):
        item = row.item
        if row.start is not None and row.minutes and not item.time_permitting:
            start = minutes_between(midnight, row.start)
            plan.append(Block(start, start + row.minutes, item.id, item.title, item.kind, number))
    for number, row in enumerate(rows):
        for span in row.item.spans:
            began, ended = span.start.astimezone(where), span.end or now
            clocks = began.hour * _HOUR + began.minute
            start = minutes_between(midnight, began) if on_its_day(first, began) else clocks
            end = start + max(minutes_between(began, ended), 0)
            actual.append(Block(start, end, row.item.id, row.item.title, row.item.kind, number, open=span.end is None))
    actual.sort(key=lambda block: (block.start, block.end))
    limits = tuple(minutes_between(midnight, row.start) for row in rows if row.item.hard and row.start is not None)
    running = next((block.end for block in actual if block.open), None)
    edges = [edge for block in (*plan, *actual) for edge in (block.start, block.end)] + list(limits)
    begin = min(edges, default=9 * _HOUR) // _HOUR * _HOUR
    end = -(-max([*edges, begin + _HOUR]) // _HOUR) * _HOUR
    return Picture(day_words(day.date), begin, end, tuple(plan), tuple(actual), limits, running, midnight)


def _first(day: Day, where: tzinfo) -> datetime:
    """When a day begins; noon where nothing is planned."""
    return session_begin(day.sessions[0], day.date, where) if day.sessions else datetime.combine(day.date, _NOON, where)


# -- as text ---------------------------------------------------------------------------------------------------------


class Piece(Struct, frozen=True):
    """Some cells of a bar: what they say, and the block they show (None for nothing)."""

    words: str
    block: Block | None


def pieces(blocks: Iterable[Block], begin: int, end: int, width: int) -> list[Piece]:
    """A bar of `width` cells from `begin` to `end`: each block as wide as it is long, with as much title as fits."""
    found: list[Piece] = []
    at = 0
    for block in blocks:
        first, last = (round((edge - begin) * width / (end - begin)) for edge in (block.start, block.end))
        first, last = max(first, at), min(max(last, first), width)
        if last <= first:
            continue
        if first > at:
            found.append(Piece(" " * (first - at), None))
        found.append(Piece(_cut(block.title, last - first), block))
        at = last
    if at < width:
        found.append(Piece(" " * (width - at), None))
    return found


def ruler(picture: Picture, width: int) -> str:
    """The hours above a bar of that width, as many as have room."""
    cells = [" "] * width
    hours = (picture.end - picture.begin) // _HOUR
    every = next((step for step in (1, 2, 3, 4, 6, 12) if hours / step * 3 <= width), 24)
    free = 0
    for hour in range(0, hours + 1, every):
        place = min(round(hour * width / hours), width - 2)
        if place < free:  # the last one, moved to the left to have room, would touch the one before
            break
        free = place + 3
        cells[place : place + 2] = picture.clock(picture.begin + hour * _HOUR)[:2]
    return "".join(cells[:width])


def _cut(title: str, width: int) -> str:
    words = title if len(title) < width else title[: max(width - 2, 0)] + "…" if width > 3 else ""
    return f"{words:<{width}}"[:width]
