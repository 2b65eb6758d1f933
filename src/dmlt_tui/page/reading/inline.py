"""Inline pieces of elements, of storage format and of HTML alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from dmlt_tui.notes.language import KeyPattern, read_line
from dmlt_tui.notes.tree import (
    Break,
    Code,
    DueDate,
    Emphasis,
    Image,
    Inline,
    Link,
    MarkKind,
    Mention,
    Reference,
    Strike,
    Strong,
    Text,
)
from dmlt_tui.page.reading.elements import Element
from dmlt_tui.page.reading.names import People

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MARKS: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    **dict.fromkeys(("strong", "b"), Strong),
    **dict.fromkeys(("em", "i", "cite"), Emphasis),
    **dict.fromkeys(("s", "del", "strike"), Strike),
}
SKIPPED = ("script", "style", "template", "head", "title", "noscript", "ac:parameter", "colgroup", "button", "svg")
_DEEPEST = 40

MARKS = {
    "decision": MarkKind.DECISION,
    "no decision": MarkKind.NO_DECISION,
    "question": MarkKind.QUESTION,
    "answered": MarkKind.ANSWERED,
    "parked": MarkKind.PARKED,
}


class Inlines:
    """Makes pieces of elements; `people` resolves whom they name, `patterns` are the notebook's keys."""

    def __init__(self, people: People, patterns: Sequence[KeyPattern] = ()) -> None:
        self.people = people
        self.patterns = tuple(patterns)

    def pieces(self, nodes: Iterable[Element | str], depth: int = 0) -> tuple[Inline, ...]:
        """The pieces of a run of nodes; runs of blanks are one, none stands at either end."""
        return trimmed(self._run(nodes, depth))

    def _run(self, nodes: Iterable[Element | str], depth: int) -> list[Inline]:
        out: list[Inline] = []
        for node in nodes:
            if isinstance(node, str):
                found: Iterable[Inline] = self.people.with_mentions(_BLANKS.sub(" ", node))
            else:
                found = self._element(node, depth)
            for piece in found:
                if isinstance(piece, Text) and out and isinstance(out[-1], Text):
                    out[-1] = Text(_BLANKS.sub(" ", out[-1].text + piece.text))
                else:
                    out.append(piece)
        return out

    def _element(self, element: Element, depth: int) -> Iterator[Inline]:
        if element.tag in SKIPPED:
            return
        if depth > _DEEPEST:
            yield Text(f" {element.text} ")
            return
        special = self._special(element)
        if special is not None:
            yield from special
            return
        inner = tuple(self._run(element.children, depth + 1))
        if inner and element.tag in _MARKS:
            yield _MARKS[element.tag](inner)
            return
        match element.tag:
            case "br":
                yield Break(hard=True)
            case "code" | "tt" | "kbd" | "samp":
                yield Code(_BLANKS.sub(" ", element.text))
            case "a":
                yield self._link(element, inner)
            case "img" | "ac:image":
                yield self._image(element)
            case "p" | "div" | "li" | "td" | "th" | "tr":
                yield from (Text(" "), *inner, Text(" "))
            case _:
                yield from inner

    def _special(self, element: Element) -> Sequence[Inline] | None:
        """What a wiki has elements of its own for; None for all others."""
        match element.tag:
            case "ac:link":
                return self._wiki_link(element)
            case "ac:structured-macro" | "ac:macro":
                return self._macro(element)
            case "ac:emoticon":
                return [Text(element.get("ac:emoji-fallback") or f"({element.get('ac:name')})")]
            case "time" if day := _iso(element.get("datetime")):
                return [DueDate(day)]
            case "span" if element.get("data-node-type") == "date":
                day = _of_timestamp(element.get("data-timestamp"))
                return [DueDate(day)] if day else None
            case "span" if element.get("data-mention-id"):
                return [Mention(self.people.by_account("account_id", element.get("data-mention-id"), element.text))]
            case "a" if element.get("data-account-id"):
                return [Mention(self.people.by_account("account_id", element.get("data-account-id"), element.text))]
            case "a" if element.get("data-username"):
                return [Mention(self.people.by_account("username", element.get("data-username"), element.text))]
            case _:
                return None

    def _wiki_link(self, element: Element) -> Sequence[Inline]:
        user = element.child("ri:user")
        if user is not None:
            for name, kind in (("ri:userkey", "userkey"), ("ri:username", "username"), ("ri:account-id", "account_id")):
                if user.get(name):
                    return [Mention(self.people.by_account(kind, user.get(name)))]
        body = element.child("ac:link-body") or element.child("ac:plain-text-link-body")
        words = body.text if body is not None else ""
        for child in element.elements:
            words = words or child.get("ri:content-title") or child.get("ri:filename")
        return [Text(words)] if words else []

    def _macro(self, element: Element) -> Sequence[Inline] | None:
        name = element.get("ac:name")
        if name in ("jira", "jiraissues"):
            return [Text(parameter(element, "key") or parameter(element, "jqlQuery") or "Jira")]
        if name == "status":
            return [Text(parameter(element, "title"))]
        if name == "anchor":
            return []
        return (
            None if element.child("ac:rich-text-body") or element.child("ac:plain-text-body") else [Text(f"{{{name}}}")]
        )

    def _link(self, element: Element, inner: tuple[Inline, ...]) -> Inline:
        """A link, or the key that one of the notebook's patterns makes this very link of."""
        address = element.get("href").strip()
        if element.get("data-inline-card") or "data-inline-card" in element.attributes or element.get("data-jira-key"):
            return Text(element.get("data-jira-key") or element.text or address)
        words = element.text
        found = read_line(words, self.patterns)
        if len(found) == 1 and isinstance(found[0], Reference) and found[0].address == address:
            return found[0]
        if not address or address == "#":
            return Text(words)
        return Link(trimmed(inner) or (Text(address),), address)

    def _image(self, element: Element) -> Inline:
        inside = next(element.elements, None)
        source = element.get("src") or (inside.get("ri:value") or inside.get("ri:filename") if inside else "")
        words = element.get("alt") or element.get("ac:alt") or source.rsplit("/", 1)[-1]
        return Image(words, source) if source.startswith(("http://", "https://")) else Text(words)


def parameter(element: Element, name: str) -> str:
    """The value of a macro's parameter."""
    for child in element.elements:
        if child.tag in ("ac:parameter", "ac:default-parameter") and child.get("ac:name") == name:
            return "".join(part for part in child.children if isinstance(part, str)).strip()
    return ""


def trimmed(pieces: Sequence[Inline]) -> tuple[Inline, ...]:
    """The pieces without blanks and breaks at their ends."""
    run = list(pieces)
    while run and (isinstance(run[0], Break) or (isinstance(run[0], Text) and not run[0].text.strip(" "))):
        run.pop(0)
    while run and (isinstance(run[-1], Break) or (isinstance(run[-1], Text) and not run[-1].text.strip(" "))):
        run.pop()
    if run and isinstance(run[0], Text):
        run[0] = Text(run[0].text.lstrip(" "))
    if run and isinstance(run[-1], Text):
        run[-1] = Text(run[-1].text.rstrip(" "))
    return tuple(run)


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _of_timestamp(text: str) -> date | None:
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
