from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from store_values import item, notebooks, small, with_item
from tinydb import TinyDB
from tinydb.storages import JSONStorage
from tinydb.table import Table

from dmlt_tui.meeting.model import Item, Logistics, Meeting, Notebook, Person, Span
from dmlt_tui.notes.text import clean
from dmlt_tui.store.codec import Memo, MisfitError, to_plain, upgraded
from dmlt_tui.store.errors import DamageError
from dmlt_tui.store.ids import ALPHABET, new_id
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.records import Records


def spelled(notebook: Notebook) -> bytes:
    records = Records()
    records.put(notebook)
    return b"".join(records.to_json())


def read(data: bytes) -> Notebook:
    return Records().load(parse(data))


@settings(max_examples=150, deadline=None)
@given(notebooks)
def test_what_is_written_reads_back_equal(notebook: Notebook) -> None:
    assert read(spelled(notebook)) == notebook


@settings(max_examples=60, deadline=None)
@given(notebooks)
def test_the_file_is_json_indented_by_one_blank_with_its_letters_as_they_are(notebook: Notebook) -> None:
    data = spelled(notebook)
    assert data.decode() == json.dumps(json.loads(data), indent=1, ensure_ascii=False) + "\n"


@settings(max_examples=60, deadline=None)
@given(notebooks, notebooks)
def test_a_file_spelled_step_by_step_is_the_one_spelled_at_once(first: Notebook, second: Notebook) -> None:
    records = Records()
    for notebook in (first, second, first, replace(second, people=first.people)):
        records.put(notebook)
        assert b"".join(records.to_json()) == spelled(notebook)


@given(st.text(max_size=20))
def test_text_that_could_fool_a_terminal_is_made_visible_when_it_is_read(text: str) -> None:
    tree = json.loads(spelled(small()))
    tree["people"]["ann"]["name"] = text
    name = read(json.dumps(tree).encode()).people[0].name
    assert not any((sign < " " and sign not in "\t\n") or sign in "\x7f\x9b\u202e" for sign in name)


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_notes_read_from_a_file_hold_nothing_that_typed_ones_could_not(lines: list[str]) -> None:
    tree = json.loads(spelled(with_item(small(), "welcome", notes="@@@")))
    words = json.dumps(tree).replace('["@@@"]', json.dumps(lines)).replace('"@@@"', json.dumps(lines))
    notes = item(read(words.encode()), "welcome").notes
    assert notes == clean(notes)
    if all(clean(line) == line for line in lines):
        assert notes == "\n".join(lines)


@pytest.mark.parametrize("sign", ["\x1b", "\x7f", "\x9b", "\u2028", "\u202e", "\u2066", "\ufeff", "\ufffe"])
def test_no_sign_that_is_not_seen_gets_into_notes_by_a_file(sign: str) -> None:
    tree = json.dumps(json.loads(spelled(with_item(small(), "welcome", notes="a@@@b\nc"))))
    assert sign not in item(read(tree.replace("@@@", json.dumps(sign)[1:-1]).encode()), "welcome").notes


def test_half_a_surrogate_pair_does_not_keep_the_rest_from_being_saved() -> None:
    notebook = read(spelled(Notebook(people=(Person(id="ann", name="A\ud800"), Person(id="bob", name="Bob")))))
    assert notebook.people == (Person(id="ann", name="A⟨U+D800⟩"), Person(id="bob", name="Bob"))
    typed = with_item(small(), "welcome", notes="one\ntw\udc00o", minutes=5)
    assert item(read(spelled(typed)), "welcome").notes == "one\ntw⟨U+DC00⟩o"
    assert item(read(spelled(typed)), "welcome").minutes == 5


def test_two_keys_that_look_alike_are_refused_before_one_hides_the_other() -> None:
    content = spelled(Notebook(people=(Person(id="bo\nb", name="Bob"), Person(id="bo\rb", name="Another"))))
    with pytest.raises(DamageError, match="two keys differ only in signs that can't be seen"):
        read(content)


def test_fields_at_their_default_are_left_out_whatever_object_they_are() -> None:
    meeting = Meeting(id="may", title="M", zone="XUTC"[1:], logistics=Logistics(place=""))
    assert to_plain(meeting) == {"id": "may", "title": "M"}


def test_clock_times_are_written_without_seconds_they_do_not_have() -> None:
    assert to_plain(Item(id="i", title="t", start=time(9)))["start"] == "09:00"
    assert to_plain(Item(id="i", title="t", start=time(9, 0, 5)))["start"] == "09:00:05"


def test_moments_are_written_in_utc() -> None:
    west = datetime(2020, 5, 12, 9, tzinfo=timezone(timedelta(hours=-7)))
    assert to_plain(Span(start=west)) == {"start": "2020-05-12T16:00:00Z"}
    tree = json.loads(spelled(with_item(small(), "news", spans=(Span(start=west),))))
    tree["meetings"]["may"]["days"][0]["sessions"][0]["items"][1]["spans"] = [{"start": "2020-05-12T09:00:00-07:00"}]
    start = item(read(json.dumps(tree).encode()), "news").spans[0].start
    assert (start, start.tzinfo) == (west, UTC)


def test_notes_of_several_lines_stand_in_several_lines_and_may_stand_in_one() -> None:
    tree = json.loads(spelled(small("one\ntwo")))
    items = tree["meetings"]["may"]["days"][0]["sessions"][0]["items"]
    assert items[0]["notes"] == ["one", "two"]
    items[0]["notes"] = "one\ntwo"
    assert read(json.dumps(tree).encode()) == small("one\ntwo")


def test_a_changed_line_of_notes_changes_one_line_of_the_file() -> None:
    before, after = (spelled(small(notes)).splitlines() for notes in ("a\nb\nc", "a\nX\nc"))
    assert [line.strip() for line in after if line not in before] == [b'"X",']
    assert len(before) == len(after)


def test_what_did_not_change_in_a_meeting_is_not_made_plain_again() -> None:
    value, memo = small(), Memo()
    meeting = value.meetings[0]
    before = to_plain(meeting, memo)
    memo.forget_unused()
    after = to_plain(replace(meeting, title="Another"), memo)
    assert after == to_plain(replace(meeting, title="Another"))
    assert after["days"] is before["days"]


def test_records_keep_their_order() -> None:
    people = tuple(Person(id=handle, name=handle) for handle in ("zoe", "10", "9", "ann"))
    assert read(spelled(Notebook(people=people))).people == people


def test_tinydb_reads_the_tables_from_the_file(tmp_path: Path) -> None:
    class OwnIds(Table):
        document_id_class = str  # type: ignore[assignment]  # tinydb's documented way

    path = tmp_path / "notebook.json"
    path.write_bytes(spelled(small()))
    with TinyDB(path, storage=JSONStorage, access_mode="r") as database:
        table = OwnIds(database.storage, "people")
        assert [document["name"] for document in table.all()] == ["Ann", "Bob"]


def test_records_that_did_not_change_stay_the_same_objects_when_the_file_is_read_again() -> None:
    records = Records()
    first = records.load(parse(spelled(small())))
    second = records.load(parse(spelled(replace(first, people=first.people[:1]))))
    assert second.meetings[0] is first.meetings[0]
    assert second.people == first.people[:1]


def test_older_files_are_brought_on_step_by_step() -> None:
    steps = {1: lambda tables: {**tables, "two": {}}, 2: lambda tables: {**tables, "three": {}}}
    assert list(upgraded({}, 1, steps)) == ["two", "three"]
    assert list(upgraded({}, 2, steps)) == ["three"]
    assert upgraded({}, 3, steps) == {}
    for unknown in (0, 4):
        with pytest.raises(MisfitError, match="version"):
            upgraded({}, unknown, steps)


def test_new_ids_are_short_and_none_comes_twice() -> None:
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(one) == 8 and set(one) <= set(ALPHABET) for one in made)
