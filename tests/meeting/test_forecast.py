"""What the screen says of the time: the projection in words, alerts, and what each choice leads to."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from dmlt_tui.meeting import agenda_edits, breaks, edits
from dmlt_tui.meeting.choices import planned_words, time_choices
from dmlt_tui.meeting.forecast import Alert, alert, forecast_words
from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Session
from dmlt_tui.meeting.moderation import Place, current_place, place_of
from dmlt_tui.meeting.projection import project
from dmlt_tui.store.notebook import OpenNotebook


@pytest.fixture(scope="module")
def book() -> Notebook:
    path = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"
    with OpenNotebook.open(path, read_only=True) as notebook:
        return notebook.value


def moment(day: int, clock: str) -> datetime:
    """A moment of May 2020 by the project's clocks, seven hours behind UTC."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2020, 5, day, hour, minute, tzinfo=UTC) + timedelta(hours=7)


def meeting_of(book: Notebook) -> Meeting:
    meeting = book.meeting("2020-05")
    assert meeting is not None
    return meeting


def at(book: Notebook, name: str) -> Place:
    place = place_of(meeting_of(book), name)
    assert place is not None
    return place


def running(book: Notebook, name: str, since: datetime) -> Notebook:
    return edits.start("2020-05", at(book, name).item, since).apply(book)


def words(book: Notebook, now: datetime) -> tuple[str, ...]:
    place = current_place(meeting_of(book))
    assert place is not None
    return forecast_words(project(meeting_of(book), place, now))


def alarm(book: Notebook, now: datetime) -> Alert:
    meeting = meeting_of(book)
    place = current_place(meeting)
    assert place is not None
    return alert(project(meeting, place, now), now)


def test_a_session_that_misses_its_hard_end_says_so_in_one_line(book: Notebook) -> None:
    late = running(book, "prompt", moment(13, "13:11"))
    assert words(late, moment(13, "13:40")) == (
        "+11 min: Close 14:41, hard end 14:30, over by 11; OR2 not reached",
        "+11 min: Close 14:41, over by 11; OR2 not reached",
        "+11 min: Close 14:41, over by 11",
        "+11 min: Close 14:41",
    )


def test_a_session_in_time_says_so_too(book: Notebook) -> None:
    assert words(running(book, "prompt", moment(13, "13:00")), moment(13, "13:10"))[0] == (
        "on time: Close 14:30, hard end 14:30; OR2 not reached"
    )
    early = agenda_edits.lengthen("2020-05", at(book, "prompt").item, -20).apply(book)
    assert words(running(early, "prompt", moment(13, "12:55")), moment(13, "13:10"))[0] == (
        "-5 min: Close 14:05, hard end 14:30, 25 to spare; OR2 fits"
    )


def test_a_session_without_a_hard_end_looks_at_its_break_and_at_the_end_of_the_day(book: Notebook) -> None:
    assert words(running(book, "welcome", moment(12, "9:00")), moment(12, "9:05"))[0] == (
        "on time: Break 10:30, Close 14:30"
    )
    assert words(running(book, "welcome", moment(12, "9:05")), moment(12, "9:06"))[0] == (
        "+5 min: Break 10:35, Close 14:35 over by 5"
    )


def test_a_rehearsal_says_that_it_is_one(book: Notebook) -> None:
    rehearsed = running(book, "prompt", moment(20, "19:00"))
    # The plan moves by six hours with it: the hard end of 14:30 is 20:30.
    assert words(rehearsed, moment(20, "19:10"))[0] == (
        "rehearsal, on time: Close 20:30, hard end 20:30; OR2 not reached"
    )
    assert words(running(book, "prompt", moment(20, "13:00")), moment(20, "13:10"))[0].startswith(
        "on time: Close 14:30"
    )


def test_an_item_without_a_length_leaves_the_hard_end(book: Notebook) -> None:
    bare = agenda_edits.set_facts("2020-05", at(book, "wrap-up").item, agenda_edits.Facts(title="W")).apply(book)
    odd = agenda_edits.move_item("2020-05", at(bare, "2020-05-d3-close").item, -1).apply(bare)
    assert words(running(odd, "wrap-up", moment(14, "10:30")), moment(14, "10:40")) == ("hard end 11:00",)


def test_a_plan_says_when_it_ends_and_what_is_wrong(book: Notebook) -> None:
    assert (
        planned_words(book, meeting_of(book), at(book, "apdb"))
        == "planned until 11:00 · asked 90 · planned 90 · free 0"
    )
    longer = agenda_edits.lengthen("2020-05", at(book, "apdb").item, 10).apply(book)
    assert planned_words(longer, meeting_of(longer), at(longer, "apdb")) == (
        "planned until 11:10 · asked 90 · planned 100 · over by 10"
    )


def test_alerts_come_before_the_end_of_an_item_and_after_it(book: Notebook) -> None:
    news = running(book, "news", moment(12, "9:10"))
    told = {clock: alarm(news, moment(12, clock)) for clock in ("9:15", "9:24", "9:25", "9:30", "9:31")}
    assert list(told.values()) == [Alert.NONE, Alert.NONE, Alert.SOON, Alert.SOON, Alert.PAST]


def test_an_alert_comes_before_the_part_of_a_guest(book: Notebook) -> None:
    facility = running(book, "interim-facility", moment(13, "9:00"))
    # Bob Blum's part is at 09:30.
    told = [alarm(facility, moment(13, clock)) for clock in ("9:24", "9:26", "9:29", "9:31")]
    assert told == [Alert.NONE, Alert.SOON, Alert.SOON, Alert.NONE]


def test_alerts_come_on_another_day_and_in_a_rehearsal_too(book: Notebook) -> None:
    facility = running(book, "interim-facility", moment(20, "9:00"))
    assert [alarm(facility, moment(20, clock)) for clock in ("9:24", "9:26", "9:31")] == [
        Alert.NONE,
        Alert.SOON,
        Alert.NONE,
    ]
    # Begun at 16:00 instead of 9:00: Bob Blum's part is at 16:30, and the close of the day at 21:30.
    facility = running(book, "interim-facility", moment(20, "16:00"))
    assert [alarm(facility, moment(20, clock)) for clock in ("16:24", "16:26", "16:31")] == [
        Alert.NONE,
        Alert.SOON,
        Alert.NONE,
    ]


def test_an_alert_comes_before_a_hard_end(book: Notebook) -> None:
    short = agenda_edits.lengthen("2020-05", at(book, "prompt").item, 0).apply(book)
    short = agenda_edits.take_if_time("2020-05", at(short, "or2").item, 60).apply(short)
    short = running(short, "or2", moment(13, "13:30"))
    assert alarm(short, moment(13, "14:15")) is Alert.NONE
    assert alarm(short, moment(13, "14:21")) is Alert.SOON
    assert alarm(running(book, "prompt", moment(13, "13:11")), moment(13, "13:12")) is Alert.PAST


def test_each_choice_shows_the_end_it_leads_to(book: Notebook) -> None:
    late = running(book, "prompt", moment(13, "13:11"))
    now = moment(13, "13:40")
    place = current_place(meeting_of(late))
    assert place is not None
    told = {choice.label: choice.outcome for choice in time_choices(late, meeting_of(late), place, now)}
    assert told == {
        # 29 minutes of 95 are spent: 13:40 + 66 = 14:46, 16 after the plan, which stays what it was.
        "lengthen by 5: 90 → 95 min": "+16 min: Close 14:46, hard end 14:30, over by 16; OR2 not reached",
        # 13:40 + 56 = 14:36.
        "shorten by 5: 90 → 85 min": "+6 min: Close 14:36, hard end 14:30, over by 6; OR2 not reached",
        # Then OR2 has the floor, which has no length and may take until the hard end.
        "go on to the next item": "on time: Close 14:30, hard end 14:30",
        # Prompt processing has what the others leave, now 85: 13:40 + 56 = 14:36, and 5 for OR2.
        "take OR2: 5 min": "+11 min: Close 14:41, hard end 14:30, over by 11; OR2 not reached",
        "leave OR2 out": "+11 min: Close 14:41, hard end 14:30, over by 11",
    }


def test_eating_into_the_break_makes_up_for_what_is_late(book: Notebook) -> None:
    late = running(book, "middleware", moment(12, "9:41"))
    now = moment(12, "9:50")
    place = current_place(meeting_of(late))
    assert place is not None
    choices = time_choices(late, meeting_of(late), place, now)
    [eaten] = [choice for choice in choices if "break" in choice.label]
    assert (eaten.label, eaten.outcome) == (
        "take 11 min from the break: 30 → 19 min",
        "+11 min: Break 10:41, Close 14:30",
    )
    after = meeting_of(eaten.edit.apply(late))
    assert next(item.minutes for item in after.items if item.id == "2020-05-d1-break-1") == 19


def test_before_the_meeting_choices_show_the_plan(book: Notebook) -> None:
    told = {
        choice.label: choice.outcome
        for choice in time_choices(book, meeting_of(book), at(book, "apdb"), moment(1, "12:00"), 10)
    }
    assert told == {
        "lengthen by 10: 30 → 40 min": "planned until 11:10 · asked 90 · planned 100 · over by 10",
        "shorten by 10: 30 → 20 min": "planned until 10:50 · asked 90 · planned 80 · free 10",
        "skip APDB Update": "planned until 11:00 · asked 90 · planned 90 · free 0",
        "take 10 min from the break: 30 → 20 min": "planned until 10:50 · asked 90 · planned 90 · free 10",
    }


# -- a day without a hard end --------------------------------------------------------------------------------------


def short_day(*items: Item) -> Notebook:
    """A day from 19:00 of these items, then a session of another moderator."""
    sessions = (
        Session(id="s1", start=time(19), moderator="ann", items=items),
        Session(id="s2", start=time(20), moderator="bob", items=(Item(id="three", title="Three", minutes=5),)),
    )
    day = Day(id="d", date=date(2020, 5, 12), sessions=sessions)
    return Notebook(meetings=(Meeting(id="2020-05", title="M", zone="America/Los_Angeles", days=(day,)),))


ONE = Item(id="one", title="One", minutes=10)
PAUSE = Item(id="pause", title="Break", kind=ItemKind.BREAK, minutes=5)
TWO = Item(id="two", title="Two", minutes=10)
BUDGET = Item(id="budget", title="Budget", minutes=3)


def test_to_skip_an_item_and_to_take_all_its_time_lead_to_the_same_end_and_drift() -> None:
    book = running(short_day(ONE, TWO, BUDGET), "one", moment(12, "19:00"))
    now = moment(12, "19:05")
    assert words(book, now) == ("on time: session ends 19:23",)
    told = {one.label: one.outcome for one in time_choices(book, meeting_of(book), at(book, "budget"), now)}
    assert told["shorten by 3: 3 → 0 min"] == told["skip Budget"] == "-3 min: session ends 19:20"
    assert told["lengthen by 5: 3 → 8 min"] == "+5 min: session ends 19:28"


def test_to_skip_what_stands_before_a_break_leads_to_the_break_earlier() -> None:
    book = running(short_day(ONE, BUDGET, PAUSE, TWO), "one", moment(12, "19:00"))
    book = edits.set_done("2020-05", TWO, done=True).apply(book)
    assert words(book, moment(12, "19:05")) == ("on time: Break 19:13",)
    book = edits.set_done("2020-05", BUDGET, done=True).apply(book)
    assert words(book, moment(12, "19:05")) == ("-3 min: Break 19:10",)


@pytest.mark.parametrize("items", [(ONE, PAUSE), (ONE, PAUSE, TWO)], ids=["at the end", "in the middle"])
def test_a_break_taken_early_is_no_time_lost(items: tuple[Item, ...]) -> None:
    book = running(short_day(*items), "one", moment(12, "19:00"))
    book = breaks.take_break("2020-05", "new", moment(12, "19:04")).apply(book)
    book = breaks.end_break("2020-05", moment(12, "19:06")).apply(book)
    end = "19:12" if len(items) == 2 else "19:22"
    assert words(book, moment(12, "19:06")) == (f"-3 min: session ends {end}",)


def test_a_choice_in_a_session_still_to_come_says_when_that_one_ends() -> None:
    book = running(short_day(ONE, TWO), "one", moment(12, "19:00"))
    told = time_choices(book, meeting_of(book), at(book, "three"), moment(12, "19:05"))
    assert told[0].label == "lengthen by 5: 5 → 10 min"
    assert told[0].outcome == "on time: session ends 19:20; session of 20:00 ends 20:10"
