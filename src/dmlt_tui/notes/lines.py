"""Merges texts three ways, line by line, and within a line word by word, so that nobody's typing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate

_WORD = re.compile(r"\w+|\W")
_FEW = 100_000  # pairs of characters that are compared in some milliseconds
_JOINED = re.compile(r"\w\w")
Change = tuple[int, int, Sequence[str]]
Stroke = tuple[int, int, str]  # first and end in characters of a line, and what stands there now


def merge_text(base: str, mine: str, theirs: str) -> str:
    """Apply to `base` what both sides made of it.

    Lines added by either side stay, theirs first where both stand at the same place; a beginning or an end that both
    added alike is kept once. A line changed by both in different words holds both changes, and what both typed at one
    place of it stands there side by side; changed by both in the same words, both lines are kept, theirs first. A
    changed line beats a deleted one. Of a line that one side split or joined, no line says what became of it: there it
    goes by words across line ends, where the two sides lie apart.
    """
    lines = _lines(base)
    my_lines, my_additions = _fates(lines, _lines(mine))
    their_lines, their_additions = _fates(lines, _lines(theirs))
    changed_by_both = any(map(_differ, lines, my_lines, their_lines))
    if changed_by_both and (together := _merge_stretches(base, mine, theirs)) is not None:
        return together
    kept_lines = map(_merge_line, lines, my_lines, their_lines)
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
    kept_lines = map(_merge_line, lines, *fates)
    return any(len(kept) == 2 for kept in kept_lines) and _merge_stretches(base, mine, theirs) is None


def ends_alike(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """How many lines, words or characters two texts begin with alike, and how many of the rest they end with."""
    most = min(len(one), len(other))
    head = next((index for index in range(most) if one[index] != other[index]), most)
    rest = most - head
    return head, next((index for index in range(rest) if one[-1 - index] != other[-1 - index]), rest)


def changes(
    base: Sequence[str], side: Sequence[str], telling_nothing: Callable[[str], bool] | None = None
) -> list[Change]:
    """List what `side` changed, as (first, end, what stands there now) in positions of `base`.

    What stands on both sides is recognised by itself, unless it is `telling_nothing`: then by what is beside it.
    """
    start, end = ends_alike(base, side)
    old, new = base[start : len(base) - end], side[start : len(side) - end]
    from difflib import SequenceMatcher  # which few commands need

    matcher = SequenceMatcher(telling_nothing, old, new, autojunk=False)
    return [
        (start + first, start + last, new[new_first:new_last])
        for tag, first, last, new_first, new_last in matcher.get_opcodes()
        if tag != "equal"
    ]


def strokes(base: str, side: str) -> list[Stroke]:
    """List what `side` changed of a line, found word by word, each as small as it can be told in characters."""
    words = _WORD.findall(base)
    starts = [0, *accumulate(map(len, words))]
    found: list[Stroke] = []
    for first, last, now in changes(words, _WORD.findall(side), str.isspace):
        start, old, new = starts[first], base[starts[first] : starts[last]], "".join(now)
        letters = changes(old, new) if len(old) * len(new) <= _FEW else [(0, len(old), new)]
        if any(begin < end for begin, end, _ in letters):  # not only typed: as one
            head, tail = ends_alike(old, new)
            letters = [(head, len(old) - tail, new[head : len(new) - tail])]
        found += [(start + begin, start + end, "".join(typed)) for begin, end, typed in letters]
    return found


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
    head, tail = ends_alike(theirs, mine)
    return theirs[: len(theirs) - tail] + mine[head:]


def _differ(base: str, mine: str | None, theirs: str | None) -> bool:
    """Whether both sides changed a line, and not to the same."""
    return mine != base and theirs != base and mine != theirs


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
    """Both sides' changes of one line, or None where they exclude each other."""
    ours, others = strokes(base, mine), strokes(base, theirs)
    if any(one != other and _exclude(one, other) for one in ours for other in others):
        return None
    everything = {stroke[:2]: stroke[2] for stroke in others}
    for first, last, now in ours:
        beside = everything.get((first, last), "")
        joined = _side_by_side(base[:first], base[last:], now, beside) if beside and first == last else now
        if joined is None:
            return None
        everything[first, last] = joined
    merged = base
    for (first, last), now in sorted(everything.items(), reverse=True):
        merged = merged[:first] + now + merged[last:]
    return merged


def _exclude(one: Stroke, other: Stroke) -> bool:
    """Whether two strokes overlap, or touch and one of them puts other words in the place of words."""
    if one[0] < other[1] and other[0] < one[1]:
        return True
    touch = one[0] <= other[1] and other[0] <= one[1]
    return touch and any(first < last and now for first, last, now in (one, other))


def _side_by_side(before: str, after: str, mine: str, theirs: str) -> str | None:
    """What both typed at one place between two texts; None where both went on with the word before.

    It comes out the same both ways round. What one side typed is there once where the other's begins or ends with it.
    """
    short, long = sorted((_WORD.findall(mine), _WORD.findall(theirs)), key=len)
    if short in (long[: len(short)], long[len(long) - len(short) :]):
        return "".join(long)
    first, second = sorted((mine, theirs))
    if _are_one_word(before, first) and _are_one_word(before, second):
        return None
    if _are_one_word(before, second) or (_are_one_word(first, after) and not _are_one_word(second, after)):
        first, second = second, first
    return f"{first} {second}" if _are_one_word(first, second) else first + second


def _are_one_word(left: str, right: str) -> bool:
    return bool(_JOINED.match(left[-1:] + right[:1]))


def _merge_stretches(base: str, mine: str, theirs: str) -> str | None:
    """Both sides' changes, where each changed one stretch of the text and the two lie apart; None where they touch."""
    words = _WORD.findall(base)
    for change in _stretches(words, _WORD.findall(mine)):
        for other in _stretches(words, _WORD.findall(theirs)):
            (first, last, now), (next_first, next_last, next_now) = sorted((change, other), key=lambda one: one[:2])
            if last < next_first:
                merged = [*words[:first], *now, *words[last:next_first], *next_now, *words[next_last:]]
                return "".join(merged)
    return None


def _stretches(base: list[str], side: list[str]) -> list[Change]:
    """What was changed, as one stretch. What was only put in among its like may stand further up as well."""
    head, end = ends_alike(base, side)
    found: list[Change] = [(head, len(base) - end, side[head : len(side) - end])]
    tail, _ = ends_alike(base[::-1], side[::-1])
    if len(base) == head + end and tail > end:
        found.append((len(base) - tail, len(base) - tail, side[len(base) - tail : len(side) - tail]))
    return found
