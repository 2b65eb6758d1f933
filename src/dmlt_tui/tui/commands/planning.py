"""Commands between meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Meeting
from dmlt_tui.meeting.words import day_words
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui.commands.base import NO_MEETING, Command
from dmlt_tui.tui.question import Question

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


_NEW = "title; first day; days; zone (America/Phoenix); moderators:  DMLT; 22 Feb; 4"
_WITH_MODERATORS = 5  # fields of the line a new meeting is asked for: those of an outline, and who moderates


class NewMeeting(Command):
    """Plan the meeting after this one: keeps people, rota and logistics, offers what was left as requests."""

    id = "new-meeting"
    keys = ("N",)

    def run(self, live: LiveScreen) -> None:
        """Ask for title, first day and length in one line, add the meeting and show it."""

        def explain(words: str) -> str:
            try:
                meeting, _, said = _plan(live, words)
            except EditError as error:
                return str(error) if words.strip() else _NEW
            first = meeting.first_day
            return f"{meeting.title} · {day_words(first) if first else ''}, {_days(meeting)} · {said}"

        def answer(words: str) -> str | None:
            if not words.strip():
                return None
            try:
                meeting, edit, said = _plan(live, words)
            except EditError as error:
                return str(error)
            if live.change(edit):
                live.show_meeting(meeting.id)
                live.say(f"u undoes it   {meeting.title}: {said}")
            return None

        live.ask(Question("new meeting", explain, answer, command=self.id))


class EditMeeting(Command):
    """Edit the title, first day, number of days and time zone of this meeting."""

    id = "edit-meeting"
    keys = ("W",)
    in_text = False

    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting must be shown."""
        return None if live.desk.meeting else NO_MEETING

    def run(self, live: LiveScreen) -> None:
        """Ask for it in one line."""
        from dmlt_tui.meeting import outline
        from dmlt_tui.tui.arranging import ask_line

        meeting = live.desk.meeting
        if meeting is None:
            return

        def read(words: str) -> outline.Outline:
            found = outline.outline_from(words, live.desk.today())
            outline.set_outline(meeting.id, found, new_id).apply(live.desk.value)  # what can't be is told while typing
            return found

        def do(found: outline.Outline) -> None:
            if live.change(outline.set_outline(meeting.id, found, new_id)):
                live.say(f"{outline.understood_outline(found)}   u undoes it")

        ask_line(
            live,
            "meeting",
            outline.outline_words(meeting),
            outline.HOW,
            read,
            outline.understood_outline,
            do,
            self.id,
        )


class ReviewNotes(Command):
    """Review the notes of this meeting: promises not yet actions, actions without owner or date, open questions."""

    id = "review"
    keys = ("R",)

    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting must be shown."""
        return None if live.desk.meeting else NO_MEETING

    def run(self, live: LiveScreen) -> None:
        """Show what is left open; go to the line that was chosen."""
        from dmlt_tui.meeting.review import LooseEnd
        from dmlt_tui.tui.screens.review import ReviewScreen

        def chosen(end: LooseEnd | None) -> None:
            live.refresh_all()
            if end is not None:
                live.go_to(end.meeting_id, end.item_id, end.line)

        live.end_burst()
        live.app.push_screen(ReviewScreen(live.desk), chosen)


class ShowPeople(Command):
    """Show the people of this notebook: add, edit, mark as gone; identify an unknown @name everywhere at once."""

    id = "people"
    keys = ("4",)

    def run(self, live: LiveScreen) -> None:
        """Show them."""
        show_people(live)


def show_people(live: LiveScreen, handle: str | None = None) -> None:
    """Show the people of the notebook, the cursor on this one."""
    from dmlt_tui.tui.screens.people import PeopleScreen

    live.end_burst()
    live.app.push_screen(PeopleScreen(live.desk, handle), lambda _: live.refresh_all())


def _days(meeting: Meeting) -> str:
    return "1 day" if len(meeting.days) == 1 else f"{len(meeting.days)} days"


def _plan(live: LiveScreen, words: str) -> tuple[Meeting, Edit, str]:
    """Plan the meeting that words ask for, after the one shown; raises EditError where they are not clear yet."""
    from dmlt_tui.meeting.agenda_lines import moderators_from
    from dmlt_tui.meeting.following import add_next, next_meeting, with_moderators
    from dmlt_tui.meeting.outline import outline_from

    before, notebook = live.desk.meeting, live.desk.value
    fields = words.split(";")
    names = fields.pop() if len(fields) == _WITH_MODERATORS else ""
    asked = outline_from(";".join(fields), live.desk.today())
    moderators = moderators_from(notebook, names)
    if before is None:
        bare = edits.plan_meeting(new_id(), asked.title, asked.first, asked.days or 1, asked.zone or "UTC", new_id)
        meeting = with_moderators(replace(bare, zone_label=asked.label), moderators)
        return meeting, edits.add_meeting(meeting), f"the first of this notebook, in {meeting.zone}"
    goes_on = replace(before, zone=asked.zone, zone_label=asked.label) if asked.zone else before
    days = len(before.days) or 1 if asked.days is None else asked.days
    planned = next_meeting(notebook, goes_on, asked.title, asked.first, days, new_id).moderated_by(moderators)
    return planned.meeting, add_next(planned), f"{planned.words}, after {before.title}"
