"""Commands between meetings: the next meeting, loose ends, people."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from support.commands import done, refused, run, told, value_of

from dmlt_tui.meeting.edits import set_notes
from dmlt_tui.meeting.model import Item
from dmlt_tui.meeting.people import times_named
from dmlt_tui.store.notebook import OpenNotebook

NEXT = ("--title", "DMLT November", "--start", "2024-11-16")


def item(path: Path, item_id: str) -> Item:
    return next(one for meeting in value_of(path).meetings for one in meeting.items if one.id == item_id)


def write(path: Path, item_id: str, notes: str) -> None:
    """Put other notes into an item of the reference meeting."""
    with OpenNotebook.open(path) as notebook:
        before = item(path, item_id)
        notebook.change(set_notes("2020-05", before, before.notes, notes))


# -- new --after --------------------------------------------------------------------------------------------------


def test_the_next_meeting_goes_on_from_the_one_before(sample: Path) -> None:
    printed, words = told("new", sample, "--after", "2020-05", *NEXT)
    value = value_of(sample)
    meeting = value.meetings[-1]
    assert printed == f"{meeting.id}\n"
    assert words.endswith("17 people, 5 moderators, 11 open actions to review, 2 topics offered as requests\n")
    assert [day.date for day in meeting.days] == [date(2024, 11, 16), date(2024, 11, 17), date(2024, 11, 18)]
    assert (meeting.zone, meeting.zone_label) == ("America/Los_Angeles", "Project")
    assert next(meeting.items).title == "Open actions"
    assert sum(one.meeting == meeting.id for one in value.requests) == 2
    assert done("check", sample) == ""
    assert "DMLT November" in done("show", sample)


def test_days_and_zone_may_be_other_ones(sample: Path) -> None:
    told("new", sample, "--after", "2020-05", *NEXT, "--days", "1", "--zone", "America/Santiago")
    meeting = value_of(sample).meetings[-1]
    assert (len(meeting.days), meeting.zone) == (1, "America/Santiago")


def test_a_meeting_to_go_on_from_must_be_there(sample: Path, tmp_path: Path) -> None:
    before = sample.read_bytes()
    assert "No meeting has the id 'zoe'" in refused(1, "new", sample, "--after", "zoe", *NEXT)
    assert sample.read_bytes() == before
    assert "gone.json" in refused(1, "new", tmp_path / "gone.json", "--after", "zoe", *NEXT)
    assert not (tmp_path / "gone.json").exists()
    assert "--days" in refused(2, "new", sample, *NEXT)


def test_the_history_of_an_action_is_in_the_json(sample: Path) -> None:
    told("new", sample, "--after", "2020-05", *NEXT)
    with OpenNotebook.open(sample) as notebook:
        meeting = notebook.value.meetings[-1]
        review = next(meeting.items)
        notebook.change(set_notes(meeting.id, review, "", "- gone through"))
    (action,) = json.loads(done("actions", sample, "--format", "json", "--text", "DMTN-105"))
    assert action["taken"]["day"] == "2023-10-24"
    assert [(one["meeting_title"], one["item_title"], one["day"]) for one in action["reviewed"]] == [
        ("DMLT November", "Open actions", "2024-11-16")
    ]
    (ticketed,) = json.loads(done("actions", sample, "--format", "json", "--status", "done", "--text", "ticketed"))
    assert (ticketed["tickets"], ticketed["reviewed"]) == (["DM-26341"], [])


# -- review -------------------------------------------------------------------------------------------------------


def test_review_has_a_line_for_each_loose_end(sample: Path) -> None:
    write(sample, "welcome", "- Wil agreed to ask NCSA\n- [ ] do it\n- @zoe came")
    lines = done("review", sample, "-m", "2020-05").splitlines()
    assert [re.split("  +", line) for line in lines[:4]] == [
        ["PLACE", "WHY", "WORDS"],
        ["welcome:1", "somebody took it on", "Wil agreed to ask NCSA"],
        ["welcome:2", "no owner and no date", "do it"],
        ["welcome:3", "nobody here has this handle", "@zoe"],
    ]


def test_review_as_json_says_what_can_be_done(sample: Path) -> None:
    found = json.loads(done("review", sample, "-m", "2024-04", "--json"))
    assert found == [
        {
            "kind": "action",
            "why": "no owner",
            "meeting": "2024-04",
            "item": "2024-04-pstn-017",
            "item_title": "PSTN-017",
            "line": 2,
            "text": "What PSTN-017 says on data facilities: the part of the UKDF",
            "action": "What PSTN-017 says on data facilities: the part of the UKDF due:2024-05-22",
            "what_to_do": "say who and by when, or dismiss",
        }
    ]


def test_a_meeting_without_loose_ends_is_told_so(sample: Path) -> None:
    assert told("review", sample, "-m", "2023-10") == (
        "",
        "DM Leadership Team Virtual Face-to-Face Meeting - 2023-Oct-24: nothing is left open.\n",
    )
    assert json.loads(done("review", sample, "-m", "2023-10", "--json")) == []


# -- people -------------------------------------------------------------------------------------------------------


def test_people_are_listed_after_those_nobody_knows(sample: Path) -> None:
    write(sample, "welcome", "- @fmuller and @zoe came")
    printed, words = told("people", sample)
    lines = printed.splitlines()
    assert lines[0].split() == ["HANDLE", "NAMED", "STATE", "NAME", "INITIALS", "ALIASES", "ACCOUNT"]
    assert [line.split()[:3] for line in lines[1:3]] == [["fmuller", "1", "unknown"], ["zoe", "1", "unknown"]]
    assert next(line for line in lines if line.startswith("mbutler")).split()[2] == "gone"
    assert words == "@fmuller may be Fritz Mueller; if so: --merge fmuller fmueller\n"


def test_people_as_json(sample: Path) -> None:
    write(sample, "welcome", "- @zoe came")
    found = json.loads(done("people", sample, "--json"))
    assert found["unknown"] == [{"handle": "zoe", "named": 1, "meetings": ["2020-05"]}]
    assert found["people"][5]["handle"] == "fmueller"
    assert found["people"][5]["aliases"] == ["Fritz"]


def test_an_unknown_handle_is_merged_everywhere(sample: Path) -> None:
    write(sample, "welcome", "- @fmuller came\n- [ ] @fmuller do it")
    assert told("people", sample, "--merge", "fmuller", "fritz") == ("", "@fmuller is @fmueller\n")
    assert item(sample, "welcome").notes == "- @fmueller came\n- [ ] @fmueller do it"
    assert times_named(value_of(sample))["fmuller"] == 0


def test_people_are_added_named_and_gone_at_once(sample: Path) -> None:
    words = told("people", sample, "--add", "zoe; Zoe Zimmer", "--alias", "zoe", "ZZ", "--gone", "Eric")[1]
    assert words == "person Zoe Zimmer\nalias ZZ of @zoe\n@ebellm gone\n"
    value = value_of(sample)
    assert value.people[-1].aliases == ("ZZ",)
    eric = value.person("ebellm")
    assert eric is not None
    assert not eric.active
    told("people", sample, "--back", "ebellm")
    assert value_of(sample).person("ebellm") != eric


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--add", "zoe"), "the name is missing"),
        (("--add", "fmueller; Other"), "already somebody called @fmueller"),
        (("--add", "zoe; Zoe", "--gone", "nobody"), "Nobody here is called 'nobody'"),
        (("--merge", "gone", "fmueller"), "nobody is called @gone here"),
        (("--alias", "fmueller", "Wil"), "already a name of Wil O'Mullane"),
        (("--gone", "robert"), "may be any of"),
    ],
)
def test_what_can_not_be_is_refused_and_nothing_changed(sample: Path, arguments: tuple[str, ...], words: str) -> None:
    before = sample.read_bytes()
    assert words in refused(1, "people", sample, *arguments)
    assert sample.read_bytes() == before


def test_listing_and_changing_exclude_each_other(sample: Path) -> None:
    assert "can't be combined with changes" in refused(2, "people", sample, "--json", "--gone", "eric")


def test_an_empty_notebook_has_nobody(tmp_path: Path) -> None:
    OpenNotebook.open(tmp_path / "a.json", create=True).close()
    result = run("people", tmp_path / "a.json")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "There is nobody in this notebook yet.\n")
