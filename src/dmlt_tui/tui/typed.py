"""Actions typed in the notes without leaving them: read as quick capture reads its line, and written out when left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.capture import ActionWords, owners_meant, understand_action
from dmlt_tui.meeting.model import Person
from dmlt_tui.notes.language import survey
from dmlt_tui.notes.marks import signs_outside
from dmlt_tui.notes.outline import read_item
from dmlt_tui.notes.patterns import find
from dmlt_tui.notes.tasks import task
from dmlt_tui.tui.rewriting import people_and_day

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


def reading(words: str, people: Sequence[Person], today: date) -> ActionWords | None:
    """What the words behind a box mean, where quick capture reads an owner or a date they do not say by themselves."""
    literal = task(0, False, words, signs_outside(words, find(words, ())))
    found = understand_action(words, people, today)
    meant = owners_meant(literal.owners, people)
    if not found.text.strip():
        # A name that fits several people is asked about, unless others own the line; one without words is only begun.
        return found if found.refusal and not found.line and not meant else None
    if (literal.owners and found.owners != meant) or (literal.due and found.due != literal.due):
        return None
    return None if (found.owners, found.due) == (literal.owners, literal.due) else found


class TypedActions:
    """Follows the action being typed on the live screen."""

    def __init__(self, live: LiveScreen) -> None:
        self._live = live
        self._said = ""
        self._written = ("", -1, "")  # item, row and line as typed; when it is taken back, it stays so

    def told(self, row: int, line: str, *, finished: bool) -> None:
        """Look at the action in a row of the notes: say what is understood, and once it is `finished` write that."""
        live = self._live
        document = live.notes.editor.document
        if row >= document.line_count or document.get_line(row).rstrip() != line.rstrip():
            return  # other notes are shown by now
        item = read_item(line)
        found = reading(line[item.start :], live.desk.value.people, live.desk.today()) if item else None
        place = (live.notes.item_id, row, line)
        if found is None or place == self._written:
            self._said = ""
        elif not finished or found.refusal:
            self._say(found, finished=finished)
        else:
            self._written = place
            self._said = ""
            self._write(row, found)

    def _say(self, found: ActionWords, *, finished: bool) -> None:
        says = found.refusal or f"Enter: {people_and_day(self._live.desk.value, found.owners, found.due)}"
        if says != self._said or finished:
            self._said = says
            self._live.say(says)

    def _write(self, row: int, found: ActionWords) -> None:
        live = self._live
        live.end_burst()
        meeting, item = live.desk.meeting, live.desk.item
        typed = next((there for there in survey(item.notes).tasks if there.line == row), None) if item else None
        if meeting is None or item is None or typed is None:
            return
        edit = edits.rewrite_action(meeting.id, item.id, typed, owners=found.owners, text=found.text, due=found.due)
        if live.change(edit):
            live.say(f"action: {people_and_day(live.desk.value, found.owners, found.due)}   C-z undoes it")
