"""A list of rows one moves in: an OptionList that takes plain values and repaints only the rows that changed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual import events
from textual._widget_navigation import Direction
from textual.actions import SkipAction
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Row(Struct, frozen=True):
    """One row: its text, and a key by which it is known; rows without a key can't be chosen."""

    content: Content
    key: str = ""


class PagedList(OptionList):
    """An OptionList whose lines are counted for the width they have, and that a page never takes beyond its ends.

    Textual (8.2) does not count again when a scrollbar comes, and cuts off what needs a line more beside it; at each
    change of size it does, whatever the width. To go a page, it counts on lines that are not there where the list has
    no room, and leaves none chosen where none can be.
    """

    _counted = 0  # the width the lines were counted for

    def _update_lines(self) -> None:
        counted = len(self._line_cache.heights)
        if counted == len(self.options) and (counted or not self.virtual_size.height):
            return  # this is asked for each line that is drawn
        if not counted:
            self._counted = self.scrollable_content_region.width
        super()._update_lines()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines, counted anew where the width is another one by now."""
        if self.scrollable_content_region.width != self._counted:
            self._option_render_cache.clear()
            self._line_cache.clear()
        return super().render_lines(crop)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the row chosen in sight where less room is left."""
        event.prevent_default()
        self.call_after_refresh(self.scroll_to_highlight)

    def watch_show_vertical_scrollbar(self) -> None:
        """Count the lines anew."""
        self._clear_caches()

    def _move_page(self, direction: Direction) -> None:
        self._update_lines()
        if not self._lines:
            return
        super()._move_page(direction)
        if self.highlighted is None:  # a page on there are only rows that can't be chosen
            (self.action_first if direction < 0 else self.action_last)()


class Rows(PagedList, inherit_css=False):
    """Rows of plain text. Moving is j k, arrows, g G, PgUp PgDn, Home End; Enter chooses."""

    COMPONENT_CLASSES = OptionList.COMPONENT_CLASSES

    # In place of Textual's, which takes each start longer to read: much of it is for borders and the mouse.
    DEFAULT_CSS = """
    Rows {
        width: 1fr; height: auto; max-height: 100%; overflow: hidden auto; color: $foreground; background: $surface;
        scrollbar-background: $scrollbar-background; scrollbar-color: $scrollbar; scrollbar-size-vertical: 1;
    }
    Rows:focus { background-tint: $foreground 5%; }
    Rows > .option-list--option-highlighted {
        color: $foreground; background: $block-cursor-blurred-background; text-style: $block-cursor-blurred-text-style;
    }
    Rows:focus > .option-list--option-highlighted {
        color: $block-cursor-foreground; background: $block-cursor-background; text-style: $block-cursor-text-style;
    }
    """

    BINDINGS = [
        Binding("j", "cursor_down", "Down", show=False),
        Binding("k", "cursor_up", "Up", show=False),
        Binding("g", "first", "First", show=False),
        Binding("G,upper_g", "last", "Last", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes=classes, markup=False, compact=True)
        self._rows: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    @property
    def key_here(self) -> str:
        """The key of the highlighted row, empty when there is none."""
        if self.highlighted is None or self.highlighted >= len(self._rows):
            return ""
        return self._rows[self.highlighted].key

    def action_cursor_down(self) -> None:
        """Go one row down; the last one is the end (a plain OptionList would begin again at the top)."""
        if self.highlighted is None or any(row.key for row in self._rows[self.highlighted + 1 :]):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go one row up; the first one is the end."""
        if self.highlighted is None or any(row.key for row in self._rows[: self.highlighted]):
            super().action_cursor_up()
        else:
            self.scroll_home(animate=False)  # the titles above it come into view

    def action_select(self) -> None:
        """Choose the row; where there is none, Enter is the screen's."""
        if not self.key_here:
            raise SkipAction
        super().action_select()

    def show(self, rows: Sequence[Row], key: str | None = None) -> None:
        """Show these rows; highlight the one with `key`, by default the one highlighted before."""
        wanted = self.key_here if key is None else key
        place = self.highlighted
        before, self._rows = self._rows, tuple(rows)
        if [row.key for row in before] == [row.key for row in rows]:
            for index, (old, new) in enumerate(zip(before, rows, strict=True)):
                if old.content != new.content or old.content.spans != new.content.spans:
                    self.replace_option_prompt_at_index(index, new.content)
        else:
            # Only the position is carried by the list itself; which record it stands on is found by key below.
            self.set_options([Option(row.content, disabled=not row.key) for row in rows])
        choices = [i for i, row in enumerate(rows) if row.key]
        target = next((i for i in choices if rows[i].key == wanted), None)
        if target is None:
            target = next((i for i in choices if i >= (place or 0)), choices[-1] if choices else None)
        if target != self.highlighted:
            self.highlighted = target
