"""Merges notebooks three ways: by record, then by field, then by line, so that nothing either side wrote is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeVar

from msgspec import NODEFAULT, structs

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Record, Session, Slot
from dmlt_tui.notes.lines import clashes, merge_text
from dmlt_tui.store.codec import TEXTS

R = TypeVar("R", bound=Record)
Key = tuple[object, int]
# What people move from one place to another, from the outermost on.
_MOVABLE: tuple[type[Record], ...] = (Session, Item, Slot)
_CHILDREN: dict[type, str] = {Meeting: "days", Day: "sessions", Session: "items", Item: "slots"}


def merge(base: Notebook, mine: Notebook, theirs: Notebook) -> Notebook:
    """Apply to `base` what both sides made of it.

    Records and other entries of lists are known by their id or first field, strings by themselves. An entry that one
    side added or changed stays, even where the other deleted it; one that both moved to different places is where
    mine has it, once. Texts merge by line (lines.py). Where both gave one field different values, mine holds, except
    that a value beats an emptied field.
    """
    merged = _merge_record(base, mine, theirs)
    # Nothing moves out of or into meetings that are one object on all sides; walking all of a large file takes long.
    same = set.intersection(*({id(meeting) for meeting in side.meetings} for side in (base, mine, theirs)))
    sides = [_without(same, side) for side in (base, mine, theirs)]
    changed = settled = _without(same, merged)
    for kind in _MOVABLE:
        settled = _in_one_place(kind, settled, *sides)
    if settled is changed:
        return merged
    others = iter(settled.meetings)
    meetings = tuple(meeting if id(meeting) in same else next(others) for meeting in merged.meetings)
    return structs.replace(merged, meetings=meetings)


def titles_of_clashes(base: Notebook, mine: Notebook, theirs: Notebook) -> Iterator[str]:
    """Name the items in whose notes both sides changed a word, each otherwise, so that merge() keeps it twice."""
    for meeting in mine.meetings:
        before, other = base.meeting(meeting.id), theirs.meeting(meeting.id)
        if before is None or other is None or meeting in (before, other):
            continue
        known = [{item.id: item for item in side.items} for side in (before, other)]
        for item in meeting.items:
            was, now = (side.get(item.id) for side in known)
            if was and now and was.notes not in (item.notes, now.notes) and clashes(was.notes, item.notes, now.notes):
                yield item.title


def _without(meetings: set[int], notebook: Notebook) -> Notebook:
    """The notebook without the meetings that are these objects."""
    return structs.replace(
        notebook, meetings=tuple(meeting for meeting in notebook.meetings if id(meeting) not in meetings)
    )


def _merge_value(name: str, base: Any, mine: Any, theirs: Any) -> Any:
    if mine is theirs or theirs is base or mine == theirs or theirs == base:
        return mine
    if mine is base or mine == base:
        return theirs
    if isinstance(mine, tuple):
        return _merge_list(() if base is NODEFAULT else base, mine, theirs)
    if name in TEXTS and isinstance(mine, str):
        return merge_text(base, mine, theirs)
    if isinstance(mine, Record) and type(mine) is type(theirs):
        return _merge_record(base if type(base) is type(mine) else None, mine, theirs)
    return theirs if mine is None or mine == "" else mine


def _merge_record(base: R | None, mine: R, theirs: R) -> R:
    """Merge field by field; with no base, both sides made the record, and each field starts at its default."""
    if mine is theirs:
        return mine
    fields = {}
    for field in structs.fields(mine):
        before = field.default if base is None else getattr(base, field.name)
        fields[field.name] = _merge_value(field.name, before, getattr(mine, field.name), getattr(theirs, field.name))
    return structs.replace(mine, **fields)


def _merge_list(base: tuple[Any, ...], mine: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    before, ours, others = keyed(base), keyed(mine), keyed(theirs)
    merged: dict[Key, Any] = {}
    for key in _order(list(before), list(ours), list(others)):
        if key in ours and key in others:
            merged[key] = _merge_value("", before.get(key), ours[key], others[key])
            continue
        left = ours[key] if key in ours else others[key]
        if key not in before or before[key] != left:
            merged[key] = left
    return tuple(merged.values())


def keyed(entries: tuple[Any, ...]) -> dict[Key, Any]:
    """Entries by what they are known by, and which one of that name it is, so that doubled ones are all kept."""
    seen: Counter[object] = Counter()
    keyed = {}
    for entry in entries:
        name = getattr(entry, entry.__struct_fields__[0]) if isinstance(entry, Record) else entry
        keyed[name, seen[name]] = entry
        seen[name] += 1
    return keyed


def _order(base: list[Key], mine: list[Key], theirs: list[Key]) -> list[Key]:
    """Put all keys of both sides in the order of the side that reordered, mine if both did.

    Keys only the other side has follow the key they followed there.
    """
    if mine == theirs:
        return mine
    first, second = (theirs, mine) if _reordered(base, theirs) and not _reordered(base, mine) else (mine, theirs)
    order, placed = list(first), set(first)
    place = 0
    for key in second:
        if key not in placed:
            order.insert(place, key)
            placed.add(key)
        place = order.index(key) + 1
    return order


def _reordered(base: list[Key], side: list[Key]) -> bool:
    there, before = set(side), set(base)
    return [key for key in base if key in there] != [key for key in side if key in before]


# --- records that moved ----------------------------------------------------------------------------------------------


def _in_one_place(kind: type[Record], merged: Notebook, base: Notebook, mine: Notebook, theirs: Notebook) -> Notebook:
    """Undo the doubling of records that one side moved while the other changed or moved them too."""
    places = [(entry.id, parent) for entry, parent in _places(kind, merged)]
    doubled = {entry_id for entry_id, count in Counter(entry_id for entry_id, _ in places).items() if count > 1}
    if not doubled:
        return merged
    before, ours, others = (_index(kind, side, doubled) for side in (base, mine, theirs))
    settled: dict[str, tuple[str, Any]] = {}
    for entry_id in doubled & ours.keys() & others.keys():
        old_entry, old_parent = before.get(entry_id, (None, None))
        my_entry, my_parent = ours[entry_id]
        their_entry, their_parent = others[entry_id]
        parent = their_parent if my_parent == old_parent else my_parent
        if (entry_id, parent) in places:
            settled[entry_id] = (parent, _merge_value("", old_entry, my_entry, their_entry))
    return structs.replace(merged, meetings=tuple(_settle(meeting, kind, settled) for meeting in merged.meetings))


def _settle(record: Any, kind: type[Any], settled: dict[str, tuple[str, Any]]) -> Any:
    """Keep the settled entries of this kind only under the parent they belong to."""
    name = _CHILDREN.get(type(record))
    if name is None:
        return record
    entries: tuple[Any, ...] = getattr(record, name)
    kept = []
    for entry in entries:
        if type(entry) is not kind:
            kept.append(_settle(entry, kind, settled))
            continue
        parent, final = settled.get(entry.id, (record.id, entry))
        if parent == record.id:
            kept.append(final)
    return record if kept == list(entries) else structs.replace(record, **{name: tuple(kept)})


def _index(kind: type[Record], notebook: Notebook, wanted: set[str]) -> dict[str, tuple[Any, str]]:
    """Find the wanted entries of a kind by id, with whose they are; not those that stand twice already."""
    places = [(entry, parent) for entry, parent in _places(kind, notebook) if entry.id in wanted]
    counts = Counter(entry.id for entry, _ in places)
    return {entry.id: (entry, parent) for entry, parent in places if counts[entry.id] == 1}


def _places(kind: type[Record], notebook: Notebook) -> Iterator[tuple[Any, str]]:
    """All entries of a kind, each with the id of the record it stands in."""
    level: list[Any] = list(notebook.meetings)
    while level:
        name = _CHILDREN[type(level[0])]
        pairs = [(entry, record.id) for record in level for entry in getattr(record, name)]
        if pairs and isinstance(pairs[0][0], kind):
            yield from pairs
            return
        level = [entry for entry, _ in pairs]
