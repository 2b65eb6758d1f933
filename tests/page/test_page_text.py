"""Plain text for a terminal: 80 columns, nothing lost, nothing a terminal would act on."""

from __future__ import annotations

import unicodedata
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st
from page_judge import sample_notebook

from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Session
from dmlt_tui.page.compose import compose, notes_page
from dmlt_tui.page.formats import WRITERS


def text(note: str) -> list[str]:
    return WRITERS["text"](notes_page(note)).rstrip("\n").split("\n")[3:]


def test_the_reference_meeting_fits_80_columns_but_for_words_that_are_longer() -> None:
    notebook = sample_notebook()
    lines = WRITERS["text"](compose(notebook, notebook.meetings[-1])).splitlines()
    assert [line for line in lines if len(line) > 80 and " " in line.strip()] == []
    assert not [line for line in lines if line != line.rstrip()]


def test_an_item_shows_its_time_coordinator_and_nested_notes() -> None:
    item = Item(
        id="i", title="Status", coordinators=("Tim", "Robert"), preparation="- why", notes="- a\n  - b\n- [x] c"
    )
    close = Item(id="c", title="Close", kind=ItemKind.CLOSE, start=time(14, 30), hard=True)
    session = Session(id="s", start=time(9, 30), moderator="Leanne", items=(item, close))
    meeting = Meeting(id="m", title="M", days=(Day(id="d", date=date(2020, 5, 12), sessions=(session,)),))
    assert WRITERS["text"](compose(Notebook(meetings=(meeting,)), meeting)).split("Agenda\n------\n\n")[1] == (
        "Day 1: 2020-05-12\n"
        "Time (UTC) · Topic · Coordinator · Pre-meeting notes · Running notes\n"
        "\n"
        "Moderator: Leanne\n"
        "\n"
        "09:30  Status\n"
        "       Coordinator: Tim / Robert\n"
        "       Pre-meeting notes:\n"
        "         - why\n"
        "       Running notes:\n"
        "         - a\n"
        "           - b\n"
        "         - [x] c\n"
        "\n"
        "14:30 (at latest)  Close\n"
    )


def test_blocks_read_as_they_were_typed() -> None:
    note = "# Title\n\nwords **and** more\\\nnext\n\n## Below\n\n> said\n\n2. two\n3. [ ] three\n\n```\na  b\n```"
    assert "\n".join(text(note)) == (
        "Title\n-----\n\nwords and more\nnext\n\nBelow\n> said\n\n2. two\n3. [ ] three\n\n  a  b"
    )


def test_links_say_where_they_lead() -> None:
    assert text("[slides](https://e.org/s) and https://e.org/t") == ["slides (https://e.org/s) and https://e.org/t"]
    assert text("![plan](https://e.org/p.png) ![](https://e.org/q.png)") == [
        "plan (https://e.org/p.png) https://e.org/q.png"
    ]
    assert text("**_[register](https://e.org/r)!_** ~~[old](https://e.org/o)~~") == [
        "register (https://e.org/r)! old (https://e.org/o)"
    ]


def test_small_tables_stand_in_columns_and_wide_signs_count_twice() -> None:
    assert text("| 会議 | b |\n|---|---|\n| one | two |") == ["会議  b", "one   two"]


def test_a_table_too_wide_for_columns_names_them_all_above_its_rows() -> None:
    words = "some words " * 8
    assert text(f"| Name | Place | Why |\n|---|---|---|\n| Ann Ek of the committee | Rome | {words}|")[:4] == [
        "Name · Place · Why",
        "",
        "Ann Ek of the committee",
        "  Place: Rome",
    ]


def test_long_lines_hang_under_their_bullet() -> None:
    lines = text("- " + "word " * 40 + "\n- [ ] " + "deed " * 30)
    assert all(line.startswith(("- word", "  word", "- [ ] deed", "      deed")) for line in lines)
    assert max(map(len, lines)) <= 80


@given(st.text(max_size=80))
def test_no_control_character_reaches_the_terminal(note: str) -> None:
    written = WRITERS["text"](notes_page(note, title=note))
    assert not [sign for sign in written if unicodedata.category(sign) in ("Cc", "Cs") and sign != "\n"]
