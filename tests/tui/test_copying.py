"""What a copied part of a meeting is called, as a file and in words."""

from __future__ import annotations

from pathlib import Path

from support.clock import Clock
from support.desk import desk
from support.terminal import Terminal

from dmlt_tui.page.choices import Part, Scope
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.copying import page_name, scope_words

SAMPLE = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"
with OpenNotebook.open(SAMPLE, read_only=True) as sample:
    MEETING = next(meeting for meeting in sample.value.meetings if meeting.id == "2020-05")


def test_a_day_is_named_by_its_meeting_and_number() -> None:
    first, second = (Scope(Part.DAY, day.id) for day in MEETING.days[:2])
    assert page_name(MEETING, first, "storage") == "2020-05-day-1.xml"
    assert page_name(MEETING, second, "storage") == "2020-05-day-2.xml"
    assert scope_words(MEETING, second) == f"Day 2 of {len(MEETING.days)}"


def test_an_item_is_named_by_its_title() -> None:
    item = next(item for item in MEETING.items if item.id == "welcome")
    assert page_name(MEETING, Scope(Part.ITEM, item.id), "markdown").startswith("2020-05-welcome")
    assert scope_words(MEETING, Scope(Part.ITEM, item.id)).startswith("Welcome")


def test_a_whole_meeting_is_named_by_its_id() -> None:
    assert page_name(MEETING, Scope(), "text") == "2020-05.txt"
    assert scope_words(MEETING, Scope()) == "The page"


def test_what_is_not_copied_is_said_with_the_whole_command_that_fetches_it(sample: Path, own_home: Path) -> None:
    nowhere = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "STY", "SSH_CONNECTION", "SSH_TTY"), "")
    with Terminal(str(sample), environment={**nowhere, "TERM": "linux"}) as terminal:
        terminal.sees("Agenda")
        terminal.types("yd")
        terminal.until(lambda: "export --last | pbcopy" in " ".join(terminal.text.split()), "the whole command")
        terminal.sees("GO ")


async def test_a_long_message_has_the_lines_it_needs_and_the_next_short_one_gives_them_back(
    sample: Path, clock: Clock
) -> None:
    async with desk(sample, clock) as at:
        status = at.live.query_one("#status")
        at.live.say("word " * 40)
        await at.pilot.pause()
        assert status.size.height == 3
        at.live.say("in short")
        await at.pilot.pause()
        assert status.size.height == 1


async def test_a_small_terminal_gives_a_message_up_to_half_of_its_lines(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock, size=(50, 15)) as at:
        status = at.live.query_one("#status")
        for words, lines in (("word " * 45, 5), ("word " * 500, 7)):
            at.live.say(words)
            await at.pilot.pause()
            assert status.size.height == lines
