from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dmlt_tui.clipboard import files
from dmlt_tui.clipboard.chain import How, Outcome, copy
from dmlt_tui.clipboard.osc52 import sequence

TEXT = "h2. 09:00 Müller\n* one"
SSH = {"SSH_CONNECTION": "192.0.2.7 50000 192.0.2.1 22", "SSH_TTY": "/dev/pts/3", "TERM": "xterm-256color"}


def copied(
    environment: dict[str, str], state_dir: Path, terminal: Callable[[str], None] | None, text: str = TEXT
) -> Outcome:
    return copy(text, name="page.wiki", environment=environment, state_dir=state_dir, terminal=terminal)


def ignore(_sequence: str) -> None:
    """A terminal nobody looks at."""


@pytest.fixture
def desk(tmp_path: Path) -> dict[str, str]:
    """The environment at a desk whose clipboard is the file `store`."""
    tool = tmp_path / "bin" / "xclip"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\ncase "$*" in *-o*) cat {tmp_path}/store;; *) cat > {tmp_path}/store;; esac\n')
    tool.chmod(0o755)
    return {"PATH": f"{tool.parent}:/usr/bin:/bin", "DISPLAY": ":99", "TERM": "xterm-256color"}


def test_at_a_desk_the_copy_is_read_back_and_nothing_is_sent_to_the_terminal(
    tmp_path: Path, desk: dict[str, str]
) -> None:
    sent: list[str] = []
    outcome = copied(desk, tmp_path, sent.append)
    assert outcome == Outcome(
        How.DESKTOP, True, tmp_path / "exports" / "page.wiki", "Copied to this machine's clipboard, checked"
    )
    assert (tmp_path / "store").read_text() == TEXT
    assert sent == []


def test_over_ssh_the_clipboard_of_the_far_machine_is_left_alone(tmp_path: Path, desk: dict[str, str]) -> None:
    sent: list[str] = []
    outcome = copied(desk | SSH, tmp_path, sent.append)
    assert (outcome.how, outcome.checked) == (How.TERMINAL, False)
    assert outcome.message == "Sent to your terminal; a terminal gives no receipt, paste to check"
    assert sent == [sequence(TEXT.encode(), SSH)]
    assert not (tmp_path / "store").exists()


def test_a_clipboard_that_lost_the_text_is_never_called_copied(tmp_path: Path, desk: dict[str, str]) -> None:
    (tmp_path / "bin" / "xclip").write_text("#!/bin/sh\ncat > /dev/null\n")
    outcome = copied(desk, tmp_path, ignore)
    assert (outcome.how, outcome.checked) == (How.TERMINAL, False)
    assert "did not give the text back" in outcome.details[0]


@pytest.mark.parametrize("environment", [SSH, {"TERM": "xterm"}])
def test_every_copy_leaves_the_text_in_a_file(tmp_path: Path, environment: dict[str, str]) -> None:
    outcome = copied(environment, tmp_path, ignore)
    assert outcome.path is not None
    assert outcome.path.read_text() == TEXT
    assert files.last(tmp_path) == outcome.path


def test_without_a_terminal_there_is_the_file_and_how_to_fetch_it(tmp_path: Path) -> None:
    outcome = copied(SSH, tmp_path, None)
    assert (outcome.how, outcome.checked) == (How.FILE, False)
    assert str(outcome.path) in outcome.message
    assert f"ssh {os.uname().nodename} dmlt-tui export --last | pbcopy" in outcome.message
    assert "\n" not in outcome.message


def test_a_text_too_long_for_the_terminal_is_kept_not_sent(tmp_path: Path) -> None:
    sent: list[str] = []
    outcome = copied(SSH | {"STY": "1.pts"}, tmp_path, sent.append, "x" * 500_001)
    assert (outcome.how, sent) == (How.FILE, [])
    assert "your terminal: 500,001 bytes are too long for GNU screen (500,000)" in outcome.message


def test_a_terminal_that_is_gone_leaves_the_file(tmp_path: Path) -> None:
    def gone(_sequence: str) -> None:
        raise BrokenPipeError(32, os.strerror(32))

    outcome = copied(SSH, tmp_path, gone)
    assert outcome.how is How.FILE
    assert "your terminal: Broken pipe" in outcome.details


def test_a_full_home_does_not_keep_the_text_from_the_clipboard(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way of the folder")
    sent: list[str] = []
    outcome = copied(SSH, tmp_path / "state", sent.append)
    assert (outcome.how, outcome.path, len(sent)) == (How.TERMINAL, None, 1)
    assert any("no file was kept" in detail for detail in outcome.details)


def test_when_nothing_works_the_message_says_why_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way of the folder")
    outcome = copied(SSH, tmp_path / "state", None)
    assert (outcome.how, outcome.checked, outcome.path) == (How.NOWHERE, False, None)
    assert outcome.message.startswith("Not copied: no file was kept")
    assert "\n" not in outcome.message


def test_no_text_is_nothing_to_copy_and_leaves_the_last_export(tmp_path: Path) -> None:
    kept = copied(SSH, tmp_path, None).path
    outcome = copied(SSH, tmp_path, ignore, "")
    assert outcome == Outcome(How.NOWHERE, False, None, "Nothing to copy: the text is empty")
    assert files.last(tmp_path) == kept
