"""A page taken into a notebook: what it says counts, nothing only the notebook knows is lost, nothing is doubled."""

from __future__ import annotations

from datetime import date, time
from itertools import count

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting.importing import import_meeting, merge_version, same_meeting
from dmlt_tui.meeting.model import Attendee, Day, Item, ItemKind, Meeting, Notebook, Person, Request, Session


def meeting(prefix: str, *items: Item, title: str = "Spring meeting", moderator: str = "ann") -> Meeting:
    session = Session(id=f"{prefix}s", start=time(9), moderator=moderator, items=items)
    day = Day(id=f"{prefix}d", date=date(2027, 5, 11), sessions=(session,))
    return Meeting(id=f"{prefix}m", title=title, zone="UTC", days=(day,))


def item(key: str, title: str, notes: str = "", minutes: int = 30) -> Item:
    return Item(id=key, title=title, notes=notes, minutes=minutes)


def taken(notebook: Notebook, new: Meeting, **more: object) -> Notebook:
    numbers = count()
    parts = {"people": (), "requests": (), "actions": (), **more}
    edit = import_meeting(new, new_id=lambda: f"x{next(numbers)}", **parts)  # type: ignore[arg-type]
    return edit.apply(notebook)


def test_a_page_of_a_new_meeting_is_added_with_its_people() -> None:
    person = Person(id="ann", name="Ann")
    after = taken(Notebook(), meeting("p", item("pi", "One")), people=(person,))
    assert [one.id for one in after.meetings] == ["pm"]
    assert after.people == (person,)


def test_a_newer_version_is_merged_under_the_old_ids() -> None:
    old = meeting("o", item("oi", "One", "- a\n- [ ] b"), item("oj", "Two", "- only here"))
    new = meeting("p", item("pi", "One", "- a\n- [x] b\n- c"), item("pk", "Three"), moderator="bob")
    after = taken(Notebook(meetings=(old,)), new)
    (merged,) = after.meetings
    assert merged.id == "om"
    (session,) = merged.sessions
    assert session.moderator == "bob"
    assert [(one.id, one.notes) for one in session.items] == [
        ("oi", "- a\n- [x] b\n- c"),
        ("pk", ""),
        ("oj", "- only here"),
    ]
    assert taken(after, new) == after


def test_the_same_meeting_is_known_by_its_title_or_by_its_days_and_topics() -> None:
    notebook = Notebook(meetings=(meeting("o", item("a", "One"), item("b", "Two"), item("c", "Three")),))
    assert same_meeting(notebook, meeting("p", item("x", "Nine"), title="spring  Meeting")) is notebook.meetings[0]
    assert (
        same_meeting(notebook, meeting("p", item("x", "One"), item("y", "Two"), title="page")) is notebook.meetings[0]
    )
    assert same_meeting(notebook, meeting("p", item("x", "One"), item("y", "Nine"), title="page")) is None


def test_an_item_moved_on_the_page_moves_with_its_notes() -> None:
    first = Session(id="s1", start=time(9), items=(item("a", "One", "- typed"), item("b", "Two")))
    second = Session(id="s2", start=time(11), items=(item("c", "Three"),))
    old = Meeting(id="m", title="T", days=(Day(id="d", date=date(2027, 5, 11), sessions=(first, second)),))
    moved = replace(first, items=(item("pb", "Two"),)), replace(second, items=(item("pa", "One"), item("pc", "Three")))
    new = replace(old, id="p", days=(replace(old.days[0], sessions=moved),))
    (after,) = taken(Notebook(meetings=(old,)), new).meetings
    assert [[(one.id, one.notes) for one in session.items] for session in after.sessions] == [
        [("b", "")],
        [("a", "- typed"), ("c", "")],
    ]


def test_an_item_the_page_calls_otherwise_is_not_doubled() -> None:
    bob = replace(item("b", "Report", "- typed"), coordinators=("bob",))
    old = meeting("o", item("a", "Project news", "- kept"), bob, item("c", "Ingest"))
    page = meeting(
        "p",
        item("x", "Project news and more"),
        replace(item("y", "Outlook"), coordinators=("bob",)),
        item("z", "Lunch"),
    )
    (after,) = taken(Notebook(meetings=(old,)), page).meetings
    assert [(one.id, one.title, one.notes) for one in after.items] == [
        ("a", "Project news and more", "- kept"),
        ("b", "Outlook", "- typed"),
        ("z", "Lunch", ""),
        ("c", "Ingest", ""),
    ]


def test_an_item_the_page_names_elsewhere_is_not_taken_for_another() -> None:
    old = meeting("o", item("a", "Status"), item("b", "Status 2"))
    page = meeting("p", item("x", "Status 3"), item("y", "Status 2"), item("z", "Status"))
    (after,) = taken(Notebook(meetings=(old,)), page).meetings
    assert [(one.id, one.title) for one in after.items] == [("x", "Status 3"), ("b", "Status 2"), ("a", "Status")]


def test_what_a_page_cannot_carry_stays() -> None:
    old_item = Item(id="a", title="One", minutes=40, up_to=True, start=time(9, 30), done=True, preparation="- before")
    old = replace(meeting("o", old_item), attendees=(Attendee(person="ann"),))
    new = replace(meeting("p", item("x", "One", minutes=35)), attendees=(Attendee(person="bob", mention=False),))
    (after,) = taken(Notebook(meetings=(old,)), new).meetings
    assert list(after.items) == [old_item]
    assert [one.person for one in after.attendees] == ["ann", "bob"]


def test_breaks_are_told_apart_from_topics_of_the_same_name() -> None:
    pause = Item(id="p", title="Break", kind=ItemKind.BREAK)
    old = meeting("o", pause, item("t", "Break"))
    (after,) = taken(Notebook(meetings=(old,)), meeting("p", item("x", "Break"), replace(pause, id="y"))).meetings
    assert [one.id for one in after.items] == ["t", "p"]


def test_requests_of_the_same_title_are_not_taken_twice() -> None:
    old = Request(id="r", title="Status of X", meeting="om", item="i")
    notebook = Notebook(meetings=(meeting("o", item("i", "X")),), requests=(old,))
    asked = (Request(id="q", title="Status of X", notes="- more"), Request(id="n", title="New"))
    after = taken(notebook, meeting("p", item("x", "X")), requests=asked)
    assert [(one.id, one.meeting, one.item, one.notes) for one in after.requests] == [
        ("r", "om", "i", "- more"),
        ("n", "om", "", ""),
    ]


def test_actions_of_other_meetings_go_to_their_meeting_once() -> None:
    other = meeting("o", item("i", "One", "- [ ] @ann known due:2027-01-02"), title="Winter, 2027-01-02")
    actions = [
        ("Winter, 2027-01-02", "", "- [ ] @ann known due:2027-01-02"),
        ("Winter, 2027-01-02", "", "- [ ] fresh"),
        ("Autumn 2026-Oct-05", "https://wiki.example.org/x", "- [ ] @bob else"),
    ]
    new = meeting("p", item("x", "One"))
    after = taken(Notebook(meetings=(other,)), new, actions=actions)
    by_title = {one.title: one for one in after.meetings}
    assert sorted(by_title) == ["Autumn 2026-Oct-05", "Spring meeting", "Winter, 2027-01-02"]
    winter, autumn = by_title["Winter, 2027-01-02"], by_title["Autumn 2026-Oct-05"]
    assert [one.notes for one in winter.items] == ["- [ ] @ann known due:2027-01-02", "- [ ] fresh"]
    assert autumn.first_day == date(2026, 10, 5)
    assert autumn.source == "https://wiki.example.org/x"
    assert taken(after, new, actions=actions) == after


@pytest.mark.parametrize(
    ("mine", "page", "merged"),
    [
        ("- a\n- b", "- a\n- b", "- a\n- b"),
        ("- a\n- b", "", "- a\n- b"),
        ("", "- a", "- a"),
        ("- a\n- mine", "- a\n- page", "- a\n- mine\n- page"),
        ("- a\n  - [ ] do it", "- a\n- [x] do it", "- a\n  - [x] do it"),
        ("- the quick brown fox\n- z", "- the quick red fox\n- z", "- the quick red fox\n- z"),
        ("- a\n- b\n- c", "- a\n- c", "- a\n- b\n- c"),
    ],
)
def test_lines_of_notes_of_two_versions(mine: str, page: str, merged: str) -> None:
    assert merge_version(mine, page) == merged
    assert merge_version(merged, page) == merged


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Autumn 2026-Oct-05", date(2026, 10, 5)),
        ("Autumn 2026-10-05", date(2026, 10, 5)),
        ("Autumn 2026-13-05 or 2026-Xyz-09", date(1970, 1, 1)),
        ("Autumn", date(1970, 1, 1)),
    ],
)
def test_a_meeting_made_for_its_actions_is_on_the_day_its_title_names(title: str, day: date) -> None:
    after = taken(Notebook(), meeting("p", item("x", "One")), actions=[(title, "", "- [ ] @bob else")])
    assert next(one for one in after.meetings if one.title == title).first_day == day


def test_an_action_joins_those_that_came_to_its_meeting_before() -> None:
    other = meeting("o", item("i", "One"), title="Winter")
    actions = [("Winter", "", "- [ ] one"), ("Winter", "", "- [ ] two")]
    after = taken(Notebook(meetings=(other,)), meeting("p", item("x", "One")), actions=actions)
    assert [one.notes for one in after.meetings[0].items] == ["", "- [ ] one\n- [ ] two"]


def test_a_session_at_another_time_is_known_by_most_of_its_topics() -> None:
    old = meeting("o", item("a", "One", "- typed"), item("b", "Two"), item("c", "Three"))
    later = replace(meeting("p", item("x", "One"), item("y", "Two")).days[0].sessions[0], start=time(10))
    new = meeting("p")
    after = taken(Notebook(meetings=(old,)), replace(new, days=(replace(new.days[0], sessions=(later,)),)))
    (session,) = after.meetings[0].sessions
    assert (session.id, session.start) == ("os", time(10))
    assert [(one.id, one.notes) for one in session.items] == [("a", "- typed"), ("b", ""), ("c", "")]
