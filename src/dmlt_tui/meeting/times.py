"""Clock times, lengths and estimates as people type them; what can't be read raises ValueError with one line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import time

from msgspec import Struct

from dmlt_tui.meeting.schedule import DAY

# What looks like a time or a length, right or wrong: what it can't be is said, and never taken for a part of a name.
AMOUNT_LIKE = (
    r"[-−–+]?\d+(?:[:.,–-]\d+)*"
    r"(?:\s?(?:m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?(?:\s?\d+(?:\s?m(?:in)?)?)?|days?)\b)?"
)

_CLOCK = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))?")
_LATER = re.compile(r"\+ *([0-9]{1,4})")
_HOURS = r"(?P<hours>h(?:ours?|rs?)?)(?![a-z])\.?"
_MINUTES = r"(?P<minutes>m(?:in(?:ute)?s?)?)(?![a-z])\.?"
_AMOUNT = re.compile(
    rf"""
      (?P<clock>[0-9]{{1,2}}:[0-5][0-9])(?![0-9])(?:\s*h(?:ours?|rs?)?\b)?        # 1:30
    | (?P<number>[0-9]+(?:[.,][0-9]+)?)
      (?:\s*(?:{_MINUTES}|{_HOURS}(?:\s*(?:and\s+)?(?P<more>[0-5]?[0-9])(?:\s*m(?:in(?:ute)?s?)?\b|(?![\w:])))?))?
    | \b(?P<words>half\ an|an?)\ hour\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_NEGATIVE = re.compile(r"(?:^|[^\w\s)])\s*[-−–]\s*[0-9]")
_LONGEST_CLOCK = 6 * 60  # minutes from which 9:30 is a time of day and no length

# What is around the amounts, each of them one sign: _BARE for a number without a unit, else _WHOLE.
_BARE, _WHOLE = "\0", "\1"
_ANY = f"[{_BARE}{_WHOLE}]"
_RUN_TOGETHER = re.compile(rf"\w{_ANY}|{_ANY}\w|{_ANY}\s*[.:]?\s*{_ANY}|{_ANY}:|:{_ANY}")
_OF_SOMETHING_ELSE = re.compile(
    rf"{_BARE}[\s.]*(?!(?:or|to|if|at|maybe|perhaps|probably|possibly|max|min|plus)\b)[^\W\d_]", re.IGNORECASE
)
_NOTHING_ELSE = re.compile(
    rf"(?:(?:about|around|approx\.?|approximately|ca\.?|circa|roughly|~|≈)\s*)?{_ANY}(?:\s*(?:[-−–/]|to|or)\s*{_ANY})*\.?",
    re.IGNORECASE,
)


class Estimate(Struct, frozen=True):
    """How long something may take: the words as typed, and the least and most minutes they name."""

    words: str
    least: int
    most: int


def clock_time(words: str, base: time | None = None) -> time:
    """Read a time of day: 9, 9:30, 930, 0930, 9.30, or +15, which is that many minutes after `base`.

    Raises ValueError for anything else.
    """
    typed = words.strip()
    later = _LATER.fullmatch(typed)
    if later:
        if base is None:
            raise ValueError(f"{typed}: later than what? Nothing before it has a time")
        minutes = base.hour * 60 + base.minute + int(later[1])
        if minutes < DAY:
            return time(minutes // 60, minutes % 60)
        raise ValueError(f"{typed}: that is after midnight")
    match = _CLOCK.fullmatch(typed)
    hours, minutes = (int(match[1]), int(match[2] or 0)) if match else (DAY, 0)
    if hours > 23 or minutes > 59:
        raise ValueError(f"{typed!r} is not a time of day; try 9, 9:30, 930 or +15")
    return time(hours, minutes)


def estimate(words: str) -> Estimate:
    """Read an estimate: "30m", "1h30", "90", "2 hours", "30m-1h", "30 mins (maybe 1hr, probably not)".

    A number without a unit is whole minutes, except before a larger one with hours ("1-2 hours"). Of several amounts
    the smallest and the largest count. Other words may go with an amount that has its unit, but not with a bare number:
    "2 days" is no length, and neither is a time of day. Raises ValueError for these, when there is no amount, and for
    less than no time or over a day.
    """
    return _estimate(words, _is_clear)


def length(words: str) -> int:
    """Read one length, in minutes: what estimate() reads, but one amount and no other words. Raises ValueError."""
    found = _estimate(words, lambda around: _is_clear(around) and _NOTHING_ELSE.fullmatch(around) is not None)
    if found.least != found.most:
        raise ValueError(f"{found.words!r} names {found.least} and {found.most} minutes; one length is needed")
    return found.least


def _is_clear(around: str) -> bool:
    """Whether the words around the amounts leave no doubt that these are lengths."""
    return not (_RUN_TOGETHER.search(around) or _OF_SOMETHING_ELSE.search(around))


def _estimate(words: str, fits: Callable[[str], bool]) -> Estimate:
    typed = " ".join(words.split())
    amounts: list[float] = []
    bare: list[float] = []  # numbers without a unit, of which the next amount may say the unit
    for match in _AMOUNT.finditer(typed):
        if _is_bare(match):
            bare.append(_number(match))
            continue
        amounts += [round(one * 60) if _hours(match) > one else one for one in bare]
        amounts.append(_minutes(match))
        bare = []
    amounts += bare
    around = _AMOUNT.sub(lambda match: _BARE if _is_bare(match) else _WHOLE, typed)
    clocks = [_minutes(match) for match in _AMOUNT.finditer(typed) if match["clock"]]
    whole = all(one == round(one) for one in amounts)  # 1.30 is no minute and a bit
    if not (amounts and whole and fits(around)) or _NEGATIVE.search(typed) or max(clocks, default=0) >= _LONGEST_CLOCK:
        raise ValueError(f"{typed!r} is not a length of time; try 30m, 1h30, 90 or 30m-1h")
    if max(amounts) > DAY:
        raise ValueError(f"{typed!r} is longer than a day")
    return Estimate(typed, round(min(amounts)), round(max(amounts)))


def minutes_words(minutes: int) -> str:
    """Say a length: "45 min", "1 h", "1 h 30", with a minus where it is less than nothing."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if not hours:
        return f"{sign}{rest} min"
    return f"{sign}{hours} h {rest:02}" if rest else f"{sign}{hours} h"


def range_words(least: int, most: int | None = None) -> str:
    """Say a range of lengths: "30 min", "30 to 60 min"."""
    return f"{least} min" if most is None or most == least else f"{least} to {most} min"


def _number(match: re.Match[str]) -> float:
    return min(float(match["number"].replace(",", ".")), 10.0 * DAY)


def _is_bare(match: re.Match[str]) -> bool:
    """Whether an amount is a number without a unit."""
    return bool(match["number"]) and not match["hours"] and not match["minutes"]


def _hours(match: re.Match[str]) -> float:
    """How many hours an amount names; 0 for minutes."""
    return _number(match) if match["hours"] else 0


def _minutes(match: re.Match[str]) -> int:
    if match["clock"]:
        hours, minutes = match["clock"].split(":")
        return int(hours) * 60 + int(minutes)
    if match["words"]:
        return 30 if match["words"].lower().startswith("half") else 60
    if match["hours"]:
        return round(_hours(match) * 60) + int(match["more"] or 0)
    return round(_number(match))
