"""A day as two bars of blocks, the plan above and what happened below: one function, drawn as text and as SVG."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from html import escape

from msgspec import Struct

from dmlt_tui.meeting.model import Day, ItemKind, Meeting
from dmlt_tui.meeting.schedule import DAY, agreed, day_plan, minutes_between, pinned, session_date, zone

_HOUR = 60


class Block(Struct, frozen=True):
    """A stretch of a bar: minutes after midnight it starts and ends, its item, and how many items stand before that."""

    start: int
    end: int
    item: str
    title: str
    kind: ItemKind
    number: int
    open: bool = False


class Picture(Struct, frozen=True):
    """A day in blocks. Times are minutes after its midnight; `begin` and `end` are whole hours around all of them.

    `limits` are the hard ends, `now` the moment it was drawn, where the meeting runs on that day.
    """

    title: str
    begin: int
    end: int
    plan: tuple[Block, ...]
    actual: tuple[Block, ...]
    limits: tuple[int, ...] = ()
    now: int | None = None


def day_picture(meeting: Meeting, day: Day, now: datetime) -> Picture:
    """The picture of a day as it is at `now` (aware).

    What happened stands where the clocks of its own day showed it, also when that was another day than the planned one.
    """
    where = zone(meeting)
    midnight = datetime.combine(day.date, time(0), where)
    rows = day_plan(meeting, agreed(day))
    plan, actual = [], []
    for number, row in enumerate(rows):
        item = row.item
        if row.start is not None and row.end is not None and not item.time_permitting and row.end > row.start:
            start = minutes_between(midnight, row.start)
            end = start + minutes_between(row.start, row.end)
            plan.append(Block(start, end, item.id, item.title, item.kind, number))
    latest = max((block.end for block in plan), default=DAY)
    for number, row in enumerate(rows):
        for span in row.item.spans:
            began, ended = span.start.astimezone(where), span.end or now
            start = minutes_between(midnight, began)
            if not 0 <= start <= max(latest, DAY - 1):
                start = began.hour * _HOUR + began.minute
            end = start + max(minutes_between(began, ended), 0)
            actual.append(Block(start, end, row.item.id, row.item.title, row.item.kind, number, open=span.end is None))
    actual.sort(key=lambda block: (block.start, block.end))
    limits = tuple(
        minutes_between(midnight, limit)
        for session in day.sessions
        for item in session.items
        if item.hard and (limit := pinned(session, item, session_date(day, session), where)) is not None
    )
    here = now.astimezone(where)
    running = here.hour * _HOUR + here.minute if any(block.open for block in actual) else None
    edges = [edge for block in (*plan, *actual) for edge in (block.start, block.end)] + list(limits)
    begin = min(edges, default=9 * _HOUR) // _HOUR * _HOUR
    end = -(-max([*edges, begin + _HOUR]) // _HOUR) * _HOUR
    return Picture(f"{day.date:%a %d %b %Y}", begin, end, tuple(plan), tuple(actual), limits, running)


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


def ruler(begin: int, end: int, width: int) -> str:
    """The hours above a bar of that width, as many as have room."""
    cells = [" "] * width
    hours = (end - begin) // _HOUR
    every = next((step for step in (1, 2, 3, 4, 6, 12) if hours / step * 3 <= width), 24)
    for hour in range(0, hours + 1, every):
        place = min(round(hour * width / hours), width - 2)
        cells[place : place + 2] = f"{(begin // _HOUR + hour) % 24:02}"
    return "".join(cells[:width])


def _cut(title: str, width: int) -> str:
    words = title if len(title) < width else title[: max(width - 2, 0)] + "…" if width > 3 else ""
    return f"{words:<{width}}"[:width]


# -- as SVG ----------------------------------------------------------------------------------------------------------

_LEFT, _TOP, _BAR, _GAP, _WIDE = 70, 34, 34, 8, 1000  # in units of the drawing
_FILLS = ("#3b6ea5", "#5b9bd5", "#2f8f7a", "#7fb069")
_BREAK_FILL = "#d9d9d9"


def svg(pictures: Sequence[Picture], title: str) -> str:
    """The pictures one below the other as an SVG file; every block says its item and minutes when pointed at."""
    high = _TOP + 2 * (_BAR + _GAP) + 26
    size = f'width="{_LEFT + _WIDE + 20}" height="{high * len(pictures) + 40}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="12">',
        f"<title>{_text(title)}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="10" y="22" font-size="16" font-weight="bold">{_text(title)}</text>',
    ]
    for index, picture in enumerate(pictures):
        parts += _day(picture, 40 + index * high)
    return "\n".join([*parts, "</svg>", ""])


def _day(picture: Picture, top: int) -> list[str]:
    parts = [f'<text x="10" y="{top + 14}" font-weight="bold">{_text(picture.title)}</text>']
    for hour in range(picture.begin, picture.end + 1, _HOUR):
        x = _x(picture, hour)
        parts.append(
            f'<line x1="{x}" y1="{top + 20}" x2="{x}" y2="{top + _TOP + 2 * _BAR + _GAP}" stroke="#cccccc"/>'
            f'<text x="{x}" y="{top + 30}" text-anchor="middle" fill="#666666">{hour // _HOUR % 24:02}:00</text>'
        )
    for row, (name, blocks) in enumerate((("planned", picture.plan), ("actual", picture.actual))):
        y = top + _TOP + row * (_BAR + _GAP)
        parts.append(f'<text x="10" y="{y + 21}">{name}</text>')
        parts += [_rect(picture, block, y) for block in blocks]
    for limit in picture.limits:
        x = _x(picture, limit)
        parts.append(
            f'<line x1="{x}" y1="{top + _TOP - 4}" x2="{x}" y2="{top + _TOP + 2 * _BAR + _GAP + 4}"'
            ' stroke="#c0392b" stroke-width="2"><title>hard end</title></line>'
        )
    return parts


def _rect(picture: Picture, block: Block, y: int) -> str:
    x = _x(picture, block.start)
    width = max(_x(picture, block.end) - x, 1)
    fill = _FILLS[block.number % len(_FILLS)] if block.kind is ItemKind.TOPIC else _BREAK_FILL
    ink = "#ffffff" if block.kind is ItemKind.TOPIC else "#333333"
    room = int(width // 7)
    label = block.title if len(block.title) <= room else f"{block.title[: room - 1]}…" if room > 3 else ""
    said = f"{block.title}: {_clock(block.start)}-{_clock(block.end)}, {block.end - block.start} min"
    return (
        f'<g><title>{_text(said)}</title><rect x="{x}" y="{y}" width="{round(width, 1)}" height="{_BAR}" fill="{fill}"'
        f' stroke="#ffffff"/><text x="{round(x + 4, 1)}" y="{y + 21}" fill="{ink}">{_text(label)}</text></g>'
    )


def _x(picture: Picture, minute: int) -> float:
    return round(_LEFT + (minute - picture.begin) * _WIDE / (picture.end - picture.begin), 1)


def _clock(minute: int) -> str:
    return f"{minute // _HOUR % 24:02}:{minute % _HOUR:02}"


def _text(words: str) -> str:
    """Text for XML 1.0: markup escaped, and without the signs it can't hold."""
    return escape("".join(sign for sign in words if sign in "\t\n" or sign >= " "))
