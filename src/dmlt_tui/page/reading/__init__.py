"""Reading pages back: storage format, saved HTML, Markdown and text copied off a page, to one format-neutral reading.

Each format has a module that makes the blocks of `page.model` of it; `understanding` makes a meeting of these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dmlt_tui.meeting.model import Notebook, newest
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.page.model import PageBlock
from dmlt_tui.page.reading.errors import ReadError, check_text
from dmlt_tui.page.reading.names import People
from dmlt_tui.page.reading.reading import OpenAction, Reading
from dmlt_tui.page.reading.understanding import Understanding

__all__ = ["OpenAction", "ReadError", "Reading", "Source", "guess_source", "page_blocks", "read_page"]


class Source(StrEnum):
    """What a page is given as."""

    STORAGE = "storage"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Blocks:
    """A page as blocks: its title where the format holds one, and what was kept as plain text."""

    title: str
    blocks: tuple[PageBlock, ...]
    kept: tuple[str, ...] = ()


def guess_source(text: str) -> Source:
    """Say what a page is most likely given as."""
    start = text[:200_000].lstrip("\ufeff \n\r\t")
    lowered = start.casefold()
    if "<ac:" in lowered or "<ri:" in lowered:
        return Source.STORAGE
    if lowered.startswith(("<!doctype html", "<html")) or "<body" in lowered:
        return Source.HTML
    if "\t" in start and not lowered.startswith("<"):
        return Source.TEXT
    if lowered.startswith("<"):
        return Source.STORAGE
    return Source.MARKDOWN


def page_blocks(text: str, source: Source, people: People, notebook: Notebook) -> Blocks:
    """Read a page as blocks. Raises ReadError for what can't be read."""
    from dmlt_tui.page.reading.blocks import Blocks as Converter
    from dmlt_tui.page.reading.elements import parse_html, parse_storage

    patterns = key_patterns(notebook)
    if source is Source.STORAGE:
        converter = Converter(people, patterns)
        return Blocks("", tuple(converter.of(parse_storage(text).children)), tuple(converter.kept))
    if source is Source.HTML:
        from dmlt_tui.page.reading.saved import body, title

        page = parse_html(text)
        converter = Converter(people, patterns)
        return Blocks(title(page), tuple(converter.of(body(page).children)), tuple(converter.kept))
    if source is Source.MARKDOWN:
        from dmlt_tui.page.reading.minutes import read_markdown

        return Blocks(*read_markdown(text, patterns))
    from dmlt_tui.page.reading.copied import read_copied

    return Blocks(*read_copied(text, people, patterns))


def read_page(
    text: str,
    source: Source,
    notebook: Notebook,
    new_id: Callable[[], str],
    title: str = "",
    *,
    force_title: bool = False,
) -> Reading:
    """Read a page as a meeting, its people found in the notebook. `title` stands in where the page has none.

    Raises ReadError for what can't be read.
    """
    check_text(text)
    people = People(notebook.people)
    last = newest(notebook)
    zone = last.zone if last else "UTC"
    try:
        where: ZoneInfo | None = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        where = None
    with_accounts = source in (Source.STORAGE, Source.HTML)
    for _ in range(2):  # again where it names new people: they will be known, too, whenever it is read next
        known = len(people.known)
        page = page_blocks(text, source, people, notebook)
        understanding = Understanding(people, new_id, where or UTC, only_accounts=with_accounts)
        named = title if force_title else page.title or title
        reading = understanding.read(page.blocks, named, new_id(), zone)
        if len(people.known) == known:
            break
    kept = (*page.kept, *reading.kept)
    return Reading(reading.meeting, reading.people, reading.requests, reading.actions, reading.doubts, kept)
