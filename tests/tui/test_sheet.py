"""Long lists: only what is seen is made, and moving goes as in short ones."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.content import Content

from dmlt_tui.tui.widgets.sheet import Sheet


class Long(App[None]):
    """Five thousand rows, every tenth a heading."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[int] = []
        self.chosen: list[str] = []

    def compose(self) -> ComposeResult:
        yield Sheet()

    @property
    def sheet(self) -> Sheet:
        return self.query_one(Sheet)

    def on_mount(self) -> None:
        self.sheet.focus()
        self.sheet.show(["" if index % 10 == 0 else f"k{index}" for index in range(5_000)], self.draw)

    def draw(self, index: int, width: int) -> list[Content]:
        self.drawn.append(index)
        return [Content(f"row {index}")]

    def on_sheet_chosen(self) -> None:
        self.chosen.append(self.sheet.key_here)

    def line(self, y: int) -> str:
        return self.sheet.render_line(y).text.rstrip()


async def test_only_rows_on_the_screen_are_made() -> None:
    app = Long()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("pagedown", "pagedown", "G", "pageup")
        assert len(set(app.drawn)) < 80
        assert any(index > 4_900 for index in app.drawn)


async def test_the_cursor_passes_over_headings_and_stays_in_view() -> None:
    app = Long()
    async with app.run_test(size=(40, 10)) as pilot:
        assert app.sheet.key_here == "k1"
        assert app.line(0) == "row 0"
        await pilot.press(*["j"] * 9)
        assert app.sheet.key_here == "k11"
        await pilot.press("k")
        assert app.sheet.key_here == "k9"
        await pilot.press("G")
        assert app.sheet.key_here == "k4999"
        assert app.line(9) == "row 4999"
        await pilot.press("down", "home", "up", "enter")
        assert app.chosen == ["k1"]
        assert app.line(0) == "row 0"


async def test_the_cursor_keeps_its_row_or_its_place_when_rows_change() -> None:
    app = Long()
    async with app.run_test(size=(40, 10)):
        app.sheet.show(["a", "b", "c"], app.draw, key="b")
        app.sheet.show(["x", "a", "b", "c"], app.draw)
        assert app.sheet.key_here == "b"
        app.sheet.show(["x", "a", "c"], app.draw)
        assert app.sheet.key_here == "c"
        app.sheet.show([], app.draw)
        assert app.sheet.key_here == ""
        assert app.line(0) == ""


async def test_rows_may_take_several_lines() -> None:
    app = Long()
    async with app.run_test(size=(40, 4)) as pilot:
        lines = [[Content(f"{row} {part}") for part in range(3)] for row in range(2)]
        app.sheet.show(["a", "b"], lambda index, _: lines[index], heights=lambda _: [3, 3], key="a")
        await pilot.pause()
        assert [app.line(y) for y in range(4)] == ["0 0", "0 1", "0 2", "1 0"]
        await pilot.press("j")
        await pilot.pause()
        assert [app.line(y) for y in range(4)] == ["0 2", "1 0", "1 1", "1 2"]


async def test_a_row_that_is_too_long_says_that_it_goes_on() -> None:
    app = Long()
    async with app.run_test(size=(10, 10)):
        app.sheet.show(["a", "b"], lambda _index, _width: [Content("what is said here is long")])
        assert app.line(1) == "what is …"
