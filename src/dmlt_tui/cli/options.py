"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

notebook_file = click.argument("file", type=click.Path(path_type=Path))
meeting = click.option(
    "--meeting", "-m", metavar="MEETING", help="An id, or a part of one title; without it the newest meeting."
)
day = click.option("--day", type=click.IntRange(min=1), metavar="N", help="Only this day, counted from 1.")
output = click.option(
    "--output", "-o", default="-", metavar="PATH", help="Where to write; - is standard output, as is the default."
)
