"""Between the values of a notebook and the plain records kept in the file.

A plain record is a dict of strings, whole numbers, booleans, lists and dicts. Fields at their default are left out,
clock times are "09:00", moments "2020-05-12T16:00:00Z" in UTC, and text of several lines is a list of its lines, so
that a line changed is a line changed for git too. What is read back equals what was written, except for signs that
could fool a terminal: somebody else may have written the file, so text from it is cleaned like all other text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct

from dmlt_tui.meeting.model import MOST_MINUTES, YEARS, Meeting, Pattern, Person, Record, Request
from dmlt_tui.notes.text import clean, clean_name
from dmlt_tui.store.errors import DamageError

Plain = dict[str, object]
Tables = dict[str, dict[str, Plain]]
Reader = Callable[[object], Any]

SCHEMA = 1
HEAD = "notebook"
# In the order of the file.
TABLES: Mapping[str, type[Person | Meeting | Request | Pattern]] = {
    "people": Person,
    "patterns": Pattern,
    "meetings": Meeting,
    "requests": Request,
}
# The fields that hold text of several lines.
TEXTS = frozenset({"access", "note", "notes", "preparation", "text"})
# The fields that hold lengths.
LENGTHS = frozenset({"minutes", "minutes_most", "extra"})
# By the version they start from: functions that bring the tables one version on.
UPGRADES: Mapping[int, Callable[[Tables], Tables]] = {}

_CLOCK = r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?"
_DAY = r"\d{4}-\d\d-\d\d"
_TIME = re.compile(_CLOCK, re.ASCII)
_DATE = re.compile(_DAY, re.ASCII)
_MOMENT = re.compile(rf"{_DAY}T{_CLOCK}(Z|[+-]\d\d:\d\d)", re.ASCII)


class MisfitError(DamageError):
    """A plain record that is not what the model asks for. `place` leads to it: "days[0].sessions[1].start"."""

    def __init__(self, words: str, place: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.place = place

    def inside(self, step: str) -> MisfitError:
        """Return the same misfit seen from one level further out; `step` is a field's name or "[3]"."""
        dot = "." if self.place and not self.place.startswith("[") else ""
        return MisfitError(self.words, f"{step}{dot}{self.place}")

    def __str__(self) -> str:
        return f"{self.place}: {self.words}" if self.place else self.words


class NewerError(MisfitError):
    """A file of a version this program does not know yet: nothing is wrong with it."""


class Head(Record, frozen=True):
    """The one record of the table "notebook": which version of the file's shape this is."""

    id: str
    schema: int


# --- writing ---------------------------------------------------------------------------------------------------------


class Memo:
    """Values turned into plain data before, by the object: of a meeting in which somebody types, most stay the same."""

    def __init__(self) -> None:
        self._old: dict[int, tuple[object, object]] = {}
        self._new: dict[int, tuple[object, object]] = {}

    def plain(self, value: Record | tuple[object, ...]) -> object:
        """Turn a record or a tuple into plain data, or find it; what comes out is shared and must stay as it is."""
        known = self._old.get(id(value)) or (value, _to_plain_whole(value, self))
        self._new[id(value)] = known
        return known[1]

    def forget_unused(self) -> None:
        """Keep only what was asked for since this was called last, if anything was."""
        if self._new:
            self._old, self._new = self._new, {}


def to_plain(record: Record, memo: Memo | None = None) -> Plain:
    """Turn a record into plain data, its fields in the order of the model."""
    plain: Plain = {}
    for name, default in fields(type(record)):
        value = getattr(record, name)
        # By value: msgspec's own omit_defaults asks for the same object, and would write an equal one.
        if value is not default and value != default:
            plain[name] = _to_plain(name, value, memo)
    return plain


def _to_plain(name: str, value: object, memo: Memo | None) -> object:
    match value:
        case Enum():
            return value.value
        case str():
            return value.split("\n") if name in TEXTS and "\n" in value else value
        case Record() | tuple():
            return _to_plain_whole(value, None) if memo is None else memo.plain(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat() if value.second or value.microsecond else value.isoformat("minutes")
        case _:
            return value


def _to_plain_whole(value: Record | tuple[object, ...], memo: Memo | None) -> object:
    if isinstance(value, tuple):
        return [_to_plain("", one, memo) for one in value]
    return to_plain(value, memo)


@cache
def fields(kind: type[Struct]) -> tuple[tuple[str, object], ...]:
    """Name and default of every field; the default is NODEFAULT, which equals nothing, where a value is required."""
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    return tuple(zip(names, (NODEFAULT,) * (len(names) - len(defaults)) + defaults, strict=True))


def head() -> Plain:
    """Return the record that says which version the file has."""
    return to_plain(Head(id=HEAD, schema=SCHEMA))


# --- reading ---------------------------------------------------------------------------------------------------------


def from_plain(table: str, record_id: str, plain: object) -> Any:
    """Turn a plain record of a table into its value; raises MisfitError with the place, the table's name first."""
    step = f"{table}[{record_id}]"
    try:
        record = _record_reader(Head if table == HEAD else TABLES[table])(plain)
    except MisfitError as misfit:
        raise misfit.inside(step) from None
    if record.id != record_id and record.id != clean_name(record_id):  # a key may hide signs as its id may
        raise MisfitError(
            f"expected {_shown(record_id)}, the key it stands under, found {_shown(record.id)}", f"{step}.id"
        )
    return record


def checked(tree: object) -> Tables:
    """Take what a file held as the tables of a notebook of today's version; raises MisfitError.

    The records themselves are not looked at yet: that is from_plain.
    """
    if not isinstance(tree, dict):
        raise MisfitError(f"not a notebook: expected tables in {{ }}, found {_shown(tree)}")
    if HEAD not in tree:
        raise MisfitError(f'not a notebook: the table "{HEAD}" is missing')
    for name, table in tree.items():
        if not isinstance(table, dict):
            raise MisfitError(f"expected records in {{ }}, found {_shown(table)}", name)
    if set(tree[HEAD]) != {HEAD}:
        raise MisfitError(f'expected one record "{HEAD}", found {_shown(sorted(tree[HEAD]))}', HEAD)
    schema: int = from_plain(HEAD, HEAD, tree[HEAD][HEAD]).schema
    tables = upgraded(tree, schema)
    if unknown := tables.keys() - TABLES.keys() - {HEAD}:
        raise MisfitError("this table is unknown", min(unknown))
    return tables


def upgraded(tables: Tables, schema: int, steps: Mapping[int, Callable[[Tables], Tables]] = UPGRADES) -> Tables:
    """Bring tables of an older version of the file to today's; raises NewerError, MisfitError for an unknown one."""
    today = max(steps, default=SCHEMA - 1) + 1
    if schema > today:
        raise NewerError(
            f"written by a newer dmlt-tui (version {schema} of the file, this one knows {today}): update dmlt-tui"
        )
    for version in range(schema, today):
        if version not in steps:
            raise MisfitError(
                f"expected a version from {min(steps, default=SCHEMA)} on, found {schema}", f"{HEAD}.schema"
            )
        tables = steps[version](tables)
    return tables


@cache
def _record_reader(kind: type[Struct]) -> Reader:
    hints = get_type_hints(kind)
    readers = {name: reader(hints[name], name) for name in kind.__struct_fields__}
    required = [name for name, default in fields(kind) if default is NODEFAULT]

    def read(found: object) -> Any:
        if not isinstance(found, dict):
            raise _unlike("a record in { }", found)
        if not found.keys() <= readers.keys():
            raise MisfitError("this field is unknown", next(name for name in found if name not in readers))
        values = {}
        try:
            for name, value in found.items():
                values[name] = readers[name](value)
        except MisfitError as misfit:
            raise misfit.inside(name) from None
        for name in required:
            if name not in values:
                raise MisfitError("this field is missing", name)
        return kind(**values)

    return read


def reader(kind: Any, name: str) -> Reader:
    """Make what reads a value of a field's type, or raises MisfitError; the name tells texts of several lines."""
    if isinstance(kind, UnionType):
        inner = reader(next(part for part in get_args(kind) if part is not type(None)), name)
        return lambda found: None if found is None else inner(found)
    if get_origin(kind) is tuple:
        return _list_reader(reader(get_args(kind)[0], ""))
    if issubclass(kind, Struct):
        return _record_reader(kind)
    if issubclass(kind, Enum):
        return _enum_reader(kind)
    if kind is str and name in TEXTS:
        return _read_text
    if name in LENGTHS:
        return _read_minutes
    return _READERS[kind]


def _list_reader(inner: Reader) -> Reader:
    def read(found: object) -> Any:
        if not isinstance(found, list):
            raise _unlike("a list in [ ]", found)
        values: list[Any] = []
        try:
            for value in found:
                values.append(inner(value))  # noqa: PERF401 - how many were read tells which can't be
        except MisfitError as misfit:
            raise misfit.inside(f"[{len(values)}]") from None
        return tuple(values)

    return read


def _enum_reader(kind: type[Enum]) -> Reader:
    members = {member.value: member for member in kind}
    words = f"one of {', '.join(members)}"

    def read(found: object) -> Enum:
        if not isinstance(found, str) or found not in members:
            raise _unlike(words, found)
        return members[found]

    return read


def _read_str(found: object) -> str:
    if type(found) is not str:
        raise _unlike("text in quotes", found)
    return clean(found)


def _read_name(found: object) -> str:
    if type(found) is str and found.isascii() and found.isprintable():  # most are, and this is asked very often
        return found
    return clean_name(_read_str(found))


def _read_text(found: object) -> str:
    if type(found) is not list:
        return _read_str(found)
    with suppress(TypeError):  # a line is no text, which the reader of lists has words for
        text = "\n".join(found)
        if all(map(str.isprintable, found)) or clean(text) is text:  # nothing unseen is printable
            return text
    lines: tuple[str, ...] = _READ_LINES(found)
    return "\n".join(lines)


def _read_int(found: object) -> int:
    if type(found) is not int:
        raise _unlike("a whole number", found)
    return found


def _read_minutes(found: object) -> int:
    minutes: int = _read_int(found)
    if abs(minutes) > MOST_MINUTES:
        raise _unlike(f"{MOST_MINUTES} minutes (a week) at most", found)
    return minutes


def _read_bool(found: object) -> bool:
    if type(found) is not bool:
        raise _unlike("true or false", found)
    return found


def _dated(read: Reader) -> Reader:
    """Make a reader of days or moments refuse years that arithmetic with minutes could lead out of the calendar."""

    def read_dated(found: object) -> Any:
        value = read(found)
        if value.year not in YEARS:
            raise _unlike(f"a year from {YEARS[0]} to {YEARS[-1]}", found)
        return value

    return read_dated


def _iso_reader(pattern: re.Pattern[str], parse: Callable[[str], Any], words: str) -> Reader:
    def read(found: object) -> Any:
        if isinstance(found, str) and pattern.fullmatch(found):
            try:
                return parse(found)
            except (ValueError, OverflowError):  # the shape of a day, but no such day
                pass
        raise _unlike(words, found)

    return read


_READ_LINES = _list_reader(_read_str)
_READERS: Mapping[type, Reader] = {
    str: _read_name,  # all text but that of several lines names something
    int: _read_int,
    bool: _read_bool,
    time: _iso_reader(_TIME, time.fromisoformat, "a time like 09:00"),
    date: _dated(_iso_reader(_DATE, date.fromisoformat, "a day like 2020-05-12")),
    datetime: _dated(
        _iso_reader(
            _MOMENT,
            lambda found: datetime.fromisoformat(found).astimezone(UTC),
            "a moment in UTC like 2020-05-12T16:00:00Z",
        )
    ),
}


def _unlike(expected: str, found: object) -> MisfitError:
    return MisfitError(f"expected {expected}, found {_shown(found)}")


def _shown(found: object) -> str:
    match found:
        case dict():
            return "a record in { }"
        case list():
            return "a list in [ ]"
        case _:
            words = json.dumps(found, ensure_ascii=False)
            return words if len(words) <= 40 else f"{words[:40]}…"
