"""What the tables and sections of a page say: sessions, files, topics asked for, open actions, how to join."""

from __future__ import annotations

from datetime import date, time

import pytest
from test_reading_elements import MODERATOR, minutes, notes, read, row

from dmlt_tui.meeting.model import Link
from dmlt_tui.page.reading import Reading, Source

DAY = "<h2>Day 1: 12 May 2020</h2>"


def table(heads: str, *rows: tuple[str, ...]) -> str:
    """A table with these heads, parted by commas, and rows of cells."""
    lines = ["".join(f"<th>{head.strip()}</th>" for head in heads.split(","))]
    lines += ["".join(f"<td>{cell}</td>" for cell in cells) for cells in rows]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def agenda(*rows: str) -> str:
    return table("Time,Topic,Coordinator,Pre-meeting notes,Running notes").replace(
        "</table>", f"{''.join(rows)}</table>"
    )


def saved(page: str) -> Reading:
    return read(page, Source.HTML)


def days(reading: Reading) -> list[tuple[date, list[str]]]:
    """Each day with the titles of its items."""
    return [
        (day.date, [item.title for session in day.sessions for item in session.items]) for day in reading.meeting.days
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "Moderator: Bob Blum",
        "<b>Moderator: Bob Blum</b>",
        "<b>Moderator:</b> Bob Blum",
        "<h3>Moderator: Bob Blum</h3>",
        "<ul><li>Moderator: Bob Blum</li></ul>",
    ],
)
def test_a_moderator_is_found_however_the_row_is_set(cell: str) -> None:
    reading = saved(DAY + agenda(f'<tr><td colspan="5">{cell}</td></tr>', row("09:00", "One")))
    assert [session.moderator for session in reading.meeting.sessions] == ["bblum"]
    assert [person.name for person in reading.people] == ["Bob Blum"]


def test_tables_of_one_day_are_its_sessions() -> None:
    reading = saved(DAY + agenda(MODERATOR, row("09:00", "One")) + agenda(MODERATOR, row("10:00", "Two")))
    assert days(reading) == [(date(2020, 5, 12), ["One", "Two"])]
    assert [session.start for session in reading.meeting.sessions] == [time(9), time(10)]
    assert not reading.doubts


def test_agendas_without_a_heading_take_the_days_of_the_date_and_then_say_so() -> None:
    dates = "<h2>Date</h2><p>12 May 2020 to 13 May 2020</p>"
    tables = [
        agenda(MODERATOR, row(at, title)) for at, title in (("09:00", "One"), ("10:00", "Two"), ("11:00", "Three"))
    ]
    assert not saved(dates + "".join(tables[:2])).doubts
    reading = saved(dates + "".join(tables))
    assert days(reading) == [(date(2020, 5, 12), ["One"]), (date(2020, 5, 13), ["Two", "Three"])]
    assert reading.doubts == ("an agenda names no day",)


def test_words_outside_of_the_agenda_go_to_a_day_that_has_none() -> None:
    reading = saved("<h2>Date</h2><p>12 May 2020</p><h2>Other</h2><p>words</p>")
    assert days(reading) == [(date(2020, 5, 12), ["From the page"])]
    assert notes(reading) == "## Other\n\nwords"


def test_floor_times_below_the_planned_one_are_read_past_midnight_and_still_open() -> None:
    cell = "<p>22:00</p><p>23:50–00:10</p><p>00:20–</p>"
    (item,) = saved(DAY + agenda(MODERATOR, row(cell, "One"))).meeting.items
    (first, second) = item.spans
    assert (first.start.isoformat(), first.end and first.end.isoformat()) == (
        "2020-05-12T23:50:00+00:00",
        "2020-05-13T00:10:00+00:00",
    )
    assert second.end is None


def test_parts_of_an_item_keep_their_order_lengths_and_guests_and_a_second_list_is_a_note() -> None:
    parts = "<ol><li>09:00 - 10:00: a (with Ann Lee)</li><li>b, 10 min</li></ol><ul><li>and this</li></ul>"
    (item,) = saved(DAY + agenda(MODERATOR, row("09:00", f"One{parts}"))).meeting.items
    assert [(part.title, part.start, part.minutes, part.guest) for part in item.slots] == [
        ("a", time(9), 60, "@ann"),
        ("b", None, 10, ""),
    ]
    assert item.preparation == "- and this"


def test_a_list_below_a_bullet_is_a_round_of_turns_only_where_it_says_so() -> None:
    def preparation(head: str) -> str:
        inner = "<li>Ann Lee, 5 min</li><li>Team (Bob Blum)</li>"
        cells = f"<td>09:00</td><td>One</td><td></td><td><ul><li>{head}<ol>{inner}</ol></li></ul></td><td></td>"
        return DAY + agenda(MODERATOR, f"<tr>{cells}</tr>")

    (item,) = saved(preparation("In turn (by area):")).meeting.items
    assert item.round is not None
    assert item.round.order == "by area"
    assert [(turn.name, turn.person, turn.minutes) for turn in item.round.turns] == [
        ("Ann Lee", "", 5),
        ("Team", "bblum", None),
    ]
    (item,) = saved(preparation("To read:")).meeting.items
    assert item.round is None
    assert item.preparation == "- To read:\n  1. Ann Lee, 5 min\n  2. Team (Bob Blum)"


def test_brackets_that_hold_more_than_a_link_stay_in_the_title() -> None:
    (item,) = saved(DAY + agenda(MODERATOR, row("09:00", '<b>a</b><a href="https://e.org">b</a>)'))).meeting.items
    assert (item.title, item.link) == ("**a**[b](https://e.org))", None)


def test_a_file_keeps_when_and_by_whom_and_what_says_neither_is_told() -> None:
    rows = [("a.pdf", "12 May 2020 by Ann Lee"), ("b.pdf", "last week"), ("c.pdf", "by Bob Blum"), ("d.pdf",)]
    reading = saved(table("File,Modified", *rows))
    assert [(file.name, file.modified, file.by) for file in reading.meeting.attachments] == [
        ("a.pdf", date(2020, 5, 12), "ann"),
        ("b.pdf", None, ""),
        ("c.pdf", None, "bblum"),
        ("d.pdf", None, ""),
    ]
    assert reading.kept == ("of the attachment b.pdf: last week",)


def test_a_topic_asked_for_keeps_its_words_and_an_odd_length_is_told() -> None:
    rows = [
        ("One", "Ann Lee", "20-30 min", "x"),
        ("Two", "Bob", "a while", ""),
        ("<ul><li>Three</li></ul>", "", "", ""),
    ]
    reading = saved(table("Topic,Requested by,Time required (estimate),Notes", *rows))
    found = [
        (asked.title, asked.requested_by, asked.estimate, asked.minutes, asked.notes) for asked in reading.requests
    ]
    assert found == [
        ("One", "@ann", "20-30 min", 20, "x"),
        ("Two", "Bob", "a while", None, ""),
        ("Three", "", "", None, ""),
    ]
    assert reading.doubts == ("request Two: 'a while' is not a length",)


def test_an_open_action_does_not_repeat_what_stands_beside_it_and_empty_rows_are_none() -> None:
    page = '<a href="https://e.org/p">Page</a>'
    rows = [
        ("Ann Lee fix it", "12 May 2020", "Ann Lee", page),
        ("", "12 May 2020", "", ""),
        ("<ul><li>look</li></ul>", "", "", f"{page} and more"),
    ]
    reading = saved(table("Description,Due date,Assignee,Task appears on", *rows))
    assert [(action.line, action.meeting_title, action.source) for action in reading.actions] == [
        ("- [ ] @ann fix it due:2020-05-12", "Page", "https://e.org/p"),
        ("- [ ] look", "Page and more", ""),
    ]


def test_how_to_join_is_read_and_other_words_beside_it_are_kept() -> None:
    browser = '<p><a href="https://e.org/z">Zoom</a></p><p>code 12</p>'
    phone = "<p>Ask Ann first</p><p>Meeting ID: 123 456</p><p>Dial by your location</p><ul><li>+1 2</li></ul>"
    reading = saved(table("Browser,Phone dial-in", (browser, phone)))
    found = reading.meeting.logistics
    assert (found.links, found.access) == ((Link(title="Zoom", address="https://e.org/z"),), "code 12")
    assert (found.call_id, found.dial_in) == ("123 456", ("+1 2",))
    assert notes(reading) == "Ask Ann first"


def test_the_place_is_all_lines_below_location_but_blank_ones() -> None:
    reading = saved("<h2>Location</h2><p>Room 3</p><p>&nbsp;</p><p>Second <b>floor</b></p>")
    assert reading.meeting.logistics.place == "Room 3, Second **floor**"


def test_a_blank_line_below_logistics_is_no_notice() -> None:
    assert saved("<h2>Logistics</h2><p>&nbsp;</p>").meeting.logistics.notice is None


def test_the_title_of_the_page_said_again_as_a_heading_is_not_kept_twice() -> None:
    assert notes(saved("<p>before</p><h1>T</h1><p>x</p>")) == "before\n\nx"


@pytest.mark.parametrize("below", ["words", ""])
def test_names_of_columns_with_no_rows_below_are_a_line_of_the_page(below: str) -> None:
    line = "*Time · Topic · Coordinator*"
    assert notes(minutes(f"# T\n\n{line}\n\n{below}\n")) == f"{line}\n\n{below}".strip()


def test_rows_said_as_headings_are_read_with_titles_of_any_kind_and_bold_words_that_name_no_column() -> None:
    page = (
        "# T\n\n## Day 1: 2020-05-12\n\n*Time · Topic · Coordinator · Pre-meeting notes · Running notes*\n\n"
        "### Moderator: @ann\n\n#### **Bold** title\n\n**Coordinator:** @ann\n\n**Running notes:**\n\n- n\n\n"
        "**Mind:** the gap\n\n#### Without a time\n"
    )
    (first, second) = minutes(page).meeting.items
    assert (first.title, first.coordinators, first.notes) == ("**Bold** title", ("ann",), "- n\n\n**Mind:** the gap")
    assert second.title == "Without a time"


def test_an_alert_keeps_the_people_and_links_of_its_first_line() -> None:
    notice = minutes("> [!NOTE] @ann [plan](https://e.org)\n> body\n").meeting.logistics.notice
    assert notice is not None
    assert notice.text == "@ann [plan](https://e.org)\nbody"
