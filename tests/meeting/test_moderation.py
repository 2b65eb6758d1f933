"""Who has the floor, how long already, and who takes it next."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Day, Handover, Item, ItemKind, Meeting, Notebook, Session
from dmlt_tui.meeting.moderation import (
    current_place,
    handover_card,
    handover_to_offer,
    is_running,
    moderator_of,
    paused_items,
    place_of,
    seconds_spent,
)

NINE = datetime(2020, 5, 12, 16, 0, tzinfo=UTC)


def minutes(count: float) -> datetime:
    return NINE + timedelta(minutes=count)


def topic(name: str) -> Item:
    return Item(id=name, title=name.capitalize(), minutes=10)


MEETING = Meeting(
    id="m",
    title="M",
    days=(
        Day(
            id="d1",
            date=date(2020, 5, 12),
            sessions=(
                Session(id="s1", start=time(9), moderator="lguy", items=(topic("a"), topic("b"))),
                Session(id="s2", start=time(11), moderator="wom", items=(topic("c"),)),
            ),
        ),
        Day(
            id="d2",
            date=date(2020, 5, 13),
            sessions=(
                Session(
                    id="s3",
                    start=time(9),
                    moderator="wom",
                    items=(topic("e"), Item(id="close", title="Close", kind=ItemKind.CLOSE, start=time(10), hard=True)),
                ),
            ),
        ),
    ),
)
BOOK = Notebook(meetings=(MEETING,))


def run(*steps: Edit, book: Notebook = BOOK) -> Meeting:
    for edit in steps:
        book = edit.apply(book)
    return book.meetings[0]


def handed_over(session: str, giver: str, to: str, minute: float = 0) -> Edit:
    return edits.hand_over("m", Handover(id=f"h-{session}", session=session, giver=giver, to=to, at=minutes(minute)))


def test_starting_gives_an_item_the_floor_and_runs_its_clock() -> None:
    place = current_place(run(edits.start("m", topic("a"), minutes(0))))
    assert place is not None
    assert place.item.id == "a"
    assert is_running(place.item)
    assert seconds_spent(place.item, minutes(3)) == 180


def test_a_pause_does_not_count() -> None:
    meeting = run(
        edits.start("m", topic("a"), minutes(0)), edits.pause("m", minutes(2)), edits.start("m", topic("a"), minutes(7))
    )
    place = current_place(meeting)
    assert place is not None
    assert seconds_spent(place.item, minutes(8)) == 180


def test_what_the_floor_was_taken_from_unfinished_is_paused() -> None:
    a_begun = run(edits.start("m", topic("a"), minutes(0)))
    assert paused_items(a_begun) == set()
    assert paused_items(run(edits.pause("m", minutes(2)), book=Notebook(meetings=(a_begun,)))) == {"a"}
    at_b = run(edits.step("m", "a", 1, minutes(9)), book=Notebook(meetings=(a_begun,)))
    assert paused_items(at_b) == set()  # what is done is not, nor what the floor went back from
    assert paused_items(run(edits.step("m", "b", -1, minutes(9)), book=Notebook(meetings=(at_b,)))) == set()


def test_going_on_stops_one_clock_and_starts_the_other() -> None:
    meeting = run(edits.start("m", topic("a"), minutes(0)), edits.step("m", "a", 1, minutes(4)))
    first, second = list(meeting.items)[:2]
    assert first.done
    assert seconds_spent(first, minutes(60)) == 240
    assert meeting.current == "b"
    assert is_running(second)


def test_going_on_crosses_sessions_and_ends_after_the_last_item_of_a_day() -> None:
    steps = [edits.start("m", topic("a"), NINE)]
    steps += [edits.step("m", name, 1, minutes(index)) for index, name in enumerate("ab")]
    assert run(*steps).current == "c"
    ended = run(*steps, edits.step("m", "c", 1, minutes(9)))
    assert ended.current == ""
    assert [item.done for item in ended.items] == [True, True, True, False, False]
    # The next day waits to be started; its first moderator is who takes over then.
    card = handover_card(ended)
    assert card is not None
    assert (card.giver, card.to, card.session.id) == ("wom", "wom", "s3")
    begun = [*steps, edits.step("m", "c", 1, minutes(9)), edits.start("m", topic("e"), minutes(24 * 60))]
    with pytest.raises(EditError, match="first item of its day"):
        run(*begun, edits.step("m", "e", -1, minutes(24 * 60 + 1)))


def test_going_back_returns_the_floor_and_the_item_is_no_longer_done() -> None:
    meeting = run(
        edits.start("m", topic("a"), NINE), edits.step("m", "a", 1, minutes(4)), edits.step("m", "b", -1, minutes(5))
    )
    place = current_place(meeting)
    assert place is not None
    assert (place.item.id, place.item.done) == ("a", False)


def test_two_people_who_press_next_at_once_move_one_item() -> None:
    start = edits.start("m", topic("a"), NINE)
    once = edits.step("m", "a", 1, minutes(4))
    with pytest.raises(EditError, match="already moved to 'B'"):
        run(start, once, once)


def test_nothing_moves_before_the_start() -> None:
    for edit in (edits.step("m", "a", 1, NINE), edits.pause("m", NINE)):
        with pytest.raises(EditError, match="not running"):
            run(edit)


def test_before_the_start_the_card_gives_the_first_session_to_its_moderator() -> None:
    card = handover_card(MEETING)
    assert card is not None
    assert (card.giver, card.to, card.session.id) == ("", "lguy", "s1")


def test_while_a_session_runs_the_card_is_for_the_next_one() -> None:
    meeting = run(edits.start("m", topic("a"), NINE), edits.step("m", "a", 1, minutes(4)))
    card = handover_card(meeting)
    assert card is not None
    assert (card.giver, card.to, card.session.id) == ("lguy", "wom", "s2")
    assert [item.id for item in card.done] == ["a"]
    assert card.on_floor is not None
    assert card.on_floor.id == "b"
    assert card.left == ()
    assert [item.id for item in card.ahead] == ["c"]
    assert not card.same_person


def test_when_the_floor_moved_on_without_a_handover_the_card_makes_up_for_it() -> None:
    meeting = run(edits.start("m", topic("c"), NINE))
    card = handover_card(meeting)
    assert card is not None
    assert (card.giver, card.to, card.session.id) == ("lguy", "wom", "s2")


def test_the_same_moderator_twice_in_a_row_continues() -> None:
    meeting = run(edits.start("m", topic("c"), NINE), handed_over("s2", "lguy", "wom"))
    card = handover_card(meeting)
    assert card is not None
    assert card.session.id == "s3"
    assert card.same_person


def offered(meeting: Meeting, left: str) -> str | None:
    """The handle to whom a handover is offered as the floor comes from an item, None where none is."""
    place = place_of(meeting, left)
    card = handover_to_offer(meeting, place) if place else None
    return card.to if card else None


def with_moderators(*moderators: str) -> Notebook:
    first, second = MEETING.days
    sessions = tuple(replace(one, moderator=who) for one, who in zip(first.sessions, moderators, strict=True))
    return Notebook(meetings=(replace(MEETING, days=(replace(first, sessions=sessions), second)),))


def test_a_handover_is_offered_as_the_floor_comes_to_somebody_elses_session() -> None:
    at_b = run(edits.start("m", topic("b"), minutes(0)))
    assert offered(at_b, "a") is None
    at_c = run(edits.step("m", "b", 1, minutes(9)), book=Notebook(meetings=(at_b,)))
    assert offered(at_c, "b") == "wom"
    assert offered(run(handed_over("s2", "lguy", "wom"), book=Notebook(meetings=(at_c,))), "b") is None


@pytest.mark.parametrize("second", ["", "lguy"], ids=["nobody is named", "the same person"])
def test_no_handover_is_offered_where_nobody_else_is_named(second: str) -> None:
    book = with_moderators("lguy", second)
    at_c = run(edits.start("m", topic("b"), minutes(0)), edits.step("m", "b", 1, minutes(9)), book=book)
    assert handover_card(at_c) is not None
    assert offered(at_c, "b") is None


def test_after_the_last_session_there_is_nothing_to_hand_over() -> None:
    meeting = run(edits.start("m", topic("e"), NINE), handed_over("s3", "wom", "wom"))
    assert handover_card(meeting) is None


def test_a_handover_is_kept_and_tells_who_moderates() -> None:
    meeting = run(handed_over("s2", "lguy", "jswinbank", 120))
    sessions = list(meeting.sessions)
    assert moderator_of(meeting, sessions[1]) == "jswinbank"
    assert moderator_of(meeting, sessions[0]) == "lguy"
    assert meeting.handovers[0].at == minutes(120)


def test_a_session_is_handed_over_once() -> None:
    with pytest.raises(EditError, match="already handed over"):
        run(handed_over("s2", "lguy", "wom"), handed_over("s2", "lguy", "wom"))


def test_an_item_that_was_deleted_elsewhere_is_refused_in_words() -> None:
    gone = replace(MEETING, days=MEETING.days[1:])
    with pytest.raises(EditError, match="no longer in 'M'"):
        run(edits.set_done("m", topic("a"), done=True), book=Notebook(meetings=(gone,)))
