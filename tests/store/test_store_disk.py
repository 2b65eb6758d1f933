from __future__ import annotations

import os
from pathlib import Path

import pytest
from store_values import add_person, names, small

from dmlt_tui.store import disk
from dmlt_tui.store.notebook import OpenNotebook


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
