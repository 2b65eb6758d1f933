"""The editor made for minutes, driven by keys."""

from __future__ import annotations

import asyncio
import random
import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.text import Text
from support.clock import Clock
from support.desk import Desk, desk
from textual import events

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.model import Person
from dmlt_tui.meeting.people import add_alias
from dmlt_tui.notes.patterns import LONGEST_CONTENT, KeyPattern
from dmlt_tui.notes.text import clean
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.offers import candidates, offer_keys, offer_people
from dmlt_tui.tui.widgets import highlight
from dmlt_tui.tui.widgets.highlight import looks
from dmlt_tui.tui.widgets.lean_text_area import Look

SAMPLE = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"
TODAY = date(2020, 5, 12)


def write(at: Desk, text: str) -> None:
    """Put these notes under the item shown, without typing them, and the cursor at their end."""
    item = at.live.desk.item
    assert item is not None
    at.live.change(edits.set_notes("2020-05", item, item.notes, text))
    at.editor.move_cursor(at.editor.document.end)


def people_of(path: Path) -> tuple[Person, ...]:
    with OpenNotebook.open(path, read_only=True) as notebook:
        return notebook.value.people


# -- moving -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("keys", [("alt+up",), ("ctrl+x", "K")])
async def test_a_line_moves_up_with_its_children(sample: Path, clock: Clock, keys: tuple[str, ...]) -> None:
    async with desk(sample, clock) as at:
        write(at, "- one\n- two\n  - inner")
        await at.press("i", "up", *keys)
        assert at.notes("welcome") == "- two\n  - inner\n- one"
        assert at.editor.cursor_location[0] == 0
        await at.press("ctrl+z")
        assert at.notes("welcome") == "- one\n- two\n  - inner"


async def test_the_start_and_the_end_of_the_notes_are_one_key_away(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        write(at, "- one\n- two\n- three")
        await at.press("i", "ctrl+home")
        assert at.editor.cursor_location == (0, 0)
        await at.press("ctrl+shift+end")
        assert at.editor.selected_text == "- one\n- two\n- three"
        await at.press("ctrl+home", "ctrl+end")
        assert at.editor.cursor_location == (2, 7)


async def test_a_line_that_cannot_move_further_says_so_and_stays(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        write(at, "- one\n- two")
        await at.press("i", "ctrl+x", "J")
        assert "can't move further" in at.line("status")
        await at.press("alt+down")
        assert at.notes("welcome") == "- one\n- two"


# -- completion -------------------------------------------------------------------------------------------------------


async def test_tab_completes_a_person_and_enter_is_not_stolen(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("@frit")
        assert at.line("completion").split()[0] == "fmueller"
        await at.press("tab")
        await at.type("and @tim")
        await at.press("enter")
        assert at.notes("welcome") == "@fmueller and @tim\n"
        assert not at.editor.completing


async def test_down_goes_into_the_list_and_enter_takes_what_is_chosen(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("@robert")
        await at.press("down", "down", "enter")
        assert at.notes("welcome") == "@rlupton "


async def test_escape_closes_the_list_and_stays_in_the_text(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("@fri")
        await at.press("escape")
        assert at.live.typing
        assert not at.editor.completing
        await at.type("t")
        assert not at.editor.completing
        await at.press("tab", "escape")
        assert at.notes("welcome") == "@frit"
        assert not at.live.typing


async def test_the_prefix_twice_leaves_even_from_an_open_list(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i", "@")
        assert at.editor.completing
        await at.press("ctrl+x", "ctrl+x")
        assert not at.live.typing


async def test_the_list_follows_what_is_typed_and_goes_when_the_cursor_does(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("@f")
        many = at.line("completion").count("\n")
        await at.type("ritz")
        assert at.line("completion").count("\n") < many
        await at.press("backspace", "backspace", "backspace", "backspace")
        assert at.line("completion").count("\n") == many
        await at.press("home")
        assert not at.editor.completing


async def test_ticket_keys_of_the_whole_notebook_are_completed(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.until(lambda: at.live.desk.ledger.read(at.app.notebook.value, 0))
        await at.press("i")
        await at.type("see dmtn-10")
        await at.press("tab")
        assert at.notes("welcome") == "see DMTN-105 "


async def test_the_list_stands_above_the_line_at_the_bottom_of_the_pane(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        write(at, "\n" * 30)
        await at.press("i", "@")
        shown = at.live.query_one("#completion")
        assert shown.region.bottom <= at.editor.cursor_screen_offset.y
        assert at.live.notes.region.contains_region(shown.region)


@pytest.mark.parametrize(
    ("typed", "handle"),
    [
        ("frossie", "feconomou"),
        ("GPD", "gpdf"),
        ("rhl", "rlupton"),
        ("zeljko", "zivezic"),
        ("ivezic", "zivezic"),
        ("dubois-f", "gpdf"),
        ("wom", "womullane"),
        ("swb", "jswinbank"),
    ],
)
def test_people_are_found_by_name_handle_initials_alias_and_without_accents(
    sample: Path, typed: str, handle: str
) -> None:
    offer = offer_people(f"ask @{typed}", candidates(people_of(sample), ()))
    assert offer is not None
    assert offer.choices[0].insert == f"@{handle}"


def test_who_takes_part_comes_before_others_that_fit_as_well(sample: Path) -> None:
    everybody = people_of(sample)
    for first, second in (("rlupton", "rgruendl"), ("rgruendl", "rlupton")):
        offer = offer_people("@robert", candidates(everybody, (first,)))
        assert offer is not None
        assert [choice.insert for choice in offer.choices[:2]] == [f"@{first}", f"@{second}"]


@pytest.mark.parametrize("before", ["me@example.o", "plain", "DM", "see (x", "@nobodycalledso", "12", "", "`"])
def test_plain_words_and_addresses_are_not_completed(sample: Path, before: str) -> None:
    assert offer_people(before, candidates(people_of(sample), ())) is None
    assert offer_keys(before, ("DM-1", "12", "example.org")) is None


# -- actions typed in place -------------------------------------------------------------------------------------------


async def test_an_action_typed_in_the_teams_own_words_is_written_out_by_enter(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("[] fritz count beans 2w")
        assert at.line("status") == "Enter: Fritz Mueller · Tue 26 May 2020"
        await at.type("\nnext")
        assert at.notes("welcome") == "- [ ] @fmueller count beans due:2020-05-26\n- [ ] next"
        assert at.editor.cursor_location == (1, 10)


async def test_taken_back_it_stays_as_typed(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("[] fritz go 2w")
        await at.press("enter", "ctrl+z")
        assert at.notes("welcome") == "- [ ] fritz go 2w\n- [ ] "
        await at.press("up", "end", "enter")
        assert at.notes("welcome").startswith("- [ ] fritz go 2w\n")


async def test_leaving_the_text_finishes_the_action_too(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("[] tim go fri")
        await at.press("escape")
        assert at.notes("welcome") == "- [ ] @tjenness go due:2020-05-15"


async def test_who_could_be_two_people_is_asked_and_never_guessed(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (120, 40)) as at:
        await at.press("i")
        await at.type("[] robert report\n")
        assert at.notes("welcome") == "- [ ] robert report\n- [ ] "
        assert at.line("status") == "robert: Robert Gruendl or Robert Lupton?"


async def test_an_at_name_that_is_somebodys_alias_is_read_as_that_person(sample: Path, clock: Clock) -> None:
    with OpenNotebook.open(sample) as notebook:
        notebook.change(add_alias("bblum", "boss"))
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("[] @boss check the ships by 15 jun\n[] @boss rest")
        await at.press("escape")
        assert at.notes("welcome") == "- [ ] @bblum check the ships due:2020-06-15\n- [ ] @bblum rest"
        write(at, "- @boss check the ships by 5 Jun")
        await at.press("i", "ctrl+x", "T")
        assert at.notes("welcome") == "- [ ] @bblum check the ships due:2020-06-05"


async def test_an_at_name_that_fits_two_people_is_asked_and_never_guessed(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, (120, 40)) as at:
        await at.press("i")
        await at.type("[] @robert report fri\n")
        assert at.notes("welcome") == "- [ ] @robert report fri\n- [ ] "
        assert at.line("status") == "@robert: Robert Gruendl or Robert Lupton?"


async def test_owners_written_as_such_are_left_alone(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("[] @x for tim\n")
        assert at.notes("welcome") == "- [ ] @x for tim\n- [ ] "


async def test_any_line_is_turned_into_an_action_in_place(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        write(at, "- !! Tim to ask IT by 15 Jun\n- rest")
        await at.press("i", "up", "ctrl+x", "T")
        assert at.notes("welcome") == "- [ ] @tjenness ask IT due:2020-06-15\n- rest"
        await at.press("ctrl+x", "T")
        assert "already" in at.line("status")


def strike(at: Desk, words: str, gap: float) -> None:
    """Give the editor keys so many seconds apart, as they come from a keyboard or from a terminal that pastes."""
    when = 1000.0
    for letter in words:
        key = events.Key({"\n": "enter", " ": "space"}.get(letter, letter), letter if letter != "\n" else None)
        key.time = when = when + gap
        at.editor.post_message(key)


PASTED = "- one\n  - in\n  - in too\n- [ ] two\n- [ ] three\n1. four\n2. five\n\nWords.\n"


async def test_a_list_a_terminal_types_in_at_once_is_kept_as_it_is(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        strike(at, PASTED, 0.001)
        await at.until(lambda: at.notes("welcome").endswith("Words.\n"))
        assert at.notes("welcome") == PASTED


async def test_a_bullet_typed_where_enter_made_one_already_is_not_doubled(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        strike(at, "- one\n", 0.1)
        await at.press("tab")
        strike(at, "in\n- in too\n!! agreed", 0.1)
        await at.until(lambda: at.notes("welcome").endswith("agreed"))
        assert at.notes("welcome") == "- one\n  - in\n  - in too\n  - !! agreed"


async def test_shorthand_is_left_alone_in_code(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("```\n[] x")
        assert at.notes("welcome") == "```\n[] x"


# -- colours ----------------------------------------------------------------------------------------------------------


def named(line: str) -> dict[str, str]:
    patterns = (KeyPattern(r"DM-\d+"),)
    return {line[look.start : look.end]: look.name for look in looks(line, patterns, TODAY)}


def test_owners_dates_keys_and_marks_have_looks_of_their_own() -> None:
    assert named("- [ ] @ab see DM-12 due:2020-05-12") == {
        "[ ]": highlight.BOX,
        "@ab": highlight.MENTION,
        "DM-12": highlight.REFERENCE,
        "due:2020-05-12": highlight.DUE,
    }
    assert named("  - [ ] due:2020-05-11 x")["due:2020-05-11"] == highlight.OVERDUE
    assert named("- [x] @ab due:2020-05-11") == {"[x] @ab due:2020-05-11": highlight.DONE}
    assert named("1. !! agreed") == {"!! agreed": highlight.DECISION}
    assert named("> ?? who") == {"?? who": highlight.QUESTION}
    assert named(">> later") == {">>": highlight.PARKED}
    assert named("- plain `@ab` words !! here") == {}


def test_code_between_fences_is_found_in_one_pass() -> None:
    rows = highlight.code_rows("a\n```py\nx\n```\nb\n~~~\nto the end")
    assert [highlight.in_code(rows, row) for row in range(7)] == [False, True, True, True, False, True, True]
    assert highlight.code_rows("no `code` here") == []


async def test_lines_are_coloured_on_the_screen_but_not_in_code(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        write(at, "- @ab\n```\n- @ab\n```\n- [ ] x due:2020-05-11")
        assert _looks(at.editor.get_line(0)) == {"@ab"}
        assert _looks(at.editor.get_line(2)) == set()
        assert _looks(at.editor.get_line(4)) == {"[ ]", "due:2020-05-11"}
        clock.forward(minutes=-2 * 24 * 60)
        at.live.refresh_all()
        before = at.editor.get_line(4)
        clock.forward(minutes=2 * 24 * 60)
        at.live.refresh_all()
        assert before.spans != at.editor.get_line(4).spans


def _looks(line: Text) -> set[str]:
    return {line.plain[span.start : span.end] for span in line.spans}


async def test_code_is_shown_as_such_however_its_fence_came_to_be(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        write(at, "``x`\n- @ab")
        await at.press("i")
        await _is_shown_as_if_drawn_anew(at)
        for insert, start, end, row, is_code in (
            ("", (0, 2), (0, 3), 1, True),
            ("", (0, 0), (0, 2), 1, False),
            ("~~~\n", (1, 0), (1, 0), 2, True),
        ):
            at.editor.replace(insert, start, end)
            assert _looks(at.editor.get_line(row)) == (set() if is_code else {"@ab"})
            await _is_shown_as_if_drawn_anew(at)


async def test_a_line_that_is_wrapped_is_shown_as_if_all_of_it_were_drawn_anew(sample: Path, clock: Clock) -> None:
    chance = random.Random(1)
    words = ("- !! ", "[ ] ", "`", "@ann ", "due:2020-05-1", "\n", "\t", "漢字 ", "word " * 30, "x", " ", "- [x] ")
    async with desk(sample, clock) as at:
        write(at, "- one\n- two " + "of many words " * 20)
        await at.press("i")
        editor = at.editor
        acts = (
            editor.action_cursor_up,
            editor.action_cursor_left,
            editor.action_cursor_word_left,
            editor.action_cursor_down,
            editor.action_cursor_line_end,
            editor.action_delete_left,
            editor.action_delete_word_left,
            editor.action_delete_right,
        )
        for _ in range(60):
            act = chance.choice((*acts, *[None] * len(acts)))
            if act is not None:
                act()
            elif chance.random() < 0.1:
                editor.replace(chance.choice(words), *sorted(_places(editor.document.lines, chance)))
            else:
                editor.insert(chance.choice(words))
            await _is_shown_as_if_drawn_anew(at)


async def test_what_a_letter_does_to_the_colours_of_the_rows_above_it_is_shown(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        write(at, "- @ann " + "a b " * (LONGEST_CONTENT // 4))
        at.editor.replace("", (0, LONGEST_CONTENT), at.editor.document.end)
        await at.press("i")
        coloured = at.editor.get_line(0).spans
        at.editor.move_cursor((0, 0))
        await at.pilot.pause()
        at.editor.move_cursor((0, 100))
        await _is_shown_as_if_drawn_anew(at)
        at.editor.insert("c")
        assert at.editor.get_line(0).spans != coloured
        await _is_shown_as_if_drawn_anew(at)


async def _is_shown_as_if_drawn_anew(at: Desk) -> None:
    await at.pilot.pause()
    crop = at.editor.scrollable_content_region.reset_offset
    shown = [list(strip) for strip in at.editor.render_lines(crop)]
    at.editor.refresh()
    await at.pilot.pause()
    assert shown == [list(strip) for strip in at.editor.render_lines(crop)]


def _places(lines: Sequence[str], chance: random.Random) -> tuple[tuple[int, int], tuple[int, int]]:
    rows = (chance.randrange(len(lines)), chance.randrange(len(lines)))
    return ((rows[0], chance.randint(0, len(lines[rows[0]]))), (rows[1], chance.randint(0, len(lines[rows[1]]))))


def test_a_look_never_reaches_beyond_its_line() -> None:
    for line in ("", "- [ ] ", "x" * 20_000 + " @ab", "- [ ] é @ab\t@cd", "- !! \U0001f469\u200d\U0001f680 @ab"):
        for look in looks(line, (), TODAY):
            assert isinstance(look, Look)
            assert 0 <= look.start < look.end <= len(line)


# -- what is pasted ---------------------------------------------------------------------------------------------------


async def test_no_control_character_pasted_reaches_the_screen_or_the_notes(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        at.editor.post_message(events.Paste("a\x1b]52;c;aGk=\x07b\r\n\u202ec[/foo][bold]"))
        await at.pilot.pause()
        shown = "\n".join(at.editor.document.lines)
        assert at.notes("welcome") == shown
        assert "\x1b" not in shown
        assert shown.startswith("a␛]52;c;aGk=␇b\n")
        assert shown.endswith("c[/foo][bold]")


async def test_ten_thousand_lines_colour_only_those_on_the_screen(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        looks.cache_clear()
        write(at, "\n".join(f"- [ ] @ab line {number}" for number in range(10_000)))
        await at.press("i", "x")
        assert 0 < looks.cache_info().misses < 200


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.lists(st.text(min_size=1), min_size=1, max_size=12))
def test_any_text_survives_being_typed_saved_loaded_and_shown(typed: list[str], tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / f"{len(list(tmp_path.iterdir()))}.json"
    shutil.copy(SAMPLE, path)

    async def run() -> str:
        async with desk(path, clock) as at:
            await at.press("i")
            for text in typed:
                at.editor.post_message(events.Paste(text))
                await at.pilot.pause()
            for y in range(at.editor.size.height):
                assert clean(at.editor.render_line(y).text) == at.editor.render_line(y).text
            assert at.notes("welcome") == at.editor.text
            at.app.notebook.flush()
            return at.editor.text

    shown = asyncio.run(run())
    assert shown == clean("".join(map(clean, typed)))
    with OpenNotebook.open(path, read_only=True) as notebook:
        assert next(item.notes for item in notebook.value.meetings[-1].items if item.id == "welcome") == shown


async def test_an_action_left_by_going_on_at_once_hits_no_other_note(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("s", "i")
        await at.type("[] tim go fri")
        at.live.leave_typing()
        at.app.run_command("next")
        await at.pilot.pause()
        assert at.notes("welcome") in ("- [ ] tim go fri", "- [ ] @tjenness go due:2020-05-15")
        assert "tjenness go" not in at.notes("news")


async def test_joiners_of_words_and_pictures_are_typed(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        for sign in ("\U0001f469", "\u200d", "\U0001f467", "\u06cc", "\u200c", "\u062e"):
            at.app.post_message(events.Key(sign, sign))
        await at.until(lambda: at.notes("welcome") == "\U0001f469\u200d\U0001f467\u06cc\u200c\u062e")


async def test_what_is_typed_on_after_words_is_a_line_of_its_own(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        await at.press("i")
        await at.type("- [ ] first")
        await at.press("escape", "i")
        await at.type("second")
        await at.press("escape", "i")
        await at.type(", and more")
        await at.press("escape", "i")
        await at.type("- third")
        assert at.notes("welcome").split("\n") == ["- [ ] first", "- second, and more", "- third"]
