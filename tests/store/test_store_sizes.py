"""No file is read or written that is too large to be a notebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_values import add_line, on_disk, small

from dmlt_tui.store import disk
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook, SaveKind


def test_a_file_larger_than_any_notebook_is_refused_and_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notebook.json"
    OpenNotebook.create(path, small("word " * 1000)).close()
    before = path.read_bytes()
    monkeypatch.setattr(disk, "LARGEST", 2000)
    with pytest.raises(StoreError, match="not a notebook: it is larger than"):
        OpenNotebook.open(path)
    assert path.read_bytes() == before


def test_a_notebook_that_grew_too_large_is_not_written_but_kept_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook:
        size = len(path.read_bytes())
        monkeypatch.setattr(disk, "LARGEST", size + 500)
        notebook.change(add_line("word " * 1000))
        with pytest.raises(StoreError, match=r"not saved: it would be larger than .* typing is kept in"):
            notebook.flush()
        assert notebook.state.kind is SaveKind.FAILED
        assert on_disk(path) == small()
        monkeypatch.undo()
        notebook.flush()
        assert on_disk(path) == notebook.value
