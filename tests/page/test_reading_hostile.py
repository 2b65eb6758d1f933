"""Pages that mean harm, or are broken: one clear line or inert text, no fetch, no hang, no crash."""

from __future__ import annotations

import re
import socket
import warnings
from collections import Counter
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dmlt_tui.meeting.model import Account, Notebook, Person
from dmlt_tui.notes.language import read as notes_of
from dmlt_tui.notes.plain import plain
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.page.model import Page
from dmlt_tui.page.reading import ReadError, Reading, Source, page_blocks, read_page
from dmlt_tui.page.reading.elements import parse_html
from dmlt_tui.page.reading.errors import LONGEST
from dmlt_tui.page.reading.names import People


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page made the reader look for something on the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


def read(text: str, source: Source) -> Reading:
    numbers = count()
    return read_page(text, source, Notebook(), lambda: f"id{next(numbers)}", "T")


def notes(reading: Reading) -> str:
    return "\n".join(item.notes for item in reading.meeting.items)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><p>&b;</p>'


@pytest.mark.parametrize(
    "page",
    [
        BOMB,
        '<?xml version="1.0"?>\n' + BOMB,
        '<!DOCTYPE x SYSTEM "http://e.org/x.dtd"><p>x</p>',
        '<!doctype x [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;</p>',
        '<p>x</p><!ENTITY e "x">',
    ],
)
def test_a_page_that_declares_entities_is_refused(page: str) -> None:
    with pytest.raises(ReadError, match=r"^the page declares (DOCTYPE|ENTITY|doctype)"):
        read(page, Source.STORAGE)


def test_only_the_pages_own_declaration_is_left_out() -> None:
    page = (
        '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[<?xml version="1.0"?>]]></ac:plain-text-body>'
    )
    for declaration in ("", ' <?xml version="1.0" encoding="utf-8"?>\n'):
        shown = notes(read(f"{declaration}{page}</ac:structured-macro>", Source.STORAGE))
        assert shown.count("<?xml version") == 1


def test_words_about_entities_are_no_declaration() -> None:
    page = "<ac:structured-macro ac:name='code'><ac:plain-text-body><![CDATA[<!DOCTYPE x>]]></ac:plain-text-body>"
    assert "<!DOCTYPE x>" in notes(read(f"{page}</ac:structured-macro>", Source.STORAGE))


@pytest.mark.parametrize(
    "page", ["<p>x</b></p>", "</ac:task>", "<foo:bar/>", "<p a=1>x</p>", "]]></p>", "<p>&#xZZ;</p>"]
)
def test_broken_xml_is_told_in_a_line_with_its_place(page: str) -> None:
    with pytest.raises(ReadError, match=r"^line \d+, column \d+: [^\n]+$"):
        read(page, Source.STORAGE)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>x</b></p>", "line 1, column 9: </b> stands where <p> of line 1 must be closed"),
        ("x</ac:task>", "line 1, column 12: </ac:task> closes nothing"),
        ("x\n<p>x\n\n", "line 2: <p> is never closed"),
        ("x\n<page>", "line 2: <page> is never closed"),
        ("<p><![CDATA[ x\n", "line 1, column 15: CData section not finished"),
        ("<p>" * 300, "line 1, column 768: it is nested more than 256 deep"),
    ],
)
def test_a_mistake_is_told_by_its_place_and_tags_on_the_page(page: str, told: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(page, Source.STORAGE)
    assert str(caught.value) == told


@pytest.mark.parametrize("source", Source)
def test_a_page_of_a_hundred_megabytes_is_refused_at_once(source: Source) -> None:
    with pytest.raises(ReadError, match="characters; pages of up to"):
        read("x" * (LONGEST + 1), source)


def nested(depth: int, tag: str) -> str:
    inside = {"table": ("<table><tbody><tr><td>", "</td></tr></tbody></table>"), "ul": ("<ul><li>", "</li></ul>")}
    begin, end = inside.get(tag, (f"<{tag}>", f"</{tag}>"))
    return f"{begin * depth}deep words{end * depth}"


@pytest.mark.parametrize("tag", ["table", "ul", "div", "strong", "blockquote"])
@pytest.mark.parametrize("source", [Source.STORAGE, Source.HTML])
def test_what_is_nested_fifty_deep_keeps_its_words(source: Source, tag: str) -> None:
    assert "deep words" in notes(read(nested(50, tag), source))


@pytest.mark.parametrize("tag", ["table", "ul", "div", "b"])
def test_what_is_nested_thousands_deep_neither_hangs_nor_crashes(tag: str) -> None:
    assert "deep words" in notes(read(nested(5000, tag), Source.HTML))
    with pytest.raises(ReadError, match=r"^line 1"):
        read(nested(5000, tag), Source.STORAGE)


@pytest.mark.parametrize("words", ["word ", "(", "word ("])
def test_a_cell_of_coordinators_longer_than_any_is_no_hang(words: str) -> None:
    heads = "<th>Time</th><th>Topic</th><th>Coordinator</th>"
    cells = f"<td>09:00</td><td>One</td><td>{words * 50_000}</td>"
    page = f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"
    assert [item.title for item in read(page, Source.HTML).meeting.items] == ["One"]


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script><p>words</p>",
        '<p>words <a href="javascript:alert(1)">click</a></p>',
        '<p>words</p><img src="x" onerror="alert(1)"/>',
        '<p>words \u202egnp.exe</p><iframe src="https://e.org"></iframe>',
        '<p>words</p><ac:structured-macro ac:name="html"><ac:rich-text-body/></ac:structured-macro>',
    ],
)
@pytest.mark.parametrize("name", ["storage", "html", "markdown"])
def test_what_is_live_on_a_page_is_not_when_written_again(hostile: str, name: str) -> None:
    people = People(())
    page = page_blocks(hostile, Source.STORAGE, people, Notebook())
    written = WRITERS[name](Page("T", page.blocks, people.known))
    body = written.split("<main")[-1].split("</main>")[0]
    assert "words" in body
    for live in ("<script", "onerror", "<iframe", 'href="javascript', "](javascript"):
        assert live not in body


def test_entities_of_xhtml_are_characters_and_others_stay_as_typed() -> None:
    assert notes(read("<p>&auml;&nbsp;&copy; &bogus; &amp;</p>", Source.STORAGE)) == "ä\u00a0© \\&bogus; &"


@pytest.mark.parametrize("source", [Source.STORAGE, Source.HTML])
def test_what_makes_a_line_read_other_than_it_is_becomes_visible(source: Source) -> None:
    page = '<p>a\u202eb &#x202e;c &#155;d</p><p><a href="https://e.org/\u202e">x</a></p>'
    shown = notes(read(page, source))
    assert "\u202e" not in shown
    assert "\x9b" not in shown
    assert "⟨U+202E⟩c" in shown


def test_an_account_nobody_knows_becomes_a_person_and_a_doubt() -> None:
    known = Person(id="x", name="Xaver", account=Account(userkey="8a7f01"))
    numbers = count()
    page = '<p><ac:link><ri:user ri:userkey="8a7f01"/></ac:link> <ac:link><ri:user ri:username="new"/></ac:link></p>'
    reading = read_page(page, Source.STORAGE, Notebook(people=(known,)), lambda: f"id{next(numbers)}", "T")
    assert notes(reading) == "@x @new"
    assert [(person.id, person.account) for person in reading.people] == [("new", Account(username="new"))]
    assert any("'new'" in doubt for doubt in reading.doubts)


@pytest.mark.parametrize("text", ["https://example.org/minutes", "minutes.html", "minutes.TXT"])
def test_a_name_or_an_address_is_read_as_text_without_a_warning(text: str) -> None:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        assert text.lower() in str(parse_html(text)).lower()
    assert warned == []


@settings(max_examples=60)
@given(st.sampled_from(list(Source)), st.text(max_size=200))
def test_any_text_is_read_or_refused(source: Source, text: str) -> None:
    refusal = ""
    try:
        read(text, source)
    except ReadError as error:
        refusal = str(error)
    assert "\n" not in refusal


WORDS = "<p> </p> <ul> <li> </li> </ul> <table> <tr> <td> | 09:00 Topic Time Agenda Attendees - [x] @a ** ✓ • <div> #"
SIGNS = [*WORDS.split(), "\t", "\n", " ", "Running notes", "Moderator: X", "Day 1: 2020-05-12", "due:2020-01-01"]
SIGNS += ["*Time · Topic · Notes*", "Description\tDue date\tAssignee\tTask appears on"]
PIECES = st.sampled_from(SIGNS)


@settings(max_examples=150)
@given(st.sampled_from([Source.HTML, Source.MARKDOWN, Source.TEXT]), st.lists(PIECES, max_size=25).map("".join))
def test_any_mixture_of_what_pages_hold_is_read(source: Source, text: str) -> None:
    if text.strip():
        read(text, source)
    else:
        with pytest.raises(ReadError, match="nothing in it"):
            read(text, source)


def said(reading: Reading) -> Counter[str]:
    """All words a reading holds."""
    meeting = reading.meeting
    texts = [meeting.title, *(text for item in meeting.items for text in (item.title, item.preparation, item.notes))]
    texts += [
        str(part).replace("\\n", " ")
        for part in (meeting.logistics, meeting.attachments, meeting.days, reading.requests)
    ]
    texts += [person.name for person in reading.people] + [action.line for action in reading.actions]
    return Counter(re.findall(r"[^\W\d_]+", " ".join(texts)))


MINUTES = """\
# Sync of the 5th of March

Hello.

## Attendees

- Alice Wong (Google), joining late
- [x] Bob Smith
- regrets: Carl
- Eve Doe / Fred Foe
  - until noon

| Name | Group |
|---|---|
| Gil | Data |

## Decisions

- We ship it

| What | Why |
|---|---|
| ship | why not |

# Agenda

1. One
2. Two (10 min)

## Action items

- [ ] Bob: do it by Friday

## Next

# Sync of the 6th of March

> [!NOTE]
> Take care

Bye.
"""


def test_minutes_of_anybody_lose_no_word() -> None:
    reading = read(MINUTES, Source.MARKDOWN)
    lost = Counter(re.findall(r"[^\W\d_]+", plain(notes_of(MINUTES)))) - said(reading)
    assert set(lost) <= {"NOTE", "x"}
    assert [person.name for person in reading.people] == ["Alice Wong", "Bob Smith", "Eve Doe", "Fred Foe"]


HEADINGS = "Attendees Participants Agenda Notes Decisions Location Date Contents Logistics Other"
LINES = st.sampled_from(
    [
        *(f"{'#' * level} {name}" for level in (1, 2, 3) for name in HEADINGS.split()),
        *("- Ann Ekman", "- words here", "  - nested words", "Some paragraph.", "- [ ] @ann act due:2020-07-06", ""),
        *("> quoted", "1. first", "| a | b |\n|---|---|\n| c | d |", "```\ncode\n```", "**bold** and *more*", "---"),
    ]
)


@settings(max_examples=150)
@given(st.lists(LINES, max_size=14).map("\n\n".join).filter(str.strip))
def test_no_word_of_any_minutes_is_lost(text: str) -> None:
    typed = re.findall(r"[^\W\d_]+", plain(notes_of(text)))
    structure = {*HEADINGS.split(), "due", "ann"}  # what a section's name is for, and an owner by another name
    lost = Counter(typed) - said(read(text, Source.MARKDOWN))
    assert set(lost) <= structure
