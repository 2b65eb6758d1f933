"""What an action's line says: who owns it, when it is due, what is left of its words.

Owners are the mentions the line begins with (joined by blanks, commas, &, /, + or "and"; a colon or dash may follow);
when it begins with none, the mentions that close it. Every other mention is only a mention. The due date is the last
due:DATE of the line, wherever it stands. Lines below the first belong to the item, but say nothing of these.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dmlt_tui.notes.patterns import Found, Sign
from dmlt_tui.notes.tree import Task

_JOINED = re.compile(r"[ \t]*(?:[,&/+]|and(?![\w-]))?[ \t]*")
_OWNER_ENDS = re.compile(r"$|[ \t,&/+:—–]|-(?!\S)")
_AFTER_OWNERS = re.compile(r"[ \t]*(?:[,&/+-](?!\S)|:(?=[\s\w@]|$)|[—–])?[ \t]*")
_BEFORE_OWNERS = re.compile(r"[ \t]*(?:(?<!\S)[&/+-]|[,:—–]|(?<!\S)(?P<bracket>\())?[ \t]*$")
_AFTER_CLOSING = re.compile(r"[ \t]*(?P<bracket>\))?[ \t]*[.;]?[ \t]*$")
_NO_BLANK_BEFORE = ".,;:!?)"


def task(line: int, done: bool, content: str, found: Sequence[Found]) -> Task:
    """Read the action in the first line of `content`; `found` are its signs outside code and links, left to right."""
    words = content.partition("\n")[0]
    signs = [sign for sign in found if sign.end <= len(words)]
    due = next((sign for sign in reversed(signs) if sign.sign is Sign.DUE), None)
    gap = (0, 0)
    if due:
        bracketed = words[due.start - 1 : due.start] == "(" and words[due.end : due.end + 1] == ")"
        gap = (due.start - bracketed, due.end + bracketed)
        words = words[: gap[0]] + " " * (gap[1] - gap[0]) + words[gap[1] :]
    mentions = [sign for sign in signs if sign.sign is Sign.MENTION]
    owners, start = _leading(words, mentions)
    end = len(words)
    if not owners:
        owners, end = _closing(words, mentions)
    return Task(
        line=line,
        done=done,
        text=_without_gap(words, start, end, gap),
        owners=tuple(dict.fromkeys(owner.says for owner in owners)),
        due=date.fromisoformat(due.says) if due else None,
        references=tuple(dict.fromkeys(sign.says for sign in signs if sign.sign is Sign.REFERENCE)),
    )


def after_owners(words: str) -> int:
    """Say where a line's words begin when it stands behind owners: a dash, colon or comma before them is not theirs."""
    return _end(_AFTER_OWNERS, words, 0)


def _leading(words: str, mentions: Sequence[Found]) -> tuple[list[Found], int]:
    """Find the mentions a line begins with, and where its own words begin."""
    owners: list[Found] = []
    start = len(words) - len(words.lstrip())
    for mention in mentions:
        if mention.start != start or not _OWNER_ENDS.match(words, mention.end):
            break
        owners.append(mention)
        start = _end(_JOINED, words, mention.end)
    if not owners:
        return [], 0
    return owners, _end(_AFTER_OWNERS, words, owners[-1].end)


def _end(pattern: re.Pattern[str], words: str, start: int) -> int:
    match = pattern.match(words, start)
    return match.end() if match else start


def _closing(words: str, mentions: Sequence[Found]) -> tuple[list[Found], int]:
    """Find the mentions that close a line, and where its own words end."""
    after = _AFTER_CLOSING.match(words, mentions[-1].end) if mentions else None
    if not after:
        return [], len(words)
    first = len(mentions) - 1
    while first and _JOINED.fullmatch(words, mentions[first - 1].end, mentions[first].start):
        first -= 1
    before = _BEFORE_OWNERS.search(words, 0, mentions[first].start)
    if not before or bool(before["bracket"]) != bool(after["bracket"]):
        return [], len(words)
    return list(mentions[first:]), before.start()


def _without_gap(words: str, start: int, end: int, gap: tuple[int, int]) -> str:
    """Give the words from `start` to `end`, closed up where the due date was taken out."""
    if gap[0] < start or gap[1] > end:
        return words[start:end].strip()
    before, after = words[start : gap[0]].rstrip(), words[gap[1] : end].lstrip()
    blank = "" if not before or not after or after[0] in _NO_BLANK_BEFORE else " "
    return (before + blank + after).strip()
