"""Processes that type into a notebook, for tests that kill them, stop them, or let several loose on one file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

# Types marks, "A1 A2 ...", at its own place of the notes, as an editor does, and says so.
SCRIPT = """
import sys, time
from pathlib import Path
from random import Random

from store_values import item, with_item
from dmlt_tui.meeting.edits import Edit
from dmlt_tui.notes.lines import merge_text
from dmlt_tui.store.notebook import OpenNotebook

path, name, seed, keys, pace, place = Path(sys.argv[1]), *sys.argv[2:]
random, pace = Random(int(seed)), float(pace)
notebook = OpenNotebook.open(path)
print("ready", flush=True)
sys.stdin.readline()
last = ""
for number in range(1, int(keys) + 1):
    mark = f"{name}{number}"

    def typed(notes):
        if last and last in notes.split():
            start, _, end = notes.partition(last + " ") if last + " " in notes else notes.partition(last)
            return f"{start}{last} {mark}" + (f" {end}" if end and not end.startswith("\\n") else end)
        if place == "own":
            return f"{notes}\\n{mark}"
        first, _, rest = notes.partition("\\n")
        return f"{first} {mark}" + (f"\\n{rest}" if rest else "")

    notebook.change(Edit("notes", lambda value: with_item(value, "welcome", notes=typed(item(value, "welcome").notes))))
    last = mark
    print(number, time.monotonic_ns(), flush=True)
    notebook.poll()
    if pace:
        time.sleep(random.uniform(0.7, 1.3) / pace)
notebook.close()
print("closed", flush=True)
"""


def typist(
    path: Path, name: str, seed: int, *, keys: int = 100_000, pace: float = 8.0, place: str = "own"
) -> subprocess.Popen[str]:
    """Start one: so many keys, `pace` a second (0: as fast as it goes), on a line of its "own" or on the "first"."""
    arguments = [str(path), name, str(seed), str(keys), str(pace), place]
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *arguments],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parent)])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def begin(*children: subprocess.Popen[str]) -> None:
    """Wait until all have opened the notebook, and let them type."""
    for child in children:
        assert child.stdout is not None
        ready = child.stdout.readline()
        assert ready == "ready\n", child.communicate()[1]
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
