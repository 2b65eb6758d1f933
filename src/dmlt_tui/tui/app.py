"""The Textual app: opens the notebook, turns keys into commands, and leaves the terminal and the file in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from textual import events
from textual.message import Message

from dmlt_tui.meeting.edits import link_keys
from dmlt_tui.settings.values import Known, Settings
from dmlt_tui.store.disk import look
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook, SaveKind
from dmlt_tui.tui import themes, whereabouts
from dmlt_tui.tui.commands import COMMANDS, Command, shown_keys
from dmlt_tui.tui.company import Company
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.half_typed import HalfTyped
from dmlt_tui.tui.key_queue import KeyQueue
from dmlt_tui.tui.keymap import rebound
from dmlt_tui.tui.keys import Fate, KeyReader, key_name
from dmlt_tui.tui.meta_keys import read_meta_as_escape
from dmlt_tui.tui.orderly import OrderlyApp
from dmlt_tui.tui.screens.live import LiveScreen
from dmlt_tui.tui.stray_bytes import read_stray_bytes_as_signs
from dmlt_tui.tui.trouble import show_trouble
from dmlt_tui.tui.typed_ahead import read_line_feed_as_enter
from dmlt_tui.tui.whereabouts import Whereabouts
from dmlt_tui.tui.words import trouble

if TYPE_CHECKING:
    from textual.command import Provider
    from textual.screen import Screen


def _finder() -> type[Provider]:
    """Import the palette's part only when it is opened: it would cost a fifth of the start."""
    from dmlt_tui.tui.palette import Finder

    return Finder


def utc_now() -> datetime:
    """The moment, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)


class DmltApp(OrderlyApp, inherit_bindings=False):
    """A notebook on the screen.

    `now` gives the moment (aware); tests pass a clock of their own. `viewer` is the zone of the person who looks, whose
    time stands beside the meeting's. `settings` are what that person likes, `warnings` what is odd about them. `place`
    is where to begin, in the meeting of `meeting_id` where that is given.
    """

    TITLE = "dmlt-tui"
    COMMANDS = {_finder}
    ENABLE_COMMAND_PALETTE = True
    BINDINGS = []
    CSS_PATH = "app.tcss"

    def __init__(
        self,
        notebook: OpenNotebook,
        *,
        meeting_id: str | None = None,
        now: Callable[[], datetime] = utc_now,
        viewer: ZoneInfo | None = None,
        settings: Settings | None = None,
        warnings: Sequence[str] = (),
        place: Whereabouts | None = None,
    ) -> None:
        super().__init__(notebook)
        self.now = now
        self.settings = settings or Settings()
        self.warnings = tuple(warnings)
        self.commands: tuple[Command, ...] = rebound(self.settings.keys)[0] if self.settings.keys else COMMANDS
        self._by_id = {command.id: command for command in self.commands}
        self.reader = KeyReader({tuple(keys.split()): command.id for command in self.commands for keys in command.keys})
        for theme in themes.THEMES:
            self.register_theme(theme)
        self.theme = self.settings.theme or themes.DEFAULT
        self.stylesheet.set_variables(self.get_css_variables())  # before it is read, which is then done once
        self._desk = Desk(notebook, now, meeting_id, viewer)
        if place is not None and meeting_id in (None, place.meeting):
            self._desk.go_back(place)
        self.animation_level = "none"
        self.company = Company(self)
        self.half_typed = HalfTyped(self, anywhere=meeting_id is None)
        self.key_queue = KeyQueue(self)
        self._warned = False

    def get_default_screen(self) -> LiveScreen:
        """The live meeting is where one starts, and what lies under everything else."""
        return LiveScreen(self._desk)

    @property
    def whereabouts(self) -> Whereabouts:
        """Where one is, or was last, in the notebook."""
        return self._desk.whereabouts

    def command(self, command_id: str) -> Command:
        """The command with this id; KeyError when there is none."""
        return self._by_id[command_id]

    @property
    def live(self) -> LiveScreen | None:
        """The live screen when it is on top, else None."""
        top = self._top
        return top if isinstance(top, LiveScreen) else None

    @property
    def _top(self) -> Screen[Any] | None:
        """The screen on top; None while the app is left and its screens are taken apart, when timers may still ring."""
        stack = self.screen_stack
        return stack[-1] if stack else None

    @property
    def _lives(self) -> list[LiveScreen]:
        """The live screens that are there, on top or below others."""
        return [screen for screen in self.screen_stack if isinstance(screen, LiveScreen) and screen.is_mounted]

    def action_command_palette(self) -> None:
        """Open the palette, by Textual's own key too."""
        from dmlt_tui.tui.palette import Palette

        if not isinstance(self._top, Palette):
            self.push_screen(Palette(id="--command-palette"))

    def run_command(self, command_id: str) -> None:
        """Run a command on the live screen, or say why it can't be done."""
        live = self.live
        if live is None:
            return
        command = self.command(command_id)
        refusal = command.why_not(live)
        if refusal is not None:
            live.say(refusal)
        else:
            command.run(live)
        live.show_foot()

    async def on_event(self, event: events.Event) -> None:
        """Look at each key before any widget does (see keys.py), in its turn (see key_queue.py)."""
        if isinstance(event, KeyQueue.WAITING) and not event.is_forwarded:
            await self.key_queue.put(event)
        else:
            await super().on_event(event)

    def hear(self, message: Message) -> None:
        """Take what the terminal sent."""
        if not self.key_queue.pass_by(message):
            super().hear(message)

    async def deal_with(self, event: events.Event) -> None:
        """Do what an event of the queue of keys is there for, now that it is its turn."""
        if not isinstance(event, events.Key) or not self._take_key(event):
            await super().on_event(event)

    def _take_key(self, event: events.Key) -> bool:
        live = self.live
        if live is None:
            self.reader.cancel()
            return False
        name = key_name(event.key, event.character)
        in_lists = not live.typing
        verdict = self.reader.feed(name, typing=live.typing)
        if verdict.fate is Fate.PASS:
            return False
        if verdict.fate is Fate.RUN and live.asking:
            live.say("finish this line first: Enter accepts it, Esc cancels")
            live.show_foot()
            return True
        if verdict.fate is Fate.RUN and (in_lists or self.command(verdict.command).in_text):
            self.run_command(verdict.command)
        elif verdict.fate is Fate.LEAVE:
            live.leave_typing(at_once=bool(verdict.keys))
        elif verdict.fate in (Fate.UNKNOWN, Fate.RUN):
            live.say(f"{shown_keys(' '.join(verdict.keys))}: not bound to anything; C-x ? shows the keys")
        live.show_foot()
        return True

    def on_load(self) -> None:
        """Before the terminal is taken over: be ready for what it may send."""
        read_meta_as_escape()
        read_stray_bytes_as_signs()
        read_line_feed_as_enter()

    def on_mount(self) -> None:
        """Follow the notebook, and who else has it open."""
        self.notebook.watch(self._told)
        self.company.begin()

    def on_unmount(self) -> None:
        """Leave the seat at the notebook, and what is half typed to the next start."""
        self.company.leave()
        self.half_typed.leave()

    def let_time_pass(self) -> None:
        """Called once a second."""
        super().let_time_pass()
        if not self.is_leaving:
            self._show_trouble()
            for live in self._lives:
                live.let_time_pass()

    def _show_trouble(self) -> None:
        if self.notebook.state.kind is not SaveKind.FAILED:
            self._warned = False
        top = self._top
        if top is not None and top.is_mounted:
            show_trouble(top, self.notebook.path, self.notebook.state)

    def _told(self) -> None:
        """Called after every change of value or state, perhaps from the saving thread."""
        self.call_later(self._follow)

    def _follow(self) -> None:
        if self.is_leaving:
            return
        for live in self._lives:
            live.follow_notebook()
        self._show_trouble()

    def take_typing(self) -> None:
        """Put what stands typed in the notes into the notebook, and keep what is half typed in a question."""
        try:
            for live in self._lives:
                live.commit()
        finally:
            self.half_typed.keep_now()

    def say(self, words: str) -> None:
        """Say something on the live screen."""
        for live in self._lives:
            live.say(words)

    def leave(self, result: int = 0) -> None:
        """Save and leave with this result; ask once more when the file can't be written."""
        live = self.live
        if live is None:
            return
        live.commit()
        try:
            if not self._warned:  # else it is tried once more at the end
                self.notebook.flush(turns=1)
        except StoreError as error:
            self._warned = True
            live.say(f"q again quits anyway: {trouble(str(error), self.notebook.path)}")
            return
        self.exit(result)

    def remember(self, name: str, value: str | int) -> str:
        """Keep a setting for the next start; gives words on where it is kept, or why it can't be."""
        from dmlt_tui.settings.file import remember

        try:
            return f"remembered in {remember(name, value).name}"
        except (OSError, ValueError) as error:
            return f"not remembered: {error}"


def run(path: Path, meeting_id: str | None = None, known: Known | None = None) -> int:
    """Open the notebook at `path` (made when it is missing) and run the app until it is left; gives the exit code.

    Raises StoreError when the file can't be opened.
    """
    known = known or Known()
    settings = known.settings
    made = look(path) is None
    notebook = OpenNotebook.open(path, create=True)
    if made and settings.patterns:
        notebook.change(link_keys(settings.patterns))
    app = DmltApp(
        notebook,
        meeting_id=meeting_id,
        viewer=ZoneInfo(settings.zone) if settings.zone else None,
        settings=settings,
        warnings=[problem.words for problem in known.problems],
        place=whereabouts.recall(path),
    )
    try:
        return app.run_to_the_end()
    finally:
        whereabouts.keep(path, app.whereabouts)
