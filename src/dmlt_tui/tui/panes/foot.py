"""The two lines at the bottom: how things stand, and which keys matter now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer

from dmlt_tui.meeting.forecast import Alert, alert, ended_words, forecast_words
from dmlt_tui.meeting.model import ItemKind, Meeting
from dmlt_tui.meeting.moderation import current_place
from dmlt_tui.meeting.projection import project
from dmlt_tui.store.notebook import SaveKind
from dmlt_tui.tui.commands.base import Command
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import KEYS_ASKING
from dmlt_tui.tui.words import city, day_mark, elapsed

KEYS_OF_CARD = "the card above has the keys: Esc closes it"
_MESSAGE_STAYS = 8.0  # seconds, for each line


_COLOURS = {Alert.NONE: "", Alert.SOON: "$text-warning", Alert.PAST: "$text-error"}


def standing(desk: Desk, width: int) -> Content:
    """Clock, current item, projection and saved state, in one line of `width` cells, the best words that fit.

    The colour alone says that the end of the item, a guest's part or the hard end is near, or past.
    """
    meeting, saved = desk.meeting, saved_words(desk)
    if meeting is None:
        return Content(saved)
    place = current_place(meeting)
    if place is None:
        return _at_rest(desk, meeting, saved, width)
    now = desk.now()
    if place.item.kind is ItemKind.BREAK:
        return _break(desk, meeting, now, width)
    seen = project(meeting, place, now)
    sign = "▸" if seen.running else "‖ paused"
    whole_clock, colour, line = desk_clock(desk, meeting), _COLOURS[alert(seen, now)], ""
    # The title stands in the agenda and above the notes too: it goes before anything of the projection does.
    for words in forecast_words(seen):
        for clock_words, size in ((whole_clock, 24), (whole_clock, 12), (whole_clock, 0), (f"{desk.here():%H:%M}", 0)):
            title = f"{Content(place.item.title).truncate(size, ellipsis=True).plain} " if size else ""
            line = "  ".join(filter(None, (clock_words, f"{sign} {title}{elapsed(seen)}", words, saved)))
            if Content(line).cell_length <= width:
                return Content.styled(line, colour)
    return Content.styled(line, colour)


def _break(desk: Desk, meeting: Meeting, now: datetime, width: int) -> Content:
    """Clock, countdown to the return and who moderates then; the colour says that it is over."""
    from dmlt_tui.meeting.breaks import resting, resting_words

    seen, line = resting(meeting, now), ""
    if seen is not None:
        for words in resting_words(desk.value, seen, now):
            line = "  ".join((desk_clock(desk, meeting), words, saved_words(desk)))
            if Content(line).cell_length <= width:
                break
    late = seen is not None and seen.back is not None and now >= seen.back
    return Content.styled(line, _COLOURS[Alert.PAST if late else Alert.NONE])


def _at_rest(desk: Desk, meeting: Meeting, saved: str, width: int) -> Content:
    """The line while nothing has the floor: how the day ended, else what s would start."""
    words = ended_words(meeting, desk.day) if desk.day else ""
    if not words:
        words = f"not running: s starts {desk.item.title}" if desk.item else "not running"
    lead = desk_clock(desk, meeting)
    room = max(width - Content(f"{lead}    {saved}").cell_length, 12)
    return Content(f"{lead}  {Content(words).truncate(room, ellipsis=True).plain}  {saved}")


def desk_clock(desk: Desk, meeting: Meeting) -> str:
    """The time where the meeting is, and the viewer's own beside it: "09:00 Project (18:00 Paris)"."""
    here = desk.here()
    words = f"{here:%H:%M} {meeting.zone_label or here.tzname() or meeting.zone}"
    if desk.viewer is None:
        return words
    there = here.astimezone(desk.viewer)
    return f"{words} ({there:%H:%M}{day_mark(here, there)} {city(desk.viewer)})"


def saved_words(desk: Desk) -> str:
    """The state of saving in a word or two; why it fails, a banner says (trouble.py)."""
    kind = desk.notebook.state.kind
    return {SaveKind.SAVED: "saved", SaveKind.FAILED: "not saved"}.get(kind, "saving")


def pending_keys(pending: Sequence[str], follow: Mapping[str, Command], *, typing: bool) -> Content:
    """What may follow an unfinished sequence of keys."""
    shown = " ".join(pending).replace("ctrl+x", "C-x")
    seen = [f"{key} {command.hint or command.label.lower()}" for key, command in follow.items()]
    lead = "  C-x to lists" if typing and len(pending) == 1 else ""
    return Content.assemble((f" {shown} ", "reverse"), lead, "  ", "  ".join(seen))


def key_hints(
    commands: Sequence[Command], width: int, possible: Callable[[Command], bool], *, typing: bool, asking: bool
) -> Content:
    """The state, GO or TYPE, and as many of the keys most used in it as fit into `width` cells.

    Those of commands that are not `possible` just now are dimmed; help says why.
    """
    state = (" TYPE " if typing else " GO ", "bold reverse")
    if asking:
        return Content.assemble(state, f"  {KEYS_ASKING}")
    parts: list[tuple[str, str]] = [("  Esc to lists  C-x and " if typing else " ", "")]
    room = width - 6 - len(parts[0][0])
    for command in commands:
        if not command.hint or not command.keys or (typing and not command.in_text):
            continue  # most of them, and this is asked for each letter
        words = f" {command.key} {command.hint} "
        if len(words) <= room:
            parts.append((words, "" if possible(command) else "dim"))
            room -= len(words)
    return Content.assemble(state, *parts).rstrip()


class Foot(Vertical):
    """Status line and key bar."""

    DEFAULT_CSS = "Foot { height: 2; }"

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="foot")
        self._desk = desk
        self._message_timer: Timer | None = None
        self._rows = 1  # of the status line
        self._saved = ""  # how the file stood when it was shown last
        # Held here, as the clock goes on while a screen is taken down and has no children any more.
        self._status = Line(id="status")
        self._keys = Line(id="keys")

    def compose(self) -> ComposeResult:
        """Two lines."""
        yield self._status
        yield self._keys

    def show_status(self) -> None:
        """How things stand, unless a message has the line."""
        if self._message_timer is None:
            self._saved = saved_words(self._desk)
            self._give_rows(1)
            self._status.show(standing(self._desk, max(self.app.size.width - 2, 1)))

    def show_saved(self) -> None:
        """How things stand, when how the file stands is said in other words than before."""
        if self._saved != saved_words(self._desk):
            self.show_status()

    def show_keys(self, content: Content) -> None:
        """The keys that matter now."""
        self._keys.show(content)

    def say(self, words: str) -> None:
        """Give the status line to a message for a while; a long one has more lines, up to half of the screen."""
        if self._message_timer is not None:
            self._message_timer.stop()
        message = Content.styled(words, "bold")
        width, height = self.app.size
        self._give_rows(max(1, min(len(message.wrap(max(width - 2, 1))), height // 2)))
        self._status.show(message)
        self._message_timer = self.set_timer(_MESSAGE_STAYS * self._rows, self._unsay)

    def _give_rows(self, rows: int) -> None:
        if rows != self._rows:
            self._rows = rows
            self._status.set_class(rows > 1, "-tall")
            self._status.styles.height = rows
            self.styles.height = rows + 1

    def _unsay(self) -> None:
        self._message_timer = None
        self.show_status()
