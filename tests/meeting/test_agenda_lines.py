"""Items, people, turns and parts as one line of typing: what is understood, and what is refused on the spot."""

from __future__ import annotations

import re
from datetime import time
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dmlt_tui.meeting.agenda_edits import set_facts
from dmlt_tui.meeting.agenda_lines import (
    facts_from,
    facts_words,
    item_words,
    moderators_from,
    parts_from,
    parts_words,
    people_from,
    round_from,
    round_words,
    session_from,
    who_from,
    who_words,
)
from dmlt_tui.meeting.edits import EditError
from dmlt_tui.meeting.model import ItemKind, Meeting, Notebook, Round, Turn
from dmlt_tui.meeting.moderation import Place, place_of, places
from dmlt_tui.meeting.schedule import planned_end
from dmlt_tui.store.notebook import OpenNotebook


@pytest.fixture(scope="module")
def book() -> Notebook:
    path = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"
    with OpenNotebook.open(path, read_only=True) as notebook:
        return notebook.value


def meeting_of(book: Notebook) -> Meeting:
    meeting = book.meeting("2020-05")
    assert meeting is not None
    return meeting


def at(book: Notebook, name: str) -> Place:
    place = place_of(meeting_of(book), name)
    assert place is not None
    return place


def test_an_item_is_read_from_one_line(book: Notebook) -> None:
    facts = facts_from(book, "APDB status;  1h30 ; fritz, Wil & frossie; 9.30; Bob Blum, Ms. Else")
    assert (facts.title, facts.minutes, facts.start) == ("APDB status", 90, time(9, 30))
    assert facts.coordinators == ("fmueller", "womullane", "feconomou")
    assert facts.guests == ("@bblum", "Ms. Else")
    assert facts_words(book, facts) == (
        "APDB status · 90 min · Fritz Mueller / Wil O'Mullane / Frossie Economou · pinned to 09:30"
        " · with Bob Blum, Ms. Else"
    )


@pytest.mark.parametrize(
    ("words", "minutes", "up_to", "if_time"),
    [
        ("90", 90, False, False),
        ("up to 90", 90, True, False),
        ("< 90", 90, True, False),
        ("if time", None, False, True),
        ("20 if time", 20, False, True),
    ],
)
def test_lengths_are_limits_or_wait_for_time(
    book: Notebook, words: str, minutes: int | None, up_to: bool, if_time: bool
) -> None:
    facts = facts_from(book, f"T; {words}")
    assert (facts.minutes, facts.up_to, facts.time_permitting) == (minutes, up_to, if_time)


def test_hard_ends_and_kinds_are_read(book: Notebook) -> None:
    assert facts_from(book, "T; 5; ; 14:30 latest").hard
    assert not facts_from(book, "T; 5; ; 14:30").hard
    close = facts_from(book, "Close; ; ; 1430")
    assert (close.kind, close.start, close.hard) == (ItemKind.CLOSE, time(14, 30), True)
    assert facts_words(book, close) == "Close · by 14:30 at the latest"
    assert facts_from(book, "Coffee break; 30").kind is ItemKind.BREAK
    assert facts_from(book, "Breaking news; 30").kind is ItemKind.TOPIC


@pytest.mark.parametrize("words", ["14:30 latest", "by 14:30", "14:30 at the latest", "1430 latest"])
def test_a_hard_end_may_stand_where_the_length_goes(book: Notebook, words: str) -> None:
    facts = facts_from(book, f"Close; {words}")
    assert (facts.minutes, facts.start, facts.hard) == (None, time(14, 30), True)
    assert facts_from(book, f"Topic; {words}; fritz") == facts_from(book, f"Topic; ; fritz; {words}")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("T; 10; fritz; if time", "T; 10 if time; fritz"),
        ("T; ; fritz; if time", "T; if time; fritz"),
        ("T; ; fritz; up to 90", "T; up to 90; fritz"),
        ("T; if time; fritz; max. 20", "T; up to 20 if time; fritz"),
        ("T; ; ; up to 20 if time permits", "T; up to 20 if time"),
        ("T; 10; ; 9:30 if time", "T; 10 if time; ; 9:30"),
    ],
)
def test_a_limit_may_stand_where_the_start_goes(book: Notebook, typed: str, meant: str) -> None:
    assert facts_from(book, typed) == facts_from(book, meant)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("T; 10; ; up to 20", "'10' and 'up to 20' are two lengths: title; length; who; start"),
        ("Close; 14:30 latest; ; 15:00", "two times"),
        ("Close; 90 latest", "'90' is not a time of day"),
        ("T; 9:30", "'9:30' is a time of day where the length goes: title; length; who; start"),
        ("T; at 9:30", "'at 9:30' is a time of day where the length goes"),
        ("T; 1430", "'1430' is 23 h 50; an item takes 12 h at most"),
        ("T; 2 days", "'2 days' is not a length of time"),
        ("T; 30 wil", "'30 wil' is not a length of time"),
        ("T; 30 min wil", "'30 min wil' is not a length of time"),
        ("", "an item needs a title"),
        ("T; -5m", "'-5m' is not a length of time"),
        ("T; 5; ; 25:99", "'25:99' is not a time of day"),
        ("T; 5; nobody-like-that", "nobody here is called 'nobody-like-that': 4 adds people"),
        ("T; 5; Robert", "Robert: Robert Gruendl or Robert Lupton?"),
        ("T; 30m-1h", "one length is needed"),
        ("T; 5; ; +15", "later than what"),
    ],
)
def test_what_can_not_be_read_is_refused_in_one_line(book: Notebook, words: str, refusal: str) -> None:
    with pytest.raises(EditError, match="(?s)" + refusal) as refused:
        facts_from(book, words)
    assert "\n" not in str(refused.value)


def test_a_start_later_than_now_planned(book: Notebook) -> None:
    apdb = at(book, "apdb")
    assert facts_from(book, "T; 5; ; +15", apdb).start == time(10, 15)
    # A new one after it would start when it ends, at 10:30.
    assert facts_from(book, "T; 5; ; +15", planned=planned_end(apdb.session, apdb.item)).start == time(10, 45)


def test_every_item_of_the_sample_is_read_back_as_it_is(book: Notebook) -> None:
    for place in places(meeting_of(book)):
        words = item_words(book, place)
        facts = facts_from(book, words, place)
        changed = set_facts("2020-05", place.item, facts).apply(book)
        assert changed == book, words


def test_the_line_of_an_item_shows_what_can_be_changed(book: Notebook) -> None:
    assert item_words(book, at(book, "apdb")) == "APDB Update; 30; Fritz Mueller"
    assert item_words(book, at(book, "welcome")) == "Welcome; 10; Wil O'Mullane; 09:00"
    assert item_words(book, at(book, "rebaselining")).startswith("Rebaselining & project schedule; up to 90; Wil")
    assert item_words(book, at(book, "2020-05-d1-close")) == "Close; ; ; 14:30 latest"
    assert item_words(book, at(book, "or2")) == "OR2; if time; Robert Gruendl"


def test_people_of_item_and_session_are_one_line(book: Notebook) -> None:
    place = at(book, "apdb")
    assert who_words(book, place) == "Fritz Mueller; Gregory Dubois-Felsmann; "
    assert who_from(book, "fritz, tim; simon; JDS", place) == (("fmueller", "tjenness"), "skrughoff", "jswinbank")
    # What is not typed stays; what is typed empty is nobody.
    assert who_from(book, "fritz", place) == (("fmueller",), "gpdf", "")
    assert who_from(book, "; ;", place) == ((), "", "")
    with pytest.raises(EditError, match="one moderator"):
        who_from(book, "; simon, tim", place)
    with pytest.raises(EditError, match="nobody here"):
        who_from(book, "@ghost", place)
    assert people_from(book, "@ghost", ("ghost",)) == ("ghost",)


def test_moderators_of_a_new_meeting_may_be_nobody_known_yet(book: Notebook) -> None:
    assert moderators_from(book, "@ghost and frossie / @fritz, @spook") == ("ghost", "feconomou", "fmueller", "spook")
    # The handle named is free: @fmueller is somebody else.
    with pytest.raises(EditError, match="nobody here is called 'Fay Mueller': @fmueller2 names somebody new"):
        moderators_from(book, "frossie, Fay Mueller")
    with pytest.raises(EditError, match="@gastly names somebody new"):
        moderators_from(book, "@Gus Astly")


def test_turns_are_one_line_and_can_be_put_in_another_order(book: Notebook) -> None:
    meeting, item = meeting_of(book), at(book, "team-status").item
    words = round_words(item)
    assert words.startswith("SQuaRE 10 @feconomou; Data Facility 10 @mbutler; DAX 10 @fmueller")
    assert round_from(book, meeting, item, words) == item.round
    turned = round_from(book, meeting, item, "reversed")
    assert turned is not None
    assert next(turn.name for turn in turned.turns) == "Architecture"
    assert round_from(book, meeting, item, "shuffled 7") == round_from(book, meeting, item, "shuffled 7")
    assert round_from(book, meeting, item, "") is None
    plain = round_from(book, meeting, item, "DAX; DM Science 15")
    assert plain is not None
    assert [(turn.name, turn.minutes) for turn in plain.turns] == [("DAX", None), ("DM Science", 15)]
    with pytest.raises(EditError, match="no earlier meeting"):
        round_from(book, meeting, item, "rotated")
    with pytest.raises(EditError, match="there is no round yet"):
        round_from(book, meeting, at(book, "apdb").item, "reversed")
    with pytest.raises(EditError, match="handle @ghost"):
        round_from(book, meeting, item, "DAX 10 @ghost")


def test_parts_are_one_line(book: Notebook) -> None:
    place = at(book, "interim-facility")
    item = place.item
    words = parts_words(book, item)
    assert words == ("09:00 30 technical discussion: Google PoC slides; 09:30 30 programmatic discussion (Bob Blum)")
    numbers = count()
    assert parts_from(book, place, words, lambda: f"n{next(numbers)}") == item.slots
    parts = parts_from(book, place, "9:15 one; 20 two (with Ms. Else)", lambda: f"n{next(numbers)}")
    assert [(part.title, part.start, part.minutes, part.guest) for part in parts] == [
        ("one", time(9, 15), None, ""),
        ("two", None, 20, "Ms. Else"),
    ]
    with pytest.raises(EditError, match="25:99"):
        parts_from(book, place, "25:99 10 late", lambda: "n")


@pytest.mark.parametrize(
    ("words", "start", "minutes"),
    [
        *((f"{start} 30 talk", time(9, 30), 30) for start in ("9:30", "930", "0930", "9.30", "+30")),
        ("9 30 talk", time(9), 30),
        ("+15 talk", time(9, 15), None),
        ("1h30 talk", None, 90),
        ("20 min talk", None, 20),
        ("20 talk", None, 20),
    ],
)
def test_the_start_of_a_part_is_typed_as_any_time(
    book: Notebook, words: str, start: time | None, minutes: int | None
) -> None:
    [part] = parts_from(book, at(book, "interim-facility"), words, lambda: "n")
    assert (part.title, part.start, part.minutes) == ("talk", start, minutes)


@pytest.mark.parametrize(
    "amount", ["25:99", "-5m", "−5", "３０", "30-60", "1.5", "2 days", "9999999", "930", "9:5", "1h99"]
)
def test_a_bad_length_is_refused_and_does_not_become_a_part_of_a_name(book: Notebook, amount: str) -> None:
    place = at(book, "interim-facility")
    for read in (
        lambda: round_from(book, meeting_of(book), place.item, f"DAX {amount}"),
        lambda: parts_from(book, place, f"{amount} talk", lambda: "n"),
        lambda: round_from(book, meeting_of(book), place.item, amount),
    ):
        with pytest.raises(EditError, match=re.escape(amount)):
            read()


def test_turns_take_minutes_in_words_too_and_what_was_there_stays_as_it_is(book: Notebook) -> None:
    item = at(book, "team-status").item
    read = round_from(book, meeting_of(book), item, "DAX 10 min; DM Science 1 h; 3D team")
    assert read is not None
    assert [(turn.name, turn.minutes) for turn in read.turns] == [("DAX", 10), ("DM Science", 60), ("3D team", None)]
    odd = replace(item, round=Round(turns=(Turn(name="Team 5"), Turn(name="2021"))))
    assert round_from(book, meeting_of(book), odd, round_words(odd)) == odd.round
    assert round_from(book, meeting_of(book), item, "; ;") is None


@pytest.mark.parametrize("words", ["A; by", "A; 30; ; latest", "A; up to", "A; 30; ; hard"])
def test_a_limit_that_names_no_time_is_refused(book: Notebook, words: str) -> None:
    with pytest.raises(EditError, match=r"names no (time|length)"):
        facts_from(book, words)


def test_where_an_item_goes_is_a_day_and_a_session(book: Notebook) -> None:
    meeting = meeting_of(book)
    assert session_from(meeting, "2").id == "2020-05-d2s3"
    assert session_from(meeting, "2.1").id == "2020-05-d2s1"
    assert session_from(meeting, "2020-05-14").id == "2020-05-d3s1"
    for words in ("0", "4", "2020-05-11", "", "x"):
        with pytest.raises(EditError, match="the days are 1 to 3, 2020-05-12 to 2020-05-14"):
            session_from(meeting, words)
    with pytest.raises(EditError, match="it has 3"):
        session_from(meeting, "1.4")


@given(words=st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_in_one_line(book: Notebook, words: str) -> None:
    place, meeting = at(book, "apdb"), meeting_of(book)
    readers = (
        lambda: facts_from(book, words, place),
        lambda: who_from(book, words, place),
        lambda: round_from(book, meeting, place.item, words),
        lambda: parts_from(book, place, words, lambda: "n"),
        lambda: session_from(meeting, words),
    )
    refusals = []
    for read in readers:
        try:
            read()
        except EditError as refusal:
            refusals.append(str(refusal))
    assert all("\n" not in refusal for refusal in refusals)


def test_what_was_understood_of_an_item_names_its_limit_its_pin_and_its_guests(book: Notebook) -> None:
    def understood(words: str, *, first: bool = False) -> str:
        return facts_words(book, facts_from(book, words), first=first)

    assert understood("Budget; 30m; fritz") == "Budget · 30 min · Fritz Mueller"
    assert understood("Budget") == "Budget · no length yet"
    assert understood("Budget; 30m; ; 9:30").endswith("pinned to 09:30")
    assert understood("Budget; 30m; ; 9:30", first=True).endswith("the session starts 09:30")


def test_an_item_does_not_go_to_a_day_without_sessions(book: Notebook) -> None:
    meeting = meeting_of(book)
    empty = replace(meeting.days[1], sessions=())
    with pytest.raises(EditError, match="nothing is planned for 2020-05-13 yet"):
        session_from(replace(meeting, days=(meeting.days[0], empty)), "2")


def test_more_than_two_semicolons_are_refused_for_people(book: Notebook) -> None:
    with pytest.raises(EditError, match="more than two semicolons"):
        who_from(book, "fritz; wil; tim; frossie", at(book, "apdb"))
