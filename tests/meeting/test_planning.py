"""Requests: read from one line, ranked, scheduled, split, merged, dropped, kept; and the minutes they come to."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dmlt_tui.meeting import agenda_edits, planning
from dmlt_tui.meeting.edits import EditError, add_request
from dmlt_tui.meeting.loads import Load, day_load, load_words, long_load_words, meeting_load, session_load
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Request, RequestState, Session
from dmlt_tui.meeting.moderation import place_of
from dmlt_tui.meeting.planning import asked_of, request_from, request_words, understood_request
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


def typed(book: Notebook, words: str, name: str = "new") -> Request:
    return request_from(book, words, Request(id=name, title="", meeting="2020-05"))


def get(book: Notebook, name: str) -> Request:
    return next(one for one in book.requests if one.id == name)


def three(book: Notebook) -> Notebook:
    for name, words in (("x", "One; fritz; 30m-1h"), ("y", "Two; ; 2 hours"), ("z", "Three; ; 20m; - why")):
        book = add_request(typed(book, words, name)).apply(book)
    return book


# -- reading -----------------------------------------------------------------------------------------------------------


def test_a_request_is_read_from_one_line(book: Notebook) -> None:
    request = typed(book, "APDB status; John; 30m-1h")
    assert (request.title, request.requested_by, request.estimate) == ("APDB status", "@jswinbank", "30m-1h")
    assert (request.minutes, request.minutes_most) == (30, 60)
    assert understood_request(book, request) == "APDB status · asked by John Swinbank · 30 to 60 min"


def test_a_title_is_enough_and_who_asks_may_be_anybody(book: Notebook) -> None:
    assert typed(book, "Only a title") == Request(id="new", title="Only a title", meeting="2020-05")
    assert typed(book, "T; RHL and the summit team").requested_by == "@rlupton, the summit team"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (" ; John", "needs a title"),
        ("T; Robert; 30", "Robert Gruendl or Robert Lupton"),
        ("T; John; -5m", "not a length of time"),
        ("T; John; a while", "not a length of time"),
        ("OR2; fritz; 25:99", "'25:99' is not a length of time"),
        ("T; John; 2 days", "'2 days' is not a length of time"),
        ("T; 30m", "'30m' is nobody's name"),
        ("T; John, -5m; 30", "'-5m' is nobody's name"),
    ],
)
def test_what_can_not_be_read_is_refused(book: Notebook, words: str, refusal: str) -> None:
    with pytest.raises(EditError, match=refusal):
        typed(book, words)


def test_every_request_of_the_sample_is_read_back_as_it_is(book: Notebook) -> None:
    for request in book.requests:
        assert request_from(book, request_words(book, request), request) == request


def test_words_that_were_imported_and_are_no_length_stay_when_something_else_is_changed(book: Notebook) -> None:
    old = Request(id="o", title="T", estimate="a while")
    assert request_from(book, "U; ; a while", old) == Request(id="o", title="U", estimate="a while")


# -- what becomes of them ----------------------------------------------------------------------------------------------


def test_requests_are_ranked_among_those_shown(book: Notebook) -> None:
    book = three(book)
    shown = asked_of(book, meeting_of(book)).open
    assert [one.id for one in shown] == ["x", "y", "z"]
    book = planning.rank_request(shown[2], -1, shown).apply(book)
    assert [one.id for one in asked_of(book, meeting_of(book)).open] == ["x", "z", "y"]
    assert book.requests[:7] == three(book).requests[:7]
    with pytest.raises(EditError, match="first already"):
        planning.rank_request(shown[0], -1, shown).apply(book)


def test_a_request_becomes_an_item_and_the_difference_stays_visible(book: Notebook) -> None:
    book = three(book)
    book = planning.schedule_request("2020-05", get(book, "x"), "2020-05-d2s2", "item-x").apply(book)
    place = place_of(meeting_of(book), "item-x")
    assert place is not None
    assert [one.id for one in place.session.items] == ["ingest", "item-x", "2020-05-d2-break-2"]
    assert (place.item.title, place.item.minutes, place.item.coordinators) == ("One", 30, ("fmueller",))
    request = get(book, "x")
    assert (request.state, request.item) == (RequestState.SCHEDULED, "item-x")
    # Another title, another length: asked 30 to 60, planned 90.
    book = agenda_edits.lengthen("2020-05", place.item, 60).apply(book)
    assert get(book, "x") == request
    load = session_load(book, meeting_of(book), place.day, place.session)
    assert (load.asked, load.asked_most) == (60, 90)
    # Taking the item out opens the request again.
    book = agenda_edits.delete_item("2020-05", place.item).apply(book)
    assert get(book, "x").state is RequestState.OPEN


def test_a_request_goes_where_the_cursor_is(book: Notebook) -> None:
    book = planning.schedule_request("2020-05", typed(three(book), "One", "x"), "2020-05-d1s1", "n", "welcome").apply(
        three(book)
    )
    assert [item.id for item in meeting_of(book).items][:3] == ["welcome", "n", "news"]


def test_a_request_goes_before_the_close_the_cursor_is_on(book: Notebook) -> None:
    book = three(book)
    close = "2020-05-d1-close"
    book = planning.schedule_request("2020-05", get(book, "x"), "2020-05-d1s3", "n", close).apply(book)
    place = place_of(meeting_of(book), "n")
    assert place is not None
    assert [item.id for item in place.session.items] == ["rebaselining", "n", close]


def test_a_request_is_linked_to_an_item_there_is(book: Notebook) -> None:
    book = three(book)
    apdb = next(item for item in meeting_of(book).items if item.id == "apdb")
    book = planning.link_request("2020-05", get(book, "z"), apdb).apply(book)
    assert get(book, "z").item == "apdb"
    with pytest.raises(EditError, match="no longer in the agenda"):
        planning.link_request("2020-05", get(book, "y"), Item(id="gone", title="Gone")).apply(book)


def test_a_request_is_split_and_no_minute_is_lost(book: Notebook) -> None:
    book = planning.split_request(get(three(book), "y"), "Two, the rest; 45m", "part").apply(three(book))
    assert [(one.title, one.minutes) for one in asked_of(book, meeting_of(book)).open] == [
        ("One", 30),
        ("Two", 75),
        ("Two, the rest", 45),
        ("Three", 20),
    ]
    assert get(book, "y").estimate == "75 min (of 2 hours)"
    with pytest.raises(EditError, match="can't be split off"):
        planning.split_request(get(book, "z"), "Too much; 20", "part2")
    with pytest.raises(EditError, match="how long"):
        planning.split_request(get(book, "z"), "no length", "part2")


def test_two_requests_are_merged_and_no_word_is_lost(book: Notebook) -> None:
    book = three(book)
    book = planning.merge_requests(get(book, "x"), get(book, "z")).apply(book)
    merged = get(book, "x")
    assert (merged.minutes, merged.minutes_most, merged.estimate) == (50, 80, "30m-1h + 20m")
    assert merged.notes == "- Three\n  - why"
    assert [one.id for one in asked_of(book, meeting_of(book)).open] == ["x", "y"]


def test_requests_are_dropped_kept_and_taken_up_again(book: Notebook) -> None:
    book = three(book)
    book = planning.drop_request(get(book, "x")).apply(book)
    book = planning.keep_request(get(book, "y"), meeting_of(book)).apply(book)
    asked = asked_of(book, meeting_of(book))
    assert [[one.id for one in group] for group in (asked.open, asked.kept, asked.dropped)] == [["z"], ["y"], ["x"]]
    assert get(book, "y").notes == "Asked for before: DM Leadership Team Virtual Face-to-Face Meeting, 2020-05-12/14"
    # It is on the list of every other meeting too.
    other = book.meetings[1]
    assert [one.id for one in asked_of(book, other).kept] == ["y"]
    book = planning.reopen_request(get(book, "y"), other.id).apply(book)
    assert [one.id for one in asked_of(book, other).open] == ["y"]


def test_what_is_gone_meanwhile_is_told(book: Notebook) -> None:
    gone = Request(id="gone", title="Gone")
    for edit in (
        planning.drop_request(gone),
        planning.change_request(gone, gone),
        planning.rank_request(gone, 1, (gone,)),
        planning.schedule_request("2020-05", gone, "2020-05-d1s1", "n"),
    ):
        with pytest.raises(EditError, match="'Gone' is gone"):
            edit.apply(book)


@given(data=st.data())
def test_splitting_and_merging_keeps_the_minutes_asked_for(book: Notebook, data: st.DataObject) -> None:
    book = three(book)
    total = sum(one.minutes or 0 for one in book.requests)
    for number in range(data.draw(st.integers(0, 6))):
        shown = asked_of(book, meeting_of(book)).open
        first = data.draw(st.sampled_from(shown))
        try:
            if data.draw(st.booleans()):
                book = planning.split_request(first, f"Part; {data.draw(st.integers(1, 60))}", f"p{number}").apply(book)
            else:
                second = data.draw(st.sampled_from(shown))
                if second.id != first.id:
                    book = planning.merge_requests(first, second).apply(book)
        except EditError:
            continue
        assert sum(one.minutes or 0 for one in book.requests) == total


# -- asked, planned, free ----------------------------------------------------------------------------------------------


def test_the_reference_meeting_asked_for_6_hours_and_planned_7_and_a_half_for_them(book: Notebook) -> None:
    load = meeting_load(book, meeting_of(book))
    # 30 + 30 + 30 + 30 + 60 + 60 + 120 asked; 30 + 75 + 90 + 15 + 60 + 90 + 90 given.
    assert (load.asked, load.asked_most, load.granted) == (360, 390, 450)
    # Topics: 90 + 90 + 90 | 90 + 90 + 90 | 120; breaks 2 x 60.
    assert (load.planned, load.breaks, load.free) == (660, 120, 0)
    assert long_load_words(load) == "asked 6 h to 6 h 30, given 7 h 30 · planned 11 h + breaks 2 h · free 0 min"


def test_each_session_and_day_has_its_own(book: Notebook) -> None:
    meeting = meeting_of(book)
    day = meeting.days[1]
    assert [session_load(book, meeting, day, one) for one in day.sessions] == [
        # 09:00 to 11:00: 60 + 30 and a break of 30.
        Load(asked=90, asked_most=90, granted=90, planned=90, breaks=30, room=120),
        Load(asked=30, asked_most=30, granted=90, planned=90, breaks=30, room=120),
        Load(asked=120, asked_most=120, granted=90, planned=90, breaks=0, room=90),
    ]
    assert day_load(book, meeting, day) == Load(240, 240, 270, 270, 60, 330)


def test_a_session_that_is_over_full_says_by_how_much(book: Notebook) -> None:
    apdb = next(item for item in meeting_of(book).items if item.id == "apdb")
    book = agenda_edits.lengthen("2020-05", apdb, 25).apply(book)
    meeting = meeting_of(book)
    load = session_load(book, meeting, meeting.days[1], meeting.days[1].sessions[0])
    assert load.free == -25
    assert load_words(load) == "asked 90 · planned 115 · over by 25"


def test_an_open_end_has_no_free_minutes(book: Notebook) -> None:
    session = Session(id="s", start=time(9), items=(Item(id="i", title="I", minutes=30),))
    meeting = Meeting(id="m", title="M", days=(Day(id="d", date=date(2020, 5, 12), sessions=(session,)),))
    load = session_load(Notebook(meetings=(meeting,)), meeting, meeting.days[0], session)
    assert (load.room, load.free) == (None, None)
    assert load_words(load) == "asked 0 · planned 30 · open end"


# -- what can't be done ------------------------------------------------------------------------------------------------


def test_requests_are_not_merged_when_one_is_planned_gone_or_too_long(book: Notebook) -> None:
    book = three(book)
    x, y = get(book, "x"), get(book, "y")
    planned = next(one for one in book.requests if one.state is RequestState.SCHEDULED)
    with pytest.raises(EditError, match="only requests that are open"):
        planning.merge_requests(x, planned)
    week = replace(x, id="w", minutes=7 * 24 * 60, minutes_most=None)
    with pytest.raises(EditError, match="more than a week"):
        planning.merge_requests(week, week)
    edit = planning.merge_requests(x, y)
    without = replace(book, requests=tuple(one for one in book.requests if one.id != "y"))
    with pytest.raises(EditError, match="'Two' is gone"):
        edit.apply(without)


def test_a_request_does_not_go_into_a_session_that_is_gone(book: Notebook) -> None:
    book = three(book)
    edit = planning.schedule_request("2020-05", get(book, "x"), "no-such-session", "new-item")
    with pytest.raises(EditError, match="that session is no longer in the agenda"):
        edit.apply(book)


def test_a_load_in_hours_names_breaks_open_ends_and_what_is_over() -> None:
    assert long_load_words(Load(asked=60, granted=60, planned=60, room=None)) == (
        "asked 1 h, given 1 h · planned 1 h · open end"
    )
    assert long_load_words(Load(asked=60, asked_most=90, granted=60, planned=120, breaks=15, room=120)) == (
        "asked 1 h to 1 h 30, given 1 h · planned 2 h + breaks 15 min · over by 15 min"
    )
