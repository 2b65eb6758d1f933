"""The command about figures: minutes asked, planned and spent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put, put_csv, put_json, put_table, say, write

if TYPE_CHECKING:
    from dmlt_tui.meeting.model import Meeting, Notebook
    from dmlt_tui.meeting.stats import Figures


@click.command(
    cls=options.Command,
    example="dmlt-tui stats minutes.json\n"
    "dmlt-tui stats minutes.json --all\n"
    "dmlt-tui stats minutes.json --format svg -o day.svg",
)
@options.notebook_file
@options.meeting
@click.option("--all", "every", is_flag=True, help="A row per meeting: how far estimates held over all of them.")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "csv", "svg"]), default="table", help="Default: a table."
)
@options.json_format
@options.output
@click.pass_context
def stats(ctx: click.Context, file: Path, meeting: str | None, form: str, output: str, *, every: bool) -> None:
    """Compare what was planned with what was spent, by item, session and day.

    As SVG, each day is two bars of blocks: the plan above what happened.
    """
    from dmlt_tui.cli.notebooks import choose_meeting, read
    from dmlt_tui.meeting.stats import estimates, meeting_rows

    if every and (meeting is not None or form == "svg"):
        ctx.fail("--all covers all meetings, as table, json or csv.")
    if form != "svg" and output != "-":
        ctx.fail("--output needs --format svg.")
    notebook, now = read(file), datetime.now(UTC)
    if form == "svg":
        write(output, _picture(choose_meeting(notebook, meeting), now))
        return
    rows = estimates(notebook, now) if every else meeting_rows(notebook, choose_meeting(notebook, meeting), now)
    if form == "json":
        put_json([_record(notebook, row) for row in rows])
    elif form == "csv":
        fields = ("level", "meeting", "day", "session", "item", "title", "asked", "planned", "spent")
        put_csv(fields, [tuple(_cell(_record(notebook, row)[field]) for field in fields) for row in rows])
    else:
        put_table(("ASKED", "PLANNED", "SPENT", "DIFF", "OF", "WHAT"), [_line(row) for row in rows])
        if every and (held := sum(row.held for row in rows)):
            spent = sum(row.spent for row in rows)
            put(f"\nThe items held were planned for {held} min and took {spent}: {spent / held:.0%} of the plan.")
        if not any(row.spent for row in rows):
            say("No clock has run yet: s starts the meeting in the app.")


def _picture(meeting: Meeting, now: datetime) -> str:
    from dmlt_tui.meeting.picture import day_picture
    from dmlt_tui.meeting.picture_svg import svg

    return svg([day_picture(meeting, day, now) for day in meeting.days], meeting.title)


def _record(notebook: Notebook, row: Figures) -> dict[str, object]:
    meeting = notebook.meeting(row.meeting)
    return {
        "level": row.level.value,
        "meeting": row.meeting,
        "meeting_title": meeting.title if meeting else "",
        "day": row.day,
        "session": row.session,
        "item": row.item,
        "title": row.title,
        "kind": row.kind.value,
        "asked": row.asked,
        "planned": row.planned,
        "spent": row.spent,
        "difference": row.difference,
    }


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _line(row: Figures) -> Sequence[str]:
    difference = "" if row.difference is None else f"{row.difference:+}"
    return (_cell(row.asked), _cell(row.planned), _cell(row.spent or None), difference, row.level.value, row.title)
