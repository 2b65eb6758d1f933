from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.notes.strokes import Stroke, line_changes, moved, strokes

prose = st.text("ab -\n", max_size=12)


def done(text: str, made: list[Stroke]) -> str:
    for first, last, now in reversed(made):
        text = text[:first] + now + text[last:]
    return text


@given(prose, prose)
def test_the_strokes_make_the_one_text_of_the_other(one: str, other: str) -> None:
    made = strokes(one, other)
    assert done(one, made) == other
    assert [place for stroke in made for place in stroke[:2]] == sorted(
        place for stroke in made for place in stroke[:2]
    )


@given(prose, prose)
def test_places_stay_in_their_order_and_within_the_text(one: str, other: str) -> None:
    made = strokes(one, other)
    places = [moved(place, made) for place in range(len(one) + 1)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= len(other)


@given(st.lists(prose), st.lists(prose))
def test_the_changed_lines_make_the_one_text_of_the_other(one: list[str], other: list[str]) -> None:
    lines = list(one)
    for first, last, now in reversed(line_changes(one, other)):
        lines[first:last] = now
    assert lines == other


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("said: ", "said: Anna", [(6, 6, "Anna")]),
        ("- B0", "- A0 A1 B0 C0", [(2, 2, "A0 A1 "), (4, 4, " C0")]),
        ("of AB", "of AB0 B", [(5, 5, "0 B")]),
        ("a b", "a b b", [(3, 3, " b")]),
        ("the plam", "the plan", [(7, 8, ""), (8, 8, "n")]),
        ("we plamA", "we planA go", [(6, 7, ""), (7, 7, "n"), (8, 8, " go")]),
        ("ask Fritz", "ask Wil", [(4, 9, "Wil")]),
        ("ask Fritz now", "ask now", [(4, 10, "")]),
        ("one\n- \n- two", "one\n- \n- \n- new\n- two", [(9, 9, "\n- new\n- ")]),
        ("said a D C0", "said a D1  C0\n- D", [(8, 8, "1 "), (11, 11, "\n- D")]),
    ],
    ids=[
        "typed at the end",
        "typed on both sides of a word",
        "one goes on with a word another began in the same place",
        "the last of two like words",
        "a letter taken back for another",
        "a letter taken back where another begins",
        "another word",
        "a word less",
        "among like bullets",
        "a single letter is not taken for the word",
    ],
)
def test_what_was_done_to_a_text_is_told_as_it_is_typed(before: str, after: str, made: list[Stroke]) -> None:
    assert strokes(before, after) == made
