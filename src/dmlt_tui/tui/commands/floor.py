"""Commands of the moderator: the clock, the floor, the handover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.model import Handover
from dmlt_tui.meeting.moderation import current_place, handover_card, is_running
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui.commands.base import Command
from dmlt_tui.tui.words import name_of

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen

_NO_MEETING = "there is no meeting in this notebook yet"
_NOT_RUNNING = "the meeting is not running: s starts it"


class StartOrPause(Command):
    """Start the meeting with the item shown; while it runs, pause its clock, and resume it."""

    id = "start"
    keys = ("s",)
    hint = "start"

    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting with an item is needed."""
        return None if live.desk.meeting and live.desk.item else _NO_MEETING

    def run(self, live: LiveScreen) -> None:
        """Start, pause or resume."""
        meeting, item = live.desk.meeting, live.desk.item
        if meeting is None or item is None:
            return
        place = current_place(meeting)
        if place is None:
            if live.change(edits.start(meeting.id, item, live.desk.now())):
                live.say(f"started: {item.title}")
        elif is_running(place.item):
            if live.change(edits.pause(meeting.id, live.desk.now())):
                live.say("paused: s goes on")
        elif live.change(edits.start(meeting.id, place.item, live.desk.now())):
            live.say(f"going on: {place.item.title}")


def _step(live: LiveScreen, by: int) -> None:
    meeting = live.desk.meeting
    if meeting is None or not live.change(edits.step(meeting.id, meeting.current, by, live.desk.now())):
        return
    after = live.desk.meeting
    if after is None or not after.current:
        live.say("that was the last item: the meeting has ended (u takes it back)")
        return
    live.show_item(after.current)
    place = current_place(after)
    if place is not None:
        live.say(f"now: {place.item.title}")


class NextItem(Command):
    """Give the floor to the next item: its clock starts, the one before stops and is done."""

    id = "next"
    keys = ("n",)
    hint = "next"

    def why_not(self, live: LiveScreen) -> str | None:
        """Only while the meeting runs."""
        return None if live.desk.meeting and live.desk.meeting.current else _NOT_RUNNING

    def run(self, live: LiveScreen) -> None:
        """Go on."""
        _step(live, 1)


class PreviousItem(Command):
    """Give the floor back to the item before."""

    id = "previous"
    keys = ("p",)

    def why_not(self, live: LiveScreen) -> str | None:
        """Only while the meeting runs."""
        return None if live.desk.meeting and live.desk.meeting.current else _NOT_RUNNING

    def run(self, live: LiveScreen) -> None:
        """Go back."""
        _step(live, -1)


class HandOver(Command):
    """Show the handover card of the next session: who gives to whom. Enter accepts, nothing happens before."""

    id = "handover"
    keys = ("h",)
    hint = "hand over"

    def why_not(self, live: LiveScreen) -> str | None:
        """A session must follow."""
        if live.desk.meeting is None:
            return _NO_MEETING
        return None if handover_card(live.desk.meeting) else "no session follows: there is nothing to hand over"

    def run(self, live: LiveScreen) -> None:
        """Show the card, and record the handover once it is accepted."""
        from dmlt_tui.tui.screens.handover import HandoverScreen

        meeting = live.desk.meeting
        card = handover_card(meeting) if meeting else None
        if meeting is None or card is None:
            return

        def accepted(to: str | None) -> None:
            if to is None:
                return
            record = Handover(id=new_id(), session=card.session.id, giver=card.giver, to=to, at=live.desk.now())
            if live.change(edits.hand_over(meeting.id, record)):
                live.say(f"handed over to {name_of(live.desk.value, to)} (u takes it back)")

        live.app.push_screen(HandoverScreen(live.desk.value, meeting, card, live.desk.now()), accepted)
