"""Due dates in words: a small table of forms people use in meetings, always counted from the day given.

What could be read in two ways is not read at all: 06/07 is no date, nor is a day that is not on the weekday beside
it, nor one of two days ("15 - 16 Jun"). A day without a year is the next one, today included; a weekday is the next
one after today, and with "next" the one of next week. A week ends on its Friday: "next week" is Friday of next week,
"eow" this week's (on a weekend, the coming one's).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FRIDAY = _WEEKDAYS.index("friday")
_MOST_SHORT_MONTHS = 12  # "30m" are minutes

_MONTH = r"(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in _MONTHS) + r"|sept)\b\.?"
_WEEKDAY = r"(?P<weekday>mon|tues?|wed|weds|thu|thurs?|fri|sat|sun|" + "|".join(_WEEKDAYS) + ")"
_DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[12][0-9]{3})"
_COUNT = r"(?P<count>[0-9]{1,4}|an?|" + "|".join(_NUMBERS) + ")"

_Reading = Callable[[re.Match[str], date], date | None]


def _iso(match: re.Match[str], _today: date) -> date | None:
    return _if_on_weekday(match, date.fromisoformat(match["iso"]))


def _if_on_weekday(match: re.Match[str], day: date) -> date | None:
    """Give the day, unless the weekday beside it is another."""
    return day if match["weekday"] is None or _number_of_weekday(match) == day.weekday() else None


def _number_of_weekday(match: re.Match[str]) -> int:
    return next(number for number, name in enumerate(_WEEKDAYS) if name.startswith(match["weekday"][:3]))


def _in_units(match: re.Match[str], today: date) -> date | None:
    count, unit = match["count"] or "a", match["unit"]
    number = int(count) if count.isdigit() else 1 if count in {"a", "an"} else _NUMBERS.index(count) + 1
    if unit == "m" and number > _MOST_SHORT_MONTHS:
        return None
    if unit[0] in "my":
        return _months_on(today, number * (12 if unit[0] == "y" else 1))
    return today + timedelta(days=number * (7 if unit[0] == "w" else 1))


def _months_on(today: date, number: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + number, 12)
    if year > date.max.year:
        raise OverflowError
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _weekday(match: re.Match[str], today: date) -> date:
    wanted = _number_of_weekday(match)
    if match["which"] == "next":
        return today + timedelta(days=7 - today.weekday() + wanted)
    return today + timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _of_month(match: re.Match[str], today: date) -> date | None:
    month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    day = int(match["day"])
    if match["year"]:
        return _if_on_weekday(match, date(int(match["year"]), month, day))
    for year in range(today.year, today.year + 9):  # 29 February comes again after eight years at the latest
        if day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return _if_on_weekday(match, date(year, month, day))
    return None


def _end_of(match: re.Match[str], today: date) -> date:
    following = match["which"] == "next"
    if match["unit"][0] == "d":
        return today + timedelta(days=following)
    if match["unit"][0] == "w":
        monday = today + timedelta(days=-today.weekday() + 7 * (following or today.weekday() > _FRIDAY))
        return monday + timedelta(days=_FRIDAY)
    if match["unit"][0] == "y":
        return date(today.year + following, 12, 31)
    return _last_of_month(_months_on(today.replace(day=1), int(following)))


def _end_of_month(match: re.Match[str], today: date) -> date | None:
    month = next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    return _last_of_month(date(year, month, 1))


def _last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _named(match: re.Match[str], today: date) -> date:
    return today + timedelta(days=match["named"] == "tomorrow")


_SHORT_LENGTH = r"\+?(?P<count>[0-9]{1,4})(?P<unit>[dwmy])"
_UNIT = r"(?P<unit>days?|wks?|weeks?|months?|years?)"
_LENGTH = rf"{_COUNT} {_UNIT}"
_ON_WEEKDAY = rf"(?:{_WEEKDAY}\.?,? )?"
_ISO_DAY = r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_DAY_OF_MONTH = rf"(?:the (?=[0-9]{{1,2}}(?:st|nd|rd|th)))?{_DAY}[ .-]? ?(?:of )?{_MONTH}"
_FORMS: tuple[tuple[str, _Reading], ...] = (
    (rf"{_ON_WEEKDAY}{_ISO_DAY}", _iso),
    (rf"(?:in|within) {_COUNT} ?(?P<unit>[dw]|days?|wks?|weeks?|months?|years?)(?:['’]? time| from now)?", _in_units),
    (rf"(?:in|within) the next (?:{_COUNT} )?{_UNIT}", _in_units),
    (rf"{_LENGTH} from (?:now|today)", _in_units),
    (r"(?P<named>today|tomorrow)", _named),
    (rf"(?:(?P<which>next|this) )?{_WEEKDAY}", _weekday),
    (rf"{_WEEKDAY} (?:of )?(?P<which>next) week", _weekday),
    (rf"{_ON_WEEKDAY}{_DAY_OF_MONTH}(?:,?[ -]{_YEAR})?", _of_month),
    (rf"{_ON_WEEKDAY}{_MONTH} {_DAY}(?:,? {_YEAR})?", _of_month),
    (r"(?P<which>)eo(?P<unit>[dwmy])", _end_of),
    (r"(?:the )?end of (?:the |this |(?P<which>next) )?(?P<unit>day|wk|week|month|year)", _end_of),
    (r"(?P<which>next|this) (?P<unit>wk|week|month|year)", _end_of),
    (rf"(?:the )?end of {_MONTH}(?: {_YEAR})?", _end_of_month),
    (rf"(?:by|before|until|due) end {_MONTH}(?: {_YEAR})?", _end_of_month),
    (_SHORT_LENGTH, _in_units),
    (_LENGTH, _in_units),
)
_ALONE = tuple((re.compile(rf"(?:(?:due|by|on|before|until)[ :] ?)?(?:{form})"), reading) for form, reading in _FORMS)


def resolve(words: str, today: date) -> date | None:
    """Read a date given in words ("2w", "fri", "15 Jun", "eom"); None when it is none or could mean two days."""
    phrase = " ".join(words.split()).casefold().rstrip(".")
    for form, reading in _ALONE:
        match = form.fullmatch(phrase)
        if match:
            try:
                return reading(match, today)
            except (ValueError, OverflowError):  # 31 June, or a day beyond the calendar
                return None
    return None


_LONGEST = 2_000  # characters of a line that is looked at; longer ones are no sentence with a date at its end
# Glued to a word, a date is one when it is complete, and the word long enough not to name a version ("w2020-07-06").
_FREE, _GLUED = r"(?<![\w/@#-])", r"(?<=[^\W\d_]{3})"
_AT_END = tuple(
    re.compile(
        rf"{before}(?P<phrase>{form})(?:,? (?:eod|eob|cob|\(?at (?:the )?latest\)?))?(?P<close>[)\]]?)[\s.!]*$",
        re.IGNORECASE,
    )
    for before, form in (
        *((_FREE, form) for form, _reading in _FORMS),
        *((_GLUED, form) for form in (_ISO_DAY, rf"{_DAY_OF_MONTH},?[ -]{_YEAR}")),
    )
)
_AT_START = tuple(
    re.compile(
        rf"(?P<lead>(?:due|by|before|no later than)\s+)?(?P<phrase>{form})(?P<sign>\s*[:,—–]\s+|\s+-\s+|\s+)(?=\S)",
        re.IGNORECASE,
    )
    for form, _reading in _FORMS
)
_LEADS = r"due|due date|deadline|by|(?:on or )?before|until|till|on|no[t]? later than|cob|eob|eod|end of day"
_LEAD = re.compile(rf"(?<![\w-])(?:(?P<lead>{_LEADS})\b:?\s*)+$", re.IGNORECASE)
_SURE_LEAD = re.compile(r"due|deadline|no")
_LAST_WORD = re.compile(r"(?P<word>[\w~<>=/]+)\s+$")
# A ticket that stands behind the date for the action.
_TICKETS = re.compile(r"\s*\((?:ticketed:?\s+)?[A-Z][A-Z]+-[0-9]+(?:,\s*[A-Z][A-Z]+-[0-9]+)*\)[\s.]*$", re.IGNORECASE)
# A number that could be the day of a month behind it, or the first day of two.
_DAY_BEFORE_MONTH = re.compile(r"(?<![\w-])[0-3]?[0-9]\s+$")
_DAY_BEFORE_DAY = re.compile(r"(?<![\w-])[0-3]?[0-9]\s*[-–/&]\s*$")
# Words before a date that make it a part of the sentence ("the minutes of 12 May", "every friday", "a review of 2w").
_TIE_WORDS = """
    a about after alternate an and around as at beginning between each early effective every fifth first for fourth
    from good last late like mid not of or other past per previous second since starting takes than the third through
    to took until via vs w/c with ~ < > =
"""
_TIES = frozenset(_TIE_WORDS.split())
_EVENT_WORDS = """
    agreed call dated days decided discussed discussion f2f happened held meeting meetings presentation presented
    review sent seminar session talk telecon vf2f visit week weeks workshop
"""
_EVENTS = frozenset(_EVENT_WORDS.split())


def find_at_end(text: str, today: date) -> tuple[str, date] | None:
    """Find a date in words that closes a sentence: the text without it (and without "by" or "due"), and the day.

    It may be glued to the sentence before it ("(DMTN-148).21 May 2020"). A date that belongs to the sentence ("the
    minutes of 12 May", "every friday", "a review of 2w") is left where it is.
    """
    if len(text) > _LONGEST:
        return None
    tickets = _TICKETS.search(text)
    end = tickets.start() if tickets else len(text)
    match = _last_date(text[:end])
    day = resolve(match["phrase"], today) if match else None
    if not match or not day:
        return None
    before = text[: match.start()]
    lead = _LEAD.search(before)
    sentence = before[: lead.start()] if lead else before
    if not _stands_alone(sentence, lead["lead"].casefold() if lead else "", match["phrase"].casefold()):
        return None
    if match["close"] and not sentence.rstrip().endswith(("(", "[")):
        return None
    return sentence.rstrip(" \t,;:([|→⇒—–-") + text[end:], day


def find_at_start(text: str, today: date) -> tuple[str, date] | None:
    """Find a date that opens a sentence ("by 6 July Fritz to draft it", "06 Jul 2020: ..."): what follows, and the day.

    Without "by" or "due" it has to name its year, and a colon or dash has to follow.
    """
    matches = [match for form in _AT_START if (match := form.match(text))]
    match = max(matches, key=re.Match.end, default=None)
    day = resolve(match["phrase"], today) if match else None
    if not match or not day:
        return None
    sure = match["lead"] or (match["sign"].strip(", ") and re.search("[0-9]{4}", match["phrase"]))
    return (text[match.end() :], day) if sure else None


def _last_date(text: str) -> re.Match[str] | None:
    matches = [match for form in _AT_END if (match := form.search(text))]
    return min(matches, key=re.Match.start, default=None)


def _stands_alone(sentence: str, lead: str, phrase: str) -> bool:
    """Whether a date behind a sentence is its due date, and not a part of what it says."""
    if _SURE_LEAD.match(lead):
        return True
    if re.fullmatch(_SHORT_LENGTH, phrase) and lead:
        return False
    if re.fullmatch(_LENGTH, phrase) and not sentence.rstrip().endswith((",", ";", ":", "—", "–", " -", "(", "[")):
        return False
    if phrase in {"sat", "sun"} and not lead:
        return False
    if sentence[-1:].isdigit() or (
        sentence[-1:] == "." and sentence[-2:-1].isdigit() and not re.search("[0-9]{4}", phrase)
    ):
        return False
    if not lead and _is_one_of_two(sentence, phrase):
        return False
    last = _LAST_WORD.search(sentence)
    word = last["word"].casefold() if last else ""
    return word not in (_EVENTS if lead == "on" else frozenset() if lead else _TIES)


def _is_one_of_two(sentence: str, phrase: str) -> bool:
    """Whether another date stands before this one, or a number that could be the day of either."""
    number = _DAY_BEFORE_DAY if phrase[0].isdigit() else _DAY_BEFORE_MONTH
    other = _last_date(sentence.rstrip(" ,;:—–-/&"))
    if other and not any(re.fullmatch(form, other["phrase"], re.IGNORECASE) for form in (_SHORT_LENGTH, _LENGTH)):
        return True
    return bool(number.search(sentence))
