"""The notes in the user's own editor, in a real terminal, and back."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from shlex import quote

import pytest
from support.clock import Clock
from support.desk import desk
from support.terminal import Terminal, on_disk

from dmlt_tui.tui.outside import OutsideError, edit_outside, editor_command


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize("keys", ["E", "i\x18E"], ids=["GO", "TYPE"])
def test_the_notes_come_back_as_the_editor_left_them(own_home: Path, tmp_path: Path, keys: str) -> None:
    seen = tmp_path / "seen"
    editor = script(tmp_path / "ed", f'ls -l "$1" > {seen}; echo "- typed outside" >> "$1"; echo THE EDITOR; sleep 0.3')
    with Terminal("demo", environment={"VISUAL": editor}) as terminal:
        terminal.sees("Agenda")
        terminal.types(keys)
        terminal.sees("THE EDITOR")
        terminal.sees("- typed outside")
        terminal.sees("changed in your editor")
        book = own_home / ".data" / "dmlt-tui" / "demo.json"
        terminal.until(on_disk(book, "- typed outside"), "the words in the file")
        terminal.types("and on" if keys != "E" else "iand on")
        terminal.until(on_disk(book, '"- and on"'), "what is typed then in a line of its own")
    line = seen.read_text(encoding="utf-8")
    assert line.startswith("-rw-------")
    assert not Path(line.split()[-1]).parent.exists()


def test_an_editor_that_fails_leaves_notes_and_terminal_as_they_were(own_home: Path, tmp_path: Path) -> None:
    editor = script(tmp_path / "ed", 'echo lost > "$1"; exit 3')
    with Terminal("demo", environment={"VISUAL": editor}) as terminal:
        terminal.sees("Agenda")
        terminal.types("E")
        terminal.sees("ended with 3: the notes stay as they were")
        terminal.types("i")
        terminal.sees("TYPE")


def test_ctrl_z_in_the_editor_goes_back_to_the_shell_and_fg_brings_the_editor_back(
    sample: Path, tmp_path: Path
) -> None:
    editor = script(tmp_path / "ed", 'echo THE EDITOR; kill -TSTP 0; echo "- typed after fg" >> "$1"')
    shell = ("bash", "--norc", "--noprofile", "-i")
    surroundings = {"PS1": "ready> ", "INPUTRC": os.devnull, "VISUAL": editor}
    with Terminal(command=shell, environment=surroundings) as terminal:
        terminal.sees("ready>")
        terminal.types(f"{quote(sys.executable)} -m dmlt_tui {quote(str(sample))}\r")
        terminal.sees("Agenda")
        terminal.types("E")
        terminal.until(lambda: b"Stopped" in terminal.received, "it to stop")
        terminal.types("fg\r")
        terminal.sees("changed in your editor")
        assert "- typed after fg" in terminal.text


def test_an_interrupt_in_the_editor_is_for_the_editor_alone(sample: Path, tmp_path: Path) -> None:
    editor = script(
        tmp_path / "ed",
        """trap 'echo "- typed after ^C" >> "$1"; exit 0' INT; echo THE EDITOR; while :; do sleep 0.1; done""",
    )
    with Terminal(str(sample), environment={"VISUAL": editor}) as terminal:
        terminal.sees("Agenda")
        terminal.types("E")
        terminal.sees("THE EDITOR")
        terminal.types("\x03")
        terminal.sees("changed in your editor")
        terminal.types("q")
        assert terminal.ends() == 0
    assert "- typed after ^C" in sample.read_text(encoding="utf-8")


def test_an_editor_that_is_killed_is_told_by_its_signal() -> None:
    with pytest.raises(OutsideError, match="sh was ended by signal 9: the notes stay"):
        edit_outside("x", ["sh", "-c", "kill -9 $$"])


def test_what_is_not_changed_comes_back_byte_for_byte() -> None:
    for text in ("", "a", "a\n", "\n\n", "é\t\u2028 x\n\n"):
        assert edit_outside(text, ["true"]) == text


def test_a_program_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="no-such-editor: No such file or directory"):
        edit_outside("x", ["no-such-editor"])


def test_text_that_is_not_utf8_is_kept_and_its_place_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    editor = script(tmp_path / "ed", r"""printf 'caf\351' > "$1" """)
    with pytest.raises(OutsideError, match="is not UTF-8 and stays in") as caught:
        edit_outside("x", [editor])
    kept = Path(str(caught.value).split(" stays in ")[1])
    assert kept.read_bytes() == b"caf\xe9"
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_the_editor_is_the_users_choice() -> None:
    assert editor_command({"VISUAL": "code --wait", "EDITOR": "vi"}) == ["code", "--wait"]
    assert editor_command({"VISUAL": " ", "EDITOR": "'my ed' -n"}) == ["my ed", "-n"]
    with pytest.raises(OutsideError, match="which is not a command"):
        editor_command({"EDITOR": "'open"})


def test_an_editor_whose_name_could_fool_a_terminal_is_told_by_visible_signs() -> None:
    with pytest.raises(OutsideError, match=r"^\\u202eevil: No such file"):
        edit_outside("x", ["/nowhere/\u202eevil"])


def test_without_a_choice_the_first_usual_editor_there_is_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"vi", "nano"}
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}" if name in there else None)
    assert editor_command({}) == ["nano"]
    there.clear()
    with pytest.raises(OutsideError, match="set EDITOR to one"):
        editor_command({"EDITOR": ""})


async def test_where_the_terminal_cannot_be_given_away_nothing_happens(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with desk(sample, clock) as at:
        await at.press("E")
        assert "can't be given" in at.line("status")
