"""The command about actions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put_json, put_table, say

if TYPE_CHECKING:
    from dmlt_tui.meeting.actions import Action


@click.command(cls=options.Command, example="dmlt-tui actions minutes.json --assignee fmueller --overdue")
@options.notebook_file
@click.option("--status", type=click.Choice(["open", "done", "all"]), default="open", help="Which; open by default.")
@click.option("--assignee", metavar="PERSON", help="Only this person's: a handle, initials, or a part of one name.")
@click.option("--overdue", is_flag=True, help="Only open ones whose due date has passed.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="A table by default.")
def actions(file: Path, status: str, assignee: str | None, form: str, *, overdue: bool) -> None:
    """List the actions of all meetings, by due date."""
    from dmlt_tui.cli.notebooks import choose_person, read, today
    from dmlt_tui.meeting.actions import ActionStatus, all_actions, by_due_date, with_status

    notebook = read(file)
    every = all_actions(notebook)
    found = by_due_date(with_status(every, ActionStatus(status)))
    if assignee is not None:
        handle = choose_person(notebook, {owner for action in every for owner in action.task.owners}, assignee)
        found = tuple(action for action in found if handle in action.task.owners)
    if overdue:
        day = today(notebook)
        found = tuple(action for action in found if action.overdue(day))
    if form == "json":
        put_json([_record(action) for action in found])
        return
    put_table(
        ("DUE", "OWNERS", "PLACE", "ACTION"),
        [
            (
                str(action.task.due or "-"),
                " ".join(f"@{owner}" for owner in action.task.owners) or "-",
                action.id,
                f"[{'x' if action.task.done else ' '}] {action.task.text}",
            )
            for action in found
        ],
    )
    if not found:
        say("There are no such actions.")


def _record(action: Action) -> dict[str, object]:
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
    }
