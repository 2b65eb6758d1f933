"""The user's settings: `dmlt-tui config path`, `show`, `check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put, put_json, put_table, say

if TYPE_CHECKING:
    from dmlt_tui.settings.values import Known


@click.group(short_help="Show and check your settings.", subcommand_metavar="path | show | check", options_metavar="")
def config() -> None:
    """Show and check your settings.

    A flag overrides a DMLT_* variable, which overrides the file.
    """


@config.command(cls=options.Command, example='"${EDITOR:-vi}" "$(dmlt-tui config path)"')
def path() -> None:
    """Print the path of the settings file, whether or not it exists."""
    from dmlt_tui.settings.file import settings_path

    put(str(settings_path()))


@config.command(cls=options.Command, example="dmlt-tui config show --json")
@options.as_json
def show(*, as_json: bool) -> None:
    """Print every setting in effect, and where it comes from."""
    from dmlt_tui.settings.file import load
    from dmlt_tui.settings.values import CHECKS

    found = load()
    rows = [(name, _value(found, name), found.sources.get(name, "default")) for name in CHECKS]
    if as_json:
        put_json({name: {"value": value, "from": source} for name, value, source in rows})
    else:
        put_table(("SETTING", "VALUE", "FROM"), [(name, _words(value), source) for name, value, source in rows])
    for words in problems_of(found):
        say(words)


@config.command(cls=options.Command, example="dmlt-tui config check")
@options.as_json
@click.pass_context
def check(ctx: click.Context, *, as_json: bool) -> None:
    """Check the settings for errors; exit code 1 when there are any."""
    from dmlt_tui.settings.file import load

    lines = problems_of(load())
    if as_json:
        put_json(lines)
    else:
        for words in lines:
            put(words)
    if lines:
        ctx.exit(1)


def problems_of(found: Known) -> list[str]:
    """Tell everything that is wrong with the settings, the keys among them, a line each."""
    from dmlt_tui.tui.keymap import rebound

    said = [("" if problem.error else "warning: ") + problem.words for problem in found.problems]
    return said + list(rebound(found.settings.keys)[1])


def _value(found: Known, name: str) -> object:
    kinds = {"tickets": "issue", "documents": "document"}
    if name in kinds:
        return [
            {"pattern": one.regex, "address": one.address} for one in found.settings.patterns if one.kind == kinds[name]
        ]
    value = getattr(found.settings, name)
    return {command: list(keys) for command, keys in value.items()} if name == "keys" else value


def _words(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{command}: {', '.join(keys) or 'none'}" for command, keys in value.items())
    if isinstance(value, list):
        return ", ".join(one["pattern"] for one in value)
    return str(value or "")
