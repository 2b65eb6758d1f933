"""The disk says no: at every step of a save, for every reason there is."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from seam import Call, Seam, seam
from store_values import add_line, add_person, item, names, on_disk, small, with_item

from dmlt_tui.meeting.edits import Edit
from dmlt_tui.store import rescue
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook, SaveKind, SaveState

__all__ = ["seam"]

REASONS = ("ENOSPC", "EDQUOT", "EIO", "EROFS", "EACCES", "ESTALE")


class Refusal:
    """Refuses the calls from `first` on, for so many of them, counted from 0; says how many there were."""

    def __init__(self, first: int, many: int, reason: str) -> None:
        self.seen: list[Call] = []
        self._calls = range(first, first + many)
        self._errno = getattr(errno, reason)

    def __call__(self, call: Call) -> None:
        self.seen.append(call)
        if len(self.seen) - 1 in self._calls:
            raise OSError(self._errno, os.strerror(self._errno), call.path)


def asked_in_a_save(folder: Path, seam: Seam) -> int:
    """How many calls one save makes."""
    refusal = Refusal(0, 0, "EIO")
    with OpenNotebook.create(folder / "counted.json", small()) as notebook:
        notebook._saver.stop()
        notebook.change(add_person("eve"))
        seam.before = refusal
        notebook.flush()
        seam.before = lambda _: None
    return len(refusal.seen)


def copies() -> Iterator[Path]:
    for folder in rescue.folders():
        if folder.is_dir():
            yield from (path for path in sorted(folder.iterdir()) if ".base." not in path.name)


def trial(path: Path, seam: Seam, refusal: Refusal, *, killed: bool) -> None:
    """Type while the disk refuses; then it relents, or the process is killed and another one opens the file."""
    before = small("one")
    notebook = OpenNotebook.create(path, before)
    notebook._saver.stop()  # a save only where the trial wants one
    notebook.change(add_line("typed"))
    seam.before = refusal
    refusal_words = ""
    try:
        notebook.flush()
    except StoreError as error:
        refusal_words = str(error)
    failed = bool(refusal_words)
    assert notebook.state == SaveState(SaveKind.FAILED if failed else SaveKind.SAVED, refusal_words)
    assert refusal_words.startswith(f"{path}: ") == failed
    assert refusal_words.isprintable()
    seam.before = lambda _: None
    with seam.asleep():
        assert on_disk(path) in (before, notebook.value), refusal.seen[-1]
        if failed and on_disk(path) == before:
            assert [on_disk(copy) for copy in copies()] == [notebook.value]
    if killed:
        notebook._synced._rescue.leave()
        with OpenNotebook.open(path) as again:
            assert item(again.value, "welcome").notes == "one\ntyped"
            again.change(add_line("more"))
            again.flush()  # what was left beside the file goes with the next save
    else:
        notebook.change(add_line("more"))
        notebook.flush()
        assert item(on_disk(path), "welcome").notes == "one\ntyped\nmore"
    notebook.close()
    assert item(on_disk(path), "welcome").notes.startswith("one\ntyped")
    assert list(copies()) == []
    assert names(path.parent) == [f".{path.name}.lock", path.name]


@pytest.mark.parametrize("killed", [False, True], ids=["relents", "killed"])
@pytest.mark.parametrize("reason", REASONS)
def test_a_refusal_at_any_step_destroys_and_loses_nothing(
    tmp_path: Path, seam: Seam, reason: str, killed: bool
) -> None:
    folder = tmp_path / "folder"
    steps = asked_in_a_save(folder, seam)
    assert steps > 20
    for entry in folder.iterdir():
        entry.unlink()
    offset = REASONS.index(reason) * 2 + killed
    for first in range(offset % 12, steps, 12):
        for many in (1, 1000):
            trial(folder / f"n{first}-{many}.json", seam, Refusal(first, many, reason), killed=killed)
            for entry in folder.iterdir():
                entry.unlink()


def test_a_notebook_that_can_t_be_made_leaves_no_file_open(tmp_path: Path, seam: Seam) -> None:
    path = tmp_path / "folder" / "n.json"
    OpenNotebook.create(path, small()).close()
    path.unlink()

    def refuse(call: Call) -> None:
        if call.name == "write":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    seam.before = refuse
    with pytest.raises(StoreError, match="disk is full"):
        OpenNotebook.open(path, create=True)
    with pytest.raises(StoreError, match="disk is full"):
        OpenNotebook.create(path, small())
    assert seam.open_paths == []


def written(words: str) -> Edit:
    return Edit("typed", lambda value: with_item(value, "welcome", notes=words))


@pytest.mark.parametrize("killed", [False, True], ids=["relents", "killed"])
def test_what_is_in_the_file_is_not_there_twice_when_only_its_folder_refused(
    tmp_path: Path, seam: Seam, killed: bool
) -> None:
    path = tmp_path / "folder" / "n.json"
    notebook = OpenNotebook.create(path, small("one"))
    notebook._saver.stop()
    refused: list[Call] = []

    def refuse_folder(call: Call) -> None:
        if call.name == "fsync" and call.path == str(path.parent):
            refused.append(call)
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    seam.before = refuse_folder
    notebook.change(written("one and a half"))
    with pytest.raises(StoreError, match="not saved for sure"):
        notebook.flush()
    assert len(refused) == 1
    with seam.asleep():
        assert item(on_disk(path), "welcome").notes == "one and a half"
        assert [on_disk(copy) for copy in copies()] == [notebook.value]
    if killed:
        notebook._synced._rescue.leave()
    seam.before = lambda _: None
    path.write_text(path.read_text().replace("one and a half", "one and a half of theirs"))
    if killed:
        notebook = OpenNotebook.open(path)
    else:
        notebook.change(written("one and a half glass"))
    notebook.close()
    expected = "one and a half of theirs" if killed else "one and a half glass of theirs"
    assert item(on_disk(path), "welcome").notes == expected
    assert list(copies()) == []


@pytest.mark.torture
@pytest.mark.parametrize("killed", [False, True], ids=["relents", "killed"])
@pytest.mark.parametrize("reason", REASONS)
def test_every_refusal_at_every_step(tmp_path: Path, seam: Seam, reason: str, killed: bool) -> None:
    folder = tmp_path / "folder"
    for first in range(asked_in_a_save(folder, seam)):
        for many in (1, 2, 3, 1000):
            for entry in folder.iterdir():
                entry.unlink()
            trial(folder / "n.json", seam, Refusal(first, many, reason), killed=killed)
