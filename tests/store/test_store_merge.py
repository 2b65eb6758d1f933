from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from store_values import handles, item, notebooks, small, with_item, with_items

from dmlt_tui.meeting.model import (
    Attendee,
    Day,
    Item,
    Meeting,
    Notebook,
    Person,
    Request,
    RequestState,
    Session,
    Slot,
    Span,
)
from dmlt_tui.store.merge import merge


def item_ids(notebook: Notebook, session: str) -> list[str]:
    return [one.id for found in notebook.meetings[0].sessions if found.id == session for one in found.items]


@settings(max_examples=80, deadline=None)
@given(notebooks, notebooks)
def test_what_one_side_alone_did_is_what_comes_out(base: Notebook, side: Notebook) -> None:
    assert merge(base, base, side) == side
    assert merge(base, side, base) == side
    assert merge(base, side, side) == side


# --- any arrangement of the same few records --------------------------------------------------------------------------

ITEMS, SESSIONS, DAYS = "uvwxyz", "pqrs", "de"


@st.composite
def arrangements(draw: st.DrawFn, names: str = "") -> Notebook:
    """A meeting in which the same few items, sessions and days stand anywhere, or nowhere, under any title."""
    days = {key: date(2020, 5, 12) for key in DAYS if draw(st.booleans())} or {"d": date(2020, 5, 12)}
    sessions = {key: draw(st.sampled_from(sorted(days))) for key in SESSIONS if draw(st.booleans())}
    places = sorted(sessions)
    kept = [key for key in ITEMS + names if draw(st.booleans())] if places else []
    items = {key: draw(st.sampled_from(places)) for key in kept}
    order = draw(st.permutations(sorted(items)))

    def made(key: str) -> Item:
        return Item(id=key, title=draw(st.sampled_from("12")), slots=(Slot(id=f"slot {key}", title="s"),))

    def session(key: str) -> Session:
        return Session(id=key, start=time(9), items=tuple(made(one) for one in order if items[one] == key))

    built = tuple(
        Day(id=day, date=days[day], sessions=tuple(session(key) for key in places if sessions[key] == day))
        for day in sorted(days)
    )
    return Notebook(meetings=(Meeting(id="m", title="M", days=built),))


@settings(max_examples=400, deadline=None)
@given(arrangements(), arrangements("m"), arrangements("t"))
def test_wherever_records_are_moved_none_is_lost_and_none_doubled(
    base: Notebook, mine: Notebook, theirs: Notebook
) -> None:
    before, ours, others = ({one.id for one in side.meetings[0].items} for side in (base, mine, theirs))
    merged = merge(base, mine, theirs).meetings[0]
    counts = Counter(one.id for one in merged.items)
    assert set(counts.values()) <= {1}
    assert (ours & others) | ((ours | others) - before) <= counts.keys()
    assert set(Counter(session.id for session in merged.sessions).values()) <= {1}
    slots = [slot.id for one in merged.items for slot in one.slots]
    assert sorted(slots) == sorted(f"slot {key}" for key in counts)


@settings(max_examples=200, deadline=None)
@given(arrangements(), arrangements("m"), arrangements("t"))
def test_both_ways_round_the_same_records_come_out(base: Notebook, mine: Notebook, theirs: Notebook) -> None:
    one, other = merge(base, mine, theirs).meetings[0], merge(base, theirs, mine).meetings[0]
    assert {item.id for item in one.items} == {item.id for item in other.items}
    assert {session.id for session in one.sessions} == {session.id for session in other.sessions}


# --- what people do ---------------------------------------------------------------------------------------------------


def test_changes_of_different_fields_of_one_item_are_both_kept() -> None:
    base = small()
    merged = merge(base, with_item(base, "welcome", minutes=20), with_item(base, "welcome", title="Hello"))
    assert item(merged, "welcome") == replace(item(base, "welcome"), minutes=20, title="Hello")


def test_notes_typed_by_both_are_merged_by_line() -> None:
    base = small("one\ntwo")
    mine, theirs = with_item(base, "welcome", notes="one\ntwo\nmine"), with_item(base, "welcome", notes="0\none\ntwo")
    assert item(merge(base, mine, theirs), "welcome").notes == "0\none\ntwo\nmine"


def test_of_one_field_given_two_values_mine_holds_but_no_value_loses_to_one() -> None:
    base = with_item(small(), "welcome", minutes=10)

    def merged(mine: int | None, theirs: int | None) -> int | None:
        sides = (with_item(base, "welcome", minutes=minutes) for minutes in (mine, theirs))
        return item(merge(base, *sides), "welcome").minutes

    assert (merged(20, 30), merged(None, 30), merged(20, None)) == (20, 30, 20)


def test_people_added_by_both_are_all_there_and_one_added_by_both_is_there_once() -> None:
    base = small()
    ann = base.people[:1]
    mine = replace(base, people=(*base.people, Person(id="eve", name="Eve", initials="E"), Person(id="m", name="M")))
    theirs = replace(base, people=(*ann, Person(id="t", name="T"), Person(id="eve", name="Eve", aliases=("Evi",))))
    merged = merge(base, mine, theirs)
    assert sorted(handles(merged)) == ["ann", "eve", "m", "t"]
    assert merged.person("eve") == Person(id="eve", name="Eve", initials="E", aliases=("Evi",))


def test_a_changed_record_beats_its_deletion_and_an_unchanged_one_does_not() -> None:
    base = small()
    without = with_items(base, morning=())
    renamed = with_item(base, "news", title="Newest")
    for merged in (merge(base, without, renamed), merge(base, renamed, without)):
        assert item_ids(merged, "morning") == ["news"]


def test_an_item_moved_by_one_and_typed_in_by_the_other_is_in_its_new_place_with_its_notes() -> None:
    base = small("one")
    welcome, news = base.meetings[0].days[0].sessions[0].items
    budget = item(base, "budget")
    moved = with_items(base, morning=(news,), noon=(welcome, budget))
    typed = with_item(base, "welcome", notes="one\ntwo")
    for merged in (merge(base, moved, typed), merge(base, typed, moved)):
        assert (item_ids(merged, "morning"), item_ids(merged, "noon")) == (["news"], ["welcome", "budget"])
        assert item(merged, "welcome").notes == "one\ntwo"


def test_an_item_moved_to_another_meeting_is_not_left_behind() -> None:
    base = small()
    welcome, news = base.meetings[0].days[0].sessions[0].items
    session = Session(id="next", start=time(9), items=(welcome,))
    june = Meeting(id="june", title="June", days=(Day(id="june day", date=date(2020, 6, 9), sessions=(session,)),))
    mine = with_items(base, morning=(news,))
    mine = replace(mine, meetings=(*mine.meetings, june))
    merged = merge(base, mine, with_item(base, "welcome", notes="typed"))
    assert item_ids(merged, "morning") == ["news"]
    assert item(merged, "welcome").notes == "typed"


def test_the_order_is_that_of_the_side_that_changed_it_and_additions_follow_their_neighbour() -> None:
    base = small()
    welcome, news = base.meetings[0].days[0].sessions[0].items
    new = Item(id="new", title="New")
    turned, added = with_items(base, morning=(news, welcome)), with_items(base, morning=(welcome, new, news))
    for merged in (merge(base, turned, added), merge(base, added, turned)):
        assert item_ids(merged, "morning") == ["news", "welcome", "new"]


def test_coordinators_and_attendees_added_by_both_are_all_there() -> None:
    base = small()

    def side(handle: str) -> Notebook:
        changed = with_item(base, "welcome", coordinators=("ann", handle))
        meeting = replace(changed.meetings[0], attendees=(Attendee(person=handle),))
        return replace(changed, meetings=(meeting,))

    merged = merge(base, side("bob"), side("eve"))
    assert sorted(item(merged, "welcome").coordinators) == ["ann", "bob", "eve"]
    assert sorted(attendee.person for attendee in merged.meetings[0].attendees) == ["bob", "eve"]


def test_entries_that_look_alike_are_not_taken_for_one() -> None:
    base = with_item(small(), "welcome", guests=("a guest", "a guest"))
    mine = with_item(base, "welcome", guests=("a guest", "a guest", "another"))
    merged = merge(base, mine, with_item(base, "welcome", title="Hello"))
    assert item(merged, "welcome").guests == ("a guest", "a guest", "another")


def test_the_floor_taken_at_two_desks_stays_measured_at_both() -> None:
    base = small()

    def from_minute(minute: int) -> Notebook:
        return with_item(base, "news", spans=(Span(start=datetime(2020, 5, 12, 16, minute, tzinfo=UTC)),))

    merged = merge(base, from_minute(1), from_minute(2))
    assert sorted(span.start.minute for span in item(merged, "news").spans) == [1, 2]


def test_requests_are_merged_by_field_too() -> None:
    base = Notebook(requests=(Request(id="r", title="APDB", notes="one"),))
    mine = Notebook(requests=(Request(id="r", title="APDB", notes="one\nmine"),))
    theirs = Notebook(requests=(Request(id="r", title="APDB", notes="one\ntheirs", state=RequestState.SCHEDULED),))
    assert merge(base, mine, theirs).requests == (
        Request(id="r", title="APDB", notes="one\ntheirs\nmine", state=RequestState.SCHEDULED),
    )
