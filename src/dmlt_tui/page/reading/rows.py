"""Reads the rows of a page's smaller tables: attachments, topics asked for, open actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dmlt_tui.meeting.model import Attachment, Link, Request
from dmlt_tui.meeting.times import estimate
from dmlt_tui.notes import tree
from dmlt_tui.notes.tasklines import task_line
from dmlt_tui.notes.tree import Paragraph
from dmlt_tui.page.model import CellBlock, Row
from dmlt_tui.page.reading.cells import day_in, names_in_line, note, people_of, plain_words, words
from dmlt_tui.page.reading.names import People
from dmlt_tui.page.reading.reading import OpenAction
from dmlt_tui.page.typed import line_text

_BY = re.compile(r"(?:(?P<day>.*?)\s+)?by\s+(?P<who>.+)", re.IGNORECASE)


def attachment(row: Row, people: People, new_id: Callable[[], str], kept: list[str]) -> Attachment:
    """Read a row of the list of attachments; words that say neither when nor by whom go to `kept`."""
    name, modified = (words(row.cells[at].blocks) if at < len(row.cells) else "" for at in (0, 1))
    match = _BY.fullmatch(modified)
    day = day_in(match["day"] or "" if match else modified)
    by = people.learn(match["who"]) if match else ""
    if modified and not (day or by):
        kept.append(f"of the attachment {name}: {modified}")
    return Attachment(id=new_id(), name=name, modified=day, by=by)


def request(row: Row, heads: Sequence[str], people: People, new_id: Callable[[], str], doubts: list[str]) -> Request:
    """Read a row of the topics asked for, under these heads in small letters; what is no length goes to `doubts`."""
    cells = {head.split(" (")[0]: cell.blocks for head, cell in zip(heads, row.cells, strict=False)}
    first = cells.get("topic", ())
    title = line_text(first[0].children) if first and isinstance(first[0], Paragraph) else words(first)
    length = words(cells.get("time required", ()))
    least = most = None
    try:
        found = estimate(length)
        least, most = found.least, found.most if found.most != found.least else None
    except ValueError:
        if length:
            doubts.append(f"request {title}: {length!r} is not a length")
    return Request(
        id=new_id(),
        title=title,
        requested_by=names_in_line(words(cells.get("requested by", ())), people),
        estimate=length,
        minutes=least,
        minutes_most=most,
        notes=note(cells.get("notes", ())),
    )


def action(row: Row, people: People) -> OpenAction | None:
    """Read a row of the summary; what repeats the other columns is taken off its words. None where none are left."""
    cells = [cell.blocks for cell in row.cells] + [()] * 4
    first = cells[0][0] if cells[0] else None
    text = line_text(first.children) if isinstance(first, Paragraph) else words(cells[0])
    due, where = day_in(words(cells[1])), words(cells[3])
    owners = people_of(cells[2], people)
    links = [link for block in cells[3] for link in links_of(block)]
    names = [people.known[owner].name for owner in owners] + [f"@{owner}" for owner in owners]
    dates = [words(cells[1]), f"due:{due}"]
    text = _without(text, [*dates, where, *names])
    if not text:
        return None
    source = links[0].address if links else ""
    return OpenAction(task_line(owners, text, due), owners, due, text, where, source)


def links_of(block: CellBlock) -> list[Link]:
    """Find the links of a paragraph that is nothing else."""
    if not isinstance(block, Paragraph) or not block.children:
        return []
    rest = [piece for piece in block.children if not isinstance(piece, tree.Link)]
    if any(plain_words([piece]).strip(" ,") for piece in rest):
        return []
    return [
        Link(
            title="" if plain_words(piece.children) == piece.address else plain_words(piece.children),
            address=piece.address,
        )
        for piece in block.children
        if isinstance(piece, tree.Link)
    ]


def _without(text: str, repeated: Sequence[str]) -> str:
    """The words without what other columns say too, at either end."""
    before = None
    while text != before:
        before = text
        for part in filter(None, repeated):
            text = text.removeprefix(part).removesuffix(part).strip().removeprefix("- ").removeprefix("— ").strip()
    return text
