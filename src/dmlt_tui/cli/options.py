"""What several commands share: help with an example, arguments and options."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dmlt_tui.cli import offers

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class Command(click.Command):
    """A command whose help shows `example` before it explains anything."""

    def __init__(self, *arguments: Any, example: str, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.example = example

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; while the shell completes the value of the last option, that option is left out.

        It has no value yet, and click would give up all the other words for it, the notebook among them.
        """
        if ctx.resilient_parsing and args and args[-1].startswith("-"):
            args = args[:-1]
        return super().parse_args(ctx, args)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example, then the text."""
        write_examples(formatter, self.example)
        super().format_help_text(ctx, formatter)


def write_examples(formatter: click.HelpFormatter, examples: str) -> None:
    """Write lines to be typed, as they are."""
    formatter.write_paragraph()
    for line in examples.splitlines():
        formatter.write(f"  {line}\n")


def default_notebook() -> Path:
    """Name this user's own notebook: $DMLT_FILE, else that of the settings, else one in the data folder."""
    from dmlt_tui.clipboard.files import named
    from dmlt_tui.settings.file import load

    if words := load().settings.notebook:
        return named(words)
    return data_folder() / "notebook.json"


def data_folder() -> Path:
    """Name the folder of this user's data."""
    from platformdirs import user_data_path

    return user_data_path("dmlt-tui", appauthor=False)


def _own_without(_ctx: click.Context, _parameter: click.Parameter, file: Path | None) -> Path:
    return default_notebook() if file is None else file


# Without FILE a command reads the user's own notebook, the one the app opens without FILE.
notebook_file = click.argument(
    "file", type=click.Path(path_type=Path, readable=False), required=False, callback=_own_without
)
needed_notebook_file = click.argument("file", type=click.Path(path_type=Path, readable=False))
meeting = click.option(
    "--meeting",
    "-m",
    metavar="MEETING",
    shell_complete=offers.meetings,
    help="An id or part of a title; default: the meeting in progress, else the newest.",
)
day = click.option("--day", type=click.IntRange(min=1), metavar="N", help="Only this day, counted from 1.")
as_json = click.option("--json", "as_json", is_flag=True, help="As JSON.")
# For commands with a --format into `form`, JSON among the formats.
json_format = click.option("--json", "form", flag_value="json", help="The same as --format json.")
output = click.option(
    "--output", "-o", default="-", metavar="PATH", help="Where to write; - is standard output (default)."
)


def find_zone(name: str, hint: str) -> ZoneInfo:
    """Find a time zone by its name; `hint` says where the name was given, should there be none."""
    from dmlt_tui.meeting.schedule import named_zone

    try:
        return named_zone(name)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=hint) from error
