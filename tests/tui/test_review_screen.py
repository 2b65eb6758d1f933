"""The net at wrap-up, driven by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from support.clock import Clock
from textual.pilot import Pilot

from dmlt_tui.meeting.edits import set_notes
from dmlt_tui.meeting.model import Person
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.screens.people import PeopleScreen
from dmlt_tui.tui.screens.review import ReviewScreen
from dmlt_tui.tui.widgets.line import Line

NOTES = """\
- Wil agreed to ask NCSA for two nodes
- It was long. Robert to report on the OCPS. Nobody objected.
- ?? who pays for the nodes
- [ ] @fmueller write it down
- @fmuller came"""


class Desk:
    """The app, on the notes above at the item news of the reference meeting."""

    def __init__(self, app: DmltApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in words))

    def line(self, name: str) -> str:
        return self.app.screen.query_one(f"#{name}", Line).words

    @property
    def screen(self) -> ReviewScreen | PeopleScreen:
        screen = self.app.screen
        assert isinstance(screen, ReviewScreen | PeopleScreen), screen
        return screen

    @property
    def rows(self) -> list[str]:
        return [self.screen.sheet.row_text(index) for index in range(len(self.screen.sheet.keys))]

    @property
    def notes(self) -> list[str]:
        meeting = self.app.notebook.value.meeting("2020-05")
        assert meeting is not None
        return next(item.notes for item in meeting.items if item.id == "news").split("\n")


@asynccontextmanager
async def desk(path: Path, clock: Clock, *keys: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Desk]:
    with OpenNotebook.open(path) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        for item in meeting.items:
            notebook.change(set_notes("2020-05", item, item.notes, NOTES if item.id == "news" else ""))
        app = DmltApp(notebook, meeting_id="2020-05", now=clock)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            at = Desk(app, pilot)
            await at.press(*keys)
            yield at


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["narrow", "wide"])
async def test_every_loose_end_is_one_row_under_its_item(sample: Path, clock: Clock, size: tuple[int, int]) -> None:
    async with desk(sample, clock, "R", size=size) as at:
        assert at.line("list-title").startswith("Review: 5 loose ends in DM Leadership Team")
        assert at.rows[0] == "Project news"
        for row, words in zip(
            at.rows[1:], ("Wil agreed", "Robert to report", "who pays", "write it down", "@fmuller"), strict=True
        ):
            assert words in row
        assert at.line("list-whole").endswith("somebody took it on: turn into an action, or dismiss")


async def test_a_promise_becomes_an_action_with_two_keys_and_its_date(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "R", "enter") as at:
        assert at.line("prompt-meaning") == "Wil O'Mullane · no date · ask NCSA for two nodes"
        await at.type(" 2w")
        await at.press("enter")
        assert at.notes[0] == "- [ ] @womullane ask NCSA for two nodes due:2020-05-26"
        assert len(at.rows) == 1 + 4
        await at.press("u")
        assert "\n".join(at.notes) == NOTES
        assert len(at.rows) == 1 + 5


async def test_who_of_two_is_meant_is_asked_on_the_same_line(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "R", "j", "a") as at:
        assert at.line("prompt-meaning") == "Robert: Robert Gruendl or Robert Lupton?   Tab chooses"
        await at.press("enter")
        assert "\n".join(at.notes) == NOTES
        await at.press("tab", "enter")
        assert at.notes[2] == "  - [ ] @rgruendl report on the OCPS"


async def test_an_action_is_given_its_date(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "R", "j", "j", "j", "enter") as at:
        await at.type(" fri")
        await at.press("enter")
        assert at.notes[3] == "- [ ] @fmueller write it down due:2020-05-15"


async def test_dismissing_is_remembered_and_undone(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "R", "x") as at:
        assert len(at.rows) == 1 + 4
        assert "u undoes it" in at.line("board-keys")
        await at.press("q", "R")
        assert len(at.rows) == 1 + 4
        await at.press("u")
        assert len(at.rows) == 1 + 5


async def test_an_unknown_name_is_put_right_from_here(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "R", "G", "enter") as at:
        assert at.line("prompt-meaning") == "@fmuller becomes Fritz Mueller (@fmueller) in 1 place"
        await at.press("enter")
        assert at.notes[4] == "- @fmueller came"


async def test_a_question_is_jumped_to_and_e_jumps_to_every_line(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "R", "j", "j", "enter") as at:
        assert isinstance(at.app.screen, LiveScreen)
        assert at.app.screen.typing
        assert at.app.screen.notes.item_id == "news"
        assert at.app.screen.notes.editor.cursor_location[0] == 2
        await at.press("escape", "R", "G", "e")
        assert at.app.screen.notes.editor.cursor_location[0] == 4


async def test_escape_closes_the_prompt_before_the_screen(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "R", "a", "escape") as at:
        assert len(at.rows) == 1 + 5
        await at.press("escape")
        assert isinstance(at.app.screen, LiveScreen)


async def test_while_typing_it_stands_behind_the_prefix_and_sees_what_was_just_typed(
    sample: Path, clock: Clock
) -> None:
    async with desk(sample, clock, "i") as at:
        await at.type("we should decide")
        await at.press("ctrl+x", "R")
        assert any("we should decide" in row for row in at.rows)


async def test_nothing_left_open_is_told(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "R", *"xxxxx") as at:
        assert at.rows == []
        assert at.line("list-title").startswith("Review: nothing is left open in DM Leadership")
        await at.press("a", "x", "e", "enter")
        assert at.rows == []


# -- people -------------------------------------------------------------------------------------------------------


async def test_people_show_the_unknown_first_and_resolve_them_everywhere(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "4") as at:
        assert "24, 1 unknown" in at.line("list-title")
        assert at.rows[0] == "Unknown, but mentioned"
        assert at.rows[1].split() == ["@fmuller", "perhaps", "Fritz", "Mueller", "1"]
        await at.press("enter", "enter")
        assert at.notes[4] == "- @fmueller came"
        assert "not known" not in at.line("list-title")
        await at.press("u")
        assert "\n".join(at.notes) == NOTES


async def test_a_person_is_added_edited_and_gone(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "4", "a") as at:
        await at.type("zoe; Zoe Zimmer; ZZ")
        assert at.line("prompt-meaning") == "Zoe Zimmer · @zoe · ZZ · no wiki account"
        await at.press("enter", "G")
        assert at.rows[-1].split() == ["Zoe", "Zimmer", "@zoe", "ZZ", "0"]
        await at.press("e")
        await at.type("; Zo")
        await at.press("enter", "x")
        assert at.rows[-1].split() == ["Zoe", "Zimmer", "@zoe", "ZZ", "0", "gone", "Zo"]
        person = at.app.notebook.value.person("zoe")
        assert person is not None
        assert (person.aliases, person.active) == (("Zo",), False)
        await at.press("u", "u", "u")
        assert at.app.notebook.value.person("zoe") is None


async def test_somebody_new_needs_no_more_than_a_name(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "4", "a") as at:
        assert at.line("prompt-meaning").startswith("First Last, or handle; Name; initials")
        await at.type("Zoe Zimmer")
        assert at.line("prompt-meaning") == "Zoe Zimmer · @zzimmer · no wiki account"
        await at.press("enter")
        assert at.app.notebook.value.person("zzimmer") == Person(id="zzimmer", name="Zoe Zimmer")


async def test_a_person_who_is_there_twice_becomes_one(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "4", "a") as at:
        await at.type("fm2; F Muller")
        await at.press("enter", "G", "m")
        await at.type("fritz")
        await at.press("enter")
        assert at.app.notebook.value.person("fm2") is None
        fritz = at.app.notebook.value.person("fmueller")
        assert fritz is not None
        assert fritz.aliases == ("Fritz", "fm2", "F Muller")


async def test_what_is_no_person_is_refused_on_the_line(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "4", "a") as at:
        before = at.app.notebook.value
        await at.type("fmueller; Other")
        await at.press("enter")
        assert "already somebody called @fmueller: Fritz Mueller" in at.line("prompt-meaning")
        assert at.app.notebook.value is before


async def test_on_an_unknown_handle_m_asks_who_it_is_and_x_says_that_enter_does(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "4") as at:
        before = at.app.notebook.value
        await at.press("x")
        assert at.line("board-keys") == "nobody has this handle yet: Enter says who it is"
        await at.press("m")
        assert at.line("prompt-meaning") == "@fmuller becomes Fritz Mueller (@fmueller) in 1 place"
        await at.press("ctrl+u")
        assert at.line("prompt-meaning") == "the name of a known person, or a new one:  fmuller; First Last; FL"
        await at.press("enter")
        assert at.app.notebook.value is before


async def test_a_handle_that_somebody_has_is_not_given_to_another(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, "4", "G", "e") as at:
        before = at.app.notebook.value
        await at.press("ctrl+u")
        await at.type("fmueller; Other")
        await at.press("enter")
        assert "already somebody called @fmueller: Fritz Mueller" in at.line("prompt-meaning")
        assert at.app.notebook.value is before
