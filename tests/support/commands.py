"""Commands called in this process, and what they wrote."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from dmlt_tui.cli import main
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.notebook import OpenNotebook


def run(*arguments: str | Path, given: bytes | str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=given)


def done(*arguments: str | Path, given: bytes | str | None = None) -> str:
    """What stands on stdout; nothing may be told beside it."""
    result = run(*arguments, given=given)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return result.stdout


def told(*arguments: str | Path, given: bytes | str | None = None) -> tuple[str, str]:
    """Data and talk of a command that did what was asked."""
    result = run(*arguments, given=given)
    assert result.exit_code == 0, result.output
    return result.stdout, result.stderr


def refused(code: int, *arguments: str | Path, given: bytes | str | None = None) -> str:
    """What the person is told; nothing may stand on stdout."""
    result = run(*arguments, given=given)
    assert (result.exit_code, result.stdout) == (code, ""), result.output
    if code == 1:
        assert result.stderr.count("\n") == 1
    return result.stderr


def value_of(path: Path) -> Notebook:
    with OpenNotebook.open(path, read_only=True) as notebook:
        return notebook.value
