from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from store_values import add_line, add_person, handles, item, small, with_item

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.history import STEPS, History
from dmlt_tui.store.merge import merge


def all_undone(history: History, value: Notebook) -> Notebook:
    while (gone := history.undo(value)) is not None:
        _, value = gone
    return value


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "run", "other run"])), max_size=12))
def test_undo_restores_every_value_and_redo_every_one_after_it(changes: list[tuple[str, str]]) -> None:
    history, value = History(), small()
    values = [value]
    last_run = ""
    for letter, run in changes:
        before, value = value, add_line(letter).apply(value)
        history.add(letter, before, value, run)
        if run and run == last_run:
            values.pop()
        values.append(value)
        last_run = run
    for expected in reversed(values[:-1]):
        gone = history.undo(value)
        assert gone is not None
        value = gone[1]
        assert value is expected
    assert history.undo(value) is None
    for expected in values[1:]:
        gone = history.redo(value)
        assert gone is not None
        value = gone[1]
        assert value is expected
    assert history.redo(value) is None


def test_labels_name_what_comes_next() -> None:
    history = History()
    first = small()
    second = add_person("eve").apply(first)
    assert (history.undo_label, history.redo_label) == (None, None)
    history.add("add eve", first, second)
    assert (history.undo_label, history.redo_label) == ("add eve", None)
    assert history.undo(second) == ("add eve", first)
    assert (history.undo_label, history.redo_label) == (None, "add eve")


def test_a_change_after_undo_forgets_redo_and_does_not_join_an_older_run() -> None:
    history = History()
    one = add_line("1").apply(small())
    two = add_line("2").apply(one)
    history.add("1", small(), one, "typing")
    history.add("x", one, two)
    history.undo(two)
    three = add_line("3").apply(one)
    history.add("3", one, three, "typing")
    assert history.redo(three) is None
    assert history.undo(three) == ("3", one)


def test_undo_takes_back_the_step_made_here_and_leaves_what_others_did_since() -> None:
    history = History()
    before = small("one")
    after = add_line("mine").apply(before)
    history.add("mine", before, after)
    merged = merge(after, after, add_person("eve").apply(add_line("theirs").apply(after)))
    gone = history.undo(merged)
    assert gone is not None
    assert item(gone[1], "welcome").notes == "one\ntheirs"
    assert "eve" in handles(gone[1])
    again = history.redo(gone[1])
    assert again is not None
    assert set(item(again[1], "welcome").notes.split("\n")) == {"one", "mine", "theirs"}
    assert item(all_undone(history, again[1]), "welcome").notes == "one\ntheirs"


def test_undo_leaves_a_value_others_gave_the_same_field_since() -> None:
    history = History()
    before = small()
    after = with_item(before, "welcome", minutes=20)
    history.add("minutes", before, after)
    gone = history.undo(with_item(after, "welcome", minutes=45))
    assert gone is not None
    assert item(gone[1], "welcome").minutes == 45


def test_what_others_did_in_the_middle_of_a_run_is_not_taken_back_with_it() -> None:
    history = History()
    one = add_line("1").apply(small())
    history.add("typing", small(), one, "typing")
    theirs = add_person("eve").apply(one)
    history.seal()
    two = add_line("2").apply(theirs)
    history.add("typing", theirs, two, "typing")
    assert "eve" in handles(all_undone(history, two))


def test_the_oldest_steps_are_forgotten_first() -> None:
    history, value = History(), small("")
    for number in range(STEPS + 5):
        before, value = value, add_person(f"p{number}").apply(value)
        history.add(str(number), before, value)
    assert handles(all_undone(history, value)) == ["ann", "bob", "p0", "p1", "p2", "p3", "p4"]
