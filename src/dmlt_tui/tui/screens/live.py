"""The live meeting: agenda, notes, actions, status line and key bar."""

from __future__ import annotations

import gc
from functools import cached_property
from typing import TYPE_CHECKING

from textual import events, getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, TextArea

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.tui.commands import Command
from dmlt_tui.tui.company import follow_floor, leave_deleted, with_company
from dmlt_tui.tui.panes.actions import ActionsPane
from dmlt_tui.tui.panes.agenda import AgendaPane
from dmlt_tui.tui.panes.foot import KEYS_OF_CARD, Foot, key_hints, pending_keys
from dmlt_tui.tui.panes.notes import knowledge
from dmlt_tui.tui.panes.panes import Panes
from dmlt_tui.tui.question import Question
from dmlt_tui.tui.screens.moving import MovingScreen
from dmlt_tui.tui.widgets.editor import Editor
from dmlt_tui.tui.widgets.line import Line

if TYPE_CHECKING:
    from dmlt_tui.tui.typed import TypedActions


_MOMENT = 0.1  # seconds in which a key may be pressed, or pressed again


class LiveScreen(MovingScreen):
    """The meeting as it runs. Commands (tui/commands) act through its public methods."""

    HORIZONTAL_BREAKPOINTS = [(0, "-folding"), (60, "-narrow"), (116, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]

    panes = getters.query_one(Panes)
    agenda = getters.query_one(AgendaPane)
    actions = getters.query_one(ActionsPane)

    _shown_before = False

    def compose(self) -> ComposeResult:
        """Header, the three panes, status line, key bar, folded from the start as the terminal's size asks."""
        for steps, size in zip((self.HORIZONTAL_BREAKPOINTS, self.VERTICAL_BREAKPOINTS), self.app.size, strict=True):
            self.add_class(max(step for step in steps if step[0] <= size)[1], update=False)
        yield Line(id="header")
        yield Panes(self.desk)
        yield Foot(self.desk)

    @property
    def typing(self) -> bool:
        """Whether a text has the keys (TYPE) or not (GO)."""
        return isinstance(self.focused, TextArea | Input)

    @property
    def writing(self) -> bool:
        """Whether the notes have the keys."""
        return isinstance(self.focused, Editor)

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Come on top; the first time, everything has just been styled."""
        event.refresh_styles = self._shown_before
        if self._shown_before:
            self.show_foot()
        self._shown_before = True

    def on_screen_suspend(self) -> None:
        """Give the keys away to what lies above."""
        self.show_foot()

    def on_mount(self) -> None:
        """Show the meeting."""
        self.set_focus(self.agenda.rows)
        self._show_desk()
        if self.desk.line is not None:  # as it was left
            editor = self.notes.editor
            row = min(self.desk.line, editor.document.line_count - 1)
            editor.move_cursor((row, len(editor.document.get_line(row))))
        self.call_after_refresh(self.set_timer, _MOMENT, self._once_painted)
        self._show_notices((*self.app.warnings, *self.app.half_typed.resume(self)))
        self.app.key_queue.begin()

    def let_time_pass(self) -> None:
        """Show what time it is; to be called once a second."""
        self.query_one(Foot).show_status()
        self.agenda.tick(self.desk.now())

    def _once_painted(self) -> None:
        """Do what a first screen can do without, unless a key was just pressed: its effect is waited for."""
        if self.app.key_queue.is_heard:
            self.set_timer(_MOMENT, self._once_painted)
            return
        self.show_lists()  # the grammar that reads them takes a while to load
        if not gc.isenabled():  # as whoever opened the app left it, so that it starts sooner
            gc.freeze()  # what is loaded by now stays: no key has to wait until all of it was looked through
            gc.enable()

    def refresh_all(self) -> None:
        """Show everything as it is now; what did not change is not repainted."""
        self._show_desk()
        self.show_lists()

    def _show_desk(self) -> None:
        self.desk.settle()
        self._shown = self.desk.value
        desk, meeting, day, item = self.desk, self.desk.meeting, self.desk.day, self.desk.item
        self.show_header()
        if meeting is not None and day is not None:
            self.agenda.show(desk.value, meeting, day, item.id if item else "", desk.now())
        else:
            self.agenda.clear()
        self.notes.editor.know(knowledge(desk))
        self.notes.show(desk.value, item)
        self.app.company.sit(self)
        self.show_foot()

    def show_header(self) -> None:
        """The meeting, and who else has the notebook open."""
        meeting = self.desk.meeting
        title = meeting.title if meeting else "No meeting yet: N plans one"
        words = self.app.company.words(self.desk.value)
        self.query_one("#header", Line).show(with_company(title, words, self.size.width - 2))

    def follow_floor(self, before: Notebook | None) -> None:
        """Say what others did to the floor since `before`; go along with it where nobody types."""
        follow_floor(self, before)

    def leave_deleted(self, before: Notebook | None) -> None:
        """Leave the notes of an item that somebody else deleted, and keep what stood in them."""
        leave_deleted(self, before)

    def show_lists(self) -> None:
        """Read the lists out of the notes again."""
        self.actions.show()

    def show_foot(self) -> None:
        """The status line, and the keys that matter now."""
        foot, reader = self.query_one(Foot), self.app.reader
        foot.show_status()
        if not self.is_active:
            foot.show_keys(Content(f" {KEYS_OF_CARD}"))
        elif reader.pending:
            follow = {key: self.app.command(command) for key, command in reader.continuations().items()}
            follow = {key: command for key, command in follow.items() if command.in_text or not self.typing}
            foot.show_keys(pending_keys(reader.pending, follow, typing=self.typing))
        else:
            width, typing, asking = self.size.width, self.typing, self.asking

            def possible(command: Command) -> bool:
                return command.why_not(self) is None

            foot.show_keys(key_hints(self.app.commands, width, possible, typing=typing, asking=asking))

    def say(self, words: str) -> None:
        """Show a message in the status line for a while."""
        self.query_one(Foot).say(words)

    # -- the notes as they are typed, the file as others leave it --------------------------------------------------

    @cached_property
    def _typed_actions(self) -> TypedActions:
        from dmlt_tui.tui.typed import TypedActions

        return TypedActions(self)

    @on(Editor.ActionTyped)
    def _action_typed(self, event: Editor.ActionTyped) -> None:
        self._typed_actions.told(event.row, event.line, finished=event.finished)

    # -- TYPE and GO --------------------------------------------------------------------------------------------

    def ask(self, question: Question) -> None:
        """Ask for one line at the bottom; the keys go back to where they were."""
        if not self.prompt.is_attached:  # made for the first question: no start waits for what is not seen
            self.mount(self.prompt, before=self.query_one(Foot))
        self.prompt.ask(question)

    def leave_typing(self, *, at_once: bool = False) -> None:
        """Give up an open prompt or completion, else (or `at_once`) go back to GO, on the agenda."""
        editor = self.notes.editor
        if self.prompt.asking:
            self.prompt.close()
        elif editor.completing and not at_once:
            editor.decline()
        else:
            editor.tell_action(finished=True)
            self.end_burst()
            self.set_focus(self.agenda.rows)

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self.prompt.asking

    @on(AgendaPane.Chosen)
    def _chosen(self, event: AgendaPane.Chosen) -> None:
        if self.desk.item is None or event.item_id != self.desk.item.id:
            self.show_item(event.item_id)

    @on(AgendaPane.Entered)
    def _entered(self) -> None:
        self.write_notes()

    @on(ActionsPane.Entered)
    def _to_action(self, event: ActionsPane.Entered) -> None:
        self.go_to(event.action.meeting_id, event.action.item_id, event.action.task.line)

    @on(events.Resize)
    def _resized(self) -> None:
        self.show_header()
        self.show_foot()

    @on(events.DescendantFocus)
    def _keys_are_elsewhere(self) -> None:
        self.panes.mark_here()
        self.app.company.sit(self)
        self.show_foot()
