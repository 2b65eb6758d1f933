from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_strategies import lines_of_notes, notes

from dmlt_tui.notes.editing import Change, expand_shorthand, in_code, move, nest, new_line, retype_marker
from dmlt_tui.notes.language import read
from dmlt_tui.notes.plain import plain


def place(text: str) -> tuple[list[str], int, int]:
    """The lines of a text, and where its cursor | stands."""
    before, _cursor, _behind = text.partition("|")
    return text.replace("|", "", 1).split("\n"), before.count("\n"), len(before) - (before.rfind("\n") + 1)


def applied(lines: list[str], change: Change | None) -> list[str]:
    """The lines after a change, made the way a text area makes it."""
    if change is None:
        return lines
    (row, column), (end_row, end_column) = change.start, change.end
    assert 0 <= column <= len(lines[row])
    assert (row, column) <= change.end
    assert end_column <= len(lines[end_row])
    text = lines[row][:column] + change.insert + lines[end_row][end_column:]
    result = [*lines[:row], *text.split("\n"), *lines[end_row + 1 :]]
    assert 0 <= change.cursor[0] < len(result)
    assert 0 <= change.cursor[1] <= len(result[change.cursor[0]])
    return result


def shown(lines: list[str], change: Change | None, cursor: tuple[int, int]) -> str:
    """The text after a change, with its cursor |."""
    result = applied(lines, change)
    row, column = change.cursor if change else cursor
    result = [*result[:row], f"{result[row][:column]}|{result[row][column:]}", *result[row + 1 :]]
    return "\n".join(result)


def enter(text: str) -> str:
    lines, row, column = place(text)
    return shown(lines, new_line(lines, row, column), (row, column))


def tab(text: str, by: int = 1, rows: tuple[int, int] | None = None) -> str:
    lines, row, column = place(text)
    first, last = rows or (row, row)
    return shown(lines, nest(lines, first, last, by, (row, column)), (row, column))


def moved(text: str, by: int) -> str:
    lines, row, column = place(text)
    return shown(lines, move(lines, row, by, column), (row, column))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one|", "- one\n- |"),
        ("* one|", "* one\n* |"),
        ("  - one|", "  - one\n  - |"),
        ("- one| two", "- one\n- |two"),
        ("1. one|", "1. one\n2. |"),
        ("9) one|", "9) one\n10) |"),
        ("- [ ] one|", "- [ ] one\n- [ ] |"),
        ("- [x] one|", "- [x] one\n- [ ] |"),
        ("1. [X] one| two", "1. [X] one\n2. [ ] |two"),
        ("- !! agreed|", "- !! agreed\n- |"),
        ("- ?? open| question", "- ?? open\n- |question"),
        ("- >> parked|", "- >> parked\n- |"),
        ("-   wide|", "-   wide\n-   |"),
        ("- |one", "- \n- |one"),
        ("- [x] |one", "- [ ] \n- [x] |one"),
        ("|- one", "\n|- one"),
        ("  |- one", "\n  |- one"),
        ("- |", "|"),
        ("- [ ] |", "|"),
        ("-|", "|"),
        ("1. a\n2. |", "1. a\n\n|"),
        ("- a\n\n- |", "- a\n\n|"),
        ("- a\n  - |", "- a\n- |"),
        ("- a\n  - [ ] |", "- a\n- [ ] |"),
        ("1. a\n   - |", "1. a\n2. |"),
        ("- a\n  - b\n    - |", "- a\n  - b\n  - |"),
        ("- ??|", "- ??\n- |"),
        ("plain|", "plain\n|"),
        ("pl|ain", "pl\n|ain"),
        ("- a\n  follow-up|", "- a\n  follow-up\n  |"),
        ("  |  in", "  \n  |  in"),
        ("[ ] a|", "[ ] a\n[ ] |"),
        ("[ ] |", "|"),
        ("[ ] a\n[ ] |", "[ ] a\n\n|"),
        ("!! a|", "!! a\n|"),
        ("```\n- a|\n```", "```\n- a\n|\n```"),
        ("```\n  x|", "```\n  x\n  |"),
        ("- ```|", "- ```\n  |"),
        ("```\na\n```\n- b|", "```\na\n```\n- b\n- |"),
        ("---|", "---\n|"),
        ("- - -|", "- - -\n|"),
        ("|", "\n|"),
        ("- Ivezić 👩\u200d💻|", "- Ivezić 👩\u200d💻\n- |"),
    ],
)
def test_enter_goes_on_with_the_list_or_leaves_it(before: str, after: str) -> None:
    assert enter(before) == after


def test_what_is_typed_behind_a_list_that_was_left_belongs_to_none_of_its_items() -> None:
    text = enter(enter("- a|"))
    assert len(read(text.replace("|", "words"))) == 2


def test_enter_on_an_empty_item_goes_out_level_by_level_until_the_list_is_left() -> None:
    text = "- a\n  - b\n    - c|"
    for step in ("    - |", "  - |", "- |", "\n|"):
        text = enter(text)
        assert text == f"- a\n  - b\n    - c\n{step}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- a\n- b|", "- a\n  - b|"),
        ("1. a\n2. b|", "1. a\n   1. b|"),
        ("1. a\n   1. b\n2. c|", "1. a\n   1. b\n   2. c|"),
        ("10. a\n- b|", "10. a\n    - b|"),
        ("- a\n- b|\n  - c\n- d", "- a\n  - b|\n    - c\n- d"),
        ("- a\n  - b\n- c|", "- a\n  - b\n  - c|"),
        ("- a\n\n- b|", "- a\n\n  - b|"),
        ("- a\n- |b\n  more", "- a\n  - |b\n    more"),
        ("- a|", "- a|"),
        ("- a\n  - b|", "- a\n  - b|"),
        ("text\n\n- a|", "text\n\n- a|"),
        ("- a\n\n# Next\n- b|", "- a\n\n# Next\n- b|"),
        ("plain|", "plain|"),
        ("```\n- a\n- b|", "```\n- a\n- b|"),
    ],
)
def test_tab_goes_one_level_below_the_item_before_and_never_deeper(before: str, after: str) -> None:
    assert tab(before) == after
    assert tab(tab(tab(before))) == tab(tab(before))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- a\n  - b|", "- a\n- b|"),
        ("- a\n  - b\n    - c|\n      - d", "- a\n  - b\n  - c|\n    - d"),
        ("1. a\n   1. b|", "1. a\n2. b|"),
        ("- a|", "- a|"),
        ("  - a|", "- a|"),
        ("- a\n  - |b", "- a\n- |b"),
        ("- a\n |  - b", "- a\n|- b"),
    ],
)
def test_shift_tab_goes_one_level_out(before: str, after: str) -> None:
    assert tab(before, -1) == after


def test_tab_takes_all_selected_lines_and_the_children_of_the_last() -> None:
    assert tab("- a\n- b\n- c|\n  - d\n- e", rows=(1, 2)) == "- a\n  - b\n  - c|\n    - d\n- e"
    assert tab("- a\n  - b\n  - c|\n    - d\n- e", -1, rows=(1, 2)) == "- a\n- b\n- c|\n  - d\n- e"


@pytest.mark.parametrize(
    ("before", "by", "after"),
    [
        ("- a\n- b|", -1, "- b|\n- a"),
        ("- a|\n- b", 1, "- b\n- a|"),
        ("- a\n  - a1\n- b|\n  - b1\n- c", -1, "- b|\n  - b1\n- a\n  - a1\n- c"),
        ("- a|\n  - a1\n- b\n  - b1", 1, "- b\n  - b1\n- a|\n  - a1"),
        ("1. a|\n2. b", 1, "1. b\n2. a|"),
        ("9. a|\n   - x\n10. b\n    - y", 1, "9. b\n   - y\n10. a|\n    - x"),
        ("- a\n\n- b|", -1, "- b|\n\n- a"),
        ("- a\n  more\n- b|", -1, "- b|\n- a\n  more"),
        ("- a\n  - b|", -1, "- a\n  - b|"),
        ("- a\n  - b|\n- c", 1, "- a\n  - b|\n- c"),
        ("- a|", -1, "- a|"),
        ("one\ntwo|", -1, "two|\none"),
        ("one|\n\ntwo", 1, "one|\n\ntwo"),
        ("one\n- a|", -1, "one\n- a|"),
    ],
)
def test_an_item_moves_among_its_siblings_with_all_that_is_its_own(before: str, by: int, after: str) -> None:
    assert moved(before, by) == after


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("[] ", "- [ ] "),
        ("- [] ", "- [ ] "),
        ("  * [] ", "  * [ ] "),
        ("1. [] ", "1. [ ] "),
        ("[ ] ", "- [ ] "),
        ("[x] ", "- [x] "),
        ("!! ", "- !! "),
        ("  ?? ", "  - ?? "),
        (">> ", "- >> "),
        ("!- ", "- !- "),
        ("- [ ] !! ", "- !! "),
        ("  - [ ] [] ", "  - [ ] "),
        ("2. [ ] [x] ", "2. [x] "),
        ("[ ] ?? ", "- ?? "),
    ],
)
def test_a_mark_typed_at_the_start_of_a_line_makes_an_item(typed: str, becomes: str) -> None:
    change = expand_shorthand(f"{typed}rest", 3, len(typed))
    assert change == Change((3, 0), (3, len(typed)), becomes, (3, len(becomes)))


@pytest.mark.parametrize("typed", ["- !! ", "- [ ] ", "a [] ", "[]", "!!! ", "> ", "x", "", "- ", "[y] "])
def test_nothing_else_that_is_typed_is_touched(typed: str) -> None:
    assert expand_shorthand(typed, 0, len(typed)) is None


@pytest.mark.parametrize(
    ("made", "keys", "typed", "pasted"),
    [
        ("- ", "- ", "- ", "- "),
        ("- ", "* ", "* ", "* "),
        ("  - ", "- ", "  - ", "- "),
        ("- ", "  - ", "- ", "  - "),
        ("  - ", "    - ", "  - ", "    - "),
        ("-   ", "- ", "- ", "- "),
        ("- [ ] ", "- ", "- ", "- "),
        ("2. ", "2. ", "2. ", "2. "),
        ("- ", "2020. ", None, "2020. "),
        ("- ", "a - ", None, None),
        ("- ", "", None, None),
        ("- ", "[x] - ", None, None),
    ],
)
def test_a_bullet_typed_behind_the_one_enter_made_takes_its_place(
    made: str, keys: str, typed: str | None, pasted: str | None
) -> None:
    line = made + keys
    for is_pasted, becomes in ((False, typed), (True, pasted)):
        change = retype_marker(line, 3, len(line), made, pasted=is_pasted)
        assert change == (becomes and Change((3, 0), (3, len(line)), becomes, (3, len(becomes))))


def test_code_is_known_by_its_fences() -> None:
    lines = ["a", "```", "[] x", "```", "b"]
    assert [in_code(lines, row) for row in range(5)] == [False, True, True, True, False]


def words_of_line(lines: list[str]) -> list[str]:
    """The letters and marks of lines that Enter neither loses nor makes; it makes bullets, numbers and open boxes."""
    return re.findall(r"[^\W\dxX]|[!?>@`|#]", "".join(lines))


# -- what holds for any note ----------------------------------------------------------------------------------------


@settings(max_examples=500, deadline=None)
@given(st.data(), lines_of_notes | notes.map(lambda text: text.split("\n")))
def test_enter_keeps_all_other_lines_and_all_words(data: st.DataObject, lines: list[str]) -> None:
    row = data.draw(st.integers(0, len(lines) - 1))
    column = data.draw(st.integers(0, len(lines[row])))
    change = new_line(lines, row, column)
    result = applied(lines, change)
    assert result[:row] == lines[:row]
    behind = lines[row + 1 :]
    assert result[len(result) - len(behind) :] == behind
    assert words_of_line(result[row : len(result) - len(behind)]) == words_of_line([lines[row]])


@settings(max_examples=500, deadline=None)
@given(st.data(), lines_of_notes | notes.map(lambda text: text.split("\n")), st.sampled_from([1, -1]))
def test_tab_changes_only_blanks_and_numbers_and_only_of_its_lines(
    data: st.DataObject, lines: list[str], by: int
) -> None:
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, len(lines) - 1))
    cursor = (last, data.draw(st.integers(0, len(lines[last]))))
    result = applied(lines, nest(lines, first, last, by, cursor))
    assert result[:first] == lines[:first]
    assert [line.lstrip(" \t0123456789") for line in result] == [line.lstrip(" \t0123456789") for line in lines]


@settings(max_examples=500, deadline=None)
@given(st.data(), lines_of_notes | notes.map(lambda text: text.split("\n")), st.sampled_from([1, -1]))
def test_moving_keeps_every_line(data: st.DataObject, lines: list[str], by: int) -> None:
    row = data.draw(st.integers(0, len(lines) - 1))
    result = applied(lines, move(lines, row, by))
    stripped = [sorted(line.lstrip(" \t0123456789") for line in text) for text in (lines, result)]
    assert stripped[0] == stripped[1]


@st.composite
def outlines(draw: st.DrawFn) -> list[str]:
    """A well-formed list: each item at most one level deeper than the one before."""
    lines: list[str] = []
    depth = -1
    for _ in range(draw(st.integers(1, 10))):
        depth = draw(st.integers(0, depth + 1))
        lines.append("  " * depth + draw(st.sampled_from(["- one", "- two words", "- [ ] @a three"])))
    return lines


@settings(max_examples=300, deadline=None)
@given(st.data(), outlines())
def test_moving_an_item_there_and_back_changes_nothing(data: st.DataObject, lines: list[str]) -> None:
    row = data.draw(st.integers(0, len(lines) - 1))
    change = move(lines, row, 1)
    if change:
        result = applied(lines, change)
        assert applied(result, move(result, change.cursor[0], -1)) == lines


@settings(max_examples=300, deadline=None)
@given(st.data(), outlines())
def test_an_item_goes_in_by_one_level_and_out_again(data: st.DataObject, lines: list[str]) -> None:
    row = data.draw(st.integers(0, len(lines) - 1))
    change = nest(lines, row, row, 1, (row, 0))
    if change:
        result = applied(lines, change)
        assert len(result[row]) == len(lines[row]) + 2
        assert sorted(plain(read("\n".join(result))).split("\n")) == sorted(plain(read("\n".join(lines))).split("\n"))
        assert applied(result, nest(result, row, row, -1, (row, 0))) == lines
