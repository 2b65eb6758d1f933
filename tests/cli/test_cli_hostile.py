"""Hostile text and hostile file names in every command: what comes out is text to be read, and nothing of it acts."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click import Context
from click.testing import CliRunner, Result
from conftest import SAMPLE
from lxml import etree
from support.hostile import foreign, poison, strings

from dmlt_tui.cli import main
from dmlt_tui.cli.program import main as program

NAME = "\x9b2J\x1b]0;owned\x07 \u202e[$x] `touch owned` =1+1 \u200b'\".json"
# What opens the screen, asks for more than a notebook, or is tried by itself.
OTHERWISE = {"demo", "follow", "doctor", "import", "convert", "restore", "new", "add", "brief", "history"} | {
    "keys",
    "config",
    "completion",
}
BEGINS_FORMULA = tuple("=+-@\t\r＝＋－＠")
SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 7))]


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code in (0, 1), (arguments, result.stderr)
    assert foreign(result.stderr_bytes or b"") == b"", arguments
    assert "crashed" not in result.stderr, (arguments, result.stderr)
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def poisoned(folder: Path, seed: int) -> Path:
    path = folder / NAME
    poison(SAMPLE, path, strings(seed, 72))
    return path


FORMATS = ("storage", "storage-cloud", "wiki", "html", "adf", "markdown", "text")


def pages(path: Path, form: str) -> Iterator[str]:
    for meeting in ("2020-05", "2022-02", "2023-10", "2024-04"):
        yield run("export", path, "-m", meeting, "--format", form).stdout


@pytest.mark.parametrize("seed", SEEDS)
def test_every_command_prints_text_only(folder: Path, seed: int) -> None:
    path = poisoned(folder, seed)
    before = path.read_bytes()
    commands = [name for name in program.list_commands(Context(program)) if name not in OTHERWISE]
    assert len(commands) >= 8
    for command in commands:
        result = run(command, path)
        assert foreign(result.stdout_bytes.replace(b"\t", b" ")) == b"", command
    assert path.read_bytes() == before
    run("history", path)
    run("brief", path)
    assert sorted(entry.name for entry in folder.iterdir()) == [NAME]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_export_holds_anything_that_acts(folder: Path, seed: int) -> None:
    path = poisoned(folder, seed)
    for form in FORMATS:
        for page in pages(path, form):
            assert foreign(page.replace("\t", " ").encode()) == b"", form
            if form in ("html", "storage", "storage-cloud"):
                assert_inert(page, form)


def test_what_is_told_of_a_file_shows_its_name_and_nothing_of_that_acts(folder: Path) -> None:
    path = poisoned(folder, 0)
    run("check", "--repair", path)
    run("restore", path, "--at", "1")
    run("new", path, "--title", "T", "--start", "2026-01-01", "--days", "1")
    run("restore", path, "--at", "1", "-o", folder / f"other {NAME}")
    path.write_bytes(b'{"meetings": {')
    assert "owned" in run("check", "--repair", path).stderr
    assert "kept as" in run("restore", path, "--at", "1").stderr
    for word in (f"-{NAME}", NAME.removesuffix(".json"), "--\x1b]0;owned\x07"):
        result = CliRunner().invoke(main, [word])
        assert result.exit_code in (1, 2)
        assert foreign(result.stderr_bytes) == b""


def acting(soup: BeautifulSoup) -> list[str]:
    """The elements that do or load something; those of the frame around every page are the program's own."""
    return [str(one) for one in soup.find_all(["script", "svg", "img", "iframe", "object", "embed", "style", "meta"])]


def assert_inert(page: str, form: str) -> None:
    soup = BeautifulSoup(page, "html.parser")
    assert acting(soup) == acting(BeautifulSoup(next(pages(SAMPLE, form)), "html.parser"))
    for element in soup.find_all(True):
        for name, value in element.attrs.items():
            assert not name.lower().startswith("on"), (form, name)
            assert "script:" not in str(value).lower().replace("\n", ""), (form, name, value)
            assert not str(value).lower().startswith("data:"), (form, name, value)
    if form.startswith("storage"):
        spaces = " ".join(f'xmlns:{prefix}="urn:{prefix}"' for prefix in ("ac", "ri"))
        entities = '<!DOCTYPE x [<!ENTITY nbsp "&#160;">]>'
        parser = etree.XMLParser(resolve_entities=False)
        tree = etree.fromstring(f"{entities}<x {spaces}>{page}</x>".encode(), parser)
        names = {element.get("{urn:ac}name") for element in tree.iter("{urn:ac}structured-macro")}
        assert "html" not in names
        users = {element.get("{urn:ri}username") for element in tree.iter("{urn:ri}user")}
        assert "admin" not in users


@pytest.mark.parametrize("seed", SEEDS)
def test_no_cell_of_a_table_for_spreadsheets_is_a_formula(folder: Path, seed: int) -> None:
    path = poisoned(folder, seed)
    for row in csv.reader(io.StringIO(run("actions", path, "--format", "csv").stdout)):
        assert not any(cell.lstrip(" ").startswith(BEGINS_FORMULA) for cell in row), row


def test_a_hostile_name_is_said_as_text(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dmlt_tui", "list", os.fsencode(f"/no/{NAME}")], capture_output=True, timeout=60
    )
    assert done.returncode == 1
    assert foreign(done.stderr) == b""
    assert "\u202e".encode() not in done.stderr
    assert "\u200b".encode() not in done.stderr
