"""Commands of the moderator: the clock and the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.model import ItemKind
from dmlt_tui.meeting.moderation import Place, current_place, is_running
from dmlt_tui.meeting.words import name_of
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui.commands.base import NO_MEETING, Command, lacks_item

if TYPE_CHECKING:
    from dmlt_tui.meeting.choices import Choice
    from dmlt_tui.tui.screens.live import LiveScreen

_NOT_RUNNING = "the meeting is not running: s starts it"


def _not_running(live: LiveScreen) -> str | None:
    if live.desk.meeting is None:
        return NO_MEETING
    return None if live.desk.meeting.current else _NOT_RUNNING


class StartOrPause(Command):
    """Start the meeting with the item shown; while it runs, pause and resume its clock."""

    id = "start"
    keys = ("s",)
    hint = "start"

    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting with an item is needed."""
        return lacks_item(live)

    def run(self, live: LiveScreen) -> None:
        """Start, pause or resume."""
        meeting, item = live.desk.meeting, live.desk.item
        if meeting is None or item is None:
            return
        place = current_place(meeting)
        if place is None:
            if live.change(edits.start(meeting.id, item, live.desk.now(), expects=meeting.current)):
                live.say(f"started: {item.title}")
        elif is_running(place.item):
            if live.change(edits.pause(meeting.id, live.desk.now())):
                live.say("paused: s resumes")
        elif live.change(edits.start(meeting.id, place.item, live.desk.now(), expects=meeting.current)):
            live.say(f"resumed: {place.item.title}")


def _step(live: LiveScreen, by: int) -> None:
    from dmlt_tui.meeting.breaks import next_rows

    meeting = live.desk.meeting
    if meeting is None:
        return
    rows = next_rows(meeting) if by > 0 else by
    place = current_place(meeting)
    if live.change(edits.step(meeting.id, meeting.current, rows, live.desk.now())):
        _follow_floor(live)
        if by > 0 and place is not None:
            _offer_handover(live, place)


def _follow_floor(live: LiveScreen) -> None:
    after = live.desk.meeting
    if after is None or not after.current:
        _end_day(live)
        return
    live.show_item(after.current)
    place = current_place(after)
    if place is not None:
        live.say(f"now: {place.item.title}")


def _end_day(live: LiveScreen) -> None:
    """Say how the day ended, and show what the next one begins with."""
    from dmlt_tui.meeting.forecast import ended_words

    meeting, day = live.desk.meeting, live.desk.day
    if meeting is None or day is None:
        return
    words = ended_words(meeting, day) or "that was the last item of the day"
    following = next((item for later in meeting.days[meeting.days.index(day) + 1 :] for item in later.items), None)
    if following is None:
        live.say(f"{words}: the meeting has ended   u undoes it")
        return
    live.show_item(following.id)
    live.say(f"{words}; s starts {following.title}   u undoes it")


class NextItem(Command):
    """Go to the next item: its clock starts; the one before stops and is done. A handover due then is offered."""

    id = "next"
    keys = ("n",)
    hint = "next"

    def why_not(self, live: LiveScreen) -> str | None:
        """Only while the meeting runs."""
        return _not_running(live)

    def run(self, live: LiveScreen) -> None:
        """Go on."""
        _step(live, 1)


class PreviousItem(Command):
    """Go back to the item before."""

    id = "previous"
    keys = ("p",)

    def why_not(self, live: LiveScreen) -> str | None:
        """Only while the meeting runs."""
        return _not_running(live)

    def run(self, live: LiveScreen) -> None:
        """Go back."""
        _step(live, -1)


class TakeBreak(Command):
    """Start a break, or end it; a handover due then is offered. Before the meeting, add a break to the agenda."""

    id = "break"
    keys = ("b",)

    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting with an item is needed."""
        return lacks_item(live)

    def run(self, live: LiveScreen) -> None:
        """Take a break, come back from it, or plan one."""
        from dmlt_tui.meeting.breaks import end_break, take_break

        meeting = live.desk.meeting
        if meeting is None:
            return
        place = current_place(meeting)
        if place is None:
            from dmlt_tui.tui import arranging

            arranging.insert_break(live)
            return
        now = live.desk.now()
        back = place.item.kind is ItemKind.BREAK
        edit = end_break(meeting.id, now) if back else take_break(meeting.id, new_id(), now)
        if live.change(edit):
            _follow_floor(live)
            if back:
                _offer_handover(live, place)
            else:
                live.say(f"break: b goes back to {place.item.title}")


def _offer_handover(live: LiveScreen, left: Place) -> None:
    """Offer the handover due as the floor comes from `left`: its card, or while typing a word, as letters go there."""
    from dmlt_tui.meeting.moderation import handover_to_offer
    from dmlt_tui.tui.commands.handover import show_card

    meeting = live.desk.meeting
    card = handover_to_offer(meeting, left) if meeting else None
    place = current_place(meeting) if meeting else None
    if card is None or place is None:
        return
    if live.typing:
        live.say(f"now: {place.item.title}   C-x h hands over to {name_of(live.desk.value, card.to)}")
    else:
        show_card(live)


class ChangeTime(Command):
    """Change the time of this item: longer, shorter, skip, add an item kept for spare time, shorten the break."""

    id = "time"
    keys = ("t",)

    def why_not(self, live: LiveScreen) -> str | None:
        """An item must be shown."""
        return None if live.desk.place else "there is no item whose time could change"

    def run(self, live: LiveScreen) -> None:
        """Show the card: each choice with the end it leads to."""
        from dmlt_tui.tui.screens.time_card import TimeCard

        meeting, place = live.desk.meeting, live.desk.place
        if meeting is None or place is None:
            return

        def chosen(choice: Choice | None) -> None:
            before = live.desk.meeting
            left = current_place(before) if before else None
            if choice is None or not live.change(choice.edit):
                return
            after = live.desk.meeting
            moved = after is not None and left is not None and after.current not in ("", left.item.id)
            if after is not None and moved:
                live.show_item(after.current)
            live.say(f"{choice.label}: {choice.outcome}   u undoes it")
            if left is not None and moved:
                _offer_handover(live, left)

        live.app.push_screen(TimeCard(live.desk, meeting.id, place.item.id), chosen)
