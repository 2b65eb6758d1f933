"""From a place in the notebook to the clipboard: compose the page, write it, hand it to the chain."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.content import Content

from dmlt_tui.clipboard.chain import Outcome, copy
from dmlt_tui.clipboard.files import default_state_dir
from dmlt_tui.meeting.model import Meeting
from dmlt_tui.meeting.moderation import place_of
from dmlt_tui.page.compose import Scope, compose
from dmlt_tui.page.formats import ENDINGS, WRITERS

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen

_LONGEST = 40  # characters of a title in the name of a file
_TITLE = 20  # cells of it in what is said


def copy_page(live: LiveScreen, scope: Scope) -> None:
    """Put a part of the meeting on the clipboard as a wiki page, in a thread, and say how far it got."""
    live.commit()
    notebook, meeting, form = live.desk.value, live.desk.meeting, live.app.settings.wiki
    if meeting is None:
        return

    def copied(terminal: Callable[[str], None]) -> Outcome:
        text = WRITERS[form](compose(notebook, meeting, scope))
        outcome = _copied(text, page_name(meeting, scope, form), terminal)
        words = f"{outcome.message[0].lower()}{outcome.message[1:]}"
        return replace(outcome, message=f"{scope_words(meeting, scope)}: {words}")

    _in_a_thread(live, copied)


def copy_text(live: LiveScreen, text: str, name: str) -> None:
    """Put a written page on the clipboard, in a thread, keep it under this name, and say how far it got."""
    _in_a_thread(live, lambda terminal: _copied(text, name, terminal))


def _copied(text: str, name: str, terminal: Callable[[str], None]) -> Outcome:
    return copy(text, name=name, environment=os.environ, state_dir=default_state_dir(), terminal=terminal)


def _in_a_thread(live: LiveScreen, copied: Callable[[Callable[[str], None]], Outcome]) -> None:
    app = live.app

    def work() -> None:
        outcome = copied(partial(app.call_from_thread, app.write_raw))
        app.call_from_thread(live.say, outcome.message)

    live.say("copying ...")
    app.run_worker(work, thread=True, exclusive=True, group="copy")


def page_name(meeting: Meeting, scope: Scope, form: str) -> str:
    """What a file with this part of a meeting in this format is called."""
    return f"{meeting.id}{_part(meeting, scope)}{ENDINGS[form]}"


def _part(meeting: Meeting, scope: Scope) -> str:
    days = [day.id for day in meeting.days]
    if scope.id in days:
        return f"-day-{days.index(scope.id) + 1}" if len(days) > 1 else ""
    place = place_of(meeting, scope.id)
    words = place.item.title if place else scope.id.removeprefix(meeting.id)
    name = "-".join(re.findall(r"\w+", words.casefold()))[:_LONGEST].strip("-")
    return f"-{name}" if name else ""


def scope_words(meeting: Meeting, scope: Scope) -> str:
    """What of a meeting is copied, in few words."""
    days = [day.id for day in meeting.days]
    if scope.id in days:
        return f"Day {days.index(scope.id) + 1} of {len(days)}" if len(days) > 1 else "The day"
    place = place_of(meeting, scope.id)
    if place is None:
        return "The page"
    return Content(place.item.title).truncate(_TITLE, ellipsis=True).plain
