"""Reads the JSON of a file, strictly, and says in words where it is damaged."""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from typing import NoReturn

from dmlt_tui.store.errors import ConflictError, DamageError

_LARGE = 4 * 1024 * 1024
_CONFLICT = re.compile(r"^(<{7} .*|={7}|>{7} .*)$", re.MULTILINE)


def parse(data: bytes) -> object:
    """Read UTF-8 JSON in which no key stands twice in one record; raises DamageError with the line or the place."""
    text = _decoded(data)
    twice: list[tuple[object, str]] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        record = dict(pairs)
        if len(record) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            twice.append((record, next(key for key, count in counts.items() if count > 1)))
        return record

    try:
        tree: object = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        _explain(text, error)
    except RecursionError:
        raise DamageError("nested too deeply for a notebook") from None
    except ValueError:  # the only other one json raises: int() refuses thousands of digits
        raise DamageError("a number in it has too many digits") from None
    if twice:
        record, key = twice[-1]  # the outermost: what stands inside the others may have been dropped
        raise DamageError(f"{_place_of(record, tree)}the key {json.dumps(key, ensure_ascii=False)} stands twice")
    return tree


def _decoded(data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        raise DamageError("line 1: starts with a byte order mark; save it as UTF-8 without one")
    if not data or data.isspace():
        raise DamageError("the file is empty; delete it to start a new notebook, or put a copy back")
    if len(data) > _LARGE and b'"notebook"' not in data:  # found out at once, not after seconds of reading
        raise DamageError('not a notebook: the table "notebook" is missing')
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DamageError(f"line {line}: not UTF-8 text") from None


def _explain(text: str, error: json.JSONDecodeError) -> NoReturn:
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise ConflictError(
            f"line {line}: an unresolved merge conflict ({conflict[0][:40]}); resolve it first"
        ) from None
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        raise DamageError(f"line {error.lineno}: the file ends too early, a part of it is missing") from None
    what = error.msg.removesuffix(" at")
    raise DamageError(f"line {error.lineno}, column {error.colno}: not JSON: {what}") from None


def _place_of(record: object, tree: object) -> str:
    """Say where a record stands in the tree: "meetings[2020-05].days[0]: ", or "" for the tree itself."""
    waiting: list[tuple[object, str, int]] = [(tree, "", 0)]
    while waiting:
        node, place, depth = waiting.pop()
        if node is record:
            return f"{place}: " if place else ""
        if isinstance(node, dict):
            for key, value in node.items():
                step = f"[{key}]" if depth == 1 else f".{key}" if depth else str(key)
                waiting.append((value, f"{place}{step}", depth + 1))
        elif isinstance(node, list):
            waiting.extend((value, f"{place}[{index}]", depth + 1) for index, value in enumerate(node))
    return ""
