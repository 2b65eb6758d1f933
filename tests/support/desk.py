"""The app under test, driven by keys as a user drives it, with short ways to look at it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from dmlt_tui.meeting.model import Handover, Meeting
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.widgets.editor import Editor
from dmlt_tui.tui.widgets.line import Line
from support.clock import Clock


class Desk:
    """The app under test."""

    def __init__(self, app: DmltApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        """Type words in one go, as a terminal sends what is typed quickly; the pilot would wait after each key."""
        names = {"\n": "enter", "\t": "tab"}
        for letter in words:
            self.app.post_message(events.Key(names.get(letter) or _character_to_key(letter), letter))
        await self.pilot.pause()
        await self.until(lambda: self.app.key_queue.is_empty)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Let the app go on until the condition holds."""
        for _ in range(400):
            if condition():
                return
            await self.pilot.pause(0.05)
        raise AssertionError("waited in vain")

    @property
    def live(self) -> LiveScreen:
        screen = self.app.screen
        assert isinstance(screen, LiveScreen), f"another screen is on top: {screen}"
        return screen

    @property
    def editor(self) -> Editor:
        return self.live.notes.editor

    def line(self, name: str) -> str:
        return self.app.screen.query_one(f"#{name}", Line).words

    @property
    def meeting(self) -> Meeting:
        meeting = self.app.notebook.value.meeting("2020-05")
        assert meeting is not None
        return meeting

    def notes(self, item_id: str) -> str:
        return next(item.notes for item in self.meeting.items if item.id == item_id)

    def handovers(self) -> list[Handover]:
        return list(self.meeting.handovers)

    @property
    def agenda(self) -> list[str]:
        return [row.content.plain for row in self.live.agenda.rows.rows]

    @property
    def actions(self) -> list[str]:
        return [row.content.plain for row in self.live.actions.rows.rows]


@asynccontextmanager
async def desk(
    path: Path, clock: Clock, size: tuple[int, int] = (80, 24), meeting_id: str | None = "2020-05"
) -> AsyncIterator[Desk]:
    with OpenNotebook.open(path, create=True) as notebook:
        app = DmltApp(notebook, meeting_id=meeting_id, now=clock)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Desk(app, pilot)
            if app.return_code is None:
                # What the saving thread has to tell is told while there is still a screen to show it.
                with suppress(StoreError):
                    notebook.flush()
                await pilot.pause()
