"""The commands that give the floor, or the notes, from one person to the next, and the brief for whoever comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.model import Handover, Role
from dmlt_tui.meeting.moderation import HandoverCard, handed_on, handover_card, holder
from dmlt_tui.meeting.words import clock, name_of
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui.commands.base import NO_MEETING, Command

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.handover import Accepted
    from dmlt_tui.tui.screens.live import LiveScreen


def _refusal(live: LiveScreen, role: Role) -> str | None:
    meeting = live.desk.meeting
    if meeting is None:
        return NO_MEETING
    if handover_card(meeting, role):
        return None
    taken = handed_on(meeting, role)
    if taken is None:
        return "no session follows: there is nothing to hand over"
    what = "notes" if role is Role.SCRIBE else "session"
    who = name_of(live.desk.value, holder(meeting, taken, role))
    return f"the {what} of {clock(taken.start)} went to {who} already; the one after it can go once it runs"


def _brief(live: LiveScreen, card: HandoverCard) -> list[str]:
    from dmlt_tui.meeting.brief import brief_lines, make_brief

    meeting = live.desk.meeting
    if meeting is None:
        return []
    found = make_brief(live.desk.value, meeting, card, live.desk.now(), live.desk.speaker_words())
    return brief_lines(live.desk.value, meeting, found)


def show_card(live: LiveScreen, role: Role = Role.MODERATOR) -> None:
    """Show the card with its brief, and record the handover once it is accepted."""
    from dmlt_tui.meeting.brief import headline
    from dmlt_tui.tui.screens.handover import HandoverScreen

    live.commit()
    meeting = live.desk.meeting
    card = handover_card(meeting, role) if meeting else None
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
            role=role,
            note=answer.note,
        )
        if live.change(edits.hand_over(meeting.id, record)):
            name = name_of(live.desk.value, answer.to)
            done = f"{name} takes the notes" if role is Role.SCRIBE else f"handed over to {name}"
            live.say(f"{done} (u undoes it)")

    lines = _brief(live, card)
    command = HandNotesOver.id if role is Role.SCRIBE else HandOver.id
    screen = HandoverScreen(value, card.to, lambda to: headline(value, replace(card, to=to)), lines, command)
    live.app.push_screen(screen, accepted)


class HandOver(Command):
    """Show the handover card of the next session: from whom, to whom. Nothing happens before Enter."""

    id = "handover"
    keys = ("h",)
    hint = "hand over"

    def why_not(self, live: LiveScreen) -> str | None:
        """A session must follow that nobody took over yet."""
        return _refusal(live, Role.MODERATOR)

    def run(self, live: LiveScreen) -> None:
        """Show the card."""
        show_card(live)


class HandNotesOver(Command):
    """Hand over taking notes: Enter accepts the next scribe, or type another name."""

    id = "handover-notes"
    keys = ("H",)

    def why_not(self, live: LiveScreen) -> str | None:
        """A session must be there whose scribe can change."""
        return _refusal(live, Role.SCRIBE)

    def run(self, live: LiveScreen) -> None:
        """Show the card."""
        show_card(live, Role.SCRIBE)


class CopyBrief(Command):
    """Copy the brief for the next moderator, as text, to the clipboard and a file."""

    id = "copy-brief"
    keys = ("y b",)

    def why_not(self, live: LiveScreen) -> str | None:
        """A session must follow."""
        if live.desk.meeting is not None and handover_card(live.desk.meeting, even_taken=True):
            return None
        return _refusal(live, Role.MODERATOR)

    def run(self, live: LiveScreen) -> None:
        """Copy it."""
        from dmlt_tui.meeting.brief import headline
        from dmlt_tui.tui.copying import copy_text

        meeting = live.desk.meeting
        card = handover_card(meeting, even_taken=True) if meeting else None
        if meeting is not None and card is not None:
            text = "\n".join([headline(live.desk.value, card), *_brief(live, card)]) + "\n"
            copy_text(live, text, f"{meeting.id}-brief.txt")
