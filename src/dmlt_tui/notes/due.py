"""Due dates in words: a small table of forms people use in meetings, always counted from the day given.

What could be read in two ways is not read at all: 06/07 is no date. A day without a year is the next one, today
included; a weekday is the next one after today, and with "next" the one of next week. A week ends on its Friday:
"next week" is Friday of next week, "eow" this week's (on a weekend, the coming one's).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_FRIDAY = _WEEKDAYS.index("friday")
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_MOST_SHORT_MONTHS = 12  # "30m" are minutes

_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\.?"
_WEEKDAY = r"(?P<weekday>mon|tues?|wed|weds|thu|thurs?|fri|sat|sun|" + "|".join(_WEEKDAYS) + ")"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"
_COUNT = r"(?P<count>[0-9]{1,4}|an?|" + "|".join(_NUMBERS) + ")"

_Reading = Callable[[re.Match[str], date], date | None]


def _iso(match: re.Match[str], _today: date) -> date | None:
    return date.fromisoformat(match[0])


def _in_units(match: re.Match[str], today: date) -> date | None:
    count = match["count"]
    number = int(count) if count.isdigit() else 1 if count in {"a", "an"} else _NUMBERS.index(count) + 1
    unit = match["unit"][0]
    if unit == "m" or unit == "y":
        return None if match["unit"] == "m" and number > _MOST_SHORT_MONTHS else _months_on(today, number, unit)
    return today + timedelta(days=number * (7 if unit == "w" else 1))


def _months_on(today: date, number: int, unit: str) -> date:
    years, month = divmod(today.year * 12 + today.month - 1 + number * (12 if unit == "y" else 1), 12)
    return date(years, month + 1, min(today.day, monthrange(years, month + 1)[1]))


def _weekday(match: re.Match[str], today: date) -> date | None:
    wanted = next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(match["weekday"][:3]))
    if match["which"] == "next":
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _of_month(match: re.Match[str], today: date) -> date | None:
    month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    if match["year"]:
        return date(int(match["year"]), month, int(match["day"]))
    for year in range(today.year, today.year + 9):  # 29 February comes again after eight years at the latest
        day = int(match["day"])
        if day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    return None


def _end_of(match: re.Match[str], today: date) -> date | None:
    step = match["which"] == "next"
    unit = match["unit"]
    if unit in {"d", "day"}:
        return today + timedelta(days=step)
    if unit in {"w", "week"}:
        return today + timedelta(days=(_FRIDAY - today.weekday()) % 7 + 7 * (step and today.weekday() <= _FRIDAY))
    if unit in {"y", "year"}:
        return date(today.year + step, 12, 31)
    first = _months_on(today.replace(day=1), step, "m")
    return first.replace(day=monthrange(first.year, first.month)[1])


