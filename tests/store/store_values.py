"""Notebooks to try the store with: whole ones of all shapes, and small ones with known words."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from msgspec.structs import replace

from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.model import (
    Account,
    Attachment,
    Attendee,
    Day,
    Handover,
    Item,
    ItemKind,
    Link,
    Logistics,
    Meeting,
    Notebook,
    Notice,
    Pattern,
    Person,
    Request,
    RequestState,
    Role,
    Round,
    Session,
    Slot,
    Span,
    Turn,
)
from dmlt_tui.notes.text import clean, clean_name
from dmlt_tui.store.notebook import OpenNotebook

WAIT = 20.0  # seconds until a test gives up waiting for a thread or a process

# All of Unicode but halves of surrogate pairs, as it comes through the door that all text comes through.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(clean_name)
texts = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(clean), max_size=4).map("\n".join)
ids = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8).map(clean_name).filter(bool)
minutes = st.none() | st.integers(0, 7 * 24 * 60)
clocks = st.times()
moments = st.datetimes(datetime(1900, 1, 1), datetime(2999, 12, 31, 23, 59), timezones=st.just(UTC))
dates = st.dates(date(1900, 1, 1), date(2999, 12, 31))


def many(strategy: st.SearchStrategy[Any], most: int = 2) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=most).map(tuple)


def table(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(strategy, max_size=3, unique_by=lambda record: record.id).map(tuple)


links = st.builds(Link, title=words, address=words)
slots = st.builds(Slot, id=ids, title=words, start=st.none() | clocks, minutes=minutes, guest=words)
rounds = st.builds(Round, turns=many(st.builds(Turn, name=words, person=ids, minutes=minutes)), order=words)
items = st.builds(
    Item,
    id=ids,
    title=words,
    kind=st.sampled_from(ItemKind),
    start=st.none() | clocks,
    minutes=minutes,
    up_to=st.booleans(),
    hard=st.booleans(),
    time_permitting=st.booleans(),
    coordinators=many(ids),
    guests=many(words),
    slots=many(slots),
    round=st.none() | rounds,
    link=st.none() | links,
    preparation=texts,
    notes=texts,
    spans=many(st.builds(Span, start=moments, end=st.none() | moments)),
    done=st.booleans(),
)
sessions = st.builds(Session, id=ids, start=clocks, moderator=words, scribe=words, items=many(items))
days = st.builds(Day, id=ids, date=dates, sessions=many(sessions))
logistics = st.builds(
    Logistics,
    notice=st.none() | st.builds(Notice, title=words, text=texts),
    place=words,
    links=many(links),
    access=texts,
    call_id=words,
    dial_in=many(words),
)
handovers = st.builds(
    Handover, id=ids, session=ids, to=ids, at=moments, giver=words, role=st.sampled_from(Role), note=texts
)
meetings = st.builds(
    Meeting,
    id=ids,
    title=words,
    zone=words,
    zone_label=words,
    days=many(days),
    logistics=logistics,
    attendees=many(st.builds(Attendee, person=ids, mention=st.booleans())),
    attachments=many(st.builds(Attachment, id=ids, name=words, modified=st.none() | dates, by=words)),
    handovers=many(handovers),
    current=words,
    source=words,
)
people = st.builds(
    Person,
    id=ids,
    name=words,
    initials=words,
    aliases=many(words),
    account=st.none() | st.builds(Account, username=words, userkey=words, account_id=words),
    active=st.booleans(),
)
requests = st.builds(
    Request,
    id=ids,
    title=words,
    meeting=words,
    requested_by=words,
    estimate=words,
    minutes=minutes,
    minutes_most=minutes,
    notes=texts,
    state=st.sampled_from(RequestState),
    item=words,
)
patterns = st.builds(Pattern, id=ids, regex=words, kind=words, address=words)
notebooks = st.builds(
    Notebook, people=table(people), meetings=table(meetings), requests=table(requests), patterns=table(patterns)
)


def small(notes: str = "first\nsecond\nthird") -> Notebook:
    """Two people, and a meeting of one day, two sessions and three items, the first with these notes."""
    welcome = Item(id="welcome", title="Welcome", minutes=10, notes=notes, coordinators=("ann",))
    news = Item(id="news", title="News", start=time(9, 10))
    budget = Item(id="budget", title="Budget", spans=(Span(start=datetime(2020, 5, 12, 18, tzinfo=UTC)),))
    morning = Session(id="morning", start=time(9), moderator="ann", items=(welcome, news))
    noon = Session(id="noon", start=time(11), moderator="bob", items=(budget,))
    day = Day(id="tuesday", date=date(2020, 5, 12), sessions=(morning, noon))
    meeting = Meeting(id="may", title="Leadership", zone="America/Los_Angeles", days=(day,))
    return Notebook(people=(Person(id="ann", name="Ann"), Person(id="bob", name="Bob")), meetings=(meeting,))


def with_items(notebook: Notebook, **items_of: tuple[Item, ...]) -> Notebook:
    """The notebook with other items in the named sessions of its first meeting."""
    meeting = notebook.meetings[0]
    changed = tuple(
        replace(
            day,
            sessions=tuple(replace(session, items=items_of.get(session.id, session.items)) for session in day.sessions),
        )
        for day in meeting.days
    )
    return replace(notebook, meetings=(replace(meeting, days=changed), *notebook.meetings[1:]))


def item(notebook: Notebook, item_id: str) -> Item:
    return next(item for meeting in notebook.meetings for item in meeting.items if item.id == item_id)


def with_item(notebook: Notebook, item_id: str, **fields: object) -> Notebook:
    """The notebook with other fields in one item of its first meeting."""
    sessions = {
        session.id: tuple(replace(one, **fields) if one.id == item_id else one for one in session.items)
        for session in notebook.meetings[0].sessions
    }
    return with_items(notebook, **sessions)


def add_person(handle: str, run: str = "") -> Edit:
    def apply(notebook: Notebook) -> Notebook:
        return replace(notebook, people=(*notebook.people, Person(id=handle, name=handle.title())))

    return Edit(f"add {handle}", apply, run)


def add_line(line: str, item_id: str = "welcome", run: str = "") -> Edit:
    def apply(notebook: Notebook) -> Notebook:
        return with_item(notebook, item_id, notes=f"{item(notebook, item_id).notes}\n{line}")

    return Edit(f"notes: {line}", apply, run)


def on_disk(path: Path) -> Notebook:
    """What somebody who opens the file now reads."""
    with OpenNotebook.open(path, read_only=True) as notebook:
        return notebook.value


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


def handles(notebook: Notebook) -> list[str]:
    return [person.id for person in notebook.people]


def wait_until(notebook: OpenNotebook, condition: Callable[[], bool]) -> None:
    """Wait until the saving thread has made something true; it tells after every change of value or state."""
    true = threading.Event()
    unwatch = notebook.watch(lambda: true.set() if condition() else None)
    if not condition():
        assert true.wait(WAIT), notebook.state
    unwatch()
