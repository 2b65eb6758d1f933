"""The command about actions: lists them in many forms, ticks and reopens them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import say

if TYPE_CHECKING:
    from dmlt_tui.meeting.actions import Action
    from dmlt_tui.meeting.model import Notebook

_FORMS = ("table", "json", "csv", "markdown", "wiki", "storage")
_ORDERS = ("due", "owner", "meeting")


@click.command(
    cls=options.Command,
    example="dmlt-tui actions minutes.json --assignee fmueller --overdue\n"
    "dmlt-tui actions minutes.json --format csv > actions.csv\n"
    "dmlt-tui actions minutes.json --done apdb:6",
)
@options.notebook_file
@click.option("--status", type=click.Choice(["open", "done", "all"]), help="Which; open by default.")
@click.option("--assignee", metavar="PERSON", help="Only this person's: a handle, initials, or a part of one name.")
@click.option("--overdue", is_flag=True, help="Only open ones whose due date has passed.")
@click.option("--meeting", "-m", metavar="MEETING", help="Only this meeting's: an id, or a part of one title.")
@click.option("--text", metavar="WORDS", help="Only those with these words in them, whatever the case.")
@click.option("--sort", type=click.Choice(_ORDERS), help="By due date (the default), owner or meeting.")
@click.option("--format", "form", type=click.Choice(_FORMS), help="A table by default.")
@click.option("--done", metavar="ID", multiple=True, help="Tick this one, by its place in the table; may be repeated.")
@click.option("--reopen", metavar="ID", multiple=True, help="Take the tick of this one back; may be repeated.")
@click.pass_context
def actions(
    ctx: click.Context,
    file: Path,
    status: str | None,
    assignee: str | None,
    meeting: str | None,
    text: str | None,
    sort: str | None,
    form: str | None,
    done: tuple[str, ...],
    reopen: tuple[str, ...],
    *,
    overdue: bool,
) -> None:
    """List the actions of all meetings, or tick some.

    With --done or --reopen, --text makes sure of the right one: what does not hold these words is refused.
    """
    if done or reopen:
        if overdue or any(option is not None for option in (status, assignee, meeting, sort, form)):
            ctx.fail("--done and --reopen go with each other and --text alone.")
        _tick(file, {**dict.fromkeys(done, True), **dict.fromkeys(reopen, False)}, text or "")
        return
    from dmlt_tui.cli.action_forms import write_actions
    from dmlt_tui.cli.notebooks import read

    notebook = read(file)
    found = _chosen(notebook, status or "open", assignee, meeting, text or "", overdue=overdue)
    write_actions(notebook, _in_order(notebook, found, sort or "due"), form or "table")
    if not found and form in (None, "table", "markdown", "wiki", "storage"):
        say("There are no such actions.")


def _chosen(
    notebook: Notebook, status: str, assignee: str | None, meeting: str | None, text: str, *, overdue: bool
) -> tuple[Action, ...]:
    from dmlt_tui.cli.notebooks import choose_meeting, choose_person, today
    from dmlt_tui.meeting.actions import ActionStatus, all_actions, with_status

    every = all_actions(notebook)
    found = with_status(every, ActionStatus(status))
    if assignee is not None:
        handle = choose_person(notebook, {owner for action in every for owner in action.task.owners}, assignee)
        found = tuple(action for action in found if handle in action.task.owners)
    if meeting is not None:
        chosen = choose_meeting(notebook, meeting)
        found = tuple(action for action in found if action.meeting_id == chosen.id)
    if text:
        found = tuple(action for action in found if _holds(action, text))
    if overdue:
        day = today(notebook)
        found = tuple(action for action in found if action.overdue(day))
    return found


def _holds(action: Action, words: str) -> bool:
    return words.casefold() in action.task.text.casefold()


def _in_order(notebook: Notebook, actions: tuple[Action, ...], order: str) -> tuple[Action, ...]:
    from datetime import date

    from dmlt_tui.meeting.actions import by_due_date

    def owner(action: Action) -> tuple[bool, str]:
        first = next(iter(action.task.owners), "")
        person = notebook.person(first)
        return not first, (person.name if person else first).casefold()

    found = by_due_date(actions)
    if order == "owner":
        return tuple(sorted(found, key=owner))
    if order == "meeting":
        return tuple(sorted(actions, key=lambda action: action.day or date.max))
    return found


def _tick(file: Path, wanted: dict[str, bool], text: str) -> None:
    """Tick or reopen actions by id; nothing is changed when one of them can't be."""
    from dmlt_tui.cli.notebooks import changing, find_action
    from dmlt_tui.meeting.edits import tick

    with changing(file) as notebook:
        found = [(find_action(notebook.value, action_id), done) for action_id, done in wanted.items()]
        for action, _ in found:
            if not _holds(action, text):
                raise click.ClickException(f"{action.id} is another action now: {action.task.text}")
        for action, done in found:
            notebook.change(tick(action.meeting_id, action.item_id, action.task.line, done=done))
        for action, done in found:
            already = " already" if action.task.done is done else ""
            say(f"{'done' if done else 'open'}{already}: {action.id} {action.task.text}")
