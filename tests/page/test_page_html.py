"""HTML: a page that loads nothing and runs nothing but its button, made of what Atlassian's editor knows."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.meeting.model import Account, Person
from dmlt_tui.notes.language import KeyPattern
from dmlt_tui.page.compose import notes_page
from dmlt_tui.page.formats import WRITERS

PEOPLE = (
    Person(id="cloud", name="By <Account>", account=Account(account_id='5b10"a2')),
    Person(id="old", name="Old", account=Account(username="old")),
)


class Tags(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def body(note: str, *patterns: KeyPattern) -> Tags:
    page = WRITERS["html"](notes_page(note, PEOPLE, patterns))
    found = Tags()
    found.feed(page.split('<main id="page">')[1].split("</main>")[0])
    return found


def test_an_action_is_a_task_with_mention_and_date_by_the_editors_attributes() -> None:
    page = WRITERS["html"](notes_page("- [x] @cloud and @old look into it due:2020-07-06", PEOPLE))
    assert re.sub(r'local-id="\d+"', 'local-id="1"', page.split("<main")[1].split("</main>")[0]).split("\n")[1] == (
        '<div data-node-type="actionList" data-task-list-local-id="tasks"><div data-task-local-id="1" '
        'data-task-state="DONE"><span data-mention-id="5b10&quot;a2">@By &lt;Account&gt;</span> and Old look into it '
        '<span data-node-type="date" data-timestamp="1593993600000">06 Jul 2020</span></div></div>'
    )


def test_an_issue_is_a_card_and_a_document_a_link() -> None:
    found = body(
        "DM-1 and DMTN-148",
        KeyPattern(r"DM-\d+", "issue", "https://jira.example.org/browse/{key}"),
        KeyPattern(r"DMTN-\d+", "document", "https://{lower}.example.org/"),
    )
    assert found.tags[1:] == [
        ("a", {"data-inline-card": "", "href": "https://jira.example.org/browse/DM-1"}),
        ("a", {"href": "https://dmtn-148.example.org/"}),
    ]


def test_the_only_script_is_the_buttons_and_nothing_is_loaded() -> None:
    page = WRITERS["html"](notes_page("x", title="T </title><script>alert(1)</script>"))
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in page
    assert "<title>T &lt;/title&gt;&lt;script&gt;" in page
    assert not re.search(r'\b(?:src|action|data)="', page)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "</main><script>alert(1)</script>",
        "[x](javascript:alert(1)) ![y](data:text/html,x)",
        '[x](https://e.org/"onclick="alert(1))',
        "<img src=x onerror=alert(1)>",
        "`</code><svg onload=alert(1)>`",
        '```x" onload="y\n</pre><script>\n```',
        "a\x00b\x1b[31mc\ufffe",
    ],
)
def test_hostile_text_is_text(hostile: str) -> None:
    for note in (hostile, f"- [ ] {hostile}", f"- !! {hostile}", f"| {hostile} | x |\n|---|---|\n| y | {hostile} |"):
        found = body(note)
        assert not {tag for tag, _ in found.tags} & {"script", "svg", "img", "iframe", "style"}
        attributes = {name for _, attrs in found.tags for name in attrs}
        assert not [name for name in attributes if name.startswith("on")]
        for _, attrs in found.tags:
            assert (attrs.get("href") or "https:").startswith(("https:", "mailto:"))


@given(st.text(max_size=60))
def test_any_note_leaves_only_elements_of_ours(note: str) -> None:
    known = {"p", "ul", "ol", "li", "div", "span", "a", "code", "pre", "strong", "em", "s", "br", "hr", "blockquote"}
    known |= {f"h{level}" for level in range(1, 7)} | {"table", "tbody", "tr", "td", "th", "main"}
    assert {tag for tag, _ in body(note).tags} <= known
