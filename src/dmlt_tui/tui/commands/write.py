"""Commands that write: notes, actions, decisions, parked lines, and taking it all back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.meeting import edits
from dmlt_tui.notes.strokes import ends_alike
from dmlt_tui.tui.capturing import action_question, adding_line
from dmlt_tui.tui.commands.base import Command
from dmlt_tui.tui.question import Question

if TYPE_CHECKING:
    from dmlt_tui.meeting.capture import ActionWords
    from dmlt_tui.tui.screens.live import LiveScreen

_NO_ITEM = "there is no item to write to"


class _Writing(Command):
    def why_not(self, live: LiveScreen) -> str | None:
        """An item must be shown."""
        return None if live.desk.item else _NO_ITEM


class TypeNotes(_Writing):
    """Type notes on this item; Esc goes back to GO."""

    id = "type"
    keys = ("i",)
    panes = ("agenda",)
    in_text = False
    hint = "type"

    def run(self, live: LiveScreen) -> None:
        """Go to the editor."""
        live.write_notes()


class AddAction(_Writing):
    """Add an action in your own words: `fritz engage with the LDF 2w`; shows what was understood before Enter.

    Where a name fits several people, Tab chooses.
    """

    id = "action"
    keys = ("a",)
    panes = ("notes", "actions")
    hint = "action"

    def run(self, live: LiveScreen) -> None:
        """Ask for the line, write the action under the item shown."""
        add = adding_line(live, "action")

        def take(understood: ActionWords) -> str | None:
            return add(understood.line, f"action added: {understood.explanation}")

        idle = "who, what, by when:  fritz engage with the LDF 2w"
        live.ask(action_question(live.desk, take, idle=idle, command=self.id))


def _mark(live: LiveScreen, command: Command, sign: str, word: str) -> None:
    add = adding_line(live, word)

    def answer(words: str) -> str | None:
        line = " ".join(words.split())
        return add(f"- {sign} {line}") if line else None

    live.ask(Question(word, lambda words: f"written into the notes as: - {sign} {words}", answer, command=command.id))


class NoteDecision(_Writing):
    """Record a decision in one line."""

    id = "decision"
    keys = ("d",)
    panes = ("notes",)

    def run(self, live: LiveScreen) -> None:
        """Ask for the line."""
        _mark(live, self, "!!", "decision")


class ParkLine(_Writing):
    """Park something for later in one line."""

    id = "park"
    keys = ("l",)
    panes = ("notes",)

    def run(self, live: LiveScreen) -> None:
        """Ask for the line."""
        _mark(live, self, ">>", "parked")


class TurnIntoAction(_Writing):
    """Turn the line of notes at the cursor into an action; owner and date are understood as with a."""

    id = "to-action"
    keys = ("T",)
    panes = ("notes",)

    def run(self, live: LiveScreen) -> None:
        """Turn it."""
        if not live.notes.editor.make_action():
            live.say("this line is an action already")


class OpenInEditor(_Writing):
    """Edit these notes in your own editor ($VISUAL or $EDITOR)."""

    id = "external-editor"
    keys = ("E",)
    panes = ("notes",)

    def run(self, live: LiveScreen) -> None:
        """Give the terminal to the editor, and put what it saved in place of the text it was given."""
        from textual.app import SuspendNotSupported

        from dmlt_tui.tui.outside import OutsideError, edit_outside, editor_command

        live.end_burst()
        meeting, item = live.desk.meeting, live.desk.item
        if meeting is None or item is None:
            return
        after, trouble = item.notes, ""
        try:
            command = editor_command()
            with live.app.suspend(), live.app.ending.lent():
                try:
                    after = edit_outside(item.notes, command)
                except OutsideError as error:  # here, as an error that leaves the block leaves the terminal suspended
                    trouble = str(error)
        except OutsideError as error:
            trouble = str(error)
        except SuspendNotSupported:
            trouble = "this terminal can't be given to another program"
        if trouble:
            live.say(trouble)
        elif after == item.notes:
            live.say("nothing changed")
        elif live.change(edits.set_notes(meeting.id, item, item.notes, after)):
            lines = after.split("\n")
            live.notes.editor.write_on(len(lines) - 1 - ends_alike(item.notes.split("\n"), lines)[1])
            live.say("notes changed in your editor   C-z undoes it")


class Undo(Command):
    """Undo the last change, whatever it was."""

    id = "undo"
    keys = ("u",)
    hint = "undo"

    def why_not(self, live: LiveScreen) -> str | None:
        """There must be a change."""
        return None if live.desk.notebook.undo_label else "there is nothing to undo"

    def run(self, live: LiveScreen) -> None:
        """Undo."""
        live.take_back()


class Redo(Command):
    """Redo the change that was undone last."""

    id = "redo"
    keys = ("U",)

    def why_not(self, live: LiveScreen) -> str | None:
        """There must be one."""
        return None if live.desk.notebook.redo_label else "there is nothing to redo"

    def run(self, live: LiveScreen) -> None:
        """Redo."""
        live.take_back(again=True)
