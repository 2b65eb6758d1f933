"""A TextArea that draws again only the lines that an edit or a move of the cursor changed.

Textual's own marks itself whole for each key, reads its whole text for each line it draws, adds up the heights of all
lines after each edit, and has the whole screen laid out anew when a line is added. Made for the Textual named in
`painting.FITS`; when an internal used here does not look as expected, this is a TextArea like any other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from textual import events
from textual._styles_cache import StylesCache
from textual.document._document import Document, EditResult, Location
from textual.document._edit import Edit
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Offset, Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from dmlt_tui.tui.painting import LeanApp, lacking, unlike


class _Wrapped(WrappedDocument):
    """A text in lines of a screen, which knows without counting how many they are, and cuts plain strings."""

    @property
    def height(self) -> int:
        """How many lines of a screen the text takes."""
        return len(self._offset_to_line_info)

    def get_sections(self, line_index: int) -> list[str]:
        """The lines of the screen that a line of the text takes."""
        line = self.document[line_index]
        return [line[start:end] for start, end in pairwise((0, *self._wrap_offsets[line_index], len(line)))]


class Look(Struct, frozen=True):
    """From which column up to which (in characters) a component class of the text area applies."""

    start: int
    end: int
    name: str


class LeanTextArea(TextArea):
    """A TextArea that needs little time for a key, however long its text.

    It posts no SelectionChanged, which would go up to the app for each key; watch `selection` instead. It looks for no
    brackets that belong together, which are searched for in the whole text.
    """

    selection = reactive(Selection(), init=False, always_update=True, repaint=False)

    # What is looked up many times a key, and stays the same until all is drawn again:
    _room: Region | None = None  # where the text is drawn
    _content: Region | None = None  # the same with the scrollbar
    _draw: Callable[..., list[Strip]] | None = None  # draws lines in the styles read from the style sheet
    _editing = False

    def on_mount(self) -> None:
        """Have the scrollbar styled by the first layout: once it is, Textual lays out the whole screen anew."""
        self.vertical_scrollbar.update_node_styles(animate=False)

    def on_hide(self, event: events.Hide) -> None:
        """Keep the keys: a change of size may hide a text for a moment, and what is typed must not become commands."""
        event.prevent_default()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight where less room is left; Textual would wrap and paint once more."""
        event.prevent_default()
        self.call_after_refresh(self.scroll_cursor_visible)

    def edit(self, edit: Edit) -> EditResult:
        """Make an edit, and paint the lines of the screen it changed."""
        self._editing = True
        try:
            result = self._edit(edit)
        finally:
            self._editing = False
        painted = self.is_attached and isinstance(self.app, LeanApp) and self.app.paint_now(self)
        if not painted or self._next_callbacks:
            self.check_idle()
        return result

    def check_idle(self) -> None:
        """Have a moment without keys come, in which what was marked is painted; in an edit not before its end.

        What asks for that moment is a message, which costs as much as the edit itself.
        """
        if not self._editing:
            super().check_idle()

    def _edit(self, edit: Edit) -> EditResult:
        line, column = edit.top
        breaks = self._breaks_of(line)
        looks = self.looks(line) if breaks else ()
        before = self.wrapped_document.height, self.document.line_count
        result = super().edit(edit)
        first = self._rows_of(line).start
        if breaks:
            first += self._rows_kept(line, column, breaks, looks)
        last = self._rows_of(result.end_location[0]).stop
        if before != (self.wrapped_document.height, self.document.line_count):
            last = max(self.wrapped_document.height, before[0])
            self.scroll_cursor_visible()  # a line may have been added below the last that is seen
        self._mark(range(first, last))
        if self.is_syntax_aware:
            self.refresh()
        return result

    def undo(self) -> None:
        """Take back the last edits."""
        super().undo()
        self.refresh()

    def redo(self) -> None:
        """Make again the edits taken back last."""
        super().redo()
        self.refresh()

    def _watch_selection(self, previous_selection: Selection, selection: Selection) -> None:
        if not self.is_mounted:
            return
        if self.screen.selections:
            self.app.clear_selection()
        self.scroll_cursor_visible()
        self.app.cursor_position = self.cursor_screen_offset
        if previous_selection.is_empty and selection.is_empty:
            for rows in {self._rows_at(previous_selection.end), self._rows_at(selection.end)}:
                self._mark(rows)
        else:
            ends = sorted(line for line, _ in (*previous_selection, *selection))
            self._mark(range(self._rows_of(ends[0]).start, self._rows_of(ends[-1]).stop))

    @property
    def scrollable_content_region(self) -> Region:
        """Where the text is drawn."""
        if self._room is None:
            self._room = super().scrollable_content_region
        return self._room

    @property
    def content_region(self) -> Region:
        """Where the text and its scrollbar are drawn."""
        if self._content is None:
            self._content = super().content_region
        return self._content

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Bring the cursor into sight; gives by how much the text was moved for it, nothing when it is in sight."""
        if self.soft_wrap and self._has_cursor and not center:
            self._recompute_cursor_offset()  # type: ignore[no-untyped-call]
            if 0 <= self._cursor_offset[1] - self.scroll_offset.y < self.scrollable_content_region.height:
                return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)

    def _rows_of(self, line: int) -> range:
        """The lines of the screen that a line of the text takes, counted from the start of the text."""
        offsets = self.wrapped_document._line_index_to_offsets
        if line >= len(offsets):
            return range(self.wrapped_document.height, self.wrapped_document.height)
        return range(offsets[line][0], offsets[line][-1] + 1)

    def looks(self, line: int) -> Sequence[Look]:
        """How the parts of a line of the text look that look otherwise than the rest."""
        del line
        return ()

    def _breaks_of(self, line: int) -> list[int]:
        """The columns at which a line of the text goes on in another line of the screen."""
        breaks = self.wrapped_document._wrap_offsets
        return breaks[line] if line < len(breaks) else []

    def _rows_at(self, place: Location) -> range:
        """The lines of the screen that look otherwise with the cursor at a place than without, counted likewise."""
        line, column = place
        rows = self._rows_of(line)
        if self.highlight_cursor_line:
            return rows
        row = rows.start + bisect_right(self._breaks_of(line), column)
        return range(row, row + 1)

    def _rows_kept(self, line: int, column: int, breaks: list[int], looks: Sequence[Look]) -> int:
        """How many lines of the screen a line of the text begins with as before an edit at `column`.

        It was wrapped at these `breaks`, and its parts looked so.
        """
        kept = bisect_right(breaks, column)
        now = self._breaks_of(line)[:kept]
        while breaks[:kept] != now[:kept]:
            kept -= 1
        if kept and _up_to(breaks[kept - 1], looks) != _up_to(breaks[kept - 1], self.looks(line)):
            return 0
        return kept

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document.__class__ = _Wrapped

    def _mark(self, rows: range) -> None:
        """Have these lines of the screen drawn again, as far as they are seen."""
        width, height = self.scrollable_content_region.size
        top = self.scroll_offset.y
        first, end = max(rows.start - top, 0), min(rows.stop - top, height)
        if first < end:
            self.refresh(Region(0, first, width, end - first))

    def _rewrap_and_refresh_virtual_size(self) -> None:
        super()._rewrap_and_refresh_virtual_size()
        self.refresh()

    def _refresh_size(self) -> None:
        if not self.soft_wrap or self.styles.auto_dimensions:
            super()._refresh_size()
            return
        size = Size(0, self.wrapped_document.height)
        if size != self.virtual_size:  # nothing on the screen has to move for it
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)

    def _set_dirty(self, *regions: Region) -> None:
        if not regions:
            self._forget()
        super()._set_dirty(*regions)

    def _forget(self) -> None:
        """Know nothing any more of how and where it is drawn."""
        self._room = self._content = self._draw = None

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        self._forget()  # also where its size stays the same: it may lie elsewhere by now
        updated = super()._size_updated(size, virtual_size, container_size, layout)
        if self.wrap_width != self.wrapped_document._width:  # before it is painted
            super()._rewrap_and_refresh_virtual_size()
        self._forget()
        return updated

    def notify_style_update(self) -> None:
        """Read the styles again before the next line is drawn."""
        self._forget()
        super().notify_style_update()

    def _set_theme(self, theme: str) -> None:
        self._forget()
        super()._set_theme(theme)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; the first time as Textual does, who looks up all the rest for each of them."""
        if self._draw is not None:
            return self._draw(crop=crop)
        lines = super().render_lines(crop)
        self._draw = partial(
            self._styles_cache.render,
            self.styles,
            self.region.size,
            *self.background_colors,
            self.render_line,
            self.get_line_filters(),
            border_title=None,
            border_subtitle=None,
            content_size=self.content_region.size,
            opacity=self.opacity,
            ansi_theme=self.app.ansi_theme,
            native_ansi=self.app.native_ansi_color,
        )
        return lines

    def render_line(self, y: int) -> Strip:
        """Draw a line. What was drawn is kept until it is marked (`Widget`), so it need not be kept here as well."""
        if self.placeholder and self.document.line_count == 1 and not self.document[0]:
            return super().render_line(y)
        return self._render_line(y)


def _up_to(column: int, looks: Sequence[Look]) -> list[Look]:
    return [Look(look.start, min(look.end, column), look.name) for look in looks if look.start < column]


_WHY_STOCK = unlike(
    {
        TextArea.edit: "self edit",
        TextArea.render_lines: "self crop",
        TextArea._render_line: "self y",
        TextArea._refresh_size: "self",
        TextArea._set_theme: "self theme",
        StylesCache.render: (
            "self styles size base_background background render_content_line filters border_title border_subtitle "
            "content_size padding crop opacity ansi_theme native_ansi"
        ),
        TextArea._watch_selection: "self previous_selection selection",
        Widget._set_dirty: "self regions",
        Widget._size_updated: "self size virtual_size container_size layout",
        TextArea.scroll_cursor_visible: "self center animate",
        TextArea._recompute_cursor_offset: "self",
        Widget._scroll_update: "self virtual_size",
        TextArea._set_document: "self text language",
        WrappedDocument.get_sections: "self line_index",
    }
) or lacking({WrappedDocument(Document("")): "_offset_to_line_info _line_index_to_offsets _width _wrap_offsets"})

if _WHY_STOCK and not TYPE_CHECKING:
    LeanTextArea = TextArea
