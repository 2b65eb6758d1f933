from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from capture_table import NOT_UNDERSTOOD, PEOPLE, Row, rows
from hypothesis import given, settings
from hypothesis import strategies as st
from notes_strategies import any_text

from dmlt_tui.notes.capture import Name, Understood, understand
from dmlt_tui.notes.language import survey
from dmlt_tui.notes.tasklines import task_line

TODAY = date(2020, 5, 12)
# Typed, and below it what a person would understand, as in capture_table.
CAPTURED = Path(__file__).parent / "captured.txt"


def as_row(found: Understood) -> tuple[tuple[str, ...], str, str, str]:
    candidates = "/".join(found.ambiguous[0].candidates) if found.ambiguous else ""
    return found.owners, str(found.due or ""), found.text, candidates


def people_of(sample: Path) -> tuple[Name, ...]:
    records = json.loads(sample.read_text(encoding="utf-8"))["people"].values()
    return tuple(Name(p["id"], p["name"], tuple(p.get("aliases", ())), p.get("initials", "")) for p in records)


def wrong_and_missed(table: list[Row], people: tuple[Name, ...]) -> tuple[list[str], list[str]]:
    wrong: list[str] = []
    missed: list[str] = []
    for typed, *expected in table:
        found = as_row(understand(typed, people, TODAY))
        if found == tuple(expected):
            continue
        nothing_taken = not found[0] and not found[3] and found[1] in ("", expected[1])
        (missed if nothing_taken else wrong).append(f"{typed!r}: {found}")
    print(f"{len(table)} sentences, {len(wrong)} wrong, {len(missed)} not understood")
    return wrong, missed


def test_the_teams_own_words_are_understood_and_never_wrongly() -> None:
    assert len(rows()) >= 60
    assert wrong_and_missed(rows(), PEOPLE) == ([], [])


def test_sentences_in_many_styles_are_understood_of_the_people_of_the_sample(sample: Path) -> None:
    table = rows(CAPTURED.read_text(encoding="utf-8"))
    assert len(table) >= 300
    assert wrong_and_missed(table, people_of(sample)) == ([], [])


@pytest.mark.parametrize("typed", NOT_UNDERSTOOD.strip().splitlines())
def test_what_is_not_understood_stays_text(typed: str) -> None:
    found = understand(typed, PEOPLE, TODAY)
    assert (found.owners, found.ambiguous) in {((), ()), (("fmueller",), ())}
    assert found.text in typed


def test_a_name_that_fits_two_is_settled_by_a_handle_in_its_place() -> None:
    typed = "Robert and Fritz — write a proposal 2w"
    (unclear,) = understand(typed, PEOPLE, TODAY).ambiguous
    again = understand(typed.replace(unclear.word, f"@{unclear.candidates[0]}", 1), PEOPLE, TODAY)
    assert again == Understood(("rgruendl", "fmueller"), date(2020, 5, 26), "write a proposal")


def test_two_people_of_one_name_are_never_told_apart_by_their_order() -> None:
    twins = (Name("a", "Ann Lee"), Name("b", "Ann Lee"))
    for people in (twins, twins[::-1]):
        assert understand("Ann Lee: write", people, TODAY).ambiguous[0].candidates == ("a", "b")


def test_nobody_known_is_nobody_guessed() -> None:
    assert understand("Fritz: write 2w", (), TODAY) == Understood((), date(2020, 5, 26), "Fritz: write")


PARTS = """
    fritz Tim Robert Lupton — - : , & and to will engage send the a with (x) @tim @zz 2w fri by 15 Jun 2020 . [ ]
"""
words = st.sampled_from(PARTS.split())


@settings(max_examples=600, deadline=None)
@given(st.lists(words, max_size=10).map(" ".join) | any_text)
def test_what_is_understood_is_what_the_line_then_says(typed: str) -> None:
    found = understand(typed, PEOPLE, TODAY)
    tasks = survey(task_line(found.owners, found.text, found.due)).tasks
    assert [(task.owners, task.due) for task in tasks] in ([(found.owners, found.due)], [])


@settings(max_examples=600, deadline=None)
@given(st.lists(words, max_size=10).map(" ".join))
def test_words_left_stand_in_the_line_as_typed_and_in_one_piece(typed: str) -> None:
    assert understand(typed, PEOPLE, TODAY).text in " ".join(typed.split())


def test_an_at_name_is_the_one_person_with_that_alias_though_others_have_the_name() -> None:
    people = (Name("bbirch", "Bob Birch", ("bob", "Robbie")), Name("bblum", "Bob Blum"), Name("robbie", "Rob Roy"))
    assert understand("@bob check the ships", people, TODAY).owners == ("bbirch",)
    assert understand("bob to check the ships", people, TODAY).ambiguous[0].candidates == ("bbirch", "bblum")
    assert understand("@robbie check the ships", people, TODAY).owners == ("robbie",)
