"""Commands that write wiki pages: export and convert."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import failing_in_one_line, put, write

_FORMATS = click.Choice(["storage", "wiki"])


@click.command(
    cls=options.Command,
    example="dmlt-tui export minutes.json --format storage -o page.xml\nssh HOST dmlt-tui export --last | pbcopy",
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@options.meeting
@options.day
@click.option("--item", metavar="ID", help="Only this item, of whatever meeting.")
@click.option("--format", "form", type=_FORMATS, help="Confluence's storage format (the default), or wiki markup.")
@options.output
@click.option("--last", is_flag=True, help="What the app copied last, again; takes nothing else.")
@click.pass_context
def export(
    ctx: click.Context,
    file: Path | None,
    meeting: str | None,
    day: int | None,
    item: str | None,
    form: str | None,
    output: str,
    *,
    last: bool,
) -> None:
    """Write a meeting as a wiki page."""
    if last:
        if any(value is not None for value in (file, meeting, day, item, form)) or output != "-":
            ctx.fail("--last takes nothing else: it is what was copied, as it was.")
        put(_last_export())
        return
    if file is None:
        ctx.fail("Which FILE? (Or --last, what the app copied last.)")
    if day is not None and item is not None:
        ctx.fail("--day and --item exclude each other.")
    from dmlt_tui.cli.notebooks import choose_day, choose_meeting, meeting_of_item, read
    from dmlt_tui.cli.writing import page_text

    notebook = read(file)
    if item is not None and meeting is None:
        chosen = meeting_of_item(notebook, item)
    else:
        chosen = choose_meeting(notebook, meeting)
    write(output, page_text(notebook, chosen, choose_day(chosen, day), item, form or "storage"))


@click.command(cls=options.Command, example="dmlt-tui convert --to wiki notes.md")
@click.option("--to", "form", type=_FORMATS, required=True, help="Confluence's storage format, or wiki markup.")
@click.argument("notes", type=click.Path(), default="-")
def convert(form: str, notes: str) -> None:
    """Turn notes into the markup of a wiki page.

    NOTES is a file, or standard input.
    """
    from dmlt_tui.cli.writing import notes_text

    put(notes_text(_read(notes), form))


def _read(source: str) -> str:
    with failing_in_one_line(f"{source}: can't be read"):
        data = _standard_input() if source == "-" else Path(source).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        where = "standard input" if source == "-" else source
        line = data.count(b"\n", 0, error.start) + 1
        raise click.ClickException(f"{where}: line {line} is not UTF-8; convert it first, as with iconv") from error


def _standard_input() -> bytes:
    if sys.stdin is None:
        raise click.ClickException("Standard input is closed, so there are no notes to read.")
    return sys.stdin.buffer.read()


def _last_export() -> bytes:
    from dmlt_tui.clipboard.files import default_state_dir, last

    path = last(default_state_dir())
    if path is None:
        raise click.ClickException("Nothing has been copied in the app yet, so there is no last export.")
    with failing_in_one_line(f"{path}: can't be read"):
        return path.read_bytes()
