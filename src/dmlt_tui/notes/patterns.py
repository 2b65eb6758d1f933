"""The signs inside a line that are ours: @handle, due:DATE, bare addresses, and keys found by a notebook's patterns."""

from __future__ import annotations

import re
import warnings
from datetime import date
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

# Longer paragraphs are not minutes; they are kept as literal words, so that no line can stop the program.
LONGEST_CONTENT = 10_000

KINDS = ("issue", "document")
_LONGEST_PATTERN = 200
_MOST_REPEATS = 3
_MOST_OPTIONS = 6
# No key holds a blank, and none is looked for in a longer run without one: with the rules above this bounds what the
# worst pattern can cost.
_LONGEST_RUN = 60
_BLANKS = (  # all that str.isspace() calls one; to ask it takes as long as to load this module
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

_PIECE = re.compile(r"\\(?:x..|u.{4}|U.{8}|N\{\w*\}|\d+|.)|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?:|\{\d*,?\d*\}|.", re.DOTALL)
_UNSAFE_ADDRESS = re.compile(r"\s*(?:javascript|vbscript|data|file):", re.IGNORECASE)


class Sign(StrEnum):
    """What was found at a place in a line."""

    ADDRESS = "address"
    MENTION = "mention"
    DUE = "due"
    REFERENCE = "reference"


class KeyPattern(Struct, frozen=True):
    """A kind of key to link: regular expression, "issue" or "document", and an address with {key} or {lower}.

    A key is found where no letter or digit stands beside it. Raises ValueError, in one line for whoever wrote the
    pattern, when it is no regular expression, could match nothing or a blank, or is of a shape that can take forever
    to match (a repeated bracket, more than three repeats): patterns come with the file and run while people type.
    """

    regex: str
    kind: str = "issue"
    address: str = ""

    def __post_init__(self) -> None:
        fault = _fault(self.regex)
        if fault:
            raise ValueError(f"The pattern {self.regex[:80]!r} {fault}.")
        if self.kind not in KINDS:
            raise ValueError(f"The pattern {self.regex!r} has the kind {self.kind!r}; write issue or document.")
        if _UNSAFE_ADDRESS.match(self.address):
            raise ValueError(f"The pattern {self.regex!r} leads to {self.address!r}; write an https address.")


class Found(Struct, frozen=True):
    """A sign in a line: from `start` to `end`, what it says, and for references where it leads and its kind."""

    sign: Sign
    start: int
    end: int
    says: str
    address: str = ""
    kind: str = ""


def _fault(regex: str) -> str:
    """Say what is wrong with a pattern, as the end of a sentence; empty when nothing is."""
    if len(regex) > _LONGEST_PATTERN:
        return f"is longer than {_LONGEST_PATTERN} characters"
    shape = _fault_of_shape(regex)
    if shape:
        return shape
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            compiled = re.compile(regex)
    except (re.error, OverflowError, Warning) as error:
        return f"is not a regular expression: {error}"
    if compiled.match(""):
        return "also matches nothing at all; it must ask for a character"
    if any(re.search(piece, _BLANKS) for piece in _PIECE.findall(regex) if piece[0] in ".[\\" or piece.isspace()):
        return "also matches a blank, which no key holds; name the characters it may have, as in [A-Z0-9]"
    return ""


def _fault_of_shape(regex: str) -> str:
    repeats = options = 0
    before = ""
    for piece in _PIECE.findall(regex):
        if piece == "?" and before == "(":
            return "uses (? ; only (?: is understood"
        if piece in {"^", "$"}:
            return "holds ^ or $; leave them out, keys are found inside lines"
        if re.match(r"\\[1-9]", piece):
            return "refers back to a bracket, which is not understood"
        repeat = piece in {"*", "+"} or (piece.startswith("{") and piece != "{")
        if repeat and before == ")":
            return "repeats a bracket, which can take forever to match"
        if piece in {"*", "+"} or (repeat and "," in piece):
            repeats += 1
        options += piece == "?"
        before = piece
    if repeats > _MOST_REPEATS or options > _MOST_OPTIONS:
        return f"repeats too much: at most {_MOST_REPEATS} of * + {{,}} and {_MOST_OPTIONS} of ?"
    return ""


# Each begins with a letter of its own, and looks back only behind it: so the search skips to these letters at once.
_ADDRESS = r"(?<![A-Za-z0-9].)(?i:ttps?)://[^\s<>\[\]`\"\\]+"
_SIGNS = re.compile(
    rf"""
      @(?<![\w@.].) (?P<mention> \w (?: [\w.-]* [\w-] )? )
    | d(?<!\w.) ue:(?P<due> [0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}} ) (?![\w-])
    | h{_ADDRESS}
    | H{_ADDRESS}
    """,
    re.VERBOSE,
)
_LETTERS = re.compile(r"(?:[A-Za-z0-9_-](?![?*{+]))+")
_RUNS = re.compile(rf"(?<!\S)\S{{1,{_LONGEST_RUN}}}(?!\S)")
_LONG_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1}}}")
_SENTENCE_ENDS = "?!.,:;*_~'"


def find(content: str, patterns: tuple[KeyPattern, ...]) -> list[Found]:
    """Find the signs of a paragraph, left to right, none inside another; code and links are not known here."""
    found: list[Found] = []
    if len(content) > LONGEST_CONTENT:
        return found
    if "@" in content or "due:" in content or "://" in content:
        found = [sign for match in _SIGNS.finditer(content) if (sign := _sign(match))]
    if patterns:
        taken = iter([*found, None])
        ahead = next(taken)
        references = []
        for reference in _references(content, patterns):
            while ahead and ahead.end <= reference.start:
                ahead = next(taken)
            if not ahead or reference.end <= ahead.start:
                references.append(reference)
        if references:
            found = sorted(found + references, key=lambda sign: sign.start)
    return found


def _sign(match: re.Match[str]) -> Found | None:
    start = match.start()
    if match["mention"]:
        return Found(Sign.MENTION, start, match.end(), match["mention"])
    if match["due"]:
        try:
            date.fromisoformat(match["due"])
        except ValueError:
            return None
        return Found(Sign.DUE, start, match.end(), match["due"])
    address = _without_sentence_end(match[0])
    if address.endswith("//"):
        return None
    return Found(Sign.ADDRESS, start, start + len(address), address, address)


def _without_sentence_end(address: str) -> str:
    """Trim off an address the full stop or bracket of the sentence around it (the rule of GitHub's Markdown)."""
    while True:
        shorter = address.rstrip(_SENTENCE_ENDS)
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        if shorter == address:
            return address
        address = shorter


class _Finder(Struct, frozen=True):
    """All patterns as one, and what a line must hold for any of them to be found in it (perhaps nothing)."""

    regex: re.Pattern[str]
    beginnings: tuple[str, ...]


@lru_cache(maxsize=32)
def _finder(patterns: tuple[KeyPattern, ...]) -> _Finder:
    either = "|".join(f"(?P<key{number}>{pattern.regex})" for number, pattern in enumerate(patterns))
    regex = re.compile(f"(?<![0-9A-Za-z])(?:{either})(?![0-9A-Za-z])")
    return _Finder(regex, tuple(_beginning(pattern.regex) for pattern in patterns))


def _beginning(regex: str) -> str:
    """The letters all keys of a pattern begin with; empty where it does not say."""
    match = _LETTERS.match(regex)
    return "" if match is None or "|" in regex else match[0]


def _references(content: str, patterns: tuple[KeyPattern, ...]) -> list[Found]:
    finder = _finder(patterns)
    found: list[Found] = []
    if not any(beginning in content for beginning in finder.beginnings):
        return found
    runs = [run.span() for run in _RUNS.finditer(content)] if _LONG_RUN.search(content) else [(0, len(content))]
    for start, end in runs:
        for match in finder.regex.finditer(content, start, end):
            key = match[0]
            pattern = patterns[int((match.lastgroup or "key0").removeprefix("key"))]
            address = pattern.address.replace("{key}", key).replace("{lower}", key.lower())
            found.append(Found(Sign.REFERENCE, match.start(), match.end(), key, address, pattern.kind))
    return found
