"""The net at wrap-up: what the notes of a meeting leave open, to be turned into actions, put right or dismissed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import groupby

from textual import on
from textual.content import Content

from dmlt_tui.meeting.capture import ActionWords
from dmlt_tui.meeting.review import WHAT_TO_DO, LooseEnd, LooseKind, dismiss, loose_ends, make_action
from dmlt_tui.tui.capturing import action_question
from dmlt_tui.tui.screens.listing import ListRow, ListScreen, heading
from dmlt_tui.tui.who import who_question
from dmlt_tui.tui.widgets.sheet import Sheet

_WHY = 27  # cells of the longest reason


def _key(end: LooseEnd) -> str:
    return f"{end.mark} {end.line}"


def _draw(end: LooseEnd, width: int) -> Content:
    line = f"{end.line + 1:>4}  "
    if width < 90:
        return Content.assemble((line, "dim"), end.text, (f"  {end.why}", "dim"))
    return Content.assemble((line, "dim"), (f"{end.why:<{_WHY}}  ", "dim"), end.text)


class ReviewScreen(ListScreen[LooseEnd]):
    """Gives the loose end whose line to go to, None for none."""

    KEYS = "Enter, a make it an action   x dismiss   e go to its line   u undo   q back"
    BINDINGS = [("a", "take", "Action"), ("x", "let_be", "Dismiss"), ("e", "go", "Go to its line")]

    _ends: tuple[LooseEnd, ...] = ()

    def title_words(self) -> str:
        """How much is left open, in which meeting."""
        meeting, count = self.desk.meeting, len(self._ends)
        said = "nothing is left open" if not count else f"{count} loose end{'s' if count > 1 else ''}"
        return f"Review: {said} in {meeting.title if meeting else 'no meeting'}"

    def rows(self) -> Sequence[ListRow]:
        """The loose ends under the titles of their items."""
        meeting = self.desk.meeting
        self._ends = loose_ends(self.desk.value, meeting) if meeting else ()
        rows = []
        for (_, title), ends in groupby(self._ends, key=lambda end: (end.item_id, end.item_title)):
            rows.append(heading(title))
            rows += [ListRow(_key(end), partial(_draw, end), self._whole(end)) for end in ends]
        return rows

    def _whole(self, end: LooseEnd) -> str:
        return f"{end.text}\n{end.why}: {WHAT_TO_DO[end.kind]}"

    @property
    def _here(self) -> LooseEnd | None:
        key = self.sheet.key_here
        return next((end for end in self._ends if _key(end) == key), None)

    @on(Sheet.Chosen)
    def _chosen(self) -> None:
        end = self._here
        if end is not None and end.kind is LooseKind.QUESTION:
            self.dismiss(end)
        else:
            self.action_take()

    def action_take(self) -> None:
        """Ask for the action it becomes, its words to begin with; for somebody unknown, who that is."""
        end = self._here
        if end is None:
            return
        if end.kind is LooseKind.PERSON:
            self.ask(who_question(self.desk, end.handle, self.change))
            return

        def take(found: ActionWords) -> None:
            self.change(make_action(end, found))

        self.ask(action_question(self.desk, take, end.action))

    def action_let_be(self) -> None:
        """Dismiss it; that is remembered."""
        if self._here is not None:
            self.change(dismiss(self._here))

    def action_go(self) -> None:
        """Go to its line in the notes."""
        if self._here is not None:
            self.dismiss(self._here)
