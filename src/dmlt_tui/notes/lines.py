"""Merges texts three ways, line by line, and within a line word by word, so that nobody's typing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"\s|\w+|[^\w\s]")
Change = tuple[int, int, Sequence[str]]


def merge_text(base: str, mine: str, theirs: str) -> str:
    """Apply to `base` what both sides made of it.

    Lines added by either side stay, theirs first where both stand at the same place; a beginning or an end that both
    added alike is kept once. A line changed by both in different words holds both changes; changed by both in the
    same words, both lines are kept, theirs first. A changed line beats a deleted one. Of a line that one side split or
    joined, no line says what became of it: there it goes by words across line ends, where the two sides lie apart.
    """
    lines = _lines(base)
    my_lines, my_additions = _fates(lines, _lines(mine))
    their_lines, their_additions = _fates(lines, _lines(theirs))
    kept_lines = list(map(_merge_line, lines, my_lines, their_lines))
    if _clash(kept_lines) and (together := _merge_stretches(base, mine, theirs)) is not None:
        return together
    merged: list[str] = []
    my_block, their_block = list(my_additions[0]), list(their_additions[0])
    for index, kept in enumerate(kept_lines):
        if len(kept) == 2:  # they go on together with what each side added after them
            their_block += kept[:1]
            my_block += kept[1:]
        elif kept:
            merged += _both(their_block, my_block) + kept
            my_block, their_block = [], []
        my_block += my_additions[index + 1]
        their_block += their_additions[index + 1]
    return "\n".join(merged + _both(their_block, my_block))


def clashes(base: str, mine: str, theirs: str) -> bool:
    """Whether both sides gave a line other words at the same place of it, so that merge_text() keeps both lines."""
    lines = _lines(base)
    fates = (_fates(lines, _lines(side))[0] for side in (mine, theirs))
    return _clash(map(_merge_line, lines, *fates)) and _merge_stretches(base, mine, theirs) is None


def _clash(kept_lines: Iterable[list[str]]) -> bool:
    return any(len(kept) == 2 for kept in kept_lines)


def changes(base: Sequence[str], side: Sequence[str]) -> list[Change]:
    """List what `side` changed, as (first, end, what stands there now) in positions of `base`."""
    start, most = 0, min(len(base), len(side))
    while start < most and base[start] == side[start]:
        start += 1
    end = 0
    while end < most - start and base[-1 - end] == side[-1 - end]:
        end += 1
    old, new = base[start : len(base) - end], side[start : len(side) - end]
    from difflib import SequenceMatcher  # which few commands need

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        (start + first, start + last, new[new_first:new_last])
        for tag, first, last, new_first, new_last in matcher.get_opcodes()
        if tag != "equal"
    ]


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _fates(base: list[str], side: list[str]) -> tuple[list[str | None], list[list[str]]]:
    """Say what became of every line of `base` (None: deleted), and what was added before each and at the end."""
    lines: list[str | None] = list(base)
    additions: list[list[str]] = [[] for _ in range(len(base) + 1)]
    for first, last, now in changes(base, side):
        changed = min(last - first, len(now))
        lines[first:last] = [*now[:changed], *[None] * (last - first - changed)]
        additions[last] += now[changed:]
    return lines, additions


def _both(theirs: list[str], mine: list[str]) -> list[str]:
    """All lines of two additions at one place; what they begin and end alike with is there once."""
    most = min(len(theirs), len(mine))
    head = next((index for index in range(most) if theirs[index] != mine[index]), most)
    rest = most - head
    tail = next((index for index in range(rest) if theirs[-1 - index] != mine[-1 - index]), rest)
    return theirs[: len(theirs) - tail] + mine[head:]


def _merge_line(base: str, mine: str | None, theirs: str | None) -> list[str]:
    if mine == theirs or theirs == base:
        kept = [mine]
    elif mine == base:
        kept = [theirs]
    elif mine is None or theirs is None:
        kept = [theirs if mine is None else mine]
    else:
        merged = _merge_words(base, mine, theirs)
        kept = [theirs, mine] if merged is None else [merged]
    return [line for line in kept if line is not None]


def _merge_words(base: str, mine: str, theirs: str) -> str | None:
    """Both sides' changes of one line, or None where they touch each other."""
    words = _WORD.findall(base)
    my_changes, their_changes = (changes(words, _WORD.findall(side)) for side in (mine, theirs))
    if any(_touch(change, other) for change in my_changes for other in their_changes if change != other):
        return None
    everything = my_changes + [change for change in their_changes if change not in my_changes]
    return "".join(_with_changes(words, everything))


def _touch(change: Change, other: Change) -> bool:
    return change[0] <= other[1] and other[0] <= change[1]


def _with_changes(words: list[str], wanted: list[Change]) -> list[str]:
    merged = list(words)
    for first, last, now in sorted(wanted, key=lambda change: change[:2], reverse=True):
        merged[first:last] = now
    return merged


def _merge_stretches(base: str, mine: str, theirs: str) -> str | None:
    """Both sides' changes, where each changed one stretch of the text and the two lie apart; None where they touch."""
    words = _WORD.findall(base)
    for change in _stretches(words, _WORD.findall(mine)):
        for other in _stretches(words, _WORD.findall(theirs)):
            if not _touch(change, other):
                return "".join(_with_changes(words, [change, other]))
    return None


def _stretches(base: list[str], side: list[str]) -> list[Change]:
    """What was changed, as one stretch. What was only put in among its like may stand further up as well."""
    most = min(len(base), len(side))
    head = next((index for index in range(most) if base[index] != side[index]), most)
    tail = next((index for index in range(most) if base[-1 - index] != side[-1 - index]), most)
    end = min(tail, most - head)
    found: list[Change] = [(head, len(base) - end, side[head : len(side) - end])]
    if len(base) == head + end and tail > end:
        found.append((len(base) - tail, len(base) - tail, side[len(base) - tail : len(side) - tail]))
    return found
