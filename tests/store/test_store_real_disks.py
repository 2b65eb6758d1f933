"""Disks that really are full, read-only, gone or forbidden. Most need root, for a small disk of their own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store_values import WAIT, add_line, add_person, handles, item, names, on_disk, small, wait_until

from dmlt_tui.store import rescue
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook, SaveKind

NOBODY = 65534


def mounted(folder: Path, options: str = "size=200k") -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def unmounted(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount") or not mounted(folder):
        pytest.skip("a small disk can be mounted by root only")
    yield folder
    while subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False).returncode == 0:
        pass


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Not one byte more."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            pass
    try:
        yield
    finally:
        filler.unlink()


def refused(notebook: OpenNotebook, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        notebook.flush()
    assert notebook.state.kind is SaveKind.FAILED


def test_a_full_disk_is_said_and_saving_goes_on_by_itself_once_there_is_room(small_disk: Path) -> None:
    path = small_disk / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook:
        before = path.read_bytes()
        with full(small_disk):
            notebook.change(add_line("x" * 10_000))
            wait_until(notebook, lambda: notebook.state.kind is SaveKind.FAILED)
            assert "the disk is full; typing is kept in " in notebook.state.message
            assert path.read_bytes() == before
            notebook.change(add_person("eve"))
            refused(notebook, "the disk is full")
            assert names(small_disk) == [".notebook.json.lock", "filler", "notebook.json"]
        wait_until(notebook, lambda: notebook.state.kind is SaveKind.SAVED)
        assert on_disk(path) == notebook.value
        assert "eve" in handles(on_disk(path))


def test_a_full_disk_that_holds_the_state_folder_too(
    small_disk: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(small_disk / "state"))
    path = small_disk / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook:
        with full(small_disk):
            notebook.change(add_line("x" * 10_000))
            refused(notebook, f"the disk is full; typing is kept in {own_home / 'run'}")
            files = [file for folder in rescue.folders() if folder.is_dir() for file in folder.glob("*.json")]
            assert [on_disk(file) for file in files if not file.match("*.base.json")] == [notebook.value]
        notebook.flush()
        assert on_disk(path) == notebook.value


def test_a_disk_that_becomes_read_only_and_writable_again(small_disk: Path) -> None:
    path = small_disk / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook:
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        notebook.change(add_person("eve"))
        refused(notebook, "mounted for reading only; typing is kept in ")
        assert on_disk(path) == small()
        subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
        wait_until(notebook, lambda: notebook.state.kind is SaveKind.SAVED)
        assert handles(on_disk(path)) == ["ann", "bob", "eve"]


def test_a_notebook_on_a_read_only_disk_can_be_looked_at(small_disk: Path) -> None:
    path = small_disk / "notebook.json"
    OpenNotebook.create(path, small()).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with OpenNotebook.open(path) as notebook:
        notebook.flush()
        assert notebook.value == small()
        assert notebook.state.kind is SaveKind.SAVED


def test_a_disk_that_goes_away_and_comes_back_gets_what_was_typed_meanwhile(small_disk: Path, tmp_path: Path) -> None:
    path = small_disk / "notebook.json"
    with OpenNotebook.create(path, small("one")) as notebook:
        inside = tmp_path / "inside"
        inside.mkdir()
        subprocess.run(["mount", "--bind", str(small_disk), str(inside)], check=True)
        try:
            unmounted(small_disk)
            notebook.change(add_line("two"))
            refused(notebook, "the disk it was on is no longer there; typing is kept in ")
            assert not path.exists()  # nothing is hidden under the disk that comes back
            subprocess.run(["mount", "--bind", str(inside), str(small_disk)], check=True)
            wait_until(notebook, lambda: notebook.state.kind is SaveKind.SAVED)
        finally:
            unmounted(inside)
        assert item(on_disk(path), "welcome").notes == "one\ntwo"


def test_a_folder_removed_for_good_leaves_all_of_it_to_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "notebook.json"
    notebook = OpenNotebook.open(path, create=True)
    for name in ("ann", "bob"):
        notebook.change(add_person(name))
        notebook.flush()
    shutil.rmtree(path.parent)
    notebook.change(add_person("eve"))
    refused(notebook, "typing is kept in ")
    with pytest.raises(StoreError):
        notebook.close()
    with OpenNotebook.open(path, create=True) as again:
        assert handles(again.value) == ["ann", "bob", "eve"]
        assert len(again.recovered) == 2
    assert handles(on_disk(path)) == ["ann", "bob", "eve"]


def test_a_folder_removed_while_nothing_is_typed_loses_nothing_either(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "notebook.json"
    notebook = OpenNotebook.open(path, create=True)
    notebook.change(add_person("ann"))
    notebook.flush()
    shutil.rmtree(path.parent)
    notebook.poll()
    wait_until(notebook, lambda: notebook.state.kind is SaveKind.FAILED)
    notebook._saver.stop()
    notebook._synced._rescue.leave()  # as if it had been killed
    with OpenNotebook.open(path, create=True) as again:
        assert handles(again.value) == ["ann"]


@contextmanager
def somebody() -> Iterator[Path]:
    """A folder of a user who is not root, and that user."""
    folder = Path(tempfile.mkdtemp(prefix="dmlt-tui-test-"))
    was_root = os.geteuid() == 0
    if was_root:
        os.chown(folder, NOBODY, NOBODY)
        os.setresgid(NOBODY, NOBODY, 0)
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield folder
    finally:
        if was_root:
            os.setresuid(0, 0, 0)
            os.setresgid(0, 0, 0)
        shutil.rmtree(folder)


@pytest.mark.parametrize("what", ["folder", "file"])
def test_what_may_not_be_written_is_not_and_is_once_it_may(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with somebody() as folder:
        monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
        path = folder / "sub" / "notebook.json"
        with OpenNotebook.open(path, create=True) as notebook:
            forbidden = path.parent if what == "folder" else path
            mode = forbidden.stat().st_mode
            forbidden.chmod(mode & 0o555)
            notebook.change(add_person("eve"))
            refused(notebook, "permission denied; typing" if what == "folder" else "write-protected; typing")
            assert handles(on_disk(path)) == []
            forbidden.chmod(mode)
            notebook.flush()
            assert handles(on_disk(path)) == ["eve"]


def test_a_file_that_may_not_be_read_any_more_is_not_written_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with somebody() as folder:
        monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
        path = folder / "notebook.json"
        with OpenNotebook.create(path, small()) as notebook:
            other = path.with_name("other")
            other.write_bytes(path.read_bytes().replace(b"Ann", b"Anna"))
            other.chmod(0)
            other.rename(path)
            notebook.change(add_person("eve"))
            refused(notebook, "can't be read: permission denied; typing is kept in ")
            path.chmod(0o600)
            notebook.flush()
            assert [person.name for person in on_disk(path).people] == ["Anna", "Bob", "Eve"]


@pytest.mark.parametrize("what", ["folder", "pipe", "socket", "device", "circle", "too large"])
def test_what_is_no_file_in_the_place_of_the_notebook_is_left_alone(tmp_path: Path, what: str) -> None:
    path = tmp_path / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook, socket.socket(socket.AF_UNIX) as listener:
        path.rename(tmp_path / "away")
        match what:
            case "folder":
                path.mkdir()
            case "pipe":
                os.mkfifo(path)
            case "socket":
                listener.bind(str(path))
            case "device":
                path.symlink_to("/dev/zero")
            case "circle":
                path.symlink_to(path.name)
            case _:
                with path.open("wb") as file:
                    file.truncate(1 << 30)
        before = path.lstat()
        notebook.change(add_person("eve"))
        start = time.monotonic()
        refused(notebook, "typing is kept in ")
        assert time.monotonic() - start < WAIT
        assert path.lstat().st_ino == before.st_ino
        path.rmdir() if what == "folder" else path.unlink()
        (tmp_path / "away").rename(path)
        notebook.flush()
    assert handles(on_disk(path)) == ["ann", "bob", "eve"]
