"""What the keys do, as sections of plain rows: for help, `dmlt-tui keys` and docs/keys.md. Loads no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap

from msgspec import Struct

from dmlt_tui.tui.commands import GROUPS, Command, shown_keys

_MOVING = (
    ("j k, Up Down", "Move the cursor."),
    ("g G, Home End", "Go to the first or the last."),
    ("PgUp PgDn", "Move a page."),
)
STATES = (
    ("GO", "Letters are commands."),
    ("TYPE", "Letters are text; the same commands come after Ctrl+X, written C-x."),
    ("i, Enter", "Type notes on the item at the cursor."),
    ("Esc, C-x C-x", "Go back to GO; close a prompt or a list of suggestions."),
)
NOTES_KEYS = (
    ("Enter", "Start the next bullet; on an empty bullet, outdent."),
    ("Tab, Shift-Tab", "Indent or outdent the line; in a list of suggestions, Tab accepts the first."),
    ("[] !! ?? >>", "At the start of a line: an action, a decision, an open question, a parked line."),
    ("- [ ]", "An action: - [ ] @handle what is to be done due:2020-07-06"),
    ("[] words", "An action in your own words: [] fritz engage with the LDF 2w; Enter spells it out."),
    ("@, a key", "@ suggests names, the start of a ticket key suggests tickets: Down chooses, Esc closes the list."),
    ("Alt-Up Alt-Down", "Move a line with its children, like C-x K and C-x J."),
    ("C-Home C-End", "Go to the start of these notes, to their end."),
    ("C-z C-y", "Undo the last change, redo it."),
)


class Row(Struct, frozen=True):
    """A row: the keys, what they do, and why that can't be done just now (empty when it can)."""

    keys: str
    words: str
    refusal: str = ""


class Section(Struct, frozen=True):
    """A title and rows under it."""

    title: str
    rows: tuple[Row, ...]


_PANES = {
    "agenda": ("In the agenda", (*_MOVING, ("Enter", "Type notes on this item."))),
    "notes": ("In the notes", NOTES_KEYS),
    "actions": ("In the actions", (*_MOVING, ("Enter", "Go to the line of this action in its notes."))),
}
PANES = tuple(_PANES)

Refusal = Callable[[Command], str | None]


def sections(commands: Sequence[Command], pane: str = "", why_not: Refusal = lambda _: None) -> Iterator[Section]:
    """The keys of a pane ("" for none in particular), then the two states, then all other commands by subject.

    `why_not` says why a command can't be done just now.
    """

    def row(command: Command) -> Row:
        keys = ", ".join(map(shown_keys, command.keys)) or "no key"
        return Row(keys, f"{command.label}. {command.help}", why_not(command) or "")

    if pane:
        title, keys = _PANES[pane]
        own = tuple(row(command) for command in commands if pane in command.panes)
        yield Section(title, tuple(Row(*pair) for pair in keys) + own)
    yield Section("GO and TYPE", tuple(Row(*pair) for pair in STATES))
    by_id = {command.id: command for command in commands}
    for title, group in GROUPS:
        rest = [by_id[command.id] for command in group if not pane or pane not in command.panes]
        if rest:
            yield Section(title, tuple(map(row, rest)))
    if pane != "notes":
        yield Section(_PANES["notes"][0], tuple(Row(*pair) for pair in NOTES_KEYS))


KEY_COLUMN = 16  # cells


def hanging(row: Row, width: int) -> list[str]:
    """A row in lines of at most `width` cells, its words in a column of their own."""
    room = max(width - KEY_COLUMN, 12)
    words = row.words + (f" (not now: {row.refusal})" if row.refusal else "")
    lines = wrap(words, room) or [""]
    lead = f"{row.keys:<{KEY_COLUMN - 1}} "
    return [lead + lines[0], *(" " * KEY_COLUMN + line for line in lines[1:])]


def plain(parts: Sequence[Section], width: int) -> str:
    """Sections as plain text for a terminal or a printer."""
    blocks = [
        "\n".join([part.title, *(f"  {line}" for row in part.rows for line in hanging(row, width - 2))])
        for part in parts
    ]
    return "\n\n".join(blocks) + "\n"
