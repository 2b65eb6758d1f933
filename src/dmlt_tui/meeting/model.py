"""The values of a notebook. All are frozen; edits.py holds every function that makes a changed one.

Shapes: a Notebook holds people, meetings and requests; a Meeting holds days, a Day sessions, a Session items.
Days are `date`, clock times of the agenda are `time` in the meeting's zone without tzinfo, moments that really
happened are aware `datetime` in UTC, lengths are whole minutes. People are named by their handle.
Every record has an `id`, unique in the notebook and never shown as its name.
"""

# Without the annotations import: the types are read as the program starts, and as text each would be compiled then.
from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum

from msgspec import Struct, structs

# What a record may hold at most, so that every time reckoned from it is one the calendar has.
MOST_MINUTES = 7 * 24 * 60
YEARS = range(1900, 3000)


class Record(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What all values here are: frozen, and silent in the file about fields left at their default."""


class Account(Record, frozen=True):
    """How the wiki knows a person: `username` or `userkey` on Data Center, `account_id` on Cloud."""

    username: str = ""
    userkey: str = ""
    account_id: str = ""


class Person(Record, frozen=True):
    """Somebody of the directory. `id` is the handle, as in @handle; `active` is false once the account is gone."""

    id: str
    name: str
    initials: str = ""
    aliases: tuple[str, ...] = ()
    account: Account | None = None
    active: bool = True


class Link(Record, frozen=True):
    """A named address."""

    title: str
    address: str = ""


class Notice(Record, frozen=True):
    """The panel at the top of a page; `text` is in the language of notes."""

    title: str
    text: str = ""


class Logistics(Record, frozen=True):
    """Where and how to take part. `access` says how to get in, in the language of notes."""

    notice: Notice | None = None
    place: str = ""
    links: tuple[Link, ...] = ()
    access: str = ""
    call_id: str = ""
    dial_in: tuple[str, ...] = ()


class Attendee(Record, frozen=True):
    """Somebody taking part. `mention` writes their name as a wiki mention, which notifies them."""

    person: str
    mention: bool = True


class Attachment(Record, frozen=True):
    """A file that belongs to the page: its name, when it was changed and by whom (a handle)."""

    id: str
    name: str
    modified: date | None = None
    by: str = ""


class Slot(Record, frozen=True):
    """A part of an item with a time of its own, and perhaps a guest (a name, or @handle)."""

    id: str
    title: str
    start: time | None = None
    minutes: int | None = None
    guest: str = ""


class Turn(Record, frozen=True):
    """One turn of a round: a group or a person, and who speaks for it (a handle)."""

    name: str
    person: str = ""
    minutes: int | None = None


class Round(Record, frozen=True):
    """A round of turns in the order given; `order` says in words why that order ("reverse WBS order")."""

    turns: tuple[Turn, ...]
    order: str = ""


class Span(Record, frozen=True):
    """A stretch of time an item had the floor; open while it still has it."""

    start: datetime
    end: datetime | None = None


class ItemKind(StrEnum):
    """What a row of the agenda is."""

    TOPIC = "topic"
    BREAK = "break"
    CLOSE = "close"


class Item(Record, frozen=True):
    """A row of the agenda.

    `start` is set only where the item is pinned to a time; other start times follow from the lengths before them.
    `hard` makes that time "at the latest". `minutes` is None where no length was given; `up_to` says that the length
    is a limit, not a wish. `extra` of these minutes were given to it while its day ran (negative: taken away): it was
    planned for `minutes` less `extra`.
    `preparation` are the pre-meeting notes and `notes` the running notes, both as typed.
    `link` is material named beside the title. `spans` are when it had the floor, `done` that it was dealt with.
    `reviews` are the actions an item that goes through open actions was planned for (see following.py).
    """

    id: str
    title: str
    kind: ItemKind = ItemKind.TOPIC
    start: time | None = None
    minutes: int | None = None
    up_to: bool = False
    extra: int = 0
    hard: bool = False
    time_permitting: bool = False
    coordinators: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    round: Round | None = None
    link: Link | None = None
    preparation: str = ""
    notes: str = ""
    spans: tuple[Span, ...] = ()
    done: bool = False
    reviews: tuple[str, ...] = ()


class Session(Record, frozen=True):
    """A run of items under one moderator (a handle; empty while nobody is named) from `start` on."""

    id: str
    start: time
    moderator: str = ""
    scribe: str = ""
    items: tuple[Item, ...] = ()


class Day(Record, frozen=True):
    """One day of a meeting."""

    id: str
    date: date
    sessions: tuple[Session, ...] = ()

    @property
    def items(self) -> Iterator[Item]:
        """All items of the day, in order."""
        return (item for session in self.sessions for item in session.items)


class Role(StrEnum):
    """What can be handed over."""

    MODERATOR = "moderator"
    SCRIBE = "scribe"


class Handover(Record, frozen=True):
    """The moment one person gave the floor to the next (handles), for which session, and what was left for them."""

    id: str
    session: str
    to: str
    at: datetime
    giver: str = ""
    role: Role = Role.MODERATOR
    note: str = ""


class Meeting(Record, frozen=True):
    """One meeting of one or more days.

    `zone` is an IANA name and `zone_label` what people call it ("Project"). `current` is the id of the item on the
    floor, empty before the start and after the end; whether its clock runs is told by its last span.
    `source` is the address of its page, once there is one. `dismissed` are the findings of a review of its notes that
    somebody looked at and let be (see review.py).
    """

    id: str
    title: str
    zone: str = "UTC"
    zone_label: str = ""
    days: tuple[Day, ...] = ()
    logistics: Logistics = Logistics()
    attendees: tuple[Attendee, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    handovers: tuple[Handover, ...] = ()
    current: str = ""
    source: str = ""
    dismissed: tuple[str, ...] = ()

    @property
    def sessions(self) -> Iterator[Session]:
        """All sessions, in order."""
        return (session for day in self.days for session in day.sessions)

    @property
    def items(self) -> Iterator[Item]:
        """All items, in order."""
        return (item for session in self.sessions for item in session.items)

    @property
    def first_day(self) -> date | None:
        """The date of the first day, or None when no day is planned."""
        return self.days[0].date if self.days else None


class RequestState(StrEnum):
    """What became of a request."""

    OPEN = "open"
    SCHEDULED = "scheduled"
    DROPPED = "dropped"


class Request(Record, frozen=True):
    """A topic asked for before a meeting.

    `requested_by` is as typed, in the language of notes ("@mbutler, @rlupton, etc."); `estimate` is as typed and
    `minutes` / `minutes_most` the range read from it. `item` is the id of the item it became.
    """

    id: str
    title: str
    meeting: str = ""
    requested_by: str = ""
    estimate: str = ""
    minutes: int | None = None
    minutes_most: int | None = None
    notes: str = ""
    state: RequestState = RequestState.OPEN
    item: str = ""


class Pattern(Record, frozen=True):
    """A kind of key written in notes: a regular expression, "issue" or "document", and where it leads.

    `address` holds `{key}` for the key as written and `{lower}` for it in lower case.
    """

    id: str
    regex: str
    kind: str = "issue"
    address: str = ""


class Notebook(Record, frozen=True):
    """All that one file holds."""

    people: tuple[Person, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    requests: tuple[Request, ...] = ()
    patterns: tuple[Pattern, ...] = ()

    def person(self, handle: str) -> Person | None:
        """The person with this handle, or None."""
        return next((person for person in self.people if person.id == handle), None)

    def meeting(self, meeting_id: str) -> Meeting | None:
        """The meeting with this id, or None."""
        # From the end on: it is asked for with every letter, and those still written in are the newest.
        return next((meeting for meeting in reversed(self.meetings) if meeting.id == meeting_id), None)


def newest(notebook: Notebook) -> Meeting | None:
    """The last meeting of the notebook, where with_meeting() puts the one that begins last; None when there is none."""
    return notebook.meetings[-1] if notebook.meetings else None


def with_meeting(notebook: Notebook, meeting: Meeting) -> Notebook:
    """Put a meeting into a notebook: behind all others, but before those at the end that begin later than it."""
    kept = list(notebook.meetings)
    begins = meeting.first_day or date.min
    place = len(kept)
    while place and (kept[place - 1].first_day or date.min) > begins:
        place -= 1
    return structs.replace(notebook, meetings=(*kept[:place], meeting, *kept[place:]))
