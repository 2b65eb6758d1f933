"""Who else can read what the program writes: nobody, whatever the umask is."""

from __future__ import annotations

import os
from pathlib import Path

from support.endings import typing
from support.terminal import Terminal, on_disk

from dmlt_tui.tui.company import keep_text

OPEN = "import os, sys\nos.umask(0)\nfrom dmlt_tui.cli import main\nmain(sys.argv[1:], prog_name='dmlt-tui')"
SECRET = "the merger is off"


def modes(*folders: Path) -> dict[str, int]:
    return {
        str(path): path.stat().st_mode & 0o777
        for folder in folders
        for path in (folder, *folder.rglob("*"))
        if "dmlt-tui" in str(path) and not path.is_symlink()
    }


def test_all_that_is_written_is_for_its_owner_alone(tmp_path: Path, own_home: Path, sample: Path) -> None:
    sample.chmod(0o600)
    folder = tmp_path / "dmlt-tui"
    folder.mkdir(mode=0o700)
    path = folder / "sample.json"
    sample.rename(path)
    away = tmp_path / "away"
    with Terminal(str(path), program=("-c", OPEN)) as terminal:
        typing(terminal, SECRET)
        terminal.until(on_disk(path, SECRET), "the words in the file")
        folder.rename(away)
        terminal.types(" and more")
        terminal.until(lambda: list(own_home.rglob("rescue/*.json")), "a rescue copy")
        away.rename(folder)
        terminal.until(on_disk(path, f"{SECRET} and more"), "all of it in the file")
        terminal.types("\x1b")
        terminal.sees(" GO ")
        terminal.types("yd")
        terminal.sees("ent to your terminal")
        terminal.types("q")
        assert terminal.ends() == 0
    found = modes(tmp_path, own_home)
    assert len(found) > 5
    assert {name: oct(mode) for name, mode in found.items() if mode & 0o077} == {}
    for file in own_home.rglob("*"):
        if file.is_file() and not file.is_symlink() and SECRET.encode() in file.read_bytes():
            assert file.parent.parent.name in ("generations", "dmlt-tui"), file  # or an export
            assert file.stat().st_mode & 0o777 == 0o600


def test_a_mode_for_a_group_stays(sample: Path) -> None:
    sample.chmod(0o660)
    with Terminal(str(sample)) as terminal:
        typing(terminal, "for the group")
        terminal.until(on_disk(sample, "for the group"), "the words in the file")
        terminal.types("\x1b")
        terminal.sees(" GO ")
        terminal.types("q")
        assert terminal.ends() == 0
    assert sample.stat().st_mode & 0o777 == 0o660
    assert sample.with_name(f".{sample.name}.lock").stat().st_mode & 0o777 == 0o660


def test_a_text_kept_for_its_owner_is_in_folders_of_theirs_alone(own_home: Path) -> None:
    before = os.umask(0)
    try:
        path = keep_text("Welcome", SECRET)
    finally:
        os.umask(before)
    assert path.read_text() == f"# Welcome\n\n{SECRET}\n"
    assert {name: oct(mode) for name, mode in modes(own_home).items() if mode & 0o077} == {}
