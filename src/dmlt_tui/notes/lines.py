"""Merges texts three ways: by line, and word by word where both sides changed the same, so that no typing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress

from dmlt_tui.notes.strokes import Stroke, are_one_word, changes, ends_alike, line_changes, says, strokes

_WORD = re.compile(r"\w+|\W")
_WORD_OR_END = re.compile(r"[\w\n]")
_FIRST_WORD = re.compile(r"^\w+")
_LAST_WORD = re.compile(r"\w+$")


def merge_text(base: str, mine: str, theirs: str) -> str:
    """Apply to `base` what both sides made of it.

    Where only one side changed lines, its lines stand. Lines both changed, or that touch, are merged word by word,
    across line ends: what both typed at one place stands side by side, a word both went on with is there twice, one
    that one side corrected, but for its first letter, goes on as the other typed behind it, and one that stands in the
    place of another has beside it what the other typed there.
    Where they exclude each other (other words in the place of the same words, words gone that the other changed), it
    goes by lines: lines added by either side stay, theirs first; a beginning or an end that both added alike is kept
    once; of a line changed by both, both are kept, theirs first; a changed line beats a deleted one.
    """
    merged: list[str] = []
    for part in _parts(_lines(base), _lines(mine), _lines(theirs)):
        together = _merge_part(*part)
        merged += _merge_lines(*part) if together is None else together
    return "\n".join(merged)


def clashes(base: str, mine: str, theirs: str) -> bool:
    """Whether both sides changed one word of a line, each otherwise, so that merge_text() keeps it twice."""
    for lines, my_lines, their_lines in _parts(_lines(base), _lines(mine), _lines(theirs)):
        if lines in (my_lines, their_lines):
            continue
        if _merge_part(lines, my_lines, their_lines) is None:
            kept_lines = map(_merge_line, lines, *(_fates(lines, side)[0] for side in (my_lines, their_lines)))
            found = any(len(kept) == 2 for kept in kept_lines)
        else:
            text, mine, theirs = ("\n".join(side) for side in (lines, my_lines, their_lines))
            ours, others = strokes(text, mine), strokes(text, theirs)
            found = any(
                one[:2] == other[:2] and _go_on_with_one_word(text[: one[0]], one[2], other[2])
                for one in ours
                for other in others
            )
        if found:
            return True
    return False


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _parts(base: list[str], mine: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cut all three texts where neither side changed anything, so that what both did close together is in one part."""
    both = sorted((*change, side) for side, text in enumerate((mine, theirs)) for change in line_changes(base, text))
    start, grown = 0, [0, 0]  # where the next part begins in `base`, and how much further down on each side
    while both:
        first, last = both[0][:2]
        yield base[start:first], base[start:first], base[start:first]
        begins = [first + lines for lines in grown]
        while both and both[0][0] <= last:
            begin, end, now, side = both.pop(0)
            last = max(last, end)
            grown[side] += len(now) - (end - begin)
        my_end, their_end = (last + lines for lines in grown)
        yield base[first:last], mine[begins[0] : my_end], theirs[begins[1] : their_end]
        start = last
    yield base[start:], base[start:], base[start:]


def _merge_part(base: list[str], mine: list[str], theirs: list[str]) -> list[str] | None:
    """Both sides' changes of some lines, word by word across their ends; None where it has to go by lines."""
    if mine == theirs or theirs == base:
        return mine
    if mine == base:
        return theirs
    if not (base and mine and theirs):
        return None
    merged = _merge_words(*("\n".join(lines) for lines in (base, mine, theirs)))
    return None if merged is None else merged.split("\n")


def _merge_lines(lines: list[str], mine: list[str], theirs: list[str]) -> list[str]:
    my_lines, my_additions = _fates(lines, mine)
    their_lines, their_additions = _fates(lines, theirs)
    merged: list[str] = []
    my_block, their_block = list(my_additions[0]), list(their_additions[0])
    for index, kept in enumerate(map(_merge_line, lines, my_lines, their_lines)):
        if len(kept) == 2:  # they go on together with what each side added after them
            their_block += kept[:1]
            my_block += kept[1:]
        elif kept:
            merged += _both(their_block, my_block) + kept
            my_block, their_block = [], []
        my_block += my_additions[index + 1]
        their_block += their_additions[index + 1]
    return merged + _both(their_block, my_block)


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
    """Both sides' changes of some lines: what either took away is gone, and what each typed is there.

    None where they exclude each other.
    """
    ours, others = strokes(base, mine), strokes(base, theirs)
    ours, others = list(_told_apart(ours, others)), list(_told_apart(others, ours))
    if any(one != other and _exclude(base, one, other) for one in ours for other in others):
        return None
    gone = {place for first, last, _ in (*ours, *others) for place in range(first, last)}
    kept = [place not in gone for place in range(len(base))]
    my_words, their_words = (
        {(first, first < last): now for first, last, now in side if now} for side in (ours, others)
    )
    merged, place = "", 0
    for at in sorted({*my_words, *their_words}):  # what is put in before words, and then what is in their place
        merged += "".join(compress(base[place : at[0]], kept[place : at[0]]))
        place = at[0]
        typed, beside = my_words.get(at, ""), their_words.get(at, "")
        if typed and beside:
            typed = _side_by_side(merged, "".join(compress(base[place:], kept[place:])), typed, beside)
        merged += typed or beside
    return merged + "".join(compress(base[place:], kept[place:]))


def _told_apart(side: list[Stroke], others: list[Stroke]) -> Iterator[Stroke]:
    """These strokes; what one of them has beside other words, as the others typed it there, is a stroke of its own."""
    typed = {first: now for first, last, now in others if first == last}
    for first, last, now in side:
        before, behind = (typed.get(place, "") if first < last else "" for place in (first, last))
        begin = now.find(before) + len(before) if before in now else 0
        end = now.find(behind, begin) if behind and behind in now[begin:] else len(now)
        parts = [(first, first, now[:begin]), (first, last, now[begin:end]), (last, last, now[end:])]
        yield from (part for part in parts if part[0] < part[1] or part[2])


def _exclude(base: str, one: Stroke, other: Stroke) -> bool:
    """Whether two strokes are about the same words, each otherwise, or touch and one puts other words in their place.

    What the other typed before or behind these words, and not to go on with one of them, stays beside those there now.
    """
    first, last = max(one[0], other[0]), min(one[1], other[1])
    if first < last:
        in_one_line = one[:2] == other[:2] and "\n" not in one[2] + other[2]
        return not (in_one_line and _are_alike(one[2], other[2])) and bool(_WORD_OR_END.search(base, first, last))
    return first == last and any(
        now and says(base[begin:end]) and not _is_beside(begin, end, stroke)
        for (begin, end, now), stroke in ((one, other), (other, one))
    )


def _is_beside(begin: int, end: int, stroke: Stroke) -> bool:
    """Whether something was only typed, at the begin or end of a stretch, and is no word together with what it says."""
    first, last, typed = stroke
    return first == last and first in (begin, end) and not says(typed[-1 if first == begin else 0])


def _side_by_side(before: str, after: str, mine: str, theirs: str) -> str:
    """What both typed at one place between two texts: in its line side by side, then the lines both began there.

    Whole lines stay whole. It comes out the same both ways round.
    """
    if "\n" not in mine + theirs:
        return _in_one_line(before, after, mine, theirs)
    if mine.endswith("\n") and theirs.endswith("\n") and (not before or before.endswith("\n")):
        return "\n".join(_both(*sorted((theirs.split("\n"), mine.split("\n")))))
    (my_words, *my_lines), (their_words, *their_lines) = mine.split("\n"), theirs.split("\n")
    both = _in_one_line(before, "", my_words, their_words) if my_words and their_words else my_words + their_words
    return "\n".join([both, *_both(*sorted((their_lines, my_lines)))])


def _in_one_line(before: str, after: str, mine: str, theirs: str) -> str:
    """What both typed at one place of a line; where both went on with one word, the word is there twice.

    What one side typed is there once where the other's begins or ends with it,
    unless it is blanks, with which everybody begins a word.
    """
    if _are_alike(mine, theirs):
        return max(mine, theirs, key=len)
    first, second = sorted((mine, theirs))
    if _go_on_with_one_word(before, first, second):
        head, tail = _LAST_WORD.findall(before), _FIRST_WORD.findall(after)
        return "".join([first, *tail, " ", *head, second])
    if are_one_word(before, second) or are_one_word(first, after):
        first, second = second, first
    # Who typed a blank last begins a word there next: it is not to run into the other's.
    return f"{first} {second}" if are_one_word((before + first).rstrip(" "), second) else first + second


def _are_alike(mine: str, theirs: str) -> bool:
    """Whether one typed what the other typed too, first or last."""
    short, long = sorted((mine, theirs), key=len)
    words, more = _WORD.findall(short), _WORD.findall(long)
    within = words in (more[: len(words)], more[len(more) - len(words) :])
    return short == long or (within and not short.isspace())


def _go_on_with_one_word(before: str, mine: str, theirs: str) -> bool:
    """Whether both went on with the word that `before` ends with, each in another way."""
    return not _are_alike(mine, theirs) and are_one_word(before, mine) and are_one_word(before, theirs)
