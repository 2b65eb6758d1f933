"""Other keys for commands, as a user's settings ask for them, checked before anything is started."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Iterator, Mapping, Sequence

from dmlt_tui.tui.commands import COMMANDS, Command, shown_keys

# Why a key can't be given to a command; the facts are those of docs/architecture.md, "How a key becomes a line".
_IMPOSSIBLE = {
    "ctrl+h": "is Backspace to a terminal",
    "ctrl+i": "is Tab to a terminal",
    "ctrl+m": "is Enter to a terminal",
    "ctrl+j": "is Enter to many terminals",
    "ctrl+[": "is Esc to a terminal",
    "ctrl+enter": "does not arrive from inside tmux",
    "shift+enter": "does not arrive from inside tmux",
    "ctrl+b": "belongs to tmux",
    "ctrl+a": "belongs to screen",
    "ctrl+x": "begins commands in TYPE",
    "ctrl+g": "cancels a sequence of keys",
    "escape": "leaves TYPE and cancels a sequence of keys",
    "enter": "chooses in lists",
} | dict.fromkeys(
    ("j", "k", "g", "G", "up", "down", "left", "right", "home", "end", "pageup", "pagedown"), "moves in lists"
)
_NAMED = frozenset({"space", "tab", "shift+tab", "backspace", "delete", "insert", *(f"f{n}" for n in range(1, 13))})
_NEEDED = ("palette", "quit")  # without them nothing else could be found, and nobody could leave


def rebound(wanted: Mapping[str, Sequence[str]]) -> tuple[tuple[Command, ...], tuple[str, ...]]:
    """All commands with these keys by command id, and a line on each thing that can't be so (then as they were)."""
    read = {command: tuple(" ".join(map(_name, keys.split())) for keys in given) for command, given in wanted.items()}
    commands = tuple(_with_keys(command, read) for command in COMMANDS)
    problems = (*_faults(read), *_clashes(commands))
    return (COMMANDS if problems else commands), problems


def _with_keys(command: Command, wanted: Mapping[str, tuple[str, ...]]) -> Command:
    if command.id not in wanted:
        return command
    other = copy.copy(command)
    other.keys = wanted[command.id]
    return other


def _name(key: str) -> str:
    """A key as people write it ("C-t", "Ctrl+T", "Space"), by the name bindings use."""
    if len(key) == 1:
        return key
    if key.startswith("C-") and len(key) > 2:
        key = "ctrl+" + key[2:]
    return key.lower()


def _faults(wanted: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    ids = {command.id for command in COMMANDS}
    for command, sequences in wanted.items():
        if command not in ids:
            near = difflib.get_close_matches(command, ids, n=1)
            yield f"keys: there is no command {command!r}" + (
                f"; did you mean {near[0]}?" if near else "; dmlt-tui keys --json names them all"
            )
        elif not sequences and command in _NEEDED:
            yield f"keys: {command} needs a key"
        for sequence in sequences:
            keys = sequence.split()
            if not keys:
                yield f"keys: {command} has an empty key; use [] for no key"
            for key in keys:
                if fault := _fault(key, first=key is keys[0]):
                    yield f"keys: {command} can't have {shown_keys(sequence)!r}: {shown_keys(key)} {fault}"


def _fault(key: str, *, first: bool) -> str:
    if key in _IMPOSSIBLE and (first or "+" in key or key == "escape"):
        return _IMPOSSIBLE[key]
    if key.startswith("alt+"):
        return "arrives like Esc and a letter, which leaves TYPE"
    if len(key) == 1 and key.isprintable():
        return ""
    held, _, last = key.rpartition("+")
    if key in _NAMED or key in _IMPOSSIBLE or (held == "ctrl" and len(last) == 1 and last.isalpha()):
        return ""
    return "is not a key"


def _clashes(commands: Sequence[Command]) -> Iterator[str]:
    owners: dict[tuple[str, ...], str] = {}
    for command in commands:
        for sequence in command.keys:
            keys = tuple(sequence.split())
            if owners.setdefault(keys, command.id) != command.id:
                yield f"keys: {shown_keys(sequence)!r} is both {owners[keys]} and {command.id}; change one of them"
    for keys, owner in owners.items():
        for size in range(1, len(keys)):
            if keys[:size] in owners:
                begun, short = owners[keys[:size]], shown_keys(" ".join(keys[:size]))
                yield f"keys: {shown_keys(' '.join(keys))!r} of {owner} begins with {short!r}, which is {begun}"
