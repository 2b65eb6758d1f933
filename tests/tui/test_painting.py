"""What is sent to the terminal: after every step the right screen, in few bytes."""

from __future__ import annotations

import importlib.util
import random
import re
import signal
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import pytest
from rich.color import ColorSystem
from rich.segment import ControlType, Segment
from rich.style import Style
from support.clock import Clock
from support.desk import desk
from support.painted import Watcher, Wire
from support.terminal import Terminal
from textual import events
from textual.app import App, ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.document._document import Document
from textual.document._wrapped_document import WrappedDocument
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.messages import Prompt, Update
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static, TextArea

from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.painting import FITS, LeanApp
from dmlt_tui.tui.widgets import lean_text_area
from dmlt_tui.tui.widgets.editor import Editor
from dmlt_tui.tui.widgets.lean_text_area import LeanTextArea

NOTES = "\n".join(f"line {number} of the notes, with so many words in it that it may well wrap" for number in range(30))
AWKWARD = ("漢", "字典", "e\u0301", "a\u0308b", "🎉", "👍🏽", "한", "\u05d0\u05d1", "\U00018cd6")
AppType = TypeVar("AppType", bound=App[Any])


@pytest.fixture(autouse=True)
def _styles_of_this_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual remembers how styles and blanks were written for the first terminal; here there are several kinds."""
    render_style = Strip.render_style

    def render_anew(style: Style, text: str, color_system: ColorSystem) -> str:
        style._ansi = None
        return render_style(style, text, color_system)

    monkeypatch.setattr(Strip, "render_style", staticmethod(render_anew))
    Strip.blank.cache_clear()


class Card(ModalScreen[None]):
    CSS = (
        "Card { align: center middle; } Card Static { width: 30; height: 5; border: solid red; background: blue 50%; }"
    )

    def compose(self) -> ComposeResult:
        yield Static("a card over it, 漢字 and all", markup=False)


class Panes(LeanApp[None]):
    """Three panes and a field, as the program has them."""

    CSS = """
    OptionList { width: 18; border: none; } .gone { display: none; } Input { height: 3; }
    TextArea { width: 1fr; border: none; padding: 0 0 0 1; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield OptionList(*[Content(f"{number} topic {'漢' * (number % 3)}") for number in range(30)], id="left")
            yield LeanTextArea(NOTES, highlight_cursor_line=False)
            yield OptionList(*[Content(f"e\u0301 action {number}") for number in range(9)], id="right")
        yield Input()

    def on_mount(self) -> None:
        self.animation_level = "none"
        self.query_one(Input).cursor_blink = False
        self.area.cursor_blink = False
        self.area.focus()

    @property
    def area(self) -> TextArea:
        return self.query_one(TextArea)


def wired(app: AppType) -> AppType:
    app.driver_class = Wire
    return app


def random_step(pilot: Pilot[None], chance: random.Random) -> tuple[str, Callable[[], Any]]:
    """Something a user does, or that happens to them."""
    app = pilot.app
    assert isinstance(app, Panes)
    area, words = app.area, chance.choice(AWKWARD)
    keys = ("a", "space", "enter", "backspace", "delete", "up", "down", "left", "right", "home", "end", "pageup")
    moves = ("pagedown", "shift+down", "shift+left", "shift+end", "ctrl+k", "ctrl+w", "tab", "shift+tab", "ctrl+z")
    key = chance.choice(keys * 3 + moves)
    size = chance.choice([(80, 24), (60, 15), (100, 30)])
    location = (chance.randrange(area.document.line_count), 0)
    steps: list[tuple[str, Callable[[], Any]]] = [
        (f"typing {words!r}", lambda: area.insert(words)),
        (f"an edit by others at {location}", lambda: area.insert(f"{words} x\ny" * chance.randint(0, 2), location)),
        ("a card opened", lambda: app.push_screen(Card())),
        ("a card closed", lambda: app.pop_screen() if len(app.screen_stack) > 1 else None),
        (f"the size {size}", lambda: pilot.resize_terminal(*size)),
        ("a pane came or went", lambda: app.query_one("#left").toggle_class("gone")),
        ("other text", lambda: area.load_text(words * chance.randint(0, 90))),
        ("a theme", lambda: setattr(app, "theme", chance.choice(["textual-light", "nord"]))),
        ("several at once", lambda: pilot.press("b", "enter", "c")),
    ]
    return (key, lambda: pilot.press(key)) if chance.random() < 0.7 else chance.choice(steps)


@pytest.mark.parametrize("seed", range(4))
async def test_after_every_step_each_cell_is_as_textual_itself_would_paint_it(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor" if seed % 2 else "")
    chance = random.Random(seed)
    app = wired(Panes())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.why_stock == ""
        watcher = Watcher(app)
        for number in range(30):
            name, step = random_step(pilot, chance)
            outcome = step()
            if hasattr(outcome, "__await__"):
                await outcome
            await pilot.pause()
            assert await watcher.difference(pilot) == "", f"step {number}: {name}"


async def bytes_for(pilot: Pilot[Any], watcher: Watcher, *keys: str) -> int:
    watcher.read()
    await pilot.press(*keys)
    await pilot.pause()
    return len(watcher.read().encode())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
async def test_a_letter_costs_few_bytes_and_a_still_screen_none(
    size: tuple[int, int], sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORTERM", raising=False)
    with OpenNotebook.open(sample) as notebook:
        app = wired(DmltApp(notebook, meeting_id="2020-05", now=clock))
        async with app.run_test(headless=False, size=size) as pilot:
            while app.live is None or not app.live.actions.rows.option_count:  # read once the screen is painted
                await pilot.pause(0.02)
            await pilot.press("i", "enter", "q")
            await pilot.pause()
            watcher = Watcher(app)
            costs = sorted([await bytes_for(pilot, watcher, letter) for letter in "thequickbrownfox"])
            assert costs[len(costs) // 2] <= 160, costs
            await pilot.press("escape")
            notebook.flush()
            await pilot.pause()
            watcher.read()
            await pilot.pause(1.2)
            assert watcher.read() == ""


async def test_what_a_line_costs_does_not_grow_with_the_text() -> None:
    costs = []
    for lines in (30, 3000):
        app = wired(Panes())
        async with app.run_test(headless=False, size=(80, 24)) as pilot:
            app.area.load_text("some words\n" * lines)
            app.area.move_cursor((20, 3))
            await pilot.pause()
            watcher = Watcher(app)
            costs.append([await bytes_for(pilot, watcher, key) for key in ("a", "b", "left", "right", "backspace")])
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 60


async def test_a_letter_marks_one_line_and_leaves_the_layout_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    draw = LeanTextArea.render_line

    def noted(area: LeanTextArea, y: int) -> Strip:
        drawn.append(y)
        return draw(area, y)

    monkeypatch.setattr(LeanTextArea, "render_line", noted)
    app = wired(Panes())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        app.area.load_text("one\ntwo\nthree")
        app.area.move_cursor((1, 1))
        await pilot.pause()
        drawn.clear()
        monkeypatch.setattr(Screen, "_refresh_layout", lambda *_, **__: pytest.fail("the screen is laid out anew"))
        await pilot.press("x")
        await pilot.pause()
        assert drawn == [1]
        await pilot.press("enter")
        await pilot.pause()
        monkeypatch.undo()


async def test_a_letter_in_a_line_that_is_wrapped_draws_the_rows_it_changed_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[int] = []
    draw = LeanTextArea.render_line

    def noted(area: LeanTextArea, y: int) -> Strip:
        drawn.append(y)
        return draw(area, y)

    monkeypatch.setattr(LeanTextArea, "render_line", noted)
    app = wired(Panes())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        width = app.area.wrap_width
        app.area.load_text("above\n" + "word " * (2 * width // 5) + "word\nbelow")
        app.area.move_cursor((1, len(app.area.document.get_line(1))))
        await pilot.pause()
        last = app.area.wrapped_document.height - 2
        assert last >= 3
        for keys, rows in (
            (("x",), {last}),
            (("left",), {last}),
            (("up",), {last - 1, last}),
            (("x",), {last - 1, last}),
        ):
            drawn.clear()
            await pilot.press(*keys)
            await pilot.pause()
            assert set(drawn) == rows


def _region_of(widget: Widget) -> Region:
    region: Region = vars(Widget)["scrollable_content_region"].fget(widget)  # as Textual itself finds it
    return region


async def test_the_place_of_a_text_is_known_however_the_screen_is_shared_out(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        for keys in (("ctrl+x", "z"), ("ctrl+x", "z"), ("escape",), ("i",)):
            await at.press(*keys)
            for size in ((80, 24), (120, 40), (50, 14)):
                await at.pilot.resize_terminal(*size)
                await at.pilot.pause()
                assert at.editor.scrollable_content_region == _region_of(at.editor)


async def test_a_letter_is_heard_of_by_those_alone_who_have_to(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(sample, clock) as at:
        await at.press("i", "a")
        heard: list[str] = []
        dispatch = MessagePump._dispatch_message

        async def noted(self: MessagePump, message: Message) -> None:
            of_others = events.Timer | events.Callback  # the clock, the pilot
            if not isinstance(self, Editor):
                of_others |= Prompt | Update  # the status line, which says how the file stands
            if not isinstance(message, of_others):
                heard.append(f"{type(self).__name__}: {type(message).__name__}")
            await dispatch(self, message)

        monkeypatch.setattr(at.app, "_painted_now", 0.0)  # who types is no faster than the screen
        monkeypatch.setattr(MessagePump, "_dispatch_message", noted)
        at.app.hear(events.Key("b", "b"))
        await at.until(lambda: at.notes("welcome").endswith("ab"))
        assert heard == ["Editor: Key", "LiveScreen: Typed"]


@pytest.mark.parametrize("width", [0, 1, 7, 40, 80])
def test_lines_of_a_screen_are_cut_as_textual_cuts_them(width: int) -> None:
    text = "\n".join([NOTES, *AWKWARD, "", "\ttabs\tand words", "漢字" * 30, "x" * 200])
    stock = WrappedDocument(Document(text), width)
    lean = lean_text_area._Wrapped(Document(text), width)
    for line in range(stock.document.line_count):
        assert lean.get_sections(line) == stock.get_sections(line)


async def test_a_line_added_below_the_last_one_seen_is_scrolled_to_at_once() -> None:
    app = wired(Panes())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        app.area.move_cursor(app.area.document.end)
        await pilot.press("enter")
        await pilot.pause()
        assert app.area.cursor_screen_offset.y < app.area.content_region.bottom


async def test_the_cursor_of_the_terminal_is_left_where_the_input_is() -> None:
    app = wired(Panes())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await pilot.press("a")
        await pilot.pause()
        watcher = Watcher(app)
        watcher.read()
        await pilot.press("b")
        await pilot.pause()
        x, y = app.cursor_position
        assert (x, y) == app.area.cursor_screen_offset
        assert re.match(r"(\x1b\[[\d;]*m)*b", watcher.read())  # the letter goes where the cursor was left


async def test_a_change_of_size_paints_everything_even_when_it_is_taken_back() -> None:
    app = wired(Panes())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await pilot.pause()
        watcher = Watcher(app)
        watcher.read()
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert len(watcher.read()) > 80 * 23


class Bell(Widget):
    """A widget that sends a control code of its own."""

    def render_line(self, y: int) -> Strip:
        return Strip([Segment("ab", None), Segment("\x07", None, [(ControlType.BELL,)])], 2)


async def test_what_is_not_understood_is_painted_by_textual() -> None:
    class WithBell(Panes):
        CSS = Panes.CSS + "Bell { dock: bottom; width: 2; height: 1; }"

        def compose(self) -> ComposeResult:
            yield from super().compose()
            yield Bell()

    app = wired(WithBell())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await pilot.pause()
        watcher = Watcher(app)
        for key in ("a", "tab", "down"):
            app.query_one(Bell).refresh()
            await pilot.press(key)
            await pilot.pause()
            assert await watcher.difference(pilot) == ""


async def test_text_never_acts_on_the_terminal() -> None:
    app = wired(Panes())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        app.area.load_text("\x1b]52;c;aGk=\x07 \x9b31m and \x1b[2J")
        app.query_one("#right", OptionList).add_option(Content("\x1b]0;title\x07"))
        await pilot.pause()
        sent = Watcher(app).read()
    assert "52;c;aGk=" in sent
    assert "0;title" in sent
    assert not [act for act in ("\x1b]52", "\x1b]0", "\x9b", "\x1b[2J") if act in sent]


def test_the_textual_installed_is_the_one_the_painting_was_made_for() -> None:
    """When this fails: read painting.py and lean_text_area.py against the new version, then name it in FITS."""
    assert version("textual").startswith(f"{FITS}.")


@pytest.mark.parametrize("missing", ["display", "update", "screen"])
async def test_with_an_internal_that_looks_otherwise_textual_paints_and_the_screen_is_right(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing == "display":
        display = App._display
        monkeypatch.setattr(App, "_display", lambda self, screen, update: display(self, screen, update))
    elif missing == "update":
        monkeypatch.setattr("dmlt_tui.tui.painting.pieces_of", lambda update: iter(update.pieces))
    else:
        update_now = Screen._on_timer_update
        monkeypatch.setattr(Screen, "_on_timer_update", lambda self, _late=0: update_now(self))
    app = wired(Panes())
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.why_stock
        watcher = Watcher(app)
        for key in ("a", "enter", "tab", "down"):
            await pilot.press(key)
            await pilot.pause()
            assert await watcher.difference(pilot) == ""


def test_a_text_area_that_looks_otherwise_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextArea, "_render_line", lambda self, y, x: None)
    spec = importlib.util.spec_from_file_location("lean_text_area_again", str(lean_text_area.__file__))
    assert spec is not None
    assert spec.loader is not None
    again = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(again)
    assert again.LeanTextArea is TextArea


def test_back_from_the_shell_the_whole_screen_is_painted(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.sees("Agenda")
        terminal.signals(signal.SIGTSTP)
        terminal.until(lambda: b"\x1b[?1049l" in terminal.received, "the program to give the terminal back")
        # Woken before it sleeps, it would sleep on.
        stat = Path(f"/proc/{terminal.pid}/stat")
        terminal.until(lambda: stat.read_text().rpartition(")")[2].split()[0] == "T", "the program to stop")
        terminal.received.clear()
        terminal.signals(signal.SIGCONT)
        terminal.until(
            lambda: b"Agenda" in terminal.received and b"Middleware" in terminal.received, "the screen again"
        )
