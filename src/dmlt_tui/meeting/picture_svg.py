"""The picture of days as an SVG file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from dmlt_tui.meeting.model import ItemKind
from dmlt_tui.meeting.picture import Block, Picture

_HOUR = 60
_LEFT, _TOP, _BAR, _GAP, _WIDE = 70, 34, 34, 8, 1000  # in units of the drawing
_FILLS = ("#2f5d8c", "#5b4b8a", "#1f7a68", "#8a5a2b")  # white letters are read on each (4.5:1 and more)
_BREAK_FILL = "#d9d9d9"
_NO_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
            f'<text x="{x}" y="{top + 30}" text-anchor="middle" fill="#666666">{picture.clock(hour)}</text>'
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
    said = f"{block.title}: {picture.clock(block.start)}-{picture.clock(block.end)}, {block.end - block.start} min"
    return (
        f'<g><title>{_text(said)}</title><rect x="{x}" y="{y}" width="{round(width, 1)}" height="{_BAR}" fill="{fill}"'
        f' stroke="#ffffff"/><text x="{round(x + 4, 1)}" y="{y + 21}" fill="{ink}">{_text(label)}</text></g>'
    )


def _x(picture: Picture, minute: int) -> float:
    return round(_LEFT + (minute - picture.begin) * _WIDE / (picture.end - picture.begin), 1)


def _text(words: str) -> str:
    """Text for XML 1.0 (2.2): markup escaped, and without the signs it can't hold."""
    return escape(_NO_XML.sub("", words))
