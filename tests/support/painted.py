"""A terminal at the end of a wire, and what it should show: all of the screen as Textual itself paints it."""

from __future__ import annotations

from typing import Any

import pyte
from rich.color import ColorSystem
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

_PAUSES = 40  # a busy machine paints some moments later
NO_WRAP = "\x1b[?7l"  # as Textual sets a real terminal

Grid = list[list[tuple[Any, ...]]]


class Wire(HeadlessDriver):
    """A driver without a terminal, which keeps what one would be sent."""

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        self.sent = ""

    @property
    def is_headless(self) -> bool:
        """Textual paints nothing for a driver that says so."""
        return False

    def write(self, data: str) -> None:
        """Keep it."""
        self.sent += data


def grid(characters: str, size: tuple[int, int]) -> Grid:
    """What a blank terminal shows of these characters, cell by cell with all that pyte knows of a cell."""
    return _cells(_fed(pyte.Screen(*size), characters))


def _fed(screen: pyte.Screen, characters: str) -> pyte.Screen:
    pyte.Stream(screen).feed(NO_WRAP + characters)
    return screen


def _cells(screen: pyte.Screen) -> Grid:
    return [[tuple(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def painted_anew(app: App[Any]) -> str:
    """What Textual sends when it draws all widgets again and writes each piece of each line, whatever stands there."""
    screen = app.screen
    for widget in screen.walk_children(Widget):
        widget._styles_cache.clear()
    visible_screen_stack.set(app._background_screens)
    colors = app.console._color_system or ColorSystem.TRUECOLOR
    out = []
    for y, line in enumerate(Compositor._render_chops(screen._compositor, screen.size.region, lambda _: True)):
        for x, strip in line.items():
            out.append(f"\x1b[{y + 1};{x + 1}H")
            for text, style, _ in strip:  # not by Strip.render: styles remember the colours of another test's terminal
                out.append(f"\x1b[{Strip.render_ansi(style, colors) if style else ''}m{text}\x1b[m")
    return "".join(out)


class Watcher:
    """Reads along what an app sends over its Wire, from now on or from its start."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._since = 0
        self._screen = pyte.Screen(*app.size)

    def read(self) -> str:
        """What was sent since this was asked last, which the terminal now shows."""
        assert isinstance(self._app._driver, Wire)
        sent = self._app._driver.sent
        new, self._since = sent[self._since :], len(sent)
        if (self._screen.columns, self._screen.lines) != self._app.size:  # terminals differ in what they keep
            self._screen = pyte.Screen(*self._app.size)
        _fed(self._screen, new)
        return new

    async def difference(self, pilot: Pilot[Any]) -> str:
        """Where the terminal shows something else than it should, once it had the time to be painted."""
        for _ in range(_PAUSES):
            await pilot.pause()
            if not self.differs():
                break
        return self.differs()

    def differs(self) -> str:
        """Where the terminal shows something else than it should; "" when all cells are right."""
        self.read()
        wanted = grid(painted_anew(self._app), self._app.size)
        for y, (row, right) in enumerate(zip(_cells(self._screen), wanted, strict=True)):
            for x, (cell, due) in enumerate(zip(row, right, strict=True)):
                if cell != due:
                    return f"column {x}, line {y}: {cell}, should be {due}"
        return ""
