from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notes_strategies import any_text

from dmlt_tui.notes.due import find_at_end, resolve

TUESDAY = date(2020, 5, 12)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2020-07-06", "2020-07-06"),
        ("due 2020-07-06", "2020-07-06"),
        ("2w", "2020-05-26"),
        ("10d", "2020-05-22"),
        ("1m", "2020-06-12"),
        ("1y", "2021-05-12"),
        ("in 2 weeks", "2020-05-26"),
        ("In Ten Days", "2020-05-22"),
        ("within a month", "2020-06-12"),
        ("in 2w", "2020-05-26"),
        ("three weeks", "2020-06-02"),
        ("today", "2020-05-12"),
        ("tomorrow", "2020-05-13"),
        ("fri", "2020-05-15"),
        ("by Friday", "2020-05-15"),
        ("next fri", "2020-05-22"),
        ("tue", "2020-05-19"),
        ("monday", "2020-05-18"),
        ("15 Jun", "2020-06-15"),
        ("Jun 15", "2020-06-15"),
        ("15 June 2020", "2020-06-15"),
        ("June 15th, 2020", "2020-06-15"),
        ("06 Jul 2020", "2020-07-06"),
        ("Mon 6 Jul 2020", "2020-07-06"),
        ("Monday, July 6", "2020-07-06"),
        ("the 6th of July", "2020-07-06"),
        ("by end July", "2020-07-31"),
        ("+2w", "2020-05-26"),
        ("Friday next week", "2020-05-22"),
        ("within the next two weeks", "2020-05-26"),
        ("two weeks from now", "2020-05-26"),
        ("in two weeks' time", "2020-05-26"),
        ("21-May-2020", "2020-05-21"),
        ("12 May", "2020-05-12"),
        ("11 May", "2021-05-11"),
        ("29 Feb", "2024-02-29"),
        ("3 sept", "2020-09-03"),
        ("eod", "2020-05-12"),
        ("eow", "2020-05-15"),
        ("eom", "2020-05-31"),
        ("eoy", "2020-12-31"),
        ("end of month", "2020-05-31"),
        ("the end of the week", "2020-05-15"),
        ("end of next month", "2020-06-30"),
        ("end of June", "2020-06-30"),
        ("end of feb 2024", "2024-02-29"),
        ("this week", "2020-05-15"),
        ("next week", "2020-05-22"),
        ("next month", "2020-06-30"),
    ],
)
def test_a_day_in_words_counts_from_the_day_given(words: str, day: str) -> None:
    assert str(resolve(words, TUESDAY)) == day


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        ("1m", "2020-01-31", "2020-02-29"),
        ("1m", "2020-12-31", "2021-01-31"),
        ("eow", "2020-05-16", "2020-05-22"),
        ("next week", "2020-05-17", "2020-05-22"),
        ("next mon", "2020-05-17", "2020-05-18"),
        ("fri", "2020-05-15", "2020-05-22"),
        ("1 Jan", "2020-12-31", "2021-01-01"),
        ("end of May", "2020-06-01", "2021-05-31"),
    ],
)
def test_ends_of_weeks_months_and_years_are_minded(words: str, today: str, day: str) -> None:
    assert str(resolve(words, date.fromisoformat(today))) == day


@pytest.mark.parametrize(
    "words",
    [
        "06/07",
        "6.7.2020",
        "07/06/2020",
        "31 Jun",
        "Tue 6 Jul 2020",
        "2020-02-30",
        "30m",
        "may",
        "soon",
        "",
        "1 2 3",
        "99999w",
        "9999y",
    ],
)
def test_what_is_no_day_or_could_be_two_is_none(words: str) -> None:
    assert resolve(words, TUESDAY) is None


@pytest.mark.parametrize(
    ("sentence", "text", "day"),
    [
        ("calibration note (DMTN-148).21 May 2020", "calibration note (DMTN-148).", "2020-05-21"),
        ("Close DM-23658.06 Jul 2020", "Close DM-23658.", "2020-07-06"),
        ("engage with the LDF by fri", "engage with the LDF", "2020-05-15"),
        ("engage — 2w", "engage", "2020-05-26"),
        ("engage, in two weeks.", "engage", "2020-05-26"),
        ("engage (due 15 Jun)", "engage", "2020-06-15"),
        ("engage, 1 week", "engage", "2020-05-19"),
        ("engage before next Friday!", "engage", "2020-05-22"),
        ("present it on 15 Jun", "present it", "2020-06-15"),
        ("tomorrow", "", "2020-05-13"),
        ("best understand the structures2020-07-06", "best understand the structures", "2020-07-06"),
        ("outline a note 03 Aug 2020 (Ticketed: DM-26341)", "outline a note (Ticketed: DM-26341)", "2020-08-03"),
        ("engage [by Friday at the latest]", "engage", "2020-05-15"),
        ("engage, deadline: 15 Jun", "engage", "2020-06-15"),
    ],
)
def test_a_date_that_closes_a_sentence_is_found(sentence: str, text: str, day: str) -> None:
    assert find_at_end(sentence, TUESDAY) == (text, date.fromisoformat(day))


@pytest.mark.parametrize(
    "sentence",
    [
        "publish the minutes of 12 May",
        "meet every friday",
        "slides for Friday",
        "a downtime of 10d",
        "the review takes 2 weeks",
        "move the mirror by 1m",
        "agree at the meeting on 15 Jun",
        "release 1.5 May",
        "see (the notes 15 Jun)",
        "keep away from the Sun",
        "Virtual, 2020-11-16/19",
        "run the tests 15 - 16 Jun",
        "run the tests 12 May 2020 – 14 May 2020",
        "write chapter 5 May 20",
        "reprocess w2020-07-06",
        "give a talk on the second Friday",
        "run it every other Friday",
        "keep the shift w/c 18 May",
        "run the tests starting 1 June",
        "rerun it with 2d",
        "u/fritz/DM-2w",
        "mail a@2w",
        "agree on 06/07",
    ],
)
def test_a_date_that_belongs_to_its_sentence_is_left_there(sentence: str) -> None:
    assert find_at_end(sentence, TUESDAY) is None


@given(any_text, st.dates())
def test_any_text_on_any_day_is_read_without_trouble(text: str, today: date) -> None:
    resolve(text, today)
    found = find_at_end(text, today)
    assert found is None or text.startswith(found[0])


@given(
    st.sampled_from(
        ["2w", "9999d", "12m", "9999y", "next week", "eow", "eom", "fri", "next sun", "29 feb", "next month"]
    ),
    st.dates(),
)
def test_a_due_date_never_lies_before_the_day_it_counts_from(words: str, today: date) -> None:
    day = resolve(words, today)
    assert day is None or day >= today


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.dates())
def test_a_written_out_date_is_that_day_whenever_it_is_read(day: date, today: date) -> None:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    written = f"{day.day:02} {months[day.month - 1]} {day.year}"
    assert resolve(written, today) == resolve(day.isoformat(), today) == day
    assert find_at_end(f"words. {written}", today) == ("words.", day)
