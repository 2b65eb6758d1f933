"""The agenda of one day: sessions with their moderators, items with time, state and length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from fractions import Fraction

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from dmlt_tui.meeting.conflicts import Conflict, day_conflicts
from dmlt_tui.meeting.model import Day, Item, ItemKind, Meeting, Notebook, Session
from dmlt_tui.meeting.moderation import current_place, moderator_of, paused_items, seconds_spent
from dmlt_tui.meeting.projection import Projection, project
from dmlt_tui.meeting.schedule import Planned, agreed, day_plan, session_begin, session_date, zone
from dmlt_tui.meeting.words import clock, handover_words, length_words, name_of, weekday_words
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.widgets.line import Line
from dmlt_tui.tui.widgets.rows import Row, Rows
from dmlt_tui.tui.words import day_mark

_NO_MEETING = ("N  plans a meeting", "X  imports one from a page", "%  opens the demo meeting", "?  shows all keys")
_DONE, _RUNNING, _PAUSED, _CONFLICT = "✓", "▸", "‖", "!"
_WIDE = 34  # cells from which on the two bars of the day have room
_HIGH = 16  # lines of the screen below which the rows need all there is


def fit(left: str, right: str, width: int) -> str:
    """`left` cut with an ellipsis so that `right` stands at the right edge of `width` cells."""
    room = width - Content(right).cell_length - (1 if right else 0)
    return Content(left).truncate(max(room, 1), ellipsis=True, pad=True).plain + (f" {right}" if right else "")


class Shown(Struct, frozen=True):
    """A day as it is shown at a moment; `viewer` is the zone of the one who looks, where it was told."""

    notebook: Notebook
    meeting: Meeting
    day: Day
    now: datetime
    viewer: tzinfo | None = None

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What can't be as it is planned."""
        return day_conflicts(self.notebook, self.meeting, self.day)

    def rows(self, width: int) -> list[Row]:
        """A line of `width` cells per session with its moderator, then one per item."""
        plan = day_plan(self.meeting, self.day)
        planned = {row.item.id: row.start for row in day_plan(self.meeting, agreed(self.day))}
        seen = self._seen()
        late, ends, still = self._late(seen), self._hard_ends(seen), paused_items(self.meeting)
        crossed = {(conflict.session, conflict.item) for conflict in self.conflicts}
        found: list[Row] = []
        for session in self.day.sessions:
            moderator = moderator_of(self.meeting, session)
            name = name_of(self.notebook, moderator) if moderator else "no moderator"
            begin = session_begin(session, session_date(self.day, session), zone(self.meeting))
            drift = late.get(session.id, "")
            bad = (session.id, "") in crossed
            sign = f"{_CONFLICT} " if bad else ""
            head = fit(f"{sign}{self._clocks(begin)} {name}", drift, width)
            found.append(Row(Content.styled(head, "bold $text-error" if bad else "bold")))
            found += [Row(Content.styled(fit(line, "", width), "dim")) for line in self._record(session)]
            rows = [row for row in plan if row.session.id == session.id]
            for row in rows:
                clocks, paused = self._clocks(planned[row.item.id]), row.item.id in still
                bad = (session.id, row.item.id) in crossed
                length = ends.get(row.item.id) or self._length(row, paused=paused)
                found.append(self._item(row.item, clocks, length, width, crossed=bad, paused=paused))
        return found

    def _record(self, session: Session) -> Iterator[str]:
        """When the session was taken over, and what was left for who took it."""
        for handover in self.meeting.handovers:
            if handover.session == session.id:
                yield f"  {handover_words(self.notebook, handover, handover.at.astimezone(zone(self.meeting)))}"
                if handover.note:
                    yield f"    {handover.note}"

    def _seen(self) -> Projection | None:
        """The projection, where what has the floor is on this day."""
        place = current_place(self.meeting)
        return project(self.meeting, place, self.now) if place and place.day.id == self.day.id else None

    def _late(self, seen: Projection | None) -> dict[str, str]:
        """By how many minutes the session on the floor and those after it will be late, by their ids."""
        if seen is None:
            return {}
        found: dict[str, str] = {}
        for one in seen.ahead:
            late = seen.late if one is seen.ahead[0] else one.late
            found.setdefault(one.session.id, f"{late:+}" if late else "")
        return found

    def _hard_ends(self, seen: Projection | None) -> dict[str, str]:
        """When what has a hard end and will miss it is reached, by its id."""
        ahead = seen.ahead if seen else ()
        return {one.item.id: f"→{clock(one.start)}" for one in ahead if one.item.hard and one.late and one.late > 0}

    def _clocks(self, moment: datetime | None) -> str:
        """A time on the meeting's clocks, and on the viewer's."""
        if self.viewer is None:
            after = moment is not None and moment.date() > self.day.date
            return f"{clock(moment)}+" if after else clock(moment)
        there = moment.astimezone(self.viewer) if moment else None
        mark = day_mark(moment, there) if moment and there else ""
        return f"{clock(moment)} {clock(there)}{mark or ' '}"

    def _item(self, item: Item, clocks: str, length: str, width: int, *, crossed: bool, paused: bool) -> Row:
        here = item.id == self.meeting.current
        sign = _PAUSED if paused else _RUNNING if here else _DONE if item.done else " "
        sign = _CONFLICT if crossed and not here else sign
        text = fit(f"{sign} {clocks} {item.title}", length, width)
        if crossed:
            content = Content.styled(text, "bold $text-error" if here else "$text-error")
        elif here:
            content = Content.styled(text, "bold")
        elif item.done or item.kind is not ItemKind.TOPIC:
            content = Content.styled(text, "dim")
        else:
            content = Content(text)
        return Row(content, item.id)

    def _length(self, row: Planned, *, paused: bool) -> str:
        item, minutes = row.item, row.minutes
        spent = seconds_spent(item, self.now) // 60
        if item.done and item.spans:
            return f"{spent}/{minutes - item.extra}" if minutes is not None else str(spent)
        if paused and minutes is not None:
            return f"{spent}/{length_words(item, minutes)}"
        if item.kind is ItemKind.CLOSE:
            return "latest" if item.hard else ""
        if item.time_permitting:
            return "if time"
        return length_words(item, minutes)


def finding_words(conflicts: Sequence[Conflict], day: Day, item: Item | None) -> str:
    """What is wrong at an item or with its session, else how many conflicts the day has elsewhere."""
    session = next((one.id for one in day.sessions if item is not None and item in one.items), "")
    here = [one.words for one in conflicts if one.session == session and one.item in ("", item.id if item else "")]
    if here:
        return "! " + "; ".join(here)
    elsewhere = len(conflicts)
    return f"! {elsewhere} conflict{'s' if elsewhere > 1 else ''} on this day" if elsewhere else ""


class AgendaPane(Vertical):
    """A day of the agenda to move in."""

    DEFAULT_CSS = """
    AgendaPane #agenda-finding { color: $text-error; padding: 0 1; max-height: 4; }
    AgendaPane #agenda-speakers { padding: 0 1; max-height: 4; background: $surface; }
    AgendaPane #agenda-picture { padding: 0 1; margin-top: 1; }
    """

    class Chosen(Message):
        """The cursor came to rest on an item."""

        def __init__(self, item_id: str) -> None:
            super().__init__()
            self.item_id = item_id

    class Entered(Message):
        """Enter was pressed on an item."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(id="agenda")
        self._desk = desk
        # Held here, as the clock goes on while a screen is taken down and has no children any more.
        self.rows = Rows(id="agenda-rows")
        self._title = Line(id="agenda-title", classes="title -here")  # the keys are here first
        self._finding = Line(id="agenda-finding", tall=True)
        self._speakers = Line(id="agenda-speakers", tall=True)
        self._bars = Line(id="agenda-picture", tall=True)
        # What is wrong, who speaks, and in a wide layout the day as two bars.
        self._below = (self._finding, self._speakers, self._bars)
        self._wanted = ""  # the item to highlight
        self._fitted = (0, 0)  # the room for which it was shown
        self._value: Shown | None = None

    def compose(self) -> ComposeResult:
        """A title, the rows, and the day as two bars where they have room."""
        yield self._title
        yield self.rows
        if self._has_room_for_bars:
            yield self._bars  # at once: what comes later has all laid out anew

    def on_mount(self) -> None:
        """Fit the rows when a scrollbar or a border leaves them another width, though the pane keeps its own."""
        self.watch(self.rows, "virtual_size", self._resized, init=False)

    def _tell(self, line: Line, words: str | Content) -> None:
        """Show a line below the rows, hidden while it has no words; it is made a part of the pane at its first."""
        if words and self.is_attached and not line.is_attached:
            below = self._below[self._below.index(line) + 1 :]
            self.mount(line, before=next((other for other in below if other.is_attached), None))
        if line.is_attached:
            line.show(words)
            line.display = bool(words)

    def show(self, notebook: Notebook, meeting: Meeting, day: Day, item_id: str, now: datetime) -> None:
        """Show a day, the cursor on the item with this id."""
        self._show(Shown(notebook, meeting, day, now, self._desk.viewer), item_id)

    def _show(self, value: Shown, item_id: str) -> None:
        self._value, self._wanted = value, item_id
        meeting, day = value.meeting, value.day
        number = meeting.days.index(day) + 1
        self._title.show(f"Agenda  {number}/{len(meeting.days)}  {weekday_words(day.date)}")
        words = finding_words(value.conflicts, day, next((item for item in day.items if item.id == item_id), None))
        self._tell(self._finding, words)
        self._fitted = width, _ = self._room
        self.rows.show(value.rows(width), item_id)  # before the first layout too: keys move in them by then
        self._picture(value, width)
        self.show_speakers()

    @property
    def _has_room_for_bars(self) -> bool:
        """Whether they have, be there a scrollbar or not: it comes where they leave the rows too few lines."""
        return self._width >= _WIDE and self.app.size.height >= _HIGH

    @property
    def _width(self) -> int:
        """The cells of the rows with their scrollbar, as the layout has them or will have them."""
        whole, wanted = self.app.size, self.styles.width
        if width := self.rows.content_size.width:
            return width
        outer = wanted.resolve(whole, whole, Fraction(whole.width)) if wanted is not None else whole.width
        return int(outer) - self.gutter.width - self.rows.gutter.width

    @property
    def _room(self) -> tuple[int, int]:
        """The cells of a row, and the lines of the screen."""
        return self._width - self.rows.scrollbar_size_vertical, self.app.size.height

    def show_speakers(self) -> None:
        """Who speaks on the item on the floor, and who is next."""
        self._tell(self._speakers, self._desk.speaker_words())

    def _picture(self, value: Shown, width: int) -> None:
        """The two bars of the day, where there is room for them."""
        picture = Content()
        if self._has_room_for_bars:
            from dmlt_tui.meeting.picture import day_picture
            from dmlt_tui.tui.widgets.bars import small_picture

            picture = small_picture(day_picture(value.meeting, value.day, value.now), width)
        self._tell(self._bars, picture)

    def tick(self, now: datetime) -> None:
        """Let the clock go on: what has become later says so."""
        value = self._value
        self.show_speakers()
        if value is not None and value.meeting.current:
            self._show(Shown(value.notebook, value.meeting, value.day, now, self._desk.viewer), self.rows.key_here)

    def clear(self) -> None:
        """Show that there is no day, and what to press."""
        self._value = None
        self._title.show("Agenda")
        for line in self._below:
            self._tell(line, "")
        self.rows.show([Row(Content(words)) for words in _NO_MEETING])

    @on(events.Resize)
    def _resized(self) -> None:
        self.call_later(self._refit)  # not after the next refresh, which another screen may take with it as it goes

    def _refit(self) -> None:
        if self._value is not None and self._room != self._fitted:
            self._show(self._value, self.rows.key_here or self._wanted)  # nothing is highlighted the first time

    @on(OptionList.OptionHighlighted)
    def _moved(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if self.rows.key_here:
            self.post_message(self.Chosen(self.rows.key_here))

    @on(OptionList.OptionSelected)
    def _entered(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Entered())
