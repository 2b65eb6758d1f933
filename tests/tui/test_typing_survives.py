"""The real program in real terminals, killed, ended and disturbed at random moments while somebody types."""

from __future__ import annotations

import json
import re
import signal
import statistics
import time
from pathlib import Path
from random import Random

import pytest
from support.endings import ENDS, MISTAKEN, gone, told_to_end, typing
from support.terminal import PATIENCE, Terminal

PACE = 8.0  # words a second, as people type letters
OFTEN = pytest.mark.torture


class Typist:
    """Types numbered words into the notes, and knows when each was typed."""

    def __init__(self, terminal: Terminal, file: Path, seed: int) -> None:
        self.random = Random(seed)
        self.typed: list[float] = []
        self._terminal, self._file = terminal, file
        typing(terminal, "\r")

    def word(self) -> None:
        """Type the next one."""
        self._terminal.types(f"w{len(self.typed)}x ")
        self.typed.append(time.monotonic())

    def goes_on(self, seconds: float) -> None:
        """Type for so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.word()
            self._terminal.reads(self.random.uniform(0.7, 1.3) / PACE)

    def seen(self) -> None:
        """Wait until the last word is on the screen."""
        self._terminal.sees(f"w{len(self.typed) - 1}x")

    def seconds_lost(self) -> float:
        """How much typing is not in the file, which must be whole: from the first word missing to the last."""
        there = self.there()
        assert there == list(range(len(there)))
        missing = self.typed[len(there) :]
        return missing[-1] - missing[0] + 1 / PACE if missing else 0.0

    def there(self) -> list[int]:
        """The words in the file."""
        text = self._file.read_text(encoding="utf-8")
        json.loads(text)
        return [int(number) for number in re.findall(r"\bw(\d+)x\b", text)]


@pytest.mark.parametrize(("seed", "trials"), [(0, 1), *(pytest.param(seed, 25, marks=OFTEN) for seed in range(1, 9))])
def test_a_kill_at_any_moment_loses_a_second_of_typing_at_most(sample: Path, seed: int, trials: int) -> None:
    whole, lost = sample.read_bytes(), []
    for trial in range(trials):
        sample.write_bytes(whole)
        with Terminal(str(sample)) as terminal:
            typist = Typist(terminal, sample, seed * 1000 + trial)
            typist.goes_on(typist.random.uniform(0.3, 2.0))
            terminal.signals(signal.SIGKILL)
            assert gone(terminal) == -signal.SIGKILL
        lost.append(typist.seconds_lost())
    print(f"{trials} killed: median {statistics.median(lost):.3f} s, at most {max(lost):.3f} s of typing lost")
    assert max(lost) <= 1


@OFTEN
@pytest.mark.parametrize("way", ["TERM", "HUP", "closed"])
@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_sessions_that_are_ended_lose_nothing(sample: Path, way: str, seed: int) -> None:
    whole = sample.read_bytes()
    for trial in range(25):
        sample.write_bytes(whole)
        with Terminal(str(sample)) as terminal:
            typist = Typist(terminal, sample, seed * 1000 + trial)
            typist.goes_on(typist.random.uniform(0.2, 1.2))
            typist.seen()
            if way == "closed":
                terminal.hang_up()
                assert gone(terminal) == 129
            else:
                terminal.signals(getattr(signal, f"SIG{way}"))
                assert terminal.ends() == ENDS[way]
                assert terminal.left_behind() == []
        assert typist.seconds_lost() == 0


@OFTEN
@pytest.mark.parametrize("way", [way for way in ENDS if way not in ("TERM", "HUP")])
def test_two_hundred_terminals_are_given_back_as_they_were(sample: Path, way: str) -> None:
    """With those of the test above, which are ended by TERM and HUP."""
    whole = sample.read_bytes()
    for trial in range(12):
        sample.write_bytes(whole)
        with Terminal(str(sample), program=("-c", MISTAKEN)) as terminal:
            typist = Typist(terminal, sample, trial)
            typist.goes_on(typist.random.uniform(0.1, 0.8))
            typist.seen()
            assert told_to_end(terminal, way) == ENDS[way]
            assert terminal.left_behind() == []
        assert typist.seconds_lost() == 0


@pytest.mark.parametrize(("seed", "trials"), [(0, 1), *(pytest.param(seed, 25, marks=OFTEN) for seed in range(1, 5))])
def test_a_storm_of_resizes_drops_no_key(sample: Path, seed: int, trials: int) -> None:
    whole = sample.read_bytes()
    for trial in range(trials):
        sample.write_bytes(whole)
        with Terminal(str(sample)) as terminal:
            typist = Typist(terminal, sample, seed * 1000 + trial)
            for _ in range(60):
                width, height = typist.random.choice([(1, 1), (2, 60), (300, 2), (80, 24), (40, 10), (200, 60)])
                terminal.resize(width, height)
                typist.word()
                terminal.reads(typist.random.uniform(0, 0.04))
            terminal.resize(80, 24)
            deadline = time.monotonic() + PATIENCE
            while len(typist.there()) < 60:
                assert time.monotonic() < deadline, f"seed {seed}, trial {trial}: {typist.there()}"
                terminal.reads(0.05)
            typist.seen()
            terminal.signals(signal.SIGTERM)
            assert terminal.ends() == 143
            assert terminal.left_behind() == []
        assert typist.there() == list(range(60))
