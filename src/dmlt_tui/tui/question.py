"""What the bottom line asks for, as a value: commands make it without knowing how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct


class Question(Struct, frozen=True):
    """What is asked: its `label`, the `text` to begin with, and two functions of the words typed.

    `explain` gives one line on what they mean; `answer` does what is to be done with them, and gives a line on what is
    wrong, or None when all is well. `pasted`, where there is one, takes what is pasted in several lines instead. `ways`
    gives what the words can be meant to say, where that is several things: Tab goes through them. `command` is the id
    of the command that asks the same of the item shown, and does nothing else; empty where none does. Words that are
    `passing`, as those of a filter, say nothing to anybody once the question is gone: half typed, they are not kept.
    """

    label: str
    explain: Callable[[str], str]
    answer: Callable[[str], str | None]
    text: str = ""
    pasted: Callable[[str], None] | None = None
    ways: Callable[[str], Sequence[str]] = lambda _words: ()
    command: str = ""
    passing: bool = False
