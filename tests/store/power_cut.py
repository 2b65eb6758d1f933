"""What a disk may hold after a power cut: every state that POSIX allows, or some of them.

What was written to a file counts as kept from its fsync on, what was done in a folder (making, renaming, linking and
removing names) from the folder's fsync on. Of everything else any part may be there and any part missing, in any
order: whole renames, and of written data any sectors.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from seam import Call, Seam

SECTOR = 512
MOST_IN_FULL = 6  # so many things pending are tried in all combinations, more of them at random


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done. `file` is the number of a file, whatever its name; a save that returned makes a "promise".

    In an exchange, `source` is the other name, and `came` the file that has it then.
    """

    kind: str
    path: str = ""
    file: int = 0
    source: str = ""
    came: int = 0
    data: bytes = b""
    offset: int = 0


class Recorder:
    """Writes down what is done in the folder of a seam, where at first nothing is."""

    def __init__(self, seam: Seam) -> None:
        self.steps: list[Step] = []
        self._seam = seam
        self._names: dict[str, int] = {}
        self._open: dict[int, tuple[int, int]] = {}
        self._count = 0
        self._is_new = False
        seam.before, seam.after = self._before, self._after

    def promise(self, content: bytes | None) -> None:
        """Note that from now on this is what the file must hold, or something newer (None: there need be no file)."""
        self.steps.append(Step("promise", data=b"" if content is None else content, file=content is not None))

    def put(self, path: Path, content: bytes) -> None:
        """Be another program, which puts a new file there and makes sure that it stays."""
        with self._seam.asleep():
            path.unlink()
            path.write_bytes(content)
        self._count += 1
        self._names[str(path)] = self._count
        self.steps += [
            Step("write", file=self._count, data=content),
            Step("fsync", file=self._count),
            Step("name", str(path), self._count),
            Step("fsync folder", str(path.parent)),
        ]
        self.promise(content)

    def _before(self, call: Call) -> None:
        if call.name == "open":
            with self._seam.asleep():
                self._is_new = not os.path.lexists(call.path)

    def _after(self, call: Call, result: Any) -> None:
        descriptor = call.descriptor if call.descriptor is not None else -1
        match call.name:
            case "open":
                if self._is_new:
                    self._count += 1
                    self._names[call.path] = self._count
                    self.steps.append(Step("name", call.path, self._count))
                self._open[descriptor] = (self._names.get(call.path, 0), 0)
            case "write":
                file, offset = self._open[descriptor]
                self.steps.append(Step("write", file=file, data=call.data[:result], offset=offset))
                self._open[descriptor] = (file, offset + result)
            case "fsync":
                file, _ = self._open[descriptor]
                self.steps.append(Step("fsync", file=file) if file else Step("fsync folder", call.path))
            case "exchange" | "replace" | "rename_to_new" | "link":
                self._rename(call)
            case "unlink":
                if self._names.pop(call.path, None):
                    self.steps.append(Step("no name", call.path))
            case "mkdir":
                self.steps.append(Step("name", call.path))
            case _:
                pass

    def _rename(self, call: Call) -> None:
        file, there = self._names[call.path], self._names.get(call.target, 0)
        self._names[call.target] = file
        match call.name:
            case "exchange":
                self._names[call.path] = there
                self.steps.append(Step("exchange", call.target, file, call.path, there))
            case "link":
                self.steps.append(Step("name", call.target, file))
            case _:
                del self._names[call.path]
                self.steps.append(Step("name", call.target, file, call.path))


@dataclass(frozen=True, slots=True)
class Disk:
    """What is on the disk after a cut, by path (folders hold nothing); and what is allowed at the notebook's."""

    files: dict[str, bytes]
    allowed: tuple[bytes | None, ...]


def cuts(steps: list[Step], random: Random, tries: int) -> Iterator[Disk]:
    """After every step: all states, where few things are pending, or so many at random."""
    for end in range(len(steps) + 1):
        done = steps[:end]
        pending = _pending(done)
        allowed = _allowed(steps, end)
        if len(pending) <= MOST_IN_FULL:
            choices = [[bit >> place & 1 for place in range(len(pending))] for bit in range(1 << len(pending))]
        else:
            choices = [[random.randrange(2) for _ in pending] for _ in range(tries)]
        for choice in choices:
            kept = {place for place, stays in zip(pending, choice, strict=True) if stays}
            missing = set(pending) - kept
            for _ in range(tries if any(done[place].kind == "write" for place in kept) else 1):
                yield Disk(_after_cut(done, missing, kept, random), allowed)


def _pending(done: list[Step]) -> list[int]:
    """Which steps are not yet sure to be kept."""
    pending: list[int] = []
    for place, step in enumerate(done):
        if step.kind == "fsync":
            pending = [one for one in pending if done[one].kind != "write" or done[one].file != step.file]
        elif step.kind == "fsync folder":
            pending = [
                one for one in pending if done[one].kind == "write" or str(Path(done[one].path).parent) != step.path
            ]
        elif step.kind != "promise":
            pending.append(place)
    return pending


def _after_cut(done: list[Step], missing: set[int], torn: set[int], random: Random) -> dict[str, bytes]:
    contents: dict[int, bytearray] = {}
    names: dict[str, int] = {}
    for place, step in enumerate(done):
        if place in missing:
            continue
        if step.kind == "write":
            content = contents.setdefault(step.file, bytearray())
            for start in range(0, len(step.data), SECTOR):
                if place in torn and random.randrange(3) == 0:
                    continue
                piece = step.data[start : start + SECTOR]
                first = step.offset + start
                content.extend(bytes(max(first + len(piece) - len(content), 0)))
                content[first : first + len(piece)] = piece
        elif step.kind == "name":
            names[step.path] = step.file
            names.pop(step.source, None)
        elif step.kind == "exchange":  # a drive that knows it does it whole or not at all
            names[step.path], names[step.source] = step.file, step.came
        elif step.kind == "no name":
            names.pop(step.path, None)
    made = {step.path for step in done if step.kind == "name" and not step.file}
    lost = made - names.keys()
    return {
        path: bytes(contents.get(file, b""))
        for path, file in names.items()
        if file and not any(path.startswith(folder + os.sep) for folder in lost)
    }


def _allowed(steps: list[Step], end: int) -> tuple[bytes | None, ...]:
    """The version promised last, and the one that is being written."""
    promises = [place for place, step in enumerate(steps) if step.kind == "promise"]
    before = [place for place in promises if place < end][-1:]
    after = [place for place in promises if place >= end][:1]
    return tuple(steps[place].data if steps[place].file else None for place in before + after)
