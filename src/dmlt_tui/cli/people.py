"""The command about people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import offers, options
from dmlt_tui.cli.output import put_json, put_table, say

if TYPE_CHECKING:
    from dmlt_tui.meeting.edits import Edit
    from dmlt_tui.meeting.model import Notebook, Person

_PAIR = (str, str)


@click.command(
    cls=options.Command,
    example="dmlt-tui people minutes.json\n"
    'dmlt-tui people minutes.json --add "fmueller; Fritz Mueller; FM; Fritz"\n'
    "dmlt-tui people minutes.json --merge fmuller fmueller",
)
@options.notebook_file
@options.as_json
@click.option("--add", metavar="LINE", multiple=True, help="A new person: handle; Name; initials; aliases; account.")
@click.option("--alias", type=_PAIR, metavar="PERSON NAME", multiple=True, help="Another name of somebody.")
@click.option("--gone", metavar="PERSON", shell_complete=offers.people, multiple=True, help="Their account is gone.")
@click.option("--back", metavar="PERSON", shell_complete=offers.people, multiple=True, help="Their account is back.")
@click.option(
    "--merge", type=_PAIR, metavar="HANDLE PERSON", multiple=True, help="Replace HANDLE by PERSON everywhere."
)
@click.pass_context
def people(
    ctx: click.Context,
    file: Path,
    add: tuple[str, ...],
    alias: tuple[tuple[str, str], ...],
    gone: tuple[str, ...],
    back: tuple[str, ...],
    merge: tuple[tuple[str, str], ...],
    *,
    as_json: bool,
) -> None:
    """List the people of a notebook and unknown handles, or change them.

    A wiki account is a user name, key:USERKEY or id:ACCOUNT_ID. Several options are applied together, or not at all.
    """
    if not (add or alias or gone or back or merge):
        _list(file, as_json=as_json)
        return
    if as_json:
        ctx.fail("--json can't be combined with changes.")
    from dmlt_tui.cli.notebooks import changing, choose_person
    from dmlt_tui.meeting.edits import add_person, together
    from dmlt_tui.meeting.people import add_alias, merge_person, read_person, set_active

    def asked(value: Notebook) -> Iterator[Edit]:
        yield from (add_person(read_person(line)) for line in add)
        yield from (merge_person(old.removeprefix("@"), choose_person(value, (), who)) for old, who in merge)
        yield from (add_alias(choose_person(value, new, who), name) for who, name in alias)
        yield from (set_active(choose_person(value, new, who), active=False) for who in gone)
        yield from (set_active(choose_person(value, new, who), active=True) for who in back)

    new = [line.partition(";")[0].strip().removeprefix("@") for line in add]
    with changing(file) as notebook:
        edits = tuple(asked(notebook.value))
        notebook.change(together("people", edits))
    for edit in edits:
        say(edit.label)


def _list(file: Path, *, as_json: bool) -> None:
    from dmlt_tui.cli.notebooks import read
    from dmlt_tui.meeting.people import likely, times_named, unknown

    notebook = read(file)
    counts = times_named(notebook)
    strangers = unknown(notebook)
    if as_json:
        put_json(
            {
                "people": [{**_record(person), "named": counts[person.id]} for person in notebook.people],
                "unknown": [
                    {"handle": handle, "named": len(places), "meetings": sorted({place.meeting_id for place in places})}
                    for handle, places in strangers.items()
                ],
            }
        )
        return
    put_table(
        ("HANDLE", "NAMED", "STATE", "NAME", "INITIALS", "ALIASES", "ACCOUNT"),
        [
            *((handle, str(len(places)), "unknown", "", "", "", "") for handle, places in strangers.items()),
            *(_row(person, counts[person.id]) for person in notebook.people),
        ],
    )
    for handle in strangers:
        maybe = likely(notebook, handle)
        if maybe:
            say(f"@{handle} may be {maybe.name}; if so: --merge {handle} {maybe.id}")
    if not (notebook.people or strangers):
        say("There is nobody in this notebook yet.")


def _row(person: Person, count: int) -> tuple[str, ...]:
    from dmlt_tui.meeting.people import fields_of

    said = fields_of(person)
    state = "active" if person.active else "gone"
    return person.id, str(count), state, said["name"], said["initials"], said["aliases"], said["account"]


def _record(person: Person) -> dict[str, object]:
    account = person.account
    return {
        "handle": person.id,
        "name": person.name,
        "initials": person.initials,
        "aliases": list(person.aliases),
        "active": person.active,
        "account": {name: getattr(account, name) for name in account.__struct_fields__} if account else None,
    }
