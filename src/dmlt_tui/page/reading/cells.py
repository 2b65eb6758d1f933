"""What the cells of the page's tables say: times, people, slots, turns, dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from msgspec.structs import replace

from dmlt_tui.meeting.model import YEARS, Round, Slot, Turn
from dmlt_tui.notes import plain
from dmlt_tui.notes.due import resolve
from dmlt_tui.notes.tree import Block, BulletList, Heading, Inline, Link, OrderedList, Paragraph, Text
from dmlt_tui.page.model import CellBlock, Note
from dmlt_tui.page.reading.inline import trimmed
from dmlt_tui.page.reading.names import GONE, People
from dmlt_tui.page.typed import line_text, note_text

_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.h](\d\d)(?!\d)\s*([ap]\.?m\b\.?)?", re.IGNORECASE)
_SPANS = re.compile(r"(\d\d:\d\d)–(\d\d:\d\d)?")
_SLOT = re.compile(r"(?P<start>\d{1,2}:\d\d)\s*(?:[–-]\s*(?P<end>\d{1,2}:\d\d))?\s*:?\s+(?P<rest>.*)", re.DOTALL)
_LENGTH = re.compile(r"\s*(?:,|\()\s*(\d{1,4}) min\)?$")
_GUEST = re.compile(r"\s*\(with\s+(?P<who>[^()]+(?:\([^()]*\))?)\)$")
_TURNS = re.compile(r"In turn(?: \((?P<order>.*)\))?:")
_TURN = re.compile(r"(?P<name>.*?)(?:\s*\((?P<who>[^()]+(?:\([^()]*\))?)\))?")
ONLY_DATES = re.compile(
    r"(?!.*\d:\d)(?:\W*\b(?:\d{1,4}(?:st|nd|rd|th)?|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|to|and|from|through|until)\b)+\W*",
    re.IGNORECASE,
)
_NAME = re.compile(r"@?[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,4}")
_TITLE = r",\s*(?:Ph\.?\s?D|M\.?D|MBA|[BM]Sc|[JS]r|I{2,3}|Esq)\b\.?"  # "Ann Ek, PhD" is one person
_BESIDE = re.compile(rf"(?:{_TITLE})?(?:\s*\([^()]*\))?$")  # "(remote)" behind a name
# What parts the names of a line; titles, and what stands in brackets, are passed over whole, as nothing in them does.
_PARTING = re.compile(rf"\([^()]*\)|{_TITLE}|(?P<parts>\s*(?:/|,|;|&|\band\b)\s*)")


@dataclass(frozen=True, slots=True)
class When:
    """What the cell of times says."""

    start: time | None = None
    hard: bool = False
    permitting: bool = False
    spans: tuple[tuple[time, time | None], ...] = ()
    rest: str = ""


def words(blocks: Iterable[CellBlock]) -> str:
    """The words of paragraphs and headings, people as @handle, on one line."""
    parts = []
    for block in blocks:
        if isinstance(block, Note):
            parts.append(words(block.blocks))
        elif isinstance(block, Paragraph | Heading):
            parts.append(plain_words(block.children))
        elif isinstance(block, BulletList | OrderedList):
            parts += [words(item.children) for item in block.items]
    return " ".join(" ".join(parts).split())


def plain_words(pieces: Sequence[Inline]) -> str:
    """The words of pieces, people as @handle, on one line."""
    return " ".join(plain.words(pieces).split())


def clock(text: str) -> time | None:
    """The first clock time in a text: 09:00, 9.30, 2:30 pm."""
    match = _CLOCK.search(text)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2])
    half = (match[3] or "").lower()
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def when(cell: Sequence[CellBlock]) -> When:
    """Read the cell of times: "14:30 (at latest)", "Time permitting", and below it the times that were."""
    first = words(cell[:1])
    actual = words(cell[1:])
    spans = tuple(
        (time.fromisoformat(start), time.fromisoformat(end) if end else None) for start, end in _SPANS.findall(actual)
    )
    start = clock(first)
    lowered = first.casefold()
    hard, permitting = "at latest" in lowered or "at the latest" in lowered, "time permitting" in lowered
    rest = _CLOCK.sub("", first) if start else first
    rest = re.sub(r"\(?\b(?:at (?:the )?latest|time permitting)\b\)?", "", rest, flags=re.IGNORECASE).strip(" -–:")
    return When(start, hard and start is not None, permitting, spans, rest)


def people_of(blocks: Iterable[CellBlock], people: People) -> tuple[str, ...]:
    """The handles of the people a cell names, joined by slashes, commas or "and"."""
    return named(words(blocks), people)[0]


def named(text: str, people: People) -> tuple[tuple[str, ...], bool]:
    """The handles of the people a line names, and whether it says more of them: "Ann Ek (remote)"."""
    handles, more = [], False
    for name in _parted(text):
        handle = name.removeprefix("@") if name.removeprefix("@") in people.known else people.find(name)
        if not handle:
            bare = name if GONE.fullmatch(name) else _BESIDE.sub("", name)
            handle = people.learn(bare or name)
            more = more or bare != name
        handles.append(handle)
    return tuple(dict.fromkeys(filter(None, handles))), more


def _parted(text: str) -> list[str]:
    """The names of a line, in the time it takes to read it once: a page may hold a line of any length."""
    marks = [match.span() for match in _PARTING.finditer(text) if match["parts"]]
    starts, ends = [0, *(end for _, end in marks)], [*(start for start, _ in marks), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]


def days_in(text: str) -> list[date]:
    """The days from the first to the last date a line names."""
    parts = re.split(r"\s+[–—-]\s+|\s+to\s+", text)
    named = [day for part in parts if (day := day_in(part))]
    if len(named) == 2 and 0 < (named[1] - named[0]).days <= 60:
        return [date.fromordinal(number) for number in range(named[0].toordinal(), named[1].toordinal() + 1)]
    return named


def attending(text: str, people: People) -> tuple[str, ...]:
    """The handles of those an item of a list of attendees names; what is no name, as "joining late", names nobody."""
    handles = []
    for part in _parted(text.replace("\n", ",")):
        bare = _BESIDE.sub("", part.strip())
        if GONE.fullmatch(part.strip()) or people.find(part):
            handles.append(people.learn(part))
        elif _NAME.fullmatch(bare) and not bare[0].islower():
            handles.append(people.learn(bare))
    return tuple(dict.fromkeys(filter(None, handles)))


def one_name(text: str, people: People) -> str:
    """A guest or whoever asks: @handle for whoever is known, the name as it stands for others."""
    text = " ".join(text.split())
    handle = text[1:] if text.startswith("@") else people.find(text)
    return f"@{handle}" if handle else text


def names_in_line(text: str, people: People) -> str:
    """A line that names people, those known as @handles: "Unknown User (mbutler) , Robert Lupton, etc."."""
    parts = re.split(r"(\s*,\s*|\s+and\s+|\s*&\s*|\s*/\s*)", text.strip())
    return "".join(
        (re.sub(r"^\s+,", ",", part) if index % 2 else one_name(part, people)) for index, part in enumerate(parts)
    )


def note(blocks: Iterable[CellBlock], raised: int = 2) -> str:
    """The blocks as a note, their headings as many levels higher as the page sets them lower."""
    inner: list[Block] = []
    for block in blocks:
        inner += block.blocks if isinstance(block, Note) else [block]
    lifted = [
        replace(block, level=max(block.level - raised, 1)) if isinstance(block, Heading) else block for block in inner
    ]
    return note_text(lifted)


def slot(pieces: tuple[Inline, ...], new_id: Callable[[], str], people: People) -> Slot:
    """A part of an item: "09:30–10:00: programmatic discussion (with Bob Blum)"."""
    text = line_text(pieces)
    match = _SLOT.fullmatch(text)
    start = clock(match["start"]) if match else None
    minutes = None
    if match and start:
        end = clock(match["end"] or "")
        minutes = minutes_between(start, end) if end else None
        text = match["rest"]
    guest = _GUEST.search(text)
    if guest:
        text = text[: guest.start()]
    length = _LENGTH.search(text)
    if length and not start:
        minutes, text = int(length[1]), text[: length.start()]
    who = one_name(guest["who"], people) if guest else ""
    return Slot(id=new_id(), title=text.strip(), start=start, minutes=minutes, guest=who)


def minutes_between(start: time, end: time) -> int:
    """Minutes from one clock time to the next."""
    return (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60)


def turns(block: CellBlock, people: People) -> Round | None:
    """A round of turns, where the block is one as the page writes it: "In turn (order):" and a list below."""
    if not (isinstance(block, BulletList) and len(block.items) == 1 and len(block.items[0].children) == 2):
        return None
    head, below = block.items[0].children
    match = _TURNS.fullmatch(words([head]))
    if not match or not isinstance(below, BulletList | OrderedList):
        return None
    found = []
    for item in below.items:
        text = words(item.children[:1])
        length = _LENGTH.search(text)
        text = text[: length.start()] if length else text
        turn = _TURN.fullmatch(text.strip())
        who = one_name(turn["who"], people) if turn and turn["who"] else ""
        person = who[1:] if who.startswith("@") else (people.learn(who) if who else "")
        name = turn["name"] if turn else text
        found.append(Turn(name=name.strip(), person=person, minutes=int(length[1]) if length else None))
    return Round(turns=tuple(found), order=match["order"] or "")


def title_and_link(pieces: tuple[Inline, ...]) -> tuple[str, tuple[str, str] | None]:
    """The title of an item, and the material that stands in brackets behind it."""
    if len(pieces) >= 3 and isinstance(pieces[-2], Link) and pieces[-1] == Text(")"):
        before = pieces[-3]
        if isinstance(before, Text) and before.text.endswith(" ("):
            title = trimmed((*pieces[:-3], Text(before.text[:-2])))
            return line_text(title), (plain_words(pieces[-2].children), pieces[-2].address)
    return line_text(pieces), None


def day_in(text: str) -> date | None:
    """The first date in a text: 2020-05-12, 12 May 2020, May 12, 2020."""
    for pattern in (r"\d{4}-\d\d-\d\d", r"\d{1,2} [A-Za-z]{3,9}\.? \d{4}", r"[A-Za-z]{3,9}\.? \d{1,2}, \d{4}"):
        for match in re.finditer(pattern, text):
            found = _day(match[0])
            if found and found.year in YEARS:
                return found
    return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    for form in ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(text.replace(".", ""), form).date()
        except ValueError:
            continue
    return resolve(text, date(2000, 1, 1))
