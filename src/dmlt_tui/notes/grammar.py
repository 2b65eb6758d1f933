"""The grammar of notes: markdown-it-py with our marks, and without what would lose or disguise typed words.

Left out of CommonMark, so that what is typed is what stands there: raw HTML and entities (they are literal text), link
definitions (they vanish from the page), and headings underlined with --- or === (a half-typed bullet would make one).
Added: tables and ~~strike~~ of GitHub's Markdown, and marks. A mark is [ ], [x], !!, !-, ??, ?= or >> with a blank and
words behind it, at the start of a list item's words or of any line of a paragraph; it ends the paragraph before it,
and before >> it is a parked line, not a quote in a quote.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock, blockquote, fence, heading, hr, list_block, paragraph, table
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from dmlt_tui.notes.marks import MARK, MARKS, SIGN
from dmlt_tui.notes.patterns import LONGEST_CONTENT, Found
from dmlt_tui.notes.tree import MarkKind

_CONTENT = "content"
_STARTS = "starts"

# markdown-it drops what is nested deeper than maxNesting; here it becomes a paragraph well before that.
_MOST_LEVELS = 40
_MAX_NESTING = 60

_KINDS = {
    "[ ]": MarkKind.ACTION,
    "[x]": MarkKind.ACTION_DONE,
    "[X]": MarkKind.ACTION_DONE,
    "!!": MarkKind.DECISION,
    "!-": MarkKind.NO_DECISION,
    "??": MarkKind.QUESTION,
    "?=": MarkKind.ANSWERED,
    ">>": MarkKind.PARKED,
}
_MARK_LINE = re.compile(rf"({MARKS})[ \t]+(?=\S)")
_STOPS = re.compile(r"[\n\\`~*_\[\]!<]")
_CELLS = re.compile(r"(?<!\\)\|")


_BlockRule = Callable[[StateBlock, int, int, bool], bool]


class _Notes(MarkdownIt):
    """Addresses stay as typed; each format they are written to escapes them its own way."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the name markdown-it-py calls
        return url.replace(" ", "%20").replace("\t", "%09")

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802 - the name markdown-it-py calls
        return link


def _mark_at(state: StateBlock, line: int) -> re.Match[str] | None:
    return _MARK_LINE.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])


def _marked(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a marked line and its continuation: a paragraph that carries its mark."""
    match = None if state.is_code_block(start) else _mark_at(state, start)
    if not match or silent:
        return bool(match)
    paragraph(state, start, end, False)
    opening, inline, _closing = state.tokens[-3:]
    opening.meta[MARK] = _KINDS[match[1]]
    inline.content = inline.content[match.end() - match.start() :]
    return True


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    return (silent or state.level < _MOST_LEVELS) and list_block(state, start, end, silent)


def _quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a quote, which ends before a parked line."""
    quotes = blockquote(state, start, end, True)
    if silent or not quotes or state.level >= _MOST_LEVELS:
        return silent and quotes
    last = start + 1
    while last < end and not state.isEmpty(last):
        if state.src.startswith(">>", state.bMarks[last] + state.tShift[last]) and _mark_at(state, last):
            break
        last += 1
    else:
        return blockquote(state, start, end, False)
    before, state.lineMax = state.lineMax, last
    quoted = blockquote(state, start, last, False)
    state.lineMax = before
    return quoted


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table; cells beyond the header's, which GitHub's Markdown drops, stay in the last cell."""
    first = len(state.tokens)
    if silent or not table(state, start, end, False):
        return silent and table(state, start, end, True)
    rows: dict[int, list[Token]] = {}
    for token in state.tokens[first:]:
        if token.type == "inline" and token.map:
            rows.setdefault(token.map[0], []).append(token)
    for line, row in rows.items():
        typed = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()
        cells = [cell.replace("\\|", "|").strip() for cell in _CELLS.split(typed)]
        if len(cells) > 1 and not cells[0]:
            cells = cells[1:]
        if len(cells) > len(row):
            row[-1].content = " | ".join(cells[len(row) - 1 :]).removesuffix(" | ")
    return True


def _asked_of(lines: str, rule: _BlockRule) -> _BlockRule:
    """Ask a rule only of lines that begin so: most are words, and many rules asked in vain are slow."""
    begins = re.compile(lines).match

    def guarded(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        asked = begins(state.src, state.bMarks[start] + state.tShift[start])
        return asked is not None and rule(state, start, end, silent)

    return guarded


def _words(state: StateInline, silent: bool) -> bool:
    """Take plain characters up to the next sign of Markdown or of ours."""
    stop = _STOPS.search(state.src, state.pos, state.posMax)
    end = stop.start() if stop else state.posMax
    if state.src is state.env.get(_CONTENT):
        starts: list[int] = state.env[_STARTS]
        ahead = bisect_left(starts, state.pos)
        if ahead < len(starts):
            end = min(end, starts[ahead])
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _sign(state: StateInline, silent: bool) -> bool:
    """Take a mention, due date, reference or bare address that was found at this place, outside a link's words."""
    if state.src is not state.env.get(_CONTENT) or state.linkLevel:
        return False
    found: Found | None = state.env[SIGN].get(state.pos)
    if found is None or found.end > state.posMax:
        return False
    if not silent:
        state.push(SIGN, "", 0).meta[SIGN] = found
    state.pos = found.end
    return True


def _grammar() -> MarkdownIt:
    notes = _Notes("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    notes.enable(["table", "strikethrough"])
    notes.disable(["html_block", "html_inline", "entity", "reference", "lheading"])
    above: list[str] = ["paragraph", "reference"]  # what these rules may put an end to
    ends: RuleOptionsType = {"alt": [*above, "blockquote", "list"]}
    notes.block.ruler.at("table", _table, {"alt": above})
    notes.block.ruler.at("fence", _asked_of(r"[`~]", fence), ends)
    notes.block.ruler.at("blockquote", _asked_of(">", _quote), ends)
    notes.block.ruler.at("hr", _asked_of(r"([-*_])[ \t]*\1", hr), ends)
    notes.block.ruler.at("list", _asked_of(r"[-*+0-9]", _list), {"alt": [*above, "blockquote"]})
    notes.block.ruler.at("heading", _asked_of("#", heading), {"alt": [*above, "blockquote"]})
    notes.block.ruler.before("table", "marked", _asked_of(r"[\[!?>]", _marked), ends)
    notes.inline.ruler.at("text", _words)
    notes.inline.ruler.before("text", "sign", _sign)
    return notes


_GRAMMAR = _grammar()


def blocks(text: str) -> list[Token]:
    """Split a text (from `source`) into blocks as markdown-it's flat tokens; inline tokens hold `content`, unread."""
    tokens: list[Token] = []
    _GRAMMAR.block.parse(text, _GRAMMAR, {}, tokens)
    return tokens


def inline(content: str, found: Sequence[Found]) -> list[Token]:
    """Split a paragraph into pieces; what was found in it (by `patterns.find`) becomes tokens of the type SIGN."""
    if len(content) > LONGEST_CONTENT or not (found or _STOPS.search(content)):
        return [Token("text", "", 0, content=content)]
    env: EnvType = {
        _CONTENT: content,
        _STARTS: [sign.start for sign in found],
        SIGN: {sign.start: sign for sign in found},
    }
    return _GRAMMAR.inline.parse(content, _GRAMMAR, env, [])
