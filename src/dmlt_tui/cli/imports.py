"""The command that reads a page back: import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put, say

if TYPE_CHECKING:
    from dmlt_tui.meeting.model import Notebook
    from dmlt_tui.page.model import Page
    from dmlt_tui.page.reading import Reading, Source

_SOURCES = click.Choice(["storage", "html", "markdown", "text"])
_EXAMPLE = "dmlt-tui import minutes.json page.xml --dry-run\npbpaste | dmlt-tui import minutes.json - --as text"


@click.command("import", cls=options.Command, example=_EXAMPLE)
@options.notebook_file
@click.argument("page", type=click.Path())
@click.option("--as", "source", type=_SOURCES, help="What PAGE is; without it the beginning of PAGE tells.")
@click.option("--title", metavar="TITLE", help="What the meeting is called, where the page does not say.")
@click.option("--meeting", "-m", metavar="MEETING", help="The meeting to merge with; without it the one of that title.")
@click.option("--dry-run", is_flag=True, help="Only show what was understood.")
def import_page(
    file: Path, page: str, source: str | None, title: str | None, meeting: str | None, *, dry_run: bool
) -> None:
    """Read the page of a meeting into a notebook.

    PAGE is a file, or - for standard input: storage format, a saved page, Markdown minutes, or text copied off a page.
    A newer version of a page that is in the notebook already is merged. FILE is created when it is missing.
    """
    from dmlt_tui.cli.notebooks import choose_meeting, read, store_errors_in_one_line
    from dmlt_tui.cli.pages import read_input
    from dmlt_tui.meeting.importing import import_meeting
    from dmlt_tui.meeting.model import Notebook
    from dmlt_tui.page.reading import Source, guess_source, read_page
    from dmlt_tui.page.reading.errors import ReadError
    from dmlt_tui.store.ids import new_id
    from dmlt_tui.store.notebook import OpenNotebook

    text = read_input(page, page_of_wiki=True)
    given = Source(source) if source else guess_source(text)
    known = read(file) if file.exists() else Notebook()
    into = choose_meeting(known, meeting).id if meeting else ""
    named = title or (Path(page).stem if page != "-" else "")
    try:
        reading = read_page(text, given, known, new_id, named, force_title=title is not None)
    except ReadError as error:
        raise click.ClickException(f"{'standard input' if page == '-' else page}: {error}") from error
    put("\n".join(preview(known, reading, given, into)))
    if dry_run:
        say("Nothing was written: this was a dry run.")
        return
    actions = [(action.meeting_title, action.source, action.line) for action in reading.actions]
    edit = import_meeting(reading.meeting, reading.people, reading.requests, actions, new_id, into)
    with store_errors_in_one_line(), OpenNotebook.open(file, create=True) as notebook:
        before = notebook.value
        notebook.change(edit)
        say("Nothing new in it." if notebook.value is before else f"Taken into {file}.")


def preview(known: Notebook, reading: Reading, source: Source, into: str = "") -> list[str]:
    """Say in lines what was understood of a page, what is uncertain, and what was kept as plain text."""
    from dmlt_tui.meeting.actions import meeting_actions
    from dmlt_tui.meeting.importing import same_meeting
    from dmlt_tui.meeting.schedule import session_starts
    from dmlt_tui.notes.text import clean

    meeting = reading.meeting
    old = known.meeting(into) if into else same_meeting(known, meeting)
    people = {person.id: person.name for person in (*known.people, *reading.people)}
    tasks = [action.task for action in meeting_actions(known, meeting)]
    done = sum(task.done for task in tasks)
    into = f"merges into {old.title!r} ({old.id})" if old else "a new meeting"
    lines = [meeting.title, f"  read as {source}; {into}", f"  {_counted(reading)}"]
    lines.append(f"  {len(tasks)} actions in the notes, {done} of them done")
    for day in meeting.days:
        lines.append(f"{day.date}")
        for session in day.sessions:
            lines.append(
                f"  {session.start:%H:%M} {people.get(session.moderator, session.moderator) or 'nobody named'}"
            )
            starts = session_starts(session)
            for item in session.items:
                start = starts[item.id]
                who = ", ".join(people.get(handle, handle) for handle in item.coordinators)
                lines.append(
                    f"    {f'{start:%H:%M}' if start else '     '} {item.title}" + (f" ({who})" if who else "")
                )
    lines += ["Uncertain:", *(f"  {doubt}" for doubt in reading.doubts)] if reading.doubts else []
    lines += ["Kept as plain text:", *(f"  {kept}" for kept in reading.kept)] if reading.kept else []
    return [" ".join(clean(line).split("\n")) for line in lines]


def _counted(reading: Reading) -> str:
    meeting = reading.meeting
    counts = {
        "days": len(meeting.days),
        "sessions": len(list(meeting.sessions)),
        "items": len(list(meeting.items)),
        "attendees": len(meeting.attendees),
        "attachments": len(meeting.attachments),
        "requests": len(reading.requests),
        "open actions of other meetings": len(reading.actions),
        "new people": len(reading.people),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items())


def storage_page(text: str) -> Page:
    """Read a page in storage format as a page to be written in another format."""
    from dmlt_tui.meeting.model import Notebook
    from dmlt_tui.page.model import Page
    from dmlt_tui.page.reading import Source, page_blocks
    from dmlt_tui.page.reading.errors import ReadError
    from dmlt_tui.page.reading.names import People

    people = People(())
    try:
        read = page_blocks(text, Source.STORAGE, people, Notebook())
    except ReadError as error:
        raise click.ClickException(str(error)) from error
    return Page("Notes", read.blocks, people.known)
