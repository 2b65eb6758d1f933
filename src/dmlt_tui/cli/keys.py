"""Which keys do what: `dmlt-tui keys`."""

from __future__ import annotations

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put, put_json, say


@click.command(cls=options.Command, example="dmlt-tui keys | less")
@click.option("--json", "as_json", is_flag=True, help="As JSON: id, keys, label and help of every command.")
def keys(*, as_json: bool) -> None:
    """Show the keys of the live meeting, with your settings applied.

    The ids in the JSON are the names to use under [keys] in the settings.
    """
    import shutil

    from dmlt_tui.settings.file import load
    from dmlt_tui.tui.commands import GROUPS
    from dmlt_tui.tui.keymap import rebound
    from dmlt_tui.tui.manual import plain, sections

    commands, problems = rebound(load().settings.keys)
    for words in problems:
        say(words)
    by_id = {command.id: command for command in commands}
    if as_json:
        put_json(
            [
                {
                    "id": command.id,
                    "keys": list(by_id[command.id].keys),
                    "label": command.label,
                    "help": command.help,
                    "group": title,
                }
                for title, group in GROUPS
                for command in group
            ]
        )
        return
    put(plain(list(sections(commands)), min(shutil.get_terminal_size((100, 24)).columns, 110)))
