from __future__ import annotations

import errno
import itertools
import os
import stat
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock
from msgspec.structs import replace
from store_values import (
    WAIT,
    add_line,
    add_person,
    handles,
    item,
    names,
    on_disk,
    small,
    wait_until,
    with_item,
)
from support.turns import saving_in_turn

from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Notebook, Person
from dmlt_tui.store import disk, locks
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.locks import Lock
from dmlt_tui.store.merge import merge
from dmlt_tui.store.notebook import OpenNotebook, SaveKind


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notebook.json"


def wait_for(notebook: OpenNotebook, wanted: SaveKind) -> None:
    """Wait until the saving thread brought the notebook into this state."""
    wait_until(notebook, lambda: kind(notebook) is wanted)


def kind(notebook: OpenNotebook) -> SaveKind:
    return notebook.state.kind


def in_place(path: Path, data: bytes) -> None:
    """Write as an editor does that overwrites."""
    path.write_bytes(data)


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_new_notebook_is_on_the_disk_when_create_returns_and_private(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        assert on_disk(path) == small() == notebook.value
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert kind(notebook) is SaveKind.SAVED


def test_create_leaves_a_file_that_is_there_alone(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(StoreError, match="line 1"):
        OpenNotebook.create(path, small())
    assert path.read_text() == "mine"
    path.unlink()
    OpenNotebook.create(path, small()).close()
    with pytest.raises(StoreError, match="exists already"):
        OpenNotebook.create(path, Notebook())
    assert on_disk(path) == small()


def test_open_with_create_makes_an_empty_notebook_and_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "notebook.json"
    with OpenNotebook.open(path, create=True) as notebook:
        assert notebook.value == Notebook()
        assert on_disk(path) == Notebook()
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_opening_and_closing_does_not_write(sample: Path) -> None:
    before = sample.stat()
    OpenNotebook.open(sample).close()
    assert sample.stat() == before


def test_a_notebook_opened_for_reading_only_refuses_changes_and_leaves_no_trace(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    path.with_name(f".{path.name}.lock").unlink()
    with OpenNotebook.open(path, read_only=True) as notebook:
        with pytest.raises(EditError, match="reading only"):
            notebook.change(add_person("eve"))
        notebook.flush()
    assert names(path.parent) == [path.name]


# --- changing ---------------------------------------------------------------------------------------------------------


def test_a_change_shows_at_once_and_reaches_the_disk_by_itself(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        told = []
        notebook.watch(lambda: told.append(notebook.state.kind))
        notebook.change(add_person("eve"))
        assert handles(notebook.value) == ["ann", "bob", "eve"]
        wait_for(notebook, SaveKind.SAVED)
        assert on_disk(path) == notebook.value
        assert (told[0], told[-1]) == (SaveKind.WAITING, SaveKind.SAVED)


def test_whoever_changes_it_need_not_be_told_but_hears_when_it_is_saved(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        told, here = [], threading.get_ident()
        notebook.watch(lambda: told.append((threading.get_ident() == here, notebook.state.kind)))
        notebook.change(add_person("eve"), tell=False)
        assert (True, SaveKind.WAITING) not in told
        wait_for(notebook, SaveKind.SAVED)
        assert told[-1] == (False, SaveKind.SAVED)


def test_while_somebody_types_it_is_not_said_to_be_saved_after_every_key(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        told: list[SaveKind] = []
        notebook.watch(lambda: told.append(kind(notebook)))
        for number in range(4):
            notebook.change(add_line(str(number)))
            deadline = time.monotonic() + WAIT
            while item(on_disk(path), "welcome") != item(notebook.value, "welcome"):
                assert time.monotonic() < deadline
        wait_for(notebook, SaveKind.SAVED)
        assert told.count(SaveKind.SAVED) < 4
        assert told[-1] is SaveKind.SAVED


def test_an_edit_that_can_not_be_made_changes_nothing(path: Path) -> None:
    def refuse(_: Notebook) -> Notebook:
        raise EditError("not today")

    with OpenNotebook.create(path, small()) as notebook:
        with pytest.raises(EditError, match="not today"):
            notebook.change(Edit("x", refuse))
        with pytest.raises(EditError, match="'ann' stands twice"):
            notebook.change(add_person("ann"))
        assert notebook.value == small()
        assert notebook.undo_label is None
        assert kind(notebook) is SaveKind.SAVED


def test_an_edit_that_makes_the_same_value_is_no_step(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(Edit("same", lambda value: replace(value, people=(*value.people[:1], *value.people[1:]))))
        assert notebook.undo_label is None
        assert kind(notebook) is SaveKind.SAVED


def test_undo_and_redo_reach_the_disk_too(path: Path) -> None:
    with OpenNotebook.create(path, small("")) as notebook:
        assert notebook.undo() is None
        notebook.change(add_line("a", run="typing"))
        notebook.change(add_line("b", run="typing"))
        notebook.change(add_person("eve"))
        assert (notebook.undo(), notebook.undo(), notebook.undo()) == ("add eve", "notes: b", None)
        assert notebook.redo_label == "notes: b"
        notebook.flush()
        assert on_disk(path) == small("")
        assert (notebook.redo(), notebook.redo(), notebook.redo()) == ("notes: b", "add eve", None)
        notebook.flush()
        assert item(on_disk(path), "welcome").notes == "\na\nb"


def test_watchers_are_told_until_they_no_longer_want_to_be(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        told: list[str] = []
        unwatch = notebook.watch(lambda: told.append("one"))
        notebook.watch(lambda: told.append("other"))
        unwatch()
        notebook.change(add_person("eve"))
        assert set(told) == {"other"}


def test_a_watcher_that_fails_does_not_stop_the_saving(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reported = threading.Event()
    monkeypatch.setattr(threading, "excepthook", lambda _: reported.set())
    with OpenNotebook.create(path, small()) as notebook:

        def fail() -> None:
            if threading.current_thread() is not threading.main_thread():
                raise RuntimeError("a bug on the screen")

        unwatch = notebook.watch(fail)
        notebook.change(add_person("eve"))
        assert reported.wait(WAIT)
        unwatch()
        assert on_disk(path) == notebook.value


def test_a_watcher_may_wait_for_the_screen_while_the_screen_waits_for_the_disk(path: Path) -> None:
    notebook = OpenNotebook.create(path, small())
    waiting, closed, outcomes = threading.Event(), threading.Event(), []

    def wait_for_the_screen() -> None:
        if threading.current_thread() is not threading.main_thread():
            waiting.set()
            outcomes.append(closed.wait(WAIT))

    notebook.watch(wait_for_the_screen)
    notebook.change(add_person("eve"))
    assert waiting.wait(WAIT)
    notebook.flush()
    notebook.close()
    assert on_disk(path) == notebook.value
    assert outcomes == []
    closed.set()


def test_at_rest_nothing_is_written_and_the_file_is_free_for_others(path: Path) -> None:
    with OpenNotebook.create(path, small()) as here, OpenNotebook.open(path) as there:
        here.change(add_person("eve"))
        with here.at_rest():
            assert handles(on_disk(path)) == ["ann", "bob", "eve"]
            here.change(add_person("max"))
            there.change(add_person("kim"))
            there.flush()
            assert handles(on_disk(path)) == ["ann", "bob", "eve", "kim"]
        here.flush()
        assert set(handles(on_disk(path))) == {"ann", "bob", "eve", "kim", "max"}


def test_nothing_can_be_changed_after_closing(path: Path) -> None:
    notebook = OpenNotebook.create(path, small())
    notebook.change(add_person("eve"))
    notebook.close()
    notebook.close()
    assert handles(on_disk(path)) == ["ann", "bob", "eve"]
    with pytest.raises(EditError, match="closed"):
        notebook.change(add_person("max"))
    notebook.poll()


# --- the file as others see it ----------------------------------------------------------------------------------------


def test_mode_and_links_stay_as_they_are(tmp_path: Path) -> None:
    real = tmp_path / "shared" / "minutes.json"
    real.parent.mkdir()
    OpenNotebook.create(real, small()).close()
    real.chmod(0o640)
    link = tmp_path / "link.json"
    link.symlink_to("shared/minutes.json")
    with OpenNotebook.open(link) as notebook:
        notebook.change(add_person("eve"))
    assert str(link.readlink()) == "shared/minutes.json"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert handles(on_disk(real)) == ["ann", "bob", "eve"]


def test_a_save_leaves_no_other_file_than_the_private_lock(path: Path) -> None:
    leftover = path.with_name(f".{path.name}.k1lledxx.tmp")
    leftover.write_text("half")
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
    assert names(path.parent) == [f".{path.name}.lock", path.name]
    assert stat.S_IMODE((path.parent / f".{path.name}.lock").stat().st_mode) == 0o600


def test_once_a_notebook_is_shared_with_a_group_its_lock_is_too(path: Path) -> None:
    group = 4711 if os.geteuid() == 0 else os.getgid()
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        notebook.flush()
        path.chmod(0o660)
        os.chown(path, -1, group)
        notebook.change(add_person("max"))
    lock = (path.parent / f".{path.name}.lock").stat()
    assert (stat.S_IMODE(lock.st_mode), lock.st_gid) == (0o660, group)


def test_a_lock_that_is_another_users_alone_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OpenNotebook.create(path, small()).close()
    notebook = OpenNotebook.open(path)
    really_open = os.open

    def refused(name: str | Path, *rest: int, **more: int) -> int:
        if str(name).endswith(".lock"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return really_open(name, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", refused)
        notebook.change(add_person("eve"))
        with pytest.raises(StoreError, match=r"its lock \.notebook\.json\.lock is another user's alone"):
            notebook.flush()
    notebook.close()
    assert "eve" in handles(on_disk(path))


# --- others at the same file ------------------------------------------------------------------------------------------


def test_what_two_terminals_type_is_seen_by_both_and_on_the_disk(path: Path) -> None:
    with OpenNotebook.create(path, small("one")) as here, OpenNotebook.open(path) as there:
        there.change(add_line("there"))
        there.flush()
        here.change(add_line("here"))
        here.poll()
        wait_until(here, lambda: item(here.value, "welcome").notes == "one\nthere\nhere")
        here.flush()
        there.poll()
        wait_until(there, lambda: there.value == here.value)
        assert here.value == there.value == on_disk(path)


def test_typing_goes_on_while_what_others_wrote_is_being_merged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merging, typed = threading.Event(), threading.Event()

    def slow_merge(base: Notebook, mine: Notebook, theirs: Notebook) -> Notebook:
        if not typed.is_set():
            merging.set()
            assert typed.wait(WAIT)
        return merge(base, mine, theirs)

    with OpenNotebook.create(path, small("one")) as here, OpenNotebook.open(path) as there:
        there.change(add_line("there"))
        there.flush()
        monkeypatch.setattr("dmlt_tui.store.sync.merge", slow_merge)
        here.poll()
        assert merging.wait(WAIT)
        here.change(add_line("here"))
        assert item(here.value, "welcome").notes == "one\nhere"
        typed.set()
        wait_until(here, lambda: item(here.value, "welcome").notes == "one\nthere\nhere")


def test_a_look_that_finds_nothing_tells_nobody(path: Path) -> None:
    with OpenNotebook.create(path, small()) as here, OpenNotebook.open(path) as there:
        told: list[str] = []
        here.watch(lambda: told.append(here.value.people[-1].name))
        for _ in range(5):
            here.poll()
        there.change(add_person("eve"))
        there.flush()
        here.poll()
        wait_until(here, lambda: bool(told))
        assert set(told) == {"Eve"}


def test_who_follows_a_notebook_is_told_of_others_without_asking(path: Path) -> None:
    with OpenNotebook.create(path, small()) as here, OpenNotebook.open(path) as there:
        told = threading.Event()
        here.watch(told.set)
        here.follow()
        there.change(add_person("eve"))
        assert told.wait(WAIT)
        assert "eve" in handles(here.value)


def test_a_save_merges_what_was_written_since_the_last_look(path: Path) -> None:
    with OpenNotebook.create(path, small()) as here, OpenNotebook.open(path) as there:
        for number in range(20):
            notebook = (here, there)[number % 2]
            notebook.change(add_person(f"p{number}"))
            notebook.flush()
        here.flush()
        there.flush()
        assert here.value == there.value == on_disk(path)
        assert set(handles(here.value)) == {"ann", "bob", *(f"p{number}" for number in range(20))}


def test_undo_after_a_merge_takes_back_only_what_was_done_here(path: Path) -> None:
    with OpenNotebook.create(path, small("one")) as here, OpenNotebook.open(path) as there:
        here.change(add_line("here", run="typing"))
        there.change(add_person("eve"))
        there.flush()
        here.flush()
        here.change(add_line("more", run="typing"))
        assert (here.undo(), here.undo(), here.undo()) == ("notes: more", "notes: here", None)
        assert item(here.value, "welcome").notes == "one"
        assert handles(here.value) == ["ann", "bob", "eve"]


def test_an_editor_that_overwrites_or_replaces_the_file_is_merged(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        in_place(path, path.read_bytes().replace(b'"Ann"', b'"Anna"'))
        notebook.flush()
        other = path.with_name("other")
        other.write_bytes(path.read_bytes().replace(b'"Bob"', b'"Bobby"'))
        other.rename(path)
        notebook.flush()
        assert [person.name for person in notebook.value.people] == ["Anna", "Bobby", "Eve"]
    assert [person.name for person in on_disk(path).people] == ["Anna", "Bobby", "Eve"]


def test_a_file_others_damage_is_not_written_over_and_is_merged_once_it_is_put_right(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        good = path.read_bytes()
        in_place(path, good[:100])
        notebook.poll()
        wait_for(notebook, SaveKind.FAILED)
        assert "ends too early" in notebook.state.message
        notebook.change(add_person("eve"))
        with pytest.raises(StoreError, match=r"ends too early.*typing is kept in "):
            notebook.flush()
        assert path.read_bytes() == good[:100]
        in_place(path, good.replace(b'"Ann"', b'"Anna"'))
        notebook.flush()
        assert kind(notebook) is SaveKind.SAVED
    assert [person.name for person in on_disk(path).people] == ["Anna", "Bob", "Eve"]


def test_a_newer_version_of_the_file_is_not_written_over(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        old = path.read_bytes()
        newer = old.replace(b'"schema": 1', b'"schema": 2')
        in_place(path, newer)
        notebook.change(add_person("eve"))
        with pytest.raises(StoreError, match="newer dmlt-tui"):
            notebook.flush()
        assert path.read_bytes() == newer
        in_place(path, old)


def test_a_file_that_went_missing_is_said_and_written_again_with_its_mode(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        path.chmod(0o640)
        notebook.flush()
        path.unlink()
        notebook.poll()
        wait_for(notebook, SaveKind.FAILED)
        assert "the file is gone; it is written again in a moment; typing is kept in " in notebook.state.message
        notebook.change(add_person("eve"))
        notebook.flush()
        assert notebook.notices == (f"{path}: the file was gone; it was written again",)
        assert kind(notebook) is SaveKind.SAVED
        assert on_disk(path) == notebook.value
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.unlink()
    assert handles(on_disk(path)) == ["ann", "bob", "eve"]


def test_a_file_moved_away_and_back_is_fine_again(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        path.rename(path.with_name("away"))
        notebook.poll()
        wait_for(notebook, SaveKind.FAILED)
        path.with_name("away").rename(path)
        wait_for(notebook, SaveKind.SAVED)
        assert notebook.notices == ()


def test_a_file_that_stays_away_is_written_again_by_itself(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        path.unlink()
        notebook.poll()
        wait_until(notebook, lambda: bool(notebook.notices))
        assert on_disk(path) == small()


def test_a_lock_that_is_never_released_is_said_and_does_not_block_for_ever(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        holding, done = threading.Event(), threading.Event()

        def hold() -> None:
            with Lock(disk.Place.of(path)).held():
                holding.set()
                done.wait(WAIT)

        other = threading.Thread(target=hold)
        other.start()
        assert holding.wait(WAIT)
        notebook.change(add_person("eve"))
        monkeypatch.setattr(locks, "LOCK_SECONDS", 0.05)
        with pytest.raises(StoreError, match="locked"):
            notebook.flush()
        done.set()
        other.join()
        notebook.flush()
        assert on_disk(path) == notebook.value


def test_a_lock_is_waited_for_as_long_as_others_save_in_turn(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OpenNotebook.create(path, small()).close()
    holding, done = threading.Event(), threading.Event()
    looks = itertools.count()

    def hold() -> None:
        with Lock(disk.Place.of(path)).held():
            holding.set()
            done.wait(WAIT)

    def another_version(_: Path) -> int:
        look = next(looks)
        if look == 6:
            done.set()
        return look

    other = threading.Thread(target=hold)
    other.start()
    assert holding.wait(WAIT)
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.05)
    monkeypatch.setattr(disk, "look", another_version)
    with Lock(disk.Place.of(path)).held():
        assert done.is_set()
    other.join()


def test_while_others_save_in_turn_a_rescue_copy_is_kept_and_that_is_said(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.2)
    with OpenNotebook.create(path, small()) as notebook:
        with saving_in_turn(path):
            notebook.change(add_person("eve"))
            wait_until(notebook, lambda: kind(notebook) is SaveKind.FAILED)
            reason, _, kept = notebook.state.message.partition("; typing is kept in ")
            assert reason == f"{path}: not saved: other programs save it all the time"
            assert on_disk(Path(kept)) == notebook.value
            with pytest.raises(StoreError, match="save it all the time"):
                notebook.flush(turns=1)
        wait_until(notebook, lambda: kind(notebook) is SaveKind.SAVED)
        assert not Path(kept).exists()


@pytest.mark.parametrize("removed", ["unlink", "rename"])
def test_a_lock_that_was_removed_and_made_anew_by_others_is_respected(
    path: Path, monkeypatch: pytest.MonkeyPatch, removed: str
) -> None:
    lock = path.with_name(f".{path.name}.lock")
    with OpenNotebook.create(path, small()) as notebook:
        for name in ("eve", "max"):
            notebook.change(add_person(name))
            notebook.flush()
        if removed == "unlink":
            lock.unlink()
        else:
            lock.rename(lock.with_suffix(".old"))
        monkeypatch.setattr(locks, "LOCK_SECONDS", 0.05)
        with FileLock(lock):
            notebook.change(add_person("zoe"))
            with pytest.raises(StoreError, match="locked"):
                notebook.flush()
        notebook.flush()
        assert "zoe" in handles(on_disk(path))


def test_lone_surrogates_and_other_oddities_in_memory_do_not_keep_the_rest_from_the_disk(path: Path) -> None:
    odd = with_item(replace(small(), people=(Person(id="ann", name="A\ud800"),)), "news", minutes=-1)
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(Edit("odd", lambda _: odd))
        notebook.flush()
        assert kind(notebook) is SaveKind.SAVED
    assert on_disk(path).people[0].name == "A⟨U+D800⟩"
    assert item(on_disk(path), "news").minutes == -1


def test_a_notebook_opened_for_reading_follows_the_file_and_says_when_it_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "notebook.json"
    with OpenNotebook.create(path, small()) as writer, OpenNotebook.open(path, read_only=True) as reader:
        writer.change(add_person("eve"))
        writer.flush()
        reader.poll()
        wait_until(reader, lambda: reader.value == writer.value)
    with OpenNotebook.open(path, read_only=True) as reader:
        known = reader.value
        path.unlink()
        reader.poll()
        wait_until(reader, lambda: "the file is gone" in reader.state.message)
        assert (reader.state.kind, reader.value) == (SaveKind.FAILED, known)


def test_a_notebook_with_two_records_of_one_id_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "notebook.json"
    value = small()
    with pytest.raises(StoreError, match="not saved: "):
        OpenNotebook.create(path, replace(value, people=(*value.people, value.people[0])))
    assert not path.exists()
