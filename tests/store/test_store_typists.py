"""Real processes that type: killed at any moment, several at one line, one that comes back from a dead connection."""

from __future__ import annotations

import signal
import statistics
import subprocess
import time
from pathlib import Path
from random import Random

import pytest
from filelock import FileLock, Timeout
from store_values import WAIT, item, names, on_disk, small
from typists import begin, typist

from dmlt_tui.store.notebook import OpenNotebook


def notes(path: Path) -> str:
    return item(on_disk(path), "welcome").notes


def ended(child: subprocess.Popen[str]) -> list[str]:
    output, errors = child.communicate(timeout=WAIT * 5)
    assert child.returncode == 0, errors
    return output.splitlines()


def killed_after(path: Path, seed: int, seconds: list[float]) -> list[float]:
    """Let several type, each at a notebook of its own, kill each at its moment: the seconds of typing each lost."""
    path.mkdir(exist_ok=True)
    files = [path / f"{seed}-{number}.json" for number in range(len(seconds))]
    for file in files:
        OpenNotebook.create(file, small("")).close()
    children = [typist(file, "K", seed + number) for number, file in enumerate(files)]
    begin(*children)
    start = time.monotonic()
    lost = []
    for moment, child, file in sorted(zip(seconds, children, files, strict=True), key=lambda one: one[0]):
        time.sleep(max(start + moment - time.monotonic(), 0))
        child.kill()
        output, _ = child.communicate()
        keys = [int(line.split()[1]) for line in output.splitlines() if line and line[0].isdigit()]
        there = [mark for mark in notes(file).split() if mark.startswith("K")]
        assert there == [f"K{number}" for number in range(1, len(there) + 1)]
        missing = keys[len(there) :]
        lost.append((missing[-1] - missing[0]) / 1e9 + 1 / 8 if missing else 0.0)
    return lost


def test_a_typist_who_is_killed_loses_a_key_or_two_at_most(tmp_path: Path) -> None:
    lost = killed_after(tmp_path / "kills", 1, [0.35, 0.5, 0.65, 0.8])
    assert max(lost) <= 1


@pytest.mark.torture
def test_two_hundred_typists_who_are_killed_lose_a_second_at_most(tmp_path: Path) -> None:
    random = Random(5)
    lost: list[float] = []
    for round_ in range(50):
        lost += killed_after(tmp_path / "kills", round_ * 10, [random.uniform(0.1, 2.5) for _ in range(4)])
    print(f"{len(lost)} killed: median {statistics.median(lost):.3f} s, at most {max(lost):.3f} s of typing lost")
    assert max(lost) <= 1
    assert statistics.median(lost) == 0


@pytest.mark.parametrize(
    ("many", "place", "keys", "pace"),
    [
        (2, "own", 40, 0.0),
        (2, "first", 20, 20.0),
        pytest.param(8, "own", 60, 0.0, marks=pytest.mark.torture),
        pytest.param(2, "first", 200, 8.0, marks=pytest.mark.torture),
        pytest.param(8, "first", 100, 8.0, marks=pytest.mark.torture),
        pytest.param(8, "first", 60, 0.0, marks=pytest.mark.torture),
    ],
)
def test_all_that_several_type_at_once_is_there_once(
    tmp_path: Path, many: int, place: str, keys: int, pace: float
) -> None:
    path = tmp_path / "notebook.json"
    OpenNotebook.create(path, small("together")).close()
    writers = "ABCDEFGH"[:many]
    children = [typist(path, name, seed, keys=keys, pace=pace, place=place) for seed, name in enumerate(writers)]
    begin(*children)
    for child in children:
        assert ended(child)[-1] == "closed"
    marks = [mark for mark in notes(path).split() if mark != "together"]
    assert sorted(marks) == sorted(f"{name}{number}" for name in writers for number in range(1, keys + 1))
    for name in writers:
        assert [mark for mark in marks if mark[0] == name] == [f"{name}{number}" for number in range(1, keys + 1)]
    assert names(tmp_path) == [f".{path.name}.lock", path.name]


def stopped(ghost: subprocess.Popen[str], path: Path) -> None:
    """Stop a process as one stops that waits for its terminal: not in the middle of a save."""
    while True:
        ghost.send_signal(signal.SIGSTOP)
        while "T" not in Path(f"/proc/{ghost.pid}/stat").read_text().split()[2]:
            time.sleep(0.001)
        try:
            with FileLock(path.with_name(f".{path.name}.lock"), timeout=0):
                return
        except Timeout:
            ghost.send_signal(signal.SIGCONT)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="whether a process has stopped, only Linux tells")
@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.torture)])
def test_a_ghost_that_wakes_after_a_reconnect_loses_and_doubles_nothing(tmp_path: Path, rounds: int) -> None:
    for seed in range(rounds):
        path = tmp_path / f"notebook{seed}.json"
        OpenNotebook.create(path, small("together")).close()
        ghost = typist(path, "G", seed, keys=30, pace=20)
        begin(ghost)
        assert ghost.stdout is not None
        for _ in range(Random(seed).randrange(3, 25)):
            ghost.stdout.readline()
        stopped(ghost, path)
        after = typist(path, "N", seed + 1, keys=20, pace=40)
        begin(after)
        assert ended(after)[-1] == "closed"
        ghost.send_signal(signal.SIGCONT)
        assert ended(ghost)[-1] == "closed"
        marks = [mark for mark in notes(path).split() if mark != "together"]
        assert sorted(marks) == sorted([*(f"G{n}" for n in range(1, 31)), *(f"N{n}" for n in range(1, 21))])
