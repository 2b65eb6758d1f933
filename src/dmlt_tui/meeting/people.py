"""The directory of people: who is named where, who is not known, and every change of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.directory import find_people, free_handle, handle_of
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Account, Attendee, Notebook, Person
from dmlt_tui.notes.mentions import mentions, rename
from dmlt_tui.notes.patterns import Sign, find
from dmlt_tui.notes.text import clean_name

R = TypeVar("R", bound=Struct)

# The fields of records that hold a handle, or several; and those in whose text people may be named as @handle.
HANDLES = frozenset({"person", "by", "moderator", "scribe", "coordinators", "to", "giver"})
TEXTS = frozenset(
    {"title", "preparation", "notes", "requested_by", "text", "access", "note", "place", "guest", "guests", "order"}
)
_ACCOUNT_SIGNS = {"username": "", "userkey": "key:", "account_id": "id:"}
HOW = "handle; Name; initials; aliases, with commas; wiki account"


# -- who is named -------------------------------------------------------------------------------------------------


class Named(Struct, frozen=True):
    """A place where somebody is named by handle. `item_id` is empty outside of items, `line` None outside of notes."""

    handle: str
    meeting_id: str
    item_id: str = ""
    line: int | None = None


def named(notebook: Notebook) -> Iterator[Named]:
    """Everybody named in meetings and requests, once for every place."""
    for meeting in notebook.meetings:
        for handle, _ in _said(replace(meeting, days=())):
            yield Named(handle, meeting.id)
        for session in meeting.sessions:
            for handle, _ in _said(replace(session, items=())):
                yield Named(handle, meeting.id)
        for item in meeting.items:
            for handle, line in _said(item):
                yield Named(handle, meeting.id, item.id, line)
    for request in notebook.requests:
        for handle, _ in _said(request):
            yield Named(handle, request.meeting)


def _said(record: Struct) -> Iterator[tuple[str, int | None]]:
    """The handles in a record and those inside it; those of running notes with their line."""
    for name in record.__struct_fields__:
        value = getattr(record, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Struct):
                yield from _said(one)
            elif not isinstance(one, str) or not one:
                continue
            elif name in HANDLES:
                yield one, None
            elif name in TEXTS:
                yield from ((mention.handle, mention.line if name == "notes" else None) for mention in mentions(one))


def times_named(notebook: Notebook) -> Counter[str]:
    """How often each handle is named."""
    return Counter(place.handle for place in named(notebook))


def unknown(notebook: Notebook) -> dict[str, tuple[Named, ...]]:
    """The handles nobody of the directory has, in the order they are met, with the places."""
    known = {person.id for person in notebook.people}
    found: dict[str, list[Named]] = {}
    for place in named(notebook):
        if place.handle not in known:
            found.setdefault(place.handle, []).append(place)
    return {handle: tuple(places) for handle, places in found.items()}


def likely(notebook: Notebook, handle: str) -> Person | None:
    """Who an unknown handle probably stands for; None where that is anybody's guess."""
    found = find_people(notebook.people, handle)
    if len(found) == 1:
        return found[0]
    folded = {person.id.casefold(): person for person in notebook.people}
    near = get_close_matches(handle.casefold(), folded, n=2, cutoff=0.8)
    return folded[near[0]] if len(near) == 1 else None


# -- one line for a person ----------------------------------------------------------------------------------------


def person_line(person: Person) -> str:
    """A person as one line to be edited: "fmueller; Fritz Mueller; FM; Fritz; fmueller"."""
    parts = [person.id, *fields_of(person).values()]
    while not parts[-1]:
        parts.pop()
    return "; ".join(parts)


def fields_of(person: Person) -> dict[str, str]:
    """What the line of a person says behind the handle, each in words."""
    account = person.account or Account()
    accounts = [f"{sign}{getattr(account, name)}" for name, sign in _ACCOUNT_SIGNS.items() if getattr(account, name)]
    return {
        "name": " ".join(person.name.split()).replace(";", ","),
        "initials": person.initials,
        "aliases": ", ".join(person.aliases),
        "account": " ".join(accounts),
    }


def read_person(line: str, before: Person | None = None) -> Person:
    """Read such a line; fields that say the same as those of `before` stay as they are there.

    The wiki account is a user name, key:USERKEY or id:ACCOUNT_ID, or several of them parted by blanks. Raises EditError
    with what is missing.
    """
    parts = [" ".join(part.split()) for part in clean_name(line).split(";")]
    if len(parts) > 1 + len(Person.__struct_fields__[1:5]):
        raise EditError(f"a ; too many: {HOW}")
    handle, name, initials, aliases, account, *_ = [*parts, "", "", "", ""]
    handle = handle.removeprefix("@")
    if [(sign.sign, sign.says) for sign in find(f"@{handle}", ())] != [(Sign.MENTION, handle)]:
        raise EditError(f"{handle!r} is not a handle: use letters, digits, - _ and ." if handle else HOW)
    if not name:
        raise EditError(f"the name is missing: {handle}; First Last; FL")
    person = Person(
        id=handle,
        name=name,
        initials=initials,
        aliases=tuple(dict.fromkeys(alias for one in aliases.split(",") if (alias := one.strip()))),
        account=_account(account),
    )
    if before is None:
        return person
    old, new = fields_of(before), fields_of(person)
    kept = {field: getattr(before, field) for field in old if old[field] == new[field]}
    return replace(person, active=before.active, **kept)


def new_person(notebook: Notebook, line: str) -> Person:
    """Read somebody new: such a line, or a full name alone, to which a handle is made that nobody has.

    Raises EditError with what is missing, and where somebody has that name or handle already.
    """
    first, more, _ = (part.strip() for part in clean_name(line).partition(";"))
    name = " ".join(first.split())
    made = free_handle(handle_of(name), {person.id for person in notebook.people})
    if " " in name:
        if more:
            raise EditError(f"the handle goes first: {made}; {line.strip()}")
        other = next((person for person in notebook.people if name.casefold() in _called(person)), None)
        if other is not None:
            raise EditError(f"{name} is here already, as @{other.id}; somebody else: {made}; {name}")
        line = f"{made}; {name}"
    elif name and not more:
        raise EditError(f"the other names are missing: First Last, or  {made}; First Last; FL")
    person = read_person(line)
    taken = notebook.person(person.id)
    if taken is not None:
        raise EditError(f"there is already somebody called @{person.id}: {taken.name}")
    return person


def _account(words: str) -> Account | None:
    found: dict[str, str] = {}
    for word in words.split():
        name = next((name for name, sign in _ACCOUNT_SIGNS.items() if sign and word.startswith(sign)), "username")
        if name in found:
            raise EditError(f"two wiki accounts of one kind: {found[name]} and {word}")
        found[name] = word.removeprefix(_ACCOUNT_SIGNS[name])
    return Account(**found) if found else None


# -- changes ------------------------------------------------------------------------------------------------------


def set_person(handle: str, person: Person) -> Edit:
    """Change what the directory says of somebody; a new handle takes the place of the old one everywhere."""

    def change(notebook: Notebook) -> Notebook:
        if person.id != handle and notebook.person(person.id) is not None:
            raise EditError(f"there is already somebody called @{person.id}")
        after = _with(notebook, handle, lambda _: person)
        return after if person.id == handle else _renamed(after, handle, person.id)

    return Edit(f"person {person.name}", change)


def set_active(handle: str, *, active: bool) -> Edit:
    """Say that somebody's account is gone, or that they are back."""
    label = f"@{handle} active" if active else f"@{handle} gone"
    return Edit(label, lambda notebook: _with(notebook, handle, lambda person: replace(person, active=active)))


def add_alias(handle: str, alias: str) -> Edit:
    """Let somebody be found by another name too. Refused when somebody else is called that."""
    words = " ".join(clean_name(alias).split())

    def change(notebook: Notebook) -> Notebook:
        if not words:
            raise EditError("the other name is missing")
        for person in notebook.people:
            if person.id != handle and words.casefold() in _called(person):
                raise EditError(f"{words} is already a name of {person.name} (@{person.id})")
        return _with(notebook, handle, lambda person: _also_called(person, (words,)))

    return Edit(f"alias {words} of @{handle}", change)


def merge_person(old: str, into: str) -> Edit:
    """Make everybody named @old be @into, in all notes, agendas and requests; the old handle stays as an alias.

    `old` may be a handle nobody has, or a second entry of the same person, which goes. `into` must be known.
    """

    def change(notebook: Notebook) -> Notebook:
        if old == into:
            raise EditError(f"@{old} is that person already")
        gone = notebook.person(old)
        if gone is None and all(place.handle != old for place in named(notebook)):
            raise EditError(f"nobody is called @{old} here")
        names = (old, gone.name, gone.initials, *gone.aliases) if gone else (old,)
        after = _with(notebook, into, lambda person: _also_called(person, names))
        left = tuple(person for person in after.people if person.id != old)
        return _renamed(replace(after, people=left), old, into)

    return Edit(f"@{old} is @{into}", change)


def resolve(notebook: Notebook, handle: str, words: str) -> tuple[Edit, str]:
    """Say who an unknown handle is: by a name of somebody known, or as the line of somebody new (read_person).

    Gives the edit and what it does, in words. Raises EditError when that is not clear.
    """
    if ";" in words:
        person = read_person(words)
        if notebook.person(person.id) is not None:
            raise EditError(f"there is already somebody called @{person.id}")
        return _add(handle, person), f"new: {person_line(person)}"
    found = find_people(notebook.people, words)
    if len(found) == 1:
        count = times_named(notebook)[handle]
        places = "1 place" if count == 1 else f"{count} places"
        return merge_person(handle, found[0].id), f"@{handle} becomes {found[0].name} (@{found[0].id}) in {places}"
    if not found:
        raise EditError(f"nobody is called {words.strip()!r}; somebody new:  {handle}; First Last; FL")
    raise EditError(f"{words.strip()}: {' or '.join(person.name for person in found[:5])}?")


def _add(handle: str, person: Person) -> Edit:
    def change(notebook: Notebook) -> Notebook:
        if notebook.person(person.id) is not None:
            raise EditError(f"there is already somebody called @{person.id}")
        after = replace(notebook, people=(*notebook.people, person))
        return after if person.id == handle else _renamed(after, handle, person.id)

    return Edit(f"person {person.name}", change)


def _with(notebook: Notebook, handle: str, change: Callable[[Person], Person]) -> Notebook:
    if notebook.person(handle) is None:
        raise EditError(f"nobody in the directory has the handle @{handle}")
    return replace(
        notebook, people=tuple(change(person) if person.id == handle else person for person in notebook.people)
    )


def _called(person: Person) -> set[str]:
    return {name.casefold() for name in (person.id, person.name, person.initials, *person.aliases) if name}


def _also_called(person: Person, names: tuple[str, ...]) -> Person:
    known = _called(person)
    new = tuple(dict.fromkeys(name for name in names if name and name.casefold() not in known))
    return replace(person, aliases=(*person.aliases, *new)) if new else person


def _renamed(notebook: Notebook, old: str, new: str) -> Notebook:
    return replace(
        notebook,
        meetings=tuple(_mapped(meeting, old, new) for meeting in notebook.meetings),
        requests=tuple(_mapped(request, old, new) for request in notebook.requests),
    )


def _mapped(record: R, old: str, new: str) -> R:
    """The record with one handle in the place of another; the same object where nothing changes."""
    changed: dict[str, Any] = {}
    for name in record.__struct_fields__:
        value = getattr(record, name)
        after = _mapped_value(name, value, old, new)
        if after is not value:
            changed[name] = after
    return replace(record, **changed) if changed else record


def _mapped_value(name: str, value: Any, old: str, new: str) -> Any:
    if isinstance(value, tuple):
        after = tuple(_mapped_value(name, one, old, new) for one in value)
        if all(one is other for one, other in zip(after, value, strict=True)):
            return value
        return _once(after) if name in HANDLES or name == "attendees" else after
    if isinstance(value, Struct):
        return _mapped(value, old, new)
    if isinstance(value, str) and name in HANDLES:
        return new if value == old else value
    return rename(value, old, new) if isinstance(value, str) and name in TEXTS else value


def _once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Each person once: the first of several attendees or handles."""
    first: dict[str, Any] = {}
    for value in values:
        first.setdefault(value.person if isinstance(value, Attendee) else value, value)
    return tuple(first.values())
