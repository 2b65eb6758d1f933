"""Files damaged in every way: refused in a line, or read; never a traceback, never a wait, never touched."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest
from damage import KINDS, NO_FILES, damaged, no_file
from store_values import names

from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.store.repair import repair


def judged(path: Path, number: int) -> tuple[str, float]:
    """Open one and salvage it: what came of it, and how long it took to be told so."""
    kind, content = damaged(number)
    path.write_bytes(content)
    before = path.stat()
    start = time.perf_counter()
    try:
        OpenNotebook.open(path, create=True, read_only=bool(number % 2)).close()
        outcome = "read"
    except StoreError as error:
        outcome = "refused"
        words = str(error)
    taken = time.perf_counter() - start
    if outcome == "refused":
        assert words.startswith(f"{path}: "), (number, kind)
        assert words.isprintable(), (number, kind)
    new = path.with_name("new.json")
    with suppress(StoreError):  # nothing of a notebook is in it
        repaired = repair(path, new)
        assert (repaired is None) == (outcome == "read"), (number, kind)
        if repaired is not None:
            OpenNotebook.open(new, read_only=True).close()
            new.unlink()
    after = path.stat()
    assert path.read_bytes() == content, (number, kind)
    assert (after.st_ino, after.st_mtime_ns, after.st_mode) == (before.st_ino, before.st_mtime_ns, before.st_mode)
    return outcome, taken


def test_damaged_files_are_refused_or_read_and_stay_as_they_are(tmp_path: Path) -> None:
    outcomes = Counter(judged(tmp_path / "notebook.json", number)[0] for number in range(2 * len(KINDS)))
    assert outcomes["refused"] > 3 * outcomes["read"]
    assert names(tmp_path) == ["notebook.json"]


@pytest.mark.parametrize("kind", NO_FILES)
def test_what_is_no_file_is_refused_and_stays_as_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "notebook.json"
    no_file(path, kind)
    before, entries = path.lstat(), names(tmp_path)
    with pytest.raises(StoreError) as caught:
        OpenNotebook.open(path, read_only=True)
    assert str(caught.value).startswith(f"{path}: ")
    with pytest.raises(StoreError):
        repair(path, None)
    assert path.lstat() == before
    assert names(tmp_path) == entries


@pytest.mark.torture
@pytest.mark.parametrize("part", range(8))
def test_two_thousand_damaged_files(tmp_path: Path, part: int) -> None:
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    for number in range(10_000 + part * 250, 10_000 + part * 250 + 250):
        outcome, taken = judged(tmp_path / "notebook.json", number)
        outcomes[outcome] += 1
        slowest = max(slowest, taken)
    print(f"{dict(outcomes)}, told after {slowest:.3f} s at most")
    assert slowest < 1


@pytest.mark.parametrize("many", [3, pytest.param(150, marks=pytest.mark.torture)])
def test_the_program_itself_tells_them_in_one_line(tmp_path: Path, many: int) -> None:
    path = tmp_path / "notebook.json"
    for number in range(many):
        path.unlink(missing_ok=True)
        kind = (*KINDS, *NO_FILES)[number * 7 % len(KINDS + NO_FILES)]
        if kind in NO_FILES:
            no_file(path, kind)
        else:
            path.write_bytes(damaged(KINDS.index(kind) + len(KINDS) * (number + 1))[1])
        done = subprocess.run(
            [sys.executable, "-m", "dmlt_tui", "list", str(path)],
            capture_output=True,
            text=True,
            timeout=60,
            env={**os.environ, "PYTHONWARNINGS": "error"},
        )
        if done.returncode:
            assert (done.returncode, done.stderr.count("\n"), done.stdout) == (1, 1, ""), done.stderr
        else:
            assert done.stderr == ""
        if path.is_dir():
            path.rmdir()
        path.with_name(f"{path.name}-other").unlink(missing_ok=True)
