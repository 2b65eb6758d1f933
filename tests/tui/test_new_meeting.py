"""Starting the next meeting from the app."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.clock import Clock
from textual.content import Content
from textual.pilot import Pilot

from dmlt_tui.meeting.edits import add_meeting
from dmlt_tui.meeting.model import Day, Meeting, Notebook, newest
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.widgets.line import Line


async def type_line(pilot: Pilot[int], words: str) -> None:
    names = {" ": "space"}
    await pilot.press(*(names.get(letter, letter) for letter in words))
    await pilot.pause()


def line(app: DmltApp, name: str) -> str:
    return app.screen.query_one(f"#{name}", Line).words


def shown(app: DmltApp) -> Meeting | None:
    live = app.live
    assert live is not None
    return live.desk.meeting


async def test_the_next_meeting_is_one_line_and_shown_at_once(sample: Path, clock: Clock) -> None:
    with OpenNotebook.open(sample) as notebook:
        app = DmltApp(notebook, meeting_id="2020-05", now=clock)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("N")
            await type_line(pilot, "DMLT November; 16 Nov 2020; 4 days")
            assert "DMLT November · Mon 16 Nov 2020, 4 days · 17 people, 5 moderators" in line(app, "prompt-meaning")
            await pilot.press("enter")
            await pilot.pause()
            meeting = shown(app)
            assert meeting is not None
            assert meeting == newest(Notebook(meetings=notebook.value.meetings[-1:]))
            assert (meeting.title, meeting.first_day, len(meeting.days)) == ("DMLT November", date(2020, 11, 16), 4)
            assert len(meeting.attendees) == 17
            assert any(one.meeting == meeting.id for one in notebook.value.requests)
            assert "17 people" in line(app, "status")
            assert line(app, "header").startswith("DMLT November")

            await pilot.press("u")
            await pilot.pause()
            assert notebook.value.meeting(meeting.id) is None
            assert all(one.meeting != meeting.id for one in notebook.value.requests)
            assert shown(app) is not None, "another meeting is shown in the place of the one that is gone"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("DMLT", "which day does it begin?"),
        ("DMLT; 06/07", "'06/07' is not a date"),
        ("DMLT; 16 Nov 2020; soon", "'soon' is not a number of days"),
        ("DMLT; 16 Nov 2020; 61", "1 to 60 days"),
        ("DMLT; 16 Nov 2020; 1; Tucson", "'Tucson' is not a time zone"),
        ("; 16 Nov 2020", "a meeting needs a title"),
        ("a; b; c; d; e; f", "a ; too many"),
        ("DMLT; 16 Nov 2020; 1; ; Ann Alder", "nobody here is called 'Ann Alder': @aalder names somebody new"),
    ],
)
async def test_what_is_not_clear_is_told_and_nothing_added(
    sample: Path, clock: Clock, words: str, refusal: str
) -> None:
    with OpenNotebook.open(sample) as notebook:
        before = notebook.value
        app = DmltApp(notebook, meeting_id="2020-05", now=clock)
        async with app.run_test() as pilot:
            await pilot.press("N")
            await type_line(pilot, words)
            assert refusal in line(app, "prompt-meaning")
            await pilot.press("enter")
            await pilot.pause()
            assert refusal in line(app, "prompt-meaning")
            assert notebook.value is before


async def test_an_empty_notebook_gets_its_first_meeting(tmp_path: Path, clock: Clock) -> None:
    with OpenNotebook.open(tmp_path / "new.json", create=True) as notebook:
        app = DmltApp(notebook, now=clock)
        async with app.run_test() as pilot:
            assert line(app, "header") == "No meeting yet: N plans one"
            await pilot.press("N")
            await type_line(pilot, "First; tomorrow; 2; America/Santiago")
            await pilot.press("enter")
            await pilot.pause()
            meeting = shown(app)
            assert meeting is not None
            assert (meeting.title, meeting.zone, len(meeting.days)) == ("First", "America/Santiago", 2)
            await pilot.press("u")
            await pilot.pause()
            assert line(app, "header") == "No meeting yet: N plans one"
            assert app.live is not None
            assert not any(row.key for row in app.live.agenda.rows.rows)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_keys_of_a_meeting_say_how_to_plan_one_where_there_is_none(
    tmp_path: Path, clock: Clock, size: tuple[int, int]
) -> None:
    with OpenNotebook.open(tmp_path / "new.json", create=True) as notebook:
        app = DmltApp(notebook, now=clock)
        async with app.run_test(size=size) as pilot:
            assert line(app, "notes-about") == ""
            keys = app.screen.query_one("#keys", Line).content
            assert isinstance(keys, Content)
            dim = " ".join(keys.plain[span.start : span.end] for span in keys.spans if span.style == "dim")
            assert dim.split()[:11] == ["s", "start", "n", "next", "h", "hand", "over", "i", "type", "a", "action"]
            for key in "snphHbefxRWV5r":
                await pilot.press(key)
                await pilot.pause()
                assert line(app, "status") == "there is no meeting in this notebook yet: N plans one", key
            assert app.live is not None
            app.live.show_lists()
            assert line(app, "actions-title") == "Actions  none yet"


async def test_a_meeting_without_items_says_how_to_add_one(tmp_path: Path, clock: Clock) -> None:
    with OpenNotebook.open(tmp_path / "new.json", create=True) as notebook:
        bare = Meeting(id="2020-05", title="Bare", days=(Day(id="d", date=date(2020, 5, 12)),))
        notebook.change(add_meeting(bare))
        app = DmltApp(notebook, now=clock)
        async with app.run_test() as pilot:
            assert line(app, "notes-about") == "No item yet: I inserts one"
            for key in "sbe":
                await pilot.press(key)
                await pilot.pause()
                assert line(app, "status") == "there is no item here: I inserts one", key


async def test_the_moderators_of_a_new_meeting_take_its_sessions_in_turn(sample: Path, clock: Clock) -> None:
    with OpenNotebook.open(sample) as notebook:
        app = DmltApp(notebook, meeting_id="2020-05", now=clock)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("N")
            await type_line(pilot, "DMLT; 16 Nov 2020; 2; ; frossie and @ana")
            await pilot.press("enter")
            await pilot.pause()
            meeting = shown(app)
            assert meeting is not None
            assert meeting.title == "DMLT"
            moderators = [session.moderator for session in meeting.sessions]
            assert moderators[:4] == ["feconomou", "ana"] * 2
