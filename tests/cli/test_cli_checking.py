"""The command check with --repair, and what it says."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dmlt_tui.cli import main, output
from dmlt_tui.store.errors import one_line, shortened


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_repair_prints_what_was_lost_and_says_where_the_rest_is(sample: Path) -> None:
    torn = sample.with_name("torn.json")
    torn.write_bytes(sample.read_bytes()[:20_000])
    refusal = run("check", torn)
    assert refusal.exit_code == 1
    assert f"dmlt-tui check --repair {torn}" in refusal.stderr
    result = run("check", torn, "--repair")
    assert result.exit_code == 0
    assert "the file ends here" in result.stdout
    new = torn.with_name("torn.repaired.json")
    assert result.stderr.startswith(f"{new}: 4 meetings with ")
    assert run("show", new, "--meeting", "2020-05").exit_code == 0
    assert torn.read_bytes() == sample.read_bytes()[:20_000]


def test_repair_writes_where_it_is_told_but_over_no_other_file(sample: Path) -> None:
    torn, new = sample.with_name("torn.json"), sample.with_name("new.json")
    torn.write_bytes(b"\xef\xbb\xbf" + sample.read_bytes())
    result = run("check", "--repair", torn, "-o", new)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "put right: it began with a byte order mark" in result.stderr
    assert "nothing was lost" in result.stderr
    assert run("check", "--repair", torn, "-o", new).exit_code == 1
    assert new.read_bytes() == sample.read_bytes()


def test_a_whole_file_needs_no_repair(sample: Path) -> None:
    result = run("check", "--repair", sample)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to repair" in result.stderr
    assert [entry.name for entry in sample.parent.iterdir()] == [sample.name]


def test_an_output_without_repair_is_refused(sample: Path) -> None:
    result = run("check", sample, "-o", "new.json")
    assert result.exit_code == 2
    assert "-o needs --repair" in result.stderr


def test_hostile_text_in_a_damaged_file_does_not_reach_the_terminal(tmp_path: Path) -> None:
    torn = tmp_path / "torn.json"
    torn.write_bytes(
        b'{"people": {"\x1b]52;c;aGk=\x07": 5, "ann": {"id": "ann", "name": "\xe2\x80\xaeAnn", "\x1b[2J": 1}}'
    )
    result = run("check", "--repair", torn)
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "\x07" not in result.output
    assert "\u202e" not in result.output


def test_whoever_waits_at_a_terminal_is_told_what_for(monkeypatch: pytest.MonkeyPatch) -> None:
    said, told = [], threading.Event()

    def say(words: str) -> None:
        said.append(words)
        told.set()

    monkeypatch.setattr(output, "say", say)
    monkeypatch.setattr(output, "PATIENCE", 0.0)
    with output.saying_if_it_takes_long("reading"):
        pass
    assert said == []  # there is no terminal
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with output.saying_if_it_takes_long("reading"):
        assert told.wait(20)
    assert said == ["reading"]


def test_of_a_text_too_long_to_show_only_the_beginning_is_looked_at() -> None:
    class Long(str):
        def __iter__(self) -> Iterator[str]:
            raise AssertionError("all of it is looked at")

        def split(self, *_: object) -> list[str]:
            raise AssertionError("all of it is split")

    assert one_line(Long("\x1b" * 2000)) == f"{chr(92)}x1b" * 250 + "…"
    assert shortened(Long(" word" * 2000)) == "word word word word word word word word word word word word …"
