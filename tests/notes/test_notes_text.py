from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.notes.text import clean, clean_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain\twith tab\nand line", "plain\twith tab\nand line"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\u2029three\x85four", "one\ntwo\nthree\nfour"),
        ("\x1b[31mred", "\u241b[31mred"),
        ("nul\x00 del\x7f bell\x07", "nul\u2400 del\u2421 bell\u2407"),
        ("csi \x9b2J", "csi ⟨U+009B⟩2J"),
        ("abc\u202edef\u202c", "abc⟨U+202E⟩def⟨U+202C⟩"),
        ("isolate \u2066x\u2069", "isolate ⟨U+2066⟩x⟨U+2069⟩"),
        ("\ufeffstart", "start"),
        ("mid\ufeffdle", "mid⟨U+FEFF⟩dle"),
        ("half \ud83d pair", "half ⟨U+D83D⟩ pair"),
        ("family 👩\u200d💻 and é, Ivezić", "family 👩\u200d💻 and é, Ivezić"),
    ],
)
def test_what_could_fool_a_reader_shows(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(st.characters()) | st.text("\r\n\x85\u2028\x1b\u202e\ufeff\ud800a"))
def test_any_text_comes_out_clean_and_cleaning_it_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode()
    assert not any(ord(sign) < 0x20 and sign not in "\t\n" for sign in once)
    assert not set(once) & set("\x7f\x85\x9b\u2028\u2029\u202a\u202e\u2066\u2069\ufeff")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))))
def test_text_with_nothing_to_clean_is_the_same_text(text: str) -> None:
    assert clean(text) is text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("fmu\u200beller", "fmu⟨U+200B⟩eller"),
        ("Ann\u200d", "Ann⟨U+200D⟩"),
        ("\u200eAnn\u061c", "⟨U+200E⟩Ann⟨U+061C⟩"),
        ("so\u00adft", "so⟨U+00AD⟩ft"),
        ("A\ufe0fnn\U000e0041", "A⟨U+FE0F⟩nn⟨U+E0041⟩"),
        ("\u3164", "⟨U+3164⟩"),
        ("\u202eAnn", "⟨U+202E⟩Ann"),
        ("👩\u200d💻 ❤\ufe0f 1\ufe0f\u20e3 🏴\U000e0067\U000e0062\U000e007f", None),
        ("👍🏽 é Ivezić 이름 می\u200cخواهم क्\u200dष", None),
    ],
)
def test_nothing_hides_in_a_name(typed: str, kept: str | None) -> None:
    assert clean_name(typed) == (typed if kept is None else kept)


@given(st.text(st.characters()) | st.text("a1⟩\u200b\u200c\u200d\ufe0f👩م\U000e0067"))
def test_a_name_cleaned_again_stays_the_same(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
