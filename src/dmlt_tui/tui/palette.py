"""What the command palette finds: commands, meetings and items, by what they are called and what they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.fuzzy import FuzzySearch
from textual.types import IgnoreReturnCallbackType

from dmlt_tui.meeting.words import day_words, names_of
from dmlt_tui.tui.screens.live import LiveScreen

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

_IN_HELP = 0.5  # score of what says the words typed, but is not called so


@dataclass(frozen=True, slots=True)
class Entry:
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


class Finder(Provider):
    """Finds entries by their label, letters apart too, then by the words of what is said about them."""

    def _commands(self) -> Iterator[Entry]:
        app = cast("DmltApp", self.app)
        for command in app.commands:
            refusal = command.why_not(self._live) if self._live else None
            about = f"not now: {refusal}" if refusal else f"{command.key}  {command.help}"
            yield Entry(command.label, about, partial(app.run_command, command.id))

    def _places(self) -> Iterator[Entry]:
        live = self._live
        if live is None:
            return
        notebook, shown = live.desk.value, live.desk.meeting
        for meeting in notebook.meetings:
            first = f", {day_words(meeting.first_day)}" if meeting.first_day else ""
            yield Entry(meeting.title, f"meeting{first}", partial(live.show_meeting, meeting.id))
        for item in shown.items if shown else ():
            who = f", {names_of(notebook, item.coordinators)}" if item.coordinators else ""
            yield Entry(item.title, f"item of this meeting{who}", partial(live.show_item, item.id))

    @property
    def _live(self) -> LiveScreen | None:
        return self.screen if isinstance(self.screen, LiveScreen) else None

    async def discover(self) -> Hits:
        """The commands, before anything is typed."""
        for entry in self._commands():
            yield DiscoveryHit(entry.shown(), entry.run, text=entry.label)

    async def search(self, query: str) -> Hits:
        """Everything that matches."""
        fuzzy = FuzzySearch()
        words = query.casefold().split()
        for entries in (self._commands(), self._places()):
            for entry in entries:
                score, places = fuzzy.match(query, entry.label)
                said = f"{entry.label} {entry.about}".casefold()
                if score > 0:
                    yield Hit(score, entry.shown(places), entry.run, text=entry.label)
                elif words and all(word in said for word in words):
                    yield Hit(_IN_HELP, entry.shown(), entry.run, text=entry.label)
