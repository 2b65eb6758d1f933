"""From the text on the screen to the notebook and back: what is typed, taken back, or changed by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import getters, on

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.moderation import place_of
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.painting import LeanScreen
from dmlt_tui.tui.panes.foot import Foot
from dmlt_tui.tui.panes.notes import NotesPane
from dmlt_tui.tui.widgets.editor import Editor
from dmlt_tui.tui.widgets.prompt import Prompt
from dmlt_tui.tui.widgets.quiet import Quiet

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

_QUIET = 0.3  # seconds without a key before the lists read out of the notes are made again
_BURST = 2.0  # seconds without a key after which typing begins a new step of undo


class KeepingScreen(LeanScreen[None]):
    """A screen with the notes of one item, whose every change becomes an edit of the notebook.

    Subclasses give `refresh_all`, `show_lists`, `show_foot`, `say`, `follow_floor` and `leave_deleted`.
    """

    app: DmltApp
    notes = getters.query_one(NotesPane)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.prompt = Prompt()
        self._shown: Notebook | None = None
        self._noticed = 0  # how many notices of the notebook were shown
        self._burst = 0
        self._bursts = Quiet(self, _BURST, self.end_burst)
        self._pauses = Quiet(self, _QUIET, self._show_typed)

    def refresh_all(self) -> None:
        """Show everything as it is now."""
        raise NotImplementedError

    def show_lists(self) -> None:
        """Read the lists out of the notes again."""
        raise NotImplementedError

    def show_foot(self) -> None:
        """Show how things stand, and the keys that matter now."""
        raise NotImplementedError

    def say(self, words: str) -> None:
        """Show a message for a while."""
        raise NotImplementedError

    def follow_floor(self, before: Notebook | None) -> None:
        """Say what others did to the floor since `before`, and go along with it."""
        raise NotImplementedError

    def leave_deleted(self, before: Notebook | None) -> None:
        """Leave the notes of an item that somebody else deleted since `before`."""
        raise NotImplementedError

    def change(self, edit: Edit) -> bool:
        """Make a change of the notebook; False, and the reason in the status line, when it can't be made."""
        self.commit()
        try:
            self.desk.notebook.change(edit)
        except EditError as error:
            self.prompt.refuse(str(error))
            self.say(str(error))
            return False
        self.refresh_all()
        return True

    def commit(self) -> None:
        """Put what was typed in the editor into the notebook; what others typed meanwhile is shown with it."""
        meeting, notes = self.desk.meeting, self.notes
        typed = notes.editor.text
        self.desk.line = notes.editor.cursor_location[0]
        place = place_of(meeting, notes.item_id) if meeting and notes.item_id else None
        if meeting is not None and notes.item_id and place is None:
            self.leave_deleted(self._shown)
            return
        if meeting is None or place is None or typed == notes.base:
            return
        seen = self._shown
        edit = edits.set_notes(meeting.id, place.item, notes.base, typed, run=str(self._burst))
        alone = self.desk.value is seen
        # Of a letter only what lies on top of this screen has to be told: a message costs as much as to paint one.
        self.desk.notebook.change(edit, tell=not self.is_current)
        lines = notes.editor.document.line_count
        if lines != notes.base_lines:
            self._burst += 1  # a line begun is a step of undo of its own, however fast it is typed
        notes.base, notes.base_lines = typed, lines
        after = self.desk.item
        if alone and after is not None and after.notes == typed:
            self._shown = self.desk.value
            self.query_one(Foot).show_saved()
        else:
            self.refresh_all()

    def follow_notebook(self) -> None:
        """Show what changed since it was shown last: by others, or in how the file stands."""
        before = self._shown
        if self.desk.value is before:
            self.query_one(Foot).show_saved()
        else:
            self.commit()
            self.follow_floor(before)
            self.refresh_all()
        self._show_notices()

    def _show_notices(self, more: Sequence[str] = ()) -> None:
        notices = self.desk.notebook.notices
        if new := (*notices[self._noticed :], *more):
            self.say("; ".join(new))
        self._noticed = len(notices)

    @on(Editor.Typed)
    def _typed(self, event: Editor.Typed) -> None:
        event.stop()
        self.commit()
        self._bursts.disturb()
        self._pauses.disturb()

    def _show_typed(self) -> None:
        self.show_lists()
        self.show_foot()

    def end_burst(self) -> None:
        """Let what is typed next be a step of undo of its own."""
        self.commit()
        self._burst += 1

    def take_back(self, *, again: bool = False) -> None:
        """Undo the last change (or make the last undone one `again`), and say what it was."""
        self.end_burst()
        words = self.desk.take_back(again=again)
        self.refresh_all()
        self.say(words)

    @on(Editor.TakeBack)
    def _take_back(self, event: Editor.TakeBack) -> None:
        self.take_back(again=event.again)
