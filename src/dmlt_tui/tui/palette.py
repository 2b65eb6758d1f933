"""What the command palette finds: every command, meeting, item, person and action."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.types import IgnoreReturnCallbackType
from textual.widgets import Input

from dmlt_tui.meeting.words import day_words, names_of
from dmlt_tui.tui.commands.planning import show_people
from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.widgets.rows import PagedList

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

_SLICE = 200  # entries looked at between which keys are answered
_READING = 0.01  # seconds of reading notes, likewise
_MOST = 50  # places; whoever sees as many types another letter
_MOMENT = 0.01  # seconds until it is seen again whether a search is done
_IN_HELP = 0.5  # score of what says the words typed, but is not called so


class Entry(Struct, frozen=True):
    """Something to be found: what it is called, a line about it, and what to do when it is chosen."""

    label: str
    about: str
    run: IgnoreReturnCallbackType

    def shown(self, places: Sequence[int] = ()) -> Content:
        """Both lines as they are, never markup; the letters at these places of the label are marked."""
        label = Content(self.label)
        for place in places:
            label = label.stylize("underline", place, place + 1)
        return Content.assemble(label, "\n", (self.about, "$text-muted"))

    def hit(self, score: float, places: Sequence[int] = ()) -> Hit:
        """What Textual's palette lists."""
        return Hit(score, self.shown(places), self.run, text=self.label)

    def says(self, words: Sequence[str]) -> bool:
        """Whether each of these words, casefolded, stands in the label or in the line about it."""
        said = f"{self.label} {self.about}".casefold()
        return bool(words) and all(word in said for word in words)


class Found(CommandList, PagedList):
    """The list of what was found, which changes while one types."""


class Palette(CommandPalette):
    """Textual's palette, with a list of ours; Enter means what was found for all that is typed."""

    def compose(self) -> ComposeResult:
        """Make what Textual makes, and the list."""
        for widget in super().compose():
            yield Found() if isinstance(widget, CommandList) else widget

    @on(Input.Submitted)
    async def _wait_for_search(self) -> None:
        """Before Textual takes Enter: whoever types quickly would else get what was found for the letters before."""
        while any(worker.node is self and not worker.is_finished for worker in self.workers):
            await asyncio.sleep(_MOMENT)


class Finder(Provider):
    """Finds commands by label, letters apart too, then everything in whose two lines the words typed stand."""

    def _commands(self) -> Iterator[Entry]:
        app = cast("DmltApp", self.app)
        for command in app.commands:
            refusal = command.why_not(self._live) if self._live else None
            about = f"not now: {refusal}" if refusal else f"{command.key}  {command.help}"
            yield Entry(command.label, about, partial(app.run_command, command.id))

    def _places(self) -> Iterator[Entry]:
        """What the notebook holds, this meeting's own first."""
        live = self._live
        if live is None:
            return
        notebook, shown = live.desk.value, live.desk.meeting
        meetings = [*([shown] if shown else []), *(one for one in reversed(notebook.meetings) if one is not shown)]
        for meeting in meetings:
            first = f", {day_words(meeting.first_day)}" if meeting.first_day else ""
            yield Entry(meeting.title, f"meeting{first}", partial(live.show_meeting, meeting.id))
        for person in notebook.people:
            yield Entry(f"{person.name} @{person.id}", "person", partial(show_people, live, person.id))
        for meeting in meetings:
            where = "this meeting" if meeting is shown else meeting.title
            for item in meeting.items:
                who = f", {names_of(notebook, item.coordinators)}" if item.coordinators else ""
                yield Entry(item.title, f"item of {where}{who}", partial(live.show_place, meeting.id, item.id))
        for action in live.desk.ledger.actions(notebook):
            task = action.task
            owners = names_of(notebook, task.owners, ", ") or "nobody"
            state = "done" if task.done else "open"
            run = partial(live.go_to, action.meeting_id, action.item_id, task.line)
            yield Entry(task.text, f"{state} action of {owners}", run)

    @property
    def _live(self) -> LiveScreen | None:
        return self.screen if isinstance(self.screen, LiveScreen) else None

    async def discover(self) -> Hits:
        """The commands, before anything is typed."""
        for entry in self._commands():
            yield DiscoveryHit(entry.shown(), entry.run, text=entry.label)

    async def search(self, query: str) -> Hits:
        """Everything that matches."""
        fuzzy, words = FuzzySearch(), query.casefold().split()
        for entry in self._commands():
            score, places = fuzzy.match(query, entry.label)
            if score > 0:
                yield entry.hit(score, places)
            elif entry.says(words):
                yield entry.hit(_IN_HELP)
        live = self._live
        while live is not None and not live.desk.ledger.read(live.desk.value, _READING):
            await asyncio.sleep(0)  # the first time, a large notebook takes a second or two
        found = 0
        for index, entry in enumerate(self._places()):
            if index % _SLICE == 0:
                await asyncio.sleep(0)
            if entry.says(words):
                found += 1
                in_label = sum(len(word) for word in words if word in entry.label.casefold())
                yield entry.hit(in_label / max(len(entry.label), 1))
            if found >= _MOST:
                return
