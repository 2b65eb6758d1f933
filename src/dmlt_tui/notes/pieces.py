"""Folds markdown-it's flat inline tokens into the inline pieces of the tree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from dmlt_tui.notes.marks import SIGN
from dmlt_tui.notes.patterns import Found, Sign
from dmlt_tui.notes.plain import words
from dmlt_tui.notes.tree import (
    Break,
    Code,
    DueDate,
    Emphasis,
    Image,
    Inline,
    Link,
    Mention,
    Reference,
    Strike,
    Strong,
    Text,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_MOST_STYLES = 8  # bold in italic in bold: nesting deeper than that shows no difference
_STYLES: dict[str, Callable[[tuple[Inline, ...]], Inline]] = {
    "strong_open": Strong,
    "em_open": Emphasis,
    "s_open": Strike,
}


def pieces(tokens: Sequence[Token]) -> tuple[Inline, ...]:
    """Give the pieces of a paragraph; no two texts stand side by side."""
    open_tokens: list[Token] = []
    nested: list[list[Inline]] = [[]]
    for token in tokens:
        if token.nesting > 0:
            open_tokens.append(token)
            nested.append([])
        elif token.nesting < 0:
            children = nested.pop()
            for piece in _styled(open_tokens.pop(), children, len(nested)):
                _add(nested[-1], piece)
        else:
            for piece in _single(token):
                _add(nested[-1], piece)
    return tuple(nested[0])


def _add(to: list[Inline], piece: Inline) -> None:
    if isinstance(piece, Text) and to and isinstance(to[-1], Text):
        to[-1] = Text(to[-1].text + piece.text)
    elif piece != Text(""):
        to.append(piece)


def _styled(opening: Token, children: list[Inline], depth: int) -> Sequence[Inline]:
    if opening.type == "link_open":
        address, title = str(opening.attrs["href"]), str(opening.attrs.get("title", ""))
        if not address:
            return [Text("["), *children, Text("]()")]
        return [Link(tuple(children), address), Text(f" ({title})" if title else "")]
    return [_STYLES[opening.type](tuple(children))] if depth <= _MOST_STYLES else children


def _single(token: Token) -> Sequence[Inline]:
    match token.type:
        case "code_inline":
            return [Code(token.content)]
        case "softbreak" | "hardbreak":
            return [Break(hard=token.type == "hardbreak")]
        case "image":
            address, title = str(token.attrs["src"]), str(token.attrs.get("title", ""))
            if not address:
                return [Text(f"![{token.content}]()")]
            return [Image(words(pieces(token.children or [])), address), Text(f" ({title})" if title else "")]
        case "sign":
            return [_sign(token.meta[SIGN])]
        case _:
            return [Text(token.content)]


def _sign(found: Found) -> Inline:
    match found.sign:
        case Sign.ADDRESS:
            return Link((Text(found.says),), found.says)
        case Sign.MENTION:
            return Mention(found.says)
        case Sign.DUE:
            return DueDate(date.fromisoformat(found.says))
        case Sign.REFERENCE:
            return Reference(found.says, found.kind, found.address)
