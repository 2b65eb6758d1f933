"""The command about actions: lists them in many forms, ticks and reopens them."""

from __future__ import annotations

from pathlib import Path

import click

from dmlt_tui.cli import offers, options
from dmlt_tui.cli.output import say

_FORMS = ("table", "json", "csv", "markdown", "wiki", "storage")
_ORDERS = ("due", "owner", "meeting")


@click.command(
    cls=options.Command,
    example="dmlt-tui actions minutes.json --assignee fmueller --overdue\n"
    "dmlt-tui actions minutes.json --format csv > actions.csv\n"
    "dmlt-tui actions minutes.json --done apdb:6",
)
@options.notebook_file
@click.option("--status", type=click.Choice(["open", "done", "all"]), help="Which actions; default: open.")
@click.option(
    "--assignee",
    metavar="PERSON",
    shell_complete=offers.people,
    help="Only this person's: a handle, initials, alias or part of a name; - for actions without owner.",
)
@click.option("--overdue", is_flag=True, help="Only open ones whose due date has passed.")
@click.option(
    "--meeting",
    "-m",
    metavar="MEETING",
    shell_complete=offers.meetings,
    help="Only this meeting's: an id or part of a title.",
)
@click.option("--text", metavar="WORDS", help="Only those with these words, ignoring case.")
@click.option("--sort", type=click.Choice(_ORDERS), help="Default: by due date.")
@click.option("--format", "form", type=click.Choice(_FORMS), help="Default: a table.")
@options.json_format
@click.option("--done", metavar="ID", multiple=True, help="Tick the action with this id in the table; may be repeated.")
@click.option("--reopen", metavar="ID", multiple=True, help="Untick it; may be repeated.")
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
            ctx.fail("--done and --reopen can be combined only with each other and --text.")
        _tick(file, {**dict.fromkeys(done, True), **dict.fromkeys(reopen, False)}, text or "")
        return
    from dmlt_tui.cli.action_forms import write_actions
    from dmlt_tui.cli.notebooks import choose_meeting, choose_person, read, today
    from dmlt_tui.meeting.actions import NOBODY, ActionStatus, Order, Wanted, all_actions, listed

    notebook = read(file)
    every = all_actions(notebook)
    owner = assignee or ""
    if owner not in ("", NOBODY):
        owner = choose_person(notebook, {owner for action in every for owner in action.task.owners}, owner)
    if meeting is not None:
        chosen = choose_meeting(notebook, meeting)
        every = tuple(action for action in every if action.meeting_id == chosen.id)
    wanted = Wanted(ActionStatus(status or "open"), overdue, owner, text or "", Order(sort or "due"))
    found = listed(every, wanted, notebook, today(notebook))
    write_actions(notebook, found, form or "table")
    if not found and form not in ("json", "csv"):
        say("No matching actions.")


def _tick(file: Path, wanted: dict[str, bool], text: str) -> None:
    """Tick or reopen actions by id; nothing is changed when one of them can't be."""
    from dmlt_tui.cli.notebooks import changing, find_action
    from dmlt_tui.meeting.edits import tick, together
    from dmlt_tui.notes.text import folded

    with changing(file) as notebook:
        found = [(find_action(notebook.value, action_id), done) for action_id, done in wanted.items()]
        for action, _ in found:
            if folded(text) not in folded(action.task.text):
                raise click.ClickException(f"{action.id} is a different action now: {action.task.text}")
        ticks = [tick(action.meeting_id, action.item_id, action.task, done=done) for action, done in found]
        notebook.change(together("actions", ticks))
    for action, done in found:
        already = " already" if action.task.done is done else ""
        say(f"{'done' if done else 'open'}{already}: {action.id} {action.task.text}")
