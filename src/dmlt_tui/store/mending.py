"""Makes values of plain data of which parts are wrong or missing, as far as they mean something."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, time
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Struct

from dmlt_tui.meeting.model import Day, Item, Meeting, Person, Request, Session
from dmlt_tui.notes.text import clean
from dmlt_tui.store.codec import TABLES, TEXTS, MisfitError, fields, reader
from dmlt_tui.store.errors import shortened
from dmlt_tui.store.ids import new_id

# Records worth keeping although a field they need is lost, and what stands in its place then.
_WORTHY: tuple[type[Struct], ...] = (Person, Meeting, Request, Day, Session, Item)
_IN_ITS_PLACE: Mapping[type, object] = {str: "?", date: date(1970, 1, 1), time: time(0)}
# Fields whose text is worth keeping wherever it belongs.
_TOLD = TEXTS | {"name", "title"}
STRAYS = "Salvaged, place unknown"


class _LostError(Exception):
    """A value that can't be used; `lost` says so already."""


class Mending:
    """Makes values of plain data of which parts may be wrong, and lists what was left out."""

    def __init__(self, strays: list[object]) -> None:
        self.lost: list[str] = []
        self._strays = strays

    def leave_out(self, place: str, found: object, why: str) -> None:
        """List a loss."""
        self.lost.append(f"{place}: {why}: {shortened(found)}")
        if isinstance(found, dict | list):
            self._strays.append(found)

    def table(self, name: str, plain: Mapping[str, object]) -> tuple[Any, ...]:
        """Make the records of a table, without those that can't be read at all."""
        records = []
        for key, found in plain.items():
            place = f"{name}[{key}]"
            if isinstance(found, dict) and found.get("id") != key:
                if found.get("id") is not None:
                    self.lost.append(f"{place}.id: {shortened(found['id'])}; taken for {key!r}")
                found = {**found, "id": key}
            try:
                records.append(self._record(TABLES[name], found, place))
            except _LostError:
                continue
        # Cleaning may have made two ids one.
        return tuple({record.id: record for record in records}.values())

    def _record(self, kind: type[Struct], found: object, place: str) -> Any:
        if not isinstance(found, dict):
            self.leave_out(place, found, "not a record")
            raise _LostError
        hints = get_type_hints(kind)
        values = {}
        for name, plain in found.items():
            if name not in hints:
                self.leave_out(f"{place}.{name}", plain, "no field of this record")
                continue
            try:
                values[name] = self._value(hints[name], name, plain, f"{place}.{name}")
            except _LostError:
                continue
        for name, default in fields(kind):
            if default is NODEFAULT and name not in values:
                values[name] = self._instead(kind, hints[name], f"{place}.{name}")
        return kind(**values)

    def _instead(self, kind: type[Struct], wanted: Any, place: str) -> object:
        if kind in _WORTHY and wanted in _IN_ITS_PLACE:
            instead = new_id() if place.endswith(".id") else _IN_ITS_PLACE[wanted]
            self.lost.append(f"{place}: missing; {instead} stands there now")
            return instead
        self.lost.append(f"{place}: missing, and without it the rest of that record means nothing")
        raise _LostError

    def _value(self, wanted: Any, name: str, plain: object, place: str) -> Any:
        if isinstance(wanted, UnionType):
            if plain is None:
                return None
            wanted = next(part for part in get_args(wanted) if part is not type(None))
        if get_origin(wanted) is tuple and isinstance(plain, list):
            return self._list(get_args(wanted)[0], plain, place)
        if isinstance(wanted, type) and issubclass(wanted, Struct):
            return self._record(wanted, plain, place)
        if wanted is str and isinstance(plain, list) and name in TEXTS:
            return "\n".join(self._list(str, plain, place))
        try:
            return reader(wanted, name)(plain)
        except MisfitError as misfit:
            self.leave_out(place, plain, misfit.words.partition(", found")[0])
            raise _LostError from None

    def _list(self, wanted: Any, plain: list[object], place: str) -> tuple[Any, ...]:
        values = []
        for index, one in enumerate(plain):
            try:
                values.append(self._value(wanted, "", one, f"{place}[{index}]"))
            except _LostError:
                continue
        return tuple(values)

    def home_for_strays(self) -> Meeting | None:
        """Make a meeting of what was read but whose place is unknown, so that its text is not lost; None for nothing.

        What looks like an item becomes one; of everything else the texts become lines of one more.
        """
        items: dict[str, Item] = {}
        lines: list[str] = []
        waiting = self._strays[::-1]
        while waiting:
            found = waiting.pop()
            if isinstance(found, dict) and {"id", "title"} <= found.keys() and not found.keys() & {"days", "regex"}:
                found = {name: value for name, value in found.items() if name in Item.__struct_fields__}
                with suppress(_LostError):
                    item: Item = Mending([])._record(Item, found, "")
                    items[item.id] = item
            elif isinstance(found, dict):
                told = [value for name, value in found.items() if name in _TOLD or not isinstance(value, str)]
                waiting += told[::-1]
            elif isinstance(found, list):
                waiting += found[::-1]
            elif isinstance(found, str) and found.strip():
                lines.append(clean(found))
        if lines:
            items[""] = Item(id=new_id(), title="Lines whose place was lost", notes="\n".join(lines))
        if not items:
            return None
        session = Session(id=new_id(), start=time(0), items=tuple(items.values()))
        day = Day(id=new_id(), date=date(1970, 1, 1), sessions=(session,))
        return Meeting(id=new_id(), title=STRAYS, days=(day,))
