"""The actions of all meetings: sorted, filtered, and changed where they stand in the notes."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content

from dmlt_tui.meeting.actions import NOBODY, Action, ActionStatus, Order, Wanted, listed
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.past import Past, history_words
from dmlt_tui.meeting.words import name_of
from dmlt_tui.tui import rewriting
from dmlt_tui.tui.action_table import heading, left_out, row, wrapped
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.filtering import owner_question, text_question
from dmlt_tui.tui.screens.board import BoardScreen
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Prompt, Question
from dmlt_tui.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

_STATUS = {"overdue": ActionStatus.OPEN, "closed": ActionStatus.ALL}
_ORDERS = {Order.DUE: "by due date", Order.OWNER: "by owner", Order.MEETING: "by meeting"}
_FIRST_LOOK, _SLICE, _PAUSE = 0.01, 0.03, 0.01  # seconds of reading notes before and after the screen is shown
_SHOW_EVERY = 0.5  # seconds, while they are read
_KEYS = (
    "Space done  e edit  A assign  @ date  D delete  u undo  Enter its notes  "
    "/ text  w whose  o overdue  c closed  s sort  z zoom  q back"
)


class SummaryScreen(BoardScreen[Action]):
    """Enter gives the action to jump to, Esc or q None. Every change is one of its line in its notes."""

    DEFAULT_CSS = """
    SummaryScreen #summary-title { background: $primary; text-style: bold; }
    SummaryScreen #summary-columns { background: $surface; text-style: bold; padding: 0 2 0 1; }
    SummaryScreen #summary-whole { height: 4; text-wrap: wrap; }
    SummaryScreen Sheet { padding: 0 1; }
    SummaryScreen.-zoomed #summary-title, SummaryScreen.-zoomed #summary-whole, SummaryScreen.-zoomed #board-keys {
        display: none;
    }
    """
    BINDINGS = [
        ("space", "change('tick')", "Done"),
        ("e", "change('edit')", "Edit"),
        ("A,upper_a", "change('assign')", "Assign"),
        ("at", "change('redate')", "Date"),
        ("D,upper_d", "change('delete')", "Delete"),
        ("slash", "ask('text')", "Text"),
        ("w", "ask('owner')", "Whose"),
        ("o", "only('overdue')", "Overdue only"),
        ("c", "only('closed')", "Closed too"),
        ("s", "sort('')", "Sort"),
        ("1", "sort('due')", "By due date"),
        ("2", "sort('owner')", "By owner"),
        ("3", "sort('meeting')", "By meeting"),
        ("z", "zoom", "Zoom"),
        ("y", "copy", "Back, and copy (y d, y y)"),
    ]

    app: DmltApp
    sheet = getters.query_one(Sheet)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._wanted = self._wanted_before = Wanted()
        self._actions: tuple[Action, ...] = ()
        self._shown_at = 0.0
        self._known: tuple[Notebook, Past] | None = None

    def compose(self) -> ComposeResult:
        """Title, columns, rows, the row in full, prompt, keys."""
        yield Line(id="summary-title")
        yield Line(id="summary-columns")
        yield Sheet(id="summary-rows")
        yield Line(id="summary-whole")
        yield Prompt()
        yield self.bottom

    def on_mount(self) -> None:
        """Show what is known, and read the rest of a large notebook while keys are answered."""
        self.set_focus(self.sheet)
        self.desk.ledger.read(self.desk.value, _FIRST_LOOK)
        self._show()  # before there is room for it, so that keys typed ahead find the actions
        if self.desk.ledger.unread(self.desk.value):
            self.set_timer(_PAUSE, self.show)

    def on_resize(self) -> None:
        """Fit the columns to the new width, once it is known."""
        self.call_after_refresh(self._fit)

    def show(self) -> None:
        """Read on, and show what is known when all is, or for the time being."""
        self.desk.ledger.read(self.desk.value, _SLICE)
        unread = self.desk.ledger.unread(self.desk.value)
        if unread:
            self.set_timer(_PAUSE, self.show)
        if not unread or monotonic() > self._shown_at + _SHOW_EVERY:
            self._show()

    # -- what is shown --------------------------------------------------------------------------------------------

    def _show(self) -> None:
        desk, wanted, sheet = self.desk, self._wanted, self.sheet
        notebook = self._shown = desk.value
        self._shown_at = monotonic()
        today, whole = desk.today(), self.has_class("-zoomed")
        every = desk.ledger.actions(notebook)
        actions = self._actions = listed(every, wanted, notebook, today)
        self.query_one("#summary-title", Line).show(self._title(every, len(actions)))
        sheet.show(
            [action.place for action in actions],
            lambda index, width: row(notebook, actions[index], today, width, whole=whole),
            (lambda width: [len(wrapped(action, width)) for action in actions]) if whole else None,
        )

    def _fit(self) -> None:
        self.query_one("#summary-columns", Line).show(heading(self.sheet.scrollable_content_region.width))
        self._moved()  # what the columns have no room for now, or have again

    def _title(self, every: tuple[Action, ...], count: int) -> str:
        wanted, notebook, today = self._wanted, self.desk.value, self.desk.today()
        overdue = sum(action.overdue(today) for action in every)
        undone = sum(not action.task.done for action in every)
        actions = "action" if count == 1 else "actions"
        kind = "open and closed" if wanted.status is ActionStatus.ALL else "open"
        said = f"{count} overdue {actions} of {undone} open" if wanted.overdue else f"{count} {kind} {actions}"
        parts = [
            f"{said} in all meetings, {_ORDERS[wanted.order]}" + ("" if wanted.overdue else f" ({overdue} overdue)")
        ]
        if wanted.owner:
            parts.append("of nobody" if wanted.owner == NOBODY else f"of {name_of(notebook, wanted.owner)}")
        if wanted.text:
            parts.append(f"with {wanted.text}")
        if self.desk.ledger.unread(notebook):
            parts.append("still reading the notes …")
        return "  ".join(parts)

    @property
    def action_here(self) -> Action | None:
        """The action the cursor is on."""
        index = self.sheet.index_here
        return self._actions[index] if 0 <= index < len(self._actions) else None

    @on(Sheet.Moved)
    def _moved(self) -> None:
        action = self.action_here
        words = Content("")
        if action is not None:
            width = self.sheet.scrollable_content_region.width
            whose = left_out(self.desk.value, action, width) if width else ""
            said = " · ".join(filter(None, (whose, history_words(self._past.of(action)))))
            words = Content.assemble(action.task.text, (f"\n{said}", "dim"))
        self.query_one("#summary-whole", Line).show(words)

    @property
    def _past(self) -> Past:
        """What became of the actions shown."""
        if self._known is None or self._known[0] is not self.desk.value:
            self._known = (self.desk.value, Past(self.desk.value))
        return self._known[1]

    @on(Sheet.Chosen)
    def _chosen(self) -> None:
        self.dismiss(self.action_here)

    def keys(self) -> str:
        """Those of the list."""
        return _KEYS

    # -- changes --------------------------------------------------------------------------------------------------

    def action_change(self, what: str) -> None:
        """Change the action: tick, edit, assign, redate or delete it."""
        if self.action_here is not None:
            rewriting.WAYS[what](self, self.action_here)

    def ask(self, question: Question) -> None:
        """Ask for one line at the bottom."""
        self._wanted_before = self._wanted
        super().ask(question)

    # -- which, and in which order --------------------------------------------------------------------------------

    def _want(self, wanted: Wanted) -> int:
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()
        return len(self._actions)

    def action_ask(self, what: str) -> None:
        """Ask for the words, or the person, the actions shown are to have."""
        if what == "text":
            self.ask(text_question(self._wanted, self._want))
        else:
            self.ask(owner_question(self._wanted, self.desk.value, self._want))

    def action_only(self, what: str) -> None:
        """Show only the overdue ones, or the closed ones too; again, the open ones as before."""
        wanted = replace(self._wanted, overdue=what == "overdue", status=_STATUS[what])
        again = (wanted.overdue, wanted.status) == (self._wanted.overdue, self._wanted.status)
        self._want(replace(wanted, overdue=False, status=ActionStatus.OPEN) if again else wanted)

    def action_sort(self, order: str) -> None:
        """Sort by due date, owner or meeting; without a name, by the next of these."""
        orders = list(Order)
        after = orders[(orders.index(self._wanted.order) + 1) % len(orders)]
        self._want(replace(self._wanted, order=Order(order) if order else after))

    def action_zoom(self) -> None:
        """Show the rows alone, with all their words; again gives the rest back."""
        self.toggle_class("-zoomed")
        self.call_after_refresh(self._show)

    # -- leaving --------------------------------------------------------------------------------------------------

    def action_copy(self) -> None:
        """Go back to the meeting, where y begins the keys that copy from it."""
        self.dismiss(None)
        self.app.reader.feed("y", typing=False)

    def action_give_up(self) -> None:
        """Close the prompt without an answer, else leave."""
        asked = self.prompt.asking
        super().action_give_up()
        if asked:
            self._want(self._wanted_before)
