"""Ids of the tasks on a page."""

from __future__ import annotations

from zlib import crc32

_MOST = 1_000_000


class TaskIds:
    """Gives each task of a page an id of its own that stays the same over exports.

    It is made of the note's key and the task's ordinal in it, so that tasks added in one note never take the ids of
    another's: the wiki would tell people of tasks that are not new.
    """

    def __init__(self) -> None:
        self._note = ""
        self._ordinal = 0
        self._given: set[int] = set()

    def begin(self, note: str) -> None:
        """Go on with the tasks of the note with this key."""
        self._note, self._ordinal = note, 0

    def next(self) -> int:
        """Give the id of the note's next task: a number from 1 on, which no other task of the page has."""
        self._ordinal += 1
        task_id = crc32(f"{self._note}#{self._ordinal}".encode()) % _MOST + 1
        while task_id in self._given:
            task_id = task_id % _MOST + 1
        self._given.add(task_id)
        return task_id
