"""The two lines at the bottom: how things stand, and which keys matter now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer

from dmlt_tui.meeting.moderation import current_place
from dmlt_tui.meeting.schedule import project
from dmlt_tui.store.notebook import SaveKind
from dmlt_tui.tui.commands.base import Command
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.words import elapsed, ending

_MESSAGE_STAYS = 8.0  # seconds


def standing(desk: Desk) -> str:
    """Clock, current item, projection and saved state, in one line."""
    parts = []
    meeting = desk.meeting
    if meeting is not None:
        here = desk.here()
        parts.append(f"{here:%H:%M} {meeting.zone_label or here.tzname() or meeting.zone}")
        place = current_place(meeting)
        if place is None:
            parts.append("not running: s starts")
        else:
            projection = project(meeting, place, desk.now())
            sign = "▸" if projection.running else "‖ paused"
            parts += [f"{sign} {Content(place.item.title).truncate(24, ellipsis=True).plain} {elapsed(projection)}"]
            parts += [ending(projection)]
    parts.append(saved_words(desk))
    return "  ".join(part for part in parts if part)


def saved_words(desk: Desk) -> str:
    """The state of saving, in words."""
    state = desk.notebook.state
    if state.kind is SaveKind.FAILED:
        return state.message
    return "saved" if state.kind is SaveKind.SAVED else "saving"


def pending_keys(pending: Sequence[str], follow: Mapping[str, Command], *, typing: bool) -> Content:
    """What may follow an unfinished sequence of keys."""
    shown = " ".join(pending).replace("ctrl+x", "C-x")
    seen = [f"{key} {command.hint or command.label.lower()}" for key, command in follow.items()]
    lead = "  C-x to lists" if typing and len(pending) == 1 else ""
    return Content.assemble((f" {shown} ", "reverse"), lead, "  ", "  ".join(seen))


def key_hints(commands: Sequence[Command], width: int, *, typing: bool, asking: bool) -> Content:
    """The state, GO or TYPE, and as many of the keys most used in it as fit into `width` cells."""
    state = (" TYPE " if typing else " GO ", "bold reverse")
    if asking:
        return Content.assemble(state, "  Enter takes it  Esc gives up")
    words = "  Esc to lists  C-x and " if typing else " "
    for command in commands:
        hint = f" {command.key} {command.hint}"
        if command.hint and (command.in_text or not typing) and len(words) + len(hint) < width - 6:
            words += hint + " "
    return Content.assemble(state, words.rstrip())


class Foot(Vertical):
    """Status line and key bar."""

    DEFAULT_CSS = "Foot { height: 2; }"

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="foot")
        self._desk = desk
        self._message_timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """Two lines."""
        yield Line(id="status")
        yield Line(id="keys")

    def show_status(self) -> None:
        """How things stand, unless a message has the line."""
        failed = self._desk.notebook.state.kind is SaveKind.FAILED
        if self._message_timer is None or failed:
            words = standing(self._desk)
            self.query_one("#status", Line).show(Content.styled(words, "$text-error bold") if failed else words)

    def show_keys(self, content: Content) -> None:
        """The keys that matter now."""
        self.query_one("#keys", Line).show(content)

    def say(self, words: str) -> None:
        """Give the status line to a message for a while."""
        if self._message_timer is not None:
            self._message_timer.stop()
        self.query_one("#status", Line).show(Content.styled(words, "bold"))
        self._message_timer = self.set_timer(_MESSAGE_STAYS, self._unsay)

    def _unsay(self) -> None:
        self._message_timer = None
        self.show_status()
