"""Every change of a notebook: functions that make an Edit, a named step from one value to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dmlt_tui.meeting.model import Notebook


class EditError(ValueError):
    """A change that can't be made; the message is one line for the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change: what people call it ("Notes of APDB Update"), and the function that makes it.

    Edits that follow each other with the same non-empty `run` are one step of undo.
    """

    label: str
    apply: Callable[[Notebook], Notebook]
    run: str = ""
