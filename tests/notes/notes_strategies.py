"""Notes for property tests: signs of the language thrown together, and any text there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import strategies as st

from dmlt_tui.notes.language import KeyPattern
from dmlt_tui.notes.tree import (
    Block,
    BulletList,
    Code,
    CodeBlock,
    DueDate,
    Emphasis,
    Heading,
    Image,
    Inline,
    Link,
    Mention,
    NoteTable,
    OrderedList,
    Paragraph,
    Quote,
    Reference,
    Strike,
    Strong,
    Task,
    Text,
)

PATTERNS = (
    KeyPattern(r"DM-\d+", "issue", "https://jira.example.org/browse/{key}"),
    KeyPattern(r"(?:DMTN|LDM)-\d{3}", "document", "https://{lower}.example.org"),
)

_LINES = [
    *("- ", "* ", "1. ", "> ", ">> ", "    ", "  ", "[ ] ", "[x] ", "!! ", "!- ", "?? ", "?= ", "# ", "```", "~~~"),
    *("---", "===", "\n", "\n\n", "\n- ", "\n  - ", "\n[ ] ", "[a]: b"),
]
_INLINE = [
    *("a", "b", "c", "Q", "é", " ", "\t", "`", "*", "**", "_", "~~", "[", "]", "](", "(", ")", "![", "<", ">", "\\"),
    *("&amp;", "<b>", "</b>", "mailto:", "https://x.org/", "@ab", "@c.d", "due:2020-01-02", '"t"'),
]
_ODD = ["|", "|-|-|", "DM-12", "DMTN-148", "\u2028", "\r", "\x00", "\ud800", "\ufeff", "\ufffe", "\u202e"]

notes = st.lists(st.sampled_from([*_LINES, *_INLINE, *_ODD]), max_size=40).map("".join)
any_text = st.text() | st.text(st.characters(), max_size=60)
lines_of_notes = st.lists(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "  ", "    ", "   ", " "]),
        st.sampled_from(["- ", "* ", "1. ", "2) ", "10. ", "", "- [ ] ", "- [x] ", "- !! ", "[ ] ", "> ", "```", "# "]),
        st.sampled_from(["", "one", "two words", "@ab it", "| a |", "[ ] x"]),
    ),
    min_size=1,
    max_size=12,
)


def words_of(blocks: Sequence[Block]) -> Iterator[str]:
    """All that blocks keep of what was typed: words, code, languages and addresses."""
    for block in blocks:
        match block:
            case Paragraph(children) | Heading(_, children):
                yield from words_in(children)
            case BulletList(items) | OrderedList(items):
                for item in items:
                    yield from words_of(item.children)
            case CodeBlock(text, language):
                yield from (text, language)
            case Quote(children):
                yield from words_of(children)
            case NoteTable(header, rows):
                for row in (header, *rows):
                    for cell in row:
                        yield from words_in(cell)


def words_in(pieces: Sequence[Inline]) -> Iterator[str]:
    """All that inline pieces keep."""
    for piece in pieces:
        match piece:
            case Text(text) | Code(text) | Mention(text) | Reference(text):
                yield text
            case Image(text, address):
                yield from (text, address)
            case Link(children, address):
                yield from words_in(children)
                yield "" if children == (Text(address),) else address
            case Strong(children) | Emphasis(children) | Strike(children):
                yield from words_in(children)
            case DueDate(day):
                yield f"due:{day}"


def tasks_of(blocks: Sequence[Block]) -> Iterator[Task]:
    """The actions in a tree, in its order."""
    for block in blocks:
        match block:
            case BulletList(items) | OrderedList(items):
                for item in items:
                    if item.task:
                        yield item.task
                    yield from tasks_of(item.children)
            case Quote(children):
                yield from tasks_of(children)
