"""Send the terminal only the cells that changed, as curses does: the one place that knows how Textual paints.

Textual draws again all that lies in a rectangle around what changed, and writes all that a widget marked, every bit of
it with a style of its own: one to seven thousand bytes for a typed letter. Here

- `LeanCompositor` asks only the widgets in front, and these only for the lines that changed;
- `LeanApp` keeps a shadow of what the terminal shows (shadow.py) and writes the runs of cells that differ;
- `LeanScreen` is laid out and painted once as the app starts;
- `LeanApp.paint_now` paints a typed letter before anything else is done about it, and `LeanApp.paint_waiting` what any
  other key changed as soon as that is done.

This serves every widget and every screen, because it sits below them. Made for the Textual named in `FITS`. When an
internal does not look as expected, `LeanApp.why_stock` says which, and painting is left to Textual.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from inspect import CO_VARARGS, CO_VARKEYWORDS
from itertools import pairwise
from time import monotonic
from types import CodeType
from typing import Any, TypeVar

from rich.color import ColorSystem
from rich.console import RenderableType
from rich.segment import Segment
from rich.style import Style
from textual import events, messages
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.app import App
from textual.dom import DOMNode
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen, ScreenResultType
from textual.strip import Strip
from textual.widget import AwaitMount, Widget

from dmlt_tui.tui.shadow import Doubt, Shadow

FITS = "8.2"  # the versions of Textual whose internals are used here

# Synchronized output (DEC private mode 2026): the terminal shows at once what stands between these.
_SYNC_START, _SYNC_END = "\x1b[?2026h", "\x1b[?2026l"
_TEARS = 400  # characters; what is shorter arrives in one piece without such marks
_FRAME = 1 / 60  # seconds between two letters that are worth a painting each

ReturnType = TypeVar("ReturnType")


class LeanCompositor(Compositor):
    """A Compositor that draws no more than what changed and can be seen."""

    def render_full_update(self, simplify: bool = False) -> LayoutUpdate:
        """The whole screen, without what lies behind others: half the lines are those of containers."""
        if simplify:  # for a picture of the screen
            return super().render_full_update(simplify=True)
        self._dirty_regions.clear()
        pieces: list[dict[int, Strip | None]] = [dict.fromkeys(cuts[:-1]) for cuts in self.cuts]
        self._fill(range(len(pieces)), pieces)
        return LayoutUpdate([line.values() for line in pieces], self.size.region)  # type: ignore[misc]  # none is None

    def render_partial_update(self) -> ChopsUpdate | None:
        """What changed since the last update; None when nothing did."""
        screen = self.size.region
        regions = [region for dirty in self._dirty_regions if (region := screen.intersection(dirty))]
        self._dirty_regions.clear()
        if not regions:
            return None
        spans = list(self._regions_to_spans(regions))
        pieces: list[dict[int, Strip | None]] = [{} for _ in range(screen.height)]
        ends: list[list[int]] = [[] for _ in range(screen.height)]
        for y, first, last in spans:
            cuts = self.cuts[y]
            for x, end in pairwise(cuts):
                if x < last and end > first:
                    pieces[y][x] = None
                    ends[y].append(end)
        self._fill(sorted({y for y, _, _ in spans}), pieces)
        return ChopsUpdate(pieces, spans, ends)

    def _fill(self, lines: Sequence[int], pieces: list[dict[int, Strip | None]]) -> None:
        """Fill in the pieces of these lines, of which there is one at least."""
        left = sum(strip is None for y in lines for strip in pieces[y].values())
        for widget, (region, clip) in self.visible_widgets.items():  # from front to back
            shown = region.intersection(clip)
            if shown.y <= lines[-1] and lines[0] < shown.bottom:
                left -= self._draw(widget, region, shown, lines, pieces)
            if not left:
                break

    def _draw(
        self, widget: Widget, region: Region, shown: Region, lines: Sequence[int], pieces: list[dict[int, Strip | None]]
    ) -> int:
        """Fill in the pieces of these lines in which a widget is seen, and say how many they were."""
        wanted = [
            y
            for y in lines
            if shown.y <= y < shown.bottom
            and any(strip is None and shown.x <= x < shown.right for x, strip in pieces[y].items())
        ]
        filled = 0
        for stretch in _stretches(wanted):
            crop = Region(shown.x - region.x, stretch[0] - region.y, shown.width, len(stretch))
            for y, strip in zip(stretch, widget.render_lines(crop), strict=False):
                cuts = [cut for cut in self.cuts[y] if shown.x <= cut <= shown.right]
                parts = strip.divide([cut - shown.x for cut in cuts[1:]])
                for x, part in zip(cuts, parts, strict=False):
                    if x in pieces[y] and pieces[y][x] is None:
                        pieces[y][x] = part
                        filled += 1
        return filled


def _stretches(lines: list[int]) -> Iterator[range]:
    """Lines that follow each other, together."""
    start = 0
    for index, line in enumerate(lines):
        if line + 1 not in lines[index + 1 : index + 2]:
            yield range(lines[start], line + 1)
            start = index + 1


def pieces_of(update: ChopsUpdate | LayoutUpdate) -> Iterator[tuple[int, int, int, Strip]]:
    """Line, first column, column after the last, and what to paint there: for each piece of an update."""
    if isinstance(update, LayoutUpdate):
        for y, line in enumerate(update.strips, update.region.y):
            x = update.region.x
            for strip in line:
                yield y, x, x + strip.cell_length, strip
                x += strip.cell_length
        return
    for y, first, last in update.spans:
        for end, (x, piece) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            if piece is not None and x < last and end > first:
                yield y, x, end, piece


def unlike(expected: Mapping[Callable[..., Any], str]) -> str:
    """The first function that does not take the parameters expected, given as words; "" when all do.

    Read off the code, as inspect.signature() takes a hundred times as long and every start asks: `cls` of a class
    method counts, names with a star come last.
    """
    for function, parameters in expected.items():
        code: CodeType = function.__code__
        stars = bool(code.co_flags & CO_VARARGS) + bool(code.co_flags & CO_VARKEYWORDS)
        if list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + stars]) != parameters.split():
            return f"{function.__qualname__} takes other parameters"
    return ""


def lacking(things: Mapping[object, str]) -> str:
    """The first attribute, named among words, that a thing lacks; "" when none does."""
    for thing, names in things.items():
        for name in names.split():
            if not hasattr(thing, name):
                return f"{type(thing).__name__}.{name} is missing"
    return ""


def _painted_otherwise() -> str:
    """Which kind of update is not built as `pieces_of` takes it; "" when both are."""
    strip = Strip([Segment("a", Style(bold=True))])
    updates = (LayoutUpdate([[strip]], Region(0, 0, 1, 1)), ChopsUpdate([{0: strip, 1: None}], [(0, 0, 2)], [[1, 2]]))
    for update in updates:
        try:
            seen = Shadow(2, 1).changes(pieces_of(update), (0, 0), ColorSystem.STANDARD)
        except (AttributeError, TypeError, ValueError, Doubt) as error:
            return f"{type(update).__name__} is built otherwise: {error}"
        if seen != "\x1b[1;1H\x1b[1ma\x1b[m\x1b[D":
            return f"{type(update).__name__} is painted otherwise"
    return ""


def _misfit(app: App[Any]) -> str:
    """What of Textual does not look as this module expects; "" when all does."""
    if os.name != "posix":
        return "this is no POSIX system"
    return (
        unlike(
            {
                App._display: "self screen renderable",
                App._init_mode: "self mode",
                LayoutUpdate.__init__: "self strips region",
                ChopsUpdate.__init__: "self chops spans chop_ends",
                Compositor.render_full_update: "self simplify",
                Compositor.render_partial_update: "self",
                Compositor._regions_to_spans: "cls regions",
                Widget.render_lines: "self crop",
                Widget._forward_event: "self event",
                Screen._on_layout: "self message",
                Screen._on_update: "self message",
                Screen._on_timer_update: "self",
                Screen._on_screen_resume: "self event",
                Screen._screen_resized: "self size",
            }
        )
        or lacking(
            {
                app: "_running _closed _batch_count _driver _sync_available cursor_position",
                app.screen: "_size _compositor _dirty_widgets _repaint_required _layout_required _scroll_required",
                Compositor(): "_dirty_regions cuts visible_widgets size",
            }
        )
        or _painted_otherwise()
    )


class LeanScreen(Screen[ScreenResultType]):
    """A Screen that is laid out and painted once as an app starts with it; Textual does either four times."""

    # Who gets the keys and who loses them paint that by themselves; Textual paints all else as well.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    _done = 0.0  # when the first screen was painted, as messages tell time

    @property
    def _is_stock(self) -> bool:
        return not isinstance(self.app, LeanApp) or bool(self.app.why_stock)

    def _screen_resized(self, size: Size) -> None:
        if size != self._size or self._is_stock:
            super()._screen_resized(size)

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Textual's own, which comes after this, lays out and paints, and has all of it done again."""
        del event
        if not self._size and not self._is_stock:
            self.call_next(self._be_done, self._scrollbars())

    def _scrollbars(self) -> list[tuple[bool, bool]]:
        return [widget.scrollbars_enabled for widget in self.walk_children(Widget)]

    def _be_done(self, scrollbars: list[tuple[bool, bool]]) -> None:
        """Forget what widgets asked for until now: each asked for itself as it got its place.

        Where one of these `scrollbars` came or went, what is beside it has another width by now.
        """
        self._repaint_required = False
        if self._scrollbars() == scrollbars:
            self._done = Message().time
            for widget in self._compositor.visible_widgets:
                widget._layout_required = widget._repaint_required = False

    async def _on_layout(self, message: messages.Layout) -> None:
        self._drop(message)

    async def _on_update(self, message: messages.Update) -> None:
        self._drop(message)

    def _drop(self, message: Message) -> None:
        """Leave alone what was asked for and is done."""
        if message.time < self._done:
            message.stop()
            message.prevent_default()


class LeanApp(App[ReturnType]):
    """An App that sends the terminal only what changed."""

    _shadow: Shadow | None = None
    _painted_now = 0.0  # when, by the monotonic clock

    def __init__(self, driver_class: type[Driver] | None = None) -> None:
        super().__init__(driver_class)
        # Nothing here says anything by them, and each screen would make, style and lay out a widget for either.
        self._disable_notifications = self._disable_tooltips = True

    @cached_property
    def why_stock(self) -> str:
        """Why Textual paints by itself here; "" when it does not. Known once a screen is shown."""
        return _misfit(self)

    def update_styles(self, node: DOMNode, animate: bool = True) -> None:
        """Style a node and those below; one that is only being made is styled once it is mounted."""
        if isinstance(node, App) or node.is_attached:
            super().update_styles(node, animate)

    def refresh_css(self, animate: bool = True) -> None:
        """Style all anew after the theme has changed. The theme an app begins with is in its style sheet already."""
        if self.screen_stack:
            super().refresh_css(animate)

    def paint_anew(self) -> None:
        """Paint the whole screen, for whatever else may have written to the terminal."""
        self._shadow = None
        self.refresh()

    def write_raw(self, sequence: str) -> None:
        """Send the terminal a sequence that paints nothing."""
        if self._driver is not None:
            self._driver.write(sequence)
            self._driver.flush()

    def hear(self, message: Message) -> None:
        """Take what the terminal sent, in the loop the app runs in."""
        self.post_message(message)

    def give(self, key: events.Key) -> bool:
        """Give the widget with the focus a key that nothing is bound to; False when that has to be left to Textual.

        Textual would look through all bindings first.
        """
        if self.focused is None or self.why_stock:
            return False
        self.focused._forward_event(key)
        return True

    def paint_now(self, widget: Widget) -> bool:
        """Paint what a widget marked without waiting for the screen's turn; False when more than that is to be done.

        Letters that come faster than a screen is drawn (keys held down, text pasted) are left to the screen's turn.
        """
        screen, moment = self.screen, monotonic()
        if self.why_stock or self._batch_count or widget.screen is not screen or moment - self._painted_now < _FRAME:
            return False
        waiting = widget._layout_required or widget._scroll_required
        if waiting or screen._layout_required or screen._scroll_required or not widget._repaint_required:
            return False
        self._painted_now = moment
        widget._repaint_required = False
        screen._dirty_widgets.add(widget)
        screen._on_timer_update()
        return True

    def paint_waiting(self) -> None:
        """Paint what is marked anywhere on the screen without waiting for its turn, within the same measure."""
        screen, moment = self.screen, monotonic()
        if not self.why_stock and not self._batch_count and moment - self._painted_now >= _FRAME:
            whole = screen._layout_required or screen._scroll_required or screen._repaint_required
            if whole or screen._dirty_widgets:  # else the next key has not to wait for a painting of nothing
                self._painted_now = moment
            screen._on_timer_update()

    def _on_mount(self) -> None:
        self.app_resume_signal.subscribe(self, lambda _: self.paint_anew(), immediate=True)

    async def _on_resize(self, event: events.Resize) -> None:
        del event  # terminals differ in what they keep, and the size may be the old one again by now
        if self._shadow is not None:
            self.paint_anew()

    def _init_mode(self, mode: str) -> AwaitMount:
        mounting = super()._init_mode(mode)
        self._make_lean(self.screen)
        return mounting

    def _make_lean(self, screen: Screen[Any]) -> None:
        if not self.why_stock and type(screen._compositor) is Compositor:
            screen._compositor.__class__ = LeanCompositor

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        self._make_lean(screen)
        shown = renderable is not None and not self._batch_count and self._running and not self._closed
        driver = self._driver
        if not shown or self.is_headless or driver is None or driver.is_inline or self.why_stock:
            super()._display(screen, renderable)
            return
        sequence = self._changes(renderable) if isinstance(renderable, ChopsUpdate | LayoutUpdate) else None
        if sequence is None:
            self._shadow = None
            super()._display(screen, renderable)
            return
        if len(sequence) > _TEARS and self._sync_available:
            sequence = f"{_SYNC_START}{sequence}{_SYNC_END}"
        if sequence:
            driver.write(sequence)
            driver.flush()
        self.post_display_hook()

    def _changes(self, update: ChopsUpdate | LayoutUpdate) -> str | None:
        """The characters that bring an update to the terminal; None when that is left to Textual."""
        size = self.screen.outer_size
        if self._shadow is None or self._shadow.size != size:
            self._shadow = Shadow(*size)
        colors = self.console._color_system or ColorSystem.TRUECOLOR
        try:
            return self._shadow.changes(pieces_of(update), size.clamp_offset(self.cursor_position), colors)
        except Doubt:
            return None
