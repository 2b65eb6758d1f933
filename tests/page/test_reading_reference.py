"""The page of a real meeting, as text copied off the wiki, is read with all its quirks."""

from __future__ import annotations

from datetime import date, time
from itertools import count

import pytest
from page_judge import CHECKOUT

from dmlt_tui.meeting.actions import meeting_actions
from dmlt_tui.meeting.model import ItemKind, Meeting, Notebook
from dmlt_tui.meeting.schedule import session_starts
from dmlt_tui.page.reading import Reading, Source, guess_source, read_page

PAGE = CHECKOUT.parent / "shared" / "reference" / "dmlt-2020-05-meeting-page.txt"
pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="needs ../shared/reference")


@pytest.fixture(scope="module")
def reading() -> Reading:
    text = PAGE.read_text("utf-8")
    assert guess_source(text) is Source.TEXT
    numbers = count()
    return read_page(text, Source.TEXT, Notebook(), lambda: f"id{next(numbers)}")


@pytest.fixture(scope="module")
def meeting(reading: Reading) -> Meeting:
    return reading.meeting


@pytest.fixture(scope="module")
def names(reading: Reading) -> dict[str, str]:
    return {person.id: person.name for person in reading.people}


def test_three_days_with_seven_sessions_and_their_moderators(meeting: Meeting, names: dict[str, str]) -> None:
    assert meeting.title == "DM Leadership Team Virtual Face-to-Face Meeting, 2020-05-12/14"
    assert meeting.zone_label == "Project"
    assert [(day.date, [(s.start.hour, names[s.moderator]) for s in day.sessions]) for day in meeting.days] == [
        (date(2020, 5, 12), [(9, "Leanne Guy"), (11, "Wil O'Mullane"), (13, "Wil O'Mullane")]),
        (date(2020, 5, 13), [(9, "Gregory Dubois-Felsmann"), (11, "Simon Krughoff"), (13, "Frossie Economou")]),
        (date(2020, 5, 14), [(9, "Wil O'Mullane")]),
    ]


def test_twenty_rows_with_their_times(meeting: Meeting) -> None:
    starts = {key: start for session in meeting.sessions for key, start in session_starts(session).items()}
    rows = [(item.kind, starts[item.id], item.minutes) for item in meeting.items]
    topic, pause, close = ItemKind.TOPIC, ItemKind.BREAK, ItemKind.CLOSE
    assert rows == [
        (topic, time(9), 10),
        (topic, time(9, 10), 20),
        (topic, time(9, 30), 60),
        (pause, time(10, 30), 30),
        (topic, time(11), 15),
        (topic, time(11, 15), 75),
        (pause, time(12, 30), 30),
        (topic, time(13), 90),
        (close, time(14, 30), None),
        (topic, time(9), 60),
        (topic, time(10), 30),
        (pause, time(10, 30), 30),
        (topic, time(11), 90),
        (pause, time(12, 30), 30),
        (topic, time(13), None),
        (topic, None, None),
        (close, time(14, 30), None),
        (topic, time(9), 90),
        (topic, time(10, 30), 30),
        (close, time(11), None),
    ]
    assert [item.title for item in meeting.items if item.time_permitting] == ["OR2"]
    assert all(item.hard for item in meeting.items if item.kind is close)


def test_sixteen_coordinators_of_eight_people(meeting: Meeting) -> None:
    slots = [handle for item in meeting.items for handle in item.coordinators]
    assert (len(slots), len(set(slots))) == (16, 8)
    assert [len(item.coordinators) for item in meeting.items].count(2) == 3


def test_sub_slots_with_a_guest(meeting: Meeting) -> None:
    slots = [(s.start, s.minutes, s.title, s.guest) for item in meeting.items for s in item.slots]
    assert slots == [
        (time(9), 30, "technical discussion: Google PoC slides", ""),
        (time(9, 30), 30, "programmatic discussion", "Bob Blum"),
    ]


def test_notes_stand_where_the_page_has_them(meeting: Meeting) -> None:
    topics = [item for item in meeting.items if item.kind is ItemKind.TOPIC]
    assert [item.title for item in topics if not item.preparation] == ["Project news"]
    assert [item.title for item in topics if not item.notes] == ["Welcome", "Team status", "Wrap-up"]
    assert sum(len(item.notes) for item in topics) > 11_900


def test_nine_done_tasks_with_owners_and_dates(meeting: Meeting, reading: Reading, names: dict[str, str]) -> None:
    notebook = Notebook(people=reading.people, meetings=(meeting,))
    tasks = [action.task for action in meeting_actions(notebook, meeting)]
    assert all(task.done for task in tasks)
    assert [([names[owner] for owner in task.owners], f"{task.due}") for task in tasks] == [
        ([], "2020-06-15"),
        (["John Swinbank"], "2020-05-21"),
        (["Eric Bellm"], "2020-07-01"),
        (["Gregory Dubois-Felsmann"], "2020-07-01"),
        (["Fritz Mueller"], "2020-07-06"),
        (["Colin Slater"], "2020-07-06"),
        (["Fritz Mueller"], "2020-08-03"),
        (["Wil O'Mullane", "Colin Slater"], "2020-07-06"),
        (["Robert Gruendl"], "2020-07-06"),
    ]
    assert "(Ticketed: DM-26341)" in tasks[6].text
    assert "On ticket branch at https://dmtn-118" in next(i.notes for i in meeting.items if "IVOA" in i.title)


def test_eleven_open_actions_with_their_pages(reading: Reading) -> None:
    pages = [action.meeting_title for action in reading.actions]
    assert [pages.count(page) for page in dict.fromkeys(pages)] == [2, 3, 6]
    assert [len(action.owners) for action in reading.actions].count(0) == 1
    assert all(action.due for action in reading.actions)
    assert reading.actions[3].text == (
        "Convene a group to redo the T-12 month DRP diagram and define scope expectations"
    )
    assert reading.actions[6].text == "UKDF part in data facilities for PSTN-017"


def test_attendees_attachments_and_requests(meeting: Meeting, reading: Reading, names: dict[str, str]) -> None:
    assert [attendee.mention for attendee in meeting.attendees] == [True] * 9 + [False] * 11
    gone = [person.id for person in reading.people if not person.active]
    assert gone == ["mbutler", "gcomoretto", "npease"]
    assert len(meeting.attachments) == 12
    first = meeting.attachments[0]
    assert (first.name, first.modified) == ("2020-05-12 — DMLT — Calibration Products.pdf", date(2020, 5, 9))
    assert names[first.by] == "John Swinbank"
    assert [(request.minutes, request.minutes_most) for request in reading.requests] == [
        (30, None),
        (30, 60),
        (30, None),
        (30, None),
        (60, None),
        (60, None),
        (120, None),
    ]
    assert reading.requests[-1].requested_by == "@mbutler, @rlupton, etc."


def test_logistics(meeting: Meeting) -> None:
    logistics = meeting.logistics
    assert logistics.notice is not None
    assert logistics.notice.title == "COVID-19"
    assert len(logistics.dial_in) == 17
    assert logistics.call_id == "954 0820 3481"
    assert logistics.access == "Please see #dm-camelot and/or e-mail for the password."


def test_what_is_uncertain_is_said(reading: Reading) -> None:
    assert reading.doubts == ("'Fro ssie Economou' is taken for Frossie Economou",)
    ran = [line for line in reading.kept if line.startswith("items of a list that ran together")]
    assert ran
    assert all(line.endswith("…") or len(line) < 110 for line in ran)
    assert any("DM-25926" in line for line in reading.kept)
