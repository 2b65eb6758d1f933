"""Edits of the agenda change what they name; no item, and no minute of one, is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dmlt_tui.meeting import agenda_edits as agenda
from dmlt_tui.meeting import edits
from dmlt_tui.meeting.agenda_edits import Facts
from dmlt_tui.meeting.breaks import end_break, next_rows, take_break
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import (
    Day,
    Handover,
    Item,
    ItemKind,
    Meeting,
    Notebook,
    Request,
    RequestState,
    Session,
)
from dmlt_tui.meeting.moderation import current_place, is_running, place_of, seconds_spent
from dmlt_tui.meeting.schedule import agreed, has_begun, planned_starts
from dmlt_tui.store.notebook import OpenNotebook

NOW = datetime(2020, 5, 12, 16, 0, tzinfo=UTC)


def item(name: str, minutes: int | None = 30) -> Item:
    kind = ItemKind.BREAK if name.startswith("break") else ItemKind.TOPIC
    return Item(id=name, title=name.upper(), minutes=minutes, kind=kind)


BOOK = Notebook(
    meetings=(
        Meeting(
            id="m",
            title="M",
            days=(
                Day(
                    id="d1",
                    date=date(2020, 5, 12),
                    sessions=(
                        Session(
                            id="s1", start=time(9), moderator="p", items=(item("a", 10), item("b", 20), item("break1"))
                        ),
                        Session(id="s2", start=time(10), moderator="q", items=(item("c"),)),
                    ),
                ),
                Day(
                    id="d2",
                    date=date(2020, 5, 13),
                    sessions=(Session(id="s3", start=time(9), items=(item("d"), item("e"))),),
                ),
            ),
        ),
    ),
    requests=(Request(id="r", title="R", meeting="m", state=RequestState.SCHEDULED, item="c"),),
)


def meeting_of(book: Notebook) -> Meeting:
    meeting = book.meeting("m")
    assert meeting is not None
    return meeting


def shape(book: Notebook) -> str:
    """The agenda in short: items by session, days parted by bars."""
    return " | ".join(
        " / ".join(",".join(one.id for one in session.items) for session in day.sessions)
        for day in meeting_of(book).days
    )


def get(book: Notebook, name: str) -> Item:
    place = place_of(meeting_of(book), name)
    assert place is not None
    return place.item


def test_an_item_moves_over_the_borders_of_sessions_and_days() -> None:
    book = BOOK
    assert shape(book) == "a,b,break1 / c | d,e"
    for by, expected in (
        (1, "b,a,break1 / c | d,e"),
        (1, "b,break1,a / c | d,e"),
        (1, "b,break1 / a,c | d,e"),
        (1, "b,break1 / c,a | d,e"),
        (1, "b,break1 / c | a,d,e"),
        (-1, "b,break1 / c,a | d,e"),
    ):
        book = agenda.move_item("m", item("a"), by).apply(book)
        assert shape(book) == expected
    with pytest.raises(EditError, match="the last of the agenda"):
        agenda.move_item("m", item("e"), 1).apply(book)


def test_a_session_left_empty_goes_but_never_the_last_of_a_day_or_one_handed_over() -> None:
    assert shape(agenda.move_item("m", item("c"), -1).apply(BOOK)) == "a,b,break1,c | d,e"
    handed = replace(
        BOOK,
        meetings=(replace(meeting_of(BOOK), handovers=(Handover(id="h", session="s2", to="q", at=NOW),)),),
    )
    assert shape(agenda.move_item("m", item("c"), -1).apply(handed)) == "a,b,break1,c /  | d,e"
    book = agenda.delete_item("m", item("e")).apply(BOOK)
    assert shape(agenda.move_item("m", item("d"), -1).apply(book)) == "a,b,break1 / c,d | "


def test_an_item_goes_to_another_session_before_what_ends_it() -> None:
    assert shape(agenda.move_to_session("m", item("d"), "s1").apply(BOOK)) == "a,b,d,break1 / c | e"
    with pytest.raises(EditError, match="already"):
        agenda.move_to_session("m", item("a"), "s1").apply(BOOK)


def test_what_happened_is_said_where_it_is_more_than_a_row() -> None:
    after = agenda.move_item("m", item("c"), 1).apply(BOOK)
    said = agenda.said_move(meeting_of(BOOK), meeting_of(after), item("c"))
    assert said == (
        "C: now in the session at 09:00 of Wed 13 May; the session it left was empty and is gone (u undoes it)"
    )
    after = agenda.move_item("m", item("a"), 1).apply(BOOK)
    assert agenda.said_move(meeting_of(BOOK), meeting_of(after), item("a")) == ""
    after = agenda.move_to_session("m", item("a"), "s2").apply(BOOK)
    assert agenda.said_move(meeting_of(BOOK), meeting_of(after), item("a")) == "A: now in the session at 10:00"


def test_what_others_took_out_of_the_agenda_meanwhile_is_said() -> None:
    with pytest.raises(EditError, match="that session is no longer in the agenda"):
        agenda.move_to_session("m", item("a"), "gone").apply(BOOK)
    with pytest.raises(EditError, match="the first session of its day"):
        agenda.join_session("m", item("a")).apply(BOOK)


def test_items_are_inserted_and_deleted_and_a_request_is_open_again() -> None:
    book = agenda.insert_item("m", item("x"), item("a")).apply(BOOK)
    assert shape(book) == "a,x,b,break1 / c | d,e"
    book = agenda.delete_item("m", item("c")).apply(book)
    assert shape(book) == "a,x,b,break1 | d,e"
    assert [(one.state, one.item) for one in book.requests] == [(RequestState.OPEN, "")]
    with pytest.raises(EditError, match="no longer in the agenda"):
        agenda.delete_item("m", item("c")).apply(book)


def test_what_has_the_floor_is_not_deleted() -> None:
    book = edits.start("m", item("a"), NOW).apply(BOOK)
    with pytest.raises(EditError, match="has the floor"):
        agenda.delete_item("m", item("a")).apply(book)


def test_the_first_item_of_an_empty_day() -> None:
    bare = replace(BOOK, meetings=(replace(meeting_of(BOOK), days=(Day(id="d1", date=date(2020, 5, 12)),)),))
    new = Session(id="n", start=time(9))
    book = agenda.begin_day("m", "d1", item("x"), new).apply(bare)
    assert shape(book) == "x"
    emptied = agenda.delete_item("m", item("x")).apply(book)
    assert shape(agenda.begin_day("m", "d1", item("y"), replace(new, id="other")).apply(emptied)) == "y"


def test_a_session_is_split_at_the_time_of_the_item_and_joined_again() -> None:
    book = agenda.split_session("m", item("b"), "new").apply(BOOK)
    assert shape(book) == "a / b,break1 / c | d,e"
    sessions = list(meeting_of(book).sessions)
    assert [(one.start, one.moderator) for one in sessions[:2]] == [(time(9), "p"), (time(9, 10), "p")]
    assert agenda.join_session("m", item("b")).apply(book) == BOOK
    with pytest.raises(EditError, match="first of its session"):
        agenda.split_session("m", item("a"), "new").apply(BOOK)
    with pytest.raises(EditError, match="first session of its day"):
        agenda.join_session("m", item("a")).apply(BOOK)


def test_joining_moves_nothing_in_time() -> None:
    book = agenda.lengthen("m", item("a"), -5).apply(BOOK)
    before = planned_starts(meeting_of(book), meeting_of(book).days[0])
    book = agenda.join_session("m", item("c")).apply(book)
    assert planned_starts(meeting_of(book), meeting_of(book).days[0]) == before
    assert get(book, "c").start == time(10)


def test_a_session_can_not_be_split_where_no_time_is_known() -> None:
    book = agenda.set_facts("m", item("a"), Facts(title="A")).apply(BOOK)
    with pytest.raises(EditError, match="has no length"):
        agenda.split_session("m", item("b"), "new").apply(book)


def test_lengths_change_by_minutes_and_never_below_nothing() -> None:
    book = agenda.lengthen("m", item("a"), 5).apply(BOOK)
    assert get(book, "a").minutes == 15
    with pytest.raises(EditError, match="'A' has 15 min: it can't be 20 shorter"):
        agenda.lengthen("m", item("a"), -20).apply(book)
    close = Item(id="z", title="Close", kind=ItemKind.CLOSE, start=time(11), hard=True)
    book = agenda.insert_item("m", close, item("c")).apply(book)
    with pytest.raises(EditError, match="has no length"):
        agenda.lengthen("m", close, 5).apply(book)


def test_nothing_is_made_longer_than_a_day() -> None:
    with pytest.raises(EditError, match="can't be longer than a day"):
        agenda.lengthen("m", item("a"), 24 * 60 - 9).apply(BOOK)


def test_minutes_given_while_the_day_runs_leave_the_plan_to_compare_with() -> None:
    def plan(book: Notebook) -> list[int | None]:
        return [one.minutes for one in agreed(meeting_of(book).days[0]).items]

    book = edits.start("m", item("a"), NOW).apply(BOOK)
    before = plan(book)
    for name, by in (("a", 5), ("a", 10), ("b", -5), ("break1", -20)):
        book = agenda.lengthen("m", get(book, name), by).apply(book)
    assert [get(book, name).extra for name in ("a", "b", "break1", "c")] == [15, -5, -20, 0]
    assert plan(book) == before
    # A length typed anew is a new plan; one that stays keeps what was given.
    book = agenda.set_facts("m", get(book, "a"), Facts(title="A", minutes=25)).apply(book)
    assert (get(book, "a").minutes, get(book, "a").extra) == (25, 15)
    book = agenda.set_facts("m", get(book, "a"), Facts(title="A", minutes=40)).apply(book)
    assert (get(book, "a").minutes, get(book, "a").extra) == (40, 0)
    # The other day has not begun: there the plan itself is changed.
    book = agenda.lengthen("m", item("d"), 5).apply(book)
    assert get(book, "d").extra == 0


def test_what_is_taken_as_there_is_time_was_not_in_the_plan() -> None:
    waiting = replace(item("w", 20), time_permitting=True)
    book = agenda.insert_item("m", waiting, item("c")).apply(BOOK)
    running = edits.start("m", item("a"), NOW).apply(book)
    assert get(agenda.take_if_time("m", waiting, 15).apply(running), "w").extra == 15
    assert get(agenda.take_if_time("m", waiting, 15).apply(book), "w").extra == 0


def test_a_length_that_follows_from_a_pin_is_what_is_lengthened(sample: Path) -> None:
    with OpenNotebook.open(sample, read_only=True) as notebook:
        book = notebook.value
    meeting = book.meeting("2020-05")
    assert meeting is not None
    prompt = next(one for one in meeting.items if one.id == "prompt")
    changed = agenda.lengthen("2020-05", prompt, -15).apply(book).meeting("2020-05")
    assert changed is not None
    assert next(one.minutes for one in changed.items if one.id == "prompt") == 75


def test_facts_of_an_item_and_the_start_of_its_session() -> None:
    facts = Facts(title=" Alpha\n", minutes=15, up_to=True, coordinators=("p",), start=time(8, 30), guests=("Bob",))
    book = agenda.set_facts("m", item("a"), facts).apply(BOOK)
    changed = get(book, "a")
    assert (changed.title, changed.minutes, changed.up_to, changed.guests) == ("Alpha", 15, True, ("Bob",))
    # The first item of a session carries no pin: the session starts then.
    assert changed.start is None
    assert next(meeting_of(book).sessions).start == time(8, 30)
    book = agenda.set_facts("m", item("b"), Facts(title="B", minutes=20, start=time(9, 30))).apply(book)
    assert get(book, "b").start == time(9, 30)


def test_people_are_assigned() -> None:
    book = agenda.assign("m", item("b"), ("p", "q"), "r", "").apply(BOOK)
    assert get(book, "b").coordinators == ("p", "q")
    assert next(meeting_of(book).sessions).moderator == "r"


def test_an_item_that_waited_for_time_is_taken_or_waits_again() -> None:
    waiting = replace(item("w", None), time_permitting=True)
    book = agenda.insert_item("m", waiting, item("c")).apply(BOOK)
    book = agenda.take_if_time("m", waiting, 10).apply(book)
    assert (get(book, "w").time_permitting, get(book, "w").minutes) == (False, 10)
    book = agenda.take_if_time("m", waiting, None).apply(book)
    assert get(book, "w").time_permitting


# -- breaks ----------------------------------------------------------------------------------------------------------


def test_a_break_in_the_middle_of_a_topic_goes_back_to_it() -> None:
    book = edits.start("m", item("a"), NOW).apply(BOOK)
    book = take_break("m", "new", NOW + timedelta(minutes=4)).apply(book)
    assert shape(book) == "a,new,b,break1 / c | d,e"
    assert meeting_of(book).current == "new"
    assert not get(book, "a").done
    with pytest.raises(EditError, match="b goes back"):
        take_break("m", "other", NOW).apply(book)
    book = end_break("m", NOW + timedelta(minutes=14)).apply(book)
    assert meeting_of(book).current == "a"
    later = NOW + timedelta(minutes=16)
    assert [seconds_spent(get(book, name), later) // 60 for name in ("a", "new")] == [6, 10]
    # Going on from it, the break that was taken already is passed over.
    assert next_rows(meeting_of(book)) == 2
    book = edits.step("m", "a", next_rows(meeting_of(book)), later).apply(book)
    assert meeting_of(book).current == "b"


def test_the_break_that_is_planned_next_is_the_one_taken() -> None:
    book = edits.start("m", item("b"), NOW).apply(BOOK)
    book = take_break("m", "new", NOW).apply(book)
    assert meeting_of(book).current == "break1"
    assert shape(book) == shape(BOOK)
    done = edits.set_done("m", get(book, "b"), done=True).apply(book)
    assert meeting_of(end_break("m", NOW).apply(done)).current == "c"
    assert meeting_of(end_break("m", NOW).apply(book)).current == "b"


def test_there_is_no_break_before_the_start_and_no_way_back_from_a_topic() -> None:
    with pytest.raises(EditError, match="not running"):
        take_break("m", "new", NOW).apply(BOOK)
    with pytest.raises(EditError, match="is not a break"):
        end_break("m", NOW).apply(edits.start("m", item("a"), NOW).apply(BOOK))


# -- whatever is done --------------------------------------------------------------------------------------------------

Step = tuple[str, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ("up", "down", "to", "split", "join", "longer", "insert", "delete", "facts", "break", "back", "go", "next")
        ),
        st.integers(0, 8),
        st.integers(0, 4),
    ),
    max_size=12,
)


def edit_of(step: Step, book: Notebook, new_id: Callable[[], str]) -> Edit:
    kind, which, more = step
    meeting = meeting_of(book)
    items, sessions = list(meeting.items), list(meeting.sessions)
    chosen = items[which % len(items)] if items else item("gone")
    session = sessions[more % len(sessions)].id
    return {
        "up": lambda: agenda.move_item("m", chosen, -1),
        "down": lambda: agenda.move_item("m", chosen, 1),
        "to": lambda: agenda.move_to_session("m", chosen, session),
        "split": lambda: agenda.split_session("m", chosen, new_id()),
        "join": lambda: agenda.join_session("m", chosen),
        "longer": lambda: agenda.lengthen("m", chosen, (more - 2) * 5),
        "insert": lambda: agenda.insert_item("m", item(new_id()), chosen),
        "delete": lambda: agenda.delete_item("m", chosen),
        "facts": lambda: agenda.set_facts("m", chosen, Facts(title=f"T{more}", minutes=more, start=time(9 + more))),
        "break": lambda: take_break("m", new_id(), NOW),
        "back": lambda: end_break("m", NOW),
        "go": lambda: edits.start("m", chosen, NOW),
        "next": lambda: edits.step("m", meeting.current, 1, NOW),
    }[kind]()


def planned(book: Notebook) -> dict[str, int]:
    return {one.id: (one.minutes or 0) - one.extra for one in meeting_of(book).items}


@given(steps=STEPS)
def test_no_item_and_no_minute_is_lost_but_what_was_asked_for(steps: list[Step]) -> None:
    book = BOOK
    numbers = count()
    lengths = {one.id: one.minutes for one in meeting_of(BOOK).items}
    for step in steps:
        edit = edit_of(step, book, lambda: f"new{next(numbers)}")
        before = {one.id for one in meeting_of(book).items}
        begun = [day for day in meeting_of(book).days if has_begun(day)]
        try:
            book = edit.apply(book)
        except EditError:
            continue
        after = {one.id: one.minutes for one in meeting_of(book).items}
        if step[0] == "longer":  # once a day runs, what was planned for it stays planned
            kept = {one.id: (one.minutes or 0) - one.extra for day in begun for one in day.items}
            assert kept == {name: minutes for name, minutes in planned(book).items() if name in kept}
        assert len(after) == len(list(meeting_of(book).items)), "an item stands twice"
        assert len(before - after.keys()) == (1 if step[0] == "delete" else 0)
        changed = [name for name in after if name in lengths and after[name] != lengths[name]]
        assert len(changed) <= (1 if step[0] in ("longer", "facts") else 0)
        lengths = after
        assert sum(is_running(one) for one in meeting_of(book).items) <= 1
        assert all(is_running(one) <= (one.id == meeting_of(book).current) for one in meeting_of(book).items)
        assert not meeting_of(book).current or current_place(meeting_of(book)) is not None
        assert len(meeting_of(book).days) == 2


@settings(max_examples=30)
@given(steps=STEPS)
def test_undo_restores_the_agenda_exactly(steps: list[Step], tmp_path_factory: pytest.TempPathFactory) -> None:
    numbers = count()
    with OpenNotebook.create(tmp_path_factory.mktemp("undo") / "n.json", BOOK) as notebook:
        values = [notebook.value]
        for step in steps:
            try:
                notebook.change(edit_of(step, notebook.value, lambda: f"new{next(numbers)}"))
            except EditError:
                continue
            if notebook.value != values[-1]:
                values.append(notebook.value)
        for before in reversed(values[:-1]):
            notebook.undo()
            assert notebook.value == before
        for after in values[1:]:
            notebook.redo()
            assert notebook.value == after
