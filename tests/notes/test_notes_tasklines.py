from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_strategies import any_text, notes

from dmlt_tui.notes.editing import append_line, rewrite_task, task_line, tick, to_task
from dmlt_tui.notes.language import read, survey
from dmlt_tui.notes.plain import plain
from dmlt_tui.notes.text import clean
from dmlt_tui.notes.tree import Task

DAY = date(2020, 7, 6)
handles = st.lists(st.sampled_from(["a", "b.c", "wil-o_m", "Željko"]), max_size=3, unique=True)
days = st.none() | st.dates()


# -- ticking --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] a", "- [x] a"),
        ("[ ] a", "[x] a"),
        ("1. [ ] [ ] a", "1. [x] [ ] a"),
        ("> - [ ] a", "> - [x] a"),
        ("- - [ ] a\r", "- - [x] a\r"),
        ("\t- [ ] [link](x) due:2020-01-01  ", "\t- [x] [link](x) due:2020-01-01  "),
    ],
)
def test_ticking_sets_the_box_and_nothing_else(before: str, after: str) -> None:
    note = f"- first\n{before}\n[ ] last\n"
    assert tick(note, 1, True) == f"- first\n{after}\n[ ] last\n"
    assert tick(tick(note, 1, True), 1, False) == note
    assert tick(note, 1, False) == note


@pytest.mark.parametrize("line", [0, 1, 3, 7, -1])
def test_a_line_without_an_action_can_not_be_ticked(line: int) -> None:
    with pytest.raises(ValueError, match="holds no action"):
        tick("text\n```\n- [ ] in code\n```\n- [ ] action", line, True)


@settings(max_examples=800, deadline=None)
@given(notes)
def test_ticking_and_unticking_any_action_of_any_note_restores_it(text: str) -> None:
    for found in survey(text).tasks:
        other = tick(text, found.line, not found.done)
        assert len(other) == len(text)
        assert sum(old != new for old, new in zip(text, other, strict=True)) == 1
        assert [(task.line, task.done) for task in survey(other).tasks] == [
            (task.line, task.done is not (task.line == found.line)) for task in survey(text).tasks
        ]
        if "[X]" not in text:
            assert tick(other, found.line, found.done) == text


# -- making ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("owners", "text", "due", "line"),
    [
        (("a", "b"), "engage with the LDF", DAY, "- [ ] @a @b engage with the LDF due:2020-07-06"),
        ((), "engage", None, "- [ ] engage"),
        (("a",), "", DAY, "- [ ] @a due:2020-07-06"),
        (("a", "a"), "one\nline\tonly", None, "- [ ] @a one line only"),
        ((), "@b engage", None, "- [ ] \\@b engage"),
        ((), "engage @b", None, "- [ ] engage \\@b"),
        (("a",), "@b to give a talk, ask @c", None, "- [ ] @a \\@b to give a talk, ask @c"),
        (("a",), "and @b as well", None, "- [ ] @a and \\@b as well"),
        (("a",), "— engage", None, "- [ ] @a engage"),
        ((), "due:2020-01-01 was the date", DAY, "- [ ] due\\:2020-01-01 was the date due:2020-07-06"),
        ((), "[ ] a box", None, "- [ ] [ ] a box"),
        (("a",), "escape\x1b", None, "- [ ] @a escape\u241b"),
    ],
)
def test_an_action_has_one_canonical_line(owners: tuple[str, ...], text: str, due: date | None, line: str) -> None:
    assert task_line(owners, text, due) == line


@settings(max_examples=800, deadline=None)
@given(handles, notes | any_text, days)
def test_an_action_line_says_what_it_was_made_of(owners: list[str], text: str, due: date | None) -> None:
    line = task_line(owners, text, due)
    assert "\n" not in line
    tasks = survey(line).tasks
    if not tasks:
        assert (owners, clean(text).split(), due) == ([], [], None)
        return
    (found,) = tasks
    assert (list(found.owners), found.due, found.done, found.line) == (owners, due, False, 0)
    assert task_line(found.owners, found.text, found.due) == line


@pytest.mark.parametrize("handle", ["", "two words", "dot.", "a@b", "@a", "a,b", "a\nb"])
def test_what_is_no_handle_can_not_own_an_action(handle: str) -> None:
    with pytest.raises(ValueError, match="is not a handle"):
        task_line([handle], "engage", None)


def test_rewriting_an_action_keeps_its_bullet_its_box_and_all_other_lines() -> None:
    note = "text\n  * [x] @a engage due:2020-01-01\n    follow-up\n"
    assert rewrite_task(note, 1, ["b", "c"], "engage soon", DAY) == (
        "text\n  * [x] @b @c engage soon due:2020-07-06\n    follow-up\n"
    )
    with pytest.raises(ValueError, match="line 3 holds no action"):
        rewrite_task(note, 2, [], "engage", None)


@pytest.mark.parametrize(
    ("below", "words"), [("see `b` and `c", "fix `d"), ("see](http://x.org)", "fix [d"), ("|-|-|", "fix | d")]
)
def test_an_action_keeps_its_date_where_its_words_would_go_on_in_the_line_below(below: str, words: str) -> None:
    note = rewrite_task(f"- [ ] a\n  {below}", 0, ["x"], words, DAY)
    (found,) = survey(note).tasks
    assert (found.owners, found.due) == (("x",), DAY)
    assert note.split("\n")[1:] == [f"  {below}"]


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("engage", "- [ ] engage"),
        ("- engage", "- [ ] engage"),
        ("  * !! engage", "  * [ ] engage"),
        ("1. engage", "1. [ ] engage"),
        ("- [x] engage", "- [x] engage"),
        ("[ ] engage", "- [ ] engage"),
        ("?? engage", "- [ ] engage"),
        (">> engage", "- [ ] engage"),
        ("> engage", "> - [ ] engage"),
        ("## Engage", "- [ ] Engage"),
        ("-", "- [ ] "),
        ("", "- [ ] "),
        ("- ??", "- [ ] ??"),
    ],
)
def test_any_line_can_become_an_action_in_place(line: str, action: str) -> None:
    assert to_task(line) == action
    assert to_task(action) == action


@given(
    st.sampled_from(["", "- ", "  ", "2. ", "* !! ", "> ", "# "]),
    st.from_regex(r"[a-zéQ(][a-z @.!]{0,20}", fullmatch=True),
)
def test_a_line_made_an_action_is_one_and_has_its_words(before: str, words: str) -> None:
    (found,) = survey(to_task(before + words)).tasks
    assert not found.done
    assert plain(read(to_task(before + words))).split() == words.split()


# -- appending ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "line", "becomes"),
    [
        ("", "- [ ] a", "- [ ] a"),
        ("- one", "- [ ] a", "- one\n- [ ] a"),
        ("- one\n  - two\n\n", "a", "- one\n  - two\n- a"),
        ("* one", "!! a", "* one\n* !! a"),
        ("text", "- a", "text\n\n- a"),
        ("|a|b|\n|-|-|\n|1|2|", "- a", "|a|b|\n|-|-|\n|1|2|\n\n- a"),
        ("1. one", "- a", "1. one\n\n- a"),
        ("> quoted", ">> a", "> quoted\n\n- >> a"),
        ("```\ncode", "- a", "```\ncode\n```\n\n- a"),
        ("```\ncode\n```", "- a", "```\ncode\n```\n\n- a"),
        ("~~~~\n```", "- a", "~~~~\n```\n~~~~\n\n- a"),
        ("- ```\n  code", "- a", "- ```\n  code\n- a"),
        ("text\n", "", "text\n"),
        ("- one", "two\nlines", "- one\n- two lines"),
    ],
)
def test_a_line_is_added_at_the_end_as_an_item_of_its_own(note: str, line: str, becomes: str) -> None:
    assert append_line(note, line) == becomes


@settings(max_examples=800, deadline=None)
@given(notes | any_text, handles, st.sampled_from(["engage", "@z ask", "- x"]), days)
def test_an_action_added_to_any_note_is_its_last_and_only_new_one(
    note: str, owners: list[str], words: str, due: date | None
) -> None:
    line = task_line(owners, words, due)
    added = append_line(note, line)
    before, after = survey(note).tasks, survey(added).tasks
    assert added.startswith(note.rstrip("\n \t"))
    assert [(task.line, task.text) for task in after[:-1]] == [(task.line, task.text) for task in before]
    (alone,) = survey(line).tasks
    assert after[-1] == Task(added.count("\n"), False, alone.text, tuple(owners), due)
