"""Who else has a notebook open: seen at once, gone once they leave or are killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from store_values import WAIT

from dmlt_tui.store import presence as presence_module
from dmlt_tui.store.presence import Presence

SITS = """
import sys
from pathlib import Path
from dmlt_tui.store.presence import Presence
presence = Presence(Path(sys.argv[1]), lambda: None)
presence.sit(pane="notes", meeting="m", item="i")
presence.start()
sys.stdin.readline()
presence.leave()
"""


@contextmanager
def seat(path: Path) -> Iterator[Presence]:
    presence = Presence(path, lambda: None)
    presence.sit(pane="agenda", meeting="m", item="")
    presence.start()
    try:
        yield presence
    finally:
        presence.leave()


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + WAIT
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def somebody(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", SITS, str(path)], stdin=subprocess.PIPE, text=True)


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.json"
    path.write_text("{}")
    path.chmod(0o640)
    return path


def folder(notebook: Path) -> Path:
    return notebook.with_name(f".{notebook.name}.desks")


def test_another_process_is_seen_where_it_sits_and_no_more_once_it_leaves(notebook: Path) -> None:
    with seat(notebook) as presence:
        other = somebody(notebook)
        until(lambda: presence.others)
        (found,) = presence.others
        assert (found.pid, found.pane, found.meeting, found.item) == (other.pid, "notes", "m", "i")
        other.communicate("leave\n", timeout=WAIT)
        until(lambda: not presence.others)
    assert not folder(notebook).exists()
    assert [one.name for one in notebook.parent.iterdir()] == [notebook.name]


def test_a_login_that_is_no_text_is_seen_by_visible_signs(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", os.fsdecode(b"eve\xff"))
    with seat(notebook) as presence:
        other = somebody(notebook)
        until(lambda: presence.others)
        assert presence.others[0].login.startswith("eve")
        other.communicate("leave\n", timeout=WAIT)


def test_a_process_that_was_killed_is_recognised_and_cleared_away(notebook: Path) -> None:
    other = somebody(notebook)
    until(lambda: folder(notebook).exists() and any(folder(notebook).glob(f"*-{other.pid}")))
    other.kill()
    other.communicate(timeout=WAIT)
    with seat(notebook) as presence:
        until(lambda: not any(folder(notebook).glob(f"*-{other.pid}")))
        assert presence.others == ()
    assert not folder(notebook).exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="when a process began, only Linux tells")
def test_a_later_process_with_the_same_number_is_not_taken_for_it(notebook: Path) -> None:
    folder(notebook).mkdir(mode=0o700)
    stale = {"login": "ann", "host": os.uname().nodename, "pid": os.getppid(), "began": 1}
    left = folder(notebook) / f"{os.uname().nodename}-{os.getppid()}"
    left.write_text(json.dumps(stale))
    with seat(notebook) as presence:
        until(lambda: not left.exists())
        assert presence.others == ()


def test_a_desk_on_another_host_is_there_until_it_gives_no_sign_of_life(notebook: Path) -> None:
    folder(notebook).mkdir(mode=0o700)
    for name, age in (("fresh", 10), ("silent", 4000)):
        path = folder(notebook) / f"{name}-7"
        path.write_text(json.dumps({"login": name, "host": f"{name}.example.org", "pid": 7}))
        os.utime(path, (time.time() - age,) * 2)
    with seat(notebook) as presence:
        until(lambda: [one.login for one in presence.others] == ["fresh"])


def test_what_is_no_desks_file_and_signs_that_fool_a_terminal_do_no_harm(notebook: Path) -> None:
    folder(notebook).mkdir(mode=0o700)
    (folder(notebook) / "rubbish").write_bytes(b"\xff{")
    (folder(notebook) / "folder").mkdir()
    os.mkfifo(folder(notebook) / "pipe")
    (folder(notebook) / "link").symlink_to("/etc/passwd")
    evil = {"login": "e\u001b[2Jvil\nx" + "y" * 500, "host": "h", "pid": 1, "pane": "\u202e"}
    (folder(notebook) / "evil").write_text(json.dumps(evil))
    with seat(notebook) as presence:
        until(lambda: presence.others)
        (found,) = presence.others
        assert "\x1b" not in found.login
        assert "\n" not in found.login
        assert len(found.login) <= 80
        assert "\u202e" not in found.pane


def test_the_folder_is_for_those_who_may_open_the_notebook(notebook: Path) -> None:
    with seat(notebook):
        until(lambda: folder(notebook).exists() and any(folder(notebook).glob(f"*-{os.getpid()}")))
        assert folder(notebook).stat().st_mode & 0o777 == 0o750
        (own,) = folder(notebook).glob(f"*-{os.getpid()}")
        assert own.stat().st_mode & 0o777 == 0o640


def test_once_a_notebook_is_shared_so_is_the_folder(notebook: Path) -> None:
    notebook.chmod(0o600)
    with seat(notebook) as presence:
        until(lambda: any(folder(notebook).glob(f"*-{os.getpid()}")))
        assert folder(notebook).stat().st_mode & 0o777 == 0o700
        notebook.chmod(0o660)
        presence.sit(pane="notes", meeting="m", item="x")
        until(lambda: folder(notebook).stat().st_mode & 0o777 == 0o770)


def test_where_no_folder_can_be_made_nothing_else_is_different(notebook: Path) -> None:
    folder(notebook).write_text("a file is in the way")
    with seat(notebook) as presence:
        presence.sit(pane="notes", meeting="m", item="x")
        assert presence.others == ()
    assert folder(notebook).read_text() == "a file is in the way"


def test_a_desk_that_never_began_to_look_leaves_without_a_trace(notebook: Path) -> None:
    Presence(notebook, lambda: None).leave()
    assert [one.name for one in notebook.parent.iterdir()] == [notebook.name]


def test_files_that_are_no_desks_are_looked_over(notebook: Path) -> None:
    with seat(notebook) as presence:
        until(folder(notebook).exists)
        (folder(notebook) / ".hidden").write_text("{}")
        (folder(notebook) / "half").write_bytes(b'{"pid": \xff')
        other = somebody(notebook)
        until(lambda: presence.others)
        assert [found.pid for found in presence.others] == [other.pid]
        other.communicate("leave\n", timeout=WAIT)


def test_a_desk_that_stays_where_it_is_gives_signs_of_life(notebook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence_module, "SIGN_OF_LIFE_SECONDS", 0.0)
    monkeypatch.setattr(presence_module, "LOOK_SECONDS", 0.01)
    with seat(notebook):
        until(lambda: folder(notebook).is_dir() and any(folder(notebook).iterdir()))
        (own,) = folder(notebook).iterdir()
        os.utime(own, (1, 1))
        until(lambda: own.stat().st_mtime > 1)
