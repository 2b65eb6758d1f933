"""After the meeting: minutes asked, planned and spent, of items, sessions, days and meetings."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook
from dmlt_tui.meeting.moderation import moderator_of, seconds_spent
from dmlt_tui.meeting.schedule import agreed, day_plan
from dmlt_tui.meeting.words import name_of


class Level(StrEnum):
    """What a row of figures is about."""

    ITEM = "item"
    SESSION = "session"
    DAY = "day"
    MEETING = "meeting"


class Figures(Struct, frozen=True):
    """Minutes of an item, or of all items of a session, day or meeting.

    `asked` is the least that was asked for it (None where nobody did), `planned` None where no length is known.
    `held` are the planned minutes that are over by now: what `spent` is to be compared with.
    """

    level: Level
    meeting: str
    title: str
    day: str = ""
    session: str = ""
    item: str = ""
    kind: ItemKind = ItemKind.TOPIC
    asked: int | None = None
    planned: int | None = None
    spent: int = 0
    held: int = 0

    @property
    def difference(self) -> int | None:
        """Minutes spent more than planned, negative for fewer; None where nothing was held."""
        return self.spent - self.held if self.spent or self.held else None


def day_rows(notebook: Notebook, meeting: Meeting, day: Day, now: datetime) -> tuple[Figures, ...]:
    """The items of a day, each session after its items, and the day last; clocks that run count until `now`."""
    asked: dict[str, int] = {}
    for request in notebook.requests:
        if request.item and request.minutes is not None:
            asked[request.item] = asked.get(request.item, 0) + request.minutes
    rows: list[Figures] = []
    plan = day_plan(meeting, agreed(day))
    for session in day.sessions:
        items = []
        for row in plan:
            item = row.item
            if row.session.id != session.id or item.kind is ItemKind.CLOSE:
                continue
            seconds = seconds_spent(item, now)
            planned = 0 if item.time_permitting else row.minutes  # nothing was planned for it but to wait
            items.append(
                Figures(
                    level=Level.ITEM,
                    meeting=meeting.id,
                    day=day.date.isoformat(),
                    session=f"{session.start:%H:%M}",
                    item=item.id,
                    title=item.title,
                    kind=item.kind,
                    asked=asked.get(item.id),
                    planned=planned,
                    spent=(seconds + 30) // 60,
                    held=_held(item, planned or 0, (seconds + 30) // 60),
                )
            )
        moderator = moderator_of(meeting, session)
        who = f", {name_of(notebook, moderator)}" if moderator else ""
        total = _total(items, f"Session {session.start:%H:%M}{who}", Level.SESSION)
        rows += [*items, replace(total, meeting=meeting.id, day=day.date.isoformat(), session=f"{session.start:%H:%M}")]
    sessions = [row for row in rows if row.level is Level.SESSION]
    whole = _total(sessions, f"Day {day.date}", Level.DAY)
    return (*rows, replace(whole, meeting=meeting.id, day=day.date.isoformat()))


def meeting_rows(notebook: Notebook, meeting: Meeting, now: datetime) -> tuple[Figures, ...]:
    """The rows of all days of a meeting, and the meeting last."""
    rows = [row for day in meeting.days for row in day_rows(notebook, meeting, day, now)]
    days = [row for row in rows if row.level is Level.DAY]
    return (*rows, replace(_total(days, meeting.title, Level.MEETING), meeting=meeting.id))


def estimates(notebook: Notebook, now: datetime) -> tuple[Figures, ...]:
    """How estimates run over several meetings: one row for each that was held or asked for, the oldest first.

    Only topics count here: a break is no estimate.
    """
    found = []
    for meeting in sorted(notebook.meetings, key=lambda one: str(one.first_day or "")):
        rows = meeting_rows(notebook, meeting, now)
        topics = [row for row in rows if row.level is Level.ITEM and row.kind is ItemKind.TOPIC]
        if any(row.spent or row.asked for row in topics):
            found.append(replace(_total(topics, meeting.title, Level.MEETING), meeting=meeting.id))
    return tuple(found)


def _held(item: Item, planned: int, spent: int) -> int:
    """The planned minutes that are over: all of an item that is done, else no more than were spent."""
    return 0 if not item.spans else planned if item.done else min(planned, spent)


def difference_words(row: Figures) -> str:
    """By how much the time was missed: ", +12", nothing where nothing was held."""
    return "" if row.difference is None else f", {row.difference:+}"


def _total(rows: list[Figures], title: str, level: Level) -> Figures:
    asked = [row.asked for row in rows if row.asked is not None]
    return Figures(
        level=level,
        meeting="",
        title=title,
        asked=sum(asked) if asked else None,
        planned=sum(row.planned or 0 for row in rows),
        spent=sum(row.spent for row in rows),
        held=sum(row.held for row in rows),
    )
