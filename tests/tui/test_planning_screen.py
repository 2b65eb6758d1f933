"""A meeting planned by keys alone: requests collected, ranked, put in, split, merged, dropped, kept; all undoable."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, time
from pathlib import Path

import pytest
from support.clock import Clock
from textual.pilot import Pilot

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Request, RequestState, Session
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.screens.day_picture import DayPictureScreen
from dmlt_tui.tui.screens.planning import PlanningScreen
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Prompt

NAMES = {" ": "space", ";": "semicolon"}
THREE = ("One; fritz; 30m-1h", "Two; ; 2 hours", "Three; John; 20")


class Table:
    """The app under test; `press` counts the keys."""

    def __init__(self, app: DmltApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        await self.press(*(NAMES.get(letter, letter) for letter in words))

    async def ask(self, *lines: str) -> None:
        for line in lines:
            await self.press("r")
            await self.type(line)
            await self.press("enter")

    def line(self, name: str) -> str:
        return self.app.screen.query_one(f"#{name}", Line).words

    @property
    def planning(self) -> PlanningScreen:
        screen = self.app.screen
        assert isinstance(screen, PlanningScreen)
        return screen

    @property
    def meeting(self) -> Meeting:
        meeting = self.app.notebook.value.meeting("2020-05")
        assert meeting is not None
        return meeting

    def item(self, title: str) -> Item:
        return next(item for item in self.meeting.items if item.title == title)

    def request(self, title: str) -> Request:
        return next(one for one in self.app.notebook.value.requests if one.title == title)

    @property
    def requests(self) -> list[str]:
        return [" ".join(row.content.plain.split()) for row in self.planning.requests.rows]

    @property
    def agenda(self) -> list[str]:
        return [" ".join(row.content.plain.split()) for row in self.planning.agenda.rows]


@asynccontextmanager
async def table(path: Path, clock: Clock, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Table]:
    with OpenNotebook.open(path) as notebook:
        app = DmltApp(notebook, meeting_id="2020-05", now=clock)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Table(app, pilot)


async def test_a_request_with_30_minutes_takes_7_keys_and_its_words(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("r")
        await at.pilot.press(*"APDB")
        await at.press("semicolon")
        await at.pilot.press(*"John")
        await at.press("semicolon", "3", "0", "m")
        assert at.line("prompt-meaning") == "APDB · asked by John Swinbank · 30 min"
        await at.press("enter")
        request = at.request("APDB")
        assert (request.requested_by, request.minutes, request.meeting) == ("@jswinbank", 30, "2020-05")
        assert at.keys <= 7


async def test_starting_is_one_key_and_the_next_item_one_or_two_while_typing(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("s")
        assert (at.meeting.current, at.keys) == ("welcome", 1)
        await at.press("n")
        assert (at.meeting.current, at.keys) == ("news", 2)
        await at.press("i")
        await at.press("ctrl+x", "n")
        assert (at.meeting.current, at.keys) == ("middleware", 5)


@pytest.mark.parametrize("line", ["T; John; -5m", "; John; 30", "T; Robert; 30"])
async def test_a_bad_request_is_refused_on_its_line(sample: Path, clock: Clock, line: str) -> None:
    async with table(sample, clock) as at:
        before = at.app.notebook.value
        await at.ask(line)
        assert at.app.notebook.value == before
        assert at.line("prompt-meaning")
        await at.press("escape")


async def test_requests_and_the_minutes_of_every_session_are_in_view(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (120, 40)) as at:
        await at.press("5")
        assert at.requests[:2] == ["Open none", "In the agenda 360 to 390 min"]
        assert "Status of the APDB 30→30" in at.requests
        assert "Plans for IVOA and Python interfac… 30-60→75" in at.requests
        assert at.agenda[0] == "Tue 12 May 120-150 · 270 · 0"
        assert at.agenda[1] == "09:00 Leanne Guy 0 · 90 · 0"
        assert "11:00 Status of Ingest 30→90" in at.agenda
        assert at.line("planning-load") == (
            "09:00 asked 0 · planned 90 · free 0   Tue 120-150 · 270 · 0\n"
            "asked 6 h to 6 h 30, given 7 h 30 · planned 11 h + breaks 2 h · free 0 min"
        )


async def test_a_request_is_put_where_the_cursor_is_and_overfull_says_by_how_much(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (120, 40)) as at:
        await at.press("5")
        await at.ask(*THREE)
        assert at.requests[:4] == ["Open 170 to 200 min", "One 30-60", "Two 120", "Three 20"]
        await at.press("tab", "j", "tab", "g", "enter")
        assert [item.title for item in at.meeting.items][:3] == ["Welcome", "Project news", "One"]
        assert at.request("One").item == at.item("One").id
        assert at.agenda[1] == "!09:00 Leanne Guy 30-60 · 120 · -30"
        # The next one that is open has the cursor.
        assert at.planning.request_here == at.request("Two")
        # Another length: asked for 30, planned 60.
        await at.press("tab", *["plus"] * 6)
        assert "09:30 One 30-60→60" in at.agenda
        assert "One 30-60→60" in at.requests
        assert "over-full by 60 min" in at.line("planning-whole")
        await at.press("D")
        assert at.request("One").state is RequestState.OPEN
        await at.press("u", *["u"] * 6, "u")
        assert all(item.title != "One" for item in at.meeting.items)
        assert at.request("One").state is RequestState.OPEN


async def test_requests_are_ranked_split_merged_dropped_and_kept(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (120, 40)) as at:
        await at.press("5")
        await at.ask(*THREE)
        before = at.app.notebook.value
        await at.press("g", "J")
        assert at.requests[1:4] == ["Two 120", "One 30-60", "Three 20"]
        assert at.planning.request_here == at.request("One")
        await at.press("K", "j", "S")
        await at.type("Two, the rest; 45")
        assert at.line("prompt-meaning") == "Two · 75 min | Two, the rest · 45 min"
        await at.press("enter")
        assert at.requests[1:5] == ["One 30-60", "Two 75", "Two, the rest 45", "Three 20"]
        await at.press("M")
        assert at.requests[1:4] == ["One 30-60", "Two 120", "Three 20"]
        await at.press("D")
        assert at.requests[-1] == "Two 120"
        await at.press("g", "L")
        assert at.requests[:4] == ["Open 20 min", "Three 20", "Kept for the next meeting 30 to 60 min", "One 30-60"]
        await at.press("j", "equals_sign")
        await at.press(*["u"] * 7)
        assert at.app.notebook.value == before


async def test_a_request_is_dealt_with_in_an_item_there_is(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("5")
        await at.ask("More on the APDB; ; 15")
        await at.press("g", "equals_sign")
        assert at.request("More on the APDB").item == "welcome"
        await at.press("e", "ctrl+u")
        await at.type("More; frossie; 1h")
        await at.press("enter")
        assert (at.request("More").minutes, at.request("More").item) == (60, "welcome")


async def test_what_was_done_is_said_and_a_new_request_has_the_cursor(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("5")
        await at.ask("One; ; 30", "Two; ; 45m-1h")
        assert at.line("board-keys").startswith("requested: Two · 45 to 60 min")
        assert at.planning.request_here == at.request("Two")
        await at.press("enter")
        assert at.item("Two").minutes == 45
        # Enter on what is in the agenda shows it there.
        await at.press("G", "enter")
        assert at.planning.desk.item is not None
        assert at.planning.desk.item.title == "Two"
        assert "in the agenda already" in at.line("board-keys")


async def test_keys_for_items_are_refused_among_the_requests(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        before = at.app.notebook.value
        await at.press("5", "plus", "A", "O", "P")
        assert "Tab goes to the agenda" in at.line("board-keys")
        assert at.app.notebook.value == before


async def test_turns_and_parts_of_the_item_are_shown(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (120, 40)) as at:
        await at.press("5", "tab", "O")
        await at.type("North 20; South 30")
        await at.press("enter", "P")
        await at.type("9:05 5 hello (Bob Blum)")
        await at.press("enter")
        assert "09:05 hello, 5 min (with Bob Blum)" in at.line("planning-whole")
        assert "turns: North 20, South 30" in at.line("planning-whole")
        assert "its 2 turns take 50 min, the item has 10" in at.line("planning-whole")


async def test_what_is_in_the_agenda_is_taken_out_there_first(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        before = at.app.notebook.value
        await at.press("5", "g", "D")
        assert "delete the item there" in at.line("board-keys")
        await at.press("L")
        assert at.app.notebook.value == before


async def test_a_prompt_given_up_gives_the_keys_back_and_q_leaves(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("5", "tab", "e", "escape", "j")
        assert at.planning.desk.item is not None
        assert at.planning.desk.item.id == "news"
        await at.press("q")
        assert at.line("notes-title") == "Project news"


async def test_the_picture_of_a_day_shows_plan_and_actual(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (120, 40)) as at:
        await at.press("s")
        clock.forward(minutes=25)
        await at.press("n")
        clock.forward(minutes=35)
        await at.press("V")
        assert isinstance(at.app.screen, DayPictureScreen)
        hours, plan, actual, marks = at.line("picture-bars").split("\n")
        assert hours.split() == ["09", "10", "11", "12", "13", "14", "15"]
        # Welcome took 25 of 10 minutes, Project news has had 35 of 20: an hour in all, where the plan has half of it.
        assert actual.rstrip().index("▏P") > plan.index("▏Proj")
        assert (marks.index("^"), marks.index("!")) == (hours.index("10"), round(8 + 110 * 330 / 360))
        figures = at.line("picture-figures").split("\n")
        assert figures[1].split() == ["Welcome", "10", "25", "+15"]
        assert figures[-1].split() == ["Day", "2020-05-12", "120", "330", "60", "+30"]
        await at.press("]", "q")
        assert "2/3" in at.line("agenda-title")


@pytest.mark.parametrize("size", [(20, 6), (200, 60)])
async def test_planning_and_picture_open_at_any_size(sample: Path, clock: Clock, size: tuple[int, int]) -> None:
    async with table(sample, clock, size) as at:
        await at.press("5", "tab", "j", "q", "V", "q", "t", "escape")
        assert at.meeting.current == ""


async def test_where_nothing_is_planned_no_key_changes_anything_and_each_says_why(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "empty.json"
    empty = Meeting(id="2020-05", title="Empty", days=(Day(id="d", date=date(2020, 5, 12)),))
    OpenNotebook.create(path, Notebook(meetings=(empty,))).close()
    async with table(path, clock) as at:
        await at.press("5")
        assert at.planning.requests.has_focus
        for keys, why in (
            ((*"eDJKSML=", "enter"), "no topics requested yet: r requests one"),
            ("AOP+-", "that works on items: Tab goes to the agenda"),
        ):
            for key in keys:
                await at.press(key)
                assert at.line("board-keys") == why, key
        assert "no topics requested yet" in at.line("planning-whole")
        await at.press("tab")
        assert "nothing is planned yet" in at.line("planning-whole")
        for keys, why in (
            ((*"eDJKSMAOP+-", "enter"), "nothing is planned yet: I inserts an item"),
            ("L", "that works on requests: Tab goes to them"),
            ("=", "no topics requested yet: r requests one"),
        ):
            for key in keys:
                await at.press(key)
                assert at.line("board-keys") == why, key
        assert at.meeting == empty
        assert at.app.notebook.undo_label is None


async def test_where_nothing_is_asked_for_the_agenda_has_the_keys_first(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "bare.json"
    sessions = (Session(id="s", start=time(9), items=(Item(id="one", title="One"),)),)
    bare = Meeting(id="2020-05", title="Bare", days=(Day(id="d", date=date(2020, 5, 12), sessions=sessions),))
    OpenNotebook.create(path, Notebook(meetings=(bare,))).close()
    async with table(path, clock) as at:
        await at.press("5")
        assert at.planning.agenda.has_focus
        assert at.line("board-keys").startswith("e edit")
        await at.press("e", "ctrl+u")
        await at.type("One; 20")
        await at.press("enter")
        assert at.item("One").minutes == 20
        await at.ask("Two; ; 30m")
        await at.press("q", "5")
        assert at.planning.requests.has_focus


async def test_the_agenda_is_changed_beside_the_requests(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (120, 40)) as at:
        await at.press("5", "tab")
        assert at.planning.desk.item == at.item("Welcome")
        before = at.app.notebook.value
        for keys, said in (
            ("J", "09:20 Welcome"),
            ("K", "09:00 Welcome"),
            ("b", "a break of 30 min"),
            ("u", "undone"),
            ("+", "Welcome 15"),
            ("-", "Welcome 10"),
            ("j S", "a new session begins with Project news"),
            ("S", "joined with the session before"),
            ("D", "deleted: Project news"),
            ("u", "undone"),
        ):
            await at.press(*keys.split())
            assert any(said in line for line in (at.line("board-keys"), *at.agenda)), (keys, at.line("board-keys"))
        planned = before.meeting("2020-05")
        assert planned is not None
        assert [item.title for item in at.meeting.items] == [item.title for item in planned.items]


async def test_what_is_asked_on_the_agenda_side_is_about_its_item(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("5", "tab", "j")
        for key in ("enter", *"eMAOP"):
            await at.press(key)
            assert at.app.screen.query_one(Prompt).asking, key
            await at.press("escape")
        assert at.app.notebook.undo_label is None


async def test_a_request_that_is_not_open_says_where_it_went(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("5")
        await at.ask("Two; ; 1h")
        await at.press("M")
        assert "Two is the last one" in at.line("board-keys")
        await at.press("D")
        assert at.request("Two").state is RequestState.DROPPED
        at.planning.requests.show(at.planning.requests.rows, at.request("Two").id)
        await at.press("enter")
        assert "Two was dropped" in at.line("board-keys")
        await at.press("D")
        assert at.request("Two").state is RequestState.OPEN
        at.planning.requests.show(at.planning.requests.rows, at.request("Status of the APDB").id)
        await at.press("enter")
        assert "Status of the APDB is in the agenda already" in at.line("board-keys")
        await at.press("O")
        assert "that works on items" in at.line("board-keys")
        await at.press("+")
        assert "that works on items" in at.line("board-keys")


async def test_a_request_without_a_session_to_go_to_says_how_to_make_one(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "empty.json"
    empty = Meeting(id="2020-05", title="Empty", days=(Day(id="d", date=date(2020, 5, 12)),))
    asked = tuple(Request(id=title, title=title, meeting="2020-05") for title in ("One", "Two"))
    OpenNotebook.create(path, Notebook(meetings=(empty,), requests=asked)).close()
    async with table(path, clock) as at:
        await at.press("5", "enter")
        assert at.line("board-keys") == "there is no session to add it to: Tab, then I inserts an item"
        await at.press("L")
        assert (at.line("board-keys"), at.request("One").meeting) == (
            "kept for the next meeting: One   u undoes it",
            "",
        )
        await at.press("L")
        assert (at.line("board-keys"), at.request("One").meeting) == (
            "back in this meeting: One   u undoes it",
            "2020-05",
        )


async def test_what_is_in_the_agenda_is_neither_merged_dropped_kept_nor_split(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("5")
        before = at.app.notebook.value
        await at.press("M")
        assert at.line("board-keys") == "only requests that are open can be merged"
        for key in "DLS":
            await at.press(key)
            assert "Status of the APDB is in the agenda: delete the item there" in at.line("board-keys")
        assert at.app.notebook.value is before


async def test_the_picture_stays_on_the_last_day_and_says_where_there_is_none(
    sample: Path, tmp_path: Path, clock: Clock
) -> None:
    async with table(sample, clock) as at:
        await at.press("V", "]", "]", "]", "]")
        assert "14 May" in at.line("picture-title")
    path = tmp_path / "empty.json"
    OpenNotebook.create(path, Notebook(meetings=(Meeting(id="2020-05", title="Empty"),))).close()
    async with table(path, clock) as at:
        await at.press("V")
        assert at.line("picture-title") == "There is no day to show."
