"""An action changed in a list changes its own line in the notes it came from, and no other byte of the notebook."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.actions import Action, all_actions, keys_seen
from dmlt_tui.meeting.edits import Edit, EditError
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Session
from dmlt_tui.notes.patterns import KeyPattern
from dmlt_tui.notes.text import clean

BUY = "- [ ] @ab buy a @cd due:2020-06-01"
LINES = st.sampled_from(
    [
        *("- [ ] @ab one", "- [ ] two due:2020-07-06 (soon)", "  - [ ] @ab & @cd: three", "* [x] four @ab", "[ ] five"),
        *(
            "- [X] six",
            "> - [ ] seven",
            "1. [ ] eight `@cd`",
            "- text",
            "",
            "```",
            "    - [ ] deep",
            "- !! yes",
            "| a |",
        ),
    ]
)


def book(*notes: str) -> Notebook:
    items = tuple(Item(id=f"i{index}", title=f"Topic {index}", notes=text) for index, text in enumerate(notes))
    day = Day(id="d", date=date(2020, 5, 12), sessions=(Session(id="s", start=time(9), items=items),))
    return Notebook(meetings=(Meeting(id="m", title="M", days=(day,)),))


def notes_of(notebook: Notebook, item_id: str = "i0") -> str:
    return next(item.notes for meeting in notebook.meetings for item in meeting.items if item.id == item_id)


def tick(action: Action, *, done: bool) -> Edit:
    return edits.tick("m", action.item_id, action.task, done=done)


def rewrite(
    action: Action, *, owners: tuple[str, ...] = ("zz",), text: str = "new", due: date | None = date(2021, 1, 2)
) -> Edit:
    return edits.rewrite_action("m", action.item_id, action.task, owners=owners, text=text, due=due)


@given(text=st.lists(LINES, max_size=8).map("\n".join) | st.text().map(lambda words: clean(f"- [ ] {words}")))
def test_ticking_and_unticking_gives_the_same_text_back(text: str) -> None:
    start = book(text)
    for action in all_actions(start):
        if not action.task.done:
            ticked = tick(action, done=True).apply(start)
            there = next(found for found in all_actions(ticked) if found.task.line == action.task.line)
            assert there.task.done
            assert tick(there, done=False).apply(ticked) == start


@given(
    text=st.lists(LINES, max_size=8).map("\n".join),
    owners=st.lists(st.sampled_from(["ab", "c-d", "x.y"]), max_size=2, unique=True).map(tuple),
    words=st.sampled_from(
        ["plain", "for @cd and on", "due:2020-01-01 said", "[ ] boxed", "@ab", "a `b` **c**", "!! no"]
    ),
    due=st.none() | st.just(date(2021, 1, 2)),
)
def test_rewriting_changes_one_line_and_that_line_reads_as_asked(
    text: str, owners: tuple[str, ...], words: str, due: date | None
) -> None:
    start = book("- before", text, "- behind")
    for action in all_actions(start):
        after = rewrite(action, owners=owners, text=words, due=due).apply(start)
        old, new = notes_of(start, "i1").split("\n"), notes_of(after, "i1").split("\n")
        assert len(old) == len(new)
        assert [index for index in range(len(old)) if old[index] != new[index]] in ([], [action.task.line])
        assert (notes_of(after, "i0"), notes_of(after, "i2")) == ("- before", "- behind")
        task = next(found.task for found in all_actions(after) if found.task.line == action.task.line)
        assert (task.done, task.owners, task.due) == (action.task.done, owners, due)


@given(text=st.lists(LINES, max_size=8).map("\n".join))
def test_deleting_takes_out_one_line_or_refuses(text: str) -> None:
    start = book(text)
    for action in all_actions(start):
        try:
            after = edits.remove_action("m", "i0", action.task).apply(start)
        except EditError:
            continue
        lines = text.split("\n")
        del lines[action.task.line]
        assert notes_of(after) == "\n".join(lines)


def test_an_action_with_lines_of_its_own_is_not_deleted() -> None:
    start = book(f"{BUY}\n  - from the shop")
    with pytest.raises(EditError, match="can't be taken out: the lines below belong to it"):
        edits.remove_action("m", "i0", all_actions(start)[0].task).apply(start)


@pytest.mark.parametrize(
    "edit", [lambda action: tick(action, done=True), rewrite, lambda a: edits.remove_action("m", a.item_id, a.task)]
)
def test_lines_typed_above_meanwhile_do_not_make_it_hit_another_action(edit: Callable[[Action], Edit]) -> None:
    start = book(f"- [ ] @ab first\n{BUY}")
    second = all_actions(start)[1]
    after = notes_of(edit(second).apply(book(f"- new\n- [ ] @ab first\n{BUY}")))
    assert after.startswith("- new\n- [ ] @ab first")
    assert BUY not in after


@pytest.mark.parametrize("now", ["- [ ] @ab buy b due:2020-06-01", "", f"{BUY}!", BUY.replace("[ ]", "[x]")])
def test_an_action_that_somebody_changed_meanwhile_is_left_alone(now: str) -> None:
    action = all_actions(book(BUY))[0]
    with pytest.raises(EditError, match="no longer stands in the notes of 'Topic 0' as it was shown"):
        tick(action, done=True).apply(book(now))


def test_of_two_that_read_the_same_the_one_in_its_line_is_meant() -> None:
    start = book(f"{BUY}\n- other\n{BUY}")
    assert notes_of(tick(all_actions(start)[1], done=True).apply(start)).split("\n")[0] == BUY
    with pytest.raises(EditError, match="no longer stands"):
        tick(all_actions(start)[1], done=True).apply(book(f"{BUY}\n{BUY}"))


def test_an_owner_that_is_no_handle_is_refused_in_words() -> None:
    start = book(BUY)
    with pytest.raises(EditError, match="'a b' is not a handle"):
        rewrite(all_actions(start)[0], owners=("a b",)).apply(start)


def test_keys_seen_are_told_once_each_from_titles_and_notes() -> None:
    notebook = book("DM-2, DM-1, DM-2", "x" * 20_000 + " DM-9\nDM-3")
    meeting = notebook.meetings[0]
    assert list(keys_seen(meeting, (KeyPattern(r"DM-\d+"),))) == ["DM-2", "DM-1", "DM-3"]
    assert list(keys_seen(meeting, ())) == []
