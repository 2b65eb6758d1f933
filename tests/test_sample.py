from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec import Struct
from msgspec.structs import fields

from dmlt_tui.meeting.actions import Action, all_actions, meeting_actions, open_actions
from dmlt_tui.meeting.model import Item, ItemKind, Meeting, Notebook, RequestState
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.notes.language import read, read_line, survey
from dmlt_tui.notes.tree import BulletList, Emphasis, ListItem, MarkKind, Mention, Paragraph, Reference
from dmlt_tui.store.notebook import OpenNotebook

SAMPLE = Path(__file__).parent.parent / "samples" / "dmlt-2020-05.json"

AGENDA = """
    2020-05-12 moderator Leanne Guy
      09:00 Welcome, 10
      09:10 Project news, 20
      09:30 Middleware status update, 60
      10:30 Break, 30
    2020-05-12 moderator Wil O'Mullane
      11:00 Calibration products, 15
      11:15 Plans for IVOA and Python interfaces to time series data., 75
      12:30 Break, 30
    2020-05-12 moderator Wil O'Mullane
      13:00 Rebaselining & project schedule, up to 90
      14:30 (at latest) Close
    2020-05-13 moderator Gregory Dubois-Felsmann
      09:00 Plans for an interim data facility, 60
      10:00 APDB Update, 30
      10:30 Break, 30
    2020-05-13 moderator Simon Krughoff
      11:00 Status of Ingest, 90
      12:30 Break, 30
    2020-05-13 moderator Frossie Economou
      13:00 Prompt processing
      Time permitting OR2
      14:30 (at latest) Close
    2020-05-14 moderator Wil O'Mullane
      09:00 Team status, 90
      10:30 Wrap-up, 30
      11:00 (at latest) Close
"""

OPEN_ACTIONS = {
    "DM Leadership Team Virtual Face-to-Face Meeting, 2022-02-15 to 17": "feconomou 2022-03-15, ktlim 2022-03-18",
    "DM Leadership Team Virtual Face-to-Face Meeting - 2023-Oct-24": (
        "feconomou 2023-11-17, yalsayyad 2023-11-30, gpdf 2023-12-11"
    ),
    "DMLT Meeting - 2024-04-22": (
        "feconomou 2024-05-02, nobody 2024-05-22, rdubois 2024-05-22, fhernandez 2024-05-22, tjenness 2024-05-22, "
        "csilva 2024-05-22"
    ),
}

PLACES = (
    "Tacoma, San Jose, Denver, Portland, Los Angeles, Houston, Phoenix, San Jose, Germantown, Chicago, Atlanta, "
    "Atlanta, New York, New York, St. Paul, Miami, Philadelphia"
)

REQUESTS = {
    "Status of the APDB": "APDB Update",
    "Plans for IVOA and Python interfaces to query time series data in Prompt and DR data products.": (
        "Plans for IVOA and Python interfaces to time series data."
    ),
    "Status on RC2 ingest to Qserv": "Status of Ingest",
    "Management of calibration products": "Calibration products",
    "Plans for an interim Data Facility": "Plans for an interim data facility",
    "Rebaselining": "Rebaselining & project schedule",
    "Prompt processing": "Prompt processing",
}

FILES = {
    "2020-05-12 — DMLT — Calibration Products.pdf": ("2020-05-09", "John Swinbank"),
    "DMLT Google PoC 2020 Status.pdf": ("2020-05-13", "Kian-Tat Lim"),
    "DMLT-F2F-20200513_prompt.pdf": ("2020-05-13", "Robert Gruendl"),
    "DMLT-vF2F-13052020-Ingest.pdf": ("2020-05-13", "Leanne Guy"),
    "200512_Timeseries_Interfaces.pdf": ("2020-05-13", "Eric Bellm"),
    "2020-05 APDB Update.pdf": ("2020-05-14", "Fritz Mueller"),
    "Arch F20A Plans.pdf": ("2020-05-14", "Kian-Tat Lim"),
    "DRPActivities202005.pdf": ("2020-05-14", "Yusra AlSayyad"),
    "DM Science Plans F20A.pdf": ("2020-05-14", "Leanne Guy"),
    "DAX End of S20 Status_Plans.pdf": ("2020-05-14", "Fritz Mueller"),
    "dmlt_may_2020.pdf": ("2020-05-14", "Frossie Economou"),
    "2020-05-14 — AP F20A.pdf": ("2020-05-15", "John Swinbank"),
}


@pytest.fixture
def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Notebook:
    """The sample as the program reads it, from a copy and with nobody's own folders in reach."""
    for name in ("HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    copy = tmp_path / SAMPLE.name
    shutil.copyfile(SAMPLE, copy)
    with OpenNotebook.open(copy, read_only=True) as opened:
        return opened.value


@pytest.fixture
def meeting(notebook: Notebook) -> Meeting:
    """The reference meeting."""
    found = notebook.meeting("2020-05")
    assert found is not None
    return found


@pytest.fixture
def topics(meeting: Meeting) -> dict[str, Item]:
    """The topics of the reference meeting, by id."""
    return {item.id: item for item in meeting.items if item.kind is ItemKind.TOPIC}


@pytest.fixture
def done(notebook: Notebook, meeting: Meeting) -> list[Action]:
    """The actions taken at the reference meeting."""
    return list(meeting_actions(notebook, meeting))


def name(notebook: Notebook, handle: str) -> str:
    person = notebook.person(handle)
    assert person is not None, f"{handle} is not in the directory"
    return person.name


def nodes(value: object) -> Iterator[object]:
    """Everything inside a tree of notes."""
    if isinstance(value, tuple | list):
        for part in value:
            yield from nodes(part)
    elif isinstance(value, Struct):
        yield value
        for field in fields(value):
            yield from nodes(getattr(value, field.name))


def depth(blocks: tuple[object, ...]) -> int:
    """How deep the bullet lists nest."""
    lists = [block for block in blocks if isinstance(block, BulletList)]
    return max((1 + max(depth(item.children) for item in found.items) for found in lists), default=0)


def planned_agenda(notebook: Notebook, meeting: Meeting) -> Iterator[str]:
    """The agenda as AGENDA writes it, every start worked out from the session's start and the lengths before it."""
    for day in meeting.days:
        for session in day.sessions:
            yield f"{day.date} moderator {name(notebook, session.moderator)}"
            clock = datetime.combine(day.date, session.start)
            for item in session.items:
                if item.start is not None:
                    clock = datetime.combine(day.date, item.start)
                when = "Time permitting" if item.time_permitting else f"{clock:%H:%M}"
                latest = " (at latest)" if item.hard else ""
                limit = "up to " if item.up_to else ""
                length = "" if item.minutes is None else f", {limit}{item.minutes}"
                yield f"{when}{latest} {item.title}{length}"
                clock += timedelta(minutes=item.minutes or 0)


def test_the_agenda_has_every_row_at_its_time_under_its_moderator(notebook: Notebook, meeting: Meeting) -> None:
    assert list(planned_agenda(notebook, meeting)) == [line.strip() for line in AGENDA.strip().splitlines()]


def test_three_days_hold_seven_sessions_and_twenty_rows(meeting: Meeting) -> None:
    assert [len(day.sessions) for day in meeting.days] == [3, 3, 1]
    kinds = Counter(item.kind for item in meeting.items)
    assert kinds == {ItemKind.TOPIC: 13, ItemKind.BREAK: 4, ItemKind.CLOSE: 3}


def test_six_handovers_are_planned_and_five_go_to_another_person(meeting: Meeting) -> None:
    moderators = [session.moderator for session in meeting.sessions]
    changes = list(pairwise(moderators))
    assert len(changes) == 6
    assert sum(giver != to for giver, to in changes) == 5


def test_every_topic_has_a_coordinator_and_three_have_two(notebook: Notebook, topics: dict[str, Item]) -> None:
    slots = [handle for item in topics.values() for handle in item.coordinators]
    assert len(slots) == 16
    assert len(set(slots)) == 8
    assert Counter(len(item.coordinators) for item in topics.values()) == {1: 10, 2: 3}
    assert [name(notebook, handle) for handle in topics["middleware"].coordinators] == ["Tim Jenness", "Robert Gruendl"]


def test_all_topics_but_one_were_prepared_and_ten_have_running_notes(topics: dict[str, Item]) -> None:
    assert [item.title for item in topics.values() if not item.preparation] == ["Project news"]
    assert [item.title for item in topics.values() if not item.notes] == ["Welcome", "Team status", "Wrap-up"]


def test_twenty_attend_nine_of_them_mentioned_and_three_whose_account_is_gone(
    notebook: Notebook, meeting: Meeting
) -> None:
    assert len(meeting.attendees) == 20
    assert [attendee.mention for attendee in meeting.attendees] == [True] * 9 + [False] * 11
    names = [name(notebook, attendee.person) for attendee in meeting.attendees]
    gone = ["Unknown User (mbutler)", "Unknown User (gcomoretto)", "Unknown User (npease)"]
    assert [found for found in names if found.startswith("Unknown User")] == gone
    assert [person.name for person in notebook.people if not person.active] == gone
    assert "Zeljko Ivezić" in names


def test_the_interim_facility_has_two_parts_and_a_guest_in_the_second(
    notebook: Notebook, topics: dict[str, Item]
) -> None:
    slots = topics["interim-facility"].slots
    assert [(slot.start, slot.minutes) for slot in slots] == [(time(9), 30), (time(9, 30), 30)]
    assert [slot.guest for slot in slots] == ["", "@bblum"]
    assert name(notebook, "bblum") == "Bob Blum"


def test_team_status_is_a_round_of_seven_turns(notebook: Notebook, topics: dict[str, Item]) -> None:
    found = topics["team-status"].round
    assert found is not None
    assert found.order == "reverse WBS order"
    assert ", ".join(f"{turn.name} ({name(notebook, turn.person)})" for turn in found.turns) == (
        "SQuaRE (Frossie Economou), Data Facility (Unknown User (mbutler)), DAX (Fritz Mueller), "
        "Data Release Production (Yusra AlSayyad), Alert Production (John Swinbank), DM Science (Leanne Guy), "
        "Architecture (Kian-Tat Lim)"
    )
    assert {turn.minutes for turn in found.turns} == {10}


def test_nine_actions_were_taken_and_all_are_done_by_a_date(done: list[Action]) -> None:
    assert [(action.item_id, action.task.owners, str(action.task.due)) for action in done] == [
        ("calibration", (), "2020-06-15"),
        ("calibration", ("jswinbank",), "2020-05-21"),
        ("time-series", ("ebellm",), "2020-07-01"),
        ("time-series", ("gpdf",), "2020-07-01"),
        ("apdb", ("fmueller",), "2020-07-06"),
        ("ingest", ("cslater",), "2020-07-06"),
        ("ingest", ("fmueller",), "2020-08-03"),
        ("ingest", ("womullane", "cslater"), "2020-07-06"),
        ("prompt", ("rgruendl",), "2020-07-06"),
    ]
    assert all(action.task.done for action in done)


def test_actions_carry_their_tickets_and_documents(done: list[Action]) -> None:
    found = {key for action in done for key in action.task.references}
    assert found == {"DMTN-148", "LDM-153", "DM-25926", "DM-26341", "DM-23658"}


def test_a_follow_up_stands_under_the_action_it_belongs_to(notebook: Notebook, topics: dict[str, Item]) -> None:
    blocks = read(topics["time-series"].notes, key_patterns(notebook))
    marked = [node for node in nodes(blocks) if isinstance(node, ListItem) and node.mark is MarkKind.ACTION_DONE]
    followed = [node for node in marked if len(node.children) > 1]
    assert [node.task.owners for node in followed if node.task] == [("ebellm",)]


def test_eleven_actions_of_three_later_meetings_are_open(notebook: Notebook) -> None:
    found: dict[str, list[str]] = {}
    for action in open_actions(notebook):
        owner = " ".join(action.task.owners) or "nobody"
        found.setdefault(action.meeting_title, []).append(f"{owner} {action.task.due}")
    assert {title: ", ".join(rows) for title, rows in found.items()} == OPEN_ACTIONS
    assert [len(rows) for rows in found.values()] == [2, 3, 6]
    assert len(all_actions(notebook)) == 9 + 11


def test_an_owner_may_stand_first_or_last_and_others_named_in_an_action_do_not_own_it(notebook: Notebook) -> None:
    assert not any("@" in action.task.text or "due:" in action.task.text for action in all_actions(notebook))
    graphs = next(action for action in open_actions(notebook) if action.item_id == "2022-02-graphs")
    assert "Colin, Tim, Robert and Yusra" in graphs.task.text
    assert graphs.task.owners == ("ktlim",)


def test_twelve_files_are_attached(notebook: Notebook, meeting: Meeting) -> None:
    assert len(meeting.attachments) == 12
    found = {file.name: (str(file.modified), name(notebook, file.by)) for file in meeting.attachments}
    assert found == FILES


def test_seven_requests_asked_for_360_minutes_and_became_items(
    notebook: Notebook, meeting: Meeting, topics: dict[str, Item]
) -> None:
    assert {request.title: topics[request.item].title for request in notebook.requests} == REQUESTS
    assert sum(request.minutes or 0 for request in notebook.requests) == 360
    ranges = {(request.estimate, request.minutes, request.minutes_most) for request in notebook.requests}
    assert ("30 mins (maybe 1hr, probably not)", 30, 60) in ranges
    assert ("2 hours", 120, None) in ranges
    assert {request.meeting for request in notebook.requests} == {meeting.id}
    assert {request.state for request in notebook.requests} == {RequestState.SCHEDULED}
    assert all(request.notes for request in notebook.requests)


def test_a_request_names_who_asked_in_the_language_of_notes(notebook: Notebook) -> None:
    asked = {request.id: request.requested_by for request in notebook.requests}
    pieces = read_line(asked["request-prompt"])
    assert [piece.handle for piece in pieces if isinstance(piece, Mention)] == ["mbutler", "rlupton"]
    assert asked["request-prompt"].endswith(", etc.")


def test_logistics_say_how_to_take_part(meeting: Meeting) -> None:
    logistics = meeting.logistics
    assert logistics.notice is not None
    assert logistics.notice.title == "COVID-19"
    assert "#dm-camelot" in logistics.access
    assert [link.address.startswith("https://video.example.org/j/") for link in logistics.links] == [True]
    places = [number.split(" US ")[1].strip("()") for number in logistics.dial_in]
    assert ", ".join(places) == PLACES
    assert len(logistics.dial_in) == 17
    assert (meeting.zone, meeting.zone_label) == ("America/Los_Angeles", "Project")


def test_no_number_or_address_in_it_reaches_anybody() -> None:
    found = SAMPLE.read_text(encoding="utf-8")
    numbers = re.findall(r"\+\d[\d \-()]+\d", found)
    assert len(numbers) == len(set(numbers)) == 17
    assert all(re.fullmatch(r"\+1 \d{3} 555 01\d\d", number) for number in numbers)
    hosts = {urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s)\"]+", found)}
    assert hosts
    assert all(re.fullmatch(r"(.+\.)?example\.org", host) for host in hosts)
    assert "zoom" not in found.casefold()


def test_everybody_named_in_it_is_in_the_directory(notebook: Notebook, meeting: Meeting) -> None:
    handles = {person.id for person in notebook.people}
    sessions = [session for found in notebook.meetings for session in found.sessions]
    named = {session.moderator for session in sessions} | {session.scribe for session in sessions}
    named |= {handle for session in sessions for item in session.items for handle in item.coordinators}
    named |= {turn.person for session in sessions for item in session.items if item.round for turn in item.round.turns}
    named |= {attendee.person for attendee in meeting.attendees} | {file.by for file in meeting.attachments}
    named |= {handle for action in all_actions(notebook) for handle in action.task.owners}
    assert named - {""} <= handles
    typed = set(re.findall(r"@([\w.-]*\w)", SAMPLE.read_text(encoding="utf-8")))
    assert typed <= handles


def test_every_mention_in_notes_is_read_as_one(meeting: Meeting) -> None:
    for text in [text for item in meeting.items for text in (item.preparation, item.notes)]:
        mentions = {node.handle for node in nodes(read(text)) if isinstance(node, Mention)}
        owners = {handle for task in survey(text).tasks for handle in task.owners}
        assert mentions | owners == set(re.findall(r"@([\w.-]*\w)", text))


def test_names_initials_and_aliases_each_mean_one_person(notebook: Notebook) -> None:
    words: Counter[str] = Counter()
    for person in notebook.people:
        given = {person.id, person.name, person.initials, *person.aliases} - {""}
        words.update({word.casefold() for word in given})
    assert [word for word, count in words.items() if count > 1] == []


def test_ids_are_unique_over_the_whole_notebook() -> None:
    ids = re.findall(r'"id": "([^"]+)"', SAMPLE.read_text(encoding="utf-8"))
    assert len(ids) > 90
    assert [found for found, count in Counter(ids).items() if count > 1] == []


def test_notes_nest_three_deep_and_paragraphs_stand_beside_bullets(topics: dict[str, Item]) -> None:
    assert max(depth(read(item.notes)) for item in topics.values()) == 3
    kinds = [type(block) for block in read(topics["calibration"].notes)]
    assert kinds == [BulletList, Paragraph, Paragraph, Paragraph, Paragraph]


def test_running_notes_have_their_number_of_lines_at_the_top_and_below(topics: dict[str, Item]) -> None:
    counts = []
    for item in topics.values():
        blocks = read(item.notes)
        top = sum(len(block.items) for block in blocks if isinstance(block, BulletList))
        counts.append(f"{item.id} {top} {sum(isinstance(node, ListItem) for node in nodes(blocks)) - top}")
    assert ", ".join(counts) == (
        "welcome 0 0, news 1 0, middleware 11 5, calibration 2 0, time-series 6 9, rebaselining 13 6, "
        "interim-facility 4 15, apdb 6 0, ingest 6 10, prompt 6 0, or2 1 3, team-status 0 0, wrap-up 0 0"
    )


def test_notes_hold_the_signs_people_type(topics: dict[str, Item]) -> None:
    assert any(isinstance(node, Emphasis) for node in nodes(read(topics["interim-facility"].notes)))
    assert "$3.5M" in topics["rebaselining"].notes
    assert "“prompt services”" in topics["prompt"].preparation
    assert "“commissioning”" in topics["prompt"].notes
    kinds = Counter(marked.kind for item in topics.values() for marked in survey(item.notes).marked)
    assert kinds[MarkKind.QUESTION] == 2
    assert kinds[MarkKind.DECISION] == 3


def test_issue_keys_and_document_handles_lead_somewhere(notebook: Notebook, topics: dict[str, Item]) -> None:
    patterns = key_patterns(notebook)
    keys = [
        node for item in topics.values() for node in nodes(read(item.notes, patterns)) if isinstance(node, Reference)
    ]
    found = {key.key: key.address for key in keys}
    assert found["DM-23658"] == "https://jira.example.org/browse/DM-23658"
    assert found["DMTN-148"] == "https://dmtn-148.example.org/"
    assert {"DM-23881", "DMTN-111", "DMTN-135", "LDM-153"} <= found.keys()


def test_the_file_is_byte_for_byte_what_the_program_would_write(notebook: Notebook, tmp_path: Path) -> None:
    written = tmp_path / "written.json"
    OpenNotebook.create(written, notebook).close()
    assert written.read_bytes() == SAMPLE.read_bytes()
