"""The brief of each of the six transitions of the reference meeting, and what it gathers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.brief import brief_lines, headline, make_brief
from dmlt_tui.meeting.directory import find_people
from dmlt_tui.meeting.model import Handover, Item, Meeting, Notebook, Role
from dmlt_tui.meeting.moderation import handover_card
from dmlt_tui.store.notebook import OpenNotebook

NINE = datetime(2020, 5, 12, 16, 0, tzinfo=UTC)

# From the last item of each session on: the headline, the start of the session to come, and its first row.
TRANSITIONS = [
    (
        "Leanne Guy  hands over to  Wil O'Mullane",
        "Tue 12 May 2020, 11:00 Project",
        "11:00  Calibration products  John Swinbank  15 min",
    ),
    (
        "Wil O'Mullane: you continue",
        "Tue 12 May 2020, 13:00 Project",
        "13:00  Rebaselining & project schedule  Wil O'Mullane  90 min",
    ),
    (
        "Wil O'Mullane  hands over to  Gregory Dubois-Felsmann",
        "Wed 13 May 2020, 09:00 Project",
        "09:00  Plans for an interim data facility  Wil O'Mullane  60 min",
    ),
    (
        "Gregory Dubois-Felsmann  hands over to  Simon Krughoff",
        "Wed 13 May 2020, 11:00 Project",
        "11:00  Status of Ingest  Fritz Mueller  90 min",
    ),
    (
        "Simon Krughoff  hands over to  Frossie Economou",
        "Wed 13 May 2020, 13:00 Project",
        "13:00  Prompt processing  Kian-Tat Lim / Robert Gruendl  90 min",
    ),
    (
        "Frossie Economou  hands over to  Wil O'Mullane",
        "Thu 14 May 2020, 09:00 Project",
        "09:00  Team status  John Swinbank  90 min",
    ),
]


@pytest.fixture
def book(sample: Path) -> Notebook:
    with OpenNotebook.open(sample, read_only=True) as notebook:
        return notebook.value


def meeting_of(book: Notebook) -> Meeting:
    meeting = book.meeting("2020-05")
    assert meeting is not None
    return meeting


def at_the_end_of(book: Notebook, session: int) -> Notebook:
    """The notebook when the last item of this session has the floor and all sessions before were handed over."""
    meeting = meeting_of(book)
    sessions = list(meeting.sessions)
    for index, later in enumerate(sessions[1 : session + 1]):
        record = Handover(
            id=f"h{index}", session=later.id, giver=sessions[index].moderator, to=later.moderator, at=NINE
        )
        book = edits.hand_over("2020-05", record).apply(book)
    last = sessions[session].items[-1]
    return edits.start("2020-05", last, NINE).apply(book)


def brief(book: Notebook, now: datetime = NINE) -> tuple[str, list[str]]:
    meeting = meeting_of(book)
    card = handover_card(meeting)
    assert card is not None
    return headline(book, card), brief_lines(book, meeting, make_brief(book, meeting, card, now))


@pytest.mark.parametrize("number", range(6))
def test_each_transition_names_giver_taker_time_and_what_is_ahead(book: Notebook, number: int) -> None:
    title, lines = brief(at_the_end_of(book, number))
    expected_title, expected_session, expected_row = TRANSITIONS[number]
    assert title == expected_title
    assert lines[0].startswith(f"Session of {expected_session};")
    assert lines[lines.index("Ahead:") + 1] == expected_row


def test_guests_and_hard_ends_ahead_are_named(book: Notebook) -> None:
    _, lines = brief(at_the_end_of(book, 2))
    assert "       09:30 guest: Bob Blum" in lines
    _, lines = brief(at_the_end_of(book, 4))
    assert "OR2  Robert Gruendl  if time permits" in lines
    assert "14:30  hard end" in lines


def test_a_session_without_a_hard_end_is_told_its_break_and_when_the_day_must_end(book: Notebook) -> None:
    _, lines = brief(at_the_end_of(book, 0))
    assert lines[lines.index("Ahead:") + 3 :][:2] == ["12:30  Break  30 min", "14:30  hard end of the day"]
    _, lines = brief(at_the_end_of(book, 5))
    assert lines[lines.index("Ahead:") + 3] == "11:00  hard end"


def test_done_and_undone_items_are_told_apart(book: Notebook) -> None:
    meeting = meeting_of(book)
    first = next(iter(meeting.items))
    book = edits.start("2020-05", first, NINE).apply(book)
    book = edits.step("2020-05", first.id, 1, NINE + timedelta(minutes=10)).apply(book)
    _, lines = brief(book)
    assert "Done: Welcome" in lines
    assert "On the floor: Project news" in lines
    assert "Not reached: Middleware status update" in lines


def test_open_questions_parked_lines_and_actions_are_gathered(book: Notebook) -> None:
    meeting = meeting_of(book)
    news: Item = list(meeting.items)[1]
    notes = "- ?? who pays\n- ?= answered long ago\n- >> staffing\n- [ ] @fmueller count due:2020-07-06\n- [ ] nobody's"
    book = edits.set_notes("2020-05", news, news.notes, notes).apply(book)
    _, lines = brief(at_the_end_of(book, 0))
    assert "- who pays (Project news)" in lines
    assert "- staffing (Project news)" in lines
    assert not any("answered long ago" in line for line in lines)
    assert "- Fritz Mueller: count, by Mon 6 Jul 2020" in lines
    assert "- nobody's (Project news)" in lines[lines.index("Actions without owner or date:") :]


def test_a_session_that_runs_late_says_by_how_much(book: Notebook) -> None:
    meeting = meeting_of(book)
    topic = next(item for item in meeting.items if item.title.startswith("Rebaselining"))
    # Its session has 90 minutes from 13:00 to 14:30; started at 13:11, it ends at 14:41.
    start = NINE + timedelta(hours=4, minutes=11)
    book = edits.start("2020-05", topic, start).apply(book)
    _, lines = brief(book, start + timedelta(minutes=5))
    assert "The session ends 14:41, 11 min after its hard end" in lines


def test_before_the_start_nobody_gives_the_floor(book: Notebook) -> None:
    title, _ = brief(book)
    assert title == "Leanne Guy takes the floor"


@pytest.mark.parametrize(
    ("words", "handles"),
    [
        ("lguy", ["lguy"]),
        ("@lguy", ["lguy"]),
        ("leanne", ["lguy"]),
        ("guy lea", ["lguy"]),
        ("IVEZIC", ["zivezic"]),
        ("robert", ["rgruendl", "rlupton"]),
        ("nobody at all", []),
        ("  ", []),
        (";", []),
    ],
)
def test_people_are_found_by_what_is_typed_of_their_name(book: Notebook, words: str, handles: list[str]) -> None:
    assert [person.id for person in find_people(book.people, words)] == handles


def test_a_handover_of_the_notes_is_told_as_one(book: Notebook) -> None:
    card = handover_card(meeting_of(book), Role.SCRIBE, even_taken=True)
    assert card is not None
    wil = replace(card, giver="lguy", to="womullane", role=Role.SCRIBE)
    assert headline(book, wil) == "Leanne Guy  hands the notes to  Wil O'Mullane"
    assert headline(book, replace(wil, giver="")) == "Wil O'Mullane takes the notes"
    assert headline(book, replace(wil, giver="womullane")) == "Wil O'Mullane goes on taking notes"
