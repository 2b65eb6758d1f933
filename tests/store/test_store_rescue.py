from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from seam import Call, Seam
from store_values import add_line, add_person, handles, item, on_disk, small

from dmlt_tui.store import rescue
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook, SaveKind

# Changes the notebook while its folder can't be used, and dies without a word. What it types comes as arguments.
DIES = """
import os, sys
from pathlib import Path
from seam import Call, Seam
from store_values import add_line, add_person
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook
path = Path(sys.argv[1])
notebook = OpenNotebook.open(path)
path.parent.rename(path.parent.with_name("away"))
path.parent.write_text("no folder")
for line in sys.argv[2:]:
    notebook.change(add_line(line))
    try:
        notebook.flush()
    except StoreError as error:
        print(error, flush=True)
os._exit(9)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder" / "notebook.json"


@contextmanager
def unusable(folder: Path) -> Iterator[None]:
    """A folder that is no folder any more, which stops root too."""
    away = folder.with_name("away")
    folder.rename(away)
    folder.write_text("no folder")
    yield
    put_back(folder)


def put_back(folder: Path) -> None:
    folder.unlink()
    folder.with_name("away").rename(folder)


def copies() -> list[Path]:
    return [path for folder in rescue.folders() if folder.is_dir() for path in sorted(folder.iterdir())]


def dies(path: Path, *lines: str) -> str:
    command = [sys.executable, "-c", DIES, str(path), *lines]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])}
    child = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    assert child.returncode == 9, child.stderr
    return child.stdout


def test_what_can_not_be_saved_is_kept_privately_and_removed_once_it_is_saved(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        with unusable(path.parent):
            notebook.change(add_person("eve"))
            with pytest.raises(StoreError, match="a part of its path is not a folder; typing is kept in ") as caught:
                notebook.flush()
            assert notebook.state.message == str(caught.value)
            copy, base = copies()[1], copies()[0]
            assert str(caught.value).endswith(f"typing is kept in {copy}")
            assert on_disk(copy) == notebook.value
            assert on_disk(base) == small()
            assert [stat.S_IMODE(one.stat().st_mode) for one in (copy, base)] == [0o600, 0o600]
            assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
            notebook.change(add_person("max"))
            with pytest.raises(StoreError):
                notebook.flush()
            assert on_disk(copy) == notebook.value
        notebook.flush()
        assert notebook.state.kind is SaveKind.SAVED
        assert copies() == []
    assert handles(on_disk(path)) == ["ann", "bob", "eve", "max"]


def test_saving_is_tried_again_by_itself(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        failed, saved = threading.Event(), threading.Event()
        events = {SaveKind.FAILED: failed, SaveKind.SAVED: saved}
        notebook.watch(lambda: events.get(notebook.state.kind, threading.Event()).set())
        with unusable(path.parent):
            notebook.change(add_person("eve"))
            assert failed.wait(20)
        assert saved.wait(20)
        assert handles(on_disk(path)) == ["ann", "bob", "eve"]


def test_a_full_first_folder_makes_the_copy_go_to_the_next(path: Path, own_home: Path) -> None:
    (own_home / ".state").write_text("in the way")
    with OpenNotebook.create(path, small()) as notebook, unusable(path.parent):
        notebook.change(add_person("eve"))
        with pytest.raises(StoreError, match="typing is kept in "):
            notebook.flush()
        assert {copy.parent for copy in copies()} == {own_home / "run" / "dmlt-tui" / "rescue"}
        put_back(path.parent)
        notebook.flush()
        assert copies() == []
        path.parent.rename(path.parent.with_name("away"))
        path.parent.write_text("")


def test_a_drive_that_fails_when_files_are_closed_makes_the_copy_go_to_the_next_folder(
    path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As network drives do: what was written to them is not sure to be there."""

    def fails_to_close(call: Call) -> None:
        if call.name == "close":
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    Seam(own_home / ".state" / "dmlt-tui" / "rescue", monkeypatch).before = fails_to_close
    with OpenNotebook.create(path, small()) as notebook:
        with unusable(path.parent):
            for handle in ("eve", "max"):
                notebook.change(add_person(handle))
                with pytest.raises(StoreError, match="typing is kept in "):
                    notebook.flush()
                copy, _ = sorted(copies(), key=lambda one: one.name.endswith(".base.json"))
                assert copy.parent == own_home / "run" / "dmlt-tui" / "rescue"
                assert on_disk(copy) == notebook.value
        notebook.flush()
        assert copies() == []


def test_a_copy_that_can_not_be_removed_at_once_is_removed_after_a_later_save(
    path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keeps_copies(call: Call) -> None:
        if call.name == "unlink" and not call.path.endswith(".base.json"):
            raise PermissionError(errno.EACCES, "")

    with OpenNotebook.create(path, small("start")) as notebook:
        with unusable(path.parent):
            notebook.change(add_line("kept"))
            with pytest.raises(StoreError, match="typing is kept in "):
                notebook.flush()
        seam = Seam(own_home / ".state" / "dmlt-tui" / "rescue", monkeypatch)
        seam.before = keeps_copies
        notebook.flush()
        assert len(copies()) == 2  # with what the file held before: without it, merging would double lines
        seam.before = lambda _: None
        notebook.flush()
        assert copies() == []


def test_half_a_copy_of_a_process_that_was_killed_is_removed(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    dies(path, "typed")
    put_back(path.parent)
    copy = next(copy for copy in copies() if not copy.name.endswith(".base.json"))
    torn = copy.with_name(f".{copy.name}.tmp")
    torn.write_text("half")
    OpenNotebook.open(path).close()
    assert copies() == []


def test_without_any_folder_typing_is_kept_in_memory_and_that_is_said(
    path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_home / ".state").write_text("in the way")
    (own_home / "run").write_text("in the way")
    monkeypatch.setattr(tempfile, "tempdir", str(own_home / "run"))
    with OpenNotebook.create(path, small()) as notebook:
        with unusable(path.parent):
            notebook.change(add_person("eve"))
            with pytest.raises(StoreError, match="kept in memory only"):
                notebook.flush()
        notebook.flush()
    assert handles(on_disk(path)) == ["ann", "bob", "eve"]


def test_a_folder_others_could_write_to_is_not_trusted(path: Path, own_home: Path) -> None:
    first = rescue.folders()[0]
    first.mkdir(parents=True)
    first.chmod(0o777)
    with OpenNotebook.create(path, small()) as notebook, unusable(path.parent):
        notebook.change(add_person("eve"))
        with pytest.raises(StoreError):
            notebook.flush()
        assert list(first.iterdir()) == []
        assert copies() != []
        put_back(path.parent)
        notebook.flush()
        path.parent.rename(path.parent.with_name("away"))
        path.parent.write_text("")


def test_what_a_process_that_died_could_not_save_is_merged_when_the_notebook_is_opened(path: Path) -> None:
    OpenNotebook.create(path, small("one")).close()
    assert "typing is kept in" in dies(path, "first", "second")
    put_back(path.parent)
    assert len(copies()) == 2
    with OpenNotebook.open(path, read_only=True) as notebook:
        assert notebook.value == small("one")
    with OpenNotebook.open(path) as other:
        assert item(other.value, "welcome").notes == "one\nfirst\nsecond"
        assert len(other.recovered) == 1
        assert "merged in" in other.recovered[0]
        assert other.undo_label == "Rescued typing"
        assert copies() != []
        other.flush()
        assert copies() == []
    assert item(on_disk(path), "welcome").notes == "one\nfirst\nsecond"
    with OpenNotebook.open(path) as again:
        assert again.recovered == ()


def test_it_is_merged_with_what_others_wrote_in_the_meantime(path: Path) -> None:
    OpenNotebook.create(path, small("one\ntwo")).close()
    dies(path, "rescued")
    put_back(path.parent)
    kept = {copy: copy.read_bytes() for copy in copies()}
    with OpenNotebook.open(path) as notebook:
        notebook.flush()
        notebook.undo()
        notebook.change(add_person("eve"))
        notebook.change(add_line("theirs"))
    for copy, data in kept.items():
        copy.write_bytes(data)
    with OpenNotebook.open(path) as notebook:
        assert item(notebook.value, "welcome").notes == "one\ntwo\ntheirs\nrescued"
        assert handles(notebook.value) == ["ann", "bob", "eve"]


def test_merging_the_same_copy_twice_changes_nothing(path: Path) -> None:
    OpenNotebook.create(path, small("one")).close()
    dies(path, "rescued")
    put_back(path.parent)
    kept = {copy: copy.read_bytes() for copy in copies()}
    OpenNotebook.open(path).close()
    for copy, data in kept.items():
        copy.write_bytes(data)
    with OpenNotebook.open(path) as notebook:
        assert item(notebook.value, "welcome").notes == "one\nrescued"
        assert notebook.state.kind is SaveKind.SAVED
    assert copies() == []


def test_the_copy_of_a_process_that_lives_is_left_to_it(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        with unusable(path.parent):
            notebook.change(add_person("eve"))
            with pytest.raises(StoreError):
                notebook.flush()
        with OpenNotebook.open(path) as other:
            assert other.recovered == ()
            assert handles(other.value) == ["ann", "bob"]
        assert copies() != []
        notebook.flush()


def test_a_copy_that_is_damaged_is_named_and_left_where_it_is(path: Path) -> None:
    OpenNotebook.create(path, small("one")).close()
    dies(path, "rescued")
    put_back(path.parent)
    copy = next(one for one in copies() if ".base." not in one.name)
    copy.write_bytes(copy.read_bytes()[:50])
    with OpenNotebook.open(path) as notebook:
        assert notebook.value == small("one")
        assert notebook.recovered == (
            f"a rescue copy can't be used: {copy}: line 4: the file ends too early, a part of it is missing",
        )
    assert copy in copies()


def test_closing_a_notebook_that_can_not_be_saved_says_so_and_leaves_the_copy(path: Path) -> None:
    notebook = OpenNotebook.create(path, small())
    with unusable(path.parent):
        notebook.change(add_person("eve"))
        with pytest.raises(StoreError, match="typing is kept in"):
            notebook.close()
    with OpenNotebook.open(path) as again:
        assert handles(again.value) == ["ann", "bob", "eve"]
        assert len(again.recovered) == 1


def test_typing_a_process_left_is_told_when_the_file_it_belongs_to_is_damaged(path: Path) -> None:
    OpenNotebook.create(path, small("one")).close()
    dies(path, "first")
    put_back(path.parent)
    left = [copy for copy in copies() if not copy.name.endswith(".base.json")]
    path.write_text("{ torn")
    assert rescue.Rescue(path).orphans() == left
    with pytest.raises(StoreError, match="typing not saved before is merged in once it opens again"):
        OpenNotebook.open(path)
    assert on_disk(left[0]) != small("one")


def test_when_the_folder_of_the_copy_goes_too_the_next_folder_has_all_that_was_typed(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook, unusable(path.parent):
        notebook.change(add_person("eve"))
        with pytest.raises(StoreError, match="typing is kept in "):
            notebook.flush()
        first = copies()[0].parent
        first.rename(first.with_name("moved"))
        first.write_text("in the way")
        notebook.change(add_person("max"))
        with pytest.raises(StoreError, match="typing is kept in "):
            notebook.flush()
        (copy,) = [one for one in copies() if not one.name.endswith(".base.json")]
        assert copy.parent != first
        assert on_disk(copy) == notebook.value
        put_back(path.parent)
        notebook.flush()
        assert copies() == []
        path.parent.rename(path.parent.with_name("away"))
        path.parent.write_text("")
