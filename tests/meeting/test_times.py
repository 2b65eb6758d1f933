"""Times and lengths as people type them: what is read, and what is refused in one line."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.meeting.times import clock_time, estimate, length, minutes_words, range_words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("9", time(9)),
        ("9:30", time(9, 30)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9.30", time(9, 30)),
        (" 14:05 ", time(14, 5)),
        ("00:00", time(0)),
        ("1030", time(10, 30)),
        ("+15", time(9, 15)),
        ("+ 90", time(10, 30)),
    ],
)
def test_a_time_is_read_in_every_way_people_type_it(words: str, expected: time) -> None:
    assert clock_time(words, base=time(9)) == expected


@pytest.mark.parametrize(
    "words", ["25:99", "9:60", "24", "", "nine", "-5m", "9:3", "12345", "９", "9:30 latest", "+", "+x"]
)
def test_what_is_no_time_is_refused_in_one_line(words: str) -> None:
    with pytest.raises(ValueError, match=r"\A'.*' is not a time of day; try 9, 9:30, 930 or \+15\Z"):
        clock_time(words, base=time(9))


def test_later_needs_something_to_be_later_than_and_stays_in_the_day() -> None:
    with pytest.raises(ValueError, match="later than what"):
        clock_time("+15")
    with pytest.raises(ValueError, match="after midnight"):
        clock_time("+15", base=time(23, 50))


@given(moment=st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_every_time_is_read_back_from_each_of_its_forms(moment: time) -> None:
    for form in (f"{moment:%H:%M}", f"{moment:%H%M}", f"{moment:%H.%M}", f"{moment.hour}:{moment.minute:02}"):
        assert clock_time(form) == moment


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("30 mins", 30, 30),
        ("30 mins (maybe 1hr, probably not)", 30, 60),
        ("1 hour", 60, 60),
        ("2 hours", 120, 120),
        ("30m-1h", 30, 60),
        ("30m–1h", 30, 60),
        ("1h30", 90, 90),
        ("1 h 30 min", 90, 90),
        ("1h 5m", 65, 65),
        ("90", 90, 90),
        ("1.5h", 90, 90),
        ("1,5 hours", 90, 90),
        ("1:30", 90, 90),
        ("1-2 hours", 60, 120),
        ("30-45", 30, 45),
        ("30 - 2h", 30, 120),
        ("45 minutes to 1 hour 15", 45, 75),
        ("1h or 90 min", 60, 90),
        ("half an hour", 30, 30),
        ("an hour, or a bit more", 60, 60),
        ("about 20 min.", 20, 20),
        ("1H", 60, 60),
        ("0", 0, 0),
        ("1:30 h", 90, 90),
        ("1 hour and 15 minutes", 75, 75),
        ("30 or so", 30, 30),
        ("30 min total", 30, 30),
        ("60 to 90 min (of 1h30)", 60, 90),
        ("0h30", 30, 30),
        ("1.5-2h", 90, 120),
    ],
)
def test_an_estimate_is_read_as_a_range_and_its_words_are_kept(words: str, least: int, most: int) -> None:
    found = estimate(words)
    assert (found.words, found.least, found.most) == (words, least, most)


@pytest.mark.parametrize(
    "words",
    [
        *("-5m", "- 5", "", "soon", "a while", "−5m", "(-5m", "25:99", "9:75", "9:30", "at 9:30", "14:30 latest"),
        *("2 days", "10 weeks", "2d", "30 wil", "30 45", "OR2", "30m1h", "3 x 10 min", "2 sec", "1.5.2"),
        *("30m 15", "20m 30m", "30m30m", "1.30", "1,5"),
    ],
)
def test_what_is_no_length_is_refused_in_one_line(words: str) -> None:
    with pytest.raises(ValueError, match="is not a length of time") as refused:
        estimate(words)
    assert "\n" not in str(refused.value)


def test_nothing_takes_longer_than_a_day() -> None:
    with pytest.raises(ValueError, match="longer than a day"):
        estimate("25h")
    with pytest.raises(ValueError, match="longer than a day"):
        length("9" * 400)


def test_one_length_is_one_amount() -> None:
    assert length("1h30") == 90
    with pytest.raises(ValueError, match="names 30 and 60 minutes; one length is needed"):
        length("30m-1h")


def test_a_length_stands_alone_or_says_about() -> None:
    assert [length(words) for words in ("about 20 min.", "~30", "1 h 30", "1:30")] == [20, 30, 90, 90]
    for words in ("30 min wil", "1h for fritz", "30 min (maybe)"):
        with pytest.raises(ValueError, match="is not a length of time"):
            length(words)


@given(words=st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_in_words(words: str) -> None:
    refusals = []
    for read in (clock_time, estimate, length):
        try:
            read(words)
        except ValueError as refusal:
            refusals.append(str(refusal))
    assert all("\n" not in refusal for refusal in refusals)


def test_lengths_are_said_in_hours_and_minutes() -> None:
    assert [minutes_words(n) for n in (0, 45, 60, 90, 125, -5)] == [
        "0 min",
        "45 min",
        "1 h",
        "1 h 30",
        "2 h 05",
        "-5 min",
    ]
    assert [range_words(30), range_words(30, 60), range_words(30, 30)] == ["30 min", "30 to 60 min", "30 min"]
