"""Commands that write wiki pages: export and convert."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import failing_in_one_line, put, write

# As in page/formats.py and page/choices.py, which help and completion do without.
_FORMATS = click.Choice(["storage", "storage-cloud", "wiki", "html", "adf", "markdown", "text"])
_SECTIONS = click.Choice(["contents", "logistics", "agenda", "actions", "planning"])

_EXPORT = """\
dmlt-tui export minutes.json --format storage -o page.xml
dmlt-tui export minutes.json --day 2 --format html -o day2.html
dmlt-tui export minutes.json --all --format markdown -o folder
ssh HOST dmlt-tui export --last | pbcopy
"""


@click.command(cls=options.Command, example=_EXPORT)
@click.argument("file", type=click.Path(path_type=Path, readable=False), required=False)
@options.meeting
@options.day
@click.option("--session", type=click.IntRange(min=1), metavar="N", help="Only this session of the day, from 1.")
@click.option("--item", metavar="ID", help="Only this item, of any meeting.")
@click.option("--actions", "only_actions", is_flag=True, help="Only the open actions of all meetings.")
@click.option("--section", "sections", type=_SECTIONS, multiple=True, help="Only this section; may be given again.")
@click.option("--times", is_flag=True, help="Add the actual times of items.")
@click.option("--decisions", is_flag=True, help="Add a list of the decisions taken.")
@click.option("--handovers", is_flag=True, help="Add the times of handovers.")
@click.option("--format", "form", type=_FORMATS, help="Default: storage, for Confluence Data Center.")
@options.output
@click.option("--all", "every", is_flag=True, help="All meetings, one file each, in the folder given as -o.")
@click.option("--last", is_flag=True, help="What the app copied last; no other options.")
@click.pass_context
def export(ctx: click.Context, /, file: Path | None, output: str, *, last: bool, every: bool, **wanted: Any) -> None:
    """Write a meeting as a wiki page.

    storage and wiki are for Data Center, storage-cloud, html and adf for Cloud: open html in a browser, copy it with
    its button and paste it into the editor. markdown and text are for mail, chat and repositories.
    """
    if last:
        if file is not None or every or any(wanted.values()) or output != "-":
            ctx.fail("--last takes no other options: it writes what was copied.")
        put(_last_export())
        return
    file = file or options.default_notebook()
    parts = [name for name in ("day", "item", "only_actions") if wanted[name]]
    if len(parts) > 1:
        ctx.fail("--day, --item and --actions exclude each other.")
    if wanted["session"] and not wanted["day"]:
        ctx.fail("--session is counted within a day: give --day too.")
    if wanted["sections"] and parts:
        ctx.fail("--section is for whole meetings.")
    if every and (parts or wanted["meeting"]):
        ctx.fail("--all takes no --meeting and no part of one.")
    from dmlt_tui.cli.writing import export_all, export_one

    if every:
        if output == "-":
            ctx.fail("--all writes a file for each meeting: name their folder with -o.")
        export_all(file, Path(output), **wanted)
    else:
        write(output, export_one(file, **wanted))


@click.command(
    cls=options.Command,
    example="dmlt-tui convert --to wiki notes.md\ndmlt-tui convert --from storage --to markdown page.xml",
)
@click.option("--to", "form", type=_FORMATS, required=True, help="The format to write; see dmlt-tui export --help.")
@click.option("--from", "source", type=click.Choice(["markdown", "storage"]), default="markdown", help="Markdown.")
@click.argument("notes", type=click.Path(readable=False), default="-")
def convert(form: str, source: str, notes: str) -> None:
    """Turn notes, or a page in storage format, into another format.

    NOTES is a file, or standard input.
    """
    from dmlt_tui.cli.writing import notes_text

    text = read_input(notes)
    with refusing_by_name(notes):
        written = notes_text(text, form, source)
    put(written)


def read_input(source: str) -> str:
    """Read a file, or standard input for "-", as UTF-8, where it is no longer than the page of a wiki can be."""
    from dmlt_tui.page.reading.errors import LARGEST, check_length, check_size, decoded

    with refusing_by_name(source):
        with failing_in_one_line(f"{source}: can't be read"):
            if source != "-":
                check_size(Path(source).stat().st_size)
            with nullcontext(_standard_input()) if source == "-" else Path(source).open("rb") as file:
                data = file.read(LARGEST + 1)  # a device or a pipe may have no end
        check_size(len(data))
        text = decoded(data)
        check_length(text)
    return text


@contextmanager
def refusing_by_name(source: str) -> Iterator[None]:
    """Tell in one line which file, or standard input for "-", holds what can't be read."""
    from dmlt_tui.page.reading.errors import ReadError

    try:
        yield
    except ReadError as error:
        raise click.ClickException(f"{'standard input' if source == '-' else source}: {error}") from error


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise click.ClickException("Standard input is closed, so there are no notes to read.")
    return sys.stdin.buffer


def _last_export() -> bytes:
    from dmlt_tui.clipboard.files import default_state_dir, last

    path = last(default_state_dir())
    if path is None:
        raise click.ClickException("Nothing has been copied in the app yet, so there is no last export.")
    with failing_in_one_line(f"{path}: can't be read"):
        return path.read_bytes()
