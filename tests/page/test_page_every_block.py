"""Every writer knows every kind of block and word there is, wherever it may stand."""

from __future__ import annotations

import pytest

from dmlt_tui.notes.tree import Emphasis, Image, Link, Mention, Paragraph, Rule, Strong, Text
from dmlt_tui.page.compose import notes_page
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.page.model import AttachmentList, Cell, Note, Page, Row, Table

EVERY = pytest.mark.parametrize("form", WRITERS)
AROUND = (Paragraph((Text("alpha"),)), Paragraph((Text("after"),)))


def in_order(written: str, *words: str) -> None:
    places = [written.index(word) for word in words]
    assert places == sorted(places), written


@EVERY
def test_a_rule_stands_between_what_it_parts(form: str) -> None:
    written = WRITERS[form](notes_page("alpha\n\n---\n\nafter\n"))
    in_order(written, "alpha", "after")
    plain = WRITERS[form](notes_page("alpha\n\nafter\n"))
    assert written != plain


@EVERY
def test_a_rule_in_a_cell_is_left_out_and_the_words_around_it_stay(form: str) -> None:
    cell = Cell((Note("Note", (AROUND[0], Rule(), AROUND[1])),))
    in_order(WRITERS[form](Page("P", (Table((Row((cell,)),)),))), "alpha", "after")


@EVERY
def test_a_table_without_names_above_its_columns_loses_no_cell(form: str) -> None:
    rows = (Row((Cell(AROUND), Cell((Paragraph((Text("beside"),)),)))), Row((Cell(), Cell((AROUND[0],)))))
    written = WRITERS[form](Page("P", (Table(rows),)))
    assert all(word in written for word in ("alpha", "after", "beside")), written
    assert written.count("alpha") == 2


@EVERY
def test_code_in_a_numbered_list_keeps_every_character(form: str) -> None:
    written = WRITERS[form](notes_page("1. first\n\n   ```\n   a_b = 1\n   ```\n\n   then\n2. second\n"))
    in_order(written, "first", "a_b = 1", "then", "second")


@EVERY
def test_what_would_lead_elsewhere_inside_a_link_is_its_words_alone(form: str) -> None:
    inner = (
        Text("see "),
        Strong((Image("chart", "https://example.org/c.png"),)),
        Text(" by "),
        Emphasis((Mention("ann"), Link((), "https://example.org/in"))),
    )
    written = WRITERS[form](Page("P", (Paragraph((Link(inner, "https://example.org/out"),)),)))
    in_order(written, "see", "chart", "by")
    assert "ann" in written
    if form != "text":
        assert "https://example.org/out" in written
    assert ("c.png" in written) == (form == "markdown")  # which shows an image inside a link, where others only link it


@pytest.mark.parametrize(
    ("form", "sign"),
    [("storage", 'ac:name="attachments"'), ("wiki", "{attachments"), ("html", "attachments"), ("adf", '"attachments"')],
)
def test_the_list_of_attachments_is_left_to_the_wiki(form: str, sign: str) -> None:
    page = Page("P", (AROUND[0], AttachmentList(), AROUND[1]))
    in_order(WRITERS[form](page), "alpha", sign, "after")


@EVERY
def test_code_and_lists_below_an_action_stay_between_it_and_the_next(form: str) -> None:
    note = "- [ ] first\n\n  ```\n  a_b = 1\n  ```\n  1. below\n- [x] second\n"
    in_order(WRITERS[form](notes_page(note)), "first", "a_b", "below", "second")


@EVERY
def test_a_quotation_stands_apart_from_the_list_in_it(form: str) -> None:
    in_order(WRITERS[form](notes_page("alpha\n\n> said\n>\n> - inner\n\nafter\n")), "alpha", "said", "inner", "after")


@EVERY
def test_a_table_in_a_list_loses_no_cell_and_no_name_of_a_column(form: str) -> None:
    note = "- alpha\n\n  | who | what |\n  | --- | --- |\n  | beside | |\n  | | after |\n"
    written = WRITERS[form](notes_page(note))
    in_order(written, "alpha", "who", "beside", "after")
    in_order(written, "what", "after")
