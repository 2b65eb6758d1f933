from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from store_values import add_person, item, notebooks, on_disk, small, with_item

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.codec import NewerError
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.mending import STRAYS
from dmlt_tui.store.records import Records
from dmlt_tui.store.repair import repair
from dmlt_tui.store.salvage import Salvaged, salvage

SAMPLE = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"


def spelled(notebook: Notebook) -> bytes:
    records = Records()
    records.put(notebook)
    return b"".join(records.to_json())


def salvaged(content: bytes) -> Salvaged:
    found = salvage(content)
    assert found is not None
    return found


def texts(notebook: Notebook) -> Iterator[str]:
    for meeting in notebook.meetings:
        for one in meeting.items:
            yield one.title
            yield from one.notes.split("\n")
            yield from one.preparation.split("\n")


def flipped(content: bytes, at: int, bit: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1 :]


# --- torn files ------------------------------------------------------------------------------------------------------


def test_what_is_whole_comes_back_whole() -> None:
    assert salvaged(spelled(small())) == Salvaged(small())


def test_of_a_file_cut_off_all_before_the_cut_is_there() -> None:
    content = spelled(small("one\ntwo\nthree"))
    found = salvaged(content[: content.index(b'"three"')])
    assert item(found.value, "welcome").notes == "one\ntwo"
    assert found.value.people == small().people
    assert len(found.lost) == 1
    assert "the file ends here, before it is complete" in found.lost[0]


def test_a_word_cut_in_the_middle_keeps_its_first_half() -> None:
    content = spelled(small("one\ntwo\nthree"))
    found = salvaged(content[: content.index(b'ee"')])
    assert item(found.value, "welcome").notes == "one\ntwo\nthr"


@pytest.mark.parametrize("indent", [1, 4, None], ids=["as written", "by four", "in one line"])
def test_wherever_the_sample_is_cut_off_nothing_before_is_lost(indent: int | None) -> None:
    content = json.dumps(json.loads(SAMPLE.read_bytes()), indent=indent, ensure_ascii=False).encode()
    every = salvaged(content).value
    random = Random(7)
    for at in [random.randrange(1000, len(content)) for _ in range(12)]:
        before = content[:at].decode(errors="ignore")
        there = {text for text in texts(every) if json.dumps(text, ensure_ascii=False) in before}
        assert there - set(texts(salvaged(content[:at]).value)) == set()


def test_one_flipped_bit_anywhere_costs_a_few_lines_at_most() -> None:
    content = SAMPLE.read_bytes()
    every = list(texts(salvaged(content).value))
    random = Random(11)
    for _ in range(40):
        found = salvaged(flipped(content, random.randrange(len(content)), random.randrange(8)))
        assert len(set(every) - set(texts(found.value))) <= 3


def test_a_hole_of_zeros_costs_little_more_than_what_stood_in_it() -> None:
    content = SAMPLE.read_bytes()
    every = set(texts(salvaged(content).value))
    for at in range(0, len(content) - 512, 2777):
        hole = content[at : at + 512].decode(errors="ignore")
        rest = every - set(texts(salvaged(content[:at] + bytes(512) + content[at + 512 :]).value))
        assert len([text for text in rest if text not in hole]) <= 6


@pytest.mark.parametrize("sign", list('{}[]:,"'))
def test_a_missing_sign_of_json_is_made_up_for(sign: str) -> None:
    content = spelled(small("one\ntwo")).decode()
    places = [at for at, found in enumerate(content) if found == sign]
    for at in Random(3).sample(places, min(len(places), 12)):
        found = salvaged((content[:at] + content[at + 1 :]).encode())
        kept = [text for text in texts(found.value) if text]
        assert len({"one", "two", "Welcome", "News", "Budget"} - set(kept)) <= 1, content[at - 40 : at + 40]


def test_text_without_a_place_gets_one() -> None:
    content = spelled(small("one\ntwo")).replace(b'"may": {', b"XXXX")
    found = salvaged(content)
    assert {"one", "two"} <= set(texts(found.value))
    assert any(STRAYS in line for line in found.lost)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300) | st.text('{}[]",: \n0aZ\\\x85\xa0', max_size=120).map(str.encode))
def test_whatever_the_bytes_are_nothing_breaks(content: bytes) -> None:
    salvage(content)
    salvage(b'{"people": ' + content)


@settings(max_examples=60, deadline=None)
@given(notebooks, st.data())
def test_what_was_salvaged_can_be_written_and_read(notebook: Notebook, data: st.DataObject) -> None:
    content = spelled(notebook)
    at = data.draw(st.integers(0, len(content) - 1))
    try:
        found = salvage(flipped(content, at, data.draw(st.integers(0, 7))))
    except NewerError:
        return  # it was a digit of the version that was flipped
    if found is not None:
        assert salvaged(spelled(found.value)) == Salvaged(found.value)


@pytest.mark.parametrize("content", [b"", b"[]", b"3", b'{"name": "x"}', b"Dear all,\n", bytes(4096), b"[" * 100_000])
def test_where_nothing_of_a_notebook_is_nothing_is_found(content: bytes) -> None:
    assert salvage(content) is None


def test_nesting_without_end_is_not_followed() -> None:
    found = salvaged(b'{"people": {"ann": {"id": "ann", "name": "Ann"}}, "meetings": ' + b'{"a": ' * 10_000)
    assert [person.name for person in found.value.people] == ["Ann"]


# --- wrong values ----------------------------------------------------------------------------------------------------


def tree() -> dict[str, dict[str, dict[str, object]]]:
    made: dict[str, dict[str, dict[str, object]]] = json.loads(spelled(small("one\ntwo")))
    return made


def test_a_wrong_field_is_left_out_and_said() -> None:
    made = tree()
    made["people"]["ann"].update(active="yes", colour="red")
    found = salvaged(json.dumps(made).encode())
    assert found.value == small("one\ntwo")
    assert found.lost == (
        "people[ann].active: expected true or false: yes",
        "people[ann].colour: no field of this record: red",
    )


def test_a_field_with_nothing_in_it_is_no_loss() -> None:
    made = tree()
    made["people"]["ann"].update(account=None, colour="red")
    found = salvaged(json.dumps(made).encode())
    assert found.value == small("one\ntwo")
    assert found.lost == ("people[ann].colour: no field of this record: red",)


def test_a_file_cut_off_within_a_spelled_out_sign_keeps_the_words_before_it() -> None:
    content = json.dumps(tree()).replace("two", 'two \\"said')
    assert item(salvaged(content[: content.index('\\"said') + 1].encode()).value, "welcome").notes == "one\ntwo "


def test_a_missing_name_or_day_does_not_cost_what_hangs_on_it() -> None:
    made = tree()
    del made["people"]["bob"]["name"]
    meeting = json.dumps(made["meetings"]["may"]).replace('"date": "2020-05-12"', '"date": "soon"')
    made["meetings"]["may"] = json.loads(meeting.replace('"title": "Leadership"', '"title": 7'))
    found = salvaged(json.dumps(made).encode())
    assert item(found.value, "welcome").notes == "one\ntwo"
    assert found.value.people[1].name == "?"
    assert [line for line in found.lost if line.startswith("meetings[may].days[0].date: ")]
    assert "meetings[may].title: missing; ? stands there now" in found.lost


def test_a_record_under_another_key_takes_the_key() -> None:
    made = tree()
    made["people"]["ann"]["id"] = "eve"
    found = salvaged(json.dumps(made).encode())
    assert found.value == small("one\ntwo")
    assert found.lost == ("people[ann].id: eve; taken for 'ann'",)


def test_nan_and_endless_numbers_are_left_out() -> None:
    content = spelled(with_item(small(), "news", minutes=15))
    for wrong in (b"NaN", b"-Infinity", b"9" * 5000, b"1.5"):
        found = salvaged(content.replace(b'"minutes": 15', b'"minutes": ' + wrong))
        assert item(found.value, "news").minutes is None
        assert found.lost


def test_a_table_that_stands_twice_has_the_records_of_both() -> None:
    content = spelled(small()).replace(b'"people": {', b'"people": {"eve": {"id": "eve", "name": "Eve"}}, "people": {')
    assert {person.id for person in salvaged(content).value.people} == {"ann", "bob", "eve"}


def test_a_newer_file_is_not_salvaged() -> None:
    with pytest.raises(NewerError):
        salvage(spelled(small()).replace(b'"schema": 1', b'"schema": 2'))


# --- other encodings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be"])
def test_another_encoding_is_put_right_without_a_loss(encoding: str) -> None:
    text = spelled(small("für Élan 漢 😀")).decode()
    content = text.encode(encoding) if encoding != "utf-16-be" else b"\xfe\xff" + text.encode(encoding)
    found = salvaged(content)
    assert found.value == small("für Élan 漢 😀")
    assert (found.lost, len(found.mended)) == ((), 1)


def test_single_bytes_that_are_no_utf8_are_guessed_and_said() -> None:
    found = salvaged(spelled(small("für")).replace("ü".encode(), b"\xfc"))
    assert item(found.value, "welcome").notes == "für"
    assert len(found.lost) == 1
    assert "a guess" in found.lost[0]


# --- git's conflicts -------------------------------------------------------------------------------------------------


def conflict(ours: str, theirs: str, base: str | None = None) -> str:
    middle = "" if base is None else f"||||||| 1234567\n{base}"
    return f"<<<<<<< HEAD\n{ours}{middle}=======\n{theirs}>>>>>>> branch\n"


@pytest.mark.parametrize("base", [None, '            "old"\n'], ids=["two sides", "with their base"])
def test_both_sides_of_a_conflict_are_merged(base: str | None) -> None:
    lines = spelled(small("first\nold\nlast")).decode().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if '"old"' in line)
    lines[at] = conflict('            "ours",\n', '            "theirs",\n', base)
    found = salvaged("".join(lines).encode())
    assert sorted(item(found.value, "welcome").notes.split("\n")) == ["first", "last", "ours", "theirs"]
    assert (found.lost, found.mended) == ((), ("an unresolved merge conflict: both sides were merged",))


def test_a_conflict_of_records_keeps_both() -> None:
    lines = spelled(small()).decode().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if '"bob": {' in line)
    record = '  "{0}": {{\n   "id": "{0}",\n   "name": "{1}"\n  }}\n'
    lines[at : at + 4] = [conflict(record.format("eve", "Eve"), record.format("max", "Max"))]
    found = salvaged("".join(lines).encode())
    assert {person.id for person in found.value.people} == {"ann", "eve", "max"}
    assert found.value.meetings == small().meetings


def test_a_conflict_without_its_end_loses_nothing() -> None:
    lines = spelled(small("one\ntwo")).decode().splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if '"one"' in line)
    lines.insert(at, "<<<<<<< HEAD\n")
    assert {"one", "two"} <= set(texts(salvaged("".join(lines).encode()).value))


def test_of_a_conflict_with_something_else_the_notebook_is_what_is_found() -> None:
    whole = f"{spelled(small()).decode().rstrip()}\n"
    for sides in ((whole, "Dear all,\n"), ("Dear all,\n", whole)):
        assert salvaged(conflict(*sides).encode()).value == small()


# --- the new file ----------------------------------------------------------------------------------------------------


def test_repair_writes_a_new_file_and_leaves_the_old_one_alone(tmp_path: Path) -> None:
    path = tmp_path / "minutes.json"
    content = spelled(small())[:-20]
    path.write_bytes(content)
    made = []
    for _ in range(2):
        repaired = repair(path, None)
        assert repaired is not None
        made.append(repaired[0].name)
        assert on_disk(repaired[0]) == repaired[1].value
    assert made == ["minutes.repaired.json", "minutes.repaired-2.json"]
    assert path.read_bytes() == content
    with pytest.raises(StoreError, match="already"):
        repair(path, tmp_path / made[0])


def test_there_is_nothing_to_repair_in_a_whole_file_nor_in_one_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "minutes.json"
    path.write_bytes(spelled(replace(small(), people=add_person("eve").apply(small()).people)))
    assert repair(path, None) is None
    path.write_text("Dear all,")
    with pytest.raises(StoreError, match=r"not JSON.*nothing of a notebook"):
        repair(path, None)
    path.write_bytes(spelled(small()).replace(b'"schema": 1', b'"schema": 2'))
    with pytest.raises(StoreError, match="newer dmlt-tui"):
        repair(path, None)
    with pytest.raises(StoreError, match="no such file"):
        repair(tmp_path / "none.json", None)
    assert [entry.name for entry in tmp_path.iterdir()] == ["minutes.json"]
