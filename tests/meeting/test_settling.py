"""What two desks did at once to the floor, brought together: one item, one clock, one handover."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.breaks import resting, resting_words, take_break
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Day, Handover, Item, ItemKind, Meeting, Notebook, Person, Role, Session
from dmlt_tui.meeting.moderation import handed_on, handover_card, is_running, seconds_spent
from dmlt_tui.meeting.news import floor_news
from dmlt_tui.meeting.settling import settled
from dmlt_tui.store.merge import merge

NINE = datetime(2020, 5, 12, 9, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return NINE + timedelta(minutes=minute)


def item(name: str, kind: ItemKind = ItemKind.TOPIC, minutes: int | None = 10) -> Item:
    return Item(id=name, title=name.upper(), kind=kind, minutes=minutes)


PAUSE = item("pause", ItemKind.BREAK, 30)
MEETING = Meeting(
    id="m",
    title="M",
    days=(
        Day(
            id="d",
            date=date(2020, 5, 12),
            sessions=(
                Session(id="s1", start=time(9), moderator="ann", items=(item("a"), item("b"), PAUSE)),
                Session(id="s2", start=time(10), moderator="bob", items=(item("c"), item("d"))),
                Session(id="s3", start=time(11), moderator="cyd", items=(item("e"),)),
            ),
        ),
    ),
)
BOOK = Notebook(people=(Person(id="ann", name="Ann"), Person(id="bob", name="Bob")), meetings=(MEETING,))


def after(book: Notebook, *steps: Edit) -> Notebook:
    for edit in steps:
        book = edit.apply(book)
    return book


def together(base: Notebook, first: Notebook, second: Notebook) -> Meeting:
    """What the file holds after the first was saved, and the second after it."""
    return settled(merge(base, second, first), base, first=first, second=second).meetings[0]


def running(meeting: Meeting) -> list[str]:
    return [one.id for one in meeting.items if is_running(one)]


def spent(meeting: Meeting, name: str, minute: float) -> int:
    return next(seconds_spent(one, at(minute)) for one in meeting.items if one.id == name)


STARTED = after(BOOK, edits.start("m", item("a"), at(0)))


def handed(session: str, to: str, key: str, role: Role = Role.MODERATOR) -> Edit:
    return edits.hand_over("m", Handover(id=key, session=session, giver="ann", to=to, at=at(5), role=role))


def test_next_pressed_at_two_desks_at_once_moves_one_item_and_runs_one_clock() -> None:
    first = after(STARTED, edits.step("m", "a", 1, at(4)))
    second = after(STARTED, edits.step("m", "a", 1, at(4.1)))
    meeting = together(STARTED, first, second)
    assert (meeting.current, running(meeting)) == ("b", ["b"])
    assert spent(meeting, "b", 10) == 360
    on = after(Notebook(meetings=(meeting,)), edits.step("m", "b", 1, at(10))).meetings[0]
    assert running(on) == ["pause"]


def test_next_at_one_desk_and_previous_at_the_other_end_where_the_first_went() -> None:
    base = after(STARTED, edits.step("m", "a", 1, at(4)))
    forward, back = after(base, edits.step("m", "b", 1, at(8))), after(base, edits.step("m", "b", -1, at(8.05)))
    for first, second, where in ((forward, back, "pause"), (back, forward, "a")):
        meeting = together(base, first, second)
        assert (meeting.current, running(meeting)) == (where, [where])
        assert spent(meeting, "b", 60) in (240, 243)


def test_two_who_start_with_different_items_start_one() -> None:
    first = after(BOOK, edits.start("m", item("a"), at(0)))
    second = after(BOOK, edits.start("m", item("c"), at(0)))
    meeting = together(BOOK, first, second)
    assert (meeting.current, running(meeting)) == ("a", ["a"])
    assert spent(meeting, "c", 60) == 0


MOVES = [
    edits.step("m", "a", 1, at(4)),
    edits.start("m", item("c"), at(5), expects="a"),
    edits.start("m", item("e"), at(3.9), expects="a"),
    take_break("m", "x", at(4.1)),
    take_break("m", "y", at(4)),
]


@pytest.mark.parametrize("first", MOVES)
@pytest.mark.parametrize("second", MOVES)
def test_of_two_moves_of_the_floor_at_once_the_second_leaves_no_trace(first: Edit, second: Edit) -> None:
    one, other = after(STARTED, first), after(STARTED, second)
    assert together(STARTED, one, other) == one.meetings[0]


def test_what_was_typed_at_the_desk_whose_move_did_not_count_stays() -> None:
    first = after(STARTED, edits.step("m", "a", 1, at(4)))
    second = after(
        STARTED, take_break("m", "x", at(4)), edits.set_notes("m", replace(PAUSE, id="x"), "", "who is back when")
    )
    break_, *_ = (one for one in together(STARTED, first, second).items if one.id == "x")
    assert (break_.notes, break_.spans) == ("who is back when", ())


def test_taking_back_a_step_that_others_went_beyond_leaves_the_floor_where_it_is() -> None:
    mine = after(STARTED, edits.step("m", "a", 1, at(4)))
    theirs = after(mine, edits.step("m", "b", 1, at(7)))
    undone = settled(merge(mine, theirs, STARTED), mine, first=theirs, second=STARTED).meetings[0]
    assert (undone.current, running(undone)) == ("pause", ["pause"])
    assert spent(undone, "a", 60) == 240


def test_of_two_handovers_of_one_session_the_first_counts() -> None:
    first, second = after(STARTED, handed("s2", "bob", "h1")), after(STARTED, handed("s2", "cyd", "h2"))
    assert [one.to for one in together(STARTED, first, second).handovers] == ["bob"]
    scribe = after(STARTED, handed("s2", "cyd", "h3", Role.SCRIBE))
    assert [one.to for one in together(STARTED, first, scribe).handovers] == ["bob", "cyd"]


def test_what_only_one_side_did_is_left_alone() -> None:
    first = after(STARTED, edits.step("m", "a", 1, at(4)))
    assert together(STARTED, first, STARTED) is first.meetings[0]
    assert together(STARTED, STARTED, first) is first.meetings[0]


def test_starting_is_refused_once_the_floor_is_elsewhere() -> None:
    with pytest.raises(EditError, match="the floor is already at 'A'"):
        after(STARTED, edits.start("m", item("c"), at(1), expects=""))


def test_a_session_is_taken_over_once_in_each_role_whoever_gives_it() -> None:
    book = after(STARTED, handed("s2", "bob", "h1"))
    with pytest.raises(EditError, match="already handed over to bob"):
        after(book, edits.hand_over("m", Handover(id="h2", session="s2", giver="cyd", to="cyd", at=at(6))))
    assert len(after(book, handed("s2", "cyd", "h3", Role.SCRIBE)).meetings[0].handovers) == 2


def test_once_the_next_session_is_handed_over_none_after_it_is_offered() -> None:
    meeting = after(STARTED, handed("s2", "bob", "h1")).meetings[0]
    assert handover_card(meeting) is None
    taken = handed_on(meeting)
    assert taken is not None
    assert taken.id == "s2"


def test_notes_go_to_whoever_is_named_for_the_session_on_the_floor_first() -> None:
    card = handover_card(STARTED.meetings[0], Role.SCRIBE)
    assert card is not None
    assert (card.session.id, card.giver, card.to) == ("s1", "", "")
    meeting = after(STARTED, handed("s1", "bob", "h1", Role.SCRIBE)).meetings[0]
    card = handover_card(meeting, Role.SCRIBE)
    assert card is not None
    assert (card.session.id, card.giver) == ("s2", "bob")


def test_a_break_counts_down_to_its_return_and_names_who_moderates_then() -> None:
    book = after(STARTED, edits.step("m", "a", 1, at(10)), edits.step("m", "b", 1, at(40)))
    seen = resting(book.meetings[0], at(45))
    assert seen is not None
    assert seen.back == at(70)
    assert seen.moderator == "bob"
    assert resting_words(book, seen, at(45))[0] == "break until 10:10, 25 min left; then Bob: C"
    assert resting_words(book, seen, at(69.5))[-1] == "break until 10:10, 0:30 left"
    assert resting_words(book, seen, at(73))[-1] == "break until 10:10, 3 min over: b goes on"


def test_a_break_that_begins_early_still_ends_when_the_next_session_begins() -> None:
    book = after(STARTED, edits.step("m", "a", 1, at(5)), edits.step("m", "b", 1, at(10)))
    seen = resting(book.meetings[0], at(12))
    assert seen is not None
    assert seen.back == at(60)


def test_a_break_nobody_planned_has_no_end_and_goes_back_to_what_it_interrupted() -> None:
    book = after(STARTED, take_break("m", "x", at(3)))
    seen = resting(book.meetings[0], at(5))
    assert seen is not None
    assert seen.back is None
    assert resting_words(book, seen, at(5))[0] == "break; then Ann: A"
    assert resting(STARTED.meetings[0], at(5)) is None


def test_what_others_do_to_the_floor_is_told_in_a_line() -> None:
    moved = after(STARTED, edits.step("m", "a", 1, at(4)))
    given = after(moved, edits.hand_over("m", Handover(id="h", session="s2", to="bob", at=at(5), note="be quick")))
    assert floor_news(BOOK, STARTED, "m") == "now: A"
    assert floor_news(STARTED, given, "m") == "handed over to Bob: be quick; now: B"
    assert floor_news(given, moved, "m") == "the handover to Bob was undone"
    assert floor_news(moved, after(moved, edits.pause("m", at(6))), "m") == "the clock was paused"
    typed = after(moved, edits.set_notes("m", item("b"), "", "words"))
    assert floor_news(moved, typed, "m") == ""
