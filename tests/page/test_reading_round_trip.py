"""What is written is read back as the same meeting."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

import pytest
from msgspec.structs import asdict, replace
from page_judge import find_judge, sample_notebook

from dmlt_tui.meeting.actions import meeting_actions
from dmlt_tui.meeting.importing import import_meeting
from dmlt_tui.meeting.model import Day, Item, Logistics, Meeting, Notebook, Notice, Person
from dmlt_tui.page.choices import Choices
from dmlt_tui.page.compose import compose
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.page.reading import Reading, Source, read_page

FORMATS = {
    "storage": Source.STORAGE,
    "storage-cloud": Source.STORAGE,
    "html": Source.HTML,
    "markdown": Source.MARKDOWN,
}


def read_back(name: str, notebook: Notebook, choices: Choices | None = None) -> Reading:
    meeting = notebook.meetings[-1]
    numbers = count()
    text = WRITERS[name](compose(notebook, meeting, None, choices))
    return read_page(text, FORMATS[name], notebook, lambda: f"id{next(numbers)}", meeting.title)


def carried(item: Item, *, flat: bool) -> dict[str, Any]:
    """What a page carries of an item. In all but Markdown an action stands at the outermost level of its note."""
    fields = asdict(item)
    for name in ("id", "up_to", "spans", "done", "reviews"):
        del fields[name]
    fields["slots"] = tuple(replace(slot, id="") for slot in item.slots)
    if flat:
        fields["notes"] = [line.strip() for line in item.notes.split("\n")]
    return fields


def agenda(meeting: Meeting, *, flat: bool) -> list[Any]:
    return [
        (day.date, [(s.start, s.moderator, [carried(item, flat=flat) for item in s.items]) for s in day.sessions])
        for day in meeting.days
    ]


@pytest.mark.parametrize("name", FORMATS)
def test_the_sample_comes_back_as_the_same_meeting(name: str) -> None:
    notebook = sample_notebook()
    old = notebook.meetings[-1]
    reading = read_back(name, notebook)
    new = reading.meeting
    flat = name != "markdown"
    assert agenda(new, flat=flat) == agenda(old, flat=flat)
    assert (new.title, new.zone, new.zone_label) == (old.title, old.zone, old.zone_label)
    assert new.logistics == old.logistics
    assert new.attendees == old.attendees
    assert [replace(file, id="") for file in new.attachments] == [replace(file, id="") for file in old.attachments]
    assert not reading.people
    assert not reading.doubts
    assert not reading.kept


@pytest.mark.parametrize("name", FORMATS)
def test_actions_and_requests_come_back(name: str) -> None:
    notebook = sample_notebook()
    reading = read_back(name, notebook)

    def tasks(meeting: Meeting) -> list[Any]:
        found = (action.task for action in meeting_actions(notebook, meeting))
        return [(task.done, task.text, task.owners, task.due) for task in found]

    assert tasks(reading.meeting) == tasks(notebook.meetings[-1])
    assert len(reading.actions) == 11
    bare = [
        replace(request, id="", meeting="", item="", state=notebook.requests[0].state) for request in notebook.requests
    ]
    assert [replace(request, id="", meeting="", state=bare[0].state) for request in reading.requests] == bare


@pytest.mark.parametrize("name", FORMATS)
def test_importing_ones_own_page_changes_nothing(name: str) -> None:
    notebook = sample_notebook()
    reading = read_back(name, notebook)
    numbers = count()
    actions = [(action.meeting_title, action.source, action.line) for action in reading.actions]
    edit = import_meeting(reading.meeting, reading.people, reading.requests, actions, lambda: f"new{next(numbers)}")
    assert edit.apply(notebook) == notebook


NOTICE = "Held at home.\n\n- bring:\n  - badge\n- [ ] @ann book the room\n\n```\nat <!-- 9 --> sharp\n```\n\nThank you."


@pytest.mark.parametrize("name", FORMATS)
def test_a_notice_with_actions_and_code_comes_back_whole(name: str) -> None:
    logistics = Logistics(notice=Notice(title="Where", text=NOTICE))
    day = Day(id="d", date=date(2020, 5, 12))
    meeting = Meeting(id="m", title="M", days=(day,), logistics=logistics)
    reading = read_back(name, Notebook(people=(Person(id="ann", name="Ann Lee"),), meetings=(meeting,)))
    assert reading.meeting.logistics == logistics
    assert list(reading.meeting.items) == []


def test_the_editor_reads_a_notice_with_actions_code_and_rules() -> None:
    judge = find_judge()
    notices = (NOTICE, "- [x] done", "---", "1. a\n   - [ ] b\n\n> ```\n> code\n> ```")
    meetings = [
        Meeting(id="m", title="M", logistics=Logistics(notice=Notice(title="Where", text=text))) for text in notices
    ]
    pages = [WRITERS["storage"](compose(Notebook(meetings=(meeting,)), meeting)) for meeting in meetings]
    found = judge.read("storage", pages)
    assert [(each["ok"], each["errors"]) for each in found] == [(True, [])] * len(pages)
    assert "at <!-- 9 --> sharp" in found[0]["text"]


@pytest.mark.parametrize("name", ["storage", "markdown"])
def test_what_was_added_to_a_page_does_not_confuse_its_reader(name: str) -> None:
    notebook = sample_notebook()
    added = Choices(times=True, decisions=True, handovers=True)
    flat = name != "markdown"
    reading = read_back(name, notebook, added)
    assert agenda(reading.meeting, flat=flat) == agenda(notebook.meetings[-1], flat=flat)
    assert not reading.kept
