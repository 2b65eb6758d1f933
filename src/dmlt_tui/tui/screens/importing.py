"""A page before it is taken into the notebook: what was understood, what is uncertain, what stays plain text."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from dmlt_tui.meeting.edits import EditError
from dmlt_tui.page.reading import Source
from dmlt_tui.page.reading.errors import ReadError
from dmlt_tui.page.reading.preview import Preview, preview
from dmlt_tui.store.ids import new_id
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.screens.listing import ListRow, ListScreen, heading
from dmlt_tui.tui.widgets.sheet import Sheet


class ImportScreen(ListScreen[Preview]):
    """Gives the preview that was taken in, None where nothing was written."""

    KEYS = "y import   f read as another format   j k scroll   q back, writing nothing"
    BINDINGS = [("y", "take", "Import"), ("f", "form", "Read as another format")]

    def __init__(self, desk: Desk, text: str, name: str) -> None:
        super().__init__(desk)
        self._page = text
        self._called = name
        self._source: Source | None = None
        self._found: Preview | str = "reading the page …"
        self._turn = 0

    def on_mount(self) -> None:
        """Read the page, in a thread: a long one takes seconds."""
        self._read()

    def _read(self) -> None:
        self._turn += 1
        turn, known, source = self._turn, self.desk.value, self._source

        def work() -> None:
            found: Preview | str
            try:
                found = preview(known, self._page, new_id, source=source, name=self._called)
            except (ReadError, EditError) as error:
                found = f"{self._called}: {error}"
            self.app.call_from_thread(self._read_is, turn, found)

        self.run_worker(work, thread=True, group="import")

    def _read_is(self, turn: int, found: Preview | str) -> None:
        if turn == self._turn and self.is_mounted:
            self._found = found
            self.show()

    def title_words(self) -> str:
        """What would be done."""
        if isinstance(self._found, str):
            return f"Import: {self._called}"
        if not self._found.changes:
            return "Import: nothing new in this page"
        into = self._found.into
        return f"Import: merge into {into.title}" if into else "Import: a new meeting"

    def rows(self) -> Sequence[ListRow]:
        """The preview, line by line."""
        if isinstance(self._found, str):
            return [_row(0, self._found)]
        rows: list[ListRow] = []
        for part in self._found.parts:
            rows.append(heading(part.heading))
            rows += [_row(len(rows) + number, line) for number, line in enumerate(part.lines)]
        return rows

    @on(Sheet.Chosen)
    def _chosen(self) -> None:
        self.say("y imports it, q cancels")

    def action_take(self) -> None:
        """Take the page in: one step, which u takes back."""
        found = self._found
        if isinstance(found, str):
            self.say("there is nothing to import yet")
        elif not found.changes:
            self.say("nothing new in it")
        elif self.change(found.edit):
            self.dismiss(found)

    def action_form(self) -> None:
        """Read the page as the next format."""
        forms = list(Source)
        at = self._source or (self._found.source if isinstance(self._found, Preview) else forms[-1])
        self._source = forms[(forms.index(at) + 1) % len(forms)]
        self.say(f"read as {self._source}")
        self._read()


def _row(number: int, words: str) -> ListRow:
    return ListRow(f"line {number}", lambda _width: f"  {words}", words)
