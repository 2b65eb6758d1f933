"""What a command is: its class name is the label, its docstring the help."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen


NO_MEETING = "there is no meeting in this notebook yet: N plans one"
NO_ITEM = "there is no item here: I inserts one"


def lacks_item(live: LiveScreen) -> str | None:
    """Why there is no item to do something with, in words; None when one is shown."""
    return NO_MEETING if live.desk.meeting is None else NO_ITEM if live.desk.item is None else None


def shown_keys(keys: str) -> str:
    """A sequence of keys as people write it: "ctrl+x y d" is "C-x y d", "space" is "Space"."""
    return " ".join(_shown(key) for key in keys.split())


def _shown(key: str) -> str:
    if len(key) == 1:
        return key
    *held, last = key.split("+")
    signs = {"ctrl": "C", "alt": "Alt", "shift": "Shift"}
    return "-".join((*(signs.get(name, name) for name in held), last if len(last) == 1 else last.capitalize()))


class Command:
    """Something a user can do. Subclasses set `id` and `keys`, and say in their docstring what it does.

    `id` is stable: key maps name it. `keys` are the default sequences, key names parted by blanks ("y d").
    A user's settings may give a command other keys, or none.
    `in_text` is false for what only makes sense in lists, where the text has keys of its own.
    `hint` is the word the footer shows, empty to leave it out there.
    `panes` names the panes (agenda, notes, actions) whose own commands it belongs to; help shows it first there.
    """

    id: ClassVar[str]
    keys: tuple[str, ...]
    in_text: ClassVar[bool] = True
    hint: ClassVar[str] = ""
    panes: ClassVar[tuple[str, ...]] = ()

    @property
    def label(self) -> str:
        """The class name as words: NextItem is "Next item"."""
        words = re.findall(r"[A-Z][a-z]*", type(self).__name__)
        return " ".join([words[0], *(word.lower() for word in words[1:])])

    @property
    def help(self) -> str:
        """What it does, in a sentence or two."""
        return " ".join(inspect.cleandoc(type(self).__doc__ or "").split())

    @property
    def key(self) -> str:
        """The first of its keys, for people; empty when the user's settings give it none."""
        return shown_keys(self.keys[0]) if self.keys else ""

    def why_not(self, live: LiveScreen) -> str | None:  # noqa: ARG002 - most commands are always possible
        """Why it can't be done just now, in words; None when it can."""
        return None

    def run(self, live: LiveScreen) -> None:
        """Do it."""
        raise NotImplementedError
