"""The Textual app: opens the notebook, turns keys into commands, and leaves the terminal and the file in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
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
from dmlt_tui.tui.commands import COMMANDS, Command
from dmlt_tui.tui.company import Company
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.half_typed import HalfTyped
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

_PAUSE = 1.0  # seconds without a key after which a typist has seen what stands on the screen
_MOMENT = 0.1  # seconds in which a key has its effect
_PATIENCE = 5.0  # seconds until the next key is read all the same, should a widget never answer


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
        self._warned = False
        self._keys: deque[events.Key | events.Paste] = deque()
        self._letters = False  # letters were given to the editor that it may not have dealt with yet
        self._draining = True  # keys wait, at first until the screen is there
        self._heard = 0.0  # when the last key was read, as events tell time
        self._deaf = False
        self._turn = 0

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
        """Look at each key before any widget does (see keys.py), and at none before the last one has had its effect.

        Keys of a burst wait in this queue while what they cause waits in those of the widgets, and bindings of widgets
        run only when their key has bubbled back here. So the next key is read when both are through. What is pasted
        waits with them, as does all that is typed before there is a screen.
        """
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            self._keys.append(event)
            if not self._draining:
                await self._read_keys()
        else:
            await super().on_event(event)

    def hear(self, message: Message) -> None:
        """Take what the terminal sent; a letter for the notes goes straight there where nothing is before it.

        The queue of the app would be one more to wait in, which costs a tenth of what the letter does.
        """
        waiting = self._draining or self._keys or self._deaf or self.message_queue_size
        if not waiting and isinstance(message, events.Key) and self._give_letter(message):
            self._heard = message.time
        else:
            super().hear(message)

    def _give_letter(self, key: events.Key) -> bool:
        """Give the editor a letter for the notes, which it takes in their order by itself; False for any other key."""
        live = self.live
        if live is None or not live.writing or self.reader.pending or not key.is_printable:
            return False
        given = self.give(key)
        self._letters = self._letters or given
        return given

    def begin_to_read(self) -> None:
        """Read what was typed so far, and from now on each key as it comes: the first screen is there."""
        self._drain(1)

    async def _read_keys(self) -> None:
        while self._keys:
            event = self._keys.popleft()
            if isinstance(event, events.Paste):
                self._draining = True
                await super().on_event(event)
                self._drain(2)
                return
            self._deaf = self._deaf and event.key != "escape" and event.time - self._heard < _PAUSE
            self._heard = event.time
            if self._deaf:
                continue
            if self._give_letter(event):
                continue
            if self._letters:
                self._letters = False
                self._keys.appendleft(event)
                self._drain(1)
                return
            self._draining = True  # a letter that comes while this is dealt with has to wait
            if not self._take_key(event):
                await super().on_event(event)
            self._drain(2)
            return

    @property
    def hears(self) -> bool:
        """Whether a key waits, or was read a moment ago, so that somebody waits for its effect."""
        return bool(self._keys) or events.Event().time - self._heard < _MOMENT

    def be_deaf(self) -> None:
        """Let keys fall until there is a pause: whoever typed in notes that are gone must not type commands.

        Esc ends it.
        """
        self._deaf, self._heard = True, events.Event().time

    def _drain(self, rounds: int) -> None:
        """Go on with the keys once the focused widget, all around it and the app have dealt with what waits there."""
        self._draining = True
        self._turn += 1
        turn = self._turn
        nodes = [node for node in (self.focused or self.screen).ancestors_with_self if node is not self]
        behind = False  # what one of them did put something into its own queue, which this round has overtaken

        def hop(index: int) -> None:
            nonlocal behind
            if index:
                behind = behind or nodes[index - 1].message_queue_size > 0
            if index < len(nodes):
                if not nodes[index].call_later(hop, index + 1):
                    hop(index + 1)
            else:
                self.call_later(self._drained, turn, max(rounds, 2) if behind else rounds)

        hop(0)
        self.set_timer(_PATIENCE, partial(self._drained, turn, 1))

    async def _drained(self, turn: int, rounds: int) -> None:
        if turn != self._turn or not self._draining or self._top is None:
            return  # the timer of a turn that is over, or of an app that is left
        if rounds > 1:
            self._drain(rounds - 1)
        else:
            self._draining = False
            self.half_typed.look()
            if self._keys:
                await self._read_keys()
            else:
                self.paint_waiting()

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
            live.say(f"{' '.join(verdict.keys).replace('ctrl+x', 'C-x')}: not bound to anything; C-x ? shows the keys")
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
