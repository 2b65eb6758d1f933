"""Commands between meetings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Meeting
from dmlt_tui.meeting.words import day_words
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui.commands.base import Command
from dmlt_tui.tui.question import Question

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen

_HOW = "title; first day; days; zone; moderators:  DMLT in Tucson; 22 Feb 2021; 4"


class NewMeeting(Command):
    """Start the next meeting after this one: people, rota and logistics go on, what was left is offered as requests."""

    id = "new-meeting"
    keys = ("N",)

    def run(self, live: LiveScreen) -> None:
        """Ask for title, first day and length in one line, add the meeting and show it."""

        def explain(words: str) -> str:
            try:
                meeting, _, said = _plan(live, words)
            except EditError as error:
                return str(error) if words.strip() else _HOW
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
                live.say(f"u takes it back   {meeting.title}: {said}")
            return None

        live.ask(Question("new meeting", explain, answer))


class ReviewNotes(Command):
    """Review the notes of this meeting: promises that are no actions, actions without owner or date, questions."""

    id = "review"
    keys = ("R",)

    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting must be shown."""
        return None if live.desk.meeting else "there is no meeting to review"

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


class PeopleList(Command):
    """See everybody of the notebook: add, edit, mark as gone; say once who an unknown @name is, everywhere."""

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

    before, notebook = live.desk.meeting, live.desk.value
    title, first, days, zone, names = _read(words, live.desk.today())
    moderators = moderators_from(notebook, names)
    if before is None:
        meeting = edits.plan_meeting(new_id(), title, first, days or 1, zone or "UTC", new_id)
        meeting = with_moderators(meeting, moderators)
        return meeting, edits.add_meeting(meeting), f"the first of this notebook, in {meeting.zone}"
    goes_on = replace(before, zone=zone) if zone else before
    planned = next_meeting(notebook, goes_on, title, first, days or len(before.days) or 1, new_id)
    planned = planned.moderated_by(moderators)
    return planned.meeting, add_next(planned), f"{planned.words}, after {before.title}"


def _read(words: str, today: date) -> tuple[str, date, int, str, str]:
    """Read "title; first day; days; time zone; moderators"; 0 days and no words where they are not given."""
    from dmlt_tui.notes.due import resolve

    title, day, days, zone, names, *more = [*(part.strip() for part in words.split(";")), "", "", "", ""]
    if any(more):
        raise EditError("a ; too many: title; 22 Feb 2021; 4; America/Santiago; frossie, wil")
    first = resolve(day, today)
    if first is None:
        raise EditError(
            f"{day!r} is no day: 22 Feb 2021, or 2021-02-22" if day else "which day does it begin?  " + _HOW
        )
    count = days.casefold().removesuffix("s").removesuffix("day").strip()
    if count and not count.isdecimal():
        raise EditError(f"{days!r} is no number of days")
    try:
        ZoneInfo(zone or "UTC")
    except (ValueError, LookupError, OSError) as error:
        raise EditError(f"{zone!r} is no time zone; America/Santiago would be one") from error
    return title, first, int(count or 0), zone, names
