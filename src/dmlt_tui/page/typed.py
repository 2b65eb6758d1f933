"""Writes blocks in the language of notes, which is Markdown too: what `notes.language.read` reads as the same blocks.

Everywhere text can stand, `_text` puts a backslash before what GitHub's Markdown or the language of notes would read
as a sign; `_line_start` does so where a line begins. People are @handles and dates due:DATE, so that nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

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
      \\(?=[!-/:-@\[-`{-~])                    # a backslash that would take the next sign away
    | ` | (?<!\s)\* | \*(?!\s)
    | (?<![^\W_])_ | _(?![^\W_])               # inside a word it is a letter
    | \](?=[(\[:])                             # links, images, footnotes
    | <(?=[A-Za-z/!?])                         # elements, addresses
    | &(?=\#?\w+;)                             # entities
    | (?<![\w@.])@(?=\w)                       # people
    | (?<=\bdue):(?=\d{4}-\d\d-\d\d)
    | (?<=\bhttp):(?=//) | (?<=\bhttps):(?=//) | (?<=\bwww)\.(?=\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BRACKETS = re.compile(r"(?<!\\)[\[\]]")
_JOINS = {
    "\\": re.compile(r"\S|\n"),
    "]": re.compile(r"[(\[:]"),
    "!": re.compile(r"\["),
    "<": re.compile("[a-z]", re.I),
}
_BLANKS = re.compile("[ \t\n]+")
_LINE_START = re.compile(
    r"""
      (?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)
    | (?:\#{1,6}|[-+])(?=\s|$) | > | [-=]+\s*$ | [:|]?-[-:|\s]*$ | [:|](?=[-:|\s]*-) | (?:[-_][ \t]*){3,}$
    | \[(?=[ xX]\]\s) | (?:!!|!-|\?\?|\?=|>>)(?=\s) | \[(?=[^\]]*\]:)
    """,
    re.VERBOSE,
)
_AHEAD = 20  # characters of a piece that may join what stands before it
_CLOSING = "|"  # stands for the sign that closes a mark: punctuation that joins nothing
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BARE = re.compile(r"https?://[^\s<>\[\]`\"\\|*_~]*[^\s<>\[\]`\"\\|*_~?!.,:;'()]", re.IGNORECASE)
_ALONE = re.compile(r"[\s(]?")
_RULE = re.compile(r"[ ]*([-*_])[ \t]*(?:\1[ \t]*){2,}")
_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def note_text(blocks: Iterable[Block]) -> str:
    """The blocks as a note, a blank line between two, without a line end behind the last."""
    return "\n".join(_blocks(blocks))


def line_text(pieces: Sequence[Inline]) -> str:
    """The pieces as one line of notes."""
    return _start(_inline(_on_one_line(pieces)))


def cell_text(pieces: Sequence[Inline]) -> str:
    """The pieces as they stand in a cell of a table, whose bars they must not be taken for."""
    return _inline(_on_one_line(pieces)).replace("|", "\\|").strip()


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
            numbered = enumerate(items, min(start, 999_000_000))
            return [line for number, item in numbered for line in _item(item, f"{number}{dot} ")]
        case CodeBlock(text, language):
            return _code_block(printable(text), printable(language))
        case Quote(children):
            return [f"> {line}".rstrip() for line in _blocks(children)] or [">"]
        case Rule():
            return ["___"]
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
        joins = isinstance(child, BulletList) or (isinstance(child, OrderedList) and child.start == 1)
        # Neither an empty item nor one with another number can follow a paragraph closely.
        tight = not lines or (joins and isinstance(before, Paragraph) and " " in own[0].strip())
        lines += own if tight else ["", *own]
        before = child
    indent = " " * len(bullet)
    if lines and _RULE.fullmatch(f"{bullet}{lines[0]}"):
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


def _text(text: str, following: str = "", *, linked: bool = False) -> str:
    """Text as literal characters within a line; `following` is what stands behind it."""
    words = _BLANKS.sub(" ", printable(text))
    words = words.rstrip(" ") if following.startswith("\n") else words
    escaped = _SPECIAL.sub(lambda match: f"\\{match[0]}", words)
    if words.count("~") > 1:
        escaped = escaped.replace("~", "\\~")
    if linked:
        escaped = _BRACKETS.sub(lambda match: f"\\{match[0]}", escaped)
    joins = _JOINS.get(words[-1:])
    if joins and joins.match(following) and not escaped.endswith(f"\\{words[-1:]}"):
        escaped = f"{escaped[:-1]}\\{escaped[-1]}"
    return escaped


def _inline(
    pieces: Sequence[Inline], inside: frozenset[type] = frozenset(), before: str = "", following: str = ""
) -> str:
    """The pieces as markup, which holds a line end for every break; `inside` are the marks around them."""
    out = ""
    for number, piece in enumerate(pieces):
        ahead = _shown_start(pieces[number + 1]) if number + 1 < len(pieces) else following
        out += _piece(piece, before + out, ahead, inside)
    return out


def _piece(piece: Inline, before: str, following: str, inside: frozenset[type]) -> str:
    match piece:
        case Text(text):
            return _text(text, following, linked=Link in inside)
        case Break(hard):
            return "\\\n" if hard else "\n"
        case Code(text):
            return _code(text)
        case Strong(children) | Emphasis(children) | Strike(children):
            marked = _marked(piece, before, following, inside)
            return _inline(children, inside, before, following) if marked is None else marked
        case Mention(handle):
            return _sign(f"@{handle}", before, following, r"[\w@.]", r"\.*[\w-]")
        case DueDate(day):
            return _sign(f"due:{day.isoformat()}", before, following, r"\w", r"[\w-]")
        case Reference(key):
            return printable(key)
        case Link(children, address):
            return _link(children, address, before, following)
        case Image(text, address):
            target = _target(address)
            return f"![{_text(text, linked=True)}]({target})" if target else _text(text or address)


def _shown_start(piece: Inline) -> str:
    """What a piece begins with, as far as it matters to what stands before it."""
    match piece:
        case Text(text) | Code(text):
            return text[:_AHEAD]
        case Strong(children) | Emphasis(children) | Strike(children):
            return _shown_start(children[0]) if children else ""
        case Break():
            return "\n"
        case Mention():
            return "@"
        case DueDate():
            return "d"
        case Reference(key):
            return key[:_AHEAD]
        case Link(children, address):
            return "<" if children == (Text(address),) else "["
        case Image():
            return "!"


def _sign(text: str, before: str, following: str, not_before: str, not_after: str) -> str:
    """A sign of the language of notes, with a blank where what stands beside it would join it."""
    lead = " " if re.fullmatch(not_before, before[-1:]) else ""
    trail = " " if re.match(not_after, following) else ""
    return f"{lead}{printable(text)}{trail}"


def _code(text: str) -> str:
    words = _BLANKS.sub(" ", printable(text))
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if words.startswith("`") or words.endswith("`") or (words.startswith(" ") and words.endswith(" ")) else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _marked(piece: Strong | Emphasis | Strike, before: str, after: str, inside: frozenset[type]) -> str | None:
    """Markup between signs; None where Markdown would not read them as such."""
    if type(piece) in inside:
        return None
    inner = _inline(piece.children, inside | {type(piece)}, following=_CLOSING)
    match = _EDGES.fullmatch(inner)
    lead, core, trail = match.groups() if match else ("", inner, "")
    if not core:
        return None
    sign = {Strong: "**", Emphasis: "*", Strike: "~~"}[type(piece)]
    previous, following = (before + lead)[-1:], (trail + after)[:1]
    if sign == "*" and (Strong in inside or core.startswith("**") or core.endswith("**")):
        sign = "_"
    opens = _is_word(core[0]) or not _is_word(previous)
    closes = _is_word(core[-1]) or not _is_word(following)
    free = sign != "_" or not (_is_word(previous) or _is_word(following))
    apart = sign[0] not in (previous, following, core[0], core[-1])
    return f"{lead}{sign}{core}{sign}{trail}" if opens and closes and free and apart else None


def _is_word(sign: str) -> bool:
    """Whether a character beside a mark is a letter or digit, not a blank or punctuation."""
    return sign.isalnum()


def _link(children: tuple[Inline, ...], address: str, before: str, following: str) -> str:
    target = _target(address)
    words = _inline(_on_one_line(_unlinked(children)), frozenset({Link}), following="]")
    if not target:
        return words or _text(address)
    if children == (Text(address),) and web_address(address) == address:
        if _BARE.fullmatch(address) and _ALONE.fullmatch(before[-1:]) and (not following or following[0].isspace()):
            return address
        if re.fullmatch(r"[^\s<>\\]+", address):
            return f"<{address}>"
    return f"[{words or _text(address, linked=True)}]({target})"


def _unlinked(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """The words of a link, which hold no other, but may hold images."""
    out: list[Inline] = []
    for child in children:
        match child:
            case Link(inner, address):
                out += _unlinked(inner) or (Text(address),)
            case Strong(inner) | Emphasis(inner) | Strike(inner):
                out.append(replace(child, children=_unlinked(inner)))
            case _:
                out.append(child)
    return tuple(out)


def _target(address: str) -> str:
    """An address in the brackets of a link; nothing for one that may not be linked to."""
    safe = printable(address).strip().replace("\n", "")
    if not safe or (_SCHEME.match(safe) and not web_address(safe)) or safe.startswith("//"):
        return ""
    return f"<{_angle(safe)}>" if re.search(r"[\s()<>\\]", safe) else safe


def _angle(address: str) -> str:
    return address.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace("\t", "%09")
