"""The agenda arranged from the keyboard, as a user does it; u takes every step back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner
from support.clock import Clock
from textual.pilot import Pilot

from dmlt_tui.cli import main
from dmlt_tui.meeting.model import Item, ItemKind, Meeting, Session, newest
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.panes.foot import Foot
from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.screens.time_card import TimeCard
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.rows import Rows

NAMES = {" ": "space", "\n": "enter", ";": "semicolon"}


class Table:
    """The app under test with short ways to look at it."""

    def __init__(self, app: DmltApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        await self.press(*(NAMES.get(letter, letter) for letter in words))

    async def over(self, words: str) -> None:
        """Type a line in place of the one that is offered."""
        await self.press("ctrl+u", *(NAMES.get(letter, letter) for letter in words), "enter")

    def line(self, name: str) -> str:
        return self.app.screen.query_one(f"#{name}", Line).words

    @property
    def live(self) -> LiveScreen:
        screen = self.app.screen
        assert isinstance(screen, LiveScreen)
        return screen

    @property
    def meeting(self) -> Meeting:
        meeting = self.live.desk.meeting
        assert meeting is not None
        return meeting

    def item(self, title: str) -> Item:
        return next(item for item in self.meeting.items if item.title == title)

    @property
    def agenda(self) -> list[str]:
        return [row.content.plain.rstrip() for row in self.live.agenda.rows.rows]

    @property
    def status(self) -> str:
        """The status line without the message that has it for a while."""
        self.live.query_one(Foot)._unsay()
        return self.line("status")


@asynccontextmanager
async def table(
    path: Path,
    clock: Clock,
    size: tuple[int, int] = (80, 24),
    meeting_id: str | None = "2020-05",
    viewer: ZoneInfo | None = None,
) -> AsyncIterator[Table]:
    with OpenNotebook.open(path) as notebook:
        app = DmltApp(notebook, meeting_id=meeting_id, now=clock, viewer=viewer)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Table(app, pilot)


async def test_an_item_is_edited_in_one_line_and_what_was_understood_is_shown(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (120, 40)) as at:
        await at.press("j", "e")
        assert at.line("prompt-meaning") == "Project news · 20 min · Wil O'Mullane"
        await at.press("ctrl+u")
        await at.type("News; 25m; wil, fritz; 9:30")
        assert at.line("prompt-meaning") == "News · 25 min · Wil O'Mullane / Fritz Mueller · pinned to 09:30"
        assert at.item("Project news").minutes == 20
        await at.press("enter")
        changed = at.item("News")
        assert (changed.minutes, changed.coordinators, changed.start) == (25, ("womullane", "fmueller"), time(9, 30))
        await at.press("u")
        assert at.item("Project news").minutes == 20


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("News; -5m", "'-5m' is not a length of time"),
        ("News; 20; ; 25:99", "'25:99' is not a time of day"),
        ("N; ; xyz", "nobody"),
    ],
)
async def test_bad_input_is_refused_on_its_line_and_changes_nothing(
    sample: Path, clock: Clock, line: str, refusal: str
) -> None:
    async with table(sample, clock) as at:
        before = at.app.notebook.value
        await at.press("j", "e")
        await at.over(line)
        assert refusal in at.line("prompt-meaning")
        assert at.live.typing
        await at.press("escape")
        assert at.app.notebook.value == before


async def test_items_are_inserted_moved_and_deleted(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("I")
        await at.over("Extra; 15; frossie")
        assert [item.title for item in at.meeting.items][:3] == ["Welcome", "Extra", "Project news"]
        assert at.agenda[2].split() == ["09:10", "Extra", "15"]
        await at.press("J", "J", "J", "J")
        assert at.line("status").startswith("Extra: now in the session at 11:00")
        assert list(at.meeting.sessions)[1].items[0].title == "Extra"
        await at.press("D")
        assert "deleted: Extra" in at.line("status")
        assert all(item.title != "Extra" for item in at.meeting.items)
        await at.press("u")
        assert at.item("Extra").minutes == 15
        await at.press("I")
        await at.over("Later; 5; ; +20")
        # It goes behind the calibration products, 15 minutes after the 15 of the item at 11:00.
        assert at.item("Later").start == time(11, 50)


async def test_an_item_goes_to_another_day(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("j", "M")
        await at.over("0")
        assert "the days are 1 to 3" in at.line("prompt-meaning")
        await at.over("3.1")
        assert "3/3" in at.line("agenda-title")
        assert [item.title for item in at.meeting.days[2].items] == ["Team status", "Wrap-up", "Project news", "Close"]
        # Close at 11:00 is a hard end: 20 minutes too many, said at the close and at the session.
        await at.press("j")
        assert at.line("agenda-finding").startswith("! over-full by 20 min")


async def test_sessions_are_split_and_joined_and_their_people_named(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("j", "j", "S")
        assert at.agenda[3] == "09:30 Leanne Guy"
        await at.press("A")
        await at.over("tim; frossie; JDS")
        session = list(at.meeting.sessions)[1]
        assert (session.moderator, session.scribe) == ("feconomou", "jswinbank")
        assert at.agenda[3] == "09:30 Frossie Economou"
        await at.press("u", "S")
        assert len(at.meeting.days[0].sessions) == 3
        await at.press("u", "u")
        assert len(at.meeting.days[0].sessions) == 3


async def test_breaks_are_planned_before_the_meeting_and_taken_while_it_runs(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("b")
        assert [item.kind for item in at.meeting.items][:2] == [ItemKind.TOPIC, ItemKind.BREAK]
        await at.press("u", "k", "s")
        clock.forward(minutes=4)
        await at.press("b")
        assert "break: b goes back to Welcome" in at.line("status")
        assert at.agenda[1].startswith("‖ 09:00 Welcome")
        assert at.agenda[1].split()[-1] == "4/10"
        assert at.agenda[2].startswith("▸")
        clock.forward(minutes=5)
        await at.press("b")
        assert at.meeting.current == "welcome"
        clock.forward(minutes=2)
        assert "▸ 6/10 min" in at.status
        # Five minutes of break make the session end at 10:35.
        assert "+5 min: Break 10:35" in at.status
        await at.press("n")
        assert at.meeting.current == "news"


async def test_turns_and_parts_are_typed_in_one_line(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("]", "]", "O")
        await at.over("reversed")
        found = at.item("Team status").round
        assert found is not None
        assert found.turns[0].name == "Architecture"
        await at.press("[", "P")
        await at.over("9:00 30 technical; 9:45 30 money (Bob Blum)")
        assert at.line("agenda-finding").startswith("! 'money' with Bob Blum (09:45-10:15) lies outside the item")


# -- the time card -----------------------------------------------------------------------------------------------------


def choices(at: Table) -> list[str]:
    return [row.content.plain for row in at.app.screen.query_one(Rows).rows]


async def test_each_choice_of_the_time_card_shows_the_end_it_leads_to(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("s")
        clock.forward(minutes=4)
        await at.press("t")
        assert isinstance(at.app.screen, TimeCard)
        assert at.line("time-now") == "now: on time: Break 10:30, Close 14:30"
        assert choices(at)[0] == "lengthen by 5: 10 → 15 min\n  +5 min: Break 10:35, Close 14:35 over by 5"
        await at.press("plus")
        assert choices(at)[0].startswith("lengthen by 10: 10 → 20 min")
        assert at.app.notebook.value.meetings[-1].days[0].sessions[0].items[0].minutes == 10
        await at.press("minus", "enter")
        assert at.item("Welcome").minutes == 15
        await at.press("u", "t", "escape")
        assert at.item("Welcome").minutes == 10


async def test_going_on_by_the_time_card_gives_the_next_item_the_floor(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("s", "t", "j", "j", "enter")
        assert at.meeting.current == "news"
        assert at.line("notes-title") == "Project news"


async def test_eating_into_the_break_brings_the_day_back_in_time(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        clock.forward(minutes=7)
        await at.press("s", "t")
        [eat] = [index for index, words in enumerate(choices(at)) if words.startswith("take 7 min from the break")]
        assert choices(at)[eat].endswith("+7 min: Break 10:37, Close 14:30")
        await at.press(*["j"] * eat, "enter")
        assert at.item("Break").minutes == 23


async def test_minutes_given_live_stand_beside_those_planned_and_the_drift_in_every_session(
    sample: Path, clock: Clock
) -> None:
    async with table(sample, clock) as at:
        clock.forward(minutes=40)
        await at.press("s", "t", "enter")
        # 10 + 5 for the welcome, 80 for the rest: 11:15, 45 after the plan; the break of 30 is over at 11:45.
        # As planned now, the session takes 5 minutes of the next one.
        rows = ["! 09:00 Leanne Guy       +45", "▸ 09:00 Welcome         10+5", "  09:10 Project news      20"]
        assert at.agenda[:3] == rows
        # 90 min from 11:45 on, a break of 30 and 90 min more: the close is reached at 15:15.
        assert [row for row in at.agenda if row.startswith("1")] == [
            "11:00 Wil O'Mullane      +45",
            "13:00 Wil O'Mullane      +45",
        ]
        assert at.agenda[-1] == "  14:30 Close         →15:15"
        assert at.status.endswith("+45 min: Break 11:15, Close 15:15 over by 45  saved") or "saving" in at.status
        await at.press("u")
        assert at.agenda[1] == "▸ 09:00 Welcome           10"


async def test_the_drift_in_the_agenda_is_that_of_the_status_line_at_every_second(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        clock.forward(seconds=30)
        await at.press("s")
        clock.forward(minutes=4, seconds=40)
        await at.press("s")  # a pause at 9:05:10: 5:20 of the item are left, and 80 minutes after it
        for forward, late in ((320, "+5"), (15, "+6")):  # 9:10:30 and 85:20 are 10:35:50; then 10:36:05
            clock.forward(seconds=forward)
            at.live.agenda.tick(clock())
            assert f"{late} min: Break" in at.status
            assert at.agenda[0].endswith(late)


async def test_the_meeting_itself_is_edited_in_one_line(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        before = at.app.notebook.value
        await at.press("W")
        await at.over("F2F; 13 May 2020; 2; Europe/Zurich")
        assert at.line("prompt-meaning") == "Thu 14 May 2020 still has items: move (M) or delete (D) them first"
        assert at.app.notebook.value == before
        await at.over("F2F; 13 May 2020; 4; Europe/Zurich (Bern)")
        assert (at.meeting.title, len(at.meeting.days)) == ("F2F", 4)
        assert at.status.startswith("18:00 Bern")
        await at.press("M")
        await at.over("4")
        assert at.line("prompt-meaning").startswith("nothing is planned for 2020-05-16 yet")
        await at.press("escape", "u")
        assert at.app.notebook.value == before


async def test_the_cursor_stops_at_both_ends_of_the_agenda(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("k")
        assert at.line("notes-title") == "Welcome"
        await at.press("G", "j", "j")
        assert at.line("notes-title") == "Close"


async def test_a_day_ends_after_its_last_item_and_the_next_one_waits(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        clock.forward(minutes=5 * 60 + 20)
        await at.press("G", "s")
        clock.forward(minutes=16)
        await at.press("t")
        assert choices(at) == ["go on to the next item\n  Tue 12 May ended 14:36, hard end 14:30, over by 6"]
        await at.press("escape", "n")
        assert at.meeting.current == ""
        assert at.line("status").startswith("Tue 12 May ended 14:36, hard end 14:30, over by 6; s starts Plans for an")
        assert at.line("notes-title") == "Plans for an interim data facility"
        assert "not running: s starts Plans for an interim data" in at.status
        await at.press("[")
        assert "Tue 12 May ended 14:36, hard end 14:30, over by 6" in at.status
        await at.press("u")
        assert at.meeting.current == "2020-05-d1-close"
        await at.press("n")
        clock.forward(minutes=18 * 60 + 24)
        await at.press("s")
        assert at.meeting.current == "interim-facility"


async def test_what_was_skipped_is_passed_over(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        await at.press("s", "j", "t", *["j"] * 2)
        assert choices(at)[2].startswith("skip Project news")
        await at.press("enter", "n")
        assert at.meeting.current == "middleware"


# -- the status line ---------------------------------------------------------------------------------------------------


async def test_the_status_line_says_at_20_to_2_whether_it_will_fit(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (160, 40)) as at:
        # Wednesday at 13:11, eleven minutes late.
        clock.forward(minutes=24 * 60 + 4 * 60 + 11)
        await at.press("]", *["j"] * 5, "s")
        clock.forward(minutes=29)
        assert at.meeting.current == "prompt"
        wanted = "+11 min: Close 14:41, hard end 14:30, over by 11; OR2 not reached"
        assert at.status == f"13:40 Project  ▸ Prompt processing 29/90 min  {wanted}  {at.status.split()[-1]}"
        assert any(row.endswith("+11") for row in at.agenda)


async def test_at_80_cells_the_projection_is_what_is_kept(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        clock.forward(minutes=24 * 60 + 4 * 60 + 11)
        await at.press("]", *["j"] * 5, "s")
        clock.forward(minutes=29)
        at.app.notebook.flush()
        assert at.status == "13:40  ▸ 29/90 min  +11 min: Close 14:41, over by 11; OR2 not reached  saved"


async def test_the_viewers_own_time_stands_beside_the_meetings(sample: Path, clock: Clock) -> None:
    async with table(sample, clock, (120, 40), viewer=ZoneInfo("Asia/Tokyo")) as at:
        # 09:00 in May in Los Angeles is 01:00 of the next day in Tokyo.
        assert at.status.startswith("09:00 Project (01:00+ Tokyo)")
        assert at.agenda[1].split() == ["09:00", "01:00+", "Welcome", "10"]


# -- a new notebook ----------------------------------------------------------------------------------------------------


async def test_a_new_notebook_is_planned_by_keys_alone(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "new.json"
    new = ["new", str(path), "--title", "Spring", "--start", "2021-02-22", "--days", "2", "--zone", "Europe/Zurich"]
    assert CliRunner().invoke(main, new).exit_code == 0
    async with table(path, clock, meeting_id=None) as at:
        await at.press("e")
        await at.over("Welcome; 15; ; 8:30")
        for line in ("Budget; 1h15", "Break; 30", "Staffing; 1h", "Close; ; ; 11:30"):
            await at.press("I")
            await at.over(line)
        assert at.agenda == [
            "08:30 no moderator",
            "  08:30 Welcome           15",
            "  08:45 Budget            75",
            "  10:00 Break             30",
            "  10:30 Staffing          60",
            "  11:30 Close         latest",
        ]
        await at.press("k", "S")
        sessions = at.meeting.days[0].sessions
        assert [session.start for session in sessions] == [time(8, 30), time(10, 30)]
        await at.press("]", "e")
        await at.over("Team round; 40")
        await at.press("O")
        await at.over("North 20; South 20")
        assert [item.title for item in at.meeting.days[1].items] == ["Team round"]
    with OpenNotebook.open(path, read_only=True) as notebook:
        meeting = newest(notebook.value)
    assert meeting is not None
    assert [len(day.sessions) for day in meeting.days] == [2, 1]


async def test_a_day_without_items_gets_its_first(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "new.json"
    CliRunner().invoke(main, ["new", str(path), "--title", "Spring", "--start", "2021-02-22", "--days", "1"])
    async with table(path, clock, meeting_id=None) as at:
        await at.press("D")
        assert at.live.desk.item is None
        await at.press("e")
        assert "I inserts one" in at.line("status")
        await at.press("I")
        await at.over("Again; 20")
        sessions: tuple[Session, ...] = at.meeting.days[0].sessions
        assert [item.title for item in sessions[0].items] == ["Again"]


# -- who speaks --------------------------------------------------------------------------------------------------------


async def test_speakers_are_queued_called_and_have_a_clock(sample: Path, clock: Clock) -> None:
    async with table(sample, clock) as at:
        before = at.app.notebook.value
        for name in ("fritz", "Wil", "Ms. Else"):
            await at.press("+")
            await at.over(name)
        assert at.line("agenda-speakers") == "waiting: Fritz Mueller, Wil O'Mullane, Ms. Else"
        await at.press("-", "c")
        clock.forward(minutes=2)
        at.live.agenda.tick(clock())
        assert at.line("agenda-speakers") == "Fritz Mueller speaks, 2 min; then Wil O'Mullane"
        await at.press("i", "ctrl+x", "c")
        assert at.line("agenda-speakers") == "Wil O'Mullane speaks, 0 min"
        await at.press("escape", "c")
        assert at.line("agenda-speakers") == ""
        assert at.app.notebook.value == before
