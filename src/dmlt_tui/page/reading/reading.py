"""What was understood of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dmlt_tui.meeting.model import Meeting, Person, Request


@dataclass(frozen=True, slots=True)
class OpenAction:
    """A row of the summary of open actions: a line in the language of notes, and the meeting it comes from."""

    line: str
    owners: tuple[str, ...]
    due: date | None
    text: str
    meeting_title: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as understood. `people` are those the notebook did not know.

    `actions` are the open actions of other meetings. `doubts` are what is uncertain, `kept` what was kept as plain
    text because nothing else fits it; both in lines for the person who asks.
    """

    meeting: Meeting
    people: tuple[Person, ...] = ()
    requests: tuple[Request, ...] = ()
    actions: tuple[OpenAction, ...] = ()
    doubts: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
