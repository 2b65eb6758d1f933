"""What is read out of the notes of a whole notebook, a meeting at a time, each again only when it changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dmlt_tui.meeting.model import Meeting, Notebook, Pattern

if TYPE_CHECKING:
    from dmlt_tui.meeting.actions import Action


class _Page:
    """What was read out of one meeting; the keys come later, as nothing waits for them."""

    def __init__(self, meeting: Meeting, actions: tuple[Action, ...]) -> None:
        self.meeting = meeting
        self.actions = actions
        self.keys: tuple[str, ...] | None = None


class Ledger:
    """The actions and ticket keys of every meeting.

    Reading a large notebook for the first time takes a second or two; `read` does a part of it, so that the screen can
    go on in between.
    """

    def __init__(self) -> None:
        self._pages: dict[str, _Page] = {}
        self._patterns: tuple[Pattern, ...] = ()

    def read(self, notebook: Notebook, seconds: float | None = None) -> bool:
        """Read what changed, the newest meetings first, for so many seconds of CPU at most; True when all is read."""
        import dmlt_tui.notes.grammar  # noqa: F401 - to load it for the first note takes longer than `seconds` may be
        from dmlt_tui.meeting.actions import keys_seen, meeting_actions
        from dmlt_tui.meeting.patterns import key_patterns

        deadline = None if seconds is None else time.thread_time() + seconds
        if notebook.patterns != self._patterns:
            self._pages.clear()
            self._patterns = notebook.patterns
        if len(self._pages) > len(notebook.meetings):
            left = {meeting.id for meeting in notebook.meetings}
            self._pages = {name: page for name, page in self._pages.items() if name in left}
        for meeting in self._unread(notebook):
            if deadline is not None and time.thread_time() > deadline:
                return False
            self._pages[meeting.id] = _Page(meeting, tuple(meeting_actions(notebook, meeting)))
        for page in self._pages.values():
            if page.keys is None:
                if deadline is not None and time.thread_time() > deadline:
                    return False
                page.keys = tuple(keys_seen(page.meeting, key_patterns(notebook)))
        return True

    def _unread(self, notebook: Notebook) -> Iterator[Meeting]:
        for meeting in reversed(notebook.meetings):
            page = self._pages.get(meeting.id)
            if page is None or page.meeting is not meeting:
                yield meeting

    def unread(self, notebook: Notebook) -> int:
        """How many meetings there are whose actions were not read as they are now."""
        return sum(1 for _ in self._unread(notebook))

    def actions(self, notebook: Notebook) -> tuple[Action, ...]:
        """The actions of all meetings read so far, in the order of the file."""
        pages = (self._pages.get(meeting.id) for meeting in notebook.meetings)
        return tuple(action for page in pages if page for action in page.actions)

    def keys(self, notebook: Notebook, first: Meeting | None) -> Iterator[str]:
        """The keys seen in meetings read so far: those of `first`, then of the others, the newest before older ones."""
        pages = [
            self._pages.get(meeting.id) for meeting in (*((first,) if first else ()), *reversed(notebook.meetings))
        ]
        return (key for page in pages if page for key in page.keys or ())
