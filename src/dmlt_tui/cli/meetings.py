"""Commands about meetings: new, list, show."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import offers, options, records
from dmlt_tui.cli.output import put, put_json, put_table, say

if TYPE_CHECKING:
    from dmlt_tui.meeting.model import Meeting


@click.command(
    cls=options.Command,
    example='dmlt-tui new minutes.json --title "Spring" --start 2027-05-11 --days 3\n'
    'dmlt-tui new minutes.json --after spring --title "Autumn" --start 2027-11-09',
)
@options.notebook_file
@click.option("--title", required=True, help="Its title.")
@click.option("--start", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Its first day.")
@click.option(
    "--days",
    type=click.IntRange(1, 60),
    metavar="N",
    help="Number of consecutive days; default with --after: as before.",
)
@click.option("--zone", metavar="ZONE", help="Its time zone, as America/Los_Angeles; default: the newest meeting's.")
@click.option("--moderators", metavar="PEOPLE", help='Who moderates its sessions, in turn: "frossie, wil, @new".')
@click.option(
    "--after",
    metavar="MEETING",
    shell_complete=offers.meetings,
    help="Follow this meeting: an id or part of a title.",
)
@options.as_json
@click.pass_context
def new(
    ctx: click.Context,
    file: Path,
    title: str,
    start: datetime,
    days: int | None,
    zone: str | None,
    moderators: str | None,
    after: str | None,
    *,
    as_json: bool,
) -> None:
    """Add a meeting, and print its id.

    FILE is created when it is missing, but with --after. Then people, zone, logistics and the moderators of the
    sessions are taken over, open actions come first on the agenda, and what was left is offered as requests.
    """
    from msgspec.structs import replace

    from dmlt_tui.cli.notebooks import changing, store_errors_in_one_line
    from dmlt_tui.meeting.agenda_lines import moderators_from
    from dmlt_tui.meeting.edits import add_meeting, link_keys, plan_meeting, together
    from dmlt_tui.meeting.following import with_moderators
    from dmlt_tui.meeting.model import Notebook, newest
    from dmlt_tui.settings.file import load
    from dmlt_tui.store.ids import new_id

    if zone is not None:
        options.find_zone(zone, "'--zone'")
    if after is not None:
        added = _follow(file, after, title, start.date(), days, zone, moderators or "")
        _put_added(added, as_json=as_json)
        return
    if days is None:
        ctx.fail("How many --days? (Or --after MEETING, for as many as that one had.)")
    with store_errors_in_one_line():
        meeting = plan_meeting(new_id(), title, start.date(), days, zone or "UTC", new_id)
    with changing(file, create=True) as notebook:
        last = newest(notebook.value)
        if zone is None and last:
            meeting = replace(meeting, zone=last.zone, zone_label=last.zone_label)
        meeting = with_moderators(meeting, moderators_from(notebook.value, moderators or ""))
        patterns = load().settings.patterns if notebook.value == Notebook() else ()
        notebook.change(together("new meeting", [link_keys(patterns), add_meeting(meeting)]))
    _put_added(meeting, as_json=as_json)


def _follow(
    file: Path, after: str, title: str, first: date, days: int | None, zone: str | None, moderators: str
) -> Meeting:
    from msgspec.structs import replace

    from dmlt_tui.cli.notebooks import changing, choose_meeting
    from dmlt_tui.meeting.agenda_lines import moderators_from
    from dmlt_tui.meeting.following import add_next, next_meeting
    from dmlt_tui.store.ids import new_id

    with changing(file) as notebook:
        before = choose_meeting(notebook.value, after)
        goes_on = before if zone is None else replace(before, zone=zone)
        planned = next_meeting(notebook.value, goes_on, title, first, days or len(before.days) or 1, new_id)
        planned = planned.moderated_by(moderators_from(notebook.value, moderators))
        notebook.change(add_next(planned))
    say(f"after {before.title}: {planned.words}")
    return planned.meeting


def _put_added(meeting: Meeting, *, as_json: bool) -> None:
    if as_json:
        put_json(records.headed(meeting))
    else:
        put(meeting.id)


@click.command("list", cls=options.Command, example="dmlt-tui list minutes.json")
@options.notebook_file
@options.as_json
def list_meetings(file: Path, *, as_json: bool) -> None:
    """List the meetings."""
    from dmlt_tui.cli.notebooks import read
    from dmlt_tui.meeting.actions import ActionStatus, meeting_actions, with_status

    notebook = read(file)
    rows = [
        (meeting, len(with_status(tuple(meeting_actions(notebook, meeting)), ActionStatus.OPEN)))
        for meeting in notebook.meetings
    ]
    if as_json:
        put_json([{**records.headed(meeting), "open_actions": count} for meeting, count in rows])
        return
    put_table(
        ("ID", "DATES", "OPEN", "TITLE"),
        [
            (meeting.id, _dates([day.date for day in meeting.days]), str(count), meeting.title)
            for meeting, count in rows
        ],
    )
    if not rows:
        say("There is no meeting in this notebook yet.")


@click.command(cls=options.Command, example="dmlt-tui show minutes.json --day 2 | less")
@options.notebook_file
@options.meeting
@options.day
@options.as_json
def show(file: Path, meeting: str | None, day: int | None, *, as_json: bool) -> None:
    """Show agenda and notes as plain text."""
    from dmlt_tui.cli.notebooks import choose_day, choose_meeting, read
    from dmlt_tui.cli.writing import page_text

    notebook = read(file)
    chosen = choose_meeting(notebook, meeting)
    only = choose_day(chosen, day)
    if as_json:
        put_json(records.shown(chosen, chosen.days if only is None else (only,)))
    else:
        put(page_text(notebook, chosen, only, None, "text"))


def _dates(days: list[date]) -> str:
    """Say the days of a meeting: none, one, or from the first to the last."""
    if not days:
        return "no days yet"
    return f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"
