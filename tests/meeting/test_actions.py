"""Actions are read out of notes, wherever these stand."""

from __future__ import annotations

from datetime import date, time

from msgspec import structs

from dmlt_tui.meeting.actions import (
    ActionStatus,
    Order,
    Wanted,
    all_actions,
    by_due_date,
    listed,
    open_actions,
    with_status,
)
from dmlt_tui.meeting.model import Day, Item, Meeting, Notebook, Pattern, Person, Session


def meeting(name: str, *notes: str) -> Meeting:
    items = tuple(Item(id=f"{name}{index}", title=f"Item {index}", notes=text) for index, text in enumerate(notes))
    day = Day(id=f"{name}d", date=date(2020, 5, 12), sessions=(Session(id=f"{name}s", start=time(9), items=items),))
    return Meeting(id=name, title=name.upper(), days=(day,))


BOOK = Notebook(
    meetings=(
        meeting(
            "m", "- [ ] @a later due:2020-08-01\n- [x] @b done due:2020-06-01", "- no action", "- [ ] someday DM-1"
        ),
        meeting("n", "- [ ] @a soon due:2020-07-01"),
    ),
    patterns=(Pattern(id="dm", regex=r"DM-\d+"),),
)


def test_every_action_knows_where_it_stands() -> None:
    action = all_actions(BOOK)[1]
    assert (action.meeting_id, action.meeting_title, action.item_id, action.item_title) == ("m", "M", "m0", "Item 0")
    assert (action.task.line, action.task.done, action.task.owners) == (1, True, ("b",))
    assert action.id == "m0:2"


def test_open_actions_come_by_due_date_and_those_without_one_last() -> None:
    assert [action.task.text for action in open_actions(BOOK)] == ["soon", "later", "someday DM-1"]


def test_equal_dates_keep_the_order_of_the_file() -> None:
    twice = Notebook(meetings=(meeting("m", "- [ ] one due:2020-08-01\n- [ ] two due:2020-08-01"),))
    assert [action.task.text for action in by_due_date(all_actions(twice))] == ["one", "two"]


def test_only_open_ones_can_be_overdue() -> None:
    late = {action.task.text for action in all_actions(BOOK) if action.overdue(date(2020, 7, 15))}
    assert late == {"soon"}
    assert not all_actions(BOOK)[0].overdue(date(2020, 8, 1))


def test_they_are_chosen_by_status() -> None:
    actions = all_actions(BOOK)
    assert [action.task.text for action in with_status(actions, ActionStatus.DONE)] == ["done"]
    assert len(with_status(actions, ActionStatus.OPEN)) == 3
    assert with_status(actions, ActionStatus.ALL) == actions


def test_ticket_keys_are_found_by_the_notebooks_patterns() -> None:
    assert all_actions(BOOK)[2].task.references == ("DM-1",)


def test_a_list_is_ordered_by_due_date_by_the_first_owners_name_or_by_the_latest_meeting() -> None:
    older = meeting("old", "- [ ] @zoe early due:2020-01-01")
    older = structs.replace(older, days=(structs.replace(older.days[0], date=date(2019, 5, 1)),))
    newer = meeting("new", "- [ ] @ann late due:2020-09-01\n- [ ] of nobody")
    book = Notebook(
        people=(Person(id="ann", name="Zacharias Ann"), Person(id="zoe", name="Abel Zoe")), meetings=(older, newer)
    )

    def order(by: Order) -> list[str]:
        found = listed(all_actions(book), Wanted(order=by), book, date(2020, 5, 1))
        return [action.task.text for action in found]

    assert order(Order.DUE) == ["early", "late", "of nobody"]
    assert order(Order.OWNER)[:2] == ["early", "late"]  # by name, not by handle
    assert order(Order.OWNER)[2] == "of nobody"
    assert order(Order.MEETING) == ["late", "of nobody", "early"]
