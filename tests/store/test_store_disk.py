from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from seam import Call, Seam, seam
from store_values import add_person, handles, names, on_disk, small

from dmlt_tui.store import disk, renames
from dmlt_tui.store.notebook import OpenNotebook

__all__ = ["seam"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notebook.json"


def test_a_file_changed_between_reading_and_renaming_is_left_alone(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    data, version = disk.read(path)
    path.write_bytes(data + b"\n")
    with pytest.raises(disk.ChangedError):
        disk.replace(disk.Place.of(path), [b"new"], version)
    with pytest.raises(disk.ChangedError):
        disk.replace(disk.Place.of(path), [b"new"], None)
    version.close()
    assert path.read_bytes() == data + b"\n"
    assert names(path.parent) == [f".{path.name}.lock", path.name]


def test_a_version_stays_known_while_other_files_come_and_go(path: Path) -> None:
    """Inode numbers of deleted files are used again at once on many drives."""
    path.write_bytes(b"first")
    _, version = disk.read(path)
    for number in range(50):
        other = path.with_name("other")
        other.write_bytes(b"%05d" % number)
        os.utime(other, ns=(version.identity.modified, version.identity.modified))
        other.rename(path)
        seen = disk.look(path)
        assert seen is not None
        assert (seen.device, seen.inode) != (version.identity.device, version.identity.inode)
    version.close()


def test_one_who_reads_while_it_is_saved_keeps_the_old_version_whole(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook, path.open("rb") as reader:
        start = reader.read(10)
        notebook.change(add_person("eve"))
        notebook.flush()
        old = start + reader.read()
        assert b"Eve" not in old
        assert old.endswith(b"}\n")
        assert b"Eve" in path.read_bytes()


def with_person(path: Path, who: str) -> bytes:
    return path.read_bytes().replace(b'"bob": {', b'"%b": {"id": "%b", "name": "X"}, "bob": {' % (2 * (who.encode(),)))


def put_there(path: Path, who: str) -> None:
    """Be a program that knows no lock: add a person, and rename a file of one's own over the notebook."""
    other = path.with_name("other")
    other.write_bytes(with_person(path, who))
    other.replace(path)


def write_there(path: Path, who: str) -> None:
    """Be a program that writes in place."""
    content = with_person(path, who)
    with path.open("r+b") as file:
        file.write(content)


def when_exchanged(seam: Seam, *acts: Callable[[], None]) -> None:
    """Have the first act done at the moment of the first exchange, and so on."""
    waiting = list(acts)

    def before(call: Call) -> None:
        if call.name == "exchange" and waiting:
            with seam.asleep():
                waiting.pop(0)()

    seam.before = before


@pytest.mark.parametrize("do", [put_there, write_there])
def test_what_another_program_writes_at_the_moment_of_the_rename_is_merged(
    tmp_path: Path, seam: Seam, do: Callable[[Path, str], None]
) -> None:
    path = tmp_path / "folder" / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        when_exchanged(seam, lambda: do(path, "zoe"))
        notebook.flush()
        assert handles(on_disk(path)) == ["ann", "zoe", "bob", "eve"]
    assert names(path.parent) == [f".{path.name}.lock", path.name]


def test_the_newest_stays_when_another_program_writes_while_its_version_is_put_back(tmp_path: Path, seam: Seam) -> None:
    path = tmp_path / "folder" / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        at_first = path.read_bytes()

        def put_newer() -> None:
            path.write_bytes(at_first)
            put_there(path, "yan")

        when_exchanged(seam, lambda: put_there(path, "zoe"), put_newer)
        notebook.flush()
        assert handles(on_disk(path)) == ["ann", "yan", "bob", "eve"]


def test_what_a_killed_writer_left_is_removed_once_it_can_be(tmp_path: Path, seam: Seam) -> None:
    path = tmp_path / "folder" / "notebook.json"
    leftover = path.with_name(f".{path.name}.k1lledxx.tmp")
    leftover.write_text("half")

    def before(call: Call) -> None:
        if call.name == "unlink" and call.path == str(leftover):
            raise PermissionError(errno.EACCES, "")

    seam.before = before
    with OpenNotebook.create(path, small()) as notebook:
        seam.before = lambda _: None
        notebook.change(add_person("eve"))
        notebook.flush()
        assert names(path.parent) == [f".{path.name}.lock", path.name]


def test_a_file_removed_at_the_moment_of_the_rename_is_written_again(tmp_path: Path, seam: Seam) -> None:
    path = tmp_path / "folder" / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        when_exchanged(seam, path.unlink)
        notebook.flush()
        assert handles(on_disk(path)) == ["ann", "bob", "eve"]


def test_a_file_made_at_the_moment_it_is_written_again_is_merged(tmp_path: Path, seam: Seam) -> None:
    path = tmp_path / "folder" / "notebook.json"
    with OpenNotebook.create(path, small()) as notebook:
        content = path.read_bytes()
        path.unlink()
        notebook.change(add_person("eve"))

        def before(call: Call) -> None:
            if call.name == "rename_to_new":
                with seam.asleep():
                    path.write_bytes(content)
                    put_there(path, "zoe")

        seam.before = before
        notebook.flush()
        assert handles(on_disk(path)) == ["ann", "zoe", "bob", "eve"]


@pytest.mark.parametrize("library", [None, SimpleNamespace(CDLL=lambda *_, **__: object())], ids=["no ctypes", "old C"])
def test_a_system_that_knows_no_exchange_is_saved_on_by_rename(
    path: Path, monkeypatch: pytest.MonkeyPatch, library: object
) -> None:
    monkeypatch.setitem(sys.modules, "ctypes", library)
    monkeypatch.setattr(renames, "_renameat2", renames._renameat2.__wrapped__)
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        notebook.flush()
        assert handles(on_disk(path)) == ["ann", "bob", "eve"]


def test_a_drive_that_knows_no_exchange_is_saved_to_by_rename(tmp_path: Path, seam: Seam) -> None:
    path = tmp_path / "folder" / "notebook.json"
    seen: list[str] = []

    def before(call: Call) -> None:
        seen.append(call.name)
        if call.name in ("exchange", "rename_to_new"):
            raise OSError(errno.EINVAL, "no such rename")

    with OpenNotebook.create(path, small()) as notebook:
        seam.before = before
        notebook.change(add_person("eve"))
        notebook.flush()
        path.unlink()
        notebook.change(add_person("zoe"))
        notebook.flush()
    assert handles(on_disk(path)) == ["ann", "bob", "eve", "zoe"]
    assert names(path.parent) == [f".{path.name}.lock", path.name]
    assert {"exchange", "rename_to_new"} <= set(seen)
