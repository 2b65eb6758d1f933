"""Files of every version of the schema there ever was: never edited, never removed, always read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from store_values import add_person

from dmlt_tui.meeting.actions import meeting_actions
from dmlt_tui.store import codec
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook

FILES = sorted((Path(__file__).parent / "versions").glob("*.json"), key=lambda path: int(path.stem))


def test_there_is_a_file_of_every_version() -> None:
    assert [int(path.stem) for path in FILES] == list(range(1, codec.SCHEMA + 1))
    for path in FILES:
        assert json.loads(path.read_text(encoding="utf-8"))["notebook"]["notebook"]["schema"] == int(path.stem)


@pytest.mark.parametrize("old", FILES, ids=lambda path: f"version {path.stem}")
def test_a_file_of_an_older_version_is_read_whole_and_kept_as_it_was(tmp_path: Path, old: Path) -> None:
    path = Path(shutil.copy(old, tmp_path / "notebook.json"))
    with OpenNotebook.open(path) as notebook:
        (meeting,) = notebook.value.meetings
        assert meeting.title == "DM Leadership Team Virtual Face-to-Face Meeting, 2020-05-12/14"
        assert [len(list(day.items)) for day in meeting.days] == [9, 8, 3]
        assert len(list(meeting_actions(notebook.value, meeting))) == 9
        assert path.read_bytes() == old.read_bytes()  # opening alone writes nothing
        notebook.change(add_person("eve"))
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["notebook"]["notebook"]["schema"] == codec.SCHEMA
    assert "eve" in written["people"]
    kept = notebook._file.generations.all()
    assert kept[0].path.read_bytes() == old.read_bytes()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_newer_file_is_refused_in_words_and_not_touched(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "notebook.json"
    newer = FILES[-1].read_bytes().replace(f'"schema": {codec.SCHEMA}'.encode(), b'"schema": 7000')
    path.write_bytes(newer)
    with pytest.raises(StoreError, match=r"written by a newer dmlt-tui \(version 7000 .* update dmlt-tui"):
        OpenNotebook.open(path, read_only=read_only)
    assert path.read_bytes() == newer
