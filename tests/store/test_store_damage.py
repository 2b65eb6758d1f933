from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from store_values import names, small

from dmlt_tui.store.disk import LARGEST
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.store.records import Records


def tree() -> Any:
    records = Records()
    records.put(small())
    return json.loads(b"".join(records.to_json()))


def good() -> bytes:
    return json.dumps(tree(), indent=1).encode()


def changed(change: Callable[[Any], object]) -> bytes:
    made = tree()
    change(made)
    return json.dumps(made).encode()


def session(made: Any) -> Any:
    return made["meetings"]["may"]["days"][0]["sessions"][1]


DAMAGED = {
    "empty": (b"", "the file is empty"),
    "only blanks": (b" \n\n", "the file is empty"),
    "byte order mark": (b"\xef\xbb\xbf" + good(), "line 1: starts with a byte order mark"),
    "utf-16": (good().decode().encode("utf-16"), "line 1: not UTF-8"),
    "latin-1": (good().replace(b"Bob", b"B\xf6b"), "not UTF-8"),
    "zeros": (bytes(4096), "line 1, column 1: not JSON"),
    "cut off": (good()[:-20], "the file ends too early"),
    "no JSON": (b"Dear all,\n", "line 1, column 1: not JSON"),
    "missing comma": (good().replace(b"},", b"}", 1), "not JSON"),
    "merge conflict": (
        good().replace(b' "people"', b'<<<<<<< HEAD\n "people"'),
        "line 8: an unresolved merge conflict (<<<<<<< HEAD)",
    ),
    "a key twice": (
        good().replace(b'"title": "News"', b'"title": "News", "title": "Olds"'),
        'meetings[may].days[0].sessions[0].items[1]: the key "title" stands twice',
    ),
    "a table twice": (b'{"people": {}, ' + good()[1:], 'the key "people" stands twice'),
    "nested deeply": (b"[" * 100_000, "nested too deeply"),
    "a list": (b"[]", "not a notebook: expected tables in { }, found a list"),
    "a number": (b"3", "not a notebook"),
    "another file": (b'{"name": "x"}', 'not a notebook: the table "notebook" is missing'),
    "unknown table": (changed(lambda made: made.update(rooms={})), "rooms: this table is unknown"),
    "a table that is a list": (changed(lambda made: made.update(people=[])), "people: expected records in { }"),
    "no record of the version": (changed(lambda made: made["notebook"].clear()), 'expected one record "notebook"'),
    "newer version": (
        changed(lambda made: made["notebook"]["notebook"].update(schema=2)),
        "written by a newer dmlt-tui (version 2 of the file, this one knows 1): update dmlt-tui",
    ),
    "version 0": (
        changed(lambda made: made["notebook"]["notebook"].update(schema=0)),
        "notebook.schema: expected a version from 1 on, found 0",
    ),
    "version in words": (
        changed(lambda made: made["notebook"]["notebook"].update(schema="1")),
        'notebook[notebook].schema: expected a whole number, found "1"',
    ),
    "a number for a time": (
        changed(lambda made: session(made).update(start=5)),
        "meetings[may].days[0].sessions[1].start: expected a time like 09:00, found 5",
    ),
    "a time of no day": (
        changed(lambda made: session(made).update(start="24:00")),
        'sessions[1].start: expected a time like 09:00, found "24:00"',
    ),
    "a time with a zone": (
        changed(lambda made: session(made).update(start="09:00:00Z")),
        'sessions[1].start: expected a time like 09:00, found "09:00:00Z"',
    ),
    "a day of no month": (
        changed(lambda made: made["meetings"]["may"]["days"][0].update(date="2020-02-30")),
        'days[0].date: expected a day like 2020-05-12, found "2020-02-30"',
    ),
    "a moment without a zone": (
        changed(lambda made: session(made)["items"][0]["spans"][0].update(start="2020-05-12T09:00")),
        "items[0].spans[0].start: expected a moment in UTC like 2020-05-12T16:00:00Z",
    ),
    "NaN": (
        changed(lambda made: session(made)["items"][0].update(minutes=float("nan"))),
        "items[0].minutes: expected a whole number, found NaN",
    ),
    "Infinity": (
        changed(lambda made: session(made)["items"][0].update(minutes=float("inf"))),
        "items[0].minutes: expected a whole number, found Infinity",
    ),
    "a truth for a number": (
        changed(lambda made: session(made)["items"][0].update(minutes=True)),
        "items[0].minutes: expected a whole number, found true",
    ),
    "more minutes than a week has": (
        changed(lambda made: session(made)["items"][0].update(minutes=10**12)),
        "items[0].minutes: expected 10080 minutes (a week) at most, found 1000000000000",
    ),
    "a year the calendar ends in": (
        changed(lambda made: made["meetings"]["may"]["days"][0].update(date="9999-12-31")),
        'days[0].date: expected a year from 1900 to 2999, found "9999-12-31"',
    ),
    "a moment long ago": (
        changed(lambda made: session(made)["items"][0]["spans"][0].update(start="0001-01-02T09:00:00Z")),
        'spans[0].start: expected a year from 1900 to 2999, found "0001-01-02T09:00:00Z"',
    ),
    "endless digits": (
        good().replace(b'"id": "budget"', b'"id": "budget", "minutes": ' + b"9" * 5000),
        "too many digits",
    ),
    "unknown kind": (
        changed(lambda made: session(made)["items"][0].update(kind="lunch")),
        'items[0].kind: expected one of topic, break, close, found "lunch"',
    ),
    "null": (
        changed(lambda made: made["people"]["bob"].update(name=None)),
        "people[bob].name: expected text in quotes, found null",
    ),
    "a number among notes": (
        changed(lambda made: session(made)["items"][0].update(notes=["a", 1])),
        "items[0].notes[1]: expected text in quotes, found 1",
    ),
    "unknown field": (
        changed(lambda made: made["people"]["bob"].update(colour="red")),
        "people[bob].colour: this field is unknown",
    ),
    "missing field": (changed(lambda made: session(made).pop("start")), "sessions[1].start: this field is missing"),
    "another id than its key": (
        changed(lambda made: made["people"]["bob"].update(id="rob")),
        'people[bob].id: expected "bob", the key it stands under, found "rob"',
    ),
    "a record that is text": (
        changed(lambda made: made["people"].update(bob="Bob")),
        'people[bob]: expected a record in { }, found "Bob"',
    ),
    "an escape sequence": (
        changed(lambda made: made["people"]["bob"].update({"\x1b]52;c;aGk=\x07": 1})),
        r"people[bob].\x1b]52;c;aGk=\x07: this field is unknown",
    ),
}


@pytest.mark.parametrize(("data", "words"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_refused_in_one_line_and_not_touched(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "notebook.json"
    path.write_bytes(data)
    before = path.stat()
    with pytest.raises(StoreError) as caught:
        OpenNotebook.open(path, create=True)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert words in message
    assert message.isprintable()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (data, before.st_mtime_ns)
    assert names(tmp_path) == ["notebook.json"]


def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    (tmp_path / "circle").symlink_to("circle")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
    kinds = {"folder": "folder", "pipe": "named pipe", "device": "device", "socket": "socket", "circle": "circle"}
    for name, words in kinds.items():
        with pytest.raises(StoreError, match=words):
            OpenNotebook.open(tmp_path / name, create=True)


def test_a_file_too_large_for_a_notebook_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(StoreError, match="larger than 64 MB"):
        OpenNotebook.open(path)


def test_large_files_of_something_else_are_refused_without_a_long_look(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    for content in (b'{"a":[' + b"[]," * 2_000_000 + b"1]}", bytes(20_000_000)):
        path.write_bytes(content)
        with pytest.raises(StoreError, match="not a notebook"):
            OpenNotebook.open(path)


def test_many_keys_of_which_the_last_stands_twice_are_no_long_work(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    keys = ", ".join(f'"{number}": 1' for number in [*range(200_000), 199_999])
    path.write_text(f'{{"notebook": {{{keys}}}}}')
    with pytest.raises(StoreError, match='the key "199999" stands twice'):
        OpenNotebook.open(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path / "no folder" / "none.json", tmp_path / ("n" * 300)):
        with pytest.raises(StoreError, match="n"):
            OpenNotebook.open(path)
    with pytest.raises(StoreError, match="no such file"):
        OpenNotebook.open(tmp_path / "none.json", create=True, read_only=True)
    assert not names(tmp_path)


def test_a_name_with_an_escape_sequence_is_shown_and_not_acted_on(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        OpenNotebook.open(tmp_path / "evil\x1b[2J\n.json")
    assert str(caught.value) == f"{tmp_path}/evil\\x1b[2J\\n.json: no such file"
