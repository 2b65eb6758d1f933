"""A list of any length: only the rows on the screen are ever made."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from textual.binding import Binding
from textual.cache import LRUCache
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

Draw = Callable[[int, int], Sequence[Content]]
Heights = Callable[[int], Sequence[int]]
_DRAWN = 512  # rows remembered


class Sheet(ScrollView, can_focus=True):
    """Rows known by keys, and a cursor. Moving is as in Rows; Enter chooses. Rows without a key are headings."""

    COMPONENT_CLASSES = {"sheet--row", "sheet--heading", "sheet--cursor"}

    DEFAULT_CSS = """
    Sheet { height: 1fr; background: transparent; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    Sheet > .sheet--heading { color: $text-accent; text-style: bold; }
    Sheet > .sheet--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
    Sheet:focus > .sheet--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: $block-cursor-text-style;
    }
    """
    BINDINGS = [
        Binding("j,down", "move(1)", "Down", show=False),
        Binding("k,up", "move(-1)", "Up", show=False),
        Binding("g,home", "first", "First", show=False),
        Binding("G,upper_g,end", "last", "Last", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    class Moved(Message):
        """The cursor came to another row, or to none."""

    class Chosen(Message):
        """Enter was pressed on a row."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self._keys: Sequence[str] = ()
        self._tops: list[int] = [0]  # the first line of each row, and the line behind the last
        self._width = 0  # for which these were counted, and the rows drawn
        self._draw: Draw | None = None
        self._heights: Heights | None = None
        self._drawn: LRUCache[int, Sequence[Content]] = LRUCache(_DRAWN)
        self._cursor = -1

    @property
    def keys(self) -> Sequence[str]:
        """The keys of all rows."""
        return self._keys

    @property
    def index_here(self) -> int:
        """The row the cursor is on, counted from 0; -1 when there is none."""
        return self._cursor

    @property
    def key_here(self) -> str:
        """The key of the row the cursor is on, empty when there is none."""
        return self._keys[self._cursor] if 0 <= self._cursor < len(self._keys) else ""

    def row_text(self, index: int) -> str:
        """What a row says."""
        return "\n".join(line.plain for line in self._row(index))

    def show(self, keys: Sequence[str], draw: Draw, heights: Heights | None = None, key: str | None = None) -> None:
        """Show rows of these `keys`; `draw` makes the lines of row n for a width in cells.

        `heights` says how many lines each row takes in a width, one each by default. The cursor goes to the row with
        `key`, by default to the row it was on, or the one now in its place.
        """
        wanted = self.key_here if key is None else key
        place = max(self._cursor, 0)
        self._keys, self._draw, self._heights = keys, draw, heights
        self._count()
        index = next((index for index, there in enumerate(keys) if there and there == wanted), None)
        self._cursor = self._near(place, 1) if index is None else index
        self.refresh()
        self._follow()
        self.post_message(self.Moved())

    def _fit(self) -> None:
        if self._width != self.scrollable_content_region.width:
            self._count()

    def _count(self) -> None:
        """Count the lines the rows take in the width there is, and forget what was drawn."""
        width = self._width = self.scrollable_content_region.width
        heights = self._heights(width) if self._heights else (1 for _ in self._keys)
        self._tops = list(accumulate(heights, initial=0))
        self._drawn.clear()
        self.virtual_size = Size(width, self._tops[-1])

    def _near(self, index: int, by: int) -> int:
        """Find the row nearest to an index, in the direction `by`, then in the other, that is no heading."""
        if not self._keys:
            return -1
        index = max(0, min(index, len(self._keys) - 1))
        below, above = range(index, len(self._keys)), range(index, -1, -1)
        for way in (below, above) if by > 0 else (above, below):
            found = next((at for at in way if self._keys[at]), None)
            if found is not None:
                return found
        return -1

    # -- painting -------------------------------------------------------------------------------------------------

    def _row(self, index: int) -> Sequence[Content]:
        drawn = self._drawn.get(index)
        if drawn is None:
            drawn = self._draw(index, self.scrollable_content_region.width) if self._draw else ()
            self._drawn[index] = drawn
        return drawn

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render some lines of the screen: of rows made anew where the width is another one by now."""
        self._fit()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Render one line of the screen."""
        width = self.scrollable_content_region.width
        line = self.scroll_offset.y + y
        plain = self.get_visual_style("sheet--row")
        if line >= self._tops[-1]:
            return Strip.blank(width, plain.rich_style)
        index = bisect_right(self._tops, line) - 1
        names = ["sheet--row"]
        if index == self._cursor:
            names.append("sheet--cursor")
        elif not self._keys[index]:
            names.append("sheet--heading")
        style = self.get_visual_style(*names)
        content = self._row(index)[line - self._tops[index]].truncate(width, ellipsis=True)
        strips = Visual.to_strips(self, content, width, 1, style)
        strip = strips[0] if strips else Strip.blank(width, style.rich_style)
        return strip.crop_extend(0, width, style.rich_style)

    def on_resize(self) -> None:
        """Keep the row of the cursor in sight where less room is left."""
        self._fit()
        self._follow()

    def _follow(self) -> None:
        if self._cursor < 0:
            return
        top, end = self._tops[self._cursor], self._tops[self._cursor + 1]
        if self._cursor and not self._keys[self._cursor - 1]:
            top = self._tops[self._cursor - 1]  # a heading is seen with its first row
        self.scroll_to_region(Region(0, top, 1, end - top), animate=False, force=True, x_axis=False)

    # -- moving ---------------------------------------------------------------------------------------------------

    def _go(self, index: int, by: int) -> None:
        before, self._cursor = self._cursor, self._near(index, by)
        if before == self._cursor:
            return
        for row in (before, self._cursor):
            if 0 <= row < len(self._keys):
                self.refresh_lines(self._tops[row], self._tops[row + 1] - self._tops[row])
        self._follow()
        self.post_message(self.Moved())

    def action_move(self, by: int) -> None:
        """Go a row on or back."""
        self._go(self._cursor + by, by)

    def action_page(self, by: int) -> None:
        """Go a screen on or back."""
        top = self._tops[max(self._cursor, 0)] + by * max(1, self.scrollable_content_region.height - 1)
        self._go(bisect_right(self._tops, max(top, 0)) - 1, by)

    def action_first(self) -> None:
        """Go to the first row."""
        self._go(0, 1)

    def action_last(self) -> None:
        """Go to the last row."""
        self._go(len(self._keys) - 1, -1)

    def action_choose(self) -> None:
        """Choose the row."""
        if self.key_here:
            self.post_message(self.Chosen())
