"""Commands about the plan of a meeting: plan and ics."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import offers, options, records
from dmlt_tui.cli.output import put, put_json, put_table, say, write

if TYPE_CHECKING:
    from dmlt_tui.meeting.model import Day, Meeting, Notebook


@click.command(cls=options.Command, example="dmlt-tui plan minutes.json\ndmlt-tui plan minutes.json --check")
@options.notebook_file
@options.meeting
@options.day
@click.option("--check", is_flag=True, help="Only conflicts; exit code 1 when there are any.")
@options.as_json
@click.pass_context
def plan(ctx: click.Context, file: Path, meeting: str | None, day: int | None, *, check: bool, as_json: bool) -> None:
    """Print requests and agenda, with the minutes asked, planned and spent."""
    from dmlt_tui.cli.notebooks import choose_day, choose_meeting, read
    from dmlt_tui.meeting.conflicts import conflicts
    from dmlt_tui.store.errors import one_line

    notebook = read(file)
    chosen = choose_meeting(notebook, meeting)
    only = choose_day(chosen, day)
    days = chosen.days if only is None else (only,)
    shown = {one.id for one in days}
    found = [conflict for conflict in conflicts(notebook, chosen) if conflict.day in shown]
    if as_json:
        contradictions = [records.contradicting(chosen, one) for one in found]
        whole = {} if check else records.planned(notebook, chosen, days, datetime.now(UTC))
        put_json({**whole, "conflicts": contradictions})
        ctx.exit(1 if check and found else 0)
    if not check:
        _put_requests(notebook, chosen)
        for one in days:
            _put_day(notebook, chosen, one)
    for conflict in found:
        session = next(one for one in chosen.sessions if one.id == conflict.session)
        date = next(one.date for one in chosen.days if one.id == conflict.day)
        item = next((item.title for item in session.items if item.id == conflict.item), "")
        place = f"{date}, session at {session.start:%H:%M}" + (f", {item!r}" if item else "")
        put(one_line(f"{'' if check else 'conflict: '}{place}: {conflict.words}"))
    if check and found:
        ctx.exit(1)


def _put_requests(notebook: Notebook, meeting: Meeting) -> None:
    from dmlt_tui.meeting.loads import long_load_words, meeting_load
    from dmlt_tui.meeting.planning import asked_of, estimate_words, requester_words
    from dmlt_tui.meeting.schedule import day_plan

    asked = asked_of(notebook, meeting)
    planned = {row.item.id: row for day in meeting.days for row in day_plan(meeting, day)}
    rows = []
    for request in (*asked.open, *asked.kept, *asked.scheduled, *asked.dropped):
        row = planned.get(request.item)
        became = "" if row is None else f"{row.item.title}" + (f" ({row.minutes} min)" if row.minutes else "")
        state = became or (request.state if request.meeting else "kept for the next meeting")
        rows.append((estimate_words(request), requester_words(notebook, request) or "-", request.title, state))
    put(f"{meeting.title}\n{long_load_words(meeting_load(notebook, meeting))}\n")
    put_table(("ASKED", "BY", "REQUEST", "BECAME"), rows)
    if not rows:
        say("No topic was asked for.")


def _put_day(notebook: Notebook, meeting: Meeting, day: Day) -> None:
    from dmlt_tui.meeting.loads import load_words, session_load
    from dmlt_tui.meeting.moderation import moderator_of
    from dmlt_tui.meeting.schedule import day_plan
    from dmlt_tui.meeting.stats import Level, day_rows
    from dmlt_tui.meeting.words import clock, day_words, length_words, name_of, names_of

    figures = {row.item: row for row in day_rows(notebook, meeting, day, datetime.now(UTC)) if row.level is Level.ITEM}
    rows: list[tuple[str, ...]] = []
    for session in day.sessions:
        moderator = moderator_of(meeting, session)
        who = name_of(notebook, moderator) if moderator else "no moderator"
        load = load_words(session_load(notebook, meeting, day, session))
        rows.append((f"{session.start:%H:%M}", "", "", "", f"-- {who}: {load}"))
        for row in day_plan(meeting, day):
            if row.session.id != session.id:
                continue
            found = figures.get(row.item.id)
            start = clock(row.start).strip() or ("if time" if row.item.time_permitting else "?")
            people = names_of(notebook, row.item.coordinators)
            rows.append(
                (
                    f"{start} at the latest" if row.item.hard else start,
                    "" if found is None or found.asked is None else f"{found.asked}",
                    "" if row.minutes is None else length_words(row.item, row.minutes),
                    f"{found.spent}" if found and found.spent else "",
                    row.item.title + (f" ({people})" if people else ""),
                )
            )
    put(f"\n{day_words(day.date)}")
    put_table(("TIME", "ASKED", "PLANNED", "SPENT", "ITEM"), rows)


@click.command(cls=options.Command, example="dmlt-tui ics minutes.json -o agenda.ics")
@options.notebook_file
@options.meeting
@click.option(
    "--guest",
    metavar="PERSON",
    shell_complete=offers.people,
    help="Only what this guest takes part in: a handle or a name.",
)
@options.output
def ics(file: Path, meeting: str | None, guest: str | None, output: str) -> None:
    """Write the agenda as an iCalendar file, for the calendars of guests."""
    from dmlt_tui.cli.notebooks import choose_meeting, read
    from dmlt_tui.meeting.calendar import calendar_text, events, with_guest
    from dmlt_tui.meeting.directory import find_people

    notebook = read(file)
    chosen = choose_meeting(notebook, meeting)
    found = events(notebook, chosen)
    if not found:  # and a calendar of nothing is none (RFC 5545, 3.6)
        raise click.ClickException(f"{chosen.title}: no topic of its agenda has a time and a length yet")
    if guest is not None:
        people = find_people(notebook.people, guest)
        found = with_guest(found, f"@{people[0].id}" if len(people) == 1 else guest)
        if not found:
            raise click.ClickException(f"{chosen.title}: no guest {guest!r} is in the agenda with a time")
    write(output, calendar_text(notebook, chosen, found, datetime.now(UTC)))
