"""Quick capture: reads an action in the team's own words, and rather leaves a word in the text than guess.

Owners stand first ("Fritz Mueller — engage with the LDF", "wil & colin: ...", "Tim to ...", "Tim agreed to ...",
"fritz engage ...", "[Fritz] ...") or last ("... — Yusra", "... @yusra", "... (Yusra, 15 Jun)", "... Yusra AlSayyad
30 Nov 2023"); the due date is at the end ("2w", "by fri", "06 Jul 2020", "due:2020-07-06"), or before the owners ("by
6 July Fritz to ..."). People named in between stay text, and so is all of a line that only tells about somebody. A
name that fits several people is reported, not chosen: put @handle in its place and read again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.notes.due import find_at_end, find_at_start, resolve
from dmlt_tui.notes.names import Directory, Found, Kind, Name, directory, fold
from dmlt_tui.notes.vocabulary import ARTICLES, ASKED_BACK, MUST, NOW, SAID, TELLING, TIES, TOOK_ON, VERBS, WAS_ASKED

__all__ = ["Ambiguous", "Name", "Understood", "understand"]

_LONGEST = 2_000  # characters; longer texts are no line somebody typed, and stay as they are


class Ambiguous(Struct, frozen=True):
    """A name that stands where an owner would, and the handles of everybody it fits."""

    word: str
    candidates: tuple[str, ...]


class Understood(Struct, frozen=True):
    """What a line says: owners (handles, in the order typed), due date, the words left, names that fit several."""

    owners: tuple[str, ...]
    due: date | None
    text: str
    ambiguous: tuple[Ambiguous, ...] = ()


_BEFORE = re.compile(
    r"(?:(?:[-*+•◦]|[-=]>|[→⇒]|[0-9]{1,2}[.)])\s+|\[[ xX]?\]\s+|[☐☑✓✔]\s*)+"
    r"|(?:action(?: item)?|todo)\s*[:—–-]\s*|todo\s+",
    re.IGNORECASE,
)
_ACTION_ITEM = re.compile(r"AI\s*[:—–]\s*")
_ACTION_ON = re.compile(r"action(?: item)?\s+(?:(?:on|for)\s+)?", re.IGNORECASE)  # somebody
_DUE = re.compile(r"\s*(?<!\w)due:(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w-])")
_JOIN = re.compile(r"\s*(?:,\s*(?:&|and\s)|[,&/+]|and\s)\s*|\s*(?P<blank>\s)(?=@)", re.IGNORECASE)
_ARROW = r"[-=]>|[→⇒]|(?<=\s)\|(?=\s)"
_DASH = re.compile(rf"\s*(?:[—–]|\s--?(?=\s)|:(?=\s)|{_ARROW})\s*")
_PAIRED = re.compile(r"\s+[-–]\s+")  # "between Tim - Jim"
_COMMA = re.compile(r"\s*,\s+")
_DUTY_WORDS = rf"(?:to|(?:will|shall) have to|{MUST}|will|shall|is to|are to)"
_DUTY = re.compile(rf"\s*(?:\b{_DUTY_WORDS},?\s+(?=\S))", re.IGNORECASE)
_PROMISED = re.compile(rf"\s+{NOW}(?:{TOOK_ON}|{WAS_ASKED}) to\s+(?=\S)", re.IGNORECASE)
_HAVE_READY = re.compile(
    r"\s+(?:will|shall)\s+(?=have (?:an?|the) (?!.*\b(?:off|leave|holidays?|vacation)\b))", re.IGNORECASE
)
_ONLY_BEGUN = re.compile(rf"\s*(?:[—–:>-]|{_ARROW}|\b{_DUTY_WORDS})?\s*", re.IGNORECASE)
_WORD = re.compile(r"\s*(?P<word>[\w'’-]+)")
_MENTION_ENDS = re.compile(r"$|[\s,&/+:—–]|-(?!\S)")
_AFTER_MENTIONS = re.compile(r"\s*(?:[,&/+-](?!\S)|:(?=\s|$)|[—–])?\s*")
_WHOSE = r"(?:owners?|assignees?|assigned to|who)\s*:?\s+"
_BEFORE_OWNERS = re.compile(
    rf"(?:\s*[—–]\s*|\s--?\s+|\s*(?:{_ARROW})\s*|(?<=[\w)]{{3}})(?<!etc)(?<!incl)(?<!approx)(?P<end>[.!?])\s+"
    rf"|[\s,;(—–]*\b{_WHOSE})$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[](?P<inner>[^()\[\]]+)[)\]]\s*")
_LAST_BRACKETS = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]+)[)\]][\s.]*$")
_BEFORE_BRACKET = re.compile(rf"\s*[(\[](?:{_WHOSE})?(?P<end>)$", re.IGNORECASE)
_AFTER_CLOSING = re.compile(r"\s*(?P<bracket>[)\]])?[\s.]*$")
_ENDS_IN_WORD = re.compile(r"[\w)\"'”’.]\s$")
_HAPPENING = frozenset(("also", "be", "been", "become", "feel", "have", "never", "not", "probably", "remain"))
_MEANT = frozenset(("and", "ask", "by", "cc", "contact", "from", "inform", "tell", "to", "with"))
_TOLD = re.compile(r"[^s]s$|ed$|n't$|ing$|ly$")  # "believes", "agreed", "working", "really"


class _Line(Struct, frozen=True):
    """A line to read, and the people it may name."""

    words: str
    folded: str
    directory: Directory
    dated: bool

    def name_at(self, start: int) -> Found | None:
        return self.directory.at(self.words, self.folded, start)


class _Owners(Struct, frozen=True):
    """The names that own the line, and its words without them."""

    names: tuple[Found, ...]
    text: str


def understand(text: str, people: Sequence[Name], today: date) -> Understood:
    """Read one line; `today` is the day words like "fri" count from. Nothing typed gets lost: what is not read is text.

    A line that only says who, or when, leaves no words. An owner typed as @handle is taken even when nobody
    of `people` has that handle, as the notes themselves would.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    if len(words) > _LONGEST:
        return Understood((), None, words)
    words = words[_end(_BEFORE, words) :]
    if not any(fold(person.initials) == "ai" for person in people):
        words = words[_end(_ACTION_ITEM, words) :]
    named = directory(tuple(people))
    on = _end(_ACTION_ON, words)
    if named.at(words, fold(words), on):
        words = words[on:]
    words, due = _without_due(words, today)
    line = _Line(words, fold(words), named, due is not None)
    owners = _in_leading_brackets(line) or _leading(line) or _closing(line)
    for read in (_closing_after_date, _closing_with_date, _leading_after_date):
        if not owners and not due:
            owners, due = read(line, today)
    if not owners:
        return Understood((), due, words)
    unclear = tuple(Ambiguous(name.word, name.handles) for name in owners.names if len(name.handles) > 1)
    if unclear:
        return Understood((), due, words, unclear)
    rest = owners.text
    if not due:
        rest, due = _without_due(rest, today)
    return Understood(tuple(dict.fromkeys(name.handles[0] for name in owners.names)), due, rest)


def _without_due(words: str, today: date) -> tuple[str, date | None]:
    """Take the due date off a line."""
    for match in reversed(list(_DUE.finditer(words))):
        day = resolve(match["day"], today)
        rest = (words[: match.start()] + words[match.end() :]).strip()
        if day and rest:
            return rest, day
    found = find_at_end(words, today)
    if found and found[0]:
        return found
    only = resolve(words, today)
    return ("", only) if only else (words, None)


def _end(pattern: re.Pattern[str], text: str, start: int = 0) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start


def _leading(line: _Line) -> _Owners | None:
    """Read the owners a line begins with."""
    names: list[Found] = []
    found = line.name_at(0)
    join = None
    while found:
        names.append(found)
        join = _JOIN.match(line.words, found.end)
        found = line.name_at(join.end()) if join else None
    if not names:
        return None
    if _ONLY_BEGUN.fullmatch(line.words, names[-1].end) and not any(name.also_word for name in names):
        return _Owners(tuple(names), "")
    start = _start_of_words(line, tuple(names), join)
    text = line.words[start:].strip() if start else ""
    return _Owners(tuple(names), text) if text else None


def _leading_after_date(line: _Line, today: date) -> tuple[_Owners | None, date | None]:
    """Read a line that begins with its due date and then its owners ("by 6 July Fritz to draft it")."""
    found = find_at_start(line.words, today)
    owners = _leading(replace(line, words=found[0], folded=fold(found[0]), dated=True)) if found else None
    return (owners, found[1]) if found and owners and owners.text else (None, None)


def _in_leading_brackets(line: _Line) -> _Owners | None:
    """Read the owners that stand in brackets before everything ("[Fabio] write the section")."""
    match = _BRACKETS.match(line.words)
    names = _names_alone(line, match["inner"]) if match else ()
    if not match or not names:
        return None
    after = max(match.end(), _end(_DASH, line.words, match.end()))
    text = line.words[_end(_DUTY, line.words, after) :].strip()
    return _Owners(names, text) if text else None


def _names_alone(line: _Line, words: str) -> tuple[Found, ...]:
    """The names a text is made of, or none when it says anything else."""
    owners = _leading(replace(line, words=words, folded=fold(words)))
    return owners.names if owners and not owners.text else ()


def _start_of_words(line: _Line, names: tuple[Found, ...], join: re.Match[str] | None) -> int | None:
    """Say where the words behind leading names begin, or None when the names do not stand for owners."""
    words, end = line.words, names[-1].end
    if all(name.kind is Kind.MENTION for name in names):
        after = _end(_AFTER_MENTIONS, words, end)
        return _behind_promise(line, end) or _end(_DUTY, words, after) if _MENTION_ENDS.match(words, end) else None
    dash = _DASH.match(words, end)
    if dash:
        start = _end(_DUTY, words, dash.end())
        return start if all(map(_fits_dash, names)) and fold(_word(words, start)) not in SAID else None
    if any(name.also_word for name in names):
        return None
    promised = _behind_promise(line, end)
    if promised:
        return promised
    duty = _DUTY.match(words, end)
    if duty:
        return None if fold(_word(words, duty.end())) in _HAPPENING else duty.end()
    comma = _COMMA.match(words, end)
    if comma:
        word = _word(words, comma.end())
        asked = fold(word) not in TELLING and (word[:1].islower() or fold(word) in VERBS)
        return comma.end() if asked else None
    somebody = line.name_at(end + 1)
    if join or not words[end : end + 1].isspace() or (somebody and not somebody.also_word):
        return None
    return end if _is_asked(words, end, max(name.kind for name in names)) else None


def _behind_promise(line: _Line, end: int) -> int | None:
    """Say where the words behind "agreed to", "is going to" or "will", with a thing to have by a date, begin."""
    match = _PROMISED.match(line.words, end)
    if match:
        verb = fold(_word(line.words, match.end()))
        return match.end() if verb in VERBS and verb not in _HAPPENING else None
    match = _HAVE_READY.match(line.words, end) if line.dated else None
    return match.end() if match else None


def _fits_dash(name: Found) -> bool:
    """Whether a name before or behind a dash is one: a plain word is when it is typed as a given name or initials."""
    if not name.also_word:
        return True
    return name.word[0].isupper() if name.kind is Kind.GIVEN else name.kind is Kind.INITIALS and name.word.isupper()


def _is_asked(words: str, end: int, kind: Kind) -> bool:
    """Whether what follows a name without any sign between them asks for something, rather than tells about them."""
    first = _word(words, end)
    folded = fold(first)
    if not first or folded in TELLING:
        return False
    if folded == "do" and fold(_word(words, end + 1 + len(first))) in ASKED_BACK:
        return False
    if folded in VERBS:
        return True
    if _TOLD.search(folded) or kind > Kind.GIVEN:
        return False
    if kind is Kind.FULL:
        return True
    # "Tim Smith ...": the next word may be the family name of somebody else.
    behind = end + 1 + len(first)
    somebody_else = first[0].isupper() and not any(sign.isupper() or sign.isdigit() for sign in first[1:])
    signs = (_DASH, _DUTY, _PROMISED)
    told_then = fold(_word(words, behind)) in VERBS or any(sign.match(words, behind) for sign in signs)
    return not (somebody_else or told_then)


def _word(words: str, start: int) -> str:
    match = _WORD.match(words, start)
    return match["word"] if match else ""


def _closing(line: _Line) -> _Owners | None:
    """Read the owners a line ends with: behind a dash, in brackets, as mentions, or by full name before the date."""
    group = _last_names(line)
    if not group:
        return None
    names, before, bracketed = group
    sure = all(name.kind is Kind.MENTION for name in names)
    sign = _BEFORE_BRACKET.search(before) if bracketed else _BEFORE_OWNERS.search(before)
    if sign and (sure or all(map(_fits_dash, names))) and not (bracketed and _is_tied(before)):
        text = before[: sign.start()] + (sign["end"] or "")
    elif not bracketed and (
        (sure and not _ends_in_tie(before))
        or (line.dated and all(name.kind is Kind.FULL for name in names) and _follows_noun(before))
    ):
        text = before.rstrip(" ,&/+")
    else:
        return None
    return _Owners(names, text.strip()) if text.strip() else None


def _closing_after_date(line: _Line, today: date) -> tuple[_Owners | None, date | None]:
    """Read a line that ends with a due date and then its owners ("review DMTN-148 by fri tim")."""
    group = _last_names(line)
    if not group or group[2] or any(name.also_word for name in group[0]):
        return None, None
    text, due = _without_due(group[1].strip(), today)
    return (_Owners(group[0], text), due) if due else (None, None)


def _closing_with_date(line: _Line, today: date) -> tuple[_Owners | None, date | None]:
    """Read a line that ends with its owners and their date in brackets ("... (Fabio, 15 Jun)")."""
    match = _LAST_BRACKETS.search(line.words)
    if not match or _is_tied(line.words[: match.start()]):
        return None, None
    inner, due = _without_due(match["inner"].strip(), today)
    names = _names_alone(line, inner)
    text = line.words[: match.start()].strip()
    return (_Owners(names, text), due) if names and due and text else (None, None)


def _last_names(line: _Line) -> tuple[tuple[Found, ...], str, bool] | None:
    """Find the names that close a line, the words before them, and whether they stand in brackets."""
    names = line.directory.all_in(line.words, line.folded)
    tail = _AFTER_CLOSING.match(line.words, names[-1].end) if names else None
    if not tail:
        return None
    first = len(names) - 1
    while first and _end(_JOIN, line.words, names[first - 1].end) == names[first].start:
        first -= 1
    if first and _PAIRED.fullmatch(line.words, names[first - 1].end, names[first].start):
        return None
    return tuple(names[first:]), line.words[: names[first].start], bool(tail["bracket"])


def _is_tied(before: str) -> bool:
    """Whether one of the last words makes a bracket say who is meant, not who owns it ("send it to the lead (Tim)")."""
    return any(fold(word) in _MEANT for word in before.split()[-4:])


def _follows_noun(before: str) -> bool:
    """Whether words before a name end a sentence of their own: two or more, the last no verb and no preposition."""
    said = [fold(word) for word in before.split()]
    if len(said) < 2 or not _ENDS_IN_WORD.search(before):
        return False
    last = said[-1].rstrip(").\"'")
    if _ends_in_tie(before) or last.endswith("ing"):
        return False
    return last not in VERBS or _is_noun(said)


def _ends_in_tie(before: str) -> bool:
    """Whether the last word before a name makes it a part of the sentence ("talk to")."""
    return fold(before.split()[-1]).strip("().,;:\"'") in TIES if before.strip() else False


def _is_noun(said: Sequence[str]) -> bool:
    """Whether the last of some words is the thing an article stands for ("draft the staffing plan"), not a verb."""
    for word in reversed(said[-4:-1]):
        if word in ARTICLES:
            return True
        if word in TIES or word in VERBS:
            return False
    return False
