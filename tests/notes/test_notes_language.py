from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from html import unescape

import pytest
from hypothesis import given, settings
from notes_strategies import PATTERNS, any_text, notes, tasks_of, words_of

from dmlt_tui.notes.language import read, read_line, survey
from dmlt_tui.notes.plain import plain, words
from dmlt_tui.notes.tree import (
    BulletList,
    Code,
    CodeBlock,
    DueDate,
    Emphasis,
    Inline,
    Link,
    ListItem,
    Marked,
    MarkKind,
    Mention,
    NoteTable,
    OrderedList,
    Paragraph,
    Quote,
    Strong,
    Task,
    Text,
)


def task(line: str) -> Task:
    """The only action of a note."""
    (found,) = survey(line, PATTERNS).tasks
    return found


# -- nothing is lost, nothing stops it ------------------------------------------------------------------------------


def letters(text: str) -> Counter[str]:
    """The letters of a text; x is also the sign of a ticked box."""
    return Counter(sign for sign in text if sign.isalpha() and sign != "x")


@settings(max_examples=1500, deadline=None)
@given(notes | any_text)
def test_every_letter_of_any_note_is_in_what_is_read(text: str) -> None:
    typed = letters(unescape(text))  # in an address, &amp; is read as the sign it stands for
    assert not typed - letters("".join(words_of(read(text, PATTERNS))))


@settings(max_examples=1500, deadline=None)
@given(notes | any_text)
def test_lists_and_pages_find_the_same_actions(text: str) -> None:
    assert tuple(tasks_of(read(text, PATTERNS))) == survey(text, PATTERNS).tasks


@settings(max_examples=500, deadline=None)
@given(notes | any_text)
def test_any_text_reads_as_one_line_too(text: str) -> None:
    assert not letters(text) - letters(words(read_line(text)) + "".join(words_of([Paragraph(read_line(text))])))


@settings(max_examples=500, deadline=None)
@given(notes)
def test_a_marked_line_is_where_its_survey_says(text: str) -> None:
    lines = text.split("\n")
    found = survey(text)
    for line in [task.line for task in found.tasks] + [marked.line for marked in found.marked]:
        assert any(sign in lines[line] for sign in ("[ ]", "[x]", "!!", "!-", "??", "?=", ">>"))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "![" * 9_000,
        "> " * 100_000,
        "- " * 100_000,
        "*" * 5_000 + "a" + "*" * 5_000,
        "**a *" * 1_900,
        "x" * 1_000_000,
        "https://x.org/" + ")" * 500_000,
        "@" + "." * 500_000,
        "\n".join("  " * depth + "- a" for depth in range(400)),
        "\n".join(">" * depth + " a" for depth in range(400)),
        "|" * 3_000 + "\n" + "|-" * 3_000 + "|\n" + "|\n" * 500,
        "```\n" * 5_000,
        "[ ] a\n" * 5_000,
    ],
    ids=lambda text: text[:6].replace("\n", " "),
)
def test_monsters_are_read_and_can_be_walked_and_compared(text: str) -> None:
    blocks = read(text, PATTERNS)
    assert len(plain(blocks)) >= text.count("a")
    assert hash(blocks) == hash(read(text, PATTERNS))
    assert survey(text, PATTERNS).tasks == tuple(tasks_of(blocks))
    assert sys.getrecursionlimit() == 1000


@pytest.mark.parametrize(
    ("note", "says"),
    [
        ("{code} {{mono}} [text|https://x.example.org] |x| !", "{code} {{mono}} [text|https://x.example.org] |x| !"),
        ("<b>bold</b> &amp; &#x202e; AT&T", "<b>bold</b> &amp; &#x202e; AT&T"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[DMTN]: https://x.example.org", "[DMTN]: https://x.example.org"),
        ("[x]", "[x]"),
        ("- [ ]", "[ ]"),
        ("- ??", "??"),
        ("!!", "!!"),
        ("text\n---\nmore\n===", "text\nmore\n==="),
        ("**a** *b* ~~c~~ `d*e*` ***f***", "a b c d*e* f"),
        ("\\*a\\* \\$3.5M C:\\path", "*a* $3.5M C:\\path"),
        ('[DMTN-148](https://x.example.org/a_b "the PDF")', "DMTN-148 (the PDF)"),
        ("![plot](p.png) ![ ](<>) [a]()", "plot ![ ]() [a]()"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("a\tb   c", "a b c"),
        ("\ufeffa\ufffeb\uffff", "ab"),
        ("- 1\n  - 2\n    - 3\n      - 4", "1\n2\n3\n4"),
        ("|a|b|\n|-|-|\n|1|2|3|4|\n|5|", "a | b\n1 | 2 | 3 | 4\n5 | "),
        ("``` python\nx = 1\n```\n``` not a language\n", "x = 1\nnot a language"),
        ("zero\u200bwidth 👩\u200d💻 é e\u0301", "zero\u200bwidth 👩\u200d💻 é e\u0301"),
        ("**会議**の abc\u202edef", "会議の abc\u202edef"),
        ('<ac:link><ri:user x="y"/></ac:link> </ac:task> ]]>', 'ac:link<ri:user x="y"/></ac:link> </ac:task> ]]>'),
        ("$\\alpha_{1}^{2}$ a\\nb ends with \\", "$\\alpha_{1}^{2}$ a\\nb ends with \\"),
        ('   (c) ... "q" a -- b -> c <- d', '(c) ... "q" a -- b -> c <- d'),
    ],
)
def test_what_is_typed_is_what_stands_there(note: str, says: str) -> None:
    assert plain(read(note)) == says


# -- marks ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        ("!!", MarkKind.DECISION),
        ("!-", MarkKind.NO_DECISION),
        ("??", MarkKind.QUESTION),
        ("?=", MarkKind.ANSWERED),
        (">>", MarkKind.PARKED),
    ],
)
@pytest.mark.parametrize("before", ["- ", "", "1. ", "> ", "- a\n  - ", "text\n", "- a\n", "  - "])
def test_a_mark_stands_at_the_start_of_an_item_or_of_a_line(sign: str, kind: MarkKind, before: str) -> None:
    note = f"{before}{sign} words and more"
    assert survey(note).marked == (Marked(before.count("\n"), kind, "words and more"),)


@pytest.mark.parametrize(
    "note", ["a [ ] b", "- a !! b", "```\n- [ ] a\n```", "    - [ ] a", "`[ ] a`", "[ ]a", "!!a", "# !! a", "\\[ ] a"]
)
def test_elsewhere_and_in_code_the_same_signs_are_text(note: str) -> None:
    assert survey(note) == survey("")


def test_a_parked_line_is_no_quote_and_ends_one() -> None:
    first, second, third = read("> quoted\n>> parked\n> quoted again")
    assert first == Quote((Paragraph((Text("quoted"),)),))
    assert isinstance(second, BulletList)
    assert [item.mark for item in second.items] == [MarkKind.PARKED]
    assert isinstance(third, Quote)


def test_marked_lines_of_a_paragraph_become_bullets_and_take_the_lines_below_along() -> None:
    note = "The plan.\n[ ] @a write it\nas a technote\n!! publish"
    before, bullets = read(note)
    assert before == Paragraph((Text("The plan."),))
    assert isinstance(bullets, BulletList)
    assert [(item.line, item.mark) for item in bullets.items] == [(1, MarkKind.ACTION), (3, MarkKind.DECISION)]
    assert plain(bullets.items[0].children) == "@a write it\nas a technote"


def test_a_follow_up_line_belongs_to_the_action_and_says_nothing_about_owners() -> None:
    note = "- [x] @eric update the technote due:2020-07-01\n  On a branch, ask @tim\n  due:2021-01-01"
    assert task(note) == Task(0, True, "update the technote", ("eric",), date(2020, 7, 1))


def test_a_marked_item_keeps_its_children_and_loses_its_sign() -> None:
    (bullets,) = read("- !! publish\n  - as it stands")
    (item,) = bullets.items if isinstance(bullets, BulletList) else ()
    inner = BulletList((ListItem((Paragraph((Text("as it stands"),)),), 1),))
    assert item == ListItem((Paragraph((Text("publish"),)), inner), 0, MarkKind.DECISION)


def test_an_ordered_list_may_hold_actions_and_starts_where_it_starts() -> None:
    (numbered,) = read("3. [ ] @a one\n4. two")
    assert isinstance(numbered, OrderedList)
    assert numbered.start == 3
    assert numbered.items[0].task == Task(0, False, "one", ("a",))


# -- actions --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "owners", "due", "text"),
    [
        ("@fm engage with the LDF due:2020-07-06", "fm", "2020-07-06", "engage with the LDF"),
        ("engage with the LDF @fm due:2020-07-06", "fm", "2020-07-06", "engage with the LDF"),
        ("due:2020-07-06 @fm engage", "fm", "2020-07-06", "engage"),
        ("@fm due:2020-07-06 engage", "fm", "2020-07-06", "engage"),
        ("engage (due:2020-07-06) soon", "", "2020-07-06", "engage soon"),
        ("the note (DMTN-148).due:2020-05-21", "", "2020-05-21", "the note (DMTN-148)."),
        ("done due:2020-05-21.", "", "2020-05-21", "done."),
        ("@a & @b: write", "a b", "", "write"),
        ("@a, @b and @c — write", "a b c", "", "write"),
        ("@a/@b write", "a b", "", "write"),
        ("@a @b @a write", "a b", "", "write"),
        ("@a - write", "a", "", "write"),
        ("@a, write", "a", "", "write"),
        ("@a ask @b about it", "a", "", "ask @b about it"),
        ("@a ask @b", "a", "", "ask @b"),
        ("ask about it, @a & @b", "a b", "", "ask about it"),
        ("ask about it — @a.", "a", "", "ask about it"),
        ("ask about it (@a)", "a", "", "ask about it"),
        ("ask @b about it", "", "", "ask @b about it"),
        ("(see @b)", "", "", "(see @b)"),
        ("@a's plan needs @b's help", "", "", "@a's plan needs @b's help"),
        ("mail a@b.example.org", "", "", "mail a@b.example.org"),
        ("`@a` write", "", "", "`@a` write"),
        ("write `@a`", "", "", "write `@a`"),
        ("\\@a write", "", "", "\\@a write"),
        ("[@a](https://x.example.org) write", "", "", "[@a](https://x.example.org) write"),
        ("see https://x.example.org/@a", "", "", "see https://x.example.org/@a"),
        ("@a", "a", "", ""),
        ("@a & @b due:2020-01-01", "a b", "2020-01-01", ""),
        ("due:2020-01-01 or due:2020-02-02", "", "2020-02-02", "due:2020-01-01 or"),
        ("due:2020-02-30 due:tomorrow", "", "", "due:2020-02-30 due:tomorrow"),
        ("@a **write** the [note](https://x.example.org)", "a", "", "**write** the [note](https://x.example.org)"),
        ("@wil-o.m_1: write", "wil-o.m_1", "", "write"),
        ("@Željko: write", "Željko", "", "write"),
        ("-5 °C in the freezer @a", "a", "", "-5 °C in the freezer"),
        ("write in C++ @a", "a", "", "write in C++"),
    ],
)
def test_an_action_says_who_when_and_what(line: str, owners: str, due: str, text: str) -> None:
    found = task(f"- [ ] {line}")
    assert (" ".join(found.owners), str(found.due or ""), found.text) == (owners, due, text)


def test_an_action_knows_its_tickets() -> None:
    assert task("- [ ] Complete DM-23658, see DMTN-148 and DM-23658 `DM-1`").references == ("DM-23658", "DMTN-148")


def test_owner_and_date_stay_in_the_words_of_the_page() -> None:
    (bullets,) = read("- [ ] @a write due:2020-07-06")
    (item,) = bullets.items if isinstance(bullets, BulletList) else ()
    pieces: tuple[Inline, ...] = (Mention("a"), Text(" write "), DueDate(date(2020, 7, 6)))
    assert item.children == (Paragraph(pieces),)


def test_reading_twice_gives_the_same_values() -> None:
    note = "- [ ] @a x\n" * 3
    assert survey(note) is survey(str(note))
    assert read(note) == read(note)


# -- inline pieces --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("@jdoe and @Tim J", (Mention("jdoe"), Text(" and "), Mention("Tim"), Text(" J"))),
        ("ask @tim.", (Text("ask "), Mention("tim"), Text("."))),
        ("a@b .@c @@d @", (Text("a@b .@c @@d @"),)),
        ("**@a** *b*", (Strong((Mention("a"),)), Text(" "), Emphasis((Text("b"),)))),
        ("`@a` # - > |", (Code("@a"), Text(" # - > |"))),
        ("two\nlines", (Text("two lines"),)),
    ],
)
def test_one_line_is_read_as_inline_pieces(line: str, pieces: tuple[Inline, ...]) -> None:
    assert read_line(line) == pieces


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("<https://x.example.org/~u/a_b-c/?x=[1]&y=a|b#f>", "https://x.example.org/~u/a_b-c/?x=[1]&y=a|b#f"),
        ("(at https://x.example.org/a_(b)_c).", "https://x.example.org/a_(b)_c"),
        ("**https://x.example.org/a_b*c**", "https://x.example.org/a_b*c"),
        ("see https://x.example.org/%E2%80%AE?a=1, or not", "https://x.example.org/%E2%80%AE?a=1"),
    ],
)
def test_an_address_in_the_text_is_a_link_that_reads_as_typed(line: str, address: str) -> None:
    link = Link((Text(address),), address)
    assert any(piece in (link, Strong((link,))) for piece in read_line(line))


def test_a_table_keeps_cells_beyond_its_header() -> None:
    (table,) = read("|a|b|\n|-|-|\n|1|2|3\\|4|")
    assert isinstance(table, NoteTable)
    assert table.rows == (((Text("1"),), (Text("2 | 3|4"),)),)


def test_code_is_kept_as_it_is() -> None:
    assert read("```python\n- [ ] @a  due:2020-01-01\n\n```") == (CodeBlock("- [ ] @a  due:2020-01-01\n\n", "python"),)
