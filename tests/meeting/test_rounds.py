"""The order of a round: given, reversed, shuffled by a seed, rotated from last time. No turn is ever lost."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Round, Session, Turn
from dmlt_tui.meeting.rounds import Order, last_round, ordered


def round_of(names: str) -> Round:
    return Round(turns=tuple(Turn(name=name, minutes=10) for name in names.split()))


def names(given: Round) -> str:
    return " ".join(turn.name for turn in given.turns)


def test_a_round_keeps_the_order_given_or_turns_it_round() -> None:
    given = round_of("a b c")
    assert ordered(given, Order.AS_GIVEN) == given
    assert names(ordered(given, Order.REVERSED)) == "c b a"
    assert ordered(given, Order.REVERSED).order == "reversed"


def test_the_same_seed_shuffles_the_same_way() -> None:
    given = round_of("a b c d e f g")
    once = ordered(given, Order.SHUFFLED, seed="2020-05")
    assert ordered(given, Order.SHUFFLED, seed="2020-05") == once
    assert len({names(ordered(given, Order.SHUFFLED, seed=str(number))) for number in range(20)}) > 10


def test_rotating_lets_the_one_who_began_last_time_go_last() -> None:
    assert names(ordered(round_of("a b c"), Order.ROTATED, last=round_of("b c a"))) == "c a b"
    assert names(ordered(round_of("a b c d"), Order.ROTATED, last=round_of("x a b"))) == "b a c d"
    with pytest.raises(ValueError, match="no earlier meeting"):
        ordered(round_of("a b"), Order.ROTATED, last=round_of("x y"))


@given(given=st.lists(st.sampled_from("abcdefgh"), max_size=8), order=st.sampled_from(Order), seed=st.text(max_size=3))
def test_every_turn_is_kept(given: list[str], order: Order, seed: str) -> None:
    turns = round_of(" ".join(given))
    try:
        found = ordered(turns, order, seed=seed, last=round_of("c a x"))
    except ValueError:
        return
    assert sorted(turn.name for turn in found.turns) == sorted(given)


def test_last_time_is_the_latest_earlier_meeting_with_such_a_round() -> None:
    def meeting(year: int, turns: str) -> Meeting:
        item = Item(id=f"i{year}", title="Team status", round=round_of(turns) if turns else None)
        session = Session(id=f"s{year}", start=time(9), items=(item,))
        return Meeting(id=f"m{year}", title="M", days=(Day(id=f"d{year}", date=date(year, 5, 1), sessions=(session,)),))

    now = meeting(2021, "a b c")
    book = Notebook(
        meetings=(meeting(2018, "a b c"), meeting(2019, "b c a"), meeting(2020, "x y"), now, meeting(2022, "c"))
    )
    last = last_round(book, now, next(now.items))
    assert last is not None
    assert names(last) == "b c a"
    assert last_round(Notebook(meetings=(now,)), now, next(now.items)) is None
