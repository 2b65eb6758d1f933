"""The handover card: who gives the floor to whom, and what the next moderator should know."""

from __future__ import annotations

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from dmlt_tui.meeting.model import Meeting, Notebook
from dmlt_tui.meeting.moderation import HandoverCard
from dmlt_tui.meeting.schedule import planned_minutes, session_starts, zone
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.words import clock, day_words, name_of, names_of


def card_lines(notebook: Notebook, meeting: Meeting, card: HandoverCard, now: datetime) -> list[str]:
    """The card's text, line by line."""
    here = now.astimezone(zone(meeting))
    to = name_of(notebook, card.to) if card.to else "nobody named"
    if card.same_person:
        lines = [f"{to} continues"]
    elif card.giver:
        lines = [f"{name_of(notebook, card.giver)}  hands over to  {to}"]
    else:
        lines = [f"{to} takes the floor"]
    planned = f"{clock(card.session.start)} {meeting.zone_label}".rstrip()
    lines += [f"Session of {day_words(card.day.date)}, {planned}; it is {clock(here)} now", ""]
    if card.done:
        lines.append(f"Done: {', '.join(item.title for item in card.done)}")
    if card.on_floor:
        lines.append(f"On the floor: {card.on_floor.title}")
    if card.left:
        lines.append(f"Not reached: {', '.join(item.title for item in card.left)}")
    if lines[-1]:
        lines.append("")
    starts = session_starts(card.session)
    for item in card.ahead:
        minutes = planned_minutes(card.session, item)
        who = names_of(notebook, item.coordinators)
        length = f"{minutes} min" if minutes is not None else "if time permits" if item.time_permitting else ""
        lines.append("  ".join(part for part in (clock(starts[item.id]), item.title, who, length) if part))
    return lines


class HandoverScreen(ModalScreen[str | None]):
    """Enter accepts and gives the handle of the next moderator; Esc or q gives None."""

    DEFAULT_CSS = """
    HandoverScreen { align: center middle; }
    HandoverScreen > Vertical {
        width: 90%; max-width: 84; height: auto; max-height: 90%;
        background: $surface; border: solid $primary; padding: 0 1;
    }
    HandoverScreen Line.-tall { height: auto; }
    HandoverScreen #handover-title { text-style: bold; color: $text-primary; }
    HandoverScreen #handover-keys { color: $text-muted; margin-top: 1; }
    """
    BINDINGS = [("enter", "accept", "Accept"), ("escape,q", "refuse", "Not yet")]

    def __init__(self, notebook: Notebook, meeting: Meeting, card: HandoverCard, now: datetime) -> None:
        super().__init__()
        self._card = card
        self._lines = card_lines(notebook, meeting, card, now)

    def compose(self) -> ComposeResult:
        """The words, and the keys."""
        with Vertical():
            yield Line(id="handover-title")
            yield Line(id="handover-card", tall=True)
            yield Line(id="handover-keys")

    def on_mount(self) -> None:
        """Fill the card."""
        self.query_one("#handover-title", Line).show(self._lines[0])
        self.query_one("#handover-card", Line).show("\n".join(self._lines[1:]))
        keys = "Enter accepts   Esc: not yet" if self._card.to else "nobody is named for this session   Esc goes back"
        self.query_one("#handover-keys", Line).show(keys)

    def action_accept(self) -> None:
        """Accept."""
        self.dismiss(self._card.to or None)

    def action_refuse(self) -> None:
        """Go back, nothing happened."""
        self.dismiss(None)
