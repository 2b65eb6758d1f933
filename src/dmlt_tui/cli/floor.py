"""What a moderator may want without the app: `dmlt-tui brief`."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from dmlt_tui.cli import options, records
from dmlt_tui.cli.output import put, put_json


@click.command(cls=options.Command, example="dmlt-tui brief minutes.json --meeting 2020-05")
@options.notebook_file
@options.meeting
@options.as_json
def brief(file: Path, meeting: str | None, *, as_json: bool) -> None:
    """Print the brief for the next moderator.

    What is done, what is open and what comes next, as the handover card of the app shows it.
    """
    from dmlt_tui.cli.notebooks import choose_meeting, read
    from dmlt_tui.meeting.brief import brief_lines, headline, make_brief
    from dmlt_tui.meeting.moderation import handover_card

    notebook = read(file)
    chosen = choose_meeting(notebook, meeting)
    card = handover_card(chosen, even_taken=True)
    if card is None:
        raise click.ClickException(f"{chosen.title}: no session follows, so nobody takes the floor")
    found = make_brief(notebook, chosen, card, datetime.now(UTC).replace(microsecond=0))
    if as_json:
        put_json(records.briefed(chosen, found))
        return
    put("\n".join([headline(notebook, card), *brief_lines(notebook, chosen, found)]))
