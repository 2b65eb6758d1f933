"""The follow view: what is on the floor, large enough to share. It shows, and changes nothing."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Digits

from dmlt_tui.meeting.breaks import resting, resting_words
from dmlt_tui.meeting.forecast import forecast_words
from dmlt_tui.meeting.model import Item, Meeting, Notebook
from dmlt_tui.meeting.moderation import current_place, handover_card, moderator_of
from dmlt_tui.meeting.projection import project
from dmlt_tui.meeting.words import day_words, name_of, names_of
from dmlt_tui.notes.language import survey
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.panes.notes import knowledge
from dmlt_tui.tui.widgets.editor import Editor
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.words import elapsed

_LOOK = 0.25  # seconds


class FollowScreen(Screen[None]):
    """Keeps up with the item on the floor: q or Esc closes it, and every other key does nothing."""

    DEFAULT_CSS = """
    FollowScreen { layout: vertical; background: $background; }
    FollowScreen #follow-head { height: 3; background: $primary-background; }
    FollowScreen Digits { width: 22; padding: 0 2; text-style: bold; }
    FollowScreen #follow-words { width: 1fr; padding: 0 1; }
    FollowScreen #follow-title { text-style: bold; }
    FollowScreen #follow-editor { height: 1fr; padding: 0 1; }
    FollowScreen #follow-taken { max-height: 8; padding: 0 1; border-top: solid $surface; }
    FollowScreen #follow-state { background: $surface; padding: 0 1; }
    """
    BINDINGS = [("escape,q,f", "leave", "Back")]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: Notebook | None = None
        self._item_id = ""
        # Held here, as the clock goes on while a screen is taken down and has no children any more.
        self._clock = Digits("", id="follow-clock")
        self._title, self._who = Line(id="follow-title"), Line(id="follow-who")
        self._time, self._state = Line(id="follow-time"), Line(id="follow-state")
        self._taken = Line(id="follow-taken", tall=True)
        self._editor = Editor(id="follow-editor")

    def compose(self) -> ComposeResult:
        """Clock and topic, notes, actions, a line on how things stand."""
        with Horizontal(id="follow-head"):
            yield self._clock
            with Vertical(id="follow-words"):
                yield self._title
                yield self._who
                yield self._time
        self._editor.read_only = True
        self._editor.can_focus = False
        yield self._editor
        yield self._taken
        yield self._state

    def on_mount(self) -> None:
        """Keep up."""
        self.look()
        self.set_interval(_LOOK, self.look)

    def look(self) -> None:
        """Ask for what others wrote, and show what changed and what time it is."""
        self._desk.notebook.poll()
        meeting = self._desk.meeting
        self._clock.update(f"{self._desk.here():%H:%M}")
        value = self._desk.value
        if value is not self._shown:
            self._shown = value
            self._desk.settle()
            self._show_notes(meeting)
        self._show_time(meeting)
        state = self._desk.notebook.state.message
        self._state.show(Content.styled(state, "$text-error bold") if state else "following: q goes back")

    def _show_notes(self, meeting: Meeting | None) -> None:
        place = current_place(meeting) if meeting else None
        item = place.item if place else None
        self._editor.know(knowledge(self._desk))
        if item is None:
            self._item_id = ""
            self._editor.show("")
        elif item.id != self._item_id:
            self._item_id = item.id
            self._editor.load_text(item.notes)
            self._editor.move_cursor(self._editor.document.end)
        else:
            row = _last_changed(self._editor.text, item.notes)
            self._editor.show(item.notes)
            self._editor.move_cursor((row, 0))
            self._editor.scroll_cursor_visible()
        words = self._actions(item) if item else ""
        self._taken.show(words)
        self._taken.display = bool(words)

    def _actions(self, item: Item) -> str:
        tasks = [task for task in survey(item.notes).tasks if not task.done][-6:]
        value = self._desk.value
        return "\n".join(
            f"☐ {names_of(value, task.owners, ', ') or 'nobody'}: {task.text}"
            + (f", by {day_words(task.due)}" if task.due else "")
            for task in tasks
        )

    def _show_time(self, meeting: Meeting | None) -> None:
        if meeting is None:
            self._title.show("No meeting yet")
            self._who.show("")
            self._time.show("")
            return
        place, value, now = current_place(meeting), self._desk.value, self._desk.now()
        if place is None:
            card = handover_card(meeting)
            self._title.show(meeting.title)
            self._who.show(f"{name_of(value, card.to)} takes the floor next" if card and card.to else "")
            self._time.show("not running")
            return
        rest = resting(meeting, now)
        seen = project(meeting, place, now)
        self._title.show(place.item.title)
        moderator = moderator_of(meeting, place.session)
        who = [names_of(value, place.item.coordinators), f"moderator {name_of(value, moderator)}" if moderator else ""]
        self._who.show(" · ".join(filter(None, who)))
        sign = "▸" if seen.running else "‖ paused"
        words = resting_words(value, rest, now) if rest else forecast_words(seen)
        lines = [line if rest else f"{sign} {elapsed(seen)}  {line}" for line in words]
        room = max(self.size.width - 26, 1)
        self._time.show(next((line for line in lines if Content(line).cell_length <= room), lines[-1]))

    def action_leave(self) -> None:
        """Go back, or leave where there is nothing to go back to."""
        if len(self.app.screen_stack) > 1:
            self.dismiss(None)
        else:
            self.app.exit(0)


def _last_changed(old: str, new: str) -> int:
    """The row of `new` in which its last change against `old` ends."""
    before, after = old.split("\n"), new.split("\n")
    same = 0
    while same < min(len(before), len(after)) and before[-1 - same] == after[-1 - same]:
        same += 1
    return max(len(after) - same - 1, 0)
