"""The command that gives the floor from one moderator to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.model import Handover
from dmlt_tui.meeting.moderation import handover_card
from dmlt_tui.meeting.words import name_of
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui.commands.base import Command

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.handover import Accepted
    from dmlt_tui.tui.screens.live import LiveScreen


class HandOver(Command):
    """Show the handover card of the next session: who gives to whom. Enter accepts, nothing happens before."""

    id = "handover"
    keys = ("h",)
    hint = "hand over"

    def why_not(self, live: LiveScreen) -> str | None:
        """A session must follow."""
        if live.desk.meeting is None:
            return "there is no meeting in this notebook yet"
        return None if handover_card(live.desk.meeting) else "no session follows: there is nothing to hand over"

    def run(self, live: LiveScreen) -> None:
        """Show the card with its brief, and record the handover once it is accepted."""
        from dmlt_tui.meeting.brief import brief_lines, headline, make_brief
        from dmlt_tui.tui.screens.handover import HandoverScreen

        live.commit()
        meeting = live.desk.meeting
        card = handover_card(meeting) if meeting else None
        if meeting is None or card is None:
            return
        value = live.desk.value

        def accepted(answer: Accepted | None) -> None:
            if answer is None:
                return
            record = Handover(
                id=new_id(),
                session=card.session.id,
                giver=card.giver,
                to=answer.to,
                at=live.desk.now(),
                note=answer.note,
            )
            if live.change(edits.hand_over(meeting.id, record)):
                live.say(f"handed over to {name_of(live.desk.value, answer.to)} (u takes it back)")

        lines = brief_lines(value, meeting, make_brief(value, meeting, card, live.desk.now()))
        screen = HandoverScreen(value, card.to, lambda to: headline(value, replace(card, to=to)), lines)
        live.app.push_screen(screen, accepted)
