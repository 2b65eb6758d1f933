"""Other keys for commands: what can be had, and clear words on what can't."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terminal import Terminal

from dmlt_tui.tui.commands import COMMANDS
from dmlt_tui.tui.keymap import rebound
from dmlt_tui.tui.keys import KeyReader


def test_a_command_gets_other_keys_and_the_registry_stays_as_it_is() -> None:
    commands, problems = rebound({"next": ["Z", "y n"], "saved": ["C-t"]})
    assert problems == ()
    changed = {command.id: command.keys for command in commands}
    assert (changed["next"], changed["saved"]) == (("Z", "y n"), ("ctrl+t",))
    assert {command.id: command.keys for command in COMMANDS}["next"] == ("n",)
    KeyReader({tuple(keys.split()): command.id for command in commands for keys in command.keys})


def test_two_commands_may_change_their_keys() -> None:
    commands, problems = rebound({"next": ["p"], "previous": ["n"]})
    assert problems == ()
    assert {command.id: command.keys for command in commands}["next"] == ("p",)


def test_a_command_may_have_no_key() -> None:
    commands, problems = rebound({"park": []})
    assert problems == ()
    assert next(command for command in commands if command.id == "park").key == ""


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"nxt": ["Z"]}, "there is no command 'nxt'; did you mean next?"),
        ({"next": ["s"]}, "'s' is both start and next"),
        ({"next": ["s Z"]}, "'s Z' of next begins with 's', which is start"),
        ({"next": ["y"]}, "'y y' of copy-item begins with 'y', which is next"),
        ({"next": ["j"]}, "moves in lists"),
        ({"next": ["C-h"]}, "is Backspace to a terminal"),
        ({"next": ["ctrl+enter"]}, "does not arrive from inside tmux"),
        ({"next": ["ctrl+x"]}, "begins commands in TYPE"),
        ({"next": ["alt+n"]}, "leaves TYPE"),
        ({"next": ["hyper"]}, "is not a key"),
        ({"next": ["Z escape"]}, "cancels a sequence"),
        ({"next": [""]}, "empty key"),
        ({"palette": []}, "needs a key"),
    ],
)
def test_what_cannot_be_is_said_and_the_keys_stay(wanted: dict[str, list[str]], said: str) -> None:
    commands, problems = rebound(wanted)
    assert any(said in problem for problem in problems), problems
    assert commands == COMMANDS


def test_the_keys_of_the_program_itself_are_all_possible() -> None:
    assert rebound({command.id: list(command.keys) for command in COMMANDS})[1] == ()


@pytest.mark.parametrize(
    ("environment", "written", "helps"),
    [({"DMLT_THEME": "blue"}, "", False), ({}, 'theme = "blue"', True), ({}, '[keys]\nnext = "q"', True)],
    ids=["environment", "file", "keys"],
)
def test_to_start_without_settings_is_offered_where_it_helps(
    sample: Path, tmp_path: Path, environment: dict[str, str], written: str, *, helps: bool
) -> None:
    (tmp_path / "config.toml").write_text(written)
    with Terminal(str(sample), environment={**environment, "DMLT_CONFIG": str(tmp_path / "config.toml")}) as terminal:
        assert terminal.ends() == 1
        assert ("DMLT_CONFIG=/dev/null" in terminal.text.replace("\n", "")) == helps
