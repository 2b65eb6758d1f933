"""What a terminal shows, cell by cell, and the few characters that change it into what it should show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style
from textual.strip import Strip

_GAP = 4  # cells; to move the cursor over fewer costs more than to write them again
_UNKNOWN = "\0"  # in a cell of which nothing is known; no cell is painted with it

# Characters on whose width terminals agree: one cell, two cells, none (drawn over the one before). A piece of a line
# that holds others (emoji, joiners, variation selectors, right-to-left scripts) is painted in one go, as Textual does.
_ONE = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20c0\u2190-\u2193\u2200-\u22ff\u2500-\u25fc"
)
_TWO = "\u3041-\u3096\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
_NONE = "\u0300-\u034e\u0350-\u036f"
_is_plain = re.compile(f"[{_ONE}]*").fullmatch
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)])  # no width, and none of them ever reaches the terminal

# Parameters of SGR (ECMA-48, 8.3.117) for the attributes of a rich Style.
_ATTRIBUTES = (
    ("bold", "1"),
    ("dim", "2"),
    ("italic", "3"),
    ("underline", "4"),
    ("blink", "5"),
    ("blink2", "6"),
    ("reverse", "7"),
    ("conceal", "8"),
    ("strike", "9"),
    ("underline2", "21"),
    ("frame", "51"),
    ("encircle", "52"),
    ("overline", "53"),
)


class Doubt(Exception):  # noqa: N818 - nothing went wrong: such an update is left to Textual
    """An update that can't be understood cell by cell."""


class Pen(NamedTuple):
    """How a cell is drawn: parameters of SGR, and the parameters and address of a link (OSC 8), "" for none."""

    attributes: frozenset[str]
    foreground: str
    background: str
    link: str


DEFAULT = Pen(frozenset(), "39", "49", "")


@lru_cache(4096)
def pen_of(style: Style | None, colors: ColorSystem) -> Pen:
    """The pen for a style, with as many colours as the terminal has."""
    if style is None:
        return DEFAULT
    ground = ["39", "49"]
    for index, color in enumerate((style.color, style.bgcolor)):
        if color is not None:
            ground[index] = ";".join(color.downgrade(colors).get_ansi_codes(foreground=index == 0))
    attributes = frozenset(code for name, code in _ATTRIBUTES if getattr(style, name))
    link = f"id={style.link_id};{style.link}" if style.link else ""
    return Pen(attributes, ground[0], ground[1], link)


@lru_cache(4096)
def turn(old: Pen, new: Pen) -> str:
    """The control sequences that take a terminal from one pen to another."""
    link = f"\x1b]8;{new.link or ';'}\x1b\\" if old.link != new.link else ""
    if old[:3] == new[:3]:
        return link
    if new[:3] == DEFAULT[:3]:
        return f"\x1b[m{link}"
    codes = []
    if old.attributes - new.attributes:
        codes, old = ["0"], DEFAULT
    codes += sorted(new.attributes - old.attributes)
    codes += [code for was, code in zip(old[1:3], new[1:3], strict=True) if was != code]
    return f"\x1b[{';'.join(codes)}m{link}"


class Cells(NamedTuple):
    """A piece of a line, cell by cell.

    A character of two cells stands in the first of them, the other is "". So does text that makes the piece `doubtful`,
    because terminals differ in how wide they draw it.
    """

    texts: list[str]
    pens: list[Pen]
    doubtful: bool


def cells_of(strip: Strip, colors: ColorSystem) -> Cells:
    """Take a strip apart; Doubt when it holds control codes.

    What has no width and stands first is left out: a terminal would draw it over the cell before, which is another's.
    """
    texts: list[str] = []
    pens: list[Pen] = []
    doubtful = False
    for raw, style, control in strip:
        if control:
            raise Doubt
        text = raw
        if not _is_plain(raw):
            text = raw.translate(_CONTROLS)
            while text and not texts and not cell_len(text[0]):
                text = text[1:]
        if _is_plain(text):
            texts += text
        elif _agreed().fullmatch(text):
            _add_agreed(texts, text)
        else:
            doubtful = True
            texts += [text, *[""] * (cell_len(text) - 1)]
        pens += [pen_of(style, colors)] * (len(texts) - len(pens))
    return Cells(texts, pens, doubtful)


@cache
def _agreed() -> re.Pattern[str]:
    return re.compile(f"[{_ONE}{_TWO}{_NONE}]*")  # takes a while, and few texts need it


def _add_agreed(texts: list[str], text: str) -> None:
    for character in text:
        width = cell_len(character)
        if width:
            texts += [character, ""][:width]
        else:
            texts[-1 if texts[-1] else -2] += character


class _Piece(NamedTuple):
    """What was painted last between two borders of widgets on a line."""

    end: int
    strip: Strip
    doubtful: bool


class _Row:
    """What is known of a line of the terminal."""

    def __init__(self, width: int) -> None:
        self.texts = [_UNKNOWN] * width
        self.pens = [DEFAULT] * width
        self.pieces: dict[int, _Piece] = {}

    def enter(self, x: int, piece: _Piece) -> dict[int, _Piece]:
        """Note that a piece is to be painted at x; gives the pieces to its right that have to be painted again."""
        over = {start: old for start, old in self.pieces.items() if start < piece.end and old.end > x}
        for start in over:
            del self.pieces[start]
        again = {}
        if piece.doubtful or any(old.doubtful for old in over.values()):  # may reach, or have reached, further
            self.texts[x:] = [_UNKNOWN] * (len(self.texts) - x)
            again = {start: old for start, old in self.pieces.items() if start >= piece.end}
            for start in again:
                del self.pieces[start]
        self.pieces[x] = piece
        return again


class Shadow:
    """What a terminal of `width` times `height` cells shows, as far as it is known."""

    def __init__(self, width: int, height: int) -> None:
        self.size = (width, height)
        self._rows = [_Row(width) for _ in range(height)]
        self._out: list[str] = []
        self._pen = DEFAULT
        self._at: tuple[int, int] | None = None  # where the terminal's cursor was left; None when that is not known

    def changes(
        self, pieces: Iterator[tuple[int, int, int, Strip]], cursor: tuple[int, int], colors: ColorSystem
    ) -> str:
        """Take over what is to be shown; gives the characters that make the terminal show it, "" when it does.

        A piece is its line, its first column, the column after its last, and the strip to paint there. The characters
        begin and end with the default pen, and leave the terminal's cursor at `cursor` (column and line). Raises Doubt
        when a piece can't be understood; the shadow is worthless then.
        """
        self._out, self._pen = [], DEFAULT
        width, height = self.size
        for y, x, end, strip in pieces:
            if not (0 <= y < height and 0 <= x < end <= width):
                raise Doubt
            known = self._rows[y].pieces.get(x)
            if known is None or known.strip is not strip or known.end != end:
                self._paint(y, x, end, strip, colors)
        if self._out:
            self._out.append(turn(self._pen, DEFAULT))
            self._move(*cursor)
        return "".join(self._out)

    def _paint(self, y: int, x: int, end: int, strip: Strip, colors: ColorSystem) -> None:
        texts, pens, doubtful = cells_of(strip, colors)
        if len(texts) != end - x:
            raise Doubt
        row = self._rows[y]
        again = row.enter(x, _Piece(end, strip, doubtful))
        old_texts, old_pens = row.texts[x:end], row.pens[x:end]
        if old_texts != texts or old_pens != pens:
            row.texts[x:end] = texts
            row.pens[x:end] = pens
            for start, stop in _runs(texts, pens, old_texts, old_pens):
                self._move(x + start, y)
                self._write(texts, pens, start, stop)
                after = x + stop
                self._at = (after, y) if after < self.size[0] and not doubtful else None
        for start, piece in sorted(again.items()):
            self._paint(y, start, piece.end, piece.strip, colors)

    def _write(self, texts: list[str], pens: list[Pen], start: int, stop: int) -> None:
        while start < stop:
            pen, begin = pens[start], start
            while start < stop and pens[start] == pen:
                start += 1
            self._out += (turn(self._pen, pen), *texts[begin:start])
            self._pen = pen

    def _move(self, x: int, y: int) -> None:
        """Bring the terminal's cursor to a cell: CUP or, on the same line where that is shorter, CUF or CUB."""
        if self._at == (x, y):
            return
        move = f"\x1b[{y + 1};{x + 1}H"
        if self._at is not None and self._at[1] == y:
            distance = x - self._at[0]
            steps = str(abs(distance)) if abs(distance) > 1 else ""
            move = min(f"\x1b[{steps}{'C' if distance > 0 else 'D'}", move, key=len)
        self._out.append(move)
        self._at = (x, y)


def _runs(texts: list[str], pens: list[Pen], old_texts: list[str], old_pens: list[Pen]) -> Iterator[tuple[int, int]]:
    """First cell and cell after the last of each run to write; no border cuts a wide character, old or new."""
    size = len(texts)
    if old_texts.count(_UNKNOWN) == size:
        yield 0, size  # as what follows would find, cell by cell
        return
    begin = end = 0
    for here in range(size):
        if here < end or (texts[here] == old_texts[here] and pens[here] == old_pens[here]):
            continue
        start, stop = here, here + 1
        while start and not (texts[start] and old_texts[start]):
            start -= 1
        while stop < size and not (texts[stop] and old_texts[stop]):
            stop += 1
        if end and start - end <= _GAP and all(pen == pens[end - 1] for pen in pens[end:start]):
            end = stop
            continue
        if end:
            yield begin, end
        begin, end = start, stop
    if end:
        yield begin, end
