"""The steps that undo and redo go through."""

from __future__ import annotations

from collections import deque

from msgspec import Struct

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.settling import settled
from dmlt_tui.store.merge import merge

STEPS = 1000


class Step(Struct, frozen=True):
    """The way from one value to another. `run` is that of the edits it is made of; empty when nothing may join it."""

    label: str
    start: Notebook
    end: Notebook
    run: str = ""

    def on(self, value: Notebook) -> Notebook:
        """Go this step from `value`, which others may have changed since; then what they did stays."""
        if value is self.start:
            return self.end
        merged = merge(base=self.start, mine=value, theirs=self.end)
        return settled(merged, self.start, first=value, second=self.end)


class History:
    """Undo and redo, both as steps ready to be gone. At most STEPS are kept."""

    def __init__(self) -> None:
        self._undo: deque[Step] = deque(maxlen=STEPS)
        self._redo: list[Step] = []

    def add(self, label: str, before: Notebook, after: Notebook, run: str = "") -> None:
        """Remember a change; one of the same non-empty run as the last step joins it. Redo is forgotten."""
        self._redo.clear()
        if run and self._undo and self._undo[-1].run == run:
            before = self._undo.pop().end
        self._undo.append(Step(label, start=after, end=before, run=run))

    def seal(self) -> None:
        """Let no later change join the last step: somebody else's came in between."""
        if self._undo and self._undo[-1].run:
            last = self._undo.pop()
            self._undo.append(Step(last.label, last.start, last.end))

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None."""
        return self._undo[-1].label if self._undo else None

    @property
    def redo_label(self) -> str | None:
        """What redo would do again, or None."""
        return self._redo[-1].label if self._redo else None

    def undo(self, value: Notebook) -> tuple[str, Notebook] | None:
        """Take back the last step: its label and the value then; None when there is none."""
        if not self._undo:
            return None
        step = self._undo.pop()
        self.seal()
        before = step.on(value)
        self._redo.append(Step(step.label, start=before, end=value))
        return step.label, before

    def redo(self, value: Notebook) -> tuple[str, Notebook] | None:
        """Do the step taken back last again: its label and the value then; None when there is none."""
        if not self._redo:
            return None
        step = self._redo.pop()
        after = step.on(value)
        self._undo.append(Step(step.label, start=after, end=value))
        return step.label, after
