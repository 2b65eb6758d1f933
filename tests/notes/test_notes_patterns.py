from __future__ import annotations

import sys

import pytest

from dmlt_tui.notes.language import KeyPattern, read_line
from dmlt_tui.notes.tree import Inline, Reference, Text


def references(line: str, *patterns: KeyPattern) -> list[str]:
    return [piece.key for piece in read_line(line, patterns) if isinstance(piece, Reference)]


ISSUE = KeyPattern(r"DM-\d+", "issue", "https://jira.example.org/browse/{key}")
DOCUMENT = KeyPattern(r"(?:DMTN|PSTN)-\d{3}", "document", "https://{lower}.example.org")


def test_a_key_leads_where_its_pattern_says() -> None:
    expected: tuple[Inline, ...] = (
        Text("see "),
        Reference("DM-23658", "issue", "https://jira.example.org/browse/DM-23658"),
        Text(" and "),
        Reference("DMTN-148", "document", "https://dmtn-148.example.org"),
        Text("."),
    )
    assert read_line("see DM-23658 and DMTN-148.", (ISSUE, DOCUMENT)) == expected


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("(Ticketed: DM-26341)", ["DM-26341"]),
        ("*DM-1* (styled: not at the top) _DM-2_", []),
        ("tickets/DM-24555", ["DM-24555"]),
        ("ADM-1 DM-1x XDMTN-148 DMTN-1480", []),
        ("`DM-1` \\DM-2 https://x.example.org/DM-3 [DM-4](https://x.example.org)", []),
        ("DM-1/DM-2,DM-3", ["DM-1", "DM-2", "DM-3"]),
        ("会議DM-12の", ["DM-12"]),
        ("x" * 70 + "/DM-1 DM-2", ["DM-2"]),
    ],
)
def test_keys_are_found_where_no_letter_or_digit_stands_beside_them(line: str, keys: list[str]) -> None:
    assert references(line, ISSUE, DOCUMENT) == keys


def test_the_first_of_two_patterns_that_fit_wins() -> None:
    any_key = KeyPattern(r"[A-Z]{2,6}-\d+", "document", "https://any.example.org")
    assert read_line("DM-1", (ISSUE, any_key)) == (Reference("DM-1", "issue", "https://jira.example.org/browse/DM-1"),)


@pytest.mark.parametrize(
    ("regex", "says"),
    [
        ("(a+)+b", "repeats a bracket"),
        ("(?:a|a)*b", "repeats a bracket"),
        ("(a?){30}b", "repeats a bracket"),
        ("a*b*c*d*e", "repeats too much"),
        ("a?a?a?a?a?a?a?b", "repeats too much"),
        ("[A-", "is not a regular expression"),
        ("DM-(", "is not a regular expression"),
        ("x*", "matches nothing at all"),
        ("DM-1|", "matches nothing at all"),
        ("DM .", "matches a blank"),
        (r"DM\s\d+", "matches a blank"),
        ("DM-[^-]+", "matches a blank"),
        ("^DM-1$", "leave them out"),
        ("(?=DM)DM-1", "(?"),
        (r"(D)\1-1", "refers back"),
        ("D" * 201, "longer than 200"),
    ],
)
def test_a_pattern_that_can_not_be_used_says_why_when_it_is_made(regex: str, says: str) -> None:
    with pytest.raises(ValueError, match="The pattern ") as error:
        KeyPattern(regex)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("kind", "address"), [("ticket", "https://x.example.org"), ("issue", "javascript:alert(1)"), ("issue", " data:x")]
)
def test_a_pattern_of_an_unknown_kind_or_with_an_unsafe_address_is_refused(kind: str, address: str) -> None:
    with pytest.raises(ValueError, match="The pattern"):
        KeyPattern(r"DM-\d+", kind, address)


@pytest.mark.parametrize(
    "regex", [r"\bDM-\d+\b", r"[A-Z]{2,6}-[0-9]{1,6}", r"lsst\.io", r"w_\d{4}_\d{2}", r"\x44M-\d+"]
)
def test_patterns_as_people_write_them_are_taken(regex: str) -> None:
    assert KeyPattern(regex).regex == regex


def test_no_pattern_may_match_any_of_the_blanks_there_are() -> None:
    for blank in filter(str.isspace, map(chr, range(sys.maxunicode + 1))):
        with pytest.raises(ValueError, match="matches a blank"):
            KeyPattern(f"DM{blank}")
