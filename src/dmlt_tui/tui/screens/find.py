"""Finding words: in the note one is in, then in the rest of its meeting, then over the whole notebook."""

from __future__ import annotations

from itertools import groupby

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input

from dmlt_tui.meeting.search import Hit, search
from dmlt_tui.notes.text import folded
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Asked, PromptInput
from dmlt_tui.tui.widgets.sheet import Sheet

_MOST = 500
_KEYS = "Up Down choose   Enter goes there   Esc back"


class FindScreen(Screen[Hit | None]):
    """The list follows what is typed. Enter gives the line to go to, Esc None."""

    DEFAULT_CSS = """
    FindScreen Horizontal { height: 1; background: $primary; padding: 0 1; }
    FindScreen #find-label { width: auto; margin: 0 1 0 0; text-style: bold; }
    FindScreen PromptInput { width: 1fr; border: none; height: 1; padding: 0; background: transparent; }
    FindScreen Sheet { padding: 0 1; }
    FindScreen #find-whole { height: 2; padding: 0 1; text-wrap: wrap; color: $text-muted; }
    FindScreen #find-keys { padding: 0 1; color: $text-muted; }
    """
    BINDINGS = [
        ("escape", "leave", "Back"),
        ("down", "sheet('move', 1)", "Down"),
        ("up", "sheet('move', -1)", "Up"),
        ("pagedown", "sheet('page', 1)", "Page down"),
        ("pageup", "sheet('page', -1)", "Page up"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[Hit | str] = []  # a hit, or the heading of those below it

    def compose(self) -> ComposeResult:
        """The words, the rows, the row in full, the keys."""
        with Horizontal():
            yield Line(id="find-label")
            yield PromptInput(Asked("find", command="find"))
        yield Sheet(id="find-rows")
        yield Line(id="find-whole")
        yield Line(id="find-keys")

    @property
    def _sheet(self) -> Sheet:
        return self.query_one(Sheet)

    def on_mount(self) -> None:
        """Wait for words."""
        self.query_one("#find-label", Line).show("find:")
        self._sheet.can_focus = False
        self.set_focus(self.query_one(PromptInput))
        self._show("")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    def _show(self, words: str) -> None:
        desk = self._desk
        here = desk.meeting.id if desk.meeting else ""
        note = desk.item.id if desk.item else ""
        hits = search(desk.value, words, meeting_id=here, item_id=note, most=_MOST)
        self._rows = []
        for (meeting_id, item_id), group in groupby(hits, key=lambda hit: (hit.meeting_id, hit.item_id)):
            found = tuple(group)
            day = f"{found[0].day}  " if found[0].day else ""
            place = "this note" if (meeting_id, item_id) == (here, note) else f"{day}{found[0].meeting_title}"
            self._rows += [f"{found[0].item_title}  ({place})", *found]
        keys = ["" if isinstance(row, str) else str(index) for index, row in enumerate(self._rows)]
        wanted = tuple(folded(words).split())
        self._sheet.show(keys, lambda index, _width: (self._line(index, wanted),), key="")
        count = f"more than {_MOST} lines, the first of them here" if len(hits) == _MOST else f"{len(hits)} lines"
        says = f"{count}   {_KEYS}" if words.strip() else f"in these notes and all others    {_KEYS}"
        self.query_one("#find-keys", Line).show(says)

    def _line(self, index: int, wanted: tuple[str, ...]) -> Content:
        row = self._rows[index]
        if isinstance(row, str):
            return Content(row)
        number = f"{row.line + 1:>5}  " if row.line is not None else "    -  "
        line = Content(row.text)
        there = folded(row.text)
        for word in wanted if len(there) == len(row.text) else ():
            start = there.find(word)
            while start >= 0:
                line = line.stylize("bold underline", start, start + len(word))
                start = there.find(word, start + len(word))
        return Content.assemble((number, "dim"), line)

    @property
    def _here(self) -> Hit | None:
        key = self._sheet.key_here
        row = self._rows[int(key)] if key else None
        return row if isinstance(row, Hit) else None

    @on(Sheet.Moved)
    def _moved(self) -> None:
        self.query_one("#find-whole", Line).show(self._here.text if self._here else "")

    @on(Input.Submitted)
    def _chosen(self, event: Input.Submitted) -> None:
        event.stop()
        if self._here is not None:
            self.dismiss(self._here)

    def action_sheet(self, what: str, by: int) -> None:
        """Move in the list while the words keep the keys."""
        if what == "page":
            self._sheet.action_page(by)
        else:
            self._sheet.action_move(by)

    def action_leave(self) -> None:
        """Go back to where one was."""
        self.dismiss(None)
