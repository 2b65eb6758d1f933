"""Real processes at one file: killed, at the same time, and with no room left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from store_values import add_person, handles, item, names, on_disk, small

from dmlt_tui.store.notebook import OpenNotebook

HEAD = """
import resource, sys
from pathlib import Path
from store_values import add_line, add_person, small
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook, SaveKind
path = Path(sys.argv[1])
"""
SAVES_FOR_EVER = """
with OpenNotebook.open(path) as notebook:
    for number in range(100_000):
        notebook.change(add_line(f"{number} " + "x" * 3000))
        notebook.flush()
        print(number, flush=True)
        if number % 10 == 9:
            for _ in range(10):
                notebook.undo()
"""
ADDS_MANY = """
with OpenNotebook.open(path) as notebook:
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        notebook.change(add_person(f"{sys.argv[2]}{number}"))
        notebook.change(add_line(f"{sys.argv[2]}{number}"))
        if number % 3:
            notebook.poll()
        else:
            notebook.flush()
"""
HAS_NO_ROOM = """
notebook = OpenNotebook.open(path)
before = path.read_bytes()
notebook.change(add_line("x" * 50_000))
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
try:
    notebook.flush()
except StoreError as error:
    print(error)
assert notebook.state.kind is SaveKind.FAILED
assert path.read_bytes() == before
assert sorted(one.name for one in path.parent.iterdir()) == [f".{path.name}.lock", path.name]
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
notebook.flush()
assert notebook.state.kind is SaveKind.SAVED
notebook.close()
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HEAD + script, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_writer_leaves_the_old_or_the_new_file_whole(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "notebook.json"
    OpenNotebook.create(path, small("")).close()
    random = Random(seed)
    with start(SAVES_FOR_EVER, path) as child:
        assert child.stdout is not None
        for _ in range(random.randrange(1, 60)):
            last = int(child.stdout.readline())
        for _ in range(random.randrange(30_000)):  # into the middle of the next save
            pass
        child.kill()
        last = max([last, *map(int, child.stdout.read().split())])
    lines = item(on_disk(path), "welcome").notes.split("\n")[1:]
    numbers = [int(line.split()[0]) for line in lines]
    first = numbers[0] if numbers else last + 1
    assert numbers == list(range(first, first + len(numbers)))
    assert first % 10 == 0
    assert numbers[-1:] in ([last], [last + 1]) or (not numbers and last % 10 == 9)
    with OpenNotebook.open(path) as notebook:
        notebook.change(add_person("eve"))
    assert "eve" in handles(on_disk(path))
    assert names(tmp_path) == [f".{path.name}.lock", path.name]


def test_two_processes_at_once_lose_nothing_of_each_other(tmp_path: Path) -> None:
    path, many = tmp_path / "notebook.json", 40
    OpenNotebook.create(path, small("")).close()
    children = [start(ADDS_MANY, path, name, many) for name in "pq"]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        _, errors = child.communicate()
        assert child.returncode == 0, errors
    wanted = [f"{name}{number}" for name in "pq" for number in range(many)]
    value = on_disk(path)
    assert sorted(handles(value)) == sorted(["ann", "bob", *wanted])
    assert sorted(item(value, "welcome").notes.split("\n")) == sorted(["", *wanted])


def test_no_room_on_the_disk_is_said_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "notebook.json"
    OpenNotebook.create(path, small("")).close()
    child = start(HAS_NO_ROOM, path)
    output, errors = child.communicate()
    assert child.returncode == 0, errors
    assert (
        output == f"{path}: not saved: the file would be larger than is allowed here; typing is kept in memory only\n"
    )
    assert item(on_disk(path), "welcome").notes == "\n" + "x" * 50_000
