"""Wiki markup: rows that hold together whatever is in them, and text that stays text."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.meeting.model import Account, Day, Item, Logistics, Meeting, Notebook, Notice, Person, Session
from dmlt_tui.page.compose import Part, Scope, compose, notes_page
from dmlt_tui.page.formats import WRITERS

PEOPLE = (
    Person(id="name", name="By Name", account=Account(username="by.name")),
    Person(id="odd", name="Odd", account=Account(username="a]|{b}")),
    Person(id="key", name="By [Key]", account=Account(userkey="8a7f01")),
)


def wiki(note: str) -> str:
    return WRITERS["wiki"](notes_page(note, PEOPLE)).rstrip("\n")


def agenda(preparation: str, notes: str) -> str:
    item = Item(id="i", title="Topic", preparation=preparation, notes=notes)
    session = Session(id="s", start=time(9), items=(item,))
    meeting = Meeting(id="m", title="M", days=(Day(id="d", date=date(2020, 5, 12), sessions=(session,)),))
    return WRITERS["wiki"](compose(Notebook(people=PEOPLE, meetings=(meeting,)), meeting, Scope(Part.DAY, "d")))


def test_people_are_mentioned_only_by_a_user_name_that_a_link_can_hold() -> None:
    assert wiki("@name, @odd, @key, @nobody") == r"[~by.name], Odd, By \[Key\], @nobody"


def test_actions_are_bullets_with_a_box_their_owner_and_their_date() -> None:
    assert wiki("- [ ] @name look into it due:2020-07-06\n  - [x] this too") == (
        "* ☐ [~by.name] look into it 06 Jul 2020\n** ☑ this too"
    )


def test_marked_lines_say_what_they_are() -> None:
    assert wiki("- !! agreed\n- ?? what next") == "* *Decision:* agreed\n* *Question:* what next"


def test_a_row_starts_its_lists_at_the_bar_and_holds_no_empty_line() -> None:
    assert agenda("- a\n  - b\n\n- c", "before\n\n- one\n\nafter\n\n```\nx\n\ny\n```\n").endswith(
        "|09:00|Topic| |* a\n** b\n* c|before\n* one\n* after\n* {{{}x{}}}\\\\ \\\\ {{y}}|\n"
    )


def test_full_width_rows_are_filled_up_with_blank_cells() -> None:
    assert "\n||Moderator: not yet named|| || || || ||\n" in agenda("", "")


def test_blocks_of_a_page_keep_their_own_markup() -> None:
    note = (
        "# Title\n\n> quoted\n\n---\n\n1. one\n   - two\n\n| a | b |\n|---|---|\n| 1 |  |\n\n```\n{x} | y\n\n*z*\n```"
    )
    assert wiki(note) == (
        "h1. Title\n\n{quote}\nquoted\n{quote}\n\n----\n\n# one\n#* two\n\n||a||b||\n|1| |\n\n"
        "{noformat}\n{x} | y\n\n*z*\n{noformat}"
    )


def test_code_that_would_end_its_own_macro_is_said_in_lines() -> None:
    assert wiki("```\n{noformat}\nb\n```") == r"{{{}\{noformat\}{}}}\\ {{b}}"


def test_the_title_of_a_panel_cannot_end_it() -> None:
    meeting = Meeting(id="m", title="M", logistics=Logistics(notice=Notice(title="a}{b|c=d", text="x")))
    assert "{panel:title=a  b c d}\nx\n{panel}" in WRITERS["wiki"](compose(Notebook(meetings=(meeting,)), meeting))


@pytest.mark.parametrize(
    ("note", "markup"),
    [
        ("a-b snake_case C++ 2*3", r"a-b snake_case C\+\+ 2*3"),
        ("-5 or - well -- done", r"\-5 or \- well \-\- done"),
        ("h1. no", "h1&#46; no"),
        ("\\# no #1", r"\# no #1"),
        ("C:\\path \\\\server", "C:&#92;path &#92;server"),
        ("&copy; AT&T & x", "&#38;copy; AT&T & x"),
        ("fine :) :D (y) (yes)", r"fine :\) &#58;D \(y) (yes)"),
        ("a**b**c *d* (**e**)", "a{*}b{*}c _d_ (*e*)"),
        ("***both*** ~~*x*~~", "*_both_* -_x_-"),
        ("**a-b**c*d_e*f", "{*}a-b{*}c{_}d&#95;e{_}f"),
        ("[a|b](https://e.org/c_d?e=[1]|f)", "[a/b|https://e.org/c_d?e=%5B1%5D%7Cf]"),
        ("https://e.org/a-b.", "[https://e.org/a-b]."),
        ("https://e.org/~me", r"[https://e.org/\~me|https://e.org/~me]"),
        ("[x](javascript:alert(1))", r"\[x\](javascript:alert(1))"),
        ("mailto:a@e.org irc://e.org", "mailto&#58;a@e.org irc&#58;//e.org"),
        ("@x.dmailto:] https://e.org/[ ]", r"@x.dmailto&#58;\] [https://e.org/]\[ \]"),
        ("wow! !x.png!", r"wow! \!x.png\!"),
        ("a\u2028b\x85c\td", "a b c d"),
    ],
)
def test_signs_of_the_markup_are_said_so_that_they_show(note: str, markup: str) -> None:
    assert wiki(note) == markup


@given(st.text(max_size=60), st.text(alphabet="|*-#\\{}[] ab\n", max_size=40))
def test_whatever_is_typed_a_row_stays_one_row(preparation: str, notes: str) -> None:
    heading, table = agenda(preparation, notes).rstrip("\n").split("\n\n")
    assert heading == "h2. Day 1: 2020-05-12"
    lines = table.split("\n")
    assert [number for number, line in enumerate(lines) if line.startswith("|")] == [0, 1, 2]
    assert [number for number, line in enumerate(lines) if line.endswith("|")] == [0, 1, len(lines) - 1]
    row = re.sub(r"\\.|\[[^\]]*\]", "", "\n".join(lines[2:]))
    assert row.count("|") == 6


def test_between_phrase_marks_signs_of_the_markup_are_entities_as_backslashes_are_lost_there() -> None:
    assert wiki("**a { b [c] d**") == "*a &#123; b &#91;c&#93; d*"


def test_struck_out_words_of_a_header_cell_are_bold_inside_as_the_editors_parser_takes_no_other_order() -> None:
    assert wiki("| a ~~b~~ | *~~c~~* |\n|---|---|\n| ~~d~~ | e |") == "||a -*b*-||-*_c_*-||\n|-d-|e|"


def test_a_list_that_counts_from_elsewhere_keeps_its_numbers_as_words() -> None:
    assert wiki("3. three\n4. [ ] four\n   - below") == "* 3. three\n* 4. ☐ four\n** below"
    assert wiki("1. one\n2. two") == "# one\n# two"


def test_a_paragraph_behind_the_list_of_an_item_stands_below_that_item() -> None:
    assert wiki("1. one\n   - two\n\n   behind\n2. next") == "# one\n#* two\n** behind\n# next"


def test_marks_inside_a_word_are_left_out_around_a_link_whose_words_hold_their_sign() -> None:
    assert wiki("a**[b\\*c](https://e.org/x)**d") == "a[b*c|https://e.org/x]d"
