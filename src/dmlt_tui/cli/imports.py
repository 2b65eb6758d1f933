"""The command that reads a page back: import."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import offers, options
from dmlt_tui.cli.output import put, put_json, say

if TYPE_CHECKING:
    from dmlt_tui.page.model import Page
    from dmlt_tui.page.reading.preview import Preview

_SOURCES = click.Choice(["storage", "html", "markdown", "text"])
_EXAMPLE = "dmlt-tui import minutes.json page.xml --dry-run\npbpaste | dmlt-tui import minutes.json - --as text"


@click.command("import", cls=options.Command, example=_EXAMPLE)
@options.needed_notebook_file
@click.argument("page", type=click.Path(readable=False))
@click.option("--as", "source", type=_SOURCES, help="The format of PAGE; default: recognised from its beginning.")
@click.option("--title", metavar="TITLE", help="The title of the meeting, where the page has none.")
@click.option(
    "--meeting",
    "-m",
    metavar="MEETING",
    shell_complete=offers.meetings,
    help="The meeting to merge with; default: the one with that title.",
)
@click.option("--dry-run", is_flag=True, help="Only show what was understood.")
@click.option("--yes", "-y", is_flag=True, help="Import without asking.")
@options.as_json
def import_page(
    file: Path,
    page: str,
    source: str | None,
    title: str | None,
    meeting: str | None,
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Import a meeting page into a notebook.

    PAGE is a file, or - for standard input: storage format, a saved page, Markdown minutes, or text copied off a page.
    A newer version of a page that is in the notebook already is merged. FILE is created when it is missing.
    On a terminal you are asked before anything is written; a script is not.
    """
    from dmlt_tui.cli.notebooks import changing, choose_meeting, read, store_errors_in_one_line
    from dmlt_tui.cli.pages import read_input, refusing_by_name
    from dmlt_tui.meeting.model import Notebook
    from dmlt_tui.page.reading import Source
    from dmlt_tui.page.reading.preview import preview
    from dmlt_tui.store.disk import look
    from dmlt_tui.store.ids import new_id

    text = read_input(page)
    with store_errors_in_one_line():
        known = Notebook() if look(file) is None else read(file)
    into = choose_meeting(known, meeting).id if meeting else ""
    name = Path(page).stem if page != "-" else ""
    given = Source(source) if source else None
    with refusing_by_name(page), store_errors_in_one_line():
        found = preview(known, text, new_id, source=given, name=name, title=title or "", into=into)
    if as_json:
        put_json(_record(found))
    else:
        put("\n".join(found.lines))
    if dry_run:
        say("Nothing was written: this was a dry run.")
    elif not found.changes:
        say("Nothing new in it.")
    elif not (yes or _agreed(file)):
        say("Nothing was written.")
    else:
        with changing(file, create=True) as notebook:
            notebook.change(found.edit)
        say(f"Imported into {file}.")


def _record(found: Preview) -> dict[str, object]:
    return {
        "meeting": found.meeting_id,
        "merges": found.into is not None,
        "changes": found.changes,
        "source": found.source,
        "understood": [{"heading": part.heading, "lines": list(part.lines)} for part in found.parts],
    }


def _agreed(file: Path) -> bool:
    """Ask whoever sits at a terminal; a script was asked by whoever wrote it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return True
    question = f"Import this into {file}?"
    if sys.stdin is not None and sys.stdin.isatty():
        return click.confirm(question, err=True)
    try:  # standard input is the page, or closed
        with Path("/dev/tty").open(encoding="utf-8", errors="replace") as terminal:
            click.echo(f"{question} [y/N]: ", err=True, nl=False)
            return terminal.readline().strip().casefold() in {"y", "yes"}
    except OSError as error:
        raise click.ClickException(
            "Nothing was written: there is no terminal to ask on. --yes imports without asking."
        ) from error


def storage_page(text: str) -> Page:
    """Read a page in storage format as a page to be written in another format; raises ReadError for what is none."""
    from dmlt_tui.meeting.model import Notebook
    from dmlt_tui.page.model import Page
    from dmlt_tui.page.reading import Source, page_blocks
    from dmlt_tui.page.reading.names import People

    people = People(())
    read = page_blocks(text, Source.STORAGE, people, Notebook())
    return Page("Notes", read.blocks, people.known)
