"""In GO letters act; in TYPE they are typed, and the same letters act behind Ctrl+X."""

from __future__ import annotations

import pytest

from dmlt_tui.tui.commands import COMMANDS
from dmlt_tui.tui.keys import Fate, KeyReader, key_name

BINDINGS = {("n",): "next", ("y", "d"): "copy-day", ("y", "y"): "copy-item", ("?",): "help"}


def fates(*keys: str, typing: bool) -> list[Fate]:
    reader = KeyReader(BINDINGS)
    return [reader.feed(key, typing=typing).fate for key in keys]


def test_a_letter_acts_in_lists_and_is_typed_in_text() -> None:
    assert KeyReader(BINDINGS).feed("n", typing=False).command == "next"
    assert fates("n", typing=True) == [Fate.PASS]


def test_behind_the_prefix_a_letter_acts_in_both_states() -> None:
    assert fates("ctrl+x", "n", typing=True) == [Fate.WAIT, Fate.RUN]
    assert fates("ctrl+x", "n", typing=False) == [Fate.WAIT, Fate.RUN]


def test_sequences_wait_for_their_second_key() -> None:
    assert fates("y", "d", typing=False) == [Fate.WAIT, Fate.RUN]
    assert fates("ctrl+x", "y", "y", typing=True) == [Fate.WAIT, Fate.WAIT, Fate.RUN]


def test_a_broken_sequence_swallows_its_keys_and_leaves_the_next_alone() -> None:
    assert fates("y", "q", "n", typing=False) == [Fate.WAIT, Fate.UNKNOWN, Fate.RUN]
    assert fates("ctrl+x", "k", "k", typing=True) == [Fate.WAIT, Fate.UNKNOWN, Fate.PASS]


def test_escape_gives_up_a_sequence_before_it_leaves_the_text() -> None:
    assert fates("ctrl+x", "escape", "escape", typing=True) == [Fate.WAIT, Fate.CANCELLED, Fate.LEAVE]


def test_the_prefix_twice_always_leaves_the_text() -> None:
    assert fates("ctrl+x", "ctrl+x", typing=True) == [Fate.WAIT, Fate.LEAVE]


def test_an_alt_letter_leaves_the_text_and_types_nothing() -> None:
    assert fates("alt+a", "alt+1", typing=True) == [Fate.LEAVE, Fate.LEAVE]
    assert fates("alt+up", typing=True) == [Fate.PASS]


def test_keys_nobody_knows_are_left_to_the_list() -> None:
    assert fates("down", "j", typing=False) == [Fate.PASS, Fate.PASS]


def test_what_may_follow_is_told() -> None:
    reader = KeyReader(BINDINGS)
    reader.feed("y", typing=False)
    assert reader.continuations() == {"d": "copy-day", "y": "copy-item"}


def test_a_sequence_that_hides_another_is_refused() -> None:
    with pytest.raises(ValueError, match="'y d' begin with 'y'"):
        KeyReader({("y",): "copy", ("y", "d"): "copy-day"})


def test_keys_are_named_by_what_they_type() -> None:
    assert key_name("question_mark", "?") == "?"
    assert key_name("upper_j", "J") == "J"
    assert key_name("space", " ") == "space"
    assert key_name("tab", "\t") == "tab"
    assert key_name("ctrl+x", "\x18") == "ctrl+x"


def test_every_command_has_its_own_id_and_keys_and_says_what_it_does() -> None:
    ids = [command.id for command in COMMANDS]
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(set(ids)) == len(ids)
    assert len(set(keys)) == len(keys)
    assert all(command.help.endswith((".", ". ")) or command.help for command in COMMANDS)


def test_no_command_needs_a_key_that_terminals_swallow() -> None:
    swallowed = {"ctrl+h", "ctrl+i", "ctrl+m", "ctrl+b", "ctrl+a", "ctrl+q", "ctrl+p"}
    for command in COMMANDS:
        for key in command.keys:
            assert not swallowed & set(key.split())
            assert not key.startswith(("alt+", "f1"))
