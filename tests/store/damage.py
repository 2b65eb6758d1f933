"""Damaged notebook files of every kind, each from a number."""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

SAMPLE = (Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json").read_bytes()
NAN = float("nan")
WRONG: tuple[object, ...] = (
    None,
    True,
    3,
    -1,
    NAN,
    "",
    "x",
    "25:00",
    "2020-02-30",
    [],
    [[]],
    {},
    {"id": {}},
    ["\ud800"],
)
NO_FILES = ("a folder", "a pipe", "a device", "a socket", "a circle of links", "a link to nowhere", "too large")


def damaged(number: int) -> tuple[str, bytes]:
    """Make damaged content, and say of which kind."""
    kind = KINDS[number % len(KINDS)]
    return kind, _MAKERS[kind](Random(number))


def _cut(random: Random) -> bytes:
    return SAMPLE[: random.randrange(len(SAMPLE))]


def _hole(random: Random) -> bytes:
    at, size = random.randrange(len(SAMPLE)), random.choice((512, 4096))
    return SAMPLE[:at] + bytes(size) + SAMPLE[at + size :]


def _piece_twice(random: Random) -> bytes:
    at = random.randrange(len(SAMPLE))
    return SAMPLE[: at + random.randrange(3000)] + SAMPLE[at:]


def _blanks(random: Random) -> bytes:
    return bytes(random.choice(b" \n\t\r") for _ in range(random.randrange(1, 5000)))


def _another(random: Random) -> bytes:
    return random.choice((b"[]", b"0", b'"x"', b"null", b'{"a": 1}', b'{"notebook": 1}', b'{"notebook": {}}'))


def _one_line(random: Random) -> bytes:
    return json.dumps(json.loads(SAMPLE)).encode()[: random.randrange(len(SAMPLE))]


def _version(random: Random) -> bytes:
    version = random.choice((0, 2, 99, -1, 10**30, "1", None))
    return SAMPLE.replace(b'"schema": 1', b'"schema": ' + json.dumps(version).encode())


def _flipped(random: Random, flip: Any) -> bytes:
    content = bytearray(SAMPLE)
    for _ in range(random.choice((1, 1, 3, 20))):
        at = random.randrange(len(content))
        content[at] = flip(content[at])
    return bytes(content)


def _nested(random: Random) -> bytes:
    start, end = random.choice(((b"[", b"]"), (b'{"a":', b"}"), (b'[{"a":', b"}]")))
    nest = start * 10_000 + b"1" + end * random.choice((0, 10_000))
    return random.choice((nest, b'{"notebook": ' + nest, SAMPLE[: SAMPLE.index(b'"sessions"') + 11] + nest))


def _conflict(random: Random) -> bytes:
    lines = SAMPLE.splitlines(keepends=True)
    for _ in range(random.randrange(1, 4)):
        start = random.randrange(len(lines))
        end = min(start + random.randrange(30), len(lines))
        side = [line.replace(b"the", b"THE") for line in lines[start:end]]
        marks = [b"<<<<<<< HEAD\n", *lines[start:end], b"=======\n", *side, b">>>>>>> other\n"]
        lines[start:end] = marks[: random.choice((len(marks), len(marks), random.randrange(1, len(marks)))) or None]
    return b"".join(lines)


def _mistaken(kind: str, random: Random) -> bytes:
    """Whole JSON with a mistake in one record."""
    tree = json.loads(SAMPLE)
    record = random.choice(list(_records(tree)))
    name = random.choice(list(record) or ["id"])
    match kind:
        case "a wrong type":
            record[name] = random.choice(WRONG)
        case "a field missing":
            record.pop(name, None)
        case "an unknown field":
            record["".join(random.choice("abc\u202e\x1b]\x07 ") for _ in range(5))] = random.choice(WRONG)
        case "NaN":
            record[name] = random.choice((float("nan"), float("inf"), -float("inf")))
        case "half a surrogate pair":
            record[name] = "\udc80 and \ud800"
        case "long numbers":
            record[name] = "HERE"
            digits = b"9" * random.choice((20, 400, 5000, 200_000))
            return json.dumps(tree, indent=1).encode().replace(b'"HERE"', digits + random.choice((b"", b"e9", b".5")))
        case "escape sequences":
            record[name] = "\x1b]52;c;aGk=\x07\x1b[2J [@click=app.quit]x[/]"
            record["\x1b[31m"] = 1
        case _:
            text = json.dumps(tree, indent=1)
            spelled = json.dumps(name)
            at = random.choice([match.start() for match in re.finditer(re.escape(f"{spelled}:"), text)])
            return f"{text[:at]}{spelled}: {json.dumps(random.choice(WRONG))}, {text[at:]}".encode()
    return json.dumps(tree, indent=1, ensure_ascii=kind == "half a surrogate pair").encode(errors="surrogatepass")


def _records(tree: Any) -> Any:
    yield tree
    for value in tree.values():
        if isinstance(value, dict):
            yield from _records(value)
        elif isinstance(value, list):
            for one in value:
                if isinstance(one, dict):
                    yield from _records(one)


_MAKERS: dict[str, Callable[[Random], bytes]] = {
    "cut off": _cut,
    "bytes flipped": lambda random: _flipped(random, lambda _: random.randrange(256)),
    "bits flipped": lambda random: _flipped(random, lambda byte: byte ^ 1 << random.randrange(8)),
    "a hole": _hole,
    "a piece twice": _piece_twice,
    "a byte order mark": lambda _: b"\xef\xbb\xbf" + SAMPLE,
    "UTF-16": lambda _: SAMPLE.decode().encode("utf-16"),
    "UTF-32": lambda _: SAMPLE.decode().encode("utf-32"),
    "Latin-1": lambda _: SAMPLE.decode().encode("latin-1", "replace"),
    "nested": _nested,
    "empty": lambda _: b"",
    "blanks": _blanks,
    "random bytes": lambda random: random.randbytes(random.randrange(1, 20_000)),
    "another JSON": _another,
    "a conflict": _conflict,
    "one long line": _one_line,
    "another version": _version,
    **{
        kind: partial(_mistaken, kind)
        for kind in (
            "a wrong type",
            "a field missing",
            "an unknown field",
            "a key twice",
            "NaN",
            "half a surrogate pair",
            "long numbers",
            "escape sequences",
        )
    },
}
KINDS = tuple(_MAKERS)


def no_file(path: Path, kind: str) -> None:
    """Put something there that is no file."""
    match kind:
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a device":
            path.symlink_to("/dev/zero")
        case "a socket":
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(str(path))
        case "a circle of links":
            other = path.with_name(f"{path.name}-other")
            path.symlink_to(other.name)
            other.symlink_to(path.name)
        case "a link to nowhere":
            path.symlink_to("nowhere/at-all.json")
        case _:
            with path.open("wb") as file:
                file.truncate(200 * 1024 * 1024)
