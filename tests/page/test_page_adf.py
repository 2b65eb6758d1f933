"""ADF: values, written by json alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from dmlt_tui.meeting.model import Account, Person
from dmlt_tui.page.compose import notes_page
from dmlt_tui.page.formats import WRITERS

PEOPLE = (Person(id="cloud", name="By Account", account=Account(account_id="5b10")),)


def nodes(note: str) -> list[dict[str, Any]]:
    document: dict[str, Any] = json.loads(WRITERS["adf"](notes_page(note, PEOPLE)))
    return list(walk(document))


def walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("content", ()):
        yield from walk(child)


def test_an_action_is_a_task_item_with_mention_and_date() -> None:
    tasks = [node for node in nodes("- [x] @cloud, @nobody: look due:2020-07-06") if node["type"] == "taskItem"]
    assert tasks[0]["attrs"]["state"] == "DONE"
    assert tasks[0]["content"] == [
        {"type": "mention", "attrs": {"id": "5b10", "text": "@By Account"}},
        {"type": "text", "text": ", @nobody: look "},
        {"type": "date", "attrs": {"timestamp": "1593993600000"}},
    ]


def test_code_carries_no_other_mark_but_a_link() -> None:
    marks = [node["marks"] for node in nodes("**a `b`** [`c`](https://e.org)") if "marks" in node]
    assert [[mark["type"] for mark in found] for found in marks] == [["strong"], ["code"], ["link", "code"]]


def test_a_page_without_words_is_a_document_all_the_same() -> None:
    assert [node["type"] for node in nodes("")] == ["doc", "paragraph"]


def test_links_lead_only_where_a_page_may() -> None:
    assert not [node for node in nodes("[x](file:///etc/passwd) ![y](javascript:z)") if node.get("marks")]


@given(st.text(max_size=60))
@example("\t\t0")
def test_no_text_node_is_empty_and_none_holds_a_control_character_but_tabs(note: str) -> None:
    for node in nodes(note):
        assert "text" not in node or node["text"]
        assert not [sign for sign in node.get("text", "") if sign < " " and sign not in "\n\t"]
