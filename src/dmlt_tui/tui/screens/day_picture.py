"""A day at a glance: the plan as a bar of blocks, what happened below it, and the figures of every item."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen

from dmlt_tui.meeting.model import ItemKind
from dmlt_tui.meeting.picture import day_picture, ruler
from dmlt_tui.meeting.stats import day_rows, difference_words
from dmlt_tui.meeting.words import day_words
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.panes.agenda import fit
from dmlt_tui.tui.widgets.bars import bar, marks
from dmlt_tui.tui.widgets.line import Line

_NAME = 8  # cells before the bars


class DayPictureScreen(Screen[None]):
    """[ and ] show the day before and after; Esc, q or V goes back."""

    DEFAULT_CSS = """
    DayPictureScreen Line { padding: 0 1; }
    DayPictureScreen #picture-title { background: $primary-background; text-style: bold; }
    DayPictureScreen #picture-bars { margin: 1 0; }
    DayPictureScreen VerticalScroll { height: 1fr; }
    DayPictureScreen #picture-keys { color: $text-muted; }
    """
    BINDINGS = [
        ("right_square_bracket", "day(1)", "Next day"),
        ("left_square_bracket", "day(-1)", "Day before"),
        ("j", "scroll(1)", "Down"),
        ("k", "scroll(-1)", "Up"),
        ("escape,q,V,upper_v", "dismiss", "Back"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        # Held here, as the clock goes on while a screen is taken down and has no children any more.
        self._title = Line(id="picture-title")
        self._bars = Line(id="picture-bars", tall=True)
        self._figures = Line(id="picture-figures", tall=True)

    def compose(self) -> ComposeResult:
        """Title, bars, figures, keys."""
        yield self._title
        yield self._bars
        with VerticalScroll():
            yield self._figures
        yield Line(id="picture-keys")

    def on_mount(self) -> None:
        """Show the day, and let it go on while the meeting runs."""
        keys = "[ ] other days   ! hard end   ^ now   j k scroll   q back"
        self.query_one("#picture-keys", Line).show(keys)
        self.query_one(VerticalScroll).focus()
        self.call_after_refresh(self._show)
        self.set_interval(10.0, self._show)

    def on_resize(self) -> None:
        """Fit the bars to the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        meeting, day = self._desk.meeting, self._desk.day
        if meeting is None or day is None:
            self._title.show("There is no day to show.")
            return
        now = self._desk.now()
        picture = day_picture(meeting, day, now)
        width = max(self.size.width - 2 - _NAME, 10)
        rows = day_rows(self._desk.value, meeting, day, now)
        total = rows[-1]
        title = f"{day_words(day.date)}   planned {total.planned} min, spent {total.spent}{difference_words(total)}"
        self._title.show(title)
        lines = [
            Content.assemble(f"{'':{_NAME}}", (ruler(picture, width), "dim")),
            Content.assemble(f"{'planned':{_NAME}}", bar(picture.plan, picture, width)),
            Content.assemble(f"{'actual':{_NAME}}", bar(picture.actual, picture, width)),
            Content(f"{'':{_NAME}}{marks(picture, width)}"),
        ]
        self._bars.show(Content("\n").join(lines))
        figures = [Content.styled(fit("Item", "asked planned spent   diff", self.size.width - 2), "bold")]
        for row in rows:
            words = f"{row.asked or '':>5} {'' if row.planned is None else row.planned:>7} {row.spent:>5} "
            line = fit(f"{row.title}", words + f"{difference_words(row).strip(', '):>6}", self.size.width - 2)
            figures.append(
                Content.styled(
                    line, "" if row.kind is ItemKind.TOPIC and row.item else "bold" if not row.item else "dim"
                )
            )
        self._figures.show(Content("\n").join(figures))

    def action_day(self, by: int) -> None:
        """Show another day."""
        if self._desk.go_to_day(by):
            self._show()

    def action_scroll(self, by: int) -> None:
        """Scroll a line."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)
