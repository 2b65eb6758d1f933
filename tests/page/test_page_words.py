"""Times, days, people, addresses and kinds of page, read from words as people write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from dmlt_tui.meeting.model import Account, Person
from dmlt_tui.page.reading import Source, guess_source
from dmlt_tui.page.reading.cells import clock, day_in
from dmlt_tui.page.reading.names import People
from dmlt_tui.page.words import web_address


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("09:00", time(9)),
        ("at 2:30 pm", time(14, 30)),
        ("12:15 am", time(0, 15)),
        ("12:15 pm", time(12, 15)),
        ("25:00", None),
        ("noon", None),
    ],
)
def test_a_time_of_day_is_read_by_either_clock(words: str, read: time | None) -> None:
    assert clock(words) == read


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Tuesday 2020-05-12", date(2020, 5, 12)),
        ("on 12 May 2020 in Tucson", date(2020, 5, 12)),
        ("Sept. 9, 2020", date(2020, 9, 9)),
        ("no day, only 2020", None),
        ("0012-05-12 is none, 13 May 2020 is", date(2020, 5, 13)),
    ],
)
def test_a_day_is_read_in_each_usual_form(words: str, read: date | None) -> None:
    assert day_in(words) == read


@pytest.mark.parametrize(
    ("page", "source"),
    [
        ("<p>one <ac:link/></p>", Source.STORAGE),
        ("<p>plain</p>", Source.STORAGE),
        ("<!DOCTYPE html><title>T</title>", Source.HTML),
        ("Time\tTopic\tWho", Source.TEXT),
        ("# Minutes", Source.MARKDOWN),
    ],
)
def test_a_page_is_known_by_how_it_begins(page: str, source: Source) -> None:
    assert guess_source(page) is source


def test_somebody_new_gets_a_handle_nobody_has() -> None:
    people = People([Person(id="zzimmer", name="Zack Zimmer")])
    assert people.by_account("username", "zoe", "Zoe Zimmer") == "zzimmer2"
    assert people.by_account("username", "zoe", "Zoe Zimmer") == "zzimmer2"
    assert people.by_account("userkey", "8a7f808a12345678", "") == "user-12345678"
    assert people.learnt["user-12345678"].account == Account(userkey="8a7f808a12345678")
    assert any("8a7f808a12345678" in doubt for doubt in people.doubts)


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a", True),
        ("mailto:zoe@example.org", True),
        ("mailto:", False),
        ("https://", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("http://[", False),
    ],
)
def test_a_page_links_only_to_addresses_that_are_safe(address: str, linked: bool) -> None:
    assert web_address(address) == (address if linked else "")
