"""Writes blocks in the language of notes, which is Markdown too: what `notes.language.read` reads as the same blocks.

Everywhere text can stand, `_text` puts a backslash before what GitHub's Markdown or the language of notes would read
as a sign; `_line_start` does so where a line begins. People are @handles and dates due:DATE, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dmlt_tui.notes.tree import (
    Block,
    Break,
    BulletList,
    Code,
    CodeBlock,
    DueDate,
    Emphasis,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    MarkKind,
    Mention,
    NoteTable,
    OrderedList,
    Paragraph,
    Quote,
    Reference,
    Rule,
    Strike,
    Strong,
    Text,
)
from dmlt_tui.page.words import printable, web_address

SIGNS = {
    MarkKind.ACTION: "[ ]",
    MarkKind.ACTION_DONE: "[x]",
    MarkKind.DECISION: "!!",
    MarkKind.NO_DECISION: "!-",
    MarkKind.QUESTION: "??",
    MarkKind.ANSWERED: "?=",
    MarkKind.PARKED: ">>",
}
_SPECIAL = re.compile(
    r"""
      \\(?=[!-/:-@\[-`{-~]|$)                  # a backslash that would take the next sign away
    | [`*~]
    | (?<![^\W_])_ | _(?![^\W_])               # inside a word it is a letter
    | \](?=[(\[:]|$) | (?<=!)\[ | !$           # links, images, footnotes
    | <(?=[A-Za-z/!?])                         # elements, addresses
    | &(?=\#?\w+;)                             # entities
    | (?<![\w@.])@(?=\w)                       # people
    | (?<!\w)(?<=due):(?=\d{4}-\d\d-\d\d(?![\w-]))
    | (?<=\bhttp):(?=//) | (?<=\bhttps):(?=//) | (?<=\bwww)\.(?=\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BLANKS = re.compile("[ \t\n]+")
_LINE_START = re.compile(
    r"""
      (?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)
    | (?:\#{1,6}|[-+])(?=\s|$) | > | [-=]+\s*$ | [:|]?-[-:|\s]*$ | [:|](?=[-:|\s]*-) | (?:-[ \t]*){3,}$ | (?:_[ \t]*){3,}$
    | \[(?=[ xX]\]\s) | (?:!!|!-|\?\?|\?=|>>)(?=\s) | \[(?=[^\]]*\]:)
    """,
    re.VERBOSE,
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BARE = re.compile(r"https?://[^\s<>\[\]`\"\\|*_~]*[^\s<>\[\]`\"\\|*_~?!.,:;'()]", re.IGNORECASE)
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def note_text(blocks: Iterable[Block]) -> str:
    """The blocks as a note, a blank line between two, without a line end behind the last."""
    return "\n".join(_blocks(blocks))


def line_text(pieces: Sequence[Inline]) -> str:
    """The pieces as one line of notes."""
    return _start(_inline(_on_one_line(pieces)))


def cell_text(pieces: Sequence[Inline]) -> str:
    """The pieces as they stand in a cell of a table, whose bars they must not be taken for."""
    return re.sub(r"(\\*)\|", r"\1\1\|", _inline(_on_one_line(pieces)))


def _on_one_line(pieces: Iterable[Inline]) -> list[Inline]:
    return [Text(" ") if isinstance(piece, Break) else piece for piece in pieces]


def _blocks(blocks: Iterable[Block]) -> list[str]:
    """The lines of blocks. Of two lists or tables in a row the second gets another sign, so that they stay two."""
    lines: list[str] = []
    before: Block | None = None
    other = False
    for block in blocks:
        other = not other and type(before) is type(block) and isinstance(block, BulletList | OrderedList)
        own = _block(block, other)
        if own:
            lines += ["", *own] if lines else own
            before = block
    return lines


def _block(block: Block, other: bool) -> list[str]:
    match block:
        case Paragraph(children):
            return [_start(line) for line in _inline(children).split("\n") if line.strip()]
        case Heading(level, children):
            words = re.sub(r"(?<!\\)#(?=#*$)", r"\\#", line_text(children))
            return [f"{'#' * level} {words}".rstrip()]
        case BulletList(items):
            return [line for item in items for line in _item(item, "* " if other else "- ")]
        case OrderedList(items, start):
            dot = ")" if other else "."
            numbered = enumerate(items, start)
            return [line for number, item in numbered for line in _item(item, f"{number}{dot} ")]
        case CodeBlock(text, language):
            return _code_block(printable(text), printable(language))
        case Quote(children):
            return [f"> {line}".rstrip() for line in _blocks(children)] or [">"]
        case Rule():
            return ["---"]
        case NoteTable(header, rows):
            columns = max(len(header), *(len(row) for row in rows), 1)
            return table_lines([[*map(cell_text, row), *[""] * (columns - len(row))] for row in (header, *rows)])


def table_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells (see `cell_text`), the first the header, as the lines of a table."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return [lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]]


def _code_block(text: str, language: str) -> list[str]:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    named = language if re.fullmatch(r"[^\s`]*", language) else ""
    body = text.removesuffix("\n")
    return [f"{fence}{named}", *(body.split("\n") if text else ()), fence]


def _item(item: ListItem, bullet: str) -> list[str]:
    """An item, what is below its first line as far in as its words stand."""
    children = list(item.children)
    sign = f"{SIGNS[item.mark]} " if item.mark else ""
    lines: list[str] = []
    if sign:
        words = children.pop(0) if children and isinstance(children[0], Paragraph) else Paragraph(())
        lines = _block(words, False) or [""]
        lines[0] = f"{sign}{lines[0]}".rstrip()
    before: Block | None = item.children[0] if sign and item.children else None
    for child in children:
        own = _block(child, type(before) is type(child))
        tight = not lines or (isinstance(child, BulletList | OrderedList) and isinstance(before, Paragraph))
        lines += own if tight else ["", *own]
        before = child
    indent = " " * len(bullet)
    if lines and (not lines[0].strip() or lines[0].startswith(" ")):
        lines = ["", *lines]
    return [f"{bullet}{lines[0] if lines else ''}".rstrip(), *(f"{indent}{line}".rstrip() for line in lines[1:])]


def _start(line: str) -> str:
    """A line whose beginning no reader takes for the sign of a block."""
    line = line.strip(" ")
    match = _LINE_START.match(line)
    if not match:
        return line
    at = match.start("dot") if match["dot"] else 0
    return f"{line[:at]}\\{line[at:]}"


def _text(text: str) -> str:
    r"""Text as literal characters within a line."""
    return _SPECIAL.sub(lambda match: f"\\{match[0]}", _BLANKS.sub(" ", printable(text)))


def _inline(pieces: Sequence[Inline], *, inside: type | None = None) -> str:
    """The pieces as markup, which holds a line end for every break."""
    out = ""
    pieces = list(pieces)
    for number, piece in enumerate(pieces):
        following = _shown_start(pieces[number + 1]) if number + 1 < len(pieces) else ""
        out += _piece(piece, out, following, inside)
    return out


def _piece(piece: Inline, before: str, following: str, inside: type | None) -> str:
    match piece:
        case Text(text):
            return _text(text + ("\0" if following and not following.isspace() else "")).replace("\0", "") if (
                text[-1:] not in "\\]!"
            ) else _text(text)
        case Break(hard):
            return "\\\n" if hard else "\n"
        case Code(text):
            return _code(text)
        case Strong(children) | Emphasis(children) | Strike(children):
            return _marked(piece, _inline(children, inside=type(piece)), before, following, inside)
        case Mention(handle):
            return _sign(f"@{handle}", before, following, r"[\w@.]", r"[\w.-]")
        case DueDate(day):
            return _sign(f"due:{day.isoformat()}", before, following, r"\w", r"[\w-]")
        case Reference(key):
            return printable(key)
        case Link(children, address):
            return _link(children, address, before, following)
        case Image(text, address):
            target = _target(address)
            return f"![{_label(_text(text))}]({target})" if target else _text(text or address)


def _shown_start(piece: Inline) -> str:
    """The first character a piece begins with, as far as it matters to what stands before it."""
    match piece:
        case Text(text) | Code(text):
            return text[:1]
        case Strong(children) | Emphasis(children) | Strike(children):
            return _shown_start(children[0]) if children else ""
        case Break():
            return "\n"
        case Mention():
            return "@"
        case DueDate():
            return "d"
        case Reference(key):
            return key[:1]
        case Link(children, address):
            return "<" if children == (Text(address),) else "["
        case Image():
            return "!"


def _sign(text: str, before: str, following: str, not_before: str, not_after: str) -> str:
    """A sign of the language of notes, with a blank where what stands beside it would join it."""
    lead = " " if re.fullmatch(not_before, before[-1:]) else ""
    trail = " " if re.fullmatch(not_after, following) else ""
    return f"{lead}{printable(text)}{trail}"


def _code(text: str) -> str:
    words = _BLANKS.sub(" ", printable(text))
    if not words.strip():
        return words
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if words.startswith("`") or words.endswith("`") or words.startswith(" ") and words.endswith(" ") else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _marked(piece: Strong | Emphasis | Strike, inner: str, before: str, after: str, inside: type | None) -> str:
    """Markup between signs; without them where Markdown would not read them as such."""
    match = _EDGES.fullmatch(inner)
    lead, core, trail = match.groups() if match else ("", inner, "")
    if not core:
        return inner
    sign = {Strong: "**", Emphasis: "*", Strike: "~~"}[type(piece)]
    previous, following = (before + lead)[-1:], (trail + after)[:1]
    if sign == "*" and (inside is Strong or core.startswith("**") or core.endswith("**")):
        sign = "_"
    opens = not core[0].isspace() and (_is_word(core[0]) or not _is_word(previous))
    closes = _is_word(core[-1]) or not _is_word(following)
    free = sign != "_" or not (_is_word(previous) or _is_word(following))
    apart = previous != sign[0] and following != sign[0] and not core.startswith(sign[0]) and not core.endswith(sign[0])
    if opens and closes and free and apart and inside is not type(piece):
        return f"{lead}{sign}{core}{sign}{trail}"
    return inner


def _is_word(sign: str) -> bool:
    """Whether a character beside a mark is a letter or digit, not a blank or punctuation."""
    return sign.isalnum()


def _link(children: tuple[Inline, ...], address: str, before: str, following: str) -> str:
    target = _target(address)
    words = _label(_inline(_on_one_line(_unlinked(children))))
    if not target:
        return words or _text(address)
    if children == (Text(address),) and web_address(address) == address:
        if _BARE.fullmatch(address) and not before[-1:].isalnum() and (not following or following.isspace()):
            return address
        if re.fullmatch(r"[^\s<>\\]+", address):
            return f"<{address}>"
    return f"[{words or _label(_text(address))}]({target})"


def _unlinked(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """The words of a link, which hold no other."""
    out: list[Inline] = []
    for child in children:
        match child:
            case Link(inner, address):
                out += _unlinked(inner) or (Text(address),)
            case Image(text, address):
                out.append(Text(text or address))
            case Strong(inner) | Emphasis(inner) | Strike(inner):
                out.append(replace(child, children=_unlinked(inner)))
            case _:
                out.append(child)
    return tuple(out)


def _label(markup: str) -> str:
    """Markup between the brackets of a link."""
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", markup)


def _target(address: str) -> str:
    """An address in the brackets of a link; nothing for one that may not be linked to."""
    safe = printable(address).strip().replace("\n", "")
    if not safe or (_SCHEME.match(safe) and not web_address(safe)) or safe.startswith("//"):
        return ""
    if re.search(r"[\s()<>\\]|^<", safe):
        return f"<{re.sub(r'([<>])', r'%3C' if False else r'', safe)}>" if False else f"<{_angle(safe)}>"
    return safe


def _angle(address: str) -> str:
    return address.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("\t", "%09")
