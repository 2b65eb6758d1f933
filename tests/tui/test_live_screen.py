"""The live screen, driven by keys as a user drives it."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from support.clock import Clock
from support.desk import Desk, desk
from textual import events
from textual.command import CommandList
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Person, Session
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.panes.foot import Foot
from dmlt_tui.tui.screens.handover import HandoverScreen
from dmlt_tui.tui.screens.summary import SummaryScreen
from dmlt_tui.tui.widgets.rows import Row, Rows

SIZES = [(80, 24), (120, 40)]


@pytest.mark.parametrize("size", SIZES, ids=["narrow", "wide"])
async def test_the_agenda_shows_sessions_moderators_and_start_times(
    sample: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with desk(sample, clock, size) as at:
        rows = at.agenda
        assert rows[0].startswith("09:00 Leanne Guy")
        assert rows[1].split()[:2] == ["09:00", "Welcome"]
        assert rows[4].split() == ["10:30", "Break", "30"]
        assert rows[-1].split() == ["14:30", "Close", "latest"]
        assert len(rows) == 3 + 9


async def test_starting_pausing_and_going_on(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        assert "not running" in at.line("status")
        await at.press("s")
        assert at.agenda[1].startswith("▸ 09:00 Welcome")
        clock.forward(minutes=4)
        await at.press("s")
        assert at.agenda[1].startswith("‖ 09:00 Welcome")
        await at.press("s")
        clock.forward(minutes=2)
        at.live.query_one(Foot)._unsay()
        assert "Welcome 6/10 min" in at.line("status")
        # At 09:06, 4 minutes are left of the welcome, then come 20 of news and 60 of middleware.
        assert "on time: Break 10:30" in at.line("status")


async def test_next_moves_the_floor_and_the_notes_follow(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "i")
        await at.type("\nwe begin")
        await at.press("ctrl+x", "n")
        assert at.meeting.current == "news"
        assert at.line("notes-title") == "Project news"
        assert at.live.typing
        await at.type("\nmore news")
        assert "we begin" in at.notes("welcome")
        assert "more news" in at.notes("news")
        assert "more news" not in at.notes("welcome")


@pytest.mark.parametrize("width", [80, 100, 115, 116, 120, 160])
async def test_the_notes_have_more_room_than_what_is_beside_them(sample: Path, clock: Clock, width: int) -> None:
    async with desk(sample, clock, (width, 30)) as at:
        assert at.editor.size.width > max(at.live.agenda.size.width, 40)
        if at.live.has_class("-wide"):
            assert at.editor.size.width > at.live.actions.size.width


async def test_letters_are_typed_in_notes_and_act_in_lists(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        assert at.line("keys").startswith(" GO ")
        await at.press("enter")
        assert at.line("keys").startswith(" TYPE ")
        await at.type("snphoq?")
        assert at.notes("welcome").endswith("snphoq?")
        assert at.meeting.current == ""
        await at.press("escape")
        assert at.line("keys").startswith(" GO ")


async def test_an_alt_letter_leaves_the_notes_and_types_nothing(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        before = at.notes("welcome")
        await at.press("i", "alt+1")
        assert not at.live.typing
        assert at.notes("welcome") == before


async def test_lists_continue_nest_and_end_by_themselves(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("- one\n\ttwo\n\tthree\n")
        await at.press("shift+tab")
        await at.type("four\n\n\n")
        assert at.notes("welcome").split("\n") == ["- one", "  - two", "    - three", "  - four", "", ""]


async def test_an_action_is_taken_in_one_line_and_shown_before_it_is(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (120, 40)) as at:
        await at.press("a")
        await at.type("fritz engage with the LDF 2w")
        assert at.line("prompt-meaning") == "Fritz Mueller · Tue 26 May 2020 · engage with the LDF"
        assert at.notes("welcome") == ""
        await at.press("enter")
        assert at.notes("welcome") == "- [ ] @fmueller engage with the LDF due:2020-05-26"
        assert any("engage with the LDF" in row for row in at.actions)
        assert not at.live.typing


async def test_an_action_taken_while_typing_comes_back_to_the_same_note(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("- before")
        await at.press("ctrl+x", "a")
        await at.type("frossie write it up")
        await at.press("enter")
        assert at.live.typing
        assert at.notes("welcome").split("\n")[:2] == ["- before", "- [ ] @feconomou write it up"]


@pytest.mark.parametrize("begun", ["", "- before\n\n", "- before\n\n\n\n"])
async def test_words_after_an_action_in_an_empty_line_begin_a_line_of_their_own(
    sample: Path, clock: Clock, begun: str
) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type(begun)
        await at.press("ctrl+x", "a")
        await at.type("frossie write it up\n")
        await at.type("next words")
        before = ["- before"] if begun else []
        lines = [line for line in at.notes("welcome").split("\n") if line]
        assert lines == [*before, "- [ ] @feconomou write it up", "- next words"]


async def test_words_after_an_action_from_the_lists_begin_a_line_of_their_own(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("a")
        await at.type("frossie write it up\n")
        await at.press("i")
        await at.type("next words")
        assert at.notes("welcome").split("\n") == ["- [ ] @feconomou write it up", "- next words"]


async def test_words_at_the_next_item_begin_a_line_of_their_own_below_what_stands_there(
    sample: Path, clock: Clock
) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "n", "a")
        await at.type("frossie write it up\n")
        await at.press("p", "i", "ctrl+x", "n")
        assert at.line("notes-title") == "Project news"
        await at.type("more news")
        assert at.notes("news").split("\n")[-2:] == ["- [ ] @feconomou write it up", "- more news"]


async def test_words_at_an_action_gone_to_begin_a_line_below_it(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (120, 40)) as at:
        for words in ("frossie write it up", "fritz read it"):
            await at.press("a")
            await at.type(f"{words}\n")
        await at.until(lambda: any("read it" in row for row in at.actions))
        at.live.set_focus(at.live.actions.rows)
        await at.press("g", "enter")
        await at.type("because it is new")
        lines = at.notes("welcome").split("\n")
        first = lines.index("- because it is new") - 1
        assert lines[first] in ("- [ ] @feconomou write it up", "- [ ] @fmueller read it")
        assert len(lines) == 3


async def test_an_ambiguous_owner_is_asked_not_guessed(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("a")
        await at.type("robert report on OCPS")
        assert "Robert Gruendl" in at.line("prompt-meaning")
        assert "Robert Lupton" in at.line("prompt-meaning")
        await at.press("enter")
        assert at.notes("welcome") == ""
        await at.press("escape")
        assert at.line("keys").startswith(" GO ")


async def test_tab_answers_who_of_those_is_meant(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("a")
        await at.type("ask Robert to report - Robert, 2w")
        assert at.line("prompt-meaning") == "Robert: Robert Gruendl or Robert Lupton?   Tab chooses"
        seen = []
        for key in ("tab", "tab", "tab", "shift+tab"):
            await at.press(key)
            seen.append(at.line("prompt-meaning").partition(" · ")[0])
        assert seen == ["Robert Gruendl", "Robert Lupton", "Robert Gruendl", "Robert Lupton"]
        await at.press("enter")
        assert at.notes("welcome") == "- [ ] @rlupton ask Robert to report due:2020-05-26"


async def test_a_prompt_given_up_changes_nothing(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        before = at.app.notebook.value
        await at.press("a")
        await at.type("something")
        await at.press("escape")
        assert at.app.notebook.value == before
        assert not at.live.typing


async def test_ticking_an_action_changes_its_line_and_undo_brings_it_back(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("a")
        await at.type("fritz count")
        await at.press("enter", "3", "g", "space")
        assert at.notes("welcome") == "- [x] @fmueller count"
        await at.press("u")
        assert at.notes("welcome") == "- [ ] @fmueller count"
        await at.press("U")
        assert at.notes("welcome") == "- [x] @fmueller count"


async def test_the_handover_card_says_who_and_enter_records_it(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "h")
        assert isinstance(at.app.screen, HandoverScreen)
        assert at.line("handover-title") == "Leanne Guy  hands over to  Wil O'Mullane"
        assert at.handovers() == []
        await at.press("enter")
        record = at.handovers()[0]
        assert (record.giver, record.to, record.at) == ("lguy", "womullane", clock())
        await at.press("u")
        assert at.handovers() == []


async def test_a_refused_handover_leaves_no_trace(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "h", "escape")
        assert at.handovers() == []
        assert at.live.desk.meeting is not None


async def test_typing_is_undone_in_bursts_and_everything_else_step_by_step(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "i")
        await at.type("hello")
        await at.press("ctrl+x", "u")
        assert at.notes("welcome") == ""
        assert at.live.notes.editor.text == ""
        assert at.meeting.current == "welcome"
        await at.press("ctrl+z")
        assert at.meeting.current == ""
        await at.press("ctrl+y", "ctrl+y")
        assert at.notes("welcome") == "hello"


async def test_lines_typed_without_a_pause_are_undone_one_by_one(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("- one\ntwo\nthree")
        seen = []
        for _ in range(3):
            await at.press("ctrl+z")
            seen.append(at.notes("welcome"))
        assert seen == ["- one\n- two\n- ", "- one\n- ", ""]


async def test_days_and_meetings_are_switched(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("]")
        assert "2/3" in at.line("agenda-title")
        assert at.agenda[0].startswith("09:00 Gregory")
        await at.press("]", "]")
        assert "last day" in at.line("status")
        await at.press("m", "g", "enter")
        assert at.line("header") == "DMLT Meeting - 2024-04-22"


async def test_the_summary_lists_open_actions_of_all_meetings_by_due_date(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (120, 40)) as at:
        await at.press("o")
        assert isinstance(at.app.screen, SummaryScreen)
        assert at.line("summary-title").startswith("11 open actions in all meetings")
        await at.press("space")
        assert at.line("summary-title").startswith("10 open actions")
        await at.press("u")
        assert at.line("summary-title").startswith("11 open actions")
        await at.press("o")
        assert at.line("summary-title").startswith("0 overdue actions of 11 open")
        await at.press("o", "g", "enter")
        assert "2022-02-15" in at.line("header")
        assert at.live.typing


async def test_an_item_moves_within_its_session_and_back(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("J")
        assert [item.title for item in list(at.meeting.items)[:2]] == ["Project news", "Welcome"]
        await at.press("K", "K")
        assert "can't move further" in at.line("status")
        assert [item.title for item in list(at.meeting.items)[:2]] == ["Welcome", "Project news"]


async def test_space_marks_an_item_as_discussed(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("space")
        assert at.agenda[1].startswith("✓")
        await at.press("space")
        assert not at.agenda[1].startswith("✓")


async def test_what_cannot_be_done_says_why(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("n")
        assert "the meeting is not running" in at.line("status")
        await at.press("y", "q")
        assert "not bound to anything" in at.line("status")
        await at.press("i", "ctrl+x", "ctrl+c")
        assert at.line("status").startswith("C-x C-c: not bound")


async def test_another_terminals_change_is_seen_and_moves_neither_text_nor_cursor(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("- mine, half ty")
        at.app.notebook.flush()
        with OpenNotebook.open(sample) as other:
            meeting = other.value.meeting("2020-05")
            assert meeting is not None
            welcome = next(iter(meeting.items))
            other.change(edits.set_notes("2020-05", welcome, welcome.notes, f"- theirs\n{welcome.notes}"))
            other.change(edits.start("2020-05", welcome, clock()))
        await at.until(lambda: "theirs" in at.live.notes.editor.text)
        await at.type("ped")
        assert at.notes("welcome") == "- theirs\n- mine, half typed"
        assert at.agenda[1].startswith("▸")


async def test_text_from_people_is_never_markup(tmp_path: Path, clock: Clock) -> None:
    hostile = "[@click=app.quit]quit[/] [/foo] [bold]x"
    item = Item(id="i", title=hostile, coordinators=("p",), notes=f"- [ ] @p {hostile}", preparation=hostile)
    session = Session(id="s", start=time(9), moderator="p", items=(item, Item(id="j", title=hostile)))
    second = Session(id="s2", start=time(10), moderator="p", items=(Item(id="k", title=hostile),))
    meeting = Meeting(
        id="2020-05", title=hostile, days=(Day(id="d", date=date(2020, 5, 12), sessions=(session, second)),)
    )
    path = tmp_path / "hostile.json"
    OpenNotebook.create(path, Notebook(people=(Person(id="p", name=hostile),), meetings=(meeting,))).close()
    async with desk(path, clock, (160, 40)) as at:
        assert at.line("header") == hostile
        assert at.line("notes-title") == hostile
        assert hostile in at.line("notes-about")
        assert any("[@click=app.quit]" in row for row in at.agenda)
        await at.until(lambda: any("[@click=app.quit]" in row for row in at.actions))
        await at.press("s", "h")
        assert hostile in at.line("handover-title")
        await at.press("escape", "o")
        assert hostile in at.line("summary-whole")
        await at.press("q", "m", "escape", "?", "escape", "n")
        assert hostile in at.line("status")


async def test_an_empty_notebook_says_what_to_do(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "new.json"
    OpenNotebook.create(path, Notebook()).close()
    async with desk(path, clock, meeting_id=None) as at:
        assert at.line("header") == "No meeting yet: N plans one"
        for key in "snphaiodl?":
            await at.press(key, "escape")
        assert at.app.notebook.value == Notebook()


async def test_a_tiny_terminal_and_a_resize_lose_nothing(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (20, 5)) as at:
        await at.press("i")
        await at.type("small ")
        await at.pilot.resize_terminal(120, 40)
        await at.type("and large")
        assert at.notes("welcome") == "small and large"


async def test_the_palette_finds_commands_and_items(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (120, 40)) as at:
        await at.press(":")
        await at.type("APDB")
        await at.app.workers.wait_for_complete()
        await at.pilot.pause()
        await at.press("down", "enter")
        await at.pilot.pause()
        assert at.line("notes-title").startswith("APDB")


async def found(at: Desk, words: str) -> list[str]:
    """What the palette lists for these words."""
    await at.press(":")
    await at.type(words)
    await at.app.workers.wait_for_complete()
    await at.pilot.pause()
    options = at.app.screen.query_one(CommandList)
    return [str(options.get_option_at_index(index).prompt) for index in range(options.option_count)]


async def test_the_palette_shows_titles_as_they_are(sample: Path, clock: Clock) -> None:
    title = "[red]Budget[/red] [@click=app.bell]x[/] \\[b"
    async with desk(sample, clock, (120, 40)) as at:
        item = at.live.desk.item
        assert item is not None
        at.live.change(Edit("title", edits.in_item("2020-05", item.id, lambda one: replace(one, title=title))))
        assert any(title in row for row in await found(at, "Budget"))


async def test_the_palette_looks_into_what_is_said_too(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (120, 40)) as at:
        assert any(row.startswith("Note decision") for row in await found(at, "decision in one line"))
        await at.press("escape", "escape")
        assert any(row.startswith("APDB Update") for row in await found(at, "mueller"))


async def test_help_lists_every_command_with_its_keys(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (120, 40)) as at:
        await at.press("?")
        text = at.line("text-words")
        for command in at.app.commands:
            assert command.label in text
            assert command.key in text


async def test_zooming_gives_one_pane_the_screen_and_back(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        for key, pane in (("1", at.live.agenda), ("2", at.live.notes), ("3", at.live.actions)):
            await at.press("escape", key, "ctrl+x", "z")
            assert pane.size.width >= 78
            assert pane.size.height >= 20
            await at.press("ctrl+x", "z")
            assert all(other.size.width < 60 for other in (at.live.agenda, at.live.notes, at.live.actions))


async def test_an_open_question_keeps_the_keys_until_it_is_answered(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("a")
        await at.type("half typed")
        await at.press("tab")
        await at.press("ctrl+x", "d")
        assert "finish this line first" in at.line("status")
        assert "Enter accepts" in at.line("keys")  # and no key of the sequence is waited for any more
        await at.press("ctrl+x", "1")
        assert at.live.asking
        await at.press("escape")
        assert not at.live.asking
        assert not at.live.typing


async def test_a_meeting_that_comes_into_an_empty_notebook_is_shown(tmp_path: Path, sample: Path, clock: Clock) -> None:
    path = tmp_path / "new.json"
    OpenNotebook.create(path, Notebook()).close()
    async with desk(path, clock, meeting_id=None) as at:
        with OpenNotebook.open(path) as other:
            item = Item(id="i", title="Topic")
            day = Day(id="d", date=date(2020, 5, 12), sessions=(Session(id="s", start=time(9), items=(item,)),))
            other.change(edits.add_meeting(Meeting(id="m", title="New here", days=(day,))))
        await at.until(lambda: at.line("header") == "New here")


@pytest.mark.parametrize(("key", "sign"), [("d", "!!"), ("l", ">>")])
async def test_a_decision_and_a_parked_line_are_one_line_of_the_notes(
    sample: Path, clock: Clock, key: str, sign: str
) -> None:
    async with desk(sample, clock) as at:
        before = at.notes("welcome")
        await at.press(key)
        await at.type("  we do  it")
        assert at.line("prompt-meaning") == f"written into the notes as: - {sign}   we do  it"
        await at.press("enter")
        assert at.notes("welcome") == f"{before}\n- {sign} we do it".lstrip("\n")
        after = at.app.notebook.value
        await at.press(key, "enter")
        assert at.app.notebook.value is after
        await at.press("u")
        assert at.notes("welcome") == before


async def test_p_goes_back_to_the_item_before_and_stops_at_the_first(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "n", "p")
        assert (at.line("status"), at.meeting.current) == ("now: Welcome", "welcome")
        await at.press("p")
        assert (at.line("status"), at.meeting.current) == ("'Welcome' is the first item of its day", "welcome")


async def test_after_the_last_item_of_the_last_day_the_meeting_has_ended(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("]", "]", "G", "s", "n")
        assert at.line("status") == "Thu 14 May ended 09:00: the meeting has ended   u undoes it"
        assert at.meeting.current == ""


async def test_made_too_narrow_for_both_it_shows_the_pane_that_has_the_keys(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        agenda = at.live.agenda
        for key, seen, unseen in (("i", at.editor, agenda), ("escape", agenda, at.editor)):
            await at.press(key)
            await at.pilot.resize_terminal(50, 24)
            await at.pilot.pause()
            assert seen.region.area > 0
            assert unseen.region.area == 0
            await at.pilot.resize_terminal(80, 24)
            await at.pilot.pause()


@pytest.mark.parametrize("before", [(110, 15), (121, 30)])
async def test_the_agenda_fits_beside_its_scrollbar_when_the_bars_of_the_day_leave_it_less_room(
    sample: Path, clock: Clock, before: tuple[int, int]
) -> None:
    async with desk(sample, clock, before) as at:
        rows = at.live.agenda.rows
        assert rows.show_vertical_scrollbar == (before[1] == 15)
        for width, height in ((121, 16), (121, 30), (120, 16)):
            await at.pilot.resize_terminal(width, height)
            await at.pilot.pause()
            assert at.line("agenda-picture")
            assert rows.show_vertical_scrollbar == (height == 16)
            assert {cell_len(row) for row in at.agenda} == {rows.scrollable_content_region.width}


async def test_the_agenda_fits_when_a_pane_beside_it_comes_back_and_takes_a_line_of_it(
    sample: Path, clock: Clock
) -> None:
    async with desk(sample, clock, (173, 39)) as at:
        rows = at.live.agenda.rows
        await at.press(*"<<<<<<<<")
        for size in ((17, 12), (173, 39)):
            await at.pilot.resize_terminal(*size)
            await at.until(lambda: {cell_len(row) for row in at.agenda} == {rows.scrollable_content_region.width})
        assert at.live.notes.region.area > 0


async def test_the_agenda_is_fitted_to_its_room_though_another_screen_comes_and_goes_meanwhile(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(_: Screen[None]) -> None:
        """As on a screen that is gone before it is painted again."""

    async with desk(sample, clock) as at:
        agenda = at.live.agenda
        await at.press("x")
        monkeypatch.setattr(type(at.app.screen), "_invoke_and_clear_callbacks", never)
        agenda._fitted = (0, 0)
        agenda.post_message(events.Resize(agenda.size, agenda.size))
        await at.until(lambda: agenda._fitted == agenda._room)


async def test_the_row_chosen_stays_in_sight_where_less_room_is_left(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (80, 30)) as at:
        rows = at.live.agenda.rows
        await at.press("G")
        assert rows.scroll_offset.y == 0
        await at.pilot.resize_terminal(80, 12)
        await at.pilot.pause()
        assert rows.highlighted == len(rows.rows) - 1
        assert rows.scroll_offset.y + rows.size.height == len(rows.rows)


async def test_a_list_is_never_painted_as_it_was_wrapped_for_another_width(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[int, int]] = []
    draw = Rows.render_line

    def noted(self: Rows, y: int) -> Strip:
        strip = draw(self, y)
        drawn.append((strip.cell_length, self.scrollable_content_region.width))
        return strip

    async with desk(sample, clock, (120, 40)) as at:
        await at.until(lambda: at.live.actions.rows.option_count > 0)
        monkeypatch.setattr(Rows, "render_line", noted)
        for width in (100, 85, 120):
            await at.pilot.resize_terminal(width, 40)
            await at.pilot.pause()
        assert len({width for width, _ in drawn}) > 3
        assert [cells for cells, width in drawn if cells != width] == []


async def test_a_page_up_or_down_ends_at_the_first_or_last_item(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        rows = at.live.agenda.rows
        await at.press("j", "pageup")
        assert rows.key_here == next(row.key for row in rows.rows if row.key)  # not the moderator's row above it
        await at.press("pagedown", "pagedown")
        assert rows.key_here == rows.rows[-1].key


async def test_paging_in_a_list_that_has_just_changed_or_has_no_room_is_no_mistake(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        rows = at.live.agenda.rows
        rows.show([Row(Content(f"row {number}"), str(number)) for number in range(9)], "0")
        await rows.run_action("page_down")
        assert rows.key_here != "0"
        await at.pilot.resize_terminal(1, 1)
        rows.show([Row(Content("row"), "a"), Row(Content("row"), "b")], "b")
        await rows.run_action("page_up")
        await rows.run_action("page_down")
