"""Many processes that change the structure of one notebook: all they did is there once, and no version was broken."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest
from store_values import WAIT

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Session
from dmlt_tui.notes.language import survey
from dmlt_tui.store.notebook import OpenNotebook

# Adds items, moves them to another session, ticks their actions, and hands sessions over. Every version it writes is
# read back before it takes the place of the one before.
EDITS = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from dmlt_tui.meeting import agenda_edits, edits
from dmlt_tui.meeting.model import Handover, Item
from dmlt_tui.notes.language import survey
from dmlt_tui.store import disk
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.store.records import Records

path, name, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
put, versions = disk.replace, 0

def checked(place, pieces, expected, **others):
    global versions
    value = Records().load(parse(b"".join(pieces)))
    items = [item.id for meeting in value.meetings for item in meeting.items]
    handovers = [one.id for meeting in value.meetings for one in meeting.handovers]
    assert len(items) == len(set(items)), "an item stands twice"
    assert len(handovers) == len(set(handovers)), "a handover stands twice"
    versions += 1
    return put(place, pieces, expected, **others)

disk.replace = checked
now = datetime(2020, 5, 12, 16, tzinfo=UTC)
notebook = OpenNotebook.open(path)
find = lambda key: next(item for item in notebook.value.meetings[0].items if item.id == key)

print("ready", flush=True)
sys.stdin.readline()
for number in range(rounds):
    key, here, there = f"{name}{number}", f"{name}-{number}", f"other-{name}-{number}"
    notes = f"- [ ] {key} is to be done"
    item = Item(id=key, title=key, minutes=5, notes=notes)
    notebook.change(agenda_edits.insert_item("m", item, find(f"first-{here}")))
    notebook.poll()
    notebook.change(agenda_edits.move_to_session("m", find(key), there))
    if number % 3 == 0:
        notebook.flush()
    (task,) = survey(find(key).notes).tasks
    notebook.change(edits.tick("m", key, task, done=True))
    notebook.poll()
    notebook.change(edits.hand_over("m", Handover(id=f"h-{key}", session=here, giver="x", to=name, at=now)))
notebook.flush()
notebook.close()
print(versions, flush=True)
"""


def plan(path: Path, names: str, rounds: int) -> None:
    days = []
    for index, name in enumerate(names):
        sessions = []
        for number in range(rounds):
            for key in (f"{name}-{number}", f"other-{name}-{number}"):
                first = Item(id=f"first-{key}", title=key, minutes=1)
                sessions.append(Session(id=key, start=clock_time(9), items=(first,)))
        days.append(Day(id=f"day-{name}", date=date(2020, 5, 12) + timedelta(days=index), sessions=tuple(sessions)))
    OpenNotebook.create(path, Notebook(meetings=(Meeting(id="m", title="M", days=tuple(days)),))).close()


@pytest.mark.parametrize(
    ("names", "rounds"), [("AB", 5), pytest.param("ABCDEFGH", 50, marks=pytest.mark.torture)], ids=["two", "eight"]
)
def test_all_structural_edits_of_several_processes_are_in_the_file_once(
    tmp_path: Path, names: str, rounds: int
) -> None:
    path = tmp_path / "notebook.json"
    plan(path, names, rounds)
    children = [
        subprocess.Popen(
            [sys.executable, "-c", EDITS, str(path), name, str(rounds)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    versions = 0
    for child in children:
        output, errors = child.communicate(timeout=WAIT * 30)
        assert child.returncode == 0, errors
        versions += int(output)
    with OpenNotebook.open(path, read_only=True) as notebook:
        meeting = notebook.value.meetings[0]
    where = {item.id: session.id for session in meeting.sessions for item in session.items}
    made = [f"{name}{number}" for name in names for number in range(rounds)]
    assert Counter(item.id for item in meeting.items if not item.id.startswith("first-")) == Counter(made)
    assert {key: where[key] for key in made} == {key: f"other-{key[0]}-{key[1:]}" for key in made}
    assert all(survey(item.notes).tasks[0].done for item in meeting.items if item.id in made)
    assert Counter(one.session for one in meeting.handovers) == Counter(f"{key[0]}-{key[1:]}" for key in made)
    print(f"{len(names)} processes, {len(made) * 4} edits, {versions} versions")
