"""Mentions are found where the page shows them, and renamed without another byte changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from dmlt_tui.notes.language import read, read_line
from dmlt_tui.notes.mentions import mentions, rename
from dmlt_tui.notes.tree import Mention, Task

NOTE = """\
- [ ] @ann write to @bob due:2026-05-12
- !! **@ann** agreed, see a@bob.org and \\@ann
    - `@ann` in code
# @ann
```
@ann
```
| @bob | x |
|---|---|
| [@ann](https://x.example.org) | @ann-marie, @ann. |
"""


def test_mentions_stand_outside_code_links_and_addresses() -> None:
    assert [(one.handle, one.line) for one in mentions(NOTE)] == [
        ("ann", 0),
        ("bob", 0),
        ("ann", 1),
        ("ann", 3),
        ("bob", 7),
        ("ann-marie", 9),
        ("ann", 9),
    ]
    lines = NOTE.split("\n")
    assert all(lines[one.line][one.start : one.end] == f"@{one.handle}" for one in mentions(NOTE))


def test_a_new_handle_stands_where_the_old_one_stood_and_nothing_else_changes() -> None:
    assert rename(NOTE, "ann", "zoe") == (
        NOTE.replace("[ ] @ann", "[ ] @zoe")
        .replace("**@ann**", "**@zoe**")
        .replace("# @ann", "# @zoe")
        .replace(", @ann.", ", @zoe.")
    )
    assert rename(NOTE, "nobody", "zoe") is NOTE


@pytest.mark.parametrize("text", ["", "@", "no mention", "a@b.org", "    @ann is code"])
def test_what_names_nobody_is_left(text: str) -> None:
    assert mentions(text) == ()


def handles(value: object) -> list[str]:
    """The people mentioned anywhere in blocks or inline pieces, in order."""
    if isinstance(value, Mention):
        return [value.handle]
    if isinstance(value, tuple):
        return [name for one in value for name in handles(one)]
    if isinstance(value, Struct) and not isinstance(value, Task):
        return [name for field in value.__struct_fields__ for name in handles(getattr(value, field))]
    return []


@given(st.text(st.sampled_from("@ab .*_`[]()\\~"), max_size=30).map(str.strip))
def test_in_one_line_they_are_what_the_language_reads(line: str) -> None:
    assert [one.handle for one in mentions(line)] == handles(read_line(line))


PIECES = [
    "- ",
    "  ",
    "    ",
    "\t",
    "> ",
    "1. ",
    "# h",
    "a",
    "@b ",
    "@c",
    "\n",
    "\n\n",
    "---",
    "* ",
    ">> ",
    "!! ",
    "[ ] ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_in_whole_notes_they_are_what_the_language_reads(text: str) -> None:
    assert [one.handle for one in mentions(text)] == handles(read(text))


@given(st.text(max_size=60))
def test_renaming_to_the_same_changes_nothing_in_any_text(text: str) -> None:
    for one in mentions(text):
        assert rename(text, one.handle, one.handle) == text
    read(rename(text + " @ann", "ann", "zoe"))
