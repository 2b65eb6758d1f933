"""What all writers say alike: dates in words, the names of marks, plain words, safe addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from dmlt_tui.notes.tree import (
    Break,
    Code,
    DueDate,
    Emphasis,
    Image,
    Inline,
    Link,
    ListItem,
    MarkKind,
    Mention,
    Reference,
    Strike,
    Strong,
    Text,
)
from dmlt_tui.page.model import Page

COLUMNS_JOINER = " · "  # between the names of columns, in the line above a table said row by row

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

_MARK_WORDS = {
    MarkKind.DECISION: "Decision",
    MarkKind.NO_DECISION: "No decision",
    MarkKind.QUESTION: "Question",
    MarkKind.ANSWERED: "Answered",
    MarkKind.PARKED: "Parked",
}

# Outside XML 1.0's Char production (https://www.w3.org/TR/xml/#charsets), and the byte order mark.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")


def mark_words(item: ListItem) -> str:
    """What a marked item is called, nothing for actions and unmarked items."""
    return _MARK_WORDS.get(item.mark, "") if item.mark else ""


def printable(text: str) -> str:
    """The text without the characters that no page may hold: control characters, surrogates, noncharacters."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def date_words(day: date) -> str:
    """A day as wiki pages show it: "06 Jul 2020" (English whatever the locale)."""
    return f"{day.day:02} {_MONTHS[day.month - 1]} {day.year}"


def modified_words(day: date) -> str:
    """A day as lists of attachments show it: "May 09, 2020"."""
    return f"{_MONTHS[day.month - 1]} {day.day:02}, {day.year}"


def web_address(address: str) -> str:
    """The address if a page may link to it (http, https, ftp, ftps or mailto), otherwise nothing."""
    address = printable(address).strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https", "ftp", "ftps") and parts.netloc:
        return address
    return address if parts.scheme == "mailto" and parts.path else ""


def plain(children: Iterable[Inline], page: Page) -> str:
    """The words alone, on one line."""
    return "".join(_plain(child, page) for child in children)


def _plain(child: Inline, page: Page) -> str:
    match child:
        case Text(text) | Code(text):
            return printable(text).replace("\n", " ")
        case Strong(children) | Emphasis(children) | Strike(children):
            return plain(children, page)
        case Link(children, address):
            return plain(children, page) or printable(address)
        case Image(text, address):
            return printable(text or address)
        case Mention(handle):
            return printable(page.name(handle))
        case DueDate(day):
            return date_words(day)
        case Reference(key):
            return printable(key)
        case Break():
            return " "
