"""The live meeting: agenda, notes, actions, status line and key bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.moderation import place_of
from dmlt_tui.tui.company import company, follow_floor, leave_deleted, with_company
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.panes.actions import ActionsPane
from dmlt_tui.tui.panes.agenda import AgendaPane
from dmlt_tui.tui.panes.foot import Foot, key_hints, pending_keys
from dmlt_tui.tui.panes.notes import NotesPane, knowledge
from dmlt_tui.tui.typed import TypedActions
from dmlt_tui.tui.widgets.editor import Editor
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.prompt import Prompt, PromptInput, Question

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

_QUIET = 0.3  # seconds without a key before the lists read out of the notes are made again
_BURST = 2.0  # seconds without a key after which typing begins a new step of undo


class LiveScreen(Screen[None]):
    """The meeting as it runs. Commands (tui/commands) act through its public methods."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]

    app: DmltApp

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: Notebook | None = None
        self._noticed = 0  # how many notices of the notebook were shown
        self._burst = 0
        self._burst_timer: Timer | None = None
        self._lists_timer: Timer | None = None
        self._before_prompt: Widget | None = None
        self._typed_actions = TypedActions(self)

    def compose(self) -> ComposeResult:
        """Header, the three panes, prompt, status line, key bar."""
        yield Line(id="header")
        with Container(id="desk"):
            yield AgendaPane(self.desk)
            with Container(id="sheet"):
                yield NotesPane()
                yield ActionsPane(self.desk)
        yield Prompt()
        yield Foot(self.desk)

    @property
    def agenda(self) -> AgendaPane:
        """The agenda pane."""
        return self.query_one(AgendaPane)

    @property
    def notes(self) -> NotesPane:
        """The notes pane."""
        return self.query_one(NotesPane)

    @property
    def actions(self) -> ActionsPane:
        """The actions pane."""
        return self.query_one(ActionsPane)

    @property
    def typing(self) -> bool:
        """Whether a text has the keys (TYPE) or not (GO)."""
        return isinstance(self.focused, TextArea | Input)

    @property
    def pane_here(self) -> str:
        """The pane that has the keys, in a word."""
        panes = {"agenda": self.agenda, "notes": self.notes, "actions": self.actions}
        return next((name for name, pane in panes.items() if pane.has_focus_within), "")

    @property
    def writing(self) -> bool:
        """Whether the notes have the keys."""
        return isinstance(self.focused, Editor)

    def on_mount(self) -> None:
        """Show the meeting, and keep clock and file in view."""
        foot, agenda = self.query_one(Foot), self.agenda

        def let_time_pass() -> None:
            foot.show_status()
            agenda.tick(self.desk.now())

        self.set_interval(1.0, let_time_pass)
        self.set_interval(0.5, self._look_at_file)
        self.set_focus(self.agenda.rows)
        self.refresh_all()
        if notices := self.desk.notebook.notices:
            self._noticed = len(notices)
            self.say("; ".join(notices))

    def refresh_all(self) -> None:
        """Show everything as it is now; what did not change is not repainted."""
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
        self.show_lists()
        self.app.sit(self)
        self.show_foot()

    def show_header(self) -> None:
        """The meeting, and who else has the notebook open."""
        meeting = self.desk.meeting
        title = meeting.title if meeting else "No meeting yet: N starts one"
        line = self.query_one("#header", Line)
        line.show(with_company(title, company(self.desk.value, self.app.others), self.size.width - 2))

    def show_lists(self) -> None:
        """Read the lists out of the notes again."""
        self.actions.show()

    def show_foot(self) -> None:
        """The status line, and the keys that matter now."""
        foot, reader = self.query_one(Foot), self.app.reader
        foot.show_status()
        if reader.pending:
            follow = {key: self.app.command(command) for key, command in reader.continuations().items()}
            follow = {key: command for key, command in follow.items() if command.in_text or not self.typing}
            foot.show_keys(pending_keys(reader.pending, follow, typing=self.typing))
        else:
            asking = self.query_one(Prompt).asking
            foot.show_keys(key_hints(self.app.commands, self.size.width, typing=self.typing, asking=asking))

    def say(self, words: str) -> None:
        """Show a message in the status line for a while."""
        self.query_one(Foot).say(words)

    # -- changes ------------------------------------------------------------------------------------------------

    def change(self, edit: Edit) -> bool:
        """Make a change of the notebook; False, and the reason in the status line, when it can't be made."""
        self.commit()
        try:
            self.desk.notebook.change(edit)
        except EditError as error:
            self.say(str(error))
            return False
        self.refresh_all()
        return True

    def commit(self) -> None:
        """Put what was typed in the editor into the notebook; what others typed meanwhile is shown with it."""
        meeting, notes = self.desk.meeting, self.notes
        typed = notes.editor.text
        place = place_of(meeting, notes.item_id) if meeting and notes.item_id else None
        if meeting is not None and notes.item_id and place is None:
            leave_deleted(self)
            return
        if meeting is None or place is None or typed == notes.base:
            return
        seen = self._shown
        edit = edits.set_notes(meeting.id, place.item, notes.base, typed, run=str(self._burst))
        alone = self.desk.value is seen
        self.desk.notebook.change(edit)
        notes.base = typed
        after = self.desk.item
        if alone and after is not None and after.notes == typed:
            self._shown = self.desk.value
        else:
            self.refresh_all()

    def follow_notebook(self) -> None:
        """Show what changed since it was shown last: by others, or in how the file stands."""
        before = self._shown
        if self.desk.value is before:
            self.show_foot()
        else:
            self.commit()
            follow_floor(self, before)
            self.refresh_all()
        notices = self.desk.notebook.notices
        if len(notices) > self._noticed:
            self.say("; ".join(notices[self._noticed :]))
        self._noticed = len(notices)

    @on(NotesPane.Typed)
    def _typed(self) -> None:
        self.commit()
        for timer in (self._burst_timer, self._lists_timer):
            if timer is not None:
                timer.stop()
        self._burst_timer = self.set_timer(_BURST, self.end_burst)
        self._lists_timer = self.set_timer(_QUIET, self.show_lists)
        self.show_foot()

    def end_burst(self) -> None:
        """Let what is typed next be a step of undo of its own."""
        self.commit()
        self._burst += 1

    def take_back(self, *, again: bool = False) -> None:
        """Undo the last change (or make the last undone one `again`), and say what it was."""
        self.end_burst()
        notebook = self.desk.notebook
        label = notebook.redo() if again else notebook.undo()
        if label is None:
            self.say("there is nothing to redo" if again else "there is nothing to undo")
        else:
            self.refresh_all()
            self.say(f"made again: {label}" if again else f"taken back: {label}")

    @on(Editor.TakeBack)
    def _take_back(self, event: Editor.TakeBack) -> None:
        self.take_back(again=event.again)

    @on(Editor.ActionTyped)
    def _action_typed(self, event: Editor.ActionTyped) -> None:
        self._typed_actions.told(event.row, event.line, finished=event.finished)

    def _look_at_file(self) -> None:
        if self.desk.notebook.poll():
            self.follow_notebook()

    # -- moving about -------------------------------------------------------------------------------------------

    def show_item(self, item_id: str) -> None:
        """Show an item of this meeting, and its day."""
        self.end_burst()
        if self.desk.go_to_item(item_id):
            self.refresh_all()

    def show_day(self, by: int) -> None:
        """Show the next or previous day."""
        self.end_burst()
        if self.desk.go_to_day(by):
            self.refresh_all()
        else:
            self.say("that was the last day" if by > 0 else "that was the first day")

    def show_meeting(self, meeting_id: str) -> None:
        """Show another meeting of the notebook."""
        self.end_burst()
        self.desk.go_to_meeting(meeting_id)
        self.refresh_all()

    def go_to(self, meeting_id: str, item_id: str, line: int | None) -> None:
        """Show a line of an item's notes (counted from 0; the last place in them for None), ready to type."""
        if self.desk.meeting is None or meeting_id != self.desk.meeting.id:
            self.show_meeting(meeting_id)
        self.show_item(item_id)
        self.write_notes(line)

    def write_notes(self, line: int | None = None) -> None:
        """Enter TYPE in the notes shown, at a line counted from 0, else where the cursor was."""
        if self.desk.item is None:
            self.say("there is no item to write notes for")
            return
        self.set_focus(self.notes.editor)
        if line is not None:
            self.notes.editor.move_cursor((line, 0))

    def next_pane(self, by: int) -> None:
        """Go round the three panes."""
        panes = (self.agenda.rows, self.notes.editor, self.actions.rows)
        here = next((index for index, pane in enumerate(panes) if pane.has_focus), 0)
        self.set_focus(panes[(here + by) % len(panes)])

    def zoom(self) -> None:
        """Give the pane that has the keys the whole screen, or give it back."""
        panes = (self.agenda, self.notes, self.actions)
        here = next((pane for pane in panes if pane.has_focus_within), self.agenda)
        zoomed = not self.has_class("-zoomed")
        self.set_class(zoomed, "-zoomed")
        for pane in panes:
            pane.set_class(zoomed and pane is here, "-zoom")
        self.query_one("#sheet").set_class(zoomed and here is not self.agenda, "-zoom")

    # -- TYPE and GO --------------------------------------------------------------------------------------------

    def ask(self, question: Question) -> None:
        """Ask for one line at the bottom; the keys go back to where they were."""
        self._before_prompt = self.focused
        self.query_one(Prompt).ask(question)

    def leave_typing(self, *, at_once: bool = False) -> None:
        """Give up an open prompt or completion, else (or `at_once`) go back to GO, on the agenda."""
        editor = self.notes.editor
        if self.query_one(Prompt).asking:
            self._close_prompt()
        elif editor.completing and not at_once:
            editor.decline()
        else:
            editor.tell_action(finished=True)
            self.end_burst()
            self.set_focus(self.agenda.rows)

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self.query_one(Prompt).asking

    def keep_question(self) -> None:
        """Write what stands half typed in an open question into the notes, as the program is about to end."""
        words = self.query_one(PromptInput).value.strip() if self.asking else ""
        meeting, item = self.desk.meeting, self.desk.item
        if words and meeting is not None and item is not None:
            self.change(edits.add_note_line(meeting.id, item, f"- {words}", "half typed"))

    def _close_prompt(self) -> None:
        self.query_one(Prompt).close()
        self.set_focus(self._before_prompt or self.agenda.rows)

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.query_one(Prompt).answer(event.value):
            self._close_prompt()

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

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        for pane in (self.agenda, self.notes, self.actions):
            pane.set_class(pane.has_focus_within, "-here")
        self.app.sit(self)
        self.show_foot()
