"""What differs between two versions of a notebook, in a word or two for each thing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from dmlt_tui.meeting.model import Day, Meeting, Notebook
from dmlt_tui.store.codec import TABLES

_MOST_NAMES = 2


def differences(older: Notebook, newer: Notebook) -> tuple[str, ...]:
    """Say what was changed from one to the other: "notes of Budget", "meeting Spring added"; nothing for equal ones."""
    found: list[str] = []
    for table in TABLES:
        before, after = getattr(older, table), getattr(newer, table)
        if table == "meetings":
            found += _meetings({one.id: one for one in before}, {one.id: one for one in after})
        elif before != after:
            found.append(_counted(table, {one.id for one in before}, {one.id for one in after}))
    if not found and older != newer:
        found.append("order of meetings")
    return tuple(found)


def _meetings(before: dict[str, Meeting], after: dict[str, Meeting]) -> Iterator[str]:
    for words, here, there in (("added", after, before), ("deleted", before, after)):
        titles = [meeting.title for meeting_id, meeting in here.items() if meeting_id not in there]
        if titles:
            yield f"meeting {titles[0]} {words}" if len(titles) == 1 else f"{len(titles)} meetings {words}"
    notes: list[str] = []
    others: dict[str, None] = {}
    for meeting_id, newer in after.items():
        older = before.get(meeting_id, newer)
        if older != newer:
            typed = {item.id: (item.notes, item.preparation) for item in older.items}
            notes += [
                item.title for item in newer.items if typed.get(item.id, ("", "")) != (item.notes, item.preparation)
            ]
            was = _aspects(older)
            others |= dict.fromkeys(name for name, value in _aspects(newer).items() if value != was[name])
    if notes:
        yield f"notes of {_listed(notes)}"
    yield from others


def _aspects(meeting: Meeting) -> dict[str, object]:
    """All that a meeting holds but what was typed in notes, in parts that have a name."""
    rest = replace(meeting, days=(), handovers=(), attendees=(), current="")
    return {
        "agenda": [_planned(day) for day in meeting.days],
        "clock": (
            meeting.current,
            [(item.id, item.spans, item.done) for item in meeting.items if item.spans or item.done],
        ),
        "handovers": meeting.handovers,
        "attendees": meeting.attendees,
        "head of the page": rest,
    }


def _planned(day: Day) -> Day:
    sessions = (
        replace(
            session,
            items=tuple(replace(item, notes="", preparation="", spans=(), done=False) for item in session.items),
        )
        for session in day.sessions
    )
    return replace(day, sessions=tuple(sessions))


def _counted(table: str, before: Collection[str], after: Collection[str]) -> str:
    more, fewer = len(set(after) - set(before)), len(set(before) - set(after))
    signs = [f"+{more}"] * bool(more) + [f"-{fewer}"] * bool(fewer)
    return " ".join([table, *signs])


def _listed(titles: Sequence[str]) -> str:
    more = len(titles) - _MOST_NAMES
    return ", ".join(titles[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
