"""Markdown: notes come out as they would be typed, and are read as the same notes again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec import Struct
from page_judge import find_judge, sample_notebook
from test_page_storage import FRAGMENTS

from dmlt_tui.notes.language import read
from dmlt_tui.notes.plain import plain
from dmlt_tui.notes.tree import Block, BulletList, Emphasis, Link, ListItem, Mention, Paragraph, Strong, Text
from dmlt_tui.page.compose import Part, Scope, compose
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.page.typed import line_text, note_text

SIGNS = st.sampled_from(
    ["| a | b |\n|---|---|\n| x\\|y | z |\n", "> ", "\\*", "(", ")", "]", "[", "!", "@a-b.", "__", "&lt;", "1) ", "+ "]
)
NOTES = st.lists(
    st.one_of(FRAGMENTS, SIGNS, st.text(alphabet="ab *_`[]()<>!#-+.|~@\\\n:&=>", max_size=8)), max_size=10
).map("".join)


def shape(value: Any) -> Any:
    """A tree without the lines its items stand at."""
    if isinstance(value, tuple):
        return tuple(map(shape, value))
    if not isinstance(value, Struct):
        return value
    named = {name: shape(getattr(value, name)) for name in value.__struct_fields__}
    return type(value).__name__, {name: found for name, found in named.items() if name not in ("line", "task")}


def test_every_note_of_the_sample_comes_out_as_it_was_typed() -> None:
    for meeting in sample_notebook().meetings:
        for item in meeting.items:
            for note in (item.notes, item.preparation):
                assert note_text(read(note)) == note


def test_awkward_notes_are_read_as_the_same_again() -> None:
    for note in find_judge().notes():
        if note["name"] not in ("xml_link", "tab"):  # a link no page may lead to; a tab is a blank
            blocks = read(note["markdown"])
            assert shape(read(note_text(blocks))) == shape(blocks), note["name"]


@given(NOTES)
def test_whatever_is_typed_no_word_is_lost_or_added(note: str) -> None:
    blocks = read(note)
    again = read(note_text(blocks))
    assert "".join(plain(again).split()) == "".join(plain(blocks).split())


SLIDES = "https://files.example.org/2020-05/200512_Timeseries_Interfaces.pdf"
LITERAL = (
    "*a*  _b_  `c`  [d](e)  <b>  &lt;  @x  due:2020-01-01  # h  - i  1. n  > q  !! d  [ ] t  ~~s~~  ---  ===  |---|"
)
LITERAL += "  https://e.org  www.e.org  ![i](j)  a\\  \\*  [x]: y  ```  + x"


@pytest.mark.parametrize("text", LITERAL.split("  "))
def test_text_stays_text_for_githubs_reader_and_for_ours(text: str) -> None:
    typed = note_text([Paragraph((Text(text),))])
    assert read(typed) == (Paragraph((Text(text),)),)
    seen = MarkdownIt("gfm-like", {"linkify": False}).render(typed)
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert seen == f"<p>{shown}</p>\n"


def test_marks_are_left_out_where_markdown_would_not_see_them() -> None:
    assert line_text((Text("a"), Strong((Text("(b)"),)), Text("c"))) == "a(b)c"
    assert line_text((Strong((Emphasis((Text("x"),)),)),)) == "**_x_**"
    assert line_text((Mention("x"), Text("y"))) == "@x y"


def test_the_agenda_is_a_heading_for_each_session_and_item() -> None:
    notebook = sample_notebook()
    meeting = notebook.meetings[-1]
    lines = WRITERS["markdown"](compose(notebook, meeting, Scope(Part.DAY, meeting.days[0].id))).splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        f"# {meeting.title}",
        "### Day 1: 2020-05-12",
        "#### Moderator: @lguy",
        "##### 09:00 Welcome",
        "##### 09:10 Project news",
        "##### 09:30 Middleware status update",
        "##### 10:30 Break",
        "#### Moderator: @womullane",
        "##### 11:00 Calibration products",
        f"##### 11:15 Plans for IVOA and Python interfaces to time series data. ([archived slides]({SLIDES}))",
        "##### 12:30 Break",
        "#### Moderator: @womullane",
        "##### 13:00 Rebaselining & project schedule",
        "##### 14:30 (at latest) Close",
    ]
    assert "**Coordinator:** @tjenness / @rgruendl" in lines


def test_tables_of_one_line_cells_are_tables() -> None:
    notebook = sample_notebook()
    text = WRITERS["markdown"](compose(notebook, notebook.meetings[-1]))
    assert "| File | Modified |\n| --- | --- |\n| 2020-05-12 — DMLT — Calibration Products.pdf | May 09, 2020" in text
    assert "| Description | Due date | Assignee | Task appears on |" in text


def test_an_image_inside_a_link_keeps_both_addresses() -> None:
    badge = "[![build](https://e.org/b.svg) of main](https://e.org/ci)"
    assert note_text(read(badge)) == badge


@pytest.mark.parametrize(
    ("block", "typed"),
    [
        (Paragraph((Text("wow!"), Link((Text("x"),), "https://e.org"))), r"wow\![x](https://e.org)"),
        (Paragraph((Text("a"), Strong((Text(" "),)), Text("b"))), "a b"),
        (Paragraph((Link((Text("x"),), "https://e.org/a\tb"),)), "[x](<https://e.org/a%09b>)"),
        (Paragraph((Text("see "), Link((Text("https://e.org/(a)"),), "https://e.org/(a)"))), "see <https://e.org/(a)>"),
        (BulletList((ListItem((BulletList((ListItem((BulletList((ListItem((), 0),)),), 0),)),), 0),)), "-\n  - -"),
    ],
)
def test_what_markdown_would_take_for_something_else_is_typed_so_that_it_does_not(block: Block, typed: str) -> None:
    assert note_text([block]) == typed
    assert plain(read(typed)) == plain([block])


def test_a_paragraph_of_blanks_leaves_no_gap() -> None:
    words = [Paragraph((Text(text),)) for text in ("a", " ", "b")]
    assert note_text(words) == "a\n\nb"
