"""The three panes of the live meeting, and how the screen is shared out among them."""

from __future__ import annotations

from textual import getters
from textual.app import ComposeResult
from textual.containers import Container
from textual.widget import Widget

from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.panes.actions import ActionsPane
from dmlt_tui.tui.panes.agenda import AgendaPane
from dmlt_tui.tui.panes.notes import NotesPane

_LEAST = 20  # cells each pane keeps, whatever the others get


class Panes(Container):
    """Agenda, notes and actions: beside each other, or the notes above the actions where it is narrow."""

    agenda = getters.query_one(AgendaPane)
    notes = getters.query_one(NotesPane)
    actions = getters.query_one(ActionsPane)

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="desk")
        self._desk = desk

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
        for pane in self._all:
            pane.set_class(pane.has_focus_within, "-here")
        if self.here:  # a question leaves the panes as they are
            self.screen.set_class(not self.agenda.has_focus_within, "-folded")

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

    def widen(self, by: int) -> int:
        """Make the pane that has the keys `by` cells wider, at the cost of its neighbour; gives the width it has then.

        The notes take from the agenda. In a narrow layout the actions lie below the notes, and it is lines they get.
        """
        pane = self.agenda if self.here != "actions" else self.actions
        below = pane is self.actions and not self.screen.has_class("-wide")
        now = pane.outer_size.height if below else pane.outer_size.width
        room = self.size.height if below else self.size.width
        least = 3 if below else _LEAST
        others = 0 if below else sum(one.outer_size.width for one in (self.agenda, self.actions) if one is not pane)
        most = room - least - (others if self.screen.has_class("-wide") else 0)
        wanted = max(least, min(now + (-by if self.here == "notes" else by), most))
        if below:
            pane.styles.height = wanted
        else:
            pane.styles.width = wanted
        return wanted
