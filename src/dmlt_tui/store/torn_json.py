"""Reads damaged JSON as far as it goes, for salvage: what is left out, and which lines could not be read.

Where the text is indented as dmlt-tui writes it, the indentation says where a line belongs even when a bracket before
it was lost.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from typing import Any

from msgspec import Struct, field

from dmlt_tui.store.errors import shortened

DEEPEST = 100
_LONGEST_NUMBER = 1000
_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r\n]+)
      | (?P<string>"(?:[^"\\\n]++|\\.)*+")
      | (?P<unclosed>"[^\n]*)
      | (?P<mark>[{}\[\]:,])
      | (?P<word>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null)(?![\w.])
      | (?P<junk>[^ \t\r\n"{}\[\]:,]++)""",
    re.VERBOSE,
)
_COLON = re.compile(r"\s*:")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_INDENTED = re.compile(r'^( +)"', re.MULTILINE)


class _Open(Struct):
    """A record or list that is not closed yet; `key` waits for its value, after a `colon` or still before it."""

    value: Any
    key: str | None = None
    colon: bool = False


class Torn(Struct):
    """What could be read, and a line for people about each place where something could not.

    `strays` are records and lists that belong to a place that could not be read.
    """

    tree: object = None
    problems: list[str] = field(default_factory=list)
    strays: list[object] = field(default_factory=list)


def read(text: str, *, trust_indentation: bool) -> Torn:
    """Read as much as there is. Never raises, whatever the text is."""
    return _Reader(text, _unit(text) if trust_indentation else 0).read()


def _unit(text: str) -> int:
    """Find by how many blanks a level is indented, 0 where lines are not."""
    return min((len(match[1]) for match in _INDENTED.finditer(text)), default=0)


class _Reader:
    def __init__(self, text: str, unit: int) -> None:
        self._text = text
        self._unit = unit
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._stack: list[_Open] = []
        self._root: list[Any] = []
        self._last = ""
        self._problems: dict[int, str] = {}
        self._strays: list[object] = []

    def read(self) -> Torn:
        at, first = 0, True
        while at < len(self._text):
            match = _TOKEN.match(self._text, at)
            assert match is not None  # one of the kinds takes any sign
            kind, at = str(match.lastgroup), match.end()
            if kind == "blank":
                first = first or "\n" in match[0]
                continue
            if self._root and not self._stack:
                self._problem(match.start(), "stands after the end of the notebook")
                break
            if first and self._unit:
                self._fit(match)
            first = False
            if len(self._stack) > DEEPEST:
                self._problem(match.start(), "is nested too deeply; the rest was not read")
                break
            self._take(kind, match)
            self._last = match[0]
        if self._stack:
            end = len(self._text.rstrip())
            self._problems.pop(bisect_right(self._starts, end), None)
            self._problem(end, "the file ends here, before it is complete")
        return Torn(self._root[0] if self._root else None, list(self._problems.values()), self._strays)

    def _take(self, kind: str, match: re.Match[str]) -> None:
        if kind == "mark":
            self._mark(match)
        elif kind in ("string", "unclosed"):
            self._string(match, closed=kind == "string")
        elif kind == "word" and len(match[0]) <= _LONGEST_NUMBER:
            self._value(match, json.loads(match[0]))
        else:
            self._problem(match.start())

    # --- where it belongs --------------------------------------------------------------------------------------------

    def _fit(self, match: re.Match[str]) -> None:
        """Bring the open records and lists to the depth this line is indented to."""
        line_start = self._starts[bisect_right(self._starts, match.start()) - 1]
        depth, odd = divmod(match.start() - line_start, self._unit)
        is_key, is_mark = self._is_key(match), match[0] in ("{", "}", "[", "]")
        if odd or not self._stack:
            return
        wanted = max(depth + (match[0] in ("}", "]")), 1)
        if len(self._stack) > wanted and (is_key or is_mark):
            self._problem(match.start(), "a bracket before this line is missing")
            del self._stack[wanted:]
            self._stack[-1].key = None
        top = self._stack[-1]
        if len(self._stack) < wanted <= DEEPEST and (is_key or is_mark or top.key is not None):
            has_place = isinstance(top.value, list) or top.key is not None
            left_out = "" if has_place else "; what belongs to it was left out"
            self._problem(match.start(), f"a bracket before this line is missing{left_out}")
            while len(self._stack) < wanted:
                last = len(self._stack) == wanted - 1
                self._open({} if last and is_key else [])

    def _is_key(self, match: re.Match[str]) -> bool:
        return match[0].startswith('"') and _COLON.match(self._text, match.end()) is not None

    def _open(self, value: Any) -> None:
        """Begin a record or list as the value of what waits for one; where nothing does, it is a stray."""
        if not self._stack:
            self._root.append(value)
        else:
            top = self._stack[-1]
            if isinstance(top.value, list):
                top.value.append(value)
            elif top.key is not None:
                self._add(top, value)
            else:
                self._strays.append(value)
        self._stack.append(_Open(value))

    # --- tokens ------------------------------------------------------------------------------------------------------

    def _mark(self, match: re.Match[str]) -> None:
        sign, top = match[0], self._stack[-1] if self._stack else None
        if sign in "{[":
            if top is not None and isinstance(top.value, dict) and top.key is None:
                self._problem(match.start())
            self._open({} if sign == "{" else [])
        elif top is None:
            self._problem(match.start())
        elif sign in "}]":
            if isinstance(top.value, dict) != (sign == "}") or top.key is not None:
                self._problem(match.start())
            self._stack.pop()
        elif sign == ":":
            if top.key is None or top.colon:
                self._problem(match.start())
            top.colon = True
        elif top.key is not None:  # a comma where a value was expected
            self._problem(match.start())
            top.key = None

    def _string(self, match: re.Match[str], *, closed: bool) -> None:
        at_end = match.end() == len(self._text)
        if not closed:
            self._problem(match.start())
        text = _unquoted(match[0] if closed else match[0].rstrip("\r") if at_end else match[0].rstrip("\r, "))
        if self._stack and self._is_key(match):
            top = self._stack[-1]
            if isinstance(top.value, list):
                self._record_in_list(match.start(), top)
                top = self._stack[-1]
            elif top.key is not None:
                self._problem(match.start(), "the value before this line is missing")
            top.key, top.colon = text, False
        elif self._stack and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None:
            if not at_end:
                self._problem(match.start())
            self._stack[-1].key, self._stack[-1].colon = text, False
        else:
            self._value(match, text)

    def _record_in_list(self, at: int, top: _Open) -> None:
        """A key in a list: its bracket was damaged, or that of a record in it."""
        self._problem(at, "a bracket before this line is missing")
        if self._last != "[" or top.value or len(self._stack) < 2:
            self._open({})
            return
        record: dict[str, Any] = {}
        parent = self._stack[-2].value
        key = len(parent) - 1 if isinstance(parent, list) else next(reversed(parent), None)
        if key is not None and parent[key] is top.value:
            parent[key] = record
        top.value = record

    def _value(self, match: re.Match[str], value: Any) -> None:
        if not self._stack:
            self._problem(match.start())
            return
        top = self._stack[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        elif top.key is None:
            self._problem(match.start())
        else:
            if not top.colon:
                self._problem(match.start())
            self._add(top, value, match.start())

    def _add(self, top: _Open, value: Any, at: int | None = None) -> None:
        key, top.key, top.colon = top.key, None, False
        before = top.value.pop(key, None)
        if isinstance(before, list):
            self._strays.append(before)
        top.value[key] = value
        if isinstance(before, dict) and isinstance(value, dict):
            value.update(before)  # a record that stands twice: what the second one has in other words replaces this
        elif before is not None and before != value and at is not None:
            self._problem(at, f"{json.dumps(key, ensure_ascii=False)} stands twice; the one before was left out")

    def _problem(self, at: int, words: str = "") -> None:
        line = bisect_right(self._starts, at)
        if line in self._problems:  # only the first is told, as those behind it mostly come of it
            return
        start = self._starts[line - 1]
        shown = shortened(self._text[start : start + 200].partition("\n")[0])
        self._problems[line] = f"line {line}: {words or 'not all of it could be read'}: {shown}".rstrip(": ")


def _unquoted(text: str) -> str:
    inner = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
    if (len(inner) - len(inner.rstrip("\\"))) % 2:  # half an escape
        inner = inner[:-1]
    spelled = _BAD_ESCAPE.sub(r"\\\\", inner)
    try:
        return str(json.loads(f'"{spelled}"', strict=False))
    except ValueError:
        return inner
