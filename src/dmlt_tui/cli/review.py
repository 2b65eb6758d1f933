"""The command that looks for loose ends in the notes of a meeting."""

from __future__ import annotations

from pathlib import Path

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put_json, put_table, say


@click.command(cls=options.Command, example="dmlt-tui review minutes.json --meeting spring")
@options.notebook_file
@options.meeting
@options.as_json
def review(file: Path, meeting: str | None, *, as_json: bool) -> None:
    """Look for loose ends in the notes of a meeting.

    Loose ends are lines that sound like a promise but are not an action, actions without owner or date, open
    questions, and unknown people. In the app, R turns them into actions or dismisses them.
    """
    from dmlt_tui.cli.notebooks import choose_meeting, read
    from dmlt_tui.meeting.review import WHAT_TO_DO, loose_ends

    notebook = read(file)
    chosen = choose_meeting(notebook, meeting)
    found = loose_ends(notebook, chosen)
    if as_json:
        put_json(
            [
                {
                    "kind": end.kind.value,
                    "why": end.why,
                    "meeting": end.meeting_id,
                    "item": end.item_id,
                    "item_title": end.item_title,
                    "line": end.line + 1,
                    "text": end.text,
                    "action": end.action,
                    "what_to_do": WHAT_TO_DO[end.kind],
                }
                for end in found
            ]
        )
        return
    put_table(("PLACE", "WHY", "WORDS"), [(f"{end.item_id}:{end.line + 1}", end.why, end.text) for end in found])
    if not found:
        say(f"{chosen.title}: nothing is left open.")
