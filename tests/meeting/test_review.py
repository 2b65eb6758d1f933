"""The net at wrap-up: what it finds in notes, and what can be done with each."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dmlt_tui.meeting import edits
from dmlt_tui.meeting.actions import all_actions
from dmlt_tui.meeting.capture import understand_action
from dmlt_tui.meeting.edits import EditError
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Person, Session
from dmlt_tui.meeting.review import WHAT_TO_DO, LooseEnd, LooseKind, dismiss, loose_ends, make_action
from dmlt_tui.store.notebook import OpenNotebook

TODAY = date(2026, 5, 12)
PEOPLE = (
    Person(id="ann", name="Ann Ames", aliases=("Ann",)),
    Person(id="bob", name="Bob Byrd"),
    Person(id="rg", name="Robert Gruendl"),
    Person(id="rl", name="Robert Lupton"),
)


def book(notes: str) -> Notebook:
    items = (Item(id="i", title="APDB", notes=notes), Item(id="j", title="Wrap-up"))
    days = (Day(id="d", date=TODAY, sessions=(Session(id="s", start=time(9), items=items),)),)
    return Notebook(people=PEOPLE, meetings=(Meeting(id="m", title="Spring", days=days),))


def ends(notebook: Notebook) -> tuple[LooseEnd, ...]:
    return loose_ends(notebook, notebook.meetings[0])


def notes_of(notebook: Notebook) -> str:
    return next(notebook.meetings[0].items).notes


def taken(notebook: Notebook, words: str = "", at: int = 0) -> Notebook:
    """The notebook after one loose end was turned into the action its own words, or these, ask for."""
    end = ends(notebook)[at]
    understood = understand_action(words or end.action, notebook.people, TODAY)
    assert not understood.refusal
    return make_action(end, understood).apply(notebook)


# -- what is found ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("notes", "found"),
    [
        ("- Ann agreed to write it up", [("promise", 0, "somebody took it on")]),
        ("- said\n- More was said. We should ask NCSA.", [("promise", 1, "somebody should do it")]),
        ("In it\nAnn will write\nto somebody.", [("promise", 0, "somebody will do it")]),
        ("Long ago.\nThen Ann agreed to write.", [("promise", 1, "somebody took it on")]),
        ("- !! Ann will draft the plan", [("promise", 0, "somebody will do it")]),
        ("- !! we should publish the plan", []),
        ("- >> Ann to ask NCSA", []),
        ("- [ ] Ann should do it due:2026-06-01", [("action", 0, "no owner")]),
        ("- [ ] @ann do it", [("action", 0, "no date")]),
        ("- [ ] do it", [("action", 0, "no owner and no date")]),
        ("- [x] do it", []),
        ("- [ ] @ann do it due:2026-06-01", []),
        ("- ?? what is next\n- ?= answered: this", [("question", 0, "open question")]),
        ("- @zoe was there, and @zoe left, says @ann", [("person", 0, "nobody here has this handle")]),
        ("- `@zoe` and zoe@x.org", []),
        ("```\nwe should ask @zoe\n```", []),
        ("# We should decide", []),
        ("- should we ask NCSA?", []),
        ("", []),
    ],
)
def test_loose_ends_are_found_with_their_line_and_reason(notes: str, found: list[tuple[str, int, str]]) -> None:
    assert [(end.kind.value, end.line, end.why) for end in ends(book(notes))] == found


@pytest.mark.parametrize(
    ("below", "left"),
    [
        ("- [ ] @ann write due:2026-06-01", 0),
        ("  - [x] @ann write due:2026-06-01", 0),
        ("- [x] @bob call due:2026-06-01\n- [x] @ann write due:2026-06-01", 0),
        ("- [x] @bob write due:2026-06-01", 1),
        ("- said\n- [x] @ann write due:2026-06-01", 1),
    ],
)
def test_an_action_right_below_answers_a_promise_of_the_same_person(below: str, left: int) -> None:
    assert len(ends(book(f"- Ann agreed to write it up\n{below}"))) == left


def test_they_come_in_the_order_of_the_notes() -> None:
    notes = "- @zoe came\n- [ ] do it\n- ?? why\n- Ann to ask NCSA"
    assert [end.kind.value for end in ends(book(notes))] == ["person", "action", "question", "promise"]


def test_the_sample_leaves_few_things_open(sample: Path) -> None:
    with OpenNotebook.open(sample, read_only=True) as notebook:
        found = [
            (end.kind.value, end.item_id) for one in notebook.value.meetings for end in loose_ends(notebook.value, one)
        ]
    assert found == [
        ("action", "2024-04-pstn-017"),
        ("question", "middleware"),
        ("promise", "time-series"),
        ("question", "rebaselining"),
        ("promise", "ingest"),
    ]


def test_for_every_kind_it_is_said_what_can_be_done() -> None:
    assert set(WHAT_TO_DO) == set(LooseKind)


# -- dismissing ---------------------------------------------------------------------------------------------------


def test_what_was_dismissed_stays_away_while_its_words_stand() -> None:
    before = book("- ?? why\n- Ann agreed to write")
    after = dismiss(ends(before)[1]).apply(before)
    assert [end.text for end in ends(after)] == ["why"]
    item = next(after.meetings[0].items)
    moved = edits.set_notes("m", item, item.notes, "- first\n  - Ann  AGREED to write\n- ?? why").apply(after)
    assert [end.text for end in ends(moved)] == ["why"]
    other = edits.set_notes("m", item, item.notes, "- Ann agreed to call").apply(after)
    assert [end.text for end in ends(other)] == ["Ann agreed to call"]


def test_dismissing_twice_is_remembered_once() -> None:
    before = book("- ?? why")
    (end,) = ends(before)
    after = dismiss(end).apply(dismiss(end).apply(before))
    assert len(after.meetings[0].dismissed) == 1


def test_an_action_dismissed_for_its_date_is_told_again_when_it_loses_its_owner() -> None:
    before = book("- [ ] @ann do it")
    after = dismiss(ends(before)[0]).apply(before)
    item = next(after.meetings[0].items)
    bare = edits.set_notes("m", item, item.notes, "- [ ] do it").apply(after)
    assert [end.why for end in ends(bare)] == ["no owner and no date"]


def test_a_dismissal_is_kept_in_the_file(tmp_path: Path) -> None:
    before = book("- ?? why")
    OpenNotebook.create(tmp_path / "a.json", before).close()
    with OpenNotebook.open(tmp_path / "a.json") as notebook:
        notebook.change(dismiss(ends(before)[0]))
    with OpenNotebook.open(tmp_path / "a.json", read_only=True) as notebook:
        assert ends(notebook.value) == ()


# -- turning into actions -----------------------------------------------------------------------------------------


def test_a_line_that_is_the_promise_becomes_the_action() -> None:
    after = taken(book("- said\n  * Ann agreed to write it up.\n    - more"), "Ann — write it up 2w")
    assert notes_of(after) == "- said\n  * [ ] @ann write it up due:2026-05-26\n    - more"


@pytest.mark.parametrize(
    ("notes", "row", "line"),
    [
        ("- Long. Ann will write. Ok.\n  - child\n- next", 1, "  - [ ] @ann write"),
        ("1. Long. Ann will write. Ok.\n2. next", 1, "   - [ ] @ann write"),
        ("Para one.\nAnn will write. Ok.\n\nmore", 2, "- [ ] @ann write"),
    ],
)
def test_else_the_action_is_written_right_below(notes: str, row: int, line: str) -> None:
    before = book(notes)
    after = taken(before, "Ann — write")
    lines = notes.split("\n")
    assert notes_of(after).split("\n") == [*lines[:row], line, *lines[row:]]
    assert [(one.task.owners, one.task.text) for one in all_actions(after)] == [(("ann",), "write")]
    assert [end.kind.value for end in ends(after)] == ["action"], "the promise is kept, the new action has no date"


def test_two_promises_in_one_line_are_taken_one_by_one() -> None:
    once = taken(book("- Ann will write. Bob agreed to call."))
    assert [end.text for end in ends(once) if end.kind is LooseKind.PROMISE] == ["Bob agreed to call."]
    twice = taken(once, at=[end.text for end in ends(once)].index("Bob agreed to call."))
    assert sorted(action.task.owners for action in all_actions(twice)) == [("ann",), ("bob",)]
    assert [end.text for end in ends(twice) if end.kind is LooseKind.PROMISE] == []


def test_a_question_becomes_an_action_in_its_place() -> None:
    after = taken(book("- ?? who pays\n  - and when"), "Bob — find out who pays fri")
    assert notes_of(after) == "- [ ] @bob find out who pays due:2026-05-15\n  - and when"


@pytest.mark.parametrize(
    ("line", "offered", "typed", "after"),
    [
        ("- [ ] @ann & @bob do it", "@ann & @bob — do it", " 2w", "- [ ] @ann @bob do it due:2026-05-26"),
        ("- [ ] do it due:2026-06-01", "do it due:2026-06-01", " — ann", "- [ ] @ann do it due:2026-06-01"),
        ("  1. [ ] do it", "do it", " — Bob 2026-06-01", "  1. [ ] @bob do it due:2026-06-01"),
    ],
)
def test_an_action_is_given_what_it_lacks(line: str, offered: str, typed: str, after: str) -> None:
    before = book(f"- said\n{line}\n- more")
    (end,) = ends(before)
    assert end.action == offered
    assert notes_of(taken(before, end.action + typed)) == f"- said\n{after}\n- more"


def test_a_name_of_two_people_is_asked_about() -> None:
    (end,) = ends(book("- Robert agreed to call"))
    understood = understand_action(end.action, PEOPLE, TODAY)
    assert understood.refusal == "Robert: Robert Gruendl or Robert Lupton?"


def test_words_that_moved_meanwhile_are_found_again() -> None:
    before = book("- Ann agreed to write")
    (end,) = ends(before)
    item = next(before.meetings[0].items)
    moved = edits.set_notes("m", item, item.notes, "- new\n- lines\n- Ann agreed to write").apply(before)
    edit = make_action(end, understand_action(end.action, PEOPLE, TODAY))
    assert notes_of(edit.apply(moved)) == "- new\n- lines\n- [ ] @ann write"
    gone = edits.set_notes("m", item, item.notes, "- nothing").apply(before)
    with pytest.raises(EditError, match="no longer stands in the notes of 'APDB'"):
        edit.apply(gone)


def test_in_a_quote_the_action_goes_to_the_end() -> None:
    after = taken(book("> Long. Ann will write.\n> More.\n\nend"))
    assert notes_of(after).startswith("> Long. Ann will write.\n> More.\n")
    assert [one.task.text for one in all_actions(after)] == ["write"]


PIECES = st.lists(
    st.sampled_from(
        [
            "- ",
            "  ",
            "> ",
            "1. ",
            "Ann will write. ",
            "We should ask NCSA.",
            "said ",
            "\n",
            "\n\n",
            "?? why",
            "[ ] ",
            "| ",
        ]
    ),
    max_size=14,
).map("".join)


@given(PIECES)
def test_whatever_the_notes_an_action_is_made_and_no_other_line_changed(notes: str) -> None:
    before = book(notes)
    for end in ends(before):
        if end.kind is LooseKind.PERSON or understand_action(end.action, PEOPLE, TODAY).refusal:
            continue
        after = make_action(end, understand_action(end.action, PEOPLE, TODAY)).apply(before)
        assert len(all_actions(after)) == len(all_actions(before)) + (end.kind is not LooseKind.ACTION)
        lines, others = notes_of(after).split("\n"), notes.split("\n")
        if end.kind is not LooseKind.PROMISE or end.below is None:
            others.pop(end.line)
        for line in others:
            assert line in lines
        assert end.kind is LooseKind.ACTION or (end.mark, end.line) not in {(one.mark, one.line) for one in ends(after)}
        assert replace(after.meetings[0], days=(), dismissed=()) == replace(before.meetings[0], days=())
