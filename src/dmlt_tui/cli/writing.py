"""From a meeting, or from notes alone, to text in a format."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from dmlt_tui.cli.notebooks import choose_day, choose_meeting, meeting_of_item, read
from dmlt_tui.cli.output import failing_in_one_line
from dmlt_tui.meeting.model import Day, Meeting, Notebook
from dmlt_tui.notes.text import clean
from dmlt_tui.page.choices import Choices, Part, Scope, Section
from dmlt_tui.page.compose import ScopeError, compose, notes_page, summary
from dmlt_tui.page.formats import ENDINGS, WRITERS


def page_text(
    notebook: Notebook,
    meeting: Meeting,
    day: Day | None,
    item_id: str | None,
    form: str,
    choices: Choices | None = None,
) -> str:
    """Write the page of a meeting, of one of its days or of one of its items."""
    scope = Scope()
    if item_id is not None:
        scope = Scope(Part.ITEM, item_id)
    elif day is not None:
        scope = Scope(Part.DAY, day.id)
    return _written(notebook, meeting, scope, choices, form)


def export_one(
    file: Path,
    *,
    meeting: str | None,
    day: int | None,
    session: int | None,
    item: str | None,
    only_actions: bool,
    form: str | None,
    **choices: Any,
) -> str:
    """Write the page of a meeting, or of a part of it, as the command's options say."""
    notebook = read(file)
    chosen = meeting_of_item(notebook, item) if item and meeting is None else choose_meeting(notebook, meeting)
    found = choose_day(chosen, day)
    scope = Scope()
    if only_actions:
        scope = Scope(Part.ACTIONS)
    elif item is not None:
        scope = Scope(Part.ITEM, item)
    elif found is not None and session is not None:
        if session > len(found.sessions):
            raise click.ClickException(f"There is no session {session} on {found.date}; it has {len(found.sessions)}")
        scope = Scope(Part.SESSION, found.sessions[session - 1].id)
    elif found is not None:
        scope = Scope(Part.DAY, found.id)
    return _written(notebook, chosen, scope, _choices(**choices), form or _usual_form())


def _usual_form() -> str:
    from dmlt_tui.settings.file import load

    return load().settings.wiki


def export_all(file: Path, folder: Path, *, form: str | None, **wanted: Any) -> None:
    """Write the page of every meeting into a folder, which is made where it is missing; tells how far it got."""
    from dmlt_tui.clipboard.files import replace

    notebook = read(file)
    chosen = {name: wanted[name] for name in ("sections", "times", "decisions", "handovers")}
    form = form or _usual_form()
    open_ones = summary(notebook)
    with failing_in_one_line(f"{folder}: can't be written"):
        folder.mkdir(parents=True, exist_ok=True)
        with click.progressbar(notebook.meetings, label="Writing pages", file=sys.stderr) as bar:
            for meeting in bar:
                text = WRITERS[form](compose(notebook, meeting, Scope(), _choices(**chosen), open_ones))
                replace(folder / f"{_file_name(meeting.id)}{ENDINGS[form]}", text.encode("utf-8", "replace"))


def notes_text(notes: str, form: str, source: str = "markdown") -> str:
    """Write notes as they would stand on a page."""
    if source == "storage":
        from dmlt_tui.cli.imports import storage_page

        return WRITERS[form](storage_page(notes))
    return WRITERS[form](notes_page(clean(notes)))


def _choices(*, sections: tuple[str, ...], times: bool, decisions: bool, handovers: bool) -> Choices:
    return Choices(frozenset(map(Section, sections)) or frozenset(Section), times, decisions, handovers)


def _file_name(meeting_id: str) -> str:
    """Name a file after a meeting's id, whatever is in that; no two ids give one name."""
    return quote(meeting_id, safe="").replace(".", "%2E") or "meeting"


def _written(notebook: Notebook, meeting: Meeting, scope: Scope, choices: Choices | None, form: str) -> str:
    try:
        return WRITERS[form](compose(notebook, meeting, scope, choices))
    except ScopeError as error:
        raise click.ClickException(str(error)) from error
