"""The shortest way from what a terminal shows to what it should show."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import ColorSystem
from rich.segment import ControlType, Segment
from rich.style import Style
from support.painted import grid
from textual.strip import Strip

from dmlt_tui.tui.shadow import DEFAULT, Doubt, Pen, Shadow, cells_of, turn

SIZE = WIDTH, HEIGHT = (16, 2)
COLORS = ColorSystem.EIGHT_BIT
PLAIN, RED = Style(), Style(color="red", bgcolor="blue")
# The last two take more cells of pyte's screen than Textual reckons, as happens with real terminals.
CLUSTERS = ("a", "b", " ", "é", "▌", "漢", "한", "e\u0301", "🎉", "\u05d0", "👍🏽", "\U00018cd6")
STYLES = (PLAIN, RED, Style(bold=True), Style(color="green", reverse=True), Style(underline=True, bgcolor="blue"))


def strip_of(*parts: tuple[str, Style]) -> Strip:
    return Strip([Segment(text, style) for text, style in parts])


@st.composite
def pieces(draw: st.DrawFn) -> list[tuple[int, int, int, Strip]]:
    """All pieces of one line, between borders that need not be those of the time before."""
    borders = [0, *sorted(draw(st.sets(st.integers(1, WIDTH - 1), max_size=2))), WIDTH]
    line = draw(st.integers(0, HEIGHT - 1))
    found = []
    for start, end in pairwise(borders):
        parts, left = [], end - start
        while left:
            text = draw(st.sampled_from(CLUSTERS))
            text = text if cell_len(text) <= left else " "
            parts.append((text, draw(st.sampled_from(STYLES))))
            left -= cell_len(text)
        found.append((line, start, end, strip_of(*parts)))
    return found


def from_nothing(lines: dict[int, list[tuple[int, int, int, Strip]]]) -> str:
    sgr = {style: turn(DEFAULT, pen) for style in STYLES for pen in cells_of(strip_of(("x", style)), COLORS).pens}
    return "".join(
        f"\x1b[{y + 1};{x + 1}H" + "".join(f"{sgr[part.style or PLAIN]}{part.text}\x1b[m" for part in strip)
        for line in lines.values()
        for y, x, _, strip in line
    )


@given(st.lists(pieces(), min_size=1, max_size=8))
def test_whatever_is_painted_the_terminal_shows_as_if_it_had_been_blank(
    updates: list[list[tuple[int, int, int, Strip]]],
) -> None:
    shadow, sent, lines = Shadow(*SIZE), "", {}
    for update in updates:
        sent += shadow.changes(iter(update), (0, 0), COLORS)
        lines[update[0][0]] = update
        assert grid(sent, SIZE) == grid(from_nothing(lines), SIZE)


def test_what_is_shown_already_is_not_sent_again() -> None:
    shadow = Shadow(*SIZE)
    assert shadow.changes(iter([(0, 0, 3, strip_of(("abc", RED)))]), (0, 0), COLORS)
    assert shadow.changes(iter([(0, 0, 3, strip_of(("ab", RED), ("c", RED)))]), (0, 0), COLORS) == ""


def test_a_letter_is_sent_with_its_place_its_pen_and_nothing_else() -> None:
    shadow = Shadow(*SIZE)
    shadow.changes(iter([(1, 0, 5, strip_of(("abcde", PLAIN)))]), (0, 0), COLORS)
    assert shadow.changes(iter([(1, 0, 5, strip_of(("abXde", PLAIN)))]), (3, 1), COLORS) == "\x1b[2;3HX"


def test_letters_typed_one_after_the_other_need_no_place_as_the_cursor_is_there() -> None:
    shadow = Shadow(*SIZE)
    shadow.changes(iter([(1, 0, 5, strip_of(("a    ", PLAIN)))]), (1, 1), COLORS)
    assert shadow.changes(iter([(1, 0, 5, strip_of(("ab   ", PLAIN)))]), (2, 1), COLORS) == "b"
    assert shadow.changes(iter([(1, 0, 5, strip_of(("abc  ", PLAIN)))]), (3, 1), COLORS) == "c"


def test_a_wide_character_is_sent_whole_and_wiped_whole() -> None:
    shadow = Shadow(*SIZE)
    shadow.changes(iter([(0, 0, 5, strip_of(("a漢bc", PLAIN)))]), (0, 0), COLORS)
    assert shadow.changes(iter([(0, 0, 5, strip_of(("ab字c", PLAIN)))]), (4, 0), COLORS) == "\x1b[Cb字"
    assert shadow.changes(iter([(0, 0, 5, strip_of(("ab  c", PLAIN)))]), (4, 0), COLORS) == "\x1b[2D  "


def test_text_of_unknown_width_is_sent_with_all_that_stands_beside_it() -> None:
    shadow, beside = Shadow(*SIZE), (0, 6, 8, strip_of(("||", RED)))
    shadow.changes(iter([(0, 0, 6, strip_of(("ab👩\u200d👧cd", PLAIN))), beside]), (0, 0), COLORS)
    sent = shadow.changes(iter([(0, 0, 6, strip_of(("ab👩\u200d👧cX", PLAIN)))]), (0, 0), COLORS)
    assert sent == "ab👩\u200d👧cX\x1b[1;7H\x1b[31;44m||\x1b[m\x1b[8D"


def test_no_control_character_gets_through() -> None:
    sent = Shadow(*SIZE).changes(iter([(0, 0, 4, strip_of(("\x1b]a\x07\x9bb\x00c", PLAIN)))]), (4, 0), COLORS)
    assert sent == "\x1b[1;1H]abc"


def test_a_link_is_opened_and_closed() -> None:
    linked = Style(link="https://example.org")
    sent = Shadow(*SIZE).changes(iter([(0, 0, 2, strip_of(("a", linked), ("b", PLAIN)))]), (2, 0), COLORS)
    assert sent == f"\x1b[1;1H\x1b]8;id={linked.link_id};https://example.org\x1b\\a\x1b]8;;\x1b\\b"


@pytest.mark.parametrize(
    "piece",
    [
        (0, 0, 3, strip_of(("ab", PLAIN))),
        (0, WIDTH - 1, WIDTH + 1, strip_of(("ab", PLAIN))),
        (HEIGHT, 0, 2, strip_of(("ab", PLAIN))),
        (0, 0, 2, Strip([Segment("ab", None, [(ControlType.BELL,)])])),
    ],
    ids=["shorter than its place", "beyond the last column", "below the last line", "a control code"],
)
def test_what_is_not_understood_is_doubted(piece: tuple[int, int, int, Strip]) -> None:
    with pytest.raises(Doubt):
        Shadow(*SIZE).changes(iter([piece]), (0, 0), COLORS)


_PENS = st.builds(
    Pen,
    st.frozensets(st.sampled_from(["1", "3", "4", "7", "9"])),
    st.sampled_from(["39", "31", "38;5;200"]),
    st.sampled_from(["49", "44", "48;5;17"]),
    st.just(""),
)


@given(_PENS, _PENS)
def test_a_turn_from_pen_to_pen_ends_where_a_fresh_start_would(old: Pen, new: Pen) -> None:
    direct = grid(turn(DEFAULT, old) + "x" + turn(old, new) + "y", (2, 1))[0][1]
    assert direct == grid("x" + turn(DEFAULT, new) + "y", (2, 1))[0][1]


def test_a_piece_that_begins_with_an_accent_leaves_the_cell_before_it_alone() -> None:
    screen = Shadow(*SIZE)
    blank, field = strip_of((" ", PLAIN)), strip_of(("\u0301bc", PLAIN))  # as when a long line is cut within a letter
    sent = screen.changes(iter([(0, 0, 1, blank), (0, 1, 3, field)]), (0, 0), COLORS)
    assert grid(sent, SIZE)[0][:3] == grid(" bc", SIZE)[0][:3]
