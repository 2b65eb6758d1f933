from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmlt_tui.notes.lines import clashes, merge_text

texts = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True).map("\n".join)
prose = st.lists(st.text("ab -", max_size=5), max_size=5).map("\n".join)


@given(prose, prose)
def test_what_one_side_alone_made_of_a_text_is_what_comes_out(base: str, side: str) -> None:
    assert merge_text(base, base, side) == side
    assert merge_text(base, side, base) == side
    assert merge_text(base, side, side) == side


@settings(max_examples=400)
@given(texts, texts, texts)
def test_every_line_either_side_added_is_there_and_every_line_both_kept(base: str, mine: str, theirs: str) -> None:
    before, ours, others = (set(text.split("\n")) - {""} for text in (base, mine, theirs))
    merged = set(merge_text(base, mine, theirs).split("\n"))
    assert (ours | others) - before <= merged
    assert ours & others & before <= merged
    assert merged <= ours | others | {""}


@settings(max_examples=400)
@given(prose, prose, prose)
def test_both_ways_round_the_same_lines_come_out(base: str, mine: str, theirs: str) -> None:
    one, other = merge_text(base, mine, theirs), merge_text(base, theirs, mine)
    assert Counter(one.split("\n")) == Counter(other.split("\n"))


@given(st.lists(st.integers(0, 99), unique=True, max_size=8), st.data())
def test_nothing_is_doubled_when_each_side_adds_and_deletes_lines_of_its_own(
    lines: list[int], data: st.DataObject
) -> None:
    def edited(name: str) -> list[str]:
        kept = [str(line) for line in lines if data.draw(st.booleans())]
        place = data.draw(st.integers(0, len(kept)))
        return [*kept[:place], f"{name}A", f"{name}B", *kept[place:]]

    mine, theirs = edited("m"), edited("t")
    merged = merge_text("\n".join(map(str, lines)), "\n".join(mine), "\n".join(theirs)).split("\n")
    assert sorted(merged) == sorted({"mA", "mB", "tA", "tB"} | (set(mine) & set(theirs)))
    assert [line for line in merged if line in mine] == [line for line in mine if line in merged]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ("a", "a\nm", "a\nt", "a\nt\nm"),
        ("", "m", "t", "t\nm"),
        ("a\nb", "A\nb", "a\nB", "A\nB"),
        ("a\nb\nc", "a\nc", "a\nB\nc", "a\nB\nc"),
        ("a\nb\nc", "a\nB\nc", "a\nc", "a\nB\nc"),
        ("a\nb", "b", "a", ""),
        ("a", "a\n- x\n- y", "a\n- x", "a\n- x\n- y"),
        ("a\nz", "a\n\nm\n\nz", "a\n\nt\n\nz", "a\n\nt\nm\n\nz"),
        ("- [ ] ask Fritz", "- [x] ask Fritz", "- [ ] ask Fritz due:2020-07-06", "- [x] ask Fritz due:2020-07-06"),
        ("- ask Fritz", "- ask Wil", "- ask Hans", "- ask Hans\n- ask Wil"),
        ("- ask Fritz", "- ask Wil", "- ask Fritzi", "- ask Fritzi\n- ask Wil"),
        ("- ask Fritz", "- ask Wil", "- ask Fritz and John", "- ask Wil and John"),
        ("- ask Fritz", "- ask Wil", "- ask Fritz\n- ask John", "- ask Wil\n- ask John"),
        ("- ask Fritz", "- ask Wil", "- ask old Fritz", "- ask old Wil"),
        ("- ask Fritz", "- ask Wil", "- ask old Wil", "- ask old Wil"),
        ("- ask Fritz", "- ask Fritz and John", "- ask Wil and John", "- ask Wil and John"),
        ("- ask Fritz", "- ask old Fritz", "- ask old Wil", "- ask old Wil"),
        ("- A oops", "- A A1 ", "- A oops B ", "- A A1  B "),
        ("ship it", "ship it Monday", "ship it today", "ship it Monday today"),
        ("- said: ", "- said: Anna", "- said: Bob", "- said: Anna Bob"),
        ("- said: B", "- said: Bob", "- said: AnnaB", "- said: AnnaBob"),
        ("- said: Bo", "- said: Bob", "- said: Bo Anna", "- said: Bob Anna"),
        ("- said: Bobb", "- said: Bob", "- said: Bobb Anna", "- said: Bob Anna"),
        ("- Bo", "- Bob", "- Boris", "- Bob Boris"),
        ("word", "words", "word", "words"),
        ("a b c", "a\nnew b c", "a b c d", "a\nnew b c d"),
        ("a b", "a bear", "a\nnew b", "a\nnew bear"),
        ("a b", "a bear", "a new b", "a new bear"),
        ("a b\nc", "a bc", "A b\nc", "A bc"),
        ("was it", "was it ", "was it new ", "was it  new "),
        ("was it ", "was it A ", "was it B C", "was it A  B C"),
        ("was it x", "was it xa", "was it xb done", "was it xa xb done"),
        ("was new here", "was\nmine new here", "was new here\ntheirs", "was\nmine new here\ntheirs"),
        ("a b c", "a\nm b c", "a b t c", "a\nm b t c"),
        ("a b c", "a b m c", "a\nt b c\nt", "a\nt b m c\nt"),
        ("a:", "a: m\nmm", "a: t\ntt", "a: m t\nmm\ntt"),
        ("- B1", "- B1q", "- B1\n- A1 q", "- B1q\n- A1 q"),
        ("- Bx", "- Bo", "- Bx Anna", "- Bo Anna"),
        ("- ask Fritz", "- ask Fred", "- ask Fritz and John", "- ask Fred and John"),
        ("- an AB", "- an AnnaB", "- an ABob", "- an AnnaBob"),
        ("- a B\n- ", "- a B2\n- ", "- a\n- \n- new B\n- T", "- a\n- \n- new B2\n- T"),
        ("- a\n- ", "- a m\n- ", "- a\n\nt", "- a m\n\nt"),
        ("a\nb\n\nc\nd", "A\nb\n\nc m\nd", "a\nb\n\nc\nt d", "A\nb\n\nc m\nt d"),
        ("d", "a\nc\nb", "c\nd", "a\nc\nb"),
    ],
    ids=[
        "both add at the end",
        "both begin",
        "neighbouring lines",
        "mine deletes what theirs changes",
        "mine changes what theirs deletes",
        "each deletes one",
        "theirs is a part of what mine typed",
        "blank lines around both",
        "other words of one line",
        "the same words of one line",
        "one puts another word where the other goes on with it",
        "one puts another word where the other types on behind it",
        "one puts another word where the other begins a line behind it",
        "one puts another word where the other types one before it",
        "one put the other's word there and types before it",
        "what was typed behind a word that is another now comes again",
        "what was typed before a word that is another now comes again",
        "one takes a word back and goes on, the other behind it",
        "both at the end of one line",
        "both begin a word at one place",
        "one before a word, one after it",
        "one goes on with a word, one adds another behind it",
        "one takes a letter back where the other goes on",
        "both go on with one word",
        "one letter",
        "a line split where the other goes on with it",
        "a line split before the word the other is typing",
        "a word put in before the one the other is typing",
        "lines joined",
        "both begin with a blank",
        "one with a blank behind, to go on",
        "both go on with one word and others",
        "a line split, another begun behind it",
        "a line split, a word put in behind",
        "a word put in, a line split around it",
        "both go on with a line and begin others",
        "one goes on with a word, one ends a line begun behind it alike",
        "a letter taken back where the other goes on behind it",
        "a word corrected from within where the other goes on behind it",
        "two words begun in one place and gone on with",
        "a word gone on with in a line split twice",
        "a line gone on with before a bullet that is taken away",
        "far apart each on its own",
        "a line both put before one that mine replaces",
    ],
)
def test_two_texts_are_brought_together(base: str, mine: str, theirs: str, merged: str) -> None:
    assert merge_text(base, mine, theirs) == merged


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "said"),
    [
        ("- ask Fritz", "- ask Wil", "- ask Hans", True),
        ("- ask Fritz", "- ask Wil", "- ask Fritz and John", False),
        ("- Bo", "- Bob", "- Boris", True),
        ("- Bo", "- Bob", "- Bob Marley", False),
        ("- said:", "- said: Anna", "- said: Bob", False),
        ("a\nb", "A\nb", "a\nB", False),
    ],
)
def test_what_is_kept_twice_is_to_be_said(base: str, mine: str, theirs: str, said: bool) -> None:
    assert clashes(base, mine, theirs) is said
