"""The command that adds to a meeting from a script."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put, put_json, say

if TYPE_CHECKING:
    from dmlt_tui.meeting.model import Item, Meeting


@click.command(cls=options.Command, example='dmlt-tui add minutes.json --action "fritz engage with the LDF 2w"')
@options.notebook_file
@click.option("--action", "words", required=True, metavar="WORDS", help="Who, what, by when, in your own words.")
@options.meeting
@click.option("--item", metavar="ID", help="The item to add it to; default: the current one, else the last topic.")
@options.as_json
def add(file: Path, words: str, meeting: str | None, item: str | None, *, as_json: bool) -> None:
    """Add an action to a meeting, and print its id.

    Prints what was understood. Where a name could mean two people, says so, and nothing is added.
    """
    from datetime import datetime

    from dmlt_tui.cli.notebooks import changing, choose_meeting, meeting_of_item
    from dmlt_tui.meeting.actions import meeting_actions
    from dmlt_tui.meeting.capture import understand_action
    from dmlt_tui.meeting.edits import add_note_line
    from dmlt_tui.meeting.schedule import zone
    from dmlt_tui.notes.text import clean

    with changing(file) as notebook:
        value = notebook.value
        if item is not None and meeting is None:
            chosen = meeting_of_item(value, item)
        else:
            chosen = choose_meeting(value, meeting)
        place = _item(chosen, item)
        understood = understand_action(clean(words), value.people, datetime.now(zone(chosen)).date())
        if understood.refusal:
            told = f" A handle makes it clear: {understood.ways[0]!r}" if understood.ways else ""
            raise click.ClickException(understood.refusal + told)
        notebook.change(add_note_line(chosen.id, place, understood.line, "action"))
        after_value = notebook.value
        after = after_value.meeting(chosen.id)
        taken = [action for action in meeting_actions(after_value, after or chosen) if action.item_id == place.id]
    say(f"{place.title}: {understood.explanation}")
    if as_json:
        from dmlt_tui.cli.action_forms import action_record

        put_json(action_record(after_value, taken[-1]))
    else:
        put(taken[-1].id)


def _item(meeting: Meeting, item_id: str | None) -> Item:
    """Find the item of this id; without one what is on the floor, else the last topic, which is the wrap-up."""
    from dmlt_tui.cli.notebooks import listed
    from dmlt_tui.meeting.model import ItemKind

    items = tuple(meeting.items)
    topics = [item for item in items if item.kind is ItemKind.TOPIC]
    wanted = item_id or meeting.current
    for item in items:
        if item.id == wanted:
            return item
    names = listed((f"{item.id} ({item.title})" for item in topics), "; ")
    if item_id is not None:
        raise click.ClickException(f"{meeting.title} has no item {item_id!r}; there are: {names or 'none yet'}")
    if not topics:
        raise click.ClickException(f"{meeting.title} has no topic to add an action to")
    return topics[-1]
