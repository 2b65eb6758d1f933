"""Others at the same notebook: who they are, and what they do to the floor and to the item shown here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from dmlt_tui.meeting.model import Item, Notebook

if TYPE_CHECKING:
    from pathlib import Path

    from dmlt_tui.store.presence import Presence, Seat
    from dmlt_tui.tui.app import DmltApp
    from dmlt_tui.tui.screens.live import LiveScreen


_SETTLED = 0.3  # seconds from the start until others are looked for


class Company:
    """This desk among those at the notebook: where it sits, and who else is there."""

    def __init__(self, app: DmltApp) -> None:
        self._app = app
        self._presence: Presence | None = None
        self._others: tuple[Seat, ...] = ()

    def begin(self) -> None:
        """Take a seat, and look for what others do, once the screen is there."""
        self._app.set_timer(_SETTLED, self._take_seat)

    def leave(self) -> None:
        """Leave the seat."""
        if self._presence is not None:
            self._presence.leave()

    def sit(self, live: LiveScreen) -> None:
        """Tell the others where one is."""
        if self._presence is not None:
            meeting, item = live.desk.meeting, live.desk.item
            self._presence.sit(
                pane=live.panes.here, meeting=meeting.id if meeting else "", item=item.id if item else ""
            )

    def words(self, notebook: Notebook) -> str:
        """Who else is there, in words."""
        return company(notebook, self._others)

    def _take_seat(self) -> None:
        from dmlt_tui.store.presence import Presence

        self._app.notebook.follow()
        if self._app.notebook.read_only or self._presence is not None:
            return
        self._presence = Presence(self._app.notebook.path, self._told)
        if self._app.live is not None:
            self.sit(self._app.live)
        self._presence.start()

    def _told(self) -> None:
        """Called by the thread that looks for others."""
        if self._presence is not None:
            self._others = self._presence.others
            self._app.call_later(self._show)

    def _show(self) -> None:
        for screen in () if self._app.is_leaving else self._app.screen_stack:
            if (show := getattr(screen, "show_header", None)) is not None and screen.is_mounted:
                show()


def company(notebook: Notebook, seats: Sequence[Seat]) -> str:
    """Who else is there, each with pane and item: "Wil O'Mullane: notes, APDB Update"."""
    return "  ".join(f"{_who(notebook, seat)}: {_where(notebook, seat)}" for seat in seats)


def with_company(title: str, words: str, width: int) -> str:
    """A title in a line of `width` cells, and at its end who else is there; the title gives way first."""
    if not words:
        return title
    room = max(width // 3, width - Content(words).cell_length - 4)
    return f"{Content(title).truncate(room, ellipsis=True, pad=True).plain}  + {words}"


def _who(notebook: Notebook, seat: Seat) -> str:
    for person in notebook.people:
        if seat.login in (person.id, person.account.username if person.account else ""):
            return person.name
    return seat.login


def _where(notebook: Notebook, seat: Seat) -> str:
    meeting = notebook.meeting(seat.meeting)
    item: Item | None = next((one for one in meeting.items if one.id == seat.item), None) if meeting else None
    return ", ".join(filter(None, (seat.pane, item.title if item else "")))


def follow_floor(live: LiveScreen, before: Notebook | None) -> None:
    """Say what others did to the floor; go along with it where its item was shown and nobody types."""
    from dmlt_tui.meeting.news import floor_news

    meeting = live.desk.meeting
    if before is None or meeting is None:
        return
    was = before.meeting(meeting.id)
    if was is not None and was.current != meeting.current and not live.typing:
        shown = live.desk.item
        if meeting.current and (shown is None or shown.id == was.current or not was.current):
            live.desk.go_to_item(meeting.current)
    if news := floor_news(before, live.desk.value, meeting.id):
        live.say(news)


def leave_deleted(live: LiveScreen, before: Notebook | None) -> None:
    """Leave the notes of an item that somebody else deleted; what stood in them is kept in a file, and that is said.

    `before` is the notebook as it was shown last. Without notes, what became of the floor since is said rather, as when
    a break was taken at two desks at once.
    """
    from dmlt_tui.meeting.moderation import place_of
    from dmlt_tui.meeting.news import floor_news

    notes, meeting = live.notes, live.desk.meeting
    title, text, item_id = notes.title, notes.editor.text, notes.item_id
    changed = live.writing or text != notes.base
    notes.show(live.desk.value, None)
    if live.writing:
        live.app.key_queue.be_deaf()
        live.set_focus(live.agenda.rows)
    here = meeting.current if meeting else ""
    first = next((item.id for item in live.desk.day.items), "") if live.desk.day else ""
    live.desk.go_to_item(here) or live.desk.go_to_item(first)
    live.refresh_all()
    news = floor_news(before, live.desk.value, meeting.id) if before and meeting else ""
    if news and not text.strip():
        live.say(news)
        return
    gone = next((one for one in before.meetings if place_of(one, item_id)), None) if before else None
    if gone is not None and live.desk.value.meeting(gone.id) is None:
        words = f"the meeting {gone.title!r} was deleted by somebody else"
    else:
        words = f"{title!r} was deleted by somebody else"
    if changed and text.strip():
        try:
            words += f"; its notes are kept in {keep_text(title, text)}"
        except OSError as error:
            words += f"; its notes are on the clipboard only ({error.strerror or error})"
            from dmlt_tui.tui.copying import copy_text

            copy_text(live, text, "notes.md")
    live.say(words)


def keep_text(title: str, text: str) -> Path:
    """Keep a text that has no place in the notebook in a file of the user's state folder; raises OSError."""
    from dmlt_tui.clipboard.files import replace
    from dmlt_tui.store.ids import new_id
    from dmlt_tui.store.private import make_private, state_folder

    folder = state_folder("kept")
    make_private(folder)
    path = folder / f"notes-{new_id()}.md"
    replace(path, f"# {title}\n\n{text}\n".encode(), 0o600)
    return path
