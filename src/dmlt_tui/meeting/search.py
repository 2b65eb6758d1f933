"""Finding words over all notes of a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from msgspec import Struct

from dmlt_tui.meeting.model import Item, Meeting, Notebook
from dmlt_tui.notes.text import folded


class Hit(Struct, frozen=True):
    """A line that holds the words looked for, and where it stands.

    `line` is counted from 0 in the running notes, None for a title or for pre-meeting notes. `day` is the first day of
    the meeting.
    """

    meeting_id: str
    meeting_title: str
    day: date | None
    item_id: str
    item_title: str
    line: int | None
    text: str


def search(
    notebook: Notebook, words: str, *, meeting_id: str = "", item_id: str = "", most: int = 500
) -> tuple[Hit, ...]:
    """The lines that hold all of the words, whatever their case and accents: at most so many, those of `item_id` first.

    Behind it come the other items of the meeting `meeting_id`, then the other meetings, the latest first.
    """
    wanted = tuple(dict.fromkeys(folded(words).split()))
    if not wanted:
        return ()
    return tuple(islice(_hits(notebook, wanted, meeting_id, item_id), most))


def _hits(notebook: Notebook, wanted: Sequence[str], meeting_id: str, item_id: str) -> Iterator[Hit]:
    here = notebook.meeting(meeting_id)
    for item in here.items if here else ():
        if here and item.id == item_id:
            yield from _in_item(here, item, wanted)
    latest_first = sorted(notebook.meetings, key=lambda meeting: meeting.first_day or date.min, reverse=True)
    for meeting in sorted(latest_first, key=lambda meeting: meeting is not here):
        for item in meeting.items:
            if not (meeting is here and item.id == item_id):
                yield from _in_item(meeting, item, wanted)


def _in_item(meeting: Meeting, item: Item, wanted: Sequence[str]) -> Iterator[Hit]:
    for text, counted in ((item.title, False), (item.preparation, False), (item.notes, True)):
        whole = folded(text)
        if not all(word in whole for word in wanted):
            continue
        for line, words in enumerate(text.split("\n")):
            if all(word in folded(words) for word in wanted):
                place = line if counted else None
                yield Hit(meeting.id, meeting.title, meeting.first_day, item.id, item.title, place, words.strip())
