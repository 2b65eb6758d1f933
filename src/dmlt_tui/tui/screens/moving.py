"""Going from place to place of the notebook: items, days, meetings, and lines of notes."""

from __future__ import annotations

from dmlt_tui.tui.screens.keeping import KeepingScreen


class MovingScreen(KeepingScreen):
    """A screen on which one goes about; what was typed before is kept first."""

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
        self.show_place(meeting_id, item_id)
        self.write_notes(line)

    def show_place(self, meeting_id: str, item_id: str) -> None:
        """Show an item of a meeting."""
        if self.desk.meeting is None or meeting_id != self.desk.meeting.id:
            self.show_meeting(meeting_id)
        self.show_item(item_id)

    def write_notes(self, line: int | None = None) -> None:
        """Enter TYPE in the notes shown, behind a line counted from 0, else where the cursor was."""
        if self.desk.item is None:
            self.say("there is no item to write notes for")
            return
        self.set_focus(self.notes.editor)
        self.notes.editor.write_on(line)
