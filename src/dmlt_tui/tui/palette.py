"""What the command palette finds: every command, meeting, item, person and action."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from dmlt_tui.meeting.words import names_of
from dmlt_tui.tui.commands.planning import show_people
from dmlt_tui.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

Entry = tuple[str, str, IgnoreReturnCallbackType]
_SLICE = 200  # entries looked at between which keys are answered
_MOST = 50  # places; whoever sees as many types another letter


class Finder(Provider):
    """Finds commands by label or id, and whatever the notebook holds by its words."""

    def _commands(self) -> Iterator[Entry]:
        app = cast("DmltApp", self.app)
        for command in app.commands:
            refusal = command.why_not(self._live) if self._live else None
            help_text = f"not now: {refusal}" if refusal else f"{command.key}  {command.help}"
            yield command.label, help_text, partial(app.run_command, command.id)

    def _places(self) -> Iterator[Entry]:
        """What the notebook holds, this meeting's own first."""
        live = self._live
        if live is None:
            return
        notebook, shown = live.desk.value, live.desk.meeting
        meetings = [*([shown] if shown else []), *(one for one in reversed(notebook.meetings) if one is not shown)]
        for meeting in meetings:
            yield meeting.title, "meeting", partial(live.show_meeting, meeting.id)
        for person in notebook.people:
            said = f"{person.name} @{person.id}"
            yield said, "person", partial(show_people, live, person.id)
        for meeting in meetings:
            for item in meeting.items:
                yield item.title, f"item of {meeting.title}", partial(live.show_place, meeting.id, item.id)
        for action in live.desk.ledger.actions(notebook):
            task = action.task
            owners = names_of(notebook, task.owners, ", ") or "nobody"
            state = "done" if task.done else "open"
            run = partial(live.go_to, action.meeting_id, action.item_id, task.line)
            yield task.text, f"{state} action of {owners}", run

    @property
    def _live(self) -> LiveScreen | None:
        return self.screen if isinstance(self.screen, LiveScreen) else None

    async def discover(self) -> Hits:
        """The commands, before anything is typed."""
        for label, help_text, run in self._commands():
            yield DiscoveryHit(Content(label), run, help=help_text)

    async def search(self, query: str) -> Hits:
        """Everything that matches: commands, then places in which the query stands as it is, word by word."""
        matcher = self.matcher(query)
        for label, help_text, run in self._commands():
            score = matcher.match(label)
            if score > 0:
                yield Hit(score, matcher.highlight(label), run, text=label, help=help_text)
        words, found = query.casefold().split(), 0
        for index, (label, help_text, run) in enumerate(self._places()):
            if index % _SLICE == 0:
                await asyncio.sleep(0)
            if words and all(word in label.casefold() for word in words):
                found += 1
                yield Hit(_score(label, words), matcher.highlight(label), run, text=label, help=help_text)
            if found >= _MOST:
                return


def _score(label: str, words: list[str]) -> float:
    """How well words that all stand in a label fit it, from 0 to 1: the more of it they are, the better."""
    return sum(map(len, words)) / max(len(label), 1)
