"""Reads notes: Markdown with small rules of ours, over markdown-it-py's tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dmlt_tui.notes.tree import Block, Inline, Survey


@dataclass(frozen=True, slots=True)
class KeyPattern:
    """A kind of key to link: regular expression, "issue" or "document", and an address with {key} or {lower}."""

    regex: str
    kind: str = "issue"
    address: str = ""


def read(text: str, patterns: Sequence[KeyPattern] = ()) -> tuple[Block, ...]:
    """The whole note as blocks, with mentions, due dates, references and marked items found."""
    raise NotImplementedError


def read_line(text: str, patterns: Sequence[KeyPattern] = ()) -> tuple[Inline, ...]:
    """One line (a title, "requested by") as inline pieces; block signs in it are literal."""
    raise NotImplementedError


def survey(text: str, patterns: Sequence[KeyPattern] = ()) -> Survey:
    """The marked lines of a note alone: what lists are made of. Cheap, and remembered by text."""
    raise NotImplementedError
