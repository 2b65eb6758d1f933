"""Storage format: people, tasks, macros and links as the wiki writes them; text from people stays text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_judge import parse

from dmlt_tui.meeting.model import Account, Person
from dmlt_tui.notes.language import KeyPattern, read
from dmlt_tui.notes.plain import plain
from dmlt_tui.notes.tree import BulletList, Inline, ListItem, Mention, Paragraph, Task, Text
from dmlt_tui.page.compose import notes_page
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.page.model import Columns, Contents, Note, Page, Panel
from dmlt_tui.page.words import printable

AC = "{http://atlassian.com/content}"
RI = "{http://atlassian.com/resource/identifier}"

PEOPLE = (
    Person(id="name", name="By Name", account=Account(username="by.name")),
    Person(id="key", name="By Key", account=Account(username="old", userkey="8a7f01")),
    Person(id="cloud", name="By Account", account=Account(account_id="5b10:a2")),
    Person(id="plain", name="Nobody's <User>"),
)


def storage(note: str, *patterns: KeyPattern) -> str:
    return WRITERS["storage"](notes_page(note, PEOPLE, patterns))


def shown(element: ET.Element) -> Iterator[str]:
    """What a reader sees of an element, dates as they are typed in notes."""
    if element.tag in (f"{AC}parameter", f"{AC}task-id", f"{AC}task-status"):
        return
    if element.tag == "time":
        yield f"due:{element.get('datetime')}"
    yield element.text or ""
    for child in element:
        yield from shown(child)
        yield child.tail or ""


def test_people_are_mentioned_by_the_account_of_the_kind_of_wiki_and_by_no_other() -> None:
    page = notes_page("@name @key @cloud @plain @nobody", PEOPLE)
    assert WRITERS["storage"](page) == (
        '<p><ac:link><ri:user ri:username="by.name"/></ac:link> <ac:link><ri:user ri:userkey="8a7f01"/></ac:link>'
        " By Account Nobody's &lt;User&gt; @nobody</p>\n"
    )
    assert WRITERS["storage-cloud"](page) == (
        '<p>By Name By Key <ac:link><ri:user ri:account-id="5b10:a2"/></ac:link> Nobody\'s &lt;User&gt; @nobody</p>\n'
    )


def test_an_action_is_a_task_with_its_owner_and_date_in_its_text() -> None:
    root = parse(storage("- [ ] @name look into it due:2020-07-06\n- [x] and this"))
    first, second = root.iter(f"{AC}task")
    assert first.findtext(f"{AC}task-status") == "incomplete"
    body = first.find(f"{AC}task-body")
    assert body is not None
    assert [element.tag for element in body.iter()][1:] == [f"{AC}link", f"{RI}user", "time"]
    assert second.findtext(f"{AC}task-status") == "complete"
    assert len(root) == 1


def test_an_action_below_a_bullet_stays_a_task_behind_that_bullet() -> None:
    root = parse(storage("- one\n  - two\n    - [x] done\n  - three\n- four"))
    assert [element.tag for element in root] == ["ul", f"{AC}task-list", "ul"]
    assert ["".join(shown(element)) for element in root] == ["onetwothree", "done", "four"]


def test_what_stands_below_an_action_follows_it_and_its_own_paragraphs_stay_in_it() -> None:
    root = parse(storage("- [ ] act\n\n  on this branch\n\n  - and see here\n- [ ] next"))
    assert [element.tag for element in root] == [f"{AC}task-list", "ul", f"{AC}task-list"]
    assert ["".join(shown(element)) for element in root] == ["acton this branch", "and see here", "next"]


def test_an_action_below_an_action_stays_one() -> None:
    root = parse(storage("- one\n  - [x] two\n    - [ ] three\n      - below\n        - [x] four\n- [ ] five"))
    assert [element.tag for element in root] == ["ul", f"{AC}task-list", "ul", f"{AC}task-list"]
    assert ["".join(shown(element)) for element in root] == ["one", "twothree", "below", "fourfive"]


def test_numbers_go_on_behind_an_action_between_them() -> None:
    root = parse(storage("3. one\n4. [ ] act\n5. two"))
    assert [(element.tag, element.get("start")) for element in root] == [
        ("ol", "3"),
        (f"{AC}task-list", None),
        ("ol", "5"),
    ]


def test_ids_of_tasks_are_numbers_and_differ_even_where_two_notes_have_one_key() -> None:
    item = ListItem((Paragraph((Text("x"),)),), 0, task=Task(0, False, "x"))
    note = Note("same", (BulletList((item,) * 20),))
    ids = [element.text or "" for element in parse(WRITERS["storage"](Page("T", (note, note)))).iter(f"{AC}task-id")]
    assert len(set(ids)) == 40
    assert all(number.isdigit() and int(number) > 0 for number in ids)


def test_a_page_with_columns_stands_in_one_layout() -> None:
    left: tuple[Inline, ...] = (Mention("name"),)
    columns = Columns((Paragraph(left),), (Paragraph((Text("right"),)),))
    root = parse(WRITERS["storage"](Page("T", (Contents(), columns, Paragraph((Text("after"),))))))
    assert [element.tag for element in root] == [f"{AC}layout"]
    assert [(section.get(f"{AC}type"), len(section)) for section in root[0]] == [
        ("single", 1),
        ("two_equal", 2),
        ("single", 1),
    ]


def test_keys_become_the_issue_macro_and_links_to_documents() -> None:
    issue = KeyPattern(r"DM-\d+", "issue", "https://jira.example.org/browse/{key}")
    document = KeyPattern(r"DMTN-\d+", "document", "https://{lower}.example.org/")
    root = parse(storage("see DM-1 and DMTN-148", issue, document))
    macro = root.find(f".//{AC}structured-macro")
    assert macro is not None
    assert macro.get(f"{AC}name") == "jira"
    assert (macro[0].get(f"{AC}name"), macro[0].text) == ("key", "DM-1")
    assert [(link.get("href"), link.text) for link in root.iter("a")] == [("https://dmtn-148.example.org/", "DMTN-148")]


@pytest.mark.parametrize(
    ("sign", "title", "colour"),
    [
        ("!!", "Decision", "Green"),
        ("!-", "No decision", "Red"),
        ("??", "Question", "Yellow"),
        ("?=", "Answered", "Blue"),
        (">>", "Parked", "Grey"),
    ],
)
def test_marked_lines_carry_a_status(sign: str, title: str, colour: str) -> None:
    root = parse(storage(f"- {sign} so be it"))
    parameters = {element.get(f"{AC}name"): element.text for element in root.iter(f"{AC}parameter")}
    assert parameters == {"colour": colour, "title": title}


def test_code_stands_verbatim_and_names_only_languages_the_wiki_knows() -> None:
    root = parse(storage("```python\nif a[b[0]]>1: pass\n```\n\n```brainfuck\n+\n```"))
    assert [element.text for element in root.iter(f"{AC}plain-text-body")] == ["if a[b[0]]>1: pass", "+"]
    assert [element.text for element in root.iter(f"{AC}parameter")] == ["python"]


def test_blocks_an_item_or_cell_cannot_hold_are_said_as_others() -> None:
    root = parse(storage("- # Title\n  > words\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |"))
    assert {element.tag for element in root.iter()} <= {"root", "ul", "li", "p", "strong"}
    assert "".join(shown(root)).split() == ["Titlewordsa:", "1;", "b:", "2"]


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//x.org/y"],
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    root = parse(storage(f"[words]({address}) ![picture]({address})"))
    assert not list(root.iter("a"))
    assert "words" in "".join(shown(root))


@pytest.mark.parametrize(
    "hostile",
    [
        "</ac:task></ac:task-list></td></tr></table>",
        "]]>",
        "`]]>`",
        "    ]]><script>alert(1)</script>",
        "<script>alert(1)</script>",
        '<ac:structured-macro ac:name="html"><ac:plain-text-body>x</ac:plain-text-body></ac:structured-macro>',
        '<ri:user ri:userkey="x"/>',
        "<!-- x --> <?xml?> <!DOCTYPE x> &xxe; &#0; &lt;",
        '[x](https://e.org/"onclick="alert(1))',
        "a\x00b\x1b[31mc\x08\x0bd\ufffe\ud800",
    ],
)
def test_hostile_text_is_text(hostile: str) -> None:
    for note in (hostile, f"- [ ] {hostile}", f"- !! {hostile}", f"| {hostile} | x |\n|---|---|\n| y | {hostile} |"):
        root = parse(storage(note))
        tags = {element.tag.removeprefix(AC) for element in root.iter()}
        known = {"root", "p", "ul", "li", "a", "code", "table", "tbody", "tr", "th", "td"}
        known |= {"task-list", "task", "task-id", "task-status", "task-body", "structured-macro", "parameter"}
        assert tags <= known | {"plain-text-body"}
        macros = {element.get(f"{AC}name") for element in root.iter(f"{AC}structured-macro")}
        assert macros <= {"code", "status"}
        assert all(set(element.attrib) == {"href"} for element in root.iter("a"))


def test_a_persons_account_cannot_break_out_of_its_attribute() -> None:
    person = Person(id="x", name="X", account=Account(username='"/><script>'))
    root = parse(WRITERS["storage"](notes_page("@x", [person])))
    assert [element.get(f"{RI}username") for element in root.iter(f"{RI}user")] == ['"/><script>']


FRAGMENTS = st.sampled_from(
    [
        "- ",
        "  - ",
        "1. ",
        "[ ] ",
        "[x] ",
        "**",
        "*",
        "~~",
        "`",
        "```\n",
        "> ",
        "# ",
        "---",
        "\n",
        "\n\n",
        "@name ",
        "due:2020-07-06 ",
        "!! ",
        "&amp;",
        "]]>",
        "</p>",
        "<b>",
        "https://e.org/a?b&c ",
        "\\",
        "[a](https://e.org)",
        "é",
        "",
    ]
)
NOTES = st.lists(st.one_of(FRAGMENTS, st.text(max_size=8)), max_size=12).map("".join)


@given(NOTES)
def test_any_note_is_well_formed_and_shows_every_character_of_it(note: str) -> None:
    page = notes_page(note)
    root = parse(WRITERS["storage"](page))
    expected = "".join(printable(plain(read(note))).split()).replace("|", "")
    seen = "".join("".join(shown(root)).split()).replace("|", "")
    if list(root.iter(f"{AC}task")):  # tasks below a bullet stand behind it
        expected, seen = "".join(sorted(expected)), "".join(sorted(seen))
    assert seen == expected


@given(st.dates(min_value=date(1, 1, 1)))
def test_any_date_is_one_the_wiki_can_read(day: date) -> None:
    root = parse(storage(f"by due:{day.isoformat()}"))
    assert [element.get("datetime") for element in root.iter("time")] == [day.isoformat()]


def test_a_panel_without_words_holds_an_empty_paragraph() -> None:
    page = Page("Panel", (Panel("Take care", ()),))
    assert "<ac:rich-text-body><p></p></ac:rich-text-body>" in WRITERS["storage"](page)
