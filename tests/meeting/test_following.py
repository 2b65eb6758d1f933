"""The next meeting takes over what the one before left, and an action's history stays visible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from itertools import count

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.actions import all_actions, open_actions
from dmlt_tui.meeting.findings import findings
from dmlt_tui.meeting.following import NextMeeting, add_next, next_meeting
from dmlt_tui.meeting.model import (
    Attendee,
    Day,
    Item,
    ItemKind,
    Link,
    Logistics,
    Meeting,
    Notebook,
    Pattern,
    Person,
    Request,
    RequestState,
    Session,
    Span,
)
from dmlt_tui.meeting.past import History, Occasion, Past, history_words

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
AUTUMN = date(2026, 11, 9)


def ids() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"new{next(numbers)}"


def topic(item_id: str, title: str, notes: str = "", *, done: bool = False) -> Item:
    return Item(id=item_id, title=title, minutes=30, notes=notes, done=done)


MORNING = Session(
    id="s1",
    start=time(9),
    moderator="ann",
    scribe="gone",
    items=(
        topic("apdb", "APDB", "- >> staffing plan\n  - who pays\n- ?? what is *next*\n- [ ] @bob write due:2026-06-01"),
        Item(id="break", title="Break", kind=ItemKind.BREAK, minutes=15),
        topic("ingest", "Ingest", done=True),
    ),
)
NOON_SESSION = Session(
    id="s2",
    start=time(11),
    moderator="gone",
    items=(
        replace(topic("or2", "OR2"), coordinators=("bob", "ann"), preparation="Rehearsal #2"),
        Item(id="close", title="Close", kind=ItemKind.CLOSE, start=time(12, 30), hard=True),
    ),
)
SPRING = Meeting(
    id="spring",
    title="Spring",
    zone="America/Santiago",
    zone_label="Project",
    days=(
        Day(id="d1", date=date(2026, 5, 12), sessions=(MORNING,)),
        Day(id="d2", date=date(2026, 5, 13), sessions=(NOON_SESSION,)),
    ),
    logistics=Logistics(place="Tucson", links=(Link(title="Video", address="https://v.example.org"),)),
    attendees=(Attendee(person="ann"), Attendee(person="gone"), Attendee(person="bob", mention=False)),
    source="https://wiki.example.org/spring",
)
BOOK = Notebook(
    people=(
        Person(id="ann", name="Ann Ames"),
        Person(id="bob", name="Bob Byrd"),
        Person(id="gone", name="Unknown User (gone)", active=False),
    ),
    meetings=(SPRING,),
    requests=(
        Request(id="r1", title="Budget", meeting="spring", requested_by="@ann", minutes=20, notes="- numbers"),
        Request(id="r2", title="Done", meeting="spring", state=RequestState.SCHEDULED, item="ingest"),
        Request(id="r3", title="Elsewhere", meeting="winter"),
    ),
    patterns=(Pattern(id="dm", regex=r"DM-\d+"), Pattern(id="tn", regex=r"DMTN-\d+", kind="document")),
)


def planned(days: int = 2, notebook: Notebook = BOOK) -> NextMeeting:
    return next_meeting(notebook, notebook.meetings[0], " Autumn ", AUTUMN, days, ids())


def test_people_zone_and_logistics_are_taken_over_but_nobody_who_is_gone() -> None:
    meeting = planned().meeting
    assert (meeting.title, meeting.zone, meeting.zone_label) == ("Autumn", "America/Santiago", "Project")
    assert meeting.logistics == SPRING.logistics
    assert meeting.attendees == (Attendee(person="ann"), Attendee(person="bob", mention=False))
    assert (meeting.source, meeting.current, meeting.handovers, meeting.attachments) == ("", "", (), ())


def test_the_rota_goes_on_day_by_day_and_begins_again() -> None:
    meeting = planned(days=3).meeting
    assert [day.date for day in meeting.days] == [date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 11)]
    assert [(session.start, session.moderator, session.scribe) for session in meeting.sessions] == [
        (time(9), "ann", ""),
        (time(11), "", ""),
        (time(9), "ann", ""),
    ]


def test_breaks_and_closes_stand_where_they_stood() -> None:
    items = list(planned().meeting.items)
    assert [(item.title, item.start, item.minutes, item.hard) for item in items if item.kind is not ItemKind.TOPIC] == [
        ("Break", time(9, 30), 15, False),
        ("Close", time(12, 30), None, True),
    ]


def test_open_actions_come_first_on_the_agenda() -> None:
    value = planned()
    first = next(value.meeting.items)
    assert (first.title, first.coordinators, first.preparation) == ("Open actions", ("ann",), "- 1 from Spring")
    assert len(first.reviews) == len(value.to_review) == 1


def test_nothing_is_reviewed_where_nothing_is_open() -> None:
    done = replace(SPRING.days[0].sessions[0].items[0], notes="- [x] @bob write")
    day = replace(SPRING.days[0], sessions=(replace(MORNING, items=(done,)),))
    value = planned(notebook=replace(BOOK, meetings=(replace(SPRING, days=(day,)),)))
    assert next(value.meeting.items).title == "Topics"


def test_what_was_left_is_offered_as_requests_that_say_where_they_come_from() -> None:
    assert [(one.title, one.requested_by, one.minutes, one.notes) for one in planned().requests] == [
        ("staffing plan", "", None, "Parked: APDB, Spring (Tue 12 May 2026)\n\n- who pays"),
        ("what is *next*", "", None, "Open question: APDB, Spring (Tue 12 May 2026)"),
        ("OR2", "@bob, @ann", 30, "Not reached: OR2, Spring (Wed 13 May 2026)\n\nRehearsal #2"),
        ("Budget", "@ann", 20, "Asked for before: Spring\n\n- numbers"),
    ]


def test_what_stands_twice_is_offered_once() -> None:
    twice = replace(BOOK, requests=(Request(id="r1", title="or2", meeting="spring"),))
    assert [one.title for one in planned(notebook=twice).requests].count("or2") == 0


def test_of_a_meeting_that_never_ran_here_nothing_counts_as_not_reached() -> None:
    items = (topic("a", "Welcome"), topic("b", "APDB", "- said"))
    read_in = replace(SPRING, days=(replace(SPRING.days[0], sessions=(replace(MORNING, items=items),)),))
    assert planned(notebook=Notebook(meetings=(read_in,))).requests == ()


def test_of_a_meeting_that_was_never_held_every_topic_is_offered() -> None:
    items = (topic("a", "Welcome"), topic("b", "APDB"))
    planned_only = replace(SPRING, days=(replace(SPRING.days[0], sessions=(replace(MORNING, items=items),)),))
    assert [one.title for one in planned(notebook=Notebook(meetings=(planned_only,))).requests] == ["Welcome", "APDB"]


def test_it_is_added_as_one_step_with_ids_of_its_own_and_no_mistakes() -> None:
    value = planned(days=5)
    after = add_next(value).apply(BOOK)
    assert after.meetings == (SPRING, value.meeting)
    assert after.requests == (*BOOK.requests, *value.requests)
    assert [str(one) for one in findings(after) if "winter" not in str(one)] == []
    with pytest.raises(edits.EditError, match="already a meeting"):
        add_next(value).apply(after)


def test_a_meeting_without_days_can_be_followed_too() -> None:
    value = next_meeting(Notebook(), Meeting(id="bare", title="Bare"), "Next", AUTUMN, 1, ids())
    assert [item.title for item in value.meeting.items] == ["Welcome"]


@pytest.mark.parametrize(("title", "days"), [(" ", 1), ("Autumn", 0), ("Autumn", 61)])
def test_what_no_meeting_can_be_is_refused(title: str, days: int) -> None:
    with pytest.raises(edits.EditError):
        next_meeting(BOOK, SPRING, title, AUTUMN, days, ids())


# -- the history of an action -------------------------------------------------------------------------------------


def held(notebook: Notebook) -> Notebook:
    """The notebook after the review of open actions has had the floor in autumn."""
    review = next(notebook.meetings[-1].items)
    spans = replace(review, spans=(Span(start=NOON, end=NOON),))
    autumn = notebook.meetings[-1]
    session = autumn.days[0].sessions[0]
    session = replace(session, items=(spans, *session.items[1:]))
    days = (replace(autumn.days[0], sessions=(session,)), *autumn.days[1:])
    return replace(notebook, meetings=(*notebook.meetings[:-1], replace(autumn, days=days)))


def titles(notebook: Notebook) -> list[str]:
    (action,) = [action for action in all_actions(notebook) if "write" in action.task.text.lower()]
    return [f"{one.meeting_title}, {one.item_title}" for one in Past(notebook).of(action).reviewed]


def test_an_action_was_reviewed_where_the_review_had_the_floor() -> None:
    after = add_next(planned()).apply(BOOK)
    assert titles(after) == []
    assert titles(held(after)) == ["Autumn, Open actions"]


@pytest.mark.parametrize("line", ["- [x] @bob write", "- [ ] @ann @bob Write due:2027-01-01"])
def test_its_history_holds_when_it_is_ticked_assigned_moved_and_dated_anew(line: str) -> None:
    after = held(add_next(planned()).apply(BOOK))
    item = next(SPRING.items)
    moved = edits.set_notes("spring", item, item.notes, f"- before\n{line}").apply(after)
    assert titles(moved) == ["Autumn, Open actions"]


def test_an_open_one_that_was_taken_too_late_for_the_list_was_reviewed_all_the_same_until_then() -> None:
    after = held(add_next(planned()).apply(BOOK))
    item = next(SPRING.items)
    late = edits.set_notes("spring", item, item.notes, "- [ ] @bob write more").apply(after)
    assert titles(late) == ["Autumn, Open actions"]
    autumn = after.meetings[-1]
    own = edits.add_note_line(autumn.id, next(autumn.items), "- [ ] @ann another", "action").apply(after)
    assert [Past(own).of(action).reviewed for action in open_actions(own) if action.task.text == "another"] == [()]


def test_tickets_are_the_issue_keys_of_the_line_and_of_what_belongs_to_it() -> None:
    notes = "- [ ] @bob finish DMTN-1 (DM-7)\n  Ticketed: DM-8, DM-7\n- DM-9"
    book = edits.set_notes("spring", next(SPRING.items), next(SPRING.items).notes, notes).apply(BOOK)
    (action,) = all_actions(book)
    assert Past(book).of(action).tickets == ("DM-7", "DM-8")


def test_the_history_is_told_in_words() -> None:
    after = held(add_next(planned()).apply(BOOK))
    item = next(SPRING.items)
    book = edits.set_notes("spring", item, item.notes, "- [ ] @bob write DM-7").apply(after)
    (action,) = all_actions(book)
    assert history_words(Past(book).of(action)) == (
        "from Spring, APDB (Tue 12 May 2026); reviewed at Autumn, Open actions (Mon 9 Nov 2026); ticketed as DM-7"
    )


def test_of_many_reviews_the_last_is_named_and_the_others_are_counted() -> None:
    reviewed = [Occasion("m", f"Spring {year}", "r", "Open actions", date(year, 5, 12)) for year in (2001, 2002, 2003)]
    assert history_words(History(None, tuple(reviewed[:2]))).count("Spring") == 2
    assert history_words(History(None, tuple(reviewed))) == (
        "reviewed at Spring 2003, Open actions (Mon 12 May 2003) and 2 times before"
    )


def test_an_action_of_an_item_that_is_gone_has_no_history() -> None:
    (action,) = all_actions(BOOK)
    assert history_words(Past(Notebook()).of(action)) == ""
