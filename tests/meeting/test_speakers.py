"""The queue of speakers: first come, first called, everybody once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dmlt_tui.meeting.model import Notebook, Person
from dmlt_tui.meeting.speakers import Speakers, call_next, lower_hand, raise_hand, speaker_words

NOW = datetime(2020, 5, 12, 16, 0, tzinfo=UTC)
BOOK = Notebook(people=(Person(id="p", name="Pat"),))


def test_everybody_waits_once_and_in_turn() -> None:
    queue = Speakers()
    for who in ("@p", "Guest", "@p"):
        queue = raise_hand(queue, who)
    assert queue.waiting == ("@p", "Guest")
    queue = call_next(queue, NOW)
    assert speaker_words(BOOK, queue, NOW + timedelta(minutes=3)) == "Pat speaks, 3 min; then Guest"
    assert call_next(call_next(queue, NOW), NOW) == Speakers()


def test_a_hand_is_lowered_by_name_or_the_last_one() -> None:
    queue = Speakers(waiting=("a", "b", "c"))
    assert lower_hand(queue, "a").waiting == ("b", "c")
    assert lower_hand(queue).waiting == ("a", "b")
    assert lower_hand(Speakers()) == Speakers()


def test_before_anybody_speaks_those_who_wait_are_named() -> None:
    assert speaker_words(BOOK, Speakers(waiting=("@p", "Guest")), NOW) == "waiting: Pat, Guest"
    assert speaker_words(BOOK, Speakers(), NOW) == ""
