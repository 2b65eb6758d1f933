"""What the command palette finds: every command, meeting and item."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from dmlt_tui.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

Entry = tuple[str, str, IgnoreReturnCallbackType]


class Finder(Provider):
    """Finds commands by label, meetings and items by title."""

    def _commands(self) -> Iterator[Entry]:
        app = cast("DmltApp", self.app)
        for command in app.commands:
            refusal = command.why_not(self._live) if self._live else None
            help_text = f"not now: {refusal}" if refusal else f"{command.key}  {command.help}"
            yield command.label, help_text, partial(app.run_command, command.id)

    def _places(self) -> Iterator[Entry]:
        live = self._live
        if live is None:
            return
        for meeting in live.desk.value.meetings:
            yield meeting.title, "meeting", partial(live.show_meeting, meeting.id)
        if live.desk.meeting is not None:
            for item in live.desk.meeting.items:
                yield item.title, "item of this meeting", partial(live.show_item, item.id)

    @property
    def _live(self) -> LiveScreen | None:
        return self.screen if isinstance(self.screen, LiveScreen) else None

    async def discover(self) -> Hits:
        """The commands, before anything is typed."""
        for label, help_text, run in self._commands():
            yield DiscoveryHit(Content(label), run, help=help_text)

    async def search(self, query: str) -> Hits:
        """Everything that matches."""
        matcher = self.matcher(query)
        for entries in (self._commands(), self._places()):
            for label, help_text, run in entries:
                score = matcher.match(label)
                if score > 0:
                    yield Hit(score, matcher.highlight(label), run, text=label, help=help_text)
