"""The keys that wait: none is read before the last one has had its effect.

Keys of a burst wait in this queue while what they cause waits in those of the widgets, and bindings of widgets run only
when their key has bubbled back to the app. So the next key is read when both are through. What is pasted waits with
them, and so does the end of the app. What is typed before there is a screen waits for it.
"""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from dmlt_tui.tui.ending import TypedOut

if TYPE_CHECKING:
    from dmlt_tui.tui.app import DmltApp

_PAUSE = 1.0  # seconds without a key after which a typist has seen what stands on the screen
_MOMENT = 0.1  # seconds in which a key has its effect
_PATIENCE = 5.0  # seconds until the next key is read all the same, should a widget never answer


class KeyQueue:
    """The keys of one app. They wait at first: until begin()."""

    WAITING = (events.Key, events.Paste, TypedOut)

    def __init__(self, app: DmltApp) -> None:
        self._app = app
        self._waiting: deque[events.Event] = deque()
        self._letters = False  # letters were given to the editor that it may not have dealt with yet
        self._draining = True
        self._heard = 0.0  # when the last key was read, as events tell time
        self._deaf = False
        self._turn = 0

    async def put(self, event: events.Event) -> None:
        """Have the app deal with an event when it is its turn."""
        self._waiting.append(event)
        if not self._draining:
            await self._read()

    def pass_by(self, message: Message) -> bool:
        """Give a letter for the notes straight to the editor, where nothing is before it; whether that was done.

        The queue of the app would be one more to wait in, which costs a tenth of what the letter does.
        """
        if not self.is_empty or self._deaf or self._app.message_queue_size:
            return False
        if not isinstance(message, events.Key) or not self._give_letter(message):
            return False
        self._heard = message.time
        return True

    def begin(self) -> None:
        """Read what was typed so far, and from now on each key as it comes: the first screen is there."""
        self._drain(1)

    @property
    def is_empty(self) -> bool:
        """Whether no key waits, and none is being dealt with."""
        return not (self._waiting or self._draining)

    @property
    def is_heard(self) -> bool:
        """Whether a key waits, or was read a moment ago, so that somebody waits for its effect."""
        return bool(self._waiting) or events.Event().time - self._heard < _MOMENT

    def be_deaf(self) -> None:
        """Let keys fall until there is a pause: whoever typed in notes that are gone must not type commands.

        Esc ends it.
        """
        self._deaf, self._heard = True, events.Event().time

    def _give_letter(self, key: events.Key) -> bool:
        """Give the editor a letter for the notes, which it takes in their order by itself; False for any other key."""
        live = self._app.live
        if live is None or not live.writing or self._app.reader.pending or not key.is_printable:
            return False
        given = self._app.give(key)
        self._letters = self._letters or given
        return given

    async def _read(self) -> None:
        while self._waiting:
            event = self._waiting.popleft()
            if isinstance(event, events.Key):
                self._deaf = self._deaf and event.key != "escape" and event.time - self._heard < _PAUSE
                self._heard = event.time
                if self._deaf or self._give_letter(event):
                    continue
            if self._letters:
                self._letters = False
                self._waiting.appendleft(event)
                self._drain(1)
                return
            self._draining = True  # a letter that comes while this is dealt with has to wait
            await self._app.deal_with(event)
            self._drain(2)
            return

    def _drain(self, rounds: int) -> None:
        """Go on with the keys once the focused widget, all around it and the app have dealt with what waits there."""
        app = self._app
        self._draining = True
        self._turn += 1
        turn = self._turn
        nodes = [node for node in (app.focused or app.screen).ancestors_with_self if node is not app]
        behind = False  # what one of them did put something into its own queue, which this round has overtaken

        def hop(index: int) -> None:
            nonlocal behind
            if index:
                behind = behind or nodes[index - 1].message_queue_size > 0
            if index < len(nodes):
                if not nodes[index].call_later(hop, index + 1):
                    hop(index + 1)
            else:
                app.call_later(self._drained, turn, max(rounds, 2) if behind else rounds)

        hop(0)
        app.set_timer(_PATIENCE, partial(self._drained, turn, 1))

    async def _drained(self, turn: int, rounds: int) -> None:
        if turn != self._turn or not self._draining or not self._app.screen_stack:
            return  # the timer of a turn that is over, or of an app that is left
        if rounds > 1:
            self._drain(rounds - 1)
            return
        self._draining = False
        self._app.half_typed.look()
        if self._waiting:
            await self._read()
        else:
            self._app.paint_waiting()
