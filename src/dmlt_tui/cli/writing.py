"""From a meeting, or from notes alone, to text in a format."""

from __future__ import annotations

import click

from dmlt_tui.meeting.model import Day, Meeting, Notebook
from dmlt_tui.notes.text import clean
from dmlt_tui.page.compose import Part, Scope, ScopeError, compose, notes_page
from dmlt_tui.page.formats import WRITERS


def page_text(notebook: Notebook, meeting: Meeting, day: Day | None, item_id: str | None, form: str) -> str:
    """Write the page of a meeting, of one of its days or of one of its items."""
    scope = Scope()
    if item_id is not None:
        scope = Scope(Part.ITEM, item_id)
    elif day is not None:
        scope = Scope(Part.DAY, day.id)
    try:
        return WRITERS[form](compose(notebook, meeting, scope))
    except ScopeError as error:
        raise click.ClickException(str(error)) from error


def notes_text(notes: str, form: str) -> str:
    """Write notes as they would stand on a page."""
    return WRITERS[form](notes_page(clean(notes)))
