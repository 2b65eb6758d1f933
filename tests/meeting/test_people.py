"""The directory of people, and unknown names resolved once, everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting.actions import all_actions
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.findings import findings
from dmlt_tui.meeting.model import (
    Account,
    Attachment,
    Attendee,
    Day,
    Handover,
    Item,
    Logistics,
    Meeting,
    Notebook,
    Notice,
    Person,
    Record,
    Request,
    Round,
    Session,
    Slot,
    Turn,
)
from dmlt_tui.meeting.people import (
    HANDLES,
    TEXTS,
    add_alias,
    likely,
    merge_person,
    named,
    new_person,
    person_line,
    read_person,
    resolve,
    set_active,
    set_person,
    times_named,
    unknown,
)
from dmlt_tui.store.notebook import OpenNotebook

ANN = Person(id="ann", name="Ann Ames", initials="AA", aliases=("Annie",), account=Account(username="aames"))
BOB = Person(id="bob", name="Bob Byrd")
ITEM = Item(
    id="i",
    title="Talk by @zz",
    coordinators=("zz", "ann"),
    guests=("@zz", "Bob Blum"),
    slots=(Slot(id="sl", title="Slot", guest="@zz"),),
    round=Round(turns=(Turn(name="SQuaRE", person="zz"),)),
    preparation="asked by @zz",
    notes="- [ ] @zz @ann write to @bob due:2026-06-01\n- `@zz` in code\n- @zzz is another",
)
MEETING = Meeting(
    id="m",
    title="Spring",
    days=(
        Day(
            id="d",
            date=date(2026, 5, 12),
            sessions=(Session(id="s", start=time(9), moderator="zz", scribe="zz", items=(ITEM,)),),
        ),
    ),
    logistics=Logistics(notice=Notice(title="News", text="ask @zz"), access="from @zz"),
    attendees=(Attendee(person="ann"), Attendee(person="zz", mention=False)),
    attachments=(Attachment(id="a", name="x.pdf", by="zz"),),
    handovers=(
        Handover(id="h", session="s", to="zz", giver="ann", at=datetime(2026, 5, 12, 9, tzinfo=UTC), note="thanks @zz"),
    ),
)
BOOK = Notebook(
    people=(ANN, BOB),
    meetings=(MEETING,),
    requests=(Request(id="r", title="APDB", meeting="m", requested_by="@zz, etc.", notes="- @zz knows"),),
)


def refusal(edit: Edit, notebook: Notebook = BOOK) -> str:
    with pytest.raises(EditError) as caught:
        edit.apply(notebook)
    return str(caught.value)


# -- who is named -------------------------------------------------------------------------------------------------


def test_an_unknown_handle_is_met_everywhere_it_stands() -> None:
    found = unknown(BOOK)
    assert list(found) == ["zz", "zzz"]
    assert len(found["zz"]) == 17
    assert [(place.item_id, place.line) for place in found["zzz"]] == [("i", 2)]
    assert times_named(BOOK)["ann"] == 4


def test_all_who_are_named_in_the_sample_are_known(sample: Path) -> None:
    with OpenNotebook.open(sample, read_only=True) as notebook:
        assert unknown(notebook.value) == {}
        assert sum(times_named(notebook.value).values()) > 80


@pytest.mark.parametrize(
    ("handle", "who"), [("ANN", "ann"), ("annie", "ann"), ("aa", "ann"), ("anne", "ann"), ("bobb", "bob"), ("q", None)]
)
def test_who_an_unknown_handle_probably_is(handle: str, who: str | None) -> None:
    found = likely(BOOK, handle)
    assert (found.id if found else None) == who


# -- merging ------------------------------------------------------------------------------------------------------


def test_one_answer_puts_an_unknown_person_right_everywhere() -> None:
    after = merge_person("zz", "ann").apply(BOOK)
    assert "zz" not in times_named(after)
    assert list(unknown(after)) == ["zzz"]
    (meeting,), (item,) = after.meetings, after.meetings[0].items
    assert item.notes == ITEM.notes.replace("[ ] @zz ", "[ ] @ann ")
    assert (item.title, item.coordinators, item.guests) == ("Talk by @ann", ("ann",), ("@ann", "Bob Blum"))
    assert meeting.attendees == (Attendee(person="ann"),)
    assert [session.moderator for session in meeting.sessions] == ["ann"]
    assert after.requests[0].requested_by == "@ann, etc."
    assert [action.task.owners for action in all_actions(after)] == [("ann",)]
    assert [str(one) for one in findings(after) if "zz" in str(one)] == []
    found = after.person("ann")
    assert found is not None
    assert found.aliases == ("Annie", "zz")


def test_what_does_not_name_them_stays_the_same_value() -> None:
    other = replace(MEETING, id="other", days=(), attendees=(), attachments=(), handovers=(), logistics=Logistics())
    after = merge_person("zz", "ann").apply(replace(BOOK, meetings=(MEETING, other)))
    assert after.meetings[1] is other


def test_a_person_who_is_there_twice_becomes_one() -> None:
    twice = replace(BOOK, people=(ANN, BOB, Person(id="zz", name="Annette Ames", initials="ZA")))
    after = merge_person("zz", "ann").apply(twice)
    assert after.people == (replace(ANN, aliases=("Annie", "zz", "Annette Ames", "ZA")), BOB)


@pytest.mark.parametrize(
    ("old", "into", "words"),
    [("zz", "nobody", "the handle @nobody"), ("ann", "ann", "already"), ("gone", "ann", "nobody is called @gone")],
)
def test_what_can_not_be_merged_is_refused(old: str, into: str, words: str) -> None:
    assert words in refusal(merge_person(old, into))


def test_resolving_takes_a_name_of_somebody_known() -> None:
    edit, words = resolve(BOOK, "zz", "Ames")
    assert words == "@zz becomes Ann Ames (@ann) in 17 places"
    assert "zz" not in times_named(edit.apply(BOOK))


def test_resolving_takes_somebody_new() -> None:
    edit, words = resolve(BOOK, "zz", "zz; Zoe Zimmer; ZZ")
    assert words == "new: zz; Zoe Zimmer; ZZ"
    after = edit.apply(BOOK)
    assert after.people[-1] == Person(id="zz", name="Zoe Zimmer", initials="ZZ")
    assert after.meetings == BOOK.meetings
    edit, _ = resolve(BOOK, "zz", "zoe; Zoe Zimmer")
    assert times_named(edit.apply(BOOK))["zoe"] == 17


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("quentin", "nobody is called 'quentin'"),
        ("", "nobody is called ''"),
        ("ann; Ann Other", "already somebody called @ann"),
        ("zz;", "the name is missing"),
    ],
)
def test_resolving_asks_where_it_is_not_clear(words: str, told: str) -> None:
    with pytest.raises(EditError, match=told):
        resolve(BOOK, "zz", words)


def test_resolving_asks_who_of_two_is_meant() -> None:
    two = replace(BOOK, people=(ANN, Person(id="cy", name="Cy Ames")))
    with pytest.raises(EditError, match=r"Ames: Ann Ames or Cy Ames\?"):
        resolve(two, "zz", "Ames")


# -- the line of a person -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("zoe; Zoe Zimmer", Person(id="zoe", name="Zoe Zimmer")),
        (" @zoe ;  Zoe   Zimmer ;; ZZ top, Zo ", Person(id="zoe", name="Zoe Zimmer", aliases=("ZZ top", "Zo"))),
        ("zoe; Zoe; Z; ; zz", Person(id="zoe", name="Zoe", initials="Z", account=Account(username="zz"))),
        ("zoe; Zoe;;; key:8a7f", Person(id="zoe", name="Zoe", account=Account(userkey="8a7f"))),
        (
            "zoe; Zoe;;; zz id:557058:63-21",
            Person(id="zoe", name="Zoe", account=Account(username="zz", account_id="557058:63-21")),
        ),
    ],
)
def test_a_person_is_one_line(line: str, person: Person) -> None:
    assert read_person(line) == person
    assert read_person(person_line(person)) == person


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "handle; Name"),
        ("zoe", "the name is missing"),
        ("zoe zimmer; Zoe", "'zoe zimmer' is not a handle"),
        ("zoe; Zoe;;; a b", "two wiki accounts of one kind: a and b"),
        ("a; b; c; d; e; f", "a ; too many"),
    ],
)
def test_a_line_that_is_no_person_says_what_is_missing(line: str, words: str) -> None:
    with pytest.raises(EditError, match=words):
        read_person(line)


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("Zoe van der Zimmer", Person(id="zzimmer", name="Zoe van der Zimmer")),
        (" Siân  O'Neill ", Person(id="soneill", name="Siân O'Neill")),
        ("Axel Nn", Person(id="ann2", name="Axel Nn")),  # ann is somebody else
        ("zoe; Zoe Zimmer; ZZ", Person(id="zoe", name="Zoe Zimmer", initials="ZZ")),
    ],
)
def test_a_full_name_alone_gets_a_handle_nobody_has(line: str, person: Person) -> None:
    assert new_person(BOOK, line) == person


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Zoe Zimmer; ZZ", "the handle goes first: zzimmer; Zoe Zimmer; ZZ"),
        ("Ann Ames", "Ann Ames is here already, as @ann; somebody else: aames; Ann Ames"),
        ("Zoe", "the other names are missing: First Last, or  zoe; First Last; FL"),
        ("ann; Ann Other", "there is already somebody called @ann: Ann Ames"),
        ("; Zoe", "handle; Name; initials"),
        ("", "handle; Name; initials"),
    ],
)
def test_where_it_is_not_clear_who_is_new_the_line_says_what_to_type(line: str, words: str) -> None:
    with pytest.raises(EditError) as refused:
        new_person(BOOK, line)
    assert str(refused.value).startswith(words)


def test_editing_the_line_keeps_what_it_can_not_show() -> None:
    odd = Person(id="bob", name="Bob; the second", aliases=("Byrd, Bob", "B"), active=False)
    assert read_person(person_line(odd), odd) == odd
    assert read_person(person_line(odd).replace("bob;", "bb;"), odd) == replace(odd, id="bb")


def test_signs_that_could_fool_a_terminal_do_not_get_in() -> None:
    assert "\x1b" not in read_person("zoe; Zoe \x1b[2J").name


# -- changes ------------------------------------------------------------------------------------------------------


def test_a_new_handle_takes_the_place_of_the_old_one() -> None:
    after = set_person("ann", replace(ANN, id="aames")).apply(BOOK)
    assert "ann" not in times_named(after)
    assert times_named(after)["aames"] == times_named(BOOK)["ann"]
    assert after.people[0].id == "aames"
    assert "already somebody called @bob" in refusal(set_person("ann", replace(ANN, id="bob")))
    assert "@gone" in refusal(set_person("gone", replace(ANN, id="gone")))


def test_a_person_is_gone_and_back() -> None:
    after = set_active("bob", active=False).apply(BOOK)
    assert after.people == (ANN, replace(BOB, active=False))
    assert set_active("bob", active=True).apply(after) == BOOK


def test_an_alias_is_added_once_and_is_nobody_elses() -> None:
    after = add_alias("bob", " Bobby  B ").apply(BOOK)
    assert after.people[1].aliases == ("Bobby B",)
    assert add_alias("bob", "bobby b").apply(after) == after
    assert "annie is already a name of Ann Ames (@ann)" in refusal(add_alias("bob", "annie"))
    assert "missing" in refusal(add_alias("bob", " "))


def test_everybody_named_is_counted_once_for_every_place() -> None:
    everybody = [place.handle for place in named(BOOK)]
    in_code, somebody_else = 1, 1
    assert everybody.count("zz") == repr(BOOK).count("'zz'") + repr(BOOK).count("@zz") - in_code - somebody_else


def test_every_field_of_the_model_is_known_to_name_people_or_not() -> None:
    """A new field for words or handles is added to one of the three sets: else merging would pass it by."""
    fields, kinds = set(), [Meeting, Request]
    for kind in kinds:
        for name, hint in get_type_hints(kind).items():
            for part in (hint, *get_args(hint)):
                if isinstance(part, type) and issubclass(part, Record) and part not in kinds:
                    kinds.append(part)
                elif part is str or get_args(part)[:1] == (str,):
                    fields.add(name)
    name_nobody = {"address", "call_id", "current", "dial_in", "dismissed", "estimate", "id", "item", "meeting", "name"}
    name_nobody |= {"reviews", "session", "source", "zone", "zone_label"}
    assert fields == HANDLES | TEXTS | name_nobody
