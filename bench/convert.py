"""How fast pages are written: `python bench/convert.py [--megabytes N]`.

Prints the time of the sample in every format, the CPU time of 600 meetings with thousands of open actions, and the
time of `dmlt-tui convert` as a process against `pandoc -t jira` on the same notes, where pandoc is installed.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from msgspec.structs import replace

from dmlt_tui.meeting.model import Meeting, Notebook
from dmlt_tui.page.compose import compose, summary
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.store.records import Records

SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "dmlt-2020-05.json"
MEETINGS = 600
PROMISES = 6  # open actions a meeting


def seconds(command: list[str], rounds: int = 3) -> float:
    """The quickest of some runs of a process."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        best = min(best, time.perf_counter() - start)
    return best


def notes(notebook: Notebook, size: int) -> str:
    """The notes of the sample again and again, `size` characters of them."""
    once = "\n\n".join(item.notes for meeting in notebook.meetings for item in meeting.items if item.notes)
    return ((once + "\n\n") * (size // len(once) + 1))[:size]


def promising(meeting: Meeting, number: int) -> Meeting:
    """A meeting of its own with some actions still open."""
    day = meeting.days[0]
    session = day.sessions[0]
    item = session.items[0]
    lines = [
        f"[ ] report {number}-{action} on DM-{action}, *soon* due:2020-06-{action + 1:02}" for action in range(PROMISES)
    ]
    item = replace(item, notes="\n".join([item.notes, "", *lines]))
    session = replace(session, items=(item, *session.items[1:]))
    day = replace(day, sessions=(session, *day.sessions[1:]))
    return replace(meeting, id=f"m{number}", title=f"{meeting.title} {number}", days=(day, *meeting.days[1:]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=1.0)
    wanted = parser.parse_args()
    notebook: Notebook = Records().load(json.loads(SAMPLE.read_text("utf-8")))
    meeting = notebook.meetings[-1]
    for name in WRITERS:
        WRITERS[name](compose(notebook, meeting))  # loads what it needs
        start = time.perf_counter()
        WRITERS[name](compose(notebook, meeting))
        print(f"sample as {name:<14} {1000 * (time.perf_counter() - start):7.1f} ms")
    book = replace(notebook, meetings=tuple(promising(meeting, number) for number in range(MEETINGS)), requests=())
    for name in WRITERS:
        start = time.process_time()
        open_ones = summary(book)
        for one in book.meetings:
            WRITERS[name](compose(book, one, open_ones=open_ones))
        print(
            f"{MEETINGS} meetings as {name:<14} {time.process_time() - start:6.1f} s of CPU, {len(open_ones.rows)} rows"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "notes.md")
        path.write_text(notes(notebook, int(wanted.megabytes * 1_000_000)), "utf-8")
        ours = seconds([sys.executable, "-m", "dmlt_tui", "convert", "--to", "wiki", str(path)])
        print(f"convert --to wiki, {wanted.megabytes} MB: {ours:.2f} s")
        if shutil.which("pandoc"):
            theirs = seconds(["pandoc", "-f", "gfm", "-t", "jira", str(path)])
            print(f"pandoc -t jira: {theirs:.2f} s; ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
