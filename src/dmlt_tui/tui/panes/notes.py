"""The notes of one item: what it is and what was prepared above, the editor below."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size

from dmlt_tui.meeting.model import Item, Notebook
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.meeting.words import clock, guest_words, names_of, slot_words, turns_words
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.completion import Knowledge, Offer
from dmlt_tui.tui.widgets.editor import Editor
from dmlt_tui.tui.widgets.line import Line

_MOST_NARROW, _MOST_WIDE = 4, 8  # lines of what was prepared


def about(notebook: Notebook, item: Item) -> str:
    """One line on an item: who presents it and with whom, its length and limits."""
    parts = [names_of(notebook, item.coordinators)] if item.coordinators else []
    if item.guests:
        parts.append("with " + guest_words(notebook, item.guests))
    if item.minutes is not None:
        parts.append(f"{'up to ' if item.up_to else ''}{item.minutes} min")
    if item.time_permitting:
        parts.append("time permitting")
    if item.start is not None:
        parts.append(f"{clock(item.start)} at the latest" if item.hard else f"pinned to {clock(item.start)}")
    return " · ".join(parts)


def prepared(notebook: Notebook, item: Item) -> str:
    """The pre-meeting notes of an item with its parts and turns, as plain lines."""
    lines = [item.preparation] if item.preparation else []
    lines += [f"- {slot_words(notebook, slot)}" for slot in item.slots]
    if item.round is not None:
        lines.append(turns_words(notebook, item.round))
    return "\n".join(lines)


def knowledge(desk: Desk) -> Knowledge:
    """What the editor has to know of the notebook on the desk."""

    def offer(before: str) -> Offer | None:
        if not before or before[-1].isspace():
            return None  # no word is begun
        from dmlt_tui.tui.offers import attendees_of, candidates, offer_keys, offer_people

        notebook, meeting = desk.value, desk.meeting
        people = candidates(notebook.people, attendees_of(meeting)) if "@" in before else ()
        return offer_people(before, people) or offer_keys(before, desk.ledger.keys(notebook, meeting))

    return Knowledge(desk.today(), key_patterns(desk.value), offer)


def beginning(words: str, width: int, most: int) -> Content:
    """The first lines of a text, `most` of `width` cells with the one that says how many more there are."""
    lines = Content(words).wrap(max(width, 10)) if words else []
    if len(lines) > most:
        more = len(lines) - most + 1
        lines = [*lines[: most - 1], Content(f"… {more} more lines: w shows them")]
    return Content.styled("\n".join(line.plain.rstrip() for line in lines), "dim")


class Prepared(Line):
    """As much of what was prepared as there is room for."""

    def __init__(self) -> None:
        super().__init__(id="notes-prepared", tall=True)
        self._whole = ""

    @property
    def words(self) -> str:
        """What stands there."""
        return self.render().plain

    def show(self, words: str | Content) -> None:
        """Show the first lines of these words."""
        whole = words if isinstance(words, str) else words.plain
        if whole != self._whole:
            self._whole = whole
            self.set_class(not whole, "-empty")
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines it takes, `width` cells wide."""
        del container, viewport
        return self._beginning(width).get_height(self.styles, width)  # type: ignore[arg-type]  # Textual gives it the same

    def render(self) -> Content:
        """What stands there, by its own width: it may be painted before the layout."""
        return self._beginning(self.content_size.width)

    def _beginning(self, width: int) -> Content:
        return beginning(self._whole, width, _MOST_WIDE if self.screen.has_class("-wide") else _MOST_NARROW)


class NotesPane(Vertical):
    """The item shown and the editor of its running notes."""

    DEFAULT_CSS = "NotesPane { layers: below above; }"

    def __init__(self) -> None:
        super().__init__(id="notes")
        self._item_id = ""
        self.prepared = ""  # what was written down for the item before the meeting, whole
        self.base = ""  # the notes as the editor last had them in common with the notebook
        self.base_lines = 1  # how many lines they are
        self.editor = Editor(id="editor")

    def compose(self) -> ComposeResult:
        """Title, about, prepared, editor."""
        yield Line(id="notes-title", classes="title")
        yield Line(id="notes-about")
        yield Prepared()
        yield self.editor

    @property
    def title(self) -> str:
        """The title of that item, as it was shown."""
        return self.query_one("#notes-title", Line).words

    @property
    def item_id(self) -> str:
        """The item whose notes stand in the editor."""
        return self._item_id

    def show(self, notebook: Notebook, item: Item | None) -> None:
        """Show an item; the editor keeps its cursor when it shows the same one as before."""
        editor = self.editor
        if item is None:
            self._item_id = ""
            editor.show("")
            editor.read_only = True
            self.query_one("#notes-title", Line).show("Notes")
            # Without a meeting, the agenda says what to press.
            self.query_one("#notes-about", Line).show("No item yet: I inserts one" if notebook.meetings else "")
            self._prepare("")
            return
        self.query_one("#notes-title", Line).show(item.title)
        self.query_one("#notes-about", Line).show(about(notebook, item))
        self._prepare(prepared(notebook, item))
        editor.read_only = False
        self.base = item.notes
        if item.id != self._item_id:
            self._item_id = item.id
            editor.load_text(item.notes)
            editor.write_on(editor.document.line_count - 1)
        else:
            with self.prevent(Editor.Typed):
                editor.show(item.notes)
        self.base_lines = editor.document.line_count

    def _prepare(self, words: str) -> None:
        self.prepared = words
        self.query_one(Prepared).show(words)
