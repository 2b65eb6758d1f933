"""The forms a list of actions is written in."""

from __future__ import annotations

from collections.abc import Sequence

from dmlt_tui.cli.output import put, put_csv, put_json, put_table
from dmlt_tui.meeting.actions import Action
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.past import History, Occasion, Past


def write_actions(notebook: Notebook, actions: Sequence[Action], form: str) -> None:
    """Write actions to stdout; a table or a page of none is nothing at all."""
    past = Past(notebook)
    if form == "json":
        put_json([_record(action, past.of(action)) for action in actions])
    elif form == "csv":
        put_csv(
            ("id", "status", "due", "owners", "text", "meeting", "item", "tickets"),
            [_cells(notebook, action, past.of(action)) for action in actions],
        )
    elif form == "table":
        put_table(("DUE", "OWNERS", "PLACE", "ACTION"), [_row(action) for action in actions])
    elif actions:
        from dmlt_tui.page.compose import actions_page
        from dmlt_tui.page.formats import WRITERS

        put(WRITERS[form](actions_page(notebook, actions)))


def action_record(notebook: Notebook, action: Action) -> dict[str, object]:
    """Make the record of one action, as the list of them has it."""
    return _record(action, Past(notebook).of(action))


def _row(action: Action) -> tuple[str, ...]:
    return (
        str(action.task.due or "-"),
        " ".join(f"@{owner}" for owner in action.task.owners) or "-",
        action.id,
        f"[{'x' if action.task.done else ' '}] {action.task.text}",
    )


def _cells(notebook: Notebook, action: Action, history: History) -> tuple[str, ...]:
    task = action.task
    people = [(notebook.person(owner), owner) for owner in task.owners]
    return (
        action.id,
        "done" if task.done else "open",
        str(task.due or ""),
        "; ".join(person.name if person else f"@{owner}" for person, owner in people),
        task.text,
        action.meeting_title,
        action.item_title,
        " ".join(history.tickets),
    )


def _record(action: Action, history: History) -> dict[str, object]:
    task = action.task
    return {
        "id": action.id,
        "meeting": action.meeting_id,
        "meeting_title": action.meeting_title,
        "item": action.item_id,
        "item_title": action.item_title,
        "line": task.line + 1,
        "done": task.done,
        "owners": list(task.owners),
        "due": task.due.isoformat() if task.due else None,
        "text": task.text,
        "references": list(task.references),
        "taken": _occasion(history.taken) if history.taken else None,
        "reviewed": [_occasion(occasion) for occasion in history.reviewed],
        "tickets": list(history.tickets),
    }


def _occasion(occasion: Occasion) -> dict[str, str]:
    return {
        "meeting": occasion.meeting_id,
        "meeting_title": occasion.meeting_title,
        "item": occasion.item_id,
        "item_title": occasion.item_title,
        "day": occasion.day.isoformat(),
    }
