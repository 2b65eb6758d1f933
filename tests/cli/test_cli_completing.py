"""What the shell completes: commands, meetings, people; and the scripts for the three shells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.commands import done


def offered(*words: str | Path) -> list[str]:
    """What bash is offered for the last of the words."""
    line = [str(word) for word in words]
    answer = subprocess.run(
        [sys.executable, "-c", "from dmlt_tui.cli import main; main(prog_name='dmlt-tui')"],
        env=os.environ
        | {
            "COMP_WORDS": " ".join(["dmlt-tui", *line]),
            "COMP_CWORD": str(len(line)),
            "_DMLT_TUI_COMPLETE": "bash_complete",
        },
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert answer.stderr == ""
    return [line.partition(",")[2] for line in answer.stdout.splitlines() if line]


def test_commands_are_completed() -> None:
    assert {"export"} <= set(offered("expo"))


def test_meetings_of_the_notebook_named_are_completed_by_id_and_title(sample: Path) -> None:
    assert "2020-05" in offered("show", sample, "--meeting", "2020-0")
    assert "2020-05" in offered("show", sample, "--meeting", "virtual")


def test_people_are_completed_by_handle_and_name(sample: Path) -> None:
    assert offered("actions", sample, "--assignee", "fritz") == ["fmueller"]
    assert offered("actions", sample, "--assignee", "fmue") == ["fmueller"]


def test_a_notebook_that_cannot_be_read_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{")
    assert offered("show", tmp_path / "bad.json", "--meeting", "a") == []
    assert offered("show", tmp_path / "none.json", "--meeting", "a") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_each_shell_names_both_programs(shell: str) -> None:
    script = done("completion", shell)
    assert "_DMLT_TUI_COMPLETE" in script
    assert "_DMLT_COMPLETE" in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_takes_the_script() -> None:
    script = done("completion", "bash")
    answer = subprocess.run(["bash", "-c", f"{script}\ncomplete -p dmlt-tui dmlt"], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.count("-F") == 2
