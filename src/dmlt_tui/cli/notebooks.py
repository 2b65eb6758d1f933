"""Notebooks read and changed by commands, and what in them a command's words mean."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli.output import say
from dmlt_tui.meeting.edits import EditError
from dmlt_tui.meeting.model import Day, Meeting, Notebook, Person, newest
from dmlt_tui.meeting.moderation import on_now
from dmlt_tui.notes.text import clean
from dmlt_tui.store.errors import StoreError

if TYPE_CHECKING:
    from dmlt_tui.meeting.actions import Action
    from dmlt_tui.store.notebook import OpenNotebook

_MOST_CANDIDATES = 5


@contextmanager
def store_errors_in_one_line() -> Iterator[None]:
    """Turn what a notebook or a change refuses into its one line, and exit code 1."""
    try:
        yield
    except (StoreError, EditError) as error:
        raise click.ClickException(str(error)) from error


def read(path: Path) -> Notebook:
    """Read the notebook of a file, which is not changed."""
    from dmlt_tui.store.reading import read_notebook

    with store_errors_in_one_line():
        return read_notebook(path)


@contextmanager
def changing(path: Path, *, create: bool = False) -> Iterator[OpenNotebook]:
    """Open the notebook of a file for one change, which is saved at the end, or not at all; what was recovered is told.

    Of two changes the first could be saved, and the second refused.
    """
    from dmlt_tui.store.notebook import OpenNotebook

    with store_errors_in_one_line(), OpenNotebook.open(path, create=create, rescues=False) as notebook:
        for line in notebook.recovered:
            say(line)
        yield notebook


def choose_meeting(notebook: Notebook, wanted: str | None) -> Meeting:
    """Find the meeting of an id or of a part of one title, whatever the case; else the one held now, or the newest."""
    last = on_now(notebook, datetime.now(UTC))
    if last is None:
        raise click.ClickException("There is no meeting in this notebook yet; add one: dmlt-tui new --help")
    if wanted is None:
        return last
    if exact := notebook.meeting(wanted):
        return exact
    part = wanted.casefold()
    found = [meeting for meeting in notebook.meetings if part in meeting.title.casefold()]
    if len(found) == 1:
        return found[0]
    candidates = listed((f"{meeting.id} ({meeting.title})" for meeting in found or notebook.meetings), "; ")
    if found:
        raise click.ClickException(f"{wanted!r} is a part of {len(found)} titles; name one by its id: {candidates}")
    raise click.ClickException(f"No meeting has the id {wanted!r} or that in its title; the meetings are: {candidates}")


def find_action(notebook: Notebook, action_id: str) -> Action:
    """Find the action of an id as the table of actions prints it, item:line."""
    item_id, _, line = action_id.rpartition(":")
    if not (item_id and line.isdecimal()):
        raise click.ClickException(
            f"{action_id!r} is not the place of an action: give item:line, as dmlt-tui actions prints it"
        )
    meeting = meeting_of_item(notebook, item_id)
    from dmlt_tui.meeting.actions import meeting_actions

    for action in meeting_actions(notebook, meeting):
        if action.id == f"{item_id}:{int(line)}":
            return action
    notes = next(item.notes for item in meeting.items if item.id == item_id).split("\n")
    stands = notes[int(line) - 1].strip() if 1 <= int(line) <= len(notes) else ""
    there = f"that line reads: {clean(stands)[:60]}" if stands else "that line is empty"
    raise click.ClickException(f"{action_id} is no longer an action, {there}. List them anew: dmlt-tui actions")


def meeting_of_item(notebook: Notebook, item_id: str) -> Meeting:
    """Find the meeting that has an item of this id."""
    for meeting in notebook.meetings:
        if any(item.id == item_id for item in meeting.items):
            return meeting
    raise click.ClickException(f"No item in any meeting has the id {item_id!r}")


def choose_day(meeting: Meeting, number: int | None) -> Day | None:
    """Find a day by its number, counted from 1; None for None."""
    if number is None:
        return None
    if not 1 <= number <= len(meeting.days):
        raise click.ClickException(f"{meeting.title}: there is no day {number}; the last is {len(meeting.days)}")
    return meeting.days[number - 1]


def today(notebook: Notebook) -> date:
    """Tell the day it is where the newest meeting is held; this machine's where that zone is unknown here."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    last = newest(notebook)
    try:
        return datetime.now(ZoneInfo(last.zone) if last else None).date()
    except (ZoneInfoNotFoundError, ValueError):
        return date.today()


def choose_person(notebook: Notebook, owners: Iterable[str], wanted: str) -> str:
    """Find a handle: as typed, with or without @, by initials or alias, or by a part of one name.

    Handles among `owners` count too, as notes may name people the directory does not know; its own people come first.
    """
    word = wanted.removeprefix("@").casefold()
    handles = {person.id for person in notebook.people} | set(owners)
    for found in (
        {person.id for person in notebook.people if person.id.casefold() == word},
        {person.id for person in notebook.people if word in map(str.casefold, (person.initials, *person.aliases))},
        {handle for handle in handles if handle.casefold() == word},
        {person.id for person in notebook.people if word in person.name.casefold()},
    ):
        if len(found) == 1:
            return found.pop()
        if found:
            names = listed(sorted(_named(notebook.person(handle), handle) for handle in found), ", ")
            raise click.ClickException(f"{wanted!r} may be any of {names}; give the handle")
    known = listed(sorted(f"@{handle}" for handle in handles), ", ")
    raise click.ClickException(f"Nobody here is called {wanted!r}; there are: {known or 'no people yet'}")


def _named(person: Person | None, handle: str) -> str:
    return f"@{handle} ({person.name})" if person else f"@{handle}"


def listed(words: Iterable[str], joiner: str) -> str:
    """Join a few of the words in one line, and say how many are left out."""
    every = [" ".join(clean(word).split()) for word in words]
    more = len(every) - _MOST_CANDIDATES
    return joiner.join(every[:_MOST_CANDIDATES]) + (f"{joiner}and {more} more" if more > 0 else "")
