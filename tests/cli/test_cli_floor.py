"""What a moderator sees without the app."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from support.commands import done

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.model import Handover
from dmlt_tui.store.notebook import OpenNotebook


def test_brief_prints_what_the_next_moderator_should_know(sample: Path) -> None:
    printed = done("brief", sample, "--meeting", "2020-05")
    assert printed.startswith("Leanne Guy takes the floor\nSession of Tue 12 May 2020, 09:00 Project;")
    assert "09:00  Welcome  Wil O'Mullane  10 min" in printed


def test_brief_is_printed_for_whoever_took_the_next_session_already(sample: Path) -> None:
    now = datetime(2020, 5, 12, 16, tzinfo=UTC)
    with OpenNotebook.open(sample) as notebook:
        meeting = notebook.value.meeting("2020-05")
        assert meeting is not None
        _, second, *_ = meeting.sessions
        notebook.change(edits.start("2020-05", next(meeting.items), now))
        record = Handover(id="h", session=second.id, giver="lguy", to="fmueller", at=now)
        notebook.change(edits.hand_over("2020-05", record))
    printed = done("brief", sample, "--meeting", "2020-05")
    assert printed.startswith("Leanne Guy  hands over to  Fritz Mueller\n")
