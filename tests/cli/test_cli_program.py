"""The program from outside: real processes, real streams, their exit codes."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
COMMANDS = ("actions", "add", "check", "convert", "demo", "export", "list", "new", "people", "review", "show")


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """An environment whose home is a new folder."""
    inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "LC_ALL", "COVERAGE")}
    return inherited | {"HOME": str(tmp_path / "home"), "TERM": "xterm-256color"}


@pytest.fixture
def run(tmp_path: Path, home: dict[str, str]) -> Run:
    def call(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "dmlt_tui", *arguments],
            input=given,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=home,
            timeout=60,
        )

    return call


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_saying_what_it_is_loads_none_of_what_it_is_made_of(option: str) -> None:
    script = f"""
import sys
from dmlt_tui.cli import main
try:
    main([{option!r}], prog_name="dmlt-tui")
finally:
    heavy = {{"textual", "rich", "markdown_it", "tinydb", "msgspec", "filelock", "platformdirs", "pyperclip"}}
    print(*(heavy & set(sys.modules)), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "dmlt-tui" in done.stdout
    assert done.stderr.strip() == ""


def test_help_shows_examples_before_options_and_every_command(run: Run) -> None:
    done = run("--help")
    assert done.returncode == 0
    assert done.stdout.index("dmlt-tui demo") < done.stdout.index("Options:")
    for command in COMMANDS:
        assert f"\n  {command}  " in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_shows_an_example_of_itself(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"dmlt-tui {command}" in done.stdout.partition("Usage:")[2].partition("\n")[2]


def test_a_mistyped_command_is_named_the_nearest_and_creates_nothing(run: Run, tmp_path: Path) -> None:
    done = run("exprot", "x.json")
    assert done.returncode == 2
    assert "did you mean 'export'?" in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("word", ["./exprot", "new.json", "sub/notes"])
def test_a_word_that_looks_like_a_file_is_one(run: Run, word: str) -> None:
    done = run(word)
    assert done.returncode == 1
    assert "needs a terminal" in done.stderr


def test_the_shell_completes_commands_and_files(home: dict[str, str]) -> None:
    script = "from dmlt_tui.cli import main; main(prog_name='dmlt-tui')"
    asked = {"_DMLT_TUI_COMPLETE": "bash_complete", "COMP_WORDS": "dmlt-tui ex", "COMP_CWORD": "1"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=home | asked)
    assert done.stdout.splitlines() == ["file,ex", "plain,export"]


def test_a_file_named_like_a_command_is_opened_by_its_path(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list").write_text("{}")
    assert "needs a terminal" in run("./list").stderr
    assert "notebook.json: no such file" in run("list").stderr


@pytest.mark.parametrize("arguments", [(), ("demo",), ("minutes.json",)])
def test_without_a_terminal_the_app_is_not_opened_and_nothing_is_created(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    done = run(*arguments, given="x")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "needs a terminal, and standard input is not one" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_no_terminal_is_named(tmp_path: Path, home: dict[str, str]) -> None:
    near, far = pty.openpty()
    done = subprocess.run(
        [sys.executable, "-m", "dmlt_tui"], stdin=far, capture_output=True, text=True, cwd=tmp_path, env=home
    )
    os.close(near)
    os.close(far)
    assert done.returncode == 1
    assert "standard output is not one" in done.stderr


def test_a_closed_input_is_no_terminal(tmp_path: Path, home: dict[str, str]) -> None:
    command = f"exec {quote(sys.executable)} -m dmlt_tui <&-"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=tmp_path, env=home)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_a_reader_that_has_seen_enough_ends_the_command_quietly(sample: Path, home: dict[str, str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "dmlt_tui", "export", sample],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        env=home,
    )
    os.close(writing)
    assert done.stderr == ""


def test_a_full_disk_behind_stdout_is_told_in_one_line(sample: Path, home: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "dmlt_tui", "list", sample], stdout=full, stderr=subprocess.PIPE, text=True, env=home
        )
    assert (done.returncode, done.stderr) == (1, "Error: Standard output can't be written: No space left on device\n")


def test_a_closed_output_is_told_in_one_line(sample: Path, home: dict[str, str]) -> None:
    command = f"exec {quote(sys.executable)} -m dmlt_tui list {quote(str(sample))} >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, text=True, env=home)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_data_is_utf8_whatever_the_locale(sample: Path, home: dict[str, str]) -> None:
    latin = home | {"LC_ALL": "en_US.ISO-8859-1", "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(
        [sys.executable, "-m", "dmlt_tui", "convert", "--to", "wiki"],
        input="→ Müller".encode(),
        capture_output=True,
        env=latin,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert "→ Müller" in done.stdout.decode()
