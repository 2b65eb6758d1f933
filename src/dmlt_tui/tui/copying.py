"""From a place in the notebook to the clipboard: compose the page, write it, hand it to the chain."""

from __future__ import annotations

import os
from collections.abc import Callable

from dmlt_tui.clipboard.chain import Outcome, copy
from dmlt_tui.clipboard.files import default_state_dir
from dmlt_tui.meeting.model import Meeting, Notebook
from dmlt_tui.page.compose import Scope, compose
from dmlt_tui.page.formats import ENDINGS, WRITERS


def copy_page(
    notebook: Notebook, meeting: Meeting, scope: Scope, form: str, terminal: Callable[[str], None]
) -> Outcome:
    """Copy a part of a meeting in one of the formats; it takes tenths of a second: for a worker thread."""
    text = WRITERS[form](compose(notebook, meeting, scope))
    return copy_text(text, page_name(meeting, scope, form), terminal)


def copy_text(text: str, name: str, terminal: Callable[[str], None]) -> Outcome:
    """Copy a page that is written already, and keep it under this name; for a worker thread too."""
    return copy(text, name=name, environment=os.environ, state_dir=default_state_dir(), terminal=terminal)


def page_name(meeting: Meeting, scope: Scope, form: str) -> str:
    """What a file with this part of a meeting in this format is called."""
    return "-".join(dict.fromkeys(part for part in (meeting.id, scope.id) if part)) + ENDINGS[form]
