"""Two bars of blocks, the plan above what happened; each block on a ground of its own, so that edges are seen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from dmlt_tui.meeting.model import ItemKind
from dmlt_tui.meeting.picture import Block, Picture, pieces, ruler

# Neighbours differ in ground, and begin with a bar, so that a terminal without colours shows them too.
_GROUNDS = ("$text on $primary", "$text on $secondary")
_BREAK = "$text-muted on $surface"


def bar(blocks: Sequence[Block], picture: Picture, width: int) -> Content:
    """One bar, `width` cells wide."""
    parts: list[Content | tuple[str, str]] = []
    for piece in pieces(blocks, picture.begin, picture.end, width):
        if piece.block is None:
            parts.append(Content(piece.words))
            continue
        style = _GROUNDS[piece.block.number % 2] if piece.block.kind is ItemKind.TOPIC else _BREAK
        parts.append((f"▏{piece.words}"[: len(piece.words)], style))
    return Content.assemble(*parts)


def marks(picture: Picture, width: int) -> str:
    """The line below the bars: ^ at the moment it is now, ! at hard ends."""
    cells = [" "] * width
    for sign, minutes in [("!", limit) for limit in picture.limits] + [("^", picture.now)]:
        if minutes is not None and picture.begin <= minutes <= picture.end:
            place = round((minutes - picture.begin) * width / (picture.end - picture.begin))
            cells[min(place, width - 1)] = sign
    return "".join(cells).rstrip()


def small_picture(picture: Picture, width: int) -> Content:
    """The hours and both bars, in three lines."""
    hours = Content.styled(ruler(picture, width), "dim")
    lines = (hours, bar(picture.plan, picture, width), bar(picture.actual, picture, width))
    return Content("\n").join(lines)
