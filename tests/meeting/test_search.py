"""Words found over all notes of a notebook."""

from __future__ import annotations

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Session
from dmlt_tui.meeting.search import search
from dmlt_tui.notes.text import folded


def note(*texts: str, title: str = "T") -> Notebook:
    items = tuple(Item(id=f"i{index}", title=title, notes=text) for index, text in enumerate(texts))
    day = Day(id="d", date=date(2020, 1, 1), sessions=(Session(id="s", start=time(9), items=items),))
    return Notebook(meetings=(Meeting(id="m", title="M", days=(day,)),))


def test_all_words_must_stand_in_the_line_in_any_order_and_case() -> None:
    hits = search(note("one TWO\nTwo\nthree", "two and One"), "two ONE", meeting_id="m", item_id="i1")
    assert [(hit.item_id, hit.line) for hit in hits] == [("i1", 0), ("i0", 0)]


def test_accents_need_not_be_typed_and_may_be() -> None:
    for words in ("ivezic", "Ivezi\u0107", "IVEZIC\u0301"):
        assert len(search(note("ask \u017deljko Ivezi\u0107"), words)) == 1


def test_titles_are_found_too_and_lead_to_the_item() -> None:
    assert [hit.line for hit in search(note("x", title="Budget"), "budget")] == [None]


def test_only_so_many_are_looked_for() -> None:
    assert len(search(note("a\n" * 100), "a", most=7)) == 7
    assert search(note("a"), " ") == ()


@given(text=st.text(), words=st.text(min_size=1, max_size=3))
def test_every_hit_holds_the_words(text: str, words: str) -> None:
    for hit in search(note(text), words):
        if hit.line is not None:
            assert all(word in folded(text.split("\n")[hit.line]) for word in folded(words).split())


def test_the_item_one_is_at_comes_first_then_its_meeting_then_the_latest() -> None:
    def meeting(name: str, year: int, *notes: str) -> Meeting:
        items = tuple(Item(id=f"{name}{index}", title="T", notes=text) for index, text in enumerate(notes))
        session = Session(id=f"{name}s", start=time(9), items=items)
        return Meeting(id=name, title=name, days=(Day(id=f"{name}d", date=date(year, 1, 1), sessions=(session,)),))

    undated = Meeting(id="never", title="never")
    book = Notebook(meetings=(meeting("a", 2020, "x", "x"), undated, meeting("b", 2019, "x"), meeting("c", 2022, "x")))
    hits = search(book, "x", meeting_id="a", item_id="a1")
    assert [hit.item_id for hit in hits] == ["a1", "a0", "c0", "b0"]
    assert (hits[2].meeting_title, hits[2].day) == ("c", date(2022, 1, 1))


def test_pre_meeting_notes_are_found_without_a_line_to_go_to() -> None:
    item = Item(id="i", title="T", preparation="- other\n- the budget", notes="none")
    day = Day(id="d", date=date(2020, 1, 1), sessions=(Session(id="s", start=time(9), items=(item,)),))
    (hit,) = search(Notebook(meetings=(Meeting(id="m", title="M", days=(day,)),)), "Budget")
    assert (hit.line, hit.text) == (None, "- the budget")
