"""Where a user is in the notebook: the meeting, day and item shown. Knows no widgets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook
from dmlt_tui.meeting.moderation import Place, on_now, place_of
from dmlt_tui.meeting.schedule import zone
from dmlt_tui.meeting.speakers import Speakers, speaker_words
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.ledger import Ledger
from dmlt_tui.tui.whereabouts import Whereabouts


class Desk:
    """An open notebook and the place shown of it. Places are kept by id, so that they outlive every change."""

    def __init__(
        self,
        notebook: OpenNotebook,
        now: Callable[[], datetime],
        meeting_id: str | None = None,
        viewer: ZoneInfo | None = None,
    ) -> None:
        self.notebook = notebook
        self.now = now
        self._speakers: dict[str, Speakers] = {}
        self.viewer = viewer  # the zone the person at this terminal lives in, where it was told
        self.ledger = Ledger()
        self._meeting_id = self._day_id = self._item_id = ""
        self.line: int | None = None  # of the notes shown, counted from 0: where the cursor was last
        if meeting_id:
            self.go_to_meeting(meeting_id)
        self.settle()

    def settle(self) -> None:
        """Go to the meeting shown where it is not the one gone to: a first one came, or that one is gone."""
        meeting = self.meeting
        if meeting is not None and meeting.id != self._meeting_id:
            self.go_to_meeting(meeting.id)

    @property
    def value(self) -> Notebook:
        """The notebook as it is now."""
        return self.notebook.value

    @property
    def meeting(self) -> Meeting | None:
        """The meeting shown; where that is gone the one held now, else the newest; None in a notebook without any."""
        return self.value.meeting(self._meeting_id) or on_now(self.value, self.now())

    @property
    def day(self) -> Day | None:
        """The day shown; the first one where the day shown is gone."""
        meeting = self.meeting
        if meeting is None or not meeting.days:
            return None
        return next((day for day in meeting.days if day.id == self._day_id), meeting.days[0])

    @property
    def place(self) -> Place | None:
        """Where the item shown stands."""
        meeting = self.meeting
        return place_of(meeting, self._item_id) if meeting else None

    @property
    def item(self) -> Item | None:
        """The item whose notes are shown."""
        place = self.place
        return place.item if place else None

    @property
    def whereabouts(self) -> Whereabouts:
        """Where one is."""
        return Whereabouts(self._meeting_id, self._item_id, self.line or 0)

    def go_back(self, place: Whereabouts) -> None:
        """Go to where one was, as far as it is still there."""
        if self.go_to_meeting(place.meeting) and self.go_to_item(place.item):
            self.line = place.line

    def take_back(self, *, again: bool = False) -> str:
        """Undo the last change of the notebook (or make the last undone one `again`); says in words what came of it."""
        before, verb, done = self.value, *(("redo", "redone") if again else ("undo", "undone"))
        label = self.notebook.redo() if again else self.notebook.undo()
        if label is None:
            return f"there is nothing to {verb}"
        if self.value == before:
            return f"nothing to {verb} of this, as others changed it: {label}"
        return f"{done}: {label}"

    def here(self) -> datetime:
        """The moment on the clocks of the meeting's zone."""
        return self.now().astimezone(zone(self.meeting) if self.meeting else UTC)

    def today(self) -> date:
        """Today's date where the meeting is."""
        return self.here().date()

    @property
    def spoken_on(self) -> str:
        """The id of the item people speak on: the one on the floor, else the one shown; empty when there is none."""
        return (self.meeting.current if self.meeting else "") or self._item_id

    @property
    def speakers(self) -> Speakers:
        """Who wants to speak on it, and who speaks."""
        return self._speakers.get(self.spoken_on, Speakers())

    @speakers.setter
    def speakers(self, queue: Speakers) -> None:
        self._speakers[self.spoken_on] = queue

    def speaker_words(self) -> str:
        """The queue in a line; empty when nobody speaks or waits."""
        return speaker_words(self.value, self.speakers, self.now()) if self.speakers else ""

    def go_to_item(self, item_id: str) -> bool:
        """Show an item of this meeting, and its day; False when it has none with this id."""
        place = place_of(self.meeting, item_id) if self.meeting else None
        if place is None:
            return False
        self._item_id, self._day_id = item_id, place.day.id
        return True

    def go_to_day(self, by: int) -> bool:
        """Show the day `by` days on; False when there is none."""
        meeting, day = self.meeting, self.day
        if meeting is None or day is None or not 0 <= meeting.days.index(day) + by < len(meeting.days):
            return False
        target = meeting.days[meeting.days.index(day) + by]
        self._day_id = target.id
        self._item_id = next((item.id for item in target.items), "")
        return True

    def go_to_meeting(self, meeting_id: str) -> bool:
        """Show a meeting at the item on its floor, else at its first; False when there is none with this id."""
        meeting = self.value.meeting(meeting_id)
        if meeting is None:
            return False
        self._meeting_id = meeting_id
        self._day_id = meeting.days[0].id if meeting.days else ""
        self._item_id = ""
        first = meeting.current or next((item.id for item in meeting.items), "")
        if first:
            self.go_to_item(first)
        return True
