"""What may be chosen for a page: sections, times that were, decisions, handovers."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from msgspec.structs import replace

from dmlt_tui.meeting.model import (
    Day,
    Handover,
    Item,
    Meeting,
    Notebook,
    Person,
    Request,
    RequestState,
    Role,
    Session,
    Span,
)
from dmlt_tui.page.choices import Choices, Part, Scope, Section
from dmlt_tui.page.compose import compose
from dmlt_tui.page.formats import WRITERS

PEOPLE = (Person(id="ann", name="Ann"), Person(id="bob", name="Bob"))


def moment(hour: int, minute: int) -> datetime:
    return datetime(2020, 5, 12, hour, minute, tzinfo=UTC)


def book() -> Notebook:
    items = (
        Item(
            id="i",
            title="Topic",
            minutes=30,
            notes="- !! do it\n- !- no agreement\n- ?? why",
            spans=(Span(start=moment(16, 2), end=moment(16, 14)), Span(start=moment(16, 20))),
        ),
        Item(id="j", title="Next"),
    )
    session = Session(id="s", start=time(9), moderator="ann", items=items)
    handovers = (
        Handover(id="h1", session="s", to="ann", at=moment(16, 1)),
        Handover(id="h2", session="s", to="bob", at=moment(16, 19), giver="ann", note="mind *the* clock"),
        Handover(id="h3", session="s", to="bob", at=moment(16, 20), role=Role.SCRIBE),
    )
    days = (Day(id="d", date=date(2020, 5, 12), sessions=(session,)),)
    meeting = Meeting(id="m", title="M", zone="America/Los_Angeles", days=days, handovers=handovers)
    return Notebook(people=PEOPLE, meetings=(meeting,))


def text(choices: Choices, scope: Scope | None = None) -> str:
    notebook = book()
    return WRITERS["text"](compose(notebook, notebook.meetings[-1], scope, choices))


def test_only_the_sections_asked_for_are_written() -> None:
    shown = text(Choices(sections=frozenset({Section.LOGISTICS})))
    assert "Logistics" in shown
    assert "Agenda" not in shown


def test_nothing_is_added_that_was_not_asked_for() -> None:
    shown = text(Choices())
    assert "Actual" not in shown
    assert "Decisions" not in shown
    assert "handed over" not in shown


def test_times_are_those_an_item_really_had_the_floor_on_the_meetings_clocks() -> None:
    assert "Actual 09:02–09:14, 09:20–" in text(Choices(times=True))
    assert "Day 1: 2020-05-12, 09:00, Actual 09:02–09:14, 09:20–" in text(Choices(times=True), Scope(Part.ITEM, "i"))


def test_decisions_are_listed_with_their_topic_and_so_is_what_was_not_decided() -> None:
    shown = text(Choices(decisions=True), Scope(Part.DAY, "d"))
    assert [line.split() for line in shown.split("Decisions\n")[1].splitlines()] == [
        ["What", "Topic"],
        ["Decision", "do", "it", "Topic"],
        ["No", "decision", "no", "agreement", "Topic"],
    ]


def test_handovers_of_the_floor_and_of_the_notes_stand_with_their_session() -> None:
    shown = text(Choices(handovers=True))
    assert "09:01: Ann took the floor\n09:19: Ann handed over to Bob: mind the clock" in shown
    assert shown.count("09:20: ") == 1


def test_a_topic_asked_for_says_how_long_as_typed_else_as_it_was_read_and_one_dropped_is_left_out() -> None:
    asked = (
        Request(id="1", title="Typed", meeting="m", estimate="half an hour", minutes=30),
        Request(id="2", title="Read", meeting="m", minutes=30, minutes_most=60),
        Request(id="3", title="Even", meeting="m", minutes=20, minutes_most=20),
        Request(id="4", title="Gone", meeting="m", state=RequestState.DROPPED),
    )
    notebook = replace(book(), requests=asked)
    shown = WRITERS["markdown"](compose(notebook, notebook.meetings[-1]))
    assert [line for line in shown.splitlines() if line.startswith(("| Typed", "| Read", "| Even", "| Gone"))] == [
        "| Typed |  | half an hour |  |",
        "| Read |  | 30–60 min |  |",
        "| Even |  | 20 min |  |",
    ]
