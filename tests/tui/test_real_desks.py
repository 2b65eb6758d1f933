"""Two real programs in terminals of their own at one file: every word of both is there, also when one is killed."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from datetime import date
from datetime import time as clock_time
from pathlib import Path
from random import Random

import pytest
from support.terminal import Terminal

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Session
from dmlt_tui.store.notebook import OpenNotebook

LEAVE = "\x18\x18"
PATIENCE = 120.0
SIZE = (200, 60)  # all that is typed is seen
ROOM = 40  # words that are seen at once in any case, also at 80x24
_TOKEN = re.compile(r"x[ab]\d+z")
Pair = tuple[Terminal, Terminal]


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    items = (Item(id="one", title="One", notes="first\nsecond"), Item(id="two", title="Two"))
    day = Day(id="d", date=date(2020, 5, 12), sessions=(Session(id="s", start=clock_time(9), items=items),))
    path = tmp_path / "shared.json"
    OpenNotebook.create(path, Notebook(meetings=(Meeting(id="m", title="Shared", days=(day,)),))).close()
    return path


def notes(path: Path, item_id: str) -> str:
    with OpenNotebook.open(path, read_only=True) as notebook:
        return next(item.notes for item in notebook.value.meetings[-1].items if item.id == item_id)


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def both(pair: Pair, condition: Callable[[], object], what: str) -> None:
    """Read what both write until the condition holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}:\n{pair[0].text}\n{pair[1].text}"
        for terminal in pair:
            terminal.reads(0.02)


def typed_by(name: str, count: int) -> list[str]:
    return [f"x{name}{number}z" for number in range(1, count + 1)]


def type_both(pair: Pair, count: int, *, each: int = 0) -> None:
    """Each types so many words, in turn, without waiting for the other, and begins a line before `each`."""
    for number, words in enumerate(zip(typed_by("a", count), typed_by("b", count), strict=True), 1):
        for terminal, word in zip(pair, words, strict=True):
            terminal.types(f"\r{word}" if each and not number % each else f" {word}")
            terminal.reads(0.01)


def in_file(path: Path, item_id: str, count: int) -> bool:
    return set(tokens(notes(path, item_id))) >= {*typed_by("a", count), *typed_by("b", count)}


def same(pair: Pair, path: Path, item_id: str) -> bool:
    """Whether both screens show the words of the file, in its order: all of them, or as many as have room."""
    there = " ".join(tokens(notes(path, item_id)))
    shown = [tokens(terminal.text) for terminal in pair]
    most = there.count(" ") + 1 if there else 0
    return all(" ".join(words) in there and len(words) >= min(most, ROOM) for words in shown)


COUNT = [20, pytest.param(300, marks=pytest.mark.torture)]


@pytest.mark.parametrize("count", COUNT)
def test_words_typed_into_two_items_are_all_in_the_file_and_on_both_screens(shared: Path, count: int) -> None:
    with Terminal(str(shared), size=SIZE) as a, Terminal(str(shared), size=SIZE) as b:
        both((a, b), lambda: "Agenda" in a.text and "Agenda" in b.text, "the start")
        a.types("i")
        b.types("ji")
        both((a, b), lambda: "TYPE" in a.text and "TYPE" in b.text, "both to type")
        type_both((a, b), count)
        both(
            (a, b),
            lambda: (
                tokens(notes(shared, "one")) == typed_by("a", count)
                and tokens(notes(shared, "two")) == typed_by("b", count)
            ),
            "all words in the file",
        )
        a.types(f"{LEAVE}j")
        both((a, b), lambda: same((a, b), shared, "two"), "both screens to show the second item")
        a.types("k")
        b.types(f"{LEAVE}k")
        both((a, b), lambda: same((a, b), shared, "one"), "both screens to show the first item")


@pytest.mark.parametrize("count", COUNT)
@pytest.mark.parametrize("line", ["other", "same", pytest.param("begun", marks=pytest.mark.torture)])
def test_words_typed_into_one_note_are_all_in_the_file_and_on_both_screens(shared: Path, line: str, count: int) -> None:
    with Terminal(str(shared), size=SIZE) as a, Terminal(str(shared), size=SIZE) as b:
        both((a, b), lambda: "Agenda" in a.text and "Agenda" in b.text, "the start")
        a.types("i")
        b.types("i\x1b[A\x1b[F" if line == "other" else "i")
        both((a, b), lambda: "TYPE" in a.text and "TYPE" in b.text, "both to type")
        type_both((a, b), count, each=5 if line == "begun" else 0)
        both((a, b), lambda: in_file(shared, "one", count), "all words in the file")
        both((a, b), lambda: same((a, b), shared, "one"), "both screens to show the file")
        assert sorted(tokens(notes(shared, "one"))) == sorted([*typed_by("a", count), *typed_by("b", count)])
        if line == "other":
            first, second = notes(shared, "one").split("\n")
            assert tokens(first) == typed_by("b", count)
            assert tokens(second) == typed_by("a", count)


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.torture) for seed in range(1, 20))])
def test_when_one_of_two_is_killed_no_word_that_was_seen_is_lost(shared: Path, seed: int) -> None:
    count, random = 40, Random(seed)
    last = random.randrange(5, count)
    with Terminal(str(shared), size=SIZE) as a, Terminal(str(shared), size=SIZE) as b:
        both((a, b), lambda: "Agenda" in a.text and "Agenda" in b.text, "the start")
        a.types("i")
        b.types(random.choice(["ji", "i\x1b[A\x1b[F"]))  # another item, or another line
        both((a, b), lambda: "TYPE" in a.text and "TYPE" in b.text, "both to type")
        type_both((a, b), last)
        both((a, b), lambda: random.random() < 0.2, "the moment")
        saved = [word for word in tokens(notes(shared, "one") + notes(shared, "two")) if word.startswith("xb")]
        b.signals(signal.SIGKILL)
        assert b.ends() == -signal.SIGKILL
        for word in typed_by("a", count)[last:]:
            a.types(f" {word}")
            a.reads(0.01)
        with Terminal(str(shared), size=SIZE) as again:
            both(
                (a, again),
                lambda: (
                    [word for word in tokens(notes(shared, "one")) if word.startswith("xa")] == typed_by("a", count)
                ),
                "all words of the one who lives",
            )
            both((a, again), lambda: same((a, again), shared, "one"), "both screens to show the file")
            everything = tokens(notes(shared, "one") + notes(shared, "two"))
            left = [word for word in everything if word.startswith("xb")]
            assert left[: len(saved)] == saved
            assert left == typed_by("b", len(left))


def test_each_sees_where_the_other_is_until_it_leaves(shared: Path) -> None:
    with Terminal(str(shared), size=SIZE) as a, Terminal(str(shared), size=SIZE) as b:
        both((a, b), lambda: "Agenda" in a.text and "Agenda" in b.text, "the start")
        b.types("j")
        both((a, b), lambda: "│ Two" in b.text, "the item")
        b.types("i")
        both((a, b), lambda: "notes, Two" in a.text.splitlines()[0], "the other's place")
        both((a, b), lambda: "agenda, One" in b.text.splitlines()[0], "this one's place")
        b.types(f" words{LEAVE}q")
        assert b.ends() == 0
        both((a, a), lambda: "Two" not in a.text.splitlines()[0], "the other to be gone")
        a.types("j")
        a.sees("words")
        a.types("q")
        assert a.ends() == 0
    assert sorted(path.name for path in shared.parent.iterdir()) == [".shared.json.lock", "shared.json"]


def test_a_follower_keeps_up_changes_nothing_and_needs_no_more_than_to_read(shared: Path) -> None:
    before, names = shared.read_bytes(), sorted(path.name for path in shared.parent.iterdir())
    shared.chmod(0o444)
    with Terminal("follow", str(shared), size=(80, 24)) as follower:
        follower.sees("not running")
        for keys in ("snpahbtdlio xD\r", "\t12345\x18n\x18q", "yyydJKUu:?/+-", "typed words\r"):
            follower.types(keys.replace("q", ""))
            follower.reads(0.05)
        assert shared.read_bytes() == before
        assert sorted(path.name for path in shared.parent.iterdir()) == names
        shared.chmod(0o644)
        with Terminal(str(shared)) as desk:
            both((follower, desk), lambda: "Agenda" in desk.text, "the desk")
            desk.types("si seen as it is typed")
            both((follower, desk), lambda: "seen as it is typed" in follower.text, "the words")
            assert "One" in follower.text.splitlines()[0]
            desk.types(f"{LEAVE}q")
            assert desk.ends() == 0
        follower.types("q")
        assert follower.ends() == 0
