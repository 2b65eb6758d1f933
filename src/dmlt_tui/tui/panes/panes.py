"""The three panes of the live meeting, and how the screen is shared out among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.panes.actions import ActionsPane
from dmlt_tui.tui.panes.agenda import AgendaPane
from dmlt_tui.tui.panes.notes import NotesPane

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

_LEAST = 20  # cells each pane keeps, whatever the others get


class Panes(Container):
    """Agenda, notes and actions: beside each other, or the notes above the actions where it is narrow."""

    app: DmltApp
    agenda = getters.query_one(AgendaPane)
    notes = getters.query_one(NotesPane)
    actions = getters.query_one(ActionsPane)

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="desk")
        self._desk = desk
        self._sizes: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """The agenda, and a sheet with notes and actions."""
        yield AgendaPane(self._desk)
        with Container(id="sheet"):
            yield NotesPane()
            yield ActionsPane(self._desk)

    @property
    def here(self) -> str:
        """The pane that has the keys: agenda, notes or actions; empty when none has."""
        return next((pane.id or "" for pane in self._all if pane.has_focus_within), "")

    @property
    def _all(self) -> tuple[AgendaPane, NotesPane, ActionsPane]:
        return self.agenda, self.notes, self.actions

    def next(self, by: int) -> None:
        """Give the keys to the pane `by` places on."""
        lists: tuple[Widget, ...] = (self.agenda.rows, self.notes.editor, self.actions.rows)
        here = next((index for index, pane in enumerate(lists) if pane.has_focus), 0)
        self.screen.set_focus(lists[(here + by) % len(lists)])
        if self.zoomed:
            self._give_all_to(self.here)

    def mark_here(self) -> None:
        """Mark the pane that has the keys."""
        for pane in self._all:  # by its title, and not the whole of it, all of which would be styled anew
            pane.query_one(".title").set_class(pane.has_focus_within, "-here")
        self.actions.set_class(self.actions.has_focus_within, "-here")  # which gives it more room
        if self.here:  # a question leaves the panes as they are
            folding = self.screen.has_class("-folding")  # elsewhere all would be styled anew, and look the same
            self.screen.set_class(not self.agenda.has_focus_within, "-folded", update=folding)

    @property
    def zoomed(self) -> bool:
        """Whether one pane has the whole screen."""
        return self.screen.has_class("-zoomed")

    def zoom(self) -> None:
        """Give the pane that has the keys the whole screen, or give it back."""
        self._give_all_to("" if self.zoomed else self.here or "agenda")

    def _give_all_to(self, name: str) -> None:
        self.screen.set_class(bool(name), "-zoomed")
        for pane in self._all:
            pane.set_class(pane.id == name, "-zoom")
        self.query_one("#sheet").set_class(name in ("notes", "actions"), "-zoom")
        self._share_out()

    def widen(self, by: int) -> tuple[str, int]:
        """Make the pane that has the keys `by` cells wider, at the cost of its neighbour.

        The notes take from the agenda. In a narrow layout the actions lie below the notes, and it is lines they get.
        Gives the name of what was changed ("agenda_width", "actions_height"), and the size it has now.
        """
        wide = self.screen.has_class("-wide")
        pane = self.actions if self.here == "actions" else self.agenda
        name = f"{pane.id}_{'width' if wide or pane is self.agenda else 'height'}"
        if name.endswith("height"):
            now, least, most = pane.outer_size.height, 3, self.size.height - 3
        else:
            other = self.actions if pane is self.agenda else self.agenda
            now, least = pane.outer_size.width, _LEAST
            most = self.size.width - _LEAST - (other.outer_size.width if wide else 0)
        self._sizes[name] = max(least, min(now + (-by if self.here == "notes" else by), most))
        self._share_out()
        return name, self._sizes[name]

    def _share_out(self) -> None:
        """Give each pane the size it was given by hand, where that counts in this layout."""
        counting = () if self.zoomed else ("width",) if self.screen.has_class("-wide") else ("height",)
        for pane in (self.agenda, self.actions):
            for side in ("width", "height"):
                size = self._sizes.get(f"{pane.id}_{side}")
                counts = side in counting or (pane is self.agenda and side == "width" and not self.zoomed)
                if size is not None and counts:
                    setattr(pane.styles, side, size)
                else:
                    pane.styles.clear_rule(side)

    def on_mount(self) -> None:
        """Give the panes the widths their user likes."""
        settings = self.app.settings
        wanted = {"agenda_width": settings.agenda_width, "actions_width": settings.actions_width}
        self._sizes = {name: size for name, size in wanted.items() if size}

    @on(events.Resize)
    def _resized(self) -> None:
        if self._sizes:
            self._share_out()
