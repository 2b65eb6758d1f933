"""Quick capture: the team's own words for an action, matched against the people of the notebook."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from dmlt_tui.meeting.model import Person

if TYPE_CHECKING:
    from dmlt_tui.notes.capture import Name, Understood


class ActionWords(Struct, frozen=True):
    """An action as understood, in the language of notes (`line`) and in words for the person typing (`explanation`).

    `refusal` says why it can't be taken yet, and is empty when it can. `owners` (handles), `due` and `text` are what
    the line is made of. Where a name fits several people, `ways` are the words with a handle in its place, for each.
    """

    line: str
    explanation: str
    refusal: str = ""
    owners: tuple[str, ...] = ()
    due: date | None = None
    text: str = ""
    ways: tuple[str, ...] = ()


def understand_action(words: str, people: Sequence[Person], today: date) -> ActionWords:
    """Read one line of a person's own words."""
    from dmlt_tui.notes import capture, tasklines  # here, as a start can do without them

    names = _names(people)
    known = {person.id: person.name for person in people}
    found = capture.understand(words, names, today)
    if found.ambiguous:
        unclear = found.ambiguous[0]
        question = f"{unclear.word}: {' or '.join(known[handle] for handle in unclear.candidates)}?"
        return ActionWords("", question, question, ways=tuple(_ways(words, found, names, today)))
    owners = ", ".join(known.get(handle, f"@{handle}") for handle in found.owners) or "nobody"
    due = f"{found.due:%a} {found.due.day} {found.due:%b %Y}" if found.due else "no date"
    line = tasklines.task_line(found.owners, found.text, found.due)
    refusal = "" if found.text.strip() else f"{owners} · {due} · what is to be done? the words are missing"
    return ActionWords(
        line, refusal or f"{owners} · {due} · {found.text}", refusal, found.owners, found.due, found.text
    )


def owners_meant(owners: Sequence[str], people: Sequence[Person]) -> tuple[str, ...] | None:
    """The handles that owners written as @name stand for, as quick capture reads them; None where one is unclear."""
    from dmlt_tui.notes.names import directory

    found = [directory(_names(people)).mentioned(owner) for owner in owners]
    return None if any(len(handles) > 1 for handles in found) else tuple(dict.fromkeys(one for (one,) in found))


def _names(people: Sequence[Person]) -> tuple[Name, ...]:
    from dmlt_tui.notes.names import Name

    return tuple(Name(p.id, p.name, aliases=p.aliases, initials=p.initials) for p in people)


def _ways(words: str, found: Understood, names: Sequence[Name], today: date) -> Iterator[str]:
    """Put each of the people an owner's name fits in its place: where the name then owns, as it may stand twice."""
    from dmlt_tui.notes import capture

    unclear = found.ambiguous[0]
    places = [match.span() for match in re.finditer(rf"(?<![\w@]){re.escape(unclear.word)}(?!\w)", words)]
    for handle in unclear.candidates:
        for start, end in places:
            way = f"{words[:start]}@{handle}{words[end:]}"
            after = capture.understand(way, names, today)
            if handle in after.owners or 0 < len(after.ambiguous) < len(found.ambiguous):
                yield way
                break
