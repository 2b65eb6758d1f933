"""What was done to a text to make another one of it: lines changed, words typed, letters taken back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

_WORD = re.compile(r"\w\w+")  # one letter is too little to be recognised by
_SAYS = re.compile(r"\w")
_TWO_LAST = re.compile(r"(?:\w*\W*){2}\Z")
_TWO_FIRST = re.compile(r"\A(?:\W*\w*){2}")
_JOINED = re.compile(r"\w\w")
_FIRST_LETTER = re.compile(r"(?<!\w)\w")
_TAKEN_BACK = re.compile(r"(?<=\w)\w+|\W+")
_AT_ONCE = 4  # so many letters are not taken back at once, unless all to the end of a word are
_FEW = 20_000  # pairs of characters that are compared in some milliseconds
_NEAR = 80  # characters in which one or two words are looked for
_MANY = 500_000  # pairs of like lines or words, which take a second: text of a few words said again and again
# What it costs to put something in, to cut through a word with it, to take letters back, and for each of these.
_PUT, _CUT, _BACK, _LETTER = 10, 1, 15, 12

Change = tuple[int, int, Sequence[str]]
Stroke = tuple[int, int, str]  # first and end in characters of a text, and what stands there now
_Marks = list[tuple[str, tuple[int, int]]]  # what is recognised of a text, and where it begins and ends
_Spans = tuple[tuple[int, int, int, int], ...]  # strokes: first and end in the old text, and in the new one
_Way = tuple[int, _Spans]  # minus what it costs, and its strokes
S = TypeVar("S", str, list[str])


def says(line: str) -> bool:
    """Whether there is a word in a line, so that it can be told from others; in a bullet alone there is none."""
    return bool(_SAYS.search(line))


def ends_alike(one: Sequence[str], other: Sequence[str]) -> tuple[int, int]:
    """How many lines, words or characters two texts begin with alike, and how many of the rest they end with."""
    most = min(len(one), len(other))
    head = next((index for index in range(most) if one[index] != other[index]), most)
    rest = most - head
    return head, next((index for index in range(rest) if one[-1 - index] != other[-1 - index]), rest)


def changes(base: Sequence[str], side: Sequence[str]) -> list[Change]:
    """List what `side` changed, as (first, end, what stands there now) in positions of `base`."""
    start, end = ends_alike(base, side)
    old, new = base[start : len(base) - end], side[start : len(side) - end]
    counts = Counter(new)
    if sum(counts[one] for one in old) > _MANY:
        return [(start, start + len(old), new)]
    from difflib import SequenceMatcher  # which few commands need

    return [
        (start + first, start + last, new[new_first:new_last])
        for tag, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
    ]


def line_changes(base: list[str], side: list[str]) -> list[tuple[int, int, list[str]]]:
    """List what `side` changed, as changes() does, each from one line that says something to the next such line.

    Empty lines and bullets alone are known by the lines around them: one is like the other.
    """
    start, end = ends_alike(base, side)
    while start and not says(base[start - 1]):
        start -= 1
    while end and not says(base[-end]):
        end -= 1
    old, new = base[start : len(base) - end], side[start : len(side) - end]
    marks, new_marks = (
        [(line, (row, row + 1)) for row, line in enumerate(lines) if says(line)] for lines in (old, new)
    )
    return [(start + first, start + first + len(was), now) for first, was, now in _gaps(old, new, marks, new_marks)]


def strokes(base: str, side: str) -> list[Stroke]:
    """List what `side` changed of a text, each as small as it can be told in characters.

    What was only typed is found letter by letter, anything else, and in long texts, between the words both have.
    Blanks, bullets and line ends are known by the words around them. None of them overlap, and they are in order.
    """
    start, old, new = _middle(base, side)
    if _holds(new, old) and (typed := _letters(old, new)) is not None:
        return [(start + first, start + last, now) for first, last, now in typed]
    found: list[Stroke] = []
    marks, new_marks = ([(match[0], match.span()) for match in _WORD.finditer(text)] for text in (base, side))
    for start, old, new in _gaps(base, side, marks, new_marks):
        typed = _letters(old, new)
        if typed is None:
            head, tail = ends_alike(old, new)
            typed = [(head, len(old) - tail, new[head : len(new) - tail])]
        found += [(start + first, start + last, now) for first, last, now in typed]
    return found


def _middle(old: str, new: str) -> tuple[int, str, str]:
    """What two texts don't begin and end alike with, and a word or two around it: where it begins, and both."""
    head, tail = ends_alike(old, new)
    before, after = old[max(head - _NEAR, 0) : head], old[len(old) - tail :][:_NEAR]
    start = head - len(before) + len(_TWO_LAST.sub("", before))
    rest = tail - len(after) + len(_TWO_FIRST.sub("", after))
    return start, old[start : len(old) - rest], new[start : len(new) - rest]


def moved(place: int, made: Sequence[Stroke]) -> int:
    """Where a place of a text is once these strokes were made: after the same words, before what was put in there."""
    after = place
    for first, last, now in made:
        if first < place < last:
            return after + first - place + len(now)
        if first < place:
            after += len(now) - (last - first)
    return after


def are_one_word(left: str, right: str) -> bool:
    """Whether the end of a text and the beginning of the next one are a word together."""
    return bool(_JOINED.match(left[-1:] + right[:1]))


def _gaps(old: S, new: S, marks: _Marks, new_marks: _Marks) -> Iterator[tuple[int, S, S]]:
    """What stands between the marks that both have: where in `old`, what it was, and what it is now, if it differs."""
    both: list[tuple[tuple[int, int], tuple[int, int]]] = []
    number = new_number = 0
    known: list[Change] = changes([name for name, _ in marks], [name for name, _ in new_marks])
    for first, last, now in [*known, (len(marks), len(marks), ())]:
        kept = zip(marks[number:first], new_marks[new_number:], strict=False)
        both += [(span, new_span) for (_, span), (_, new_span) in kept]
        number, new_number = last, new_number + first - number + len(now)
    place = new_place = 0
    for (start, end), (new_start, new_end) in [*both, ((len(old), 0), (len(new), 0))]:
        if old[place:start] != new[new_place:new_start]:
            yield place, old[place:start], new[new_place:new_start]
        place, new_place = end, new_end


def _letters(old: str, new: str) -> list[Stroke] | None:
    """What was typed into a text, and taken back at the ends of words or between them, to make another of it.

    These are as few strokes as can be, that cut through as few words as can be, and of such the last ones: who goes on
    with a word types behind it. None where that does not make the other text, or the texts are long.
    """
    if len(old) * len(new) > _FEW or not _holds(new, "".join(_FIRST_LETTER.findall(old))):
        return None
    backs = {} if _holds(new, old) else _backs(old)
    letters = [*new, ""]
    cuts = [0, *(_CUT * are_one_word(*pair) for pair in pairwise(new)), 0]
    # For each number of letters of `old`: the best way to make so many letters of `new` of them.
    ways: list[dict[int, _Way]] = [{0: (0, ())}, *({} for _ in range(len(old) + 1))]
    for place, letter in enumerate([*old, ""]):
        _keep(ways[place + 1], _one_letter_on(ways[place], place, letter, letters, cuts))
        for last in backs.get(place, ()):
            cost = _BACK + _LETTER * (last - place)
            back = {end: (worth - cost, (*made, (place, last, 0, 0))) for end, (worth, made) in ways[place].items()}
            _keep(ways[last], back)
    if len(letters) not in ways[-1]:
        return None
    return [(first, last, new[start:end]) for first, last, start, end in ways[-1][len(letters)][1]]


def _one_letter_on(
    ways: dict[int, _Way], place: int, letter: str, letters: list[str], cuts: list[int]
) -> dict[int, _Way]:
    """These ways one letter further, which is still there, with or without something typed before it."""
    onward: dict[int, _Way] = {}
    typed: tuple[int, _Spans, int] | None = None  # the best way to be typing, and where that began
    for end, there in enumerate(letters):
        if there == letter:
            if end in ways:
                onward[end + 1] = ways[end]
            if typed:
                _keep(onward, {end + 1: (typed[0] - cuts[end], (*typed[1], (place, place, typed[2], end)))})
        if end in ways:
            worth, made = ways[end]
            begun = (worth - _PUT - cuts[end], made, end)
            typed = max(typed, begun) if typed else begun
    return onward


def _keep(ways: dict[int, _Way], others: dict[int, _Way]) -> None:
    """Put the better ones of others among these."""
    for end, way in others.items():
        ways[end] = max(ways[end], way) if end in ways else way


def _backs(text: str) -> dict[int, set[int]]:
    """From where letters may have been taken back, and up to where: a few, or all to the end of a word or of blanks.

    The first letter of a word stays: who takes that away too puts another word in its place.
    """
    return {
        place: {match.end(), *range(place + 1, min(place + _AT_ONCE, match.end()))}
        for match in _TAKEN_BACK.finditer(text)
        for place in range(*match.span())
    }


def _holds(long: str, short: str) -> bool:
    """Whether all letters of a text are in another one, in their order."""
    letters = iter(long)
    return all(letter in letters for letter in short)
