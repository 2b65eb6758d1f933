"""What is loaded before the first screen is painted, and by commands that need no screen."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from support.clock import Clock
from support.desk import desk
from textual import events
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.screen import Screen
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.widgets.rows import Row, Rows

SAMPLE = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"

# Runs the app until its first screen is painted, and tells what is loaded by then.
FIRST_PAINT = """
import sys
from pathlib import Path
from dmlt_tui.tui.opening import load_asyncio
load_asyncio()
import dmlt_tui.tui.app
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.store.notebook import OpenNotebook

class First(DmltApp):
    CSS_PATH = Path(dmlt_tui.tui.app.__file__).with_name("app.tcss")
    seen = set()

    def _display(self, screen, renderable):
        super()._display(screen, renderable)
        if renderable is not None and not self.seen:
            self.seen = set(sys.modules)
            self.exit()

app = First(OpenNotebook.open(Path(sys.argv[1]), read_only=True))
app.run(headless=True)
print(*app.seen)
"""

# Runs the app with a key pressed once the first screen is painted, and tells what is loaded when it has its effect.
FIRST_KEY = FIRST_PAINT.replace(
    "if renderable is not None and not self.seen:",
    """
        if renderable is None:
            return
        if not self.live.writing and not self.seen:
            self.post_message(events.Key("i", "i"))
            self.seen = {"nothing yet"}
        elif " TYPE " in self.live.query_one("#keys").words and len(self.seen) == 1:""",
).replace("import sys", "import sys\nfrom textual import events")

# Slow to load, or of use only to some keys.
LATER = {
    "ssl",
    "hashlib",
    "markdown_it",
    "filelock",
    "click",
    "lxml",
    "bs4",
    "pyperclip",
    "dmlt_tui.notes.grammar",
    "dmlt_tui.notes.due",
    "dmlt_tui.notes.capture",
    "dmlt_tui.meeting.capture",
    "dmlt_tui.meeting.stats",
    "dmlt_tui.page.compose",
    "dmlt_tui.page.reading",
    "dmlt_tui.clipboard.chain",
    "dmlt_tui.tui.rewriting",
    "dmlt_tui.tui.typed",
    "dmlt_tui.tui.arranging",
    "dmlt_tui.tui.offers",
    "dmlt_tui.tui.palette",
    *(
        f"dmlt_tui.tui.screens.{name}"
        for name in [
            "board",
            "export",
            "find",
            "handover",
            "help",
            "listing",
            "meetings",
            "people",
            "planning",
            "review",
            "summary",
        ]
    ),
}


def loaded(*arguments: str) -> set[str]:
    run = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True)
    return set(run.stdout.split("\n")[-2].split())


def test_asyncio_goes_without_tls_and_whoever_needs_that_still_has_it() -> None:
    script = """
from dmlt_tui.tui.opening import load_asyncio
load_asyncio()
import asyncio.base_events, ssl
print(asyncio.base_events.ssl, bool(ssl.create_default_context))
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "None True\n"


def test_the_first_screen_is_painted_before_what_it_does_not_need_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "notebook.json"
    path.write_bytes(SAMPLE.read_bytes())
    script = tmp_path / "first_paint.py"  # a file, as Textual asks where the code of an app stands
    script.write_text(FIRST_PAINT)
    found = loaded(str(script), str(path))
    assert {"dmlt_tui.tui.painting", "textual.widgets._text_area"} <= found
    assert LATER & found == set()


def test_a_key_pressed_then_has_its_effect_before_the_lists_are_read(tmp_path: Path) -> None:
    path = tmp_path / "notebook.json"
    path.write_bytes(SAMPLE.read_bytes())
    script = tmp_path / "first_key.py"
    script.write_text(FIRST_KEY)
    found = loaded(str(script), str(path))
    assert "dmlt_tui.tui.painting" in found
    assert {"markdown_it", "dmlt_tui.notes.grammar"} & found == set()


def test_a_notebook_named_alone_is_opened_without_what_reads_a_command_line() -> None:
    code = (
        "import sys; sys.argv = ['dmlt-tui', 'minutes.json']\n"
        "import dmlt_tui.tui.opening as opening; opening.open_app = lambda path: print(path.name, *sys.modules) or 0\n"
        "from dmlt_tui.__main__ import main; main()"
    )
    found = loaded("-c", code)
    assert "minutes.json" in found
    assert {"click", "gettext", "argparse"} & found == set()


async def test_the_lists_are_read_once_nobody_waits_for_a_key(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        at.live.actions.rows.show([])
        at.app.key_queue._heard = events.Event().time  # as if a key were read just now
        at.live._once_painted()
        assert not at.live.actions.rows.option_count
        await at.until(lambda: at.live.actions.rows.option_count > 0)


async def test_going_to_the_notes_styles_what_looks_the_same_not_again(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(sample, clock) as at:
        styled: list[DOMNode] = []
        apply = Stylesheet.apply

        def noted(self: Stylesheet, node: DOMNode, **how: Any) -> None:
            styled.append(node)
            apply(self, node, **how)

        monkeypatch.setattr(Stylesheet, "apply", noted)
        await at.press("i")
        assert {node.id for node in styled if node.id} == {"editor", "agenda-rows", "agenda-title", "notes-title"}


def test_no_value_loaded_by_then_is_defined_as_a_dataclass() -> None:
    """Each would take half a millisecond, as Python compiles its methods; a Struct takes a hundredth of that."""
    code = (
        "import sys, dmlt_tui.cli.opening, dmlt_tui.cli.notebooks, dmlt_tui.settings.file, dmlt_tui.tui.app\n"
        "ours = [module for name, module in sys.modules.items() if name.startswith('dmlt_tui')]\n"
        "kinds = {kind for module in ours for kind in vars(module).values() if isinstance(kind, type)}\n"
        "kinds = {kind for kind in kinds if kind.__module__.startswith('dmlt_tui')}\n"
        "print('found', *(kind.__name__ for kind in kinds if hasattr(kind, '__dataclass_fields__')))"
    )
    assert loaded("-c", code) == {"found"}


async def test_each_widget_is_styled_once_for_the_first_screen(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled: list[DOMNode] = []
    apply = Stylesheet.apply

    def noted(self: Stylesheet, node: DOMNode, **how: Any) -> None:
        styled.append(node)
        apply(self, node, **how)

    monkeypatch.setattr(Stylesheet, "apply", noted)
    async with desk(sample, clock) as at:
        widgets = [node for node in styled if isinstance(node, Widget)]
        agenda = at.live.agenda  # gets the keys once it is shown, which shows
        elsewhere = [node for node in widgets if agenda not in node.ancestors_with_self]
        assert {"editor", "actions-rows", "status"} <= {node.id for node in elsewhere}
        assert len(elsewhere) == len(set(elsewhere))
        assert at.live.has_class("-narrow", "-high")


async def test_what_is_not_seen_at_first_is_made_when_it_has_something_to_show(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        hidden = "Prompt, #prompt-input, #completion, #agenda-speakers, #agenda-picture"
        assert not at.live.query(hidden)
        await at.press("a", *"ask Bob")
        assert at.live.query_one("#prompt-input", Input).value == "ask Bob"
        await at.press("escape")
        assert [node.id for node in at.live.query(hidden)] == ["prompt", "prompt-input"]


async def test_the_first_screen_is_laid_out_once_for_its_size_and_every_row_fits(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[Size] = []
    fitted: list[str] = []
    lay_out, show = Screen._refresh_layout, Rows.show

    def noted(self: Screen[None], size: Size | None = None, scroll: bool = False) -> None:
        if size is not None:
            laid_out.append(size)
        lay_out(self, size, scroll)

    def shown(self: Rows, rows: Sequence[Row], key: str | None = None) -> None:
        fitted.extend(str(self.id) for _ in rows[:1])
        show(self, rows, key)

    monkeypatch.setattr(Screen, "_refresh_layout", noted)
    monkeypatch.setattr(Rows, "show", shown)
    for size in ((80, 24), (120, 40)):
        laid_out.clear()
        fitted.clear()
        async with desk(sample, clock, size=size) as at:
            assert laid_out == [Size(*size)]
            assert fitted.count("agenda-rows") == 1
            rows = at.live.agenda.rows
            assert {cell_len(row.content.plain) for row in rows.rows} == {rows.scrollable_content_region.width}


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_is_laid_out_again_for_the_first_screen_and_a_key(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    laid_out: list[Screen[None]] = []
    lay_out = Screen._refresh_layout

    def noted(self: Screen[None], size: Size | None = None, scroll: bool = False) -> None:
        laid_out.append(self)
        lay_out(self, size, scroll)

    monkeypatch.setattr(Screen, "_refresh_layout", noted)
    monkeypatch.setattr(LiveScreen, "_once_painted", lambda _: None)  # what is shown then takes more room
    async with desk(sample, clock, size=size) as at:
        await at.press("i")
        assert laid_out == [at.live]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_each_widget_is_drawn_once_for_the_first_screen(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    drawn: list[Widget] = []
    draw = Widget.render_lines

    def noted(self: Widget, crop: Region) -> list[Strip]:
        drawn.append(self)
        return draw(self, crop)

    monkeypatch.setattr(Widget, "render_lines", noted)
    monkeypatch.setattr(LiveScreen, "_once_painted", lambda _: None)
    async with desk(sample, clock, size=size) as at:
        await at.pilot.pause(0.1)  # longer than any painting that was asked for may wait
        assert {"editor", "agenda-rows", "actions-rows", "status"} <= {widget.id for widget in drawn}
        assert [(widget, drawn.count(widget)) for widget in drawn if drawn.count(widget) > 1] == []


async def test_what_the_first_layout_finds_too_long_gets_its_scrollbar(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, size=(80, 12)) as at:
        rows = at.live.agenda.rows
        assert rows.virtual_size.height > rows.size.height
        assert rows.vertical_scrollbar.region.height == rows.size.height
        assert {cell_len(row.content.plain) for row in rows.rows} == {rows.scrollable_content_region.width}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The ids of the widgets drawn, as they are."""
    seen: set[str] = set()
    draw = Widget.render_lines

    def render_lines(self: Widget, crop: Region) -> list[Strip]:
        seen.add(str(self.id))
        return draw(self, crop)

    monkeypatch.setattr(Widget, "render_lines", render_lines)
    return seen


async def test_a_key_draws_only_what_it_changes_and_what_gets_or_loses_the_keys(
    sample: Path, clock: Clock, drawn: set[str]
) -> None:
    async with desk(sample, clock) as at:
        await at.until(lambda: at.live.actions.rows.option_count > 0)
        await at.pilot.pause()
        drawn.clear()
        await at.press("i")
        assert {"editor", "agenda-rows", "agenda-title", "notes-title", "keys"} <= drawn
        assert not drawn & {"header", "notes-about", "notes-prepared", "actions-title"}


async def test_what_a_key_changed_is_painted_before_the_screens_next_turn(
    sample: Path, clock: Clock, drawn: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(sample, clock) as at:
        await at.until(lambda: at.live.actions.rows.option_count > 0)
        at.app._painted_now = 0.0
        with monkeypatch.context() as no_turn_comes:
            no_turn_comes.setattr(Timer, "resume", lambda _: None)
            at.live._update_timer.pause()
            drawn.clear()
            at.app.post_message(events.Key("i", "i"))  # by the pilot, the screen would have its turn
            async with asyncio.timeout(30):
                while not {"editor", "keys"} <= drawn:
                    await asyncio.sleep(0)


async def test_the_lists_are_not_read_while_a_key_waits(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.until(lambda: at.live.actions.rows.option_count > 0)
        at.live.actions.rows.show([])
        at.app.key_queue._waiting.append(events.Key("i", "i"))
        at.live._once_painted()
        assert not at.live.actions.rows.option_count
        await at.app.key_queue._read()
        await at.until(lambda: at.live.actions.rows.option_count > 0)
        assert at.live.writing


async def test_the_actions_are_there_for_a_key_that_comes_before_they_were_read(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LiveScreen, "_once_painted", lambda _: None)
    async with desk(sample, clock) as at:
        assert not at.live.actions.rows.option_count
        await at.press("shift+tab", "j")
        assert at.live.actions.rows.highlighted == 1


async def test_what_lies_behind_others_is_not_drawn_for_the_first_screen(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[Widget] = []
    draw = Widget.render_lines

    def render_lines(self: Widget, crop: Region) -> list[Strip]:
        drawn.append(self)
        return draw(self, crop)

    monkeypatch.setattr(Widget, "render_lines", render_lines)
    async with desk(sample, clock) as at:
        assert at.app.why_stock == ""
        assert at.live.query_one("#header") in drawn
        assert not {at.live, at.live.panes, at.live.query_one("#sheet"), at.live.query_one("#foot")} & set(drawn)


def after_command(*arguments: str) -> set[str]:
    code = (
        "import sys, atexit; sys.argv[0] = 'dmlt-tui'\n"
        "atexit.register(lambda: print('\\n' + ' '.join(sys.modules)))\n"
        "from dmlt_tui.cli import main; main()"
    )
    return loaded("-c", code, *arguments)


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (["--version"], {"textual", "rich", "markdown_it", "msgspec", "tinydb", "filelock", "dmlt_tui.store"}),
        (["--help"], {"textual", "rich", "markdown_it", "tinydb", "filelock"}),
        (["list", "SAMPLE"], {"textual", "rich", "filelock", "lxml", "zoneinfo", "dmlt_tui.page"}),
        (["actions", "SAMPLE"], {"textual", "rich", "filelock", "lxml", "dmlt_tui.page"}),
        (["export", "-o", "PAGE", "SAMPLE"], {"textual", "rich", "filelock", "bs4"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
def test_a_command_loads_only_what_it_needs(arguments: list[str], unneeded: set[str], tmp_path: Path) -> None:
    places = {"SAMPLE": str(SAMPLE), "PAGE": str(tmp_path / "page.xml")}
    found = after_command(*(places.get(word, word) for word in arguments))
    assert "dmlt_tui.cli.program" in found
    assert unneeded & found == set()
