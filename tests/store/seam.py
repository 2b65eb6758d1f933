"""Stands between the store and the operating system: counts what is asked of it, can refuse it, can write it down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dmlt_tui.store import renames

# What takes a path, what takes two, and what takes a descriptor.
BY_PATH = ("open", "stat", "lstat", "unlink", "mkdir", "access", "scandir")
BY_PATHS = ("replace", "link")
BY_RENAMES = ("exchange", "rename_to_new")
BY_DESCRIPTOR = ("write", "writev", "fsync", "close", "fchmod", "fchown", "fstat", "pread", "lseek")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the operating system that has to do with a folder."""

    name: str
    path: str
    descriptor: int | None = None
    data: bytes = b""
    target: str = ""


class Seam:
    """Passes on what is asked in or below one folder; `before` may raise in its place, `after` sees what came of it."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._folder = os.path.realpath(folder)
        self._paths: dict[int, str] = {}
        self.before: Callable[[Call], None] = lambda _: None
        self.after: Callable[[Call, Any], None] = lambda *_: None
        self._asleep = False
        for name in BY_PATH:
            patch.setattr(os, name, self._by_path(name, getattr(os, name)))
        for name in BY_PATHS:
            patch.setattr(os, name, self._by_paths(name, getattr(os, name)))
        for name in BY_RENAMES:
            patch.setattr(renames, name, self._by_paths(name, getattr(renames, name)))
        for name in BY_DESCRIPTOR:
            patch.setattr(os, name, self._by_descriptor(name, getattr(os, name)))

    @property
    def open_paths(self) -> list[str]:
        """The paths of what is open."""
        return list(self._paths.values())

    @contextmanager
    def asleep(self) -> Iterator[None]:
        """Let everything pass unseen."""
        self._asleep, was = True, self._asleep
        try:
            yield
        finally:
            self._asleep = was

    def _is_inside(self, path: object) -> bool:
        if self._asleep or not isinstance(path, str | os.PathLike):
            return False
        text = os.fspath(path)
        return isinstance(text, str) and (text == self._folder or text.startswith(self._folder + os.sep))

    def _by_path(self, name: str, real: Any) -> Any:
        def call(path: Any = ".", *more: Any, **named: Any) -> Any:
            if not self._is_inside(path):
                return real(path, *more, **named)
            asked = Call(name, os.fspath(path))
            self.before(asked)
            result = real(path, *more, **named)
            if name == "open":
                self._paths[result] = asked.path
                asked = Call(name, asked.path, result, target="new" if more and more[0] & os.O_CREAT else "")
            self.after(asked, result)
            return result

        return call

    def _by_paths(self, name: str, real: Any) -> Any:
        def call(source: Any, target: Any, **named: Any) -> Any:
            if not self._is_inside(target):
                return real(source, target, **named)
            asked = Call(name, os.fspath(source), target=os.fspath(target))
            self.before(asked)
            result = real(source, target, **named)
            self.after(asked, result)
            return result

        return call

    def _by_descriptor(self, name: str, real: Any) -> Any:
        def call(descriptor: int, *more: Any, **named: Any) -> Any:
            path = self._paths.get(descriptor)
            if path is None or self._asleep:
                return real(descriptor, *more, **named)
            data = bytes(more[0]) if name == "write" else b"".join(more[0]) if name == "writev" else b""
            asked = Call("write" if name == "writev" else name, path, descriptor, data)
            if name == "close":
                del self._paths[descriptor]
                real(descriptor)  # Linux closes it even when it reports an error
                self.before(asked)
                result = None
            else:
                self.before(asked)
                result = real(descriptor, *more, **named)
            self.after(asked, result)
            return result

        return call


@pytest.fixture
def seam(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Seam:
    """A seam around tmp_path / "folder", which is there."""
    folder = tmp_path / "folder"
    folder.mkdir()
    return Seam(folder, monkeypatch)
