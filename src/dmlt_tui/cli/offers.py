"""What a notebook offers the shell for a word begun: meetings and people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from dmlt_tui.meeting.model import Notebook


def meetings(ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the ids of meetings that begin so, or whose titles hold what was begun."""
    from click.shell_completion import CompletionItem

    word = begun.casefold()
    return [
        CompletionItem(meeting.id, help=meeting.title)
        for book in _book(ctx)
        for meeting in book.meetings
        if meeting.id.casefold().startswith(word) or word in meeting.title.casefold()
    ]


def people(ctx: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
    """Offer the handles of people that begin so, or whose names hold what was begun."""
    from click.shell_completion import CompletionItem

    word = begun.removeprefix("@").casefold()
    return [
        CompletionItem(person.id, help=person.name)
        for book in _book(ctx)
        for person in book.people
        if person.id.casefold().startswith(word) or word in person.name.casefold()
    ]


def _book(ctx: click.Context) -> Iterator[Notebook]:
    """Give the notebook named so far, else the user's own; nothing where it can't be read: a shell shows no errors."""
    from dmlt_tui.cli.options import default_notebook
    from dmlt_tui.store.errors import StoreError
    from dmlt_tui.store.reading import read_notebook

    named = ctx.params.get("file")
    path = named if isinstance(named, Path) else default_notebook()
    try:
        yield read_notebook(path)
    except (StoreError, OSError):
        return
