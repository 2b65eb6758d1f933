"""Write docs/keys.md from the commands and the bindings of the screens: `python tools/keys_page.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual.binding import Binding, BindingType
from textual.screen import Screen

from dmlt_tui.tui.commands import COMMANDS, shown_keys
from dmlt_tui.tui.manual import Row, sections
from dmlt_tui.tui.screens.day_picture import DayPictureScreen
from dmlt_tui.tui.screens.export import ExportScreen
from dmlt_tui.tui.screens.find import FindScreen
from dmlt_tui.tui.screens.handover import HandoverScreen
from dmlt_tui.tui.screens.importing import ImportScreen
from dmlt_tui.tui.screens.meetings import MeetingsScreen
from dmlt_tui.tui.screens.people import PeopleScreen
from dmlt_tui.tui.screens.planning import PlanningScreen
from dmlt_tui.tui.screens.review import ReviewScreen
from dmlt_tui.tui.screens.summary import SummaryScreen
from dmlt_tui.tui.screens.time_card import TimeCard

PAGE = Path(__file__).resolve().parents[1] / "docs" / "keys.md"
_HEAD = """\
# Keys

`make docs` writes this page from the commands themselves. `dmlt-tui keys` prints those of the live meeting as your
settings have them, and `?` shows them in the program, first those of the pane you are in. How to give a command other
keys: [settings.md](settings.md).
"""
SCREENS: tuple[tuple[str, type[Screen[Any]]], ...] = (
    ("Open actions (o)", SummaryScreen),
    ("Find (/)", FindScreen),
    ("Planning (5)", PlanningScreen),
    ("Time (t)", TimeCard),
    ("Handover (h)", HandoverScreen),
    ("The day as two bars (V)", DayPictureScreen),
    ("Export (x)", ExportScreen),
    ("Import (X)", ImportScreen),
    ("Review (R)", ReviewScreen),
    ("People (4)", PeopleScreen),
    ("Meetings (m)", MeetingsScreen),
)
_SIGNS = {
    "question_mark": "?",
    "right_square_bracket": "]",
    "left_square_bracket": "[",
    "equals_sign": "=",
    "plus": "+",
    "minus": "-",
    "slash": "/",
    "at": "@",
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
}


def page() -> str:
    """The whole page, Markdown."""
    parts = [_HEAD, *(f"## {section.title}\n\n{_table(section.rows)}" for section in sections(COMMANDS))]
    parts.append("## On the other screens\n\nLists move by the same keys everywhere: j k, g G, arrows, PgUp PgDn.\n")
    parts += [f"### {title}\n\n{_table(list(_bound(screen)))}" for title, screen in SCREENS]
    return "\n".join(parts)


def _bound(screen: type[Screen[Any]]) -> Iterator[Row]:
    """The keys of a screen and of what it is made from, each once."""
    seen: set[str] = set()
    for kind in screen.__mro__:
        if kind is Screen:
            return
        bindings: list[BindingType] = kind.__dict__.get("BINDINGS", [])
        for binding in bindings:
            keys, words = (
                (binding.key, binding.description) if isinstance(binding, Binding) else (binding[0], binding[-1])
            )
            names = [key for key in keys.split(",") if key not in seen and not key.startswith("upper_")]
            seen.update(names)
            if names:
                yield Row(", ".join(_SIGNS.get(name) or shown_keys(name) for name in names), words)


def _table(rows: list[Row] | tuple[Row, ...]) -> str:
    lines = [f"| {_cell(row.keys)} | {_cell(row.words)} |" for row in rows]
    return "\n".join(["| keys | what they do |", "|---|---|", *lines]) + "\n"


def _cell(words: str) -> str:
    return words.replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
