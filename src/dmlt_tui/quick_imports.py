"""The modules a start needs, some hundreds, found and read in half the time Python's own finder takes.

Python looks for a module among all kinds of files its package may hold, and reads what it compiled of it by way of a
dozen functions of Python. Packages known to hold plain modules alone are looked at in the one place where these are:
the compiled file beside the source, which must match it in version, time and size, as Python asks for. Whatever is not
found so is left to Python: a file that is missing, or changed, or compiled otherwise.

Where compiled files are is said in PEP 3147, how they begin in PEP 552.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import CodeType, ModuleType

PACKAGES = ("asyncio", "dmlt_tui", "markdown_it", "rich", "textual", "tinydb")

_COMPILED = f".{sys.implementation.cache_tag}.pyc"
_BEGINNING = MAGIC_NUMBER + bytes(4)  # of a file that is told by time and size whether it matches its source
_stat = os.stat  # Path would take as long again


class Finder:
    """Finds the modules of some packages; to be put into sys.meta_path."""

    def __init__(self, packages: Iterable[str] = PACKAGES) -> None:
        self._packages = frozenset(packages)

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,  # noqa: ARG002 - as Python calls it
    ) -> ModuleSpec | None:
        """Where a module is, looked for in the folder of its package; None for what is left to Python."""
        if path is None or len(path) != 1 or fullname.partition(".")[0] not in self._packages:
            return None
        folder, name = path[0], fullname.rpartition(".")[2]
        spec = _spec(fullname, f"{folder}/{name}", "__init__")
        if spec is None:
            return _spec(fullname, folder, name)
        spec.submodule_search_locations = [f"{folder}/{name}"]
        return spec


class Loader(SourceFileLoader):
    """Loads a module from what Python compiled of it."""

    def __init__(self, fullname: str, path: str, compiled: str) -> None:
        super().__init__(fullname, path)
        self._compiled = compiled

    def get_code(self, fullname: str) -> CodeType | None:
        """The code of a module, as Python's own loader gives it. Raises what that raises."""
        code = _code(self.path, self._compiled)
        return super().get_code(fullname) if code is None else code


def install() -> None:
    """Find modules so from now on, where files are named by the letter and compiled ones are beside their sources."""
    if sys.platform == "linux" and sys.pycache_prefix is None and not sys.flags.optimize:
        sys.meta_path.insert(0, Finder())


def _spec(fullname: str, folder: str, name: str) -> ModuleSpec | None:
    """What Python has to know of a module in a file; None where there is no such file."""
    source = f"{folder}/{name}.py"
    try:
        _stat(source)
    except OSError:
        return None
    compiled = f"{folder}/__pycache__/{name}{_COMPILED}"
    spec = ModuleSpec(fullname, Loader(fullname, source, compiled), origin=source)
    spec.cached = compiled
    spec.has_location = True
    return spec


def _code(source: str, compiled: str) -> CodeType | None:
    """The code compiled of a source; None where there is none that matches it and was compiled at this place."""
    try:
        stat = _stat(source)
        descriptor = os.open(compiled, os.O_RDONLY | os.O_CLOEXEC)
        try:
            data = os.read(descriptor, os.fstat(descriptor).st_size)
        finally:
            os.close(descriptor)
    except OSError:
        return None
    stamp = (int(stat.st_mtime) & 0xFFFFFFFF).to_bytes(4, "little") + (stat.st_size & 0xFFFFFFFF).to_bytes(4, "little")
    if data[:16] != _BEGINNING + stamp:
        return None
    code: CodeType = marshal.loads(memoryview(data)[16:])  # noqa: S302 - the file that Python would load
    return code if code.co_filename == source else None
