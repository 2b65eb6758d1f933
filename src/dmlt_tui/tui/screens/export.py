"""What to export, in which format, with a look at it: then to the clipboard or into a file."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList

from dmlt_tui.clipboard.files import named
from dmlt_tui.meeting.model import Meeting
from dmlt_tui.notes.text import clean
from dmlt_tui.page.choices import Choices, Part, Scope, Section
from dmlt_tui.page.compose import ScopeError, compose
from dmlt_tui.page.formats import PLACES, WRITERS
from dmlt_tui.store.errors import one_line, why
from dmlt_tui.tui.copying import page_name
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.screens.board import AskingScreen
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Prompt, Question
from dmlt_tui.tui.widgets.rows import Row, Rows

_KEYS = "Space change   c clipboard   w file   PgUp PgDn scroll   q back"
_SHOWN = 40_000  # characters of the page; to lay out more of them takes longer than a key may
_ADDED = {"times": "actual times", "decisions": "decisions", "handovers": "handovers"}


class Written(Struct, frozen=True):
    """A page as written, and what its file is called."""

    text: str
    name: str


class ExportScreen(AskingScreen[Written]):
    """`c` gives what is to be copied, `w` asks for a file, Esc or q gives None."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    DEFAULT_CSS = """
    ExportScreen { layout: vertical; }
    ExportScreen #export-title { background: $primary; text-style: bold; }
    ExportScreen #export-place { color: $text-muted; }
    ExportScreen #export-rows { height: 10; border: none; padding: 0 1; background: transparent; }
    ExportScreen VerticalScroll { height: 1fr; background: $surface; }
    ExportScreen #export-page { width: 1fr; padding: 0 1; }
    ExportScreen.-wide #export-rows { height: 11; }
    """
    BINDINGS = [
        ("space,right,l", "next(1)", "Change"),
        ("left,h", "next(-1)", "Change back"),
        ("c,y", "copy", "Clipboard"),
        ("w", "write", "File"),
        Binding("pageup", "scroll(-1)", "Page up", priority=True),  # before the list, which would move its cursor
        Binding("pagedown", "scroll(1)", "Page down", priority=True),
    ]

    def __init__(self, desk: Desk, form: str = "storage") -> None:
        """`form` is the format it begins with."""
        super().__init__()
        self._desk = desk
        self._scopes = _scopes(desk)
        self._scope = 0
        self._form = form
        self._choices = Choices()
        self._written = Written("", "")

    def compose(self) -> ComposeResult:
        """Title, choices, where it may be pasted, the page, keys."""
        yield Line(id="export-title")
        yield Rows(id="export-rows")
        yield Line(id="export-place")
        with VerticalScroll(can_focus=False):
            yield Line(id="export-page", tall=True)
        yield Prompt()
        yield self.bottom

    def on_mount(self) -> None:
        """Show the whole meeting in storage format."""
        self.query_one(Rows).focus()
        self._show()

    def keys(self) -> str:
        """Those of the choices."""
        return _KEYS

    # -- choices ------------------------------------------------------------------------------------------------

    def _rows(self) -> list[Row]:
        label, scope = self._scopes[self._scope]
        rows = [_chosen("Scope", label, "scope"), _chosen("Format", self._form, "format")]
        if scope.part is Part.MEETING:
            rows += [
                _ticked(f"{section}", f"section {section}", section in self._choices.sections) for section in Section
            ]
        if scope.part is not Part.ACTIONS:
            rows += [
                _ticked(words, f"add {name}", bool(getattr(self._choices, name))) for name, words in _ADDED.items()
            ]
        return rows

    def action_next(self, by: int) -> None:
        """Change the choice under the cursor: the next scope or format, or a tick."""
        kind, _, name = self.query_one(Rows).key_here.partition(" ")
        if kind == "scope":
            self._scope = (self._scope + by) % len(self._scopes)
        elif kind == "format":
            names = list(WRITERS)
            self._form = names[(names.index(self._form) + by) % len(names)]
        elif kind == "section":
            self._choices = replace(self._choices, sections=self._choices.sections ^ {Section(name)})
        elif kind == "add":
            self._choices = _toggled(self._choices, name)
        self._show()

    @on(OptionList.OptionSelected)
    def _entered(self) -> None:
        self.action_next(1)

    # -- the page -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        meeting = self._desk.meeting
        if meeting is None:
            return
        self.query_one(Rows).show(self._rows())
        text = self._write(meeting)
        more = f"\n... and {len(text) - _SHOWN:,} more characters" if len(text) > _SHOWN else ""
        lines = text.count("\n")
        size = f"{len(text.encode()):,} bytes, {lines:,} lines"
        self.unsay()
        self.query_one("#export-title", Line).show(f"Export: {clean(meeting.title)}")
        self.query_one("#export-place", Line).show(f"{size} · {PLACES[self._form]}")
        self.query_one("#export-page", Line).show(Content(clean(text[:_SHOWN]) + more))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _write(self, meeting: Meeting) -> str:
        scope = self._scopes[self._scope][1]
        try:
            page = compose(self._desk.value, meeting, scope, self._choices)
        except ScopeError as error:  # it was deleted elsewhere while this screen is open
            self._written = Written("", "")
            return f"{error}\n"
        self._written = Written(WRITERS[self._form](page), page_name(meeting, scope, self._form))
        return self._written.text

    def action_scroll(self, by: int) -> None:
        """Scroll the page."""
        scroller = self.query_one(VerticalScroll)
        scroller.scroll_relative(y=by * max(1, scroller.size.height - 1), animate=False)

    def action_copy(self) -> None:
        """Give what is to go to the clipboard."""
        if self._written.text:
            self.dismiss(self._written)

    # -- a file -------------------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Ask for the name of a file."""
        if self._written.text:
            folder = Path.cwd()
            name = self._written.name
            question = Question("File", lambda words: _meaning(folder, words), self._save, name, passing=True)
            self.ask(question)

    def _save(self, name: str) -> str | None:
        from dmlt_tui.clipboard.files import replace as write_file

        path = named(name.strip())
        if not name.strip():
            return "give it a name"
        try:
            if path.exists():
                return one_line(f"{path} exists already: give another name")
            write_file(path, self._written.text.encode("utf-8", "replace"))
        except OSError as error:
            return one_line(f"{path}: {why(error)}")
        self.say(one_line(f"written: {path.absolute()}"))
        return None


def _toggled(choices: Choices, name: str) -> Choices:
    """The choices with one of what may be added turned on or off."""
    times, decisions, handovers = (getattr(choices, key) != (key == name) for key in _ADDED)
    return Choices(choices.sections, times, decisions, handovers)


def _scopes(desk: Desk) -> list[tuple[str, Scope]]:
    """What can be exported from where one is, the widest first."""
    scopes = [("whole meeting", Scope())]
    if desk.day is not None:
        scopes.append((f"day {desk.day.date}", Scope(Part.DAY, desk.day.id)))
    place = desk.place
    if place is not None:
        scopes.append((f"session at {place.session.start:%H:%M}", Scope(Part.SESSION, place.session.id)))
        scopes.append((f"item {place.item.title}", Scope(Part.ITEM, place.item.id)))
    return [*scopes, ("open actions of all meetings", Scope(Part.ACTIONS))]


def _chosen(label: str, value: str, key: str) -> Row:
    return Row(Content.assemble((f"{label:<9}", "bold"), f"‹ {clean(value)} ›"), key)


def _ticked(label: str, key: str, on_: bool) -> Row:
    return Row(Content(f"{'':<9}[{'x' if on_ else ' '}] {label}"), key)


def _meaning(folder: Path, name: str) -> str:
    path = folder / named(name.strip())
    try:
        if path.exists():
            words = f"{path}: exists already"
        else:
            words = f"a new file in {path.parent}" if path.parent.is_dir() else f"{path.parent}: no such folder"
    except OSError as error:
        words = f"{path}: {why(error)}"
    return one_line(words)
