"""Locks on drives without flock: one that was left is taken over with a word, one in use is respected."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_values import WAIT, add_person, handles, on_disk, small

from dmlt_tui.store import locks, stale
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook

pytestmark = pytest.mark.filterwarnings("ignore:flock not supported")  # as locks.py has it outside of pytest


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook on a drive that knows no flock."""
    path = tmp_path / "notebook.json"
    OpenNotebook.create(path, small("together")).close()
    lock_of(path).unlink()

    def unknown(descriptor: int, operation: int) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(fcntl, "flock", unknown)
    monkeypatch.setattr(locks, "LOCK_SECONDS", 0.1)
    return path


def lock_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.lock")


def dead() -> int:
    """The number of a process that has ended."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.communicate(timeout=WAIT)
    return child.pid


def test_a_lock_that_another_host_has_left_is_taken_over_and_that_is_said(
    notebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stale, "LEFT_SECONDS", 0.0)
    with OpenNotebook.open(notebook) as mine:
        lock_of(notebook).write_text("4711\nfar.example.org\n")
        mine.change(add_person("zoe"))
        deadline = time.monotonic() + WAIT
        while "zoe" not in handles(on_disk(notebook)):
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert any("a lock that far.example.org had left was taken over" in line for line in mine.notices)


def test_a_lock_of_another_host_is_respected_for_as_long_as_it_may_be_in_use(notebook: Path) -> None:
    with OpenNotebook.open(notebook) as mine:
        lock_of(notebook).write_text("4711\nfar.example.org\n")
        mine.change(add_person("zoe"))
        for _ in range(3):
            with pytest.raises(StoreError, match="kept it locked"):
                mine.flush()
        assert "zoe" not in handles(on_disk(notebook))
        lock_of(notebook).unlink()
        mine.flush()
    assert "zoe" in handles(on_disk(notebook))


def test_a_lock_left_by_a_dead_process_of_this_host_keeps_nobody_waiting(notebook: Path) -> None:
    with OpenNotebook.open(notebook) as mine:
        lock_of(notebook).write_text(f"{dead()}\n{os.uname().nodename}\n")
        mine.change(add_person("zoe"))
        deadline = time.monotonic() + WAIT
        while "zoe" not in handles(on_disk(notebook)):
            assert time.monotonic() < deadline
            time.sleep(0.02)
