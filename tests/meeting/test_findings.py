from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from msgspec.structs import replace

from dmlt_tui.meeting.findings import findings
from dmlt_tui.meeting.model import (
    Attachment,
    Attendee,
    Day,
    Handover,
    Item,
    Meeting,
    Notebook,
    Pattern,
    Person,
    Request,
    Round,
    Session,
    Slot,
    Span,
    Turn,
)
from dmlt_tui.store.notebook import OpenNotebook

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
ITEM = Item(id="i", title="Topic", minutes=10, coordinators=("ann",))
SESSION = Session(id="s", start=time(9), moderator="ann", items=(ITEM,))
MEETING = Meeting(id="m", title="Spring", days=(Day(id="d", date=date(2026, 5, 12), sessions=(SESSION,)),), current="i")


def notebook(meeting: Meeting = MEETING) -> Notebook:
    return Notebook(people=(Person(id="ann", name="Ann"),), meetings=(meeting,))


def with_session(session: Session) -> Notebook:
    return notebook(replace(MEETING, days=(replace(MEETING.days[0], sessions=(session,)),)))


def with_item(item: Item) -> Notebook:
    return with_session(replace(SESSION, items=(item,)))


def test_a_sound_notebook_and_the_sample_have_no_findings(sample: Path) -> None:
    assert findings(notebook()) == ()
    assert findings(OpenNotebook.open(sample, read_only=True).value) == ()


@pytest.mark.parametrize(
    ("found", "place", "words"),
    [
        (replace(notebook(), patterns=(Pattern(id="p", regex="("),)), "pattern p", "not a regular expression"),
        (replace(notebook(), requests=(Request(id="i", title="x"),)), "id i", "2 records have it"),
        (replace(notebook(), requests=(Request(id="r", title="x", meeting="gone"),)), "request r", "no meeting 'gone'"),
        (replace(notebook(), requests=(Request(id="r", title="x", item="gone"),)), "request r", "no item 'gone'"),
        (notebook(replace(MEETING, title=" ")), "meeting m", "no title"),
        (notebook(replace(MEETING, zone="America/Nowhere")), "meeting m", "no time zone 'America/Nowhere'"),
        (notebook(replace(MEETING, zone="../etc/passwd")), "meeting m", "no time zone"),
        (notebook(replace(MEETING, current="gone")), "meeting m", "no item 'gone'"),
        (
            notebook(replace(MEETING, days=(*MEETING.days, Day(id="e", date=date(2026, 5, 11))))),
            "day 2026-05-11",
            "days go forward",
        ),
        (notebook(replace(MEETING, attendees=(Attendee(person="bob"),))), "meeting m", "attendee @bob"),
        (
            notebook(replace(MEETING, attachments=(Attachment(id="a", name="x", by="bob"),))),
            "meeting m",
            "author of an attachment @bob",
        ),
        (
            notebook(replace(MEETING, handovers=(Handover(id="h", session="s", to="bob", at=NOON),))),
            "handover h",
            "moderator @bob",
        ),
        (
            notebook(replace(MEETING, handovers=(Handover(id="h", session="gone", to="ann", at=NOON),))),
            "handover h",
            "no session 'gone'",
        ),
        (with_session(replace(SESSION, moderator="bob")), "session at 09:00", "moderator @bob"),
        (with_session(replace(SESSION, scribe="bob")), "session at 09:00", "scribe @bob"),
        (with_item(replace(ITEM, coordinators=("ann", "bob"))), "item i (Topic)", "coordinator @bob"),
        (with_item(replace(ITEM, guests=("Bob Builder", "@bob"))), "item i (Topic)", "guest @bob"),
        (with_item(replace(ITEM, slots=(Slot(id="x", title="x", guest="@bob"),))), "item i (Topic)", "guest @bob"),
        (
            with_item(replace(ITEM, round=Round(turns=(Turn(name="x", person="bob"),)))),
            "item i (Topic)",
            "speaker of a turn @bob",
        ),
        (with_item(replace(ITEM, notes="- one\n- [ ] @bob do it")), "line 2 of its notes", "owner @bob"),
        (with_item(replace(ITEM, minutes=-1)), "item i (Topic)", "less than no time"),
        (
            with_item(replace(ITEM, spans=(Span(start=NOON, end=NOON.replace(hour=11)),))),
            "item i (Topic)",
            "a span ends after its start",
        ),
    ],
)
def test_each_mistake_is_found_once_with_its_place(found: Notebook, place: str, words: str) -> None:
    (finding,) = findings(found)
    assert place in finding.place
    assert words in finding.words
    assert str(finding) == f"{finding.place}: {finding.words}"
