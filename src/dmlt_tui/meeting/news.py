"""What others did to the floor, in a line for those who look on: a pure function of two values."""

from __future__ import annotations

from dmlt_tui.meeting.model import Handover, Meeting, Notebook, Role
from dmlt_tui.meeting.moderation import current_place, is_running
from dmlt_tui.meeting.words import name_of


def floor_news(before: Notebook, after: Notebook, meeting_id: str) -> str:
    """What became of the floor of a meeting between two values; empty when nothing did."""
    was, now = before.meeting(meeting_id), after.meeting(meeting_id)
    if was is None or now is None or was is now:
        return ""
    gone = [handover for handover in was.handovers if handover not in now.handovers]
    new = [handover for handover in now.handovers if handover not in was.handovers]
    parts = [_handed(after, handover) for handover in new]
    parts += [f"the handover to {name_of(after, one.to)} was undone" for one in gone if not new]
    floor = _floor(was, now)
    return "; ".join([*parts, floor] if floor else parts)


def _handed(notebook: Notebook, handover: Handover) -> str:
    name = name_of(notebook, handover.to)
    words = f"{name} takes the notes" if handover.role is Role.SCRIBE else f"handed over to {name}"
    return f"{words}: {handover.note}" if handover.note else words


def _floor(was: Meeting, now: Meeting) -> str:
    before, place = current_place(was), current_place(now)
    if place is None:
        return "the meeting has ended" if before else ""
    if before is None or before.item.id != place.item.id:
        return f"now: {place.item.title}"
    if is_running(before.item) != is_running(place.item):
        return "the clock goes on" if is_running(place.item) else "the clock was paused"
    return ""
