"""The time card: what can be done about the time of an item, each choice with the end it leads to."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList

from dmlt_tui.meeting.choices import Choice, outcome, time_choices
from dmlt_tui.meeting.moderation import place_of
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.rows import Row, Rows

_STEP = 5  # minutes


def _two_lines(choice: Choice) -> Content:
    """A choice with the end it leads to below it."""
    return Content.assemble(choice.label, "\n", (f"  {choice.outcome}", "dim"))


class TimeCard(ModalScreen[Choice | None]):
    """Enter gives the choice under the cursor, Esc or q None; + and - change by how many minutes."""

    DEFAULT_CSS = """
    TimeCard { align: center middle; }
    TimeCard > Vertical {
        width: 92%; max-width: 100; height: auto; max-height: 92%;
        background: $surface; border: solid $primary; padding: 0 1;
    }
    TimeCard Rows { height: auto; max-height: 16; margin: 1 0; border: none; padding: 0; background: transparent; }
    TimeCard #time-title { text-style: bold; color: $text-primary; }
    TimeCard #time-keys { color: $text-muted; }
    """
    BINDINGS = [
        ("plus", "by(1)", "More"),
        ("minus", "by(-1)", "Less"),
        ("escape,q,t", "leave", "Back"),
    ]

    def __init__(self, desk: Desk, meeting_id: str, item_id: str) -> None:
        super().__init__()
        self._desk = desk
        self._meeting_id = meeting_id
        self._item_id = item_id
        self._by = _STEP
        self._choices: tuple[Choice, ...] = ()
        # Held here, as the clock goes on while a screen is taken down and has no children any more.
        self._title = Line(id="time-title")
        self._now = Line(id="time-now", tall=True)
        self._rows = Rows(id="time-rows")

    def compose(self) -> ComposeResult:
        """Title, how things stand, choices with the end each leads to, keys."""
        with Vertical():
            yield self._title
            yield self._now
            yield self._rows
            yield Line(id="time-keys")

    def on_mount(self) -> None:
        """Fill the card, and keep it true while the clock goes on."""
        self.query_one("#time-keys", Line).show("Enter does it   + - minutes   Esc cancels")
        self._show()
        self.set_focus(self._rows)
        self.set_interval(1.0, self._show)

    def _show(self) -> None:
        meeting = self._desk.value.meeting(self._meeting_id)
        place = place_of(meeting, self._item_id) if meeting else None
        if meeting is None or place is None:
            self.dismiss(None)
            return
        now = self._desk.now()
        self._title.show(place.item.title)
        self._now.show(f"now: {outcome(self._desk.value, meeting, place, now)}")
        self._choices = time_choices(self._desk.value, meeting, place, now, self._by)
        self._rows.show([Row(_two_lines(choice), f"{index}") for index, choice in enumerate(self._choices)])

    @property
    def _here(self) -> Choice | None:
        key = self._rows.key_here
        return self._choices[int(key)] if key and int(key) < len(self._choices) else None

    @on(OptionList.OptionSelected)
    def _chosen(self) -> None:
        self.dismiss(self._here)

    def action_by(self, direction: int) -> None:
        """Change by how many minutes."""
        self._by = max(self._by + direction * _STEP, _STEP)
        self._show()

    def action_leave(self) -> None:
        """Go back; nothing happened."""
        self.dismiss(None)
