"""`dmlt-tui follow`: the follow view alone, over a notebook opened for reading."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import utc_now
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.orderly import OrderlyApp
from dmlt_tui.tui.screens.follow import FollowScreen


class FollowApp(OrderlyApp, inherit_bindings=False):
    """A notebook to look at. It has no command but to leave."""

    TITLE = "dmlt-tui"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [("ctrl+c", "leave", "Leave")]

    def __init__(
        self,
        notebook: OpenNotebook,
        *,
        meeting_id: str | None = None,
        now: Callable[[], datetime] = utc_now,
        viewer: ZoneInfo | None = None,
    ) -> None:
        super().__init__(notebook)
        self._desk = Desk(notebook, now, meeting_id, viewer)
        self.animation_level = "none"

    def get_default_screen(self) -> FollowScreen:
        """The one screen there is."""
        return FollowScreen(self._desk)

    def action_leave(self) -> None:
        """Leave."""
        self.exit(0)


def run(path: Path, meeting_id: str | None = None, viewer: ZoneInfo | None = None) -> int:
    """Follow the notebook at `path` until it is left; gives the exit code. Raises StoreError."""
    notebook = OpenNotebook.open(path, read_only=True)
    return FollowApp(notebook, meeting_id=meeting_id, viewer=viewer).run_to_the_end()
