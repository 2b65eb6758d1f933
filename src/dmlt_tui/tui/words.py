"""How the running clock is said on the screen: pure functions from values to short texts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dmlt_tui.meeting.projection import Projection
from dmlt_tui.store.errors import one_line


def elapsed(projection: Projection) -> str:
    """The clock of the current item: minutes, and seconds too only in its last minute, so that little is repainted."""
    spent, planned = projection.spent, projection.planned
    if planned is None:
        return f"{spent // 60} min"
    left = planned - spent
    if 0 <= left < 60:
        return f"{spent // 60}:{spent % 60:02}/{planned // 60} min"
    if left <= -60:
        return f"{spent // 60}/{planned // 60} min, {-left // 60} over"
    return f"{spent // 60}/{planned // 60} min"


def day_mark(here: datetime, there: datetime) -> str:
    """A + where it is the day after on other clocks, a - where it is the day before, else nothing."""
    return "+" if there.date() > here.date() else "-" if there.date() < here.date() else ""


def city(zone: ZoneInfo) -> str:
    """What a zone is called beside a time: "Paris" for Europe/Paris."""
    return zone.key.rsplit("/", 1)[-1].replace("_", " ")


def trouble(message: str, path: Path) -> str:
    """A message on the file, its reason first and the name of the file last, as a narrow line is cut at its end.

    The folders of `path` and of the user's home are left out.
    """
    place, name, home = (one_line(str(one)) for one in (path, path.name, Path.home()))  # as the message has them
    reason = message.removeprefix(f"{place}: ").replace(place, name).replace(f"{home}/", "~/")
    return reason if name in reason else f"{reason} ({name})"
