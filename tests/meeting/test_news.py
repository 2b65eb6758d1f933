"""What others did to the floor, as those who look on are told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.model import Day, Handover, Item, Meeting, Notebook, Person, Role, Session
from dmlt_tui.meeting.news import floor_news
from dmlt_tui.meeting.words import handover_words

NOW = datetime(2020, 5, 12, 9, 0, tzinfo=UTC)
A, B = Item(id="a", title="A"), Item(id="b", title="B")
SESSION = Session(id="s", start=time(9), items=(A, B))
BOOK = Notebook(
    people=(Person(id="p", name="Pat"), Person(id="q", name="Quinn")),
    meetings=(Meeting(id="m", title="M", days=(Day(id="d", date=date(2020, 5, 12), sessions=(SESSION,)),)),),
)


def news(before: Notebook, *changes: edits.Edit) -> str:
    after = before
    for edit in changes:
        after = edit.apply(after)
    return floor_news(before, after, "m")


def test_each_step_of_the_floor_is_told() -> None:
    running = edits.start("m", A, NOW).apply(BOOK)
    assert floor_news(BOOK, running, "m") == "now: A"
    assert news(running, edits.step("m", "a", 1, NOW + timedelta(minutes=5))) == "now: B"
    ended = edits.Edit("end", edits.in_meeting("m", lambda meeting: replace(meeting, current="")))
    assert news(running, ended) == "the meeting has ended"


def test_handovers_are_told_with_their_note_and_when_they_are_taken_back() -> None:
    record = Handover(id="h", session="s", giver="q", to="p", at=NOW, note="mind the time")
    handed = edits.hand_over("m", record).apply(BOOK)
    assert floor_news(BOOK, handed, "m") == "handed over to Pat: mind the time"
    assert floor_news(handed, BOOK, "m") == "the handover to Pat was undone"
    assert news(BOOK, edits.hand_over("m", replace(record, role=Role.SCRIBE, note=""))) == "Pat takes the notes"


def test_nothing_is_told_of_what_is_not_the_floor_nor_of_another_meeting() -> None:
    assert news(BOOK, edits.set_notes("m", A, "", "- typed")) == ""
    assert floor_news(BOOK, Notebook(), "m") == ""
    assert floor_news(BOOK, BOOK, "m") == ""


def test_a_handover_says_from_whom_unless_nobody_gave_or_the_same_person_goes_on() -> None:
    record = Handover(id="h", session="s", giver="q", to="p", at=NOW)
    assert handover_words(BOOK, record, NOW) == "09:00 from Quinn"
    assert handover_words(BOOK, replace(record, giver=""), NOW) == "09:00 takes the floor"
    assert handover_words(BOOK, replace(record, giver="p"), NOW) == "09:00 goes on"
    assert handover_words(BOOK, replace(record, role=Role.SCRIBE), NOW) == "09:00 notes: Pat"
