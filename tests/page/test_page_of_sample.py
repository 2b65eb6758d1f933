"""The page of the reference meeting: everything of it is there, in every format, and Atlassian's parsers read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from page_judge import Judge, find_judge, parse, sample_notebook

from dmlt_tui.meeting.model import Attendee, ItemKind, Logistics, Meeting, Notebook
from dmlt_tui.page.compose import Part, Scope, ScopeError, compose, summary
from dmlt_tui.page.formats import WRITERS
from dmlt_tui.page.model import Page, PageBlock, Table

AC = "{http://atlassian.com/content}"
RI = "{http://atlassian.com/resource/identifier}"


def words(element: ET.Element) -> str:
    """The text of an element, people as @account."""
    parts = [element.text or ""]
    for child in element:
        parts += [f"@{child.get(f'{RI}username')}" if child.tag == f"{RI}user" else words(child), child.tail or ""]
    return " ".join("".join(parts).split())


def tables(root: ET.Element) -> dict[str, ET.Element]:
    """The tables by the words of their header row."""
    found: dict[str, ET.Element] = {}
    for table in root.iter("table"):
        row = table.find("tbody/tr")
        assert row is not None
        found.setdefault(" | ".join(words(cell) for cell in row), table)
    return found


@pytest.fixture(scope="module")
def judge() -> Judge:
    return find_judge()


@pytest.fixture(scope="module")
def notebook() -> Notebook:
    return sample_notebook()


@pytest.fixture(scope="module")
def meeting(notebook: Notebook) -> Meeting:
    found = notebook.meeting("2020-05")
    assert found is not None
    return found


@pytest.fixture(scope="module")
def page(notebook: Notebook, meeting: Meeting) -> Page:
    return compose(notebook, meeting)


@pytest.fixture(scope="module")
def root(page: Page) -> ET.Element:
    return parse(WRITERS["storage"](page))


@pytest.fixture(scope="module")
def agenda(root: ET.Element) -> list[list[ET.Element]]:
    """The rows of the agenda, without the header rows, as lists of cells."""
    days = [table for table in root.iter("table") if "Running notes" in words(table[-1][0])]
    assert len(days) == 3
    return [list(row) for day in days for row in day[-1][1:]]


def texts(rows: list[list[ET.Element]]) -> list[list[str]]:
    return [[words(cell) for cell in row] for row in rows]


def test_the_sections_stand_in_the_order_of_the_reference_page(root: ET.Element) -> None:
    headings = [(element.tag, words(element)) for element in root.iter() if element.tag in ("h1", "h2")]
    assert headings == [
        ("h1", "Logistics"),
        ("h2", "Date"),
        ("h2", "Location"),
        ("h2", "Attendees"),
        ("h1", "Agenda"),
        ("h2", "Day 1: 2020-05-12"),
        ("h2", "Day 2: 2020-05-13"),
        ("h2", "Day 3: 2020-05-14"),
        ("h2", "Attached Documents"),
        ("h1", "Action Item Summary"),
        ("h1", "Pre-Meeting Planning"),
    ]
    assert "12 May 2020 – 14 May 2020" in words(root)


def test_moderators_fill_a_row_each_in_the_order_of_their_sessions(agenda: list[list[ET.Element]]) -> None:
    wide = [row for row in agenda if len(row) == 1]
    assert [row[0].get("colspan") for row in wide] == ["5"] * 7
    assert [words(row[0]) for row in wide] == [
        "Moderator: @lguy",
        "Moderator: @womullane",
        "Moderator: @womullane",
        "Moderator: @gpdf",
        "Moderator: Simon Krughoff",
        "Moderator: @feconomou",
        "Moderator: @womullane",
    ]


def test_thirteen_topics_stand_with_their_times_and_coordinators(agenda: list[list[ET.Element]]) -> None:
    topics = texts([row for row in agenda if len(row) == 5])
    assert [(row[0], row[2]) for row in topics] == [
        ("09:00", "@womullane"),
        ("09:10", "@womullane"),
        ("09:30", "@tjenness / @rgruendl"),
        ("11:00", "@jswinbank"),
        ("11:15", "@gpdf / @ebellm"),
        ("13:00", "@womullane"),
        ("09:00", "@womullane"),
        ("10:00", "@fmueller"),
        ("11:00", "@fmueller"),
        ("13:00", "@ktlim / @rgruendl"),
        ("Time permitting", "@rgruendl"),
        ("09:00", "@jswinbank"),
        ("10:30", "@womullane"),
    ]
    assert sum(bool(row[3]) for row in topics) == 12
    assert sum(bool(row[4]) for row in topics) == 10


def test_breaks_and_closes_are_a_time_and_a_wide_cell(agenda: list[list[ET.Element]]) -> None:
    rows = [row for row in agenda if len(row) == 2]
    assert texts(rows) == [
        ["10:30", "Break"],
        ["12:30", "Break"],
        ["14:30 (at latest)", "Close"],
        ["10:30", "Break"],
        ["12:30", "Break"],
        ["14:30 (at latest)", "Close"],
        ["11:00 (at latest)", "Close"],
    ]
    assert {row[1].get("colspan") for row in rows} == {"4"}


def test_sub_slots_stand_under_their_topic_and_turns_in_their_order(agenda: list[list[ET.Element]]) -> None:
    by_topic = {words(row[1][0]): row for row in agenda if len(row) == 5}
    slots = [words(item) for item in by_topic["Plans for an interim data facility"][1].iter("li")]
    assert slots == [
        "09:00–09:30: technical discussion: Google PoC slides",
        "09:30–10:00: programmatic discussion (with Bob Blum)",
    ]
    turns = [words(item) for item in by_topic["Team status"][3].iter("li")][-7:]
    assert turns[0] == "SQuaRE (@feconomou), 10 min"
    assert [turn.split(" (")[0] for turn in turns] == [
        "SQuaRE",
        "Data Facility",
        "DAX",
        "Data Release Production",
        "Alert Production",
        "DM Science",
        "Architecture",
    ]


def test_the_nine_actions_are_done_tasks_with_their_owners_and_dates(agenda: list[list[ET.Element]]) -> None:
    tasks = [task for row in agenda for cell in row for task in cell.iter(f"{AC}task")]
    assert [task.findtext(f"{AC}task-status") for task in tasks] == ["complete"] * 9
    days = [[time.get("datetime") for time in task.iter("time")] for task in tasks]
    assert days == [
        ["2020-06-15"],
        ["2020-05-21"],
        ["2020-07-01"],
        ["2020-07-01"],
        ["2020-07-06"],
        ["2020-07-06"],
        ["2020-08-03"],
        ["2020-07-06"],
        ["2020-07-06"],
    ]
    owners = [[user.get(f"{RI}username") for user in task.iter(f"{RI}user")] for task in tasks]
    assert owners == [
        [],
        ["jswinbank"],
        ["ebellm"],
        ["gpdf"],
        ["fmueller"],
        ["cslater"],
        ["fmueller"],
        ["womullane", "cslater"],
        ["rgruendl"],
    ]


def test_no_task_is_on_the_page_twice(root: ET.Element) -> None:
    ids = [task.text for task in root.iter(f"{AC}task-id")]
    assert len(ids) == len(set(ids)) == 9


def test_attendees_stand_in_two_columns_and_only_those_to_be_told_are_mentioned(root: ET.Element) -> None:
    cells = [
        cell for cell in root.iter(f"{AC}layout-cell") if cell.find(".//h1") is None and cell.find("ul") is not None
    ]
    first, second = ([words(item) for item in cell.iter("li")] for cell in cells)
    assert (len(first), len(second)) == (9, 11)
    assert all(name.startswith("@") for name in first)
    assert second[:3] == ["Jeff Kantor", "Jim Bosch", "Kian-Tat Lim"]
    assert second[-1] == "John Swinbank"


def test_the_dial_in_numbers_are_a_list_in_one_cell(root: ET.Element) -> None:
    table = tables(root)["Browser | Phone Dial-in"]
    lists = [cell.findall("ul/li") for cell in table.iter("td")]
    assert sorted(map(len, lists)) == [0, 0, 0, 17]


def test_attachments_say_when_they_were_changed_and_by_whom(root: ET.Element) -> None:
    rows = [[words(cell) for cell in row] for row in tables(root)["File | Modified"].iter("tr")][1:]
    assert len(rows) == 12
    assert rows[0] == ["2020-05-12 — DMLT — Calibration Products.pdf", "May 09, 2020 by John Swinbank"]


def test_the_summary_lists_what_is_open_over_all_meetings_and_holds_no_tasks(root: ET.Element) -> None:
    table = tables(root)["Description | Due date | Assignee | Task appears on"]
    rows = [[words(cell) for cell in row] for row in table.iter("tr")][1:]
    assert len(rows) == 11
    assert [row[2] for row in rows].count("") == 1
    assert len({row[3] for row in rows}) == 3
    assert rows[0][1:3] == ["15 Mar 2022", "@feconomou"]
    assert not list(table.iter(f"{AC}task"))
    assert "tasks-report-macro" in {macro.get(f"{AC}name") for macro in root.iter(f"{AC}structured-macro")}


def test_requests_stand_as_they_were_asked_for(root: ET.Element) -> None:
    table = tables(root)["Topic | Requested by | Time required (estimate) | Notes"]
    rows = [[words(cell) for cell in row] for row in table.iter("tr")][1:]
    assert len(rows) == 7
    assert rows[1][1:3] == ["@lguy", "30 mins (maybe 1hr, probably not)"]
    assert rows[-1][1] == "@mbutler, Robert Lupton, etc."


def scopes(meeting: Meeting) -> Iterator[Scope]:
    yield Scope()
    yield Scope(Part.ACTIONS)
    yield from (Scope(Part.DAY, day.id) for day in meeting.days)
    yield from (Scope(Part.SESSION, session.id) for session in meeting.sessions)
    yield from (Scope(Part.ITEM, item.id) for item in meeting.items)


def test_the_judge_reads_every_part_of_the_page_in_storage_format(
    notebook: Notebook, meeting: Meeting, judge: Judge
) -> None:
    pages = [WRITERS["storage"](compose(notebook, meeting, scope)) for scope in scopes(meeting)]
    read = judge.read("storage", pages)
    assert len(read) == 32
    assert [found["errors"] for found in read] == [[]] * 32
    whole = read[0]["stats"]
    assert (whole["tasks"], whole["tasksDone"], whole["dates"], whole["layouts"]) == (9, 9, 9, 1)
    status, words = judge.check("storage", pages[0])
    assert (status, words.splitlines()[0]) == (0, "OK"), words


def test_the_judge_reads_every_part_of_the_page_as_wiki_markup(
    notebook: Notebook, meeting: Meeting, judge: Judge
) -> None:
    pages = [WRITERS["wiki"](compose(notebook, meeting, scope)) for scope in scopes(meeting)]
    read = judge.read("wiki", pages, "--dc")
    assert [found["errors"] for found in read] == [[]] * len(pages)
    status, words = judge.check("wiki", pages[0], "--dc")
    assert status == 0, words
    assert "RAGGED" not in read[0]["outline"]
    assert read[0]["text"].count("☑ ") == 9


@pytest.mark.parametrize("name", ["html", "adf"])
def test_the_judge_reads_every_part_of_the_page_for_cloud(
    name: str, notebook: Notebook, meeting: Meeting, judge: Judge
) -> None:
    read = judge.read(name, [WRITERS[name](compose(notebook, meeting, scope)) for scope in scopes(meeting)])
    assert [found["errors"] for found in read] == [[]] * 32


COUNTED = ("tables", "rows", "cells", "listItems", "tasks", "tasksDone", "mentions", "dates", "layouts", "headings")


def test_storage_adf_and_html_hold_as_much_of_everything(notebook: Notebook, meeting: Meeting, judge: Judge) -> None:
    pages = [compose(notebook, meeting, scope) for scope in scopes(meeting)]
    storage, adf, html = (
        [{name: found["stats"][name] for name in COUNTED} for found in judge.read(form, [*map(WRITERS[form], pages)])]
        for form in ("storage", "adf", "html")
    )
    assert adf == storage
    assert html == storage
    assert storage[0]["mentions"] > 60


def test_wiki_markup_holds_as_much_but_for_what_it_cannot_say(
    notebook: Notebook, meeting: Meeting, judge: Judge
) -> None:
    page = compose(notebook, meeting)
    storage, wiki = (judge.read(form, [WRITERS[form](page)], "--dc")[0]["stats"] for form in ("storage", "wiki"))
    assert wiki["rows"] == storage["rows"] + 1  # the two columns are a table of one row
    assert wiki["listItems"] > storage["listItems"]  # tasks are list items
    assert (wiki["tasks"], wiki["dates"]) == (0, 0)
    assert wiki["headings"] == storage["headings"]


def test_a_part_of_the_page_holds_that_part_alone(notebook: Notebook, meeting: Meeting) -> None:
    day = meeting.days[1]
    text = WRITERS["text"](compose(notebook, meeting, Scope(Part.DAY, day.id)))
    assert "Day 2: 2020-05-13" in text
    assert "Moderator: Simon Krughoff" in text
    assert "Day 1" not in text
    session = WRITERS["text"](compose(notebook, meeting, Scope(Part.SESSION, day.sessions[1].id)))
    assert "Status of Ingest" in session
    assert "APDB" not in session
    item = WRITERS["text"](compose(notebook, meeting, Scope(Part.ITEM, "apdb")))
    assert "Day 2: 2020-05-13, 10:00 – Fritz Mueller" in item
    assert "- [x] Fritz Mueller" in item
    assert "Status of Ingest" not in item
    actions = WRITERS["text"](compose(notebook, meeting, Scope(Part.ACTIONS)))
    assert actions.count("Task appears on:") == 11
    assert "Agenda" not in actions


def test_a_part_the_meeting_does_not_have_is_refused_in_one_line(notebook: Notebook, meeting: Meeting) -> None:
    with pytest.raises(ScopeError, match=r"^DM Leadership .* has no session 'nowhere'\.$"):
        compose(notebook, meeting, Scope(Part.SESSION, "nowhere"))


def test_ids_of_tasks_stay_when_another_item_gets_more_tasks(notebook: Notebook, meeting: Meeting) -> None:
    def ids(book: Notebook, scope: Scope | None = None) -> list[str]:
        root = parse(WRITERS["storage"](compose(book, book.meetings[-1], scope)))
        return [task.text or "" for task in root.iter(f"{AC}task-id")]

    assert notebook.meetings[-1] is meeting
    days = tuple(
        replace(
            day,
            sessions=tuple(
                replace(
                    session,
                    items=tuple(
                        replace(item, notes="- [ ] one more\n" * 3) if item.id == "welcome" else item
                        for item in session.items
                    ),
                )
                for session in day.sessions
            ),
        )
        for day in meeting.days
    )
    later = replace(notebook, meetings=(*notebook.meetings[:-1], replace(meeting, days=days)))
    assert ids(later)[3:] == ids(notebook)
    assert ids(notebook, Scope(Part.ITEM, "ingest")) == ids(notebook)[5:8]


def test_sections_without_content_are_left_out(notebook: Notebook) -> None:
    bare = Meeting(id="bare", title="Bare")
    alone = replace(notebook, meetings=(bare,), requests=())
    page = compose(alone, bare)
    assert WRITERS["text"](page) == "Bare\n====\n\n"
    root = parse(WRITERS["storage"](page))
    assert not [element for element in root.iter() if element.tag in ("h1", "h2", "table")]


def test_attendees_are_halved_where_all_are_to_be_told_or_none(notebook: Notebook) -> None:
    people = ("lguy", "jbosch", "rlupton")
    for mention in (True, False):
        meeting = Meeting(id="m", title="M", attendees=tuple(Attendee(person=p, mention=mention) for p in people))
        root = parse(WRITERS["storage"](compose(replace(notebook, meetings=(meeting,)), meeting)))
        cells = [cell for cell in root.iter(f"{AC}layout-cell") if cell.find("ul") is not None]
        first = "@lguy" if mention else "Leanne Guy"
        assert [[words(item) for item in cell.iter("li")] for cell in cells] == [
            [first, "Jim Bosch"],
            ["Robert Lupton"],
        ]


def test_a_place_without_any_call_needs_no_table(notebook: Notebook) -> None:
    meeting = Meeting(id="m", title="M", logistics=Logistics(place="Tucson, *N525*"))
    root = parse(WRITERS["storage"](compose(replace(notebook, meetings=(meeting,)), meeting)))
    assert "Tucson, N525" in words(root)
    assert "Browser" not in words(root)


@pytest.mark.parametrize("name", list(WRITERS))
def test_every_writer_writes_the_page_without_losing_a_topic(
    name: str, page: Page, meeting: Meeting, notebook: Notebook
) -> None:
    write: Callable[[Page], str] = WRITERS[name]
    written = write(page).replace("&amp;", "&")
    for item in meeting.items:
        if item.kind is ItemKind.TOPIC:
            assert item.title.split("(")[0].split(" time series")[0] in written
    assert write(page) == write(compose(notebook, meeting))


@pytest.mark.parametrize("name", list(WRITERS))
def test_the_summary_made_once_for_many_pages_is_written_as_for_one(name: str, notebook: Notebook) -> None:
    write: Callable[[Page], str] = WRITERS[name]
    once = summary(notebook)
    many = [write(compose(notebook, meeting, open_ones=once)) for meeting in notebook.meetings]
    plain = Table(once.rows, once.widths)
    pages = [compose(notebook, meeting) for meeting in notebook.meetings]
    anew = [replace_block(page, once, plain) for page in pages]
    assert many == [write(page) for page in anew]
    assert all(plain in page.blocks for page in anew)


def replace_block(page: Page, old: PageBlock, new: PageBlock) -> Page:
    """The page with another block in the place of one."""
    return Page(page.title, tuple(new if block == old else block for block in page.blocks), page.people)
