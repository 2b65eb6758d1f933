"""The settings as values: read from a table and the environment, each checked, each with the place it came from."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct, field

from dmlt_tui.notes.patterns import KeyPattern

THEMES = ("dmlt-dark", "dmlt-light", "dmlt-contrast", "dmlt-16")
WIKI = ("storage", "storage-cloud", "wiki", "html", "adf", "markdown", "text")
_WIDEST = 200


class Settings(Struct, frozen=True):
    """What a user may set. Empty words and 0 mean: as the program thinks best.

    `zone` is the user's own time zone, `notebook` the file opened without FILE, `wiki` the format of copied pages;
    widths are in cells; `keys` are sequences of keys by command id, `patterns` what a notebook made anew links.
    """

    theme: str = ""
    zone: str = ""
    notebook: str = ""
    wiki: str = "storage"
    agenda_width: int = 0
    actions_width: int = 0
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    patterns: tuple[KeyPattern, ...] = ()


class Problem(Struct, frozen=True):
    """What is wrong, in one line that says where and what to do; an `error` keeps the app from starting.

    `in_file` is whether it is the file that is wrong, not the environment.
    """

    words: str
    error: bool = True
    in_file: bool = True


class Known(Struct, frozen=True):
    """The settings, where each that was set came from ("config.toml", "$DMLT_ZONE"), and what is wrong."""

    settings: Settings = Settings()
    sources: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("must be words in quotes")
    return value


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def check(value: object) -> str:
        if value not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return str(value)

    return check


def _zone(value: object) -> str:
    from zoneinfo import ZoneInfo

    name = _word(value)
    try:
        ZoneInfo(name)
    except (ValueError, LookupError, OSError):
        raise ValueError(f"{name!r} is not a time zone; try Europe/Paris") from None
    return name


def _width(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 20 <= value <= _WIDEST:
        raise ValueError(f"must be a number of cells from 20 to {_WIDEST}")
    return value


def _keys(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError("must be a table: [keys], and below it lines like  next = ['n']")
    found: dict[str, tuple[str, ...]] = {}
    for command, keys in value.items():
        listed = [keys] if isinstance(keys, str) else keys
        if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
            raise ValueError(f"{command} must be keys in quotes, as 'n', or ['n', 'y y']")
        found[command] = tuple(listed)
    return found


def _patterns(kind: str) -> Callable[[object], tuple[KeyPattern, ...]]:
    def check(value: object) -> tuple[KeyPattern, ...]:
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise ValueError(f"must be tables: [[{kind}]], and below each  pattern = '...'  and  address = '...'")
        return tuple(_pattern(one, kind.removesuffix("s").replace("ticket", "issue")) for one in value)

    return check


def _pattern(table: Mapping[str, Any], kind: str) -> KeyPattern:
    more = set(table) - {"pattern", "address"}
    if more:
        raise ValueError(f"knows pattern and address, but not {', '.join(sorted(more))}")
    return KeyPattern(_word(table.get("pattern", "")), kind, _word(table.get("address", "")))


# Name in the file, variable of the environment (empty where there is none), and the check that gives the value.
CHECKS: dict[str, tuple[str, Callable[[object], Any]]] = {
    "theme": ("DMLT_THEME", _one_of(THEMES)),
    "zone": ("DMLT_ZONE", _zone),
    "notebook": ("DMLT_FILE", _word),
    "wiki": ("DMLT_WIKI", _one_of(WIKI)),
    "agenda_width": ("DMLT_AGENDA_WIDTH", _width),
    "actions_width": ("DMLT_ACTIONS_WIDTH", _width),
    "keys": ("", _keys),
    "tickets": ("", _patterns("tickets")),
    "documents": ("", _patterns("documents")),
}


def known(table: Mapping[str, object], environment: Mapping[str, str], file: str = "config.toml") -> Known:
    """The settings of a file's `table` and of the environment, which goes before it.

    A value that is wrong is left out, and said; a name nobody knows is a warning with the nearest known one.
    """
    found: dict[str, Any] = {}
    sources: dict[str, str] = {}
    problems: list[Problem] = []
    for name in table:
        if name not in CHECKS:
            near = difflib.get_close_matches(name, CHECKS, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; settings are {', '.join(CHECKS)}"
            problems.append(Problem(f"{name} is not a setting{hint} ({file})", error=False))
    for name, (variable, check) in CHECKS.items():
        given: list[tuple[str, object]] = [(file, table[name])] if name in table else []
        if environment.get(variable):
            words = environment[variable]
            given.append((f"${variable}", int(words) if name.endswith("_width") and words.isdecimal() else words))
        for source, value in given:
            try:
                found[name], sources[name] = check(value), source
            except ValueError as error:
                problems.append(Problem(f"{name}: {error} ({source})", in_file=source == file))
    patterns = (*found.pop("tickets", ()), *found.pop("documents", ()))
    return Known(Settings(**found, patterns=patterns), sources, tuple(problems))


def with_value(text: str, name: str, value: str | int) -> str:
    """The text of a settings file with one plain value set; every other line stays as it is.

    Raises ValueError when the file can't be changed so.
    """
    import tomllib

    said = str(value) if isinstance(value, int) else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    lines = text.splitlines()
    top = next((index for index, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    place = next((i for i in range(top) if lines[i].partition("=")[0].strip() == name), None)
    if place is None:
        lines.insert(0, f"{name} = {said}")
    else:
        lines[place] = f"{name} = {said}"
    changed = "\n".join(lines) + "\n"
    try:
        before, after = tomllib.loads(text), tomllib.loads(changed)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it is not TOML: {error}") from error
    if after != before | {name: value}:
        raise ValueError(f"{name} can't be set in it by the program; write the line yourself: {name} = {said}")
    return changed
