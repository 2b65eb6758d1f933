"""Modules found at once: the same ones, with the same code, as Python itself would have found and loaded."""

from __future__ import annotations

import importlib
import os
import py_compile
import subprocess
import sys
from collections.abc import Iterator
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

import pytest

from dmlt_tui.quick_imports import PACKAGES, Finder, Loader


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a package "plain", which the finder is asked for before Python's."""
    folder = tmp_path / "plain"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "meta_path", [Finder(["plain"]), *sys.meta_path])
    monkeypatch.setattr(sys, "pycache_prefix", None)
    yield folder
    for name in [name for name in sys.modules if name.partition(".")[0] == "plain"]:
        del sys.modules[name]


def compiled(source: Path) -> Path:
    return Path(py_compile.compile(str(source), doraise=True) or "")


def load(name: str) -> ModuleType:
    module = importlib.import_module(f"plain.{name}")
    assert type(module.__loader__) is Loader
    return module


def test_a_module_is_loaded_from_what_was_compiled_of_it(package: Path) -> None:
    source = package / "one.py"
    source.write_text("word = 'first'\n")
    compiled(source)
    stat = source.stat()
    source.write_text("word = 'other'\n")  # of the same size, and by its time unchanged: Python can't tell either
    os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    module = load("one")
    assert module.word == "first"
    assert module.__file__ == str(source)
    assert module.__spec__ is not None
    assert module.__spec__.cached == str(package / "__pycache__" / f"one.{sys.implementation.cache_tag}.pyc")


@pytest.mark.parametrize("change", ["time", "size"])
def test_a_module_whose_source_was_changed_is_compiled_anew(package: Path, change: str) -> None:
    source = package / "one.py"
    source.write_text("word = 'first'\n")
    compiled(source)
    stat = source.stat()
    source.write_text("word = 'other'\n" if change == "time" else "word = 'longer'\n")
    later = 2_000_000_000 if change == "time" else 0
    os.utime(source, ns=(stat.st_atime_ns, stat.st_mtime_ns + later))
    assert load("one").word == ("other" if change == "time" else "longer")


def test_a_module_is_compiled_where_nothing_was_kept_of_it(package: Path) -> None:
    (package / "one.py").write_text("word = 'first'\n")
    assert load("one").word == "first"


def test_a_module_is_compiled_where_what_was_kept_of_it_can_not_be_read(package: Path) -> None:
    source = package / "one.py"
    source.write_text("word = 'first'\n")
    kept = compiled(source)
    kept.unlink()
    kept.mkdir()  # as a disk that fails: it is opened, and then not read
    assert load("one").word == "first"


@pytest.mark.parametrize("beginning", [b"", b"\x00" * 16, b"\r\r\n\n"])
def test_what_another_python_compiled_is_left_alone(package: Path, beginning: bytes) -> None:
    source = package / "one.py"
    source.write_text("word = 'first'\n")
    kept = compiled(source)
    kept.write_bytes(beginning + kept.read_bytes()[16:] if beginning else b"")
    assert load("one").word == "first"


def test_a_file_told_by_its_hash_is_left_to_python(package: Path) -> None:
    source = package / "one.py"
    source.write_text("word = 'first'\n")
    py_compile.compile(str(source), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    source.write_text("word = 'other'\n")
    assert load("one").word == "other"


def test_what_was_compiled_at_another_place_names_the_file_that_is_here(package: Path, tmp_path: Path) -> None:
    source, elsewhere = package / "one.py", tmp_path / "elsewhere.py"
    source.write_text("def where(): return where.__code__.co_filename\n")
    py_compile.compile(str(source), dfile=str(elsewhere), doraise=True)
    assert load("one").where() == str(source)


def test_a_package_comes_before_a_module_of_its_name(package: Path) -> None:
    (package / "one.py").write_text("word = 'module'\n")
    (package / "one").mkdir()
    (package / "one" / "__init__.py").write_text("word = 'package'\n")
    (package / "one" / "two.py").write_text("word = 'within'\n")
    assert load("one").word == "package"
    assert load("one.two").word == "within"


def test_what_is_not_there_is_said_by_python(package: Path) -> None:
    del package
    with pytest.raises(ModuleNotFoundError, match=r"No module named 'plain\.missing'"):
        importlib.import_module("plain.missing")


def test_a_module_that_is_no_python_says_where(package: Path) -> None:
    (package / "one.py").write_text("word =\n")
    with pytest.raises(SyntaxError) as raised:
        importlib.import_module("plain.one")
    assert raised.value.filename == str(package / "one.py")


# Prints what is loaded once the app could be opened, and by which kind of loader.
LOADED = """
import sys
from dmlt_tui import quick_imports
quick_imports.install()
import dmlt_tui.cli.opening, dmlt_tui.tui.app, markdown_it
for name, module in list(sys.modules.items()):
    if "." in name and getattr(module, "__spec__", None) is not None:
        print(name, type(module.__loader__).__name__)
"""


def told(spec: ModuleSpec | None) -> tuple[object, ...]:
    assert spec is not None
    folders = spec.submodule_search_locations
    return spec.name, spec.origin, spec.cached, spec.has_location, None if folders is None else list(folders)


def test_every_module_of_the_app_is_the_one_that_python_would_have_loaded() -> None:
    run = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    loaders = dict(line.split() for line in run.stdout.splitlines())
    ours = [name for name, loader in loaders.items() if loader == "Loader"]
    assert [name for name in loaders if name.partition(".")[0] in PACKAGES and name not in ours] == [Finder.__module__]
    assert len(ours) > 300
    for name in ours:
        folders = list(importlib.import_module(name.rpartition(".")[0]).__path__)
        assert told(Finder().find_spec(name, folders)) == told(PathFinder.find_spec(name, folders))


@pytest.mark.parametrize("arguments", [["-O"], ["-X", "pycache_prefix=/elsewhere"]])
def test_where_compiled_files_are_elsewhere_python_finds_all_by_itself(arguments: list[str]) -> None:
    script = "import sys; from dmlt_tui.quick_imports import install; install(); print(type(sys.meta_path[0]).__name__)"
    run = subprocess.run([sys.executable, "-B", *arguments, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "type\n"  # one of Python's own finders, which are classes
