"""What will come of it, in words: the projection of a running session, and when to look at the clock."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum

from dmlt_tui.meeting.model import Day, Meeting
from dmlt_tui.meeting.projection import Projection
from dmlt_tui.meeting.schedule import (
    day_plan,
    later,
    minutes_between,
    on_its_day,
    zone,
)
from dmlt_tui.meeting.words import clock, weekday_words

_BEFORE_END = 5  # minutes before the end of an item, or a guest's part, at which that is told
_BEFORE_HARD_END = 10


# -- the projection in words ---------------------------------------------------------------------------------------


def forecast_words(seen: Projection) -> tuple[str, ...]:
    """The projection in a line, in several lengths, the longest first.

    "+11 min: Close 14:41, hard end 14:30, over by 11; OR2 not reached" is one of those; without a plan to compare with
    it is "session ends 14:41, hard end 14:30".
    """
    if seen.end is None:
        return (f"hard end {clock(seen.limit)}",) if seen.limit else ("",)
    ends = f"session ends {clock(seen.end)}"
    if seen.late is None:
        return (f"{ends}, hard end {clock(seen.limit)}", ends) if seen.limit else (ends,)
    late = "on time" if seen.late == 0 else f"{seen.late:+} min"
    late = f"rehearsal, {late}" if seen.rehearsal else late
    if seen.over is None or seen.close is None:  # its session has no hard end: that of the day counts when it is passed
        short = f"{late}: {seen.goal.title} {clock(seen.end)}" if seen.goal else f"{late}: {ends}"
        passed = seen.close is not None and seen.overrun is not None and seen.overrun > 0
        over = f", {seen.close.title} {clock(seen.closes)}" if seen.close and seen.closes else ""
        over += f" over by {seen.overrun}" if passed else ""
        whole, fate = f"{short}{over}", _fate(seen) if passed else ""
    else:
        short = f"{late}: {seen.close.title} {clock(seen.closes)}"
        over = f", over by {seen.over}" if seen.over > 0 else f", {-seen.over} to spare" if seen.over < 0 else ""
        whole, fate = f"{short}, hard end {clock(seen.limit)}{over}", _fate(seen)
    return tuple(dict.fromkeys((f"{whole}{fate}", f"{short}{over}{fate}", f"{short}{over}", short)))


def ended_words(meeting: Meeting, day: Day) -> str:
    """How a day ended: "Tue 12 May ended 14:36, hard end 14:30, over by 6"; empty for one that did not yet.

    It has, when nothing has the floor and its last item is dealt with, whatever was left out before that.
    """
    ends = [span.end for item in day.items for span in item.spans if span.end is not None]
    last = next((item for item in reversed(tuple(day.items)) if not item.time_permitting), None)
    if meeting.current or not ends or last is None or not last.done:
        return ""
    end = max(ends).astimezone(zone(meeting))
    words = f"{weekday_words(day.date)} ended {clock(end)}"
    limit = next((row.start for row in reversed(day_plan(meeting, day)) if row.item.hard and row.start), None)
    if limit is None or not on_its_day(limit, end):  # held on another day, no plan was to be kept
        return words
    over = minutes_between(limit, end)
    fate = f", over by {over}" if over > 0 else f", {-over} to spare" if over < 0 else ""
    return f"{words}, hard end {clock(limit)}{fate}"


def _fate(seen: Projection) -> str:
    """What becomes of the items at the edge."""
    parts = [f"{', '.join(item.title for item in seen.not_reached)} not reached"] if seen.not_reached else []
    parts += [f"{', '.join(item.title for item in seen.fitting)} fits"] if seen.fitting else []
    return f"; {'; '.join(parts)}" if parts else ""


# -- alerts --------------------------------------------------------------------------------------------------------


class Alert(IntEnum):
    """How much the time asks for attention; it only ever colours the status line."""

    NONE = 0
    SOON = 1
    PAST = 2


def alert(seen: Projection, now: datetime) -> Alert:
    """SOON before the end of the item, a guest's part or the hard end; PAST after the item's time, or over that end."""
    left = None if seen.planned is None else seen.planned - seen.spent
    if (left is not None and left < 0) or (seen.over is not None and seen.over > 0):
        return Alert.PAST
    soon = left is not None and left <= 60 * min(_BEFORE_END, (seen.planned or 0) // 120)
    if soon or any(0 <= minutes_between(now, start) < _BEFORE_END for start in seen.guests):
        return Alert.SOON
    if seen.over is None or seen.closes is None:
        return Alert.NONE
    return Alert.SOON if 0 <= minutes_between(now, later(seen.closes, -seen.over)) < _BEFORE_HARD_END else Alert.NONE
