"""Commands that fail by a mistake of the program's own, or are ended by a key or a closed pipe."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from dmlt_tui.cli import main, meetings
from dmlt_tui.store import crash


def reports(home: Path) -> list[Path]:
    return list((home / ".state" / "dmlt-tui").glob("crashes/*"))


@pytest.mark.parametrize(
    ("error", "words"),
    [(ValueError("the merger is off"), "has crashed"), (MemoryError(), "ran out of memory")],
)
def test_a_mistake_is_said_and_reported_without_a_word_of_notes(
    sample: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, words: str
) -> None:
    def broken(_: object) -> str:
        raise error

    monkeypatch.setattr(meetings, "_dates", broken)
    before = sample.read_bytes()
    result = CliRunner().invoke(main, ["list", str(sample)])
    assert (result.exit_code, result.stdout) == (crash.EXIT_CODE, "")
    assert result.stderr.startswith(f"dmlt-tui {words}\n")
    (report,) = reports(own_home)
    assert str(report) in result.stderr
    assert "merger" not in report.read_text() + result.stderr
    assert sample.read_bytes() == before


def test_an_import_that_does_not_fit_into_memory_changes_nothing_and_says_so(sample: Path, own_home: Path) -> None:
    page = sample.with_name("page.html")
    page.write_text("<table>" + "<tr><td>09:00</td><td>a topic</td></tr>" * 200_000 + "</table>")
    before = sample.read_bytes()
    limited = (
        "import resource, sys\nfrom dmlt_tui.cli import main\nfrom dmlt_tui.cli import imports\n"
        "import dmlt_tui.page.reading.minutes, dmlt_tui.store.notebook, dmlt_tui.store.crash, bs4, lxml.html\n"
        "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize()\n"
        "resource.setrlimit(resource.RLIMIT_AS, (used + 20_000_000,) * 2)\n"
        "main(sys.argv[1:], prog_name='dmlt-tui')"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "import", str(sample), str(page)], capture_output=True, text=True, timeout=120
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == crash.EXIT_CODE
    assert "ran out of memory" in done.stderr
    assert sample.read_bytes() == before


def test_an_interrupted_command_says_so_by_its_exit_code(tmp_path: Path) -> None:
    slow = (
        "import signal, sys\nfrom dmlt_tui.cli import main, meetings\n"
        "def interrupted(_):\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "    while True:  # Python deals with it a little later\n"
        "        pass\n"
        "meetings._dates = interrupted\n"
        "main(sys.argv[1:], prog_name='dmlt-tui')"
    )
    done = subprocess.run(
        [sys.executable, "-c", slow, "list", str(Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json")],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "")


def test_a_reader_that_has_seen_enough_is_no_mistake(sample: Path, own_home: Path) -> None:
    near, far = os.pipe()
    os.close(near)
    done = subprocess.run(
        [sys.executable, "-m", "dmlt_tui", "show", str(sample)], stdout=far, stderr=subprocess.PIPE, text=True
    )
    os.close(far)
    assert done.returncode == 1
    assert done.stderr == ""
    assert reports(own_home) == []
