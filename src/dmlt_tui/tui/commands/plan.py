"""Commands that plan a meeting: requests, the planning screen, and the picture of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.tui.commands.base import NO_MEETING, Command

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


class _OfMeeting(Command):
    def why_not(self, live: LiveScreen) -> str | None:
        """A meeting is needed."""
        return None if live.desk.meeting else NO_MEETING


class RequestTopic(_OfMeeting):
    """Request a topic in one line: title; who asks; how long. The meeting is planned from these requests."""

    id = "request"
    keys = ("r",)

    def run(self, live: LiveScreen) -> None:
        """Ask for the line."""
        from dmlt_tui.tui import asking

        asking.new_request(live)


class PlanMeeting(_OfMeeting):
    """Plan the meeting: requests beside the agenda, with the minutes asked, planned and free."""

    id = "planning"
    keys = ("5",)

    def run(self, live: LiveScreen) -> None:
        """Show the planning screen."""
        from dmlt_tui.tui.screens.planning import PlanningScreen

        live.end_burst()
        live.app.push_screen(PlanningScreen(live.desk), lambda _: live.refresh_all())


class DayChart(_OfMeeting):
    """Show this day as two bars: the plan above, what happened below."""

    id = "day-picture"
    keys = ("V",)
    panes = ("agenda",)

    def run(self, live: LiveScreen) -> None:
        """Show the picture."""
        from dmlt_tui.tui.screens.day_picture import DayPictureScreen

        live.app.push_screen(DayPictureScreen(live.desk), lambda _: live.refresh_all())
