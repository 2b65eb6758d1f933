from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from dmlt_tui.clipboard import files


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_an_export_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = files.keep(b"minutes", "dmlt-2020-05.xml", tmp_path / "state")
    assert path.read_bytes() == b"minutes"
    assert (mode(path), mode(path.parent)) == (0o600, 0o700)


def test_an_export_into_a_folder_that_was_open_closes_it(tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir(mode=0o755)
    (folder / "page").write_text("older")
    (folder / "page").chmod(0o644)
    path = files.keep(b"newer", "page", tmp_path)
    assert (mode(path), mode(folder)) == (0o600, 0o700)


def test_the_last_export_is_the_one_kept_last(tmp_path: Path) -> None:
    assert files.last(tmp_path) is None
    first = files.keep(b"one", "first", tmp_path)
    second = files.keep(b"two", "second", tmp_path)
    assert files.last(tmp_path) == second
    files.keep(b"three", "first", tmp_path)
    assert files.last(tmp_path) == first
    assert first.read_bytes() == b"three"


def test_a_last_export_that_was_removed_is_none(tmp_path: Path) -> None:
    files.keep(b"one", "first", tmp_path).unlink()
    assert files.last(tmp_path) is None


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("Butler Gen. 3\n(Jim)\x1b]52", "Butler-Gen.-3-Jim-52"),
        ("Müller.wiki", "Müller.wiki"),
        ("///", "export"),
        ("", "export"),
    ],
)
def test_no_name_leaves_the_folder_of_exports(tmp_path: Path, name: str, kept: str) -> None:
    path = files.keep(b"x", name, tmp_path)
    assert (path.parent, path.name) == (tmp_path / "exports", kept)


def test_a_long_name_is_cut_between_characters(tmp_path: Path) -> None:
    path = files.keep(b"x", "é" * 400, tmp_path)
    assert path.name == "é" * 60


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(IsADirectoryError):
        files.replace(tmp_path, b"x")
    assert tmp_path.is_dir()


def test_a_new_file_follows_the_umask_and_an_old_one_keeps_its_mode(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        files.replace(tmp_path / "new", b"x")
        (tmp_path / "old").touch(mode=0o600)
        (tmp_path / "old").chmod(0o604)
        files.replace(tmp_path / "old", b"x")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "new"), mode(tmp_path / "old")) == (0o640, 0o604)


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "page").write_text("old")
    (tmp_path / "link").symlink_to("page")
    files.replace(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "page").read_text() == "new"


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to("/dev/null")
    files.replace(tmp_path / "nowhere", b"x")
    assert Path("/dev/null").is_char_device()


def test_a_pipe_named_by_its_descriptor_is_written_to() -> None:
    reading, writing = os.pipe()
    files.replace(Path(f"/dev/fd/{writing}"), b"page")
    os.close(writing)
    assert os.read(reading, 100) == b"page"
    os.close(reading)


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page").write_text("old")

    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.replace(tmp_path / "page", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["page"]
    assert (tmp_path / "page").read_text() == "old"
