"""Notes that trip writers up, at the three places a note can stand, read back by Atlassian's own parsers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from page_judge import Judge, find_judge

from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Session
from dmlt_tui.notes.language import read
from dmlt_tui.notes.tree import BulletList, ListItem, Paragraph, Text
from dmlt_tui.page.compose import Part, Scope, compose, notes_page
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.page.model import Cell, Note, Page, Row, Table


def in_agenda(note: str) -> Page:
    session = Session(id="s", start=time(9), moderator="moderator", items=(Item(id="i", title="Topic", notes=note),))
    meeting = Meeting(id="m", title="M", days=(Day(id="d", date=date(2020, 5, 12), sessions=(session,)),))
    return compose(Notebook(meetings=(meeting,)), meeting, Scope(Part.DAY, "d"))


def nested_in_cell(note: str) -> Page:
    def item(*blocks: Paragraph | BulletList) -> ListItem:
        return ListItem(blocks, line=0)

    inner = BulletList((item(Paragraph((Text("two"),))), ListItem(read(note), line=1)))
    outer = BulletList((item(Paragraph((Text("one"),)), inner),))
    cells = (Cell((Paragraph((Text("left"),)),)), Cell((Note("note", (outer,)),)))
    return Page("Nested", (Table((Row(cells),)),))


BEFORE_AGENDA = (
    "Day 1: 2020-05-12\nTime (UTC)\nTopic\nCoordinator\nPre-meeting notes\nRunning notes\n"
    "Moderator: moderator\n09:00\nTopic\n"
)
PLACES: dict[str, tuple[Callable[[str], Page], str]] = {
    "paragraph": (notes_page, ""),
    "agenda": (in_agenda, BEFORE_AGENDA),
    "nested": (nested_in_cell, "left\none\ntwo\n"),
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    return find_judge()


def misread(judge: Judge, name: str, place: str, *flags: str) -> list[str]:
    """The names of the notes that a reader would see other than they must."""
    compose_at, before = PLACES[place]
    notes = judge.notes()
    assert len(notes) == 56
    read_back = judge.read(name, [WRITERS[name](compose_at(note["markdown"])) for note in notes], *flags)
    return [
        note["name"]
        for note, found in zip(notes, read_back, strict=True)
        if not found["ok"] or found["text"] != before + note["expect_text"]
    ]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", ["storage", "html", "adf"])
def test_every_awkward_note_shows_exactly(judge: Judge, name: str, place: str) -> None:
    assert misread(judge, name, place) == []


@pytest.mark.parametrize("place", PLACES)
def test_wiki_markup_shows_all_but_an_address_with_bars_and_brackets(judge: Judge, place: str) -> None:
    assert misread(judge, "wiki", place, "--dc") == ["url_tilde"]


SIGNS = (
    *(
        "- ",
        "  - ",
        "1. ",
        "[ ] ",
        "[x] ",
        "!! ",
        "?? ",
        ">> ",
        "> ",
        "# ",
        "```\n",
        "\n",
        "\n\n",
        "|a|b|\n|-|-|\n",
        "|",
    ),
    *(
        "**",
        "*",
        "~~",
        "`",
        "@ab ",
        "due:2020-07-06 ",
        "&amp;",
        "]]>",
        "</p>",
        "<b>",
        "https://e.org/a?b&c ",
        "\\",
        "---",
    ),
)
NOTES = st.lists(st.sampled_from(SIGNS) | st.text(max_size=8), max_size=16).map("".join)


@settings(max_examples=4, deadline=None, phases=[Phase.generate])
@given(notes=st.lists(NOTES, min_size=30, max_size=40))
@pytest.mark.parametrize("name", ["storage", "storage-cloud", "html", "adf"])
def test_any_note_at_all_makes_a_page_their_grammar_has(judge: Judge, name: str, notes: list[str]) -> None:
    pages = [WRITERS[name](compose_at(note)) for note in notes for compose_at in (notes_page, nested_in_cell)]
    found = judge.read(name.partition("-")[0], pages, *(["--cloud"] if name == "storage-cloud" else []))
    assert [one["errors"] for one in found if not one["ok"]] == []
