"""What became of an action: where it was taken, where it was gone through again, and what ticket stands for it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from dmlt_tui.meeting.actions import Action
from dmlt_tui.meeting.fingerprints import fingerprint
from dmlt_tui.meeting.model import Meeting, Notebook
from dmlt_tui.meeting.moderation import Place, place_of, places
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.meeting.words import day_words
from dmlt_tui.notes.outline import Outline
from dmlt_tui.notes.patterns import find


class Occasion(Struct, frozen=True):
    """An item of an agenda, with its meeting and day."""

    meeting_id: str
    meeting_title: str
    item_id: str
    item_title: str
    day: date

    def __str__(self) -> str:
        return f"{self.meeting_title}, {self.item_title} ({day_words(self.day)})"


class History(Struct, frozen=True):
    """Where an action was taken (None where that is gone), where it was reviewed, in order, and its tickets' keys."""

    taken: Occasion | None
    reviewed: tuple[Occasion, ...] = ()
    tickets: tuple[str, ...] = ()


class Past:
    """What a notebook tells about its actions; made once for all questions about one value of it."""

    def __init__(self, notebook: Notebook) -> None:
        self._patterns = key_patterns(notebook)
        self._meetings = {meeting.id: meeting for meeting in notebook.meetings}
        self._reviews = [
            (_occasion(meeting, place), frozenset(place.item.reviews))
            for meeting in notebook.meetings
            if any(item.reviews for item in meeting.items)
            for place in places(meeting)
            if place.item.reviews and (place.item.done or place.item.spans or place.item.notes.strip())
        ]
        self._reviews.sort(key=lambda review: review[0].day)

    def of(self, action: Action) -> History:
        """The history of one action.

        It was reviewed at an item for that which had the floor, or has notes: one that was planned for it, and, as long
        as it is open, every one at a later meeting.
        """
        meeting = self._meetings.get(action.meeting_id)
        place = place_of(meeting, action.item_id) if meeting else None
        taken = _occasion(meeting, place) if meeting and place else None
        mark = mark_of(action)

        def later(occasion: Occasion) -> bool:
            return taken is not None and occasion.day > taken.day and occasion.meeting_id != taken.meeting_id

        reviewed = [
            occasion for occasion, marks in self._reviews if mark in marks or (not action.task.done and later(occasion))
        ]
        return History(taken, tuple(reviewed), self._tickets(action, place.item.notes if place else ""))

    def _tickets(self, action: Action, notes: str) -> tuple[str, ...]:
        """The issue keys in the line of an action and in those that belong to it."""
        lines = notes.split("\n")
        if not 0 <= action.task.line < len(lines):
            return ()
        outline = Outline(lines)
        item = outline.item(action.task.line)
        end = outline.end(item) if item else action.task.line + 1
        keys = [
            found.says
            for line in lines[action.task.line : end]
            for found in find(line, self._patterns)
            if found.kind == "issue"
        ]
        return tuple(dict.fromkeys(keys))


def mark_of(action: Action) -> str:
    """A name for an action that holds while its words do, whoever owns it, whenever it is due, wherever it moves."""
    return fingerprint(action.item_id, action.task.text)


def history_words(history: History) -> str:
    """A history in words: "taken at …; reviewed at …; ticketed as DM-1". Of many reviews the last is named."""
    parts = [f"from {history.taken}"] if history.taken else []
    if history.reviewed:
        before = f" and {len(history.reviewed) - 1} times before" if len(history.reviewed) > 2 else ""
        named = history.reviewed[-1:] if before else history.reviewed
        parts.append(f"reviewed at {', '.join(map(str, named))}{before}")
    if history.tickets:
        parts.append(f"ticketed as {', '.join(history.tickets)}")
    return "; ".join(parts)


def _occasion(meeting: Meeting, place: Place) -> Occasion:
    return Occasion(meeting.id, meeting.title, place.item.id, place.item.title, place.day.date)
