"""What becomes of each element a wiki page may hold, when it is read as notes."""

from __future__ import annotations

from datetime import time
from itertools import count

import pytest

from dmlt_tui.meeting.model import Account, Link, Notebook, Notice, Person
from dmlt_tui.page.reading import Reading, Source, read_page

ANN = Person(id="ann", name="Ann Lee", account=Account(username="alee", userkey="k1", account_id="id7"))


def read(page: str, source: Source, *people: Person) -> Reading:
    numbers = count()
    return read_page(page, source, Notebook(people=(ANN, *people)), lambda: f"id{next(numbers)}", "T")


def notes(reading: Reading) -> str:
    return "\n".join(item.notes for item in reading.meeting.items)


def macro(name: str, inside: str = "") -> str:
    return f'<ac:structured-macro ac:name="{name}">{inside}</ac:structured-macro>'


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("<p>a <code>x  y</code> b</p>", "a `x y` b"),
        ('<p><a data-account-id="id7">A</a> and <a data-username="alee">A</a></p>', "@ann and @ann"),
        ('<p><span data-node-type="date" data-timestamp="1589241600000">x</span></p>', "due:2020-05-12"),
        ('<p><a href="#">here</a> <a href="">there</a></p>', "here there"),
        ('<p><img src="https://e.org/a.png" alt="plan"> <img src="a/b.png"></p>', "![plan](https://e.org/a.png) b.png"),
        ('<p><a href="https://e.org/x" data-inline-card="">DM-1</a></p>', "DM-1"),
        ("<hr>", "___"),
        ('<pre data-language="py">a\n b</pre>', "```py\na\n b\n```"),
        ("<blockquote><p>said</p></blockquote>", "> said"),
        ('<ol start="4"><li>x</li></ol>', "4. x"),
        ('<ol start="many"><li>x</li></ol>', "1. x"),
        ("<ul>only words</ul>", "only words"),
        (
            '<ul><li data-inline-task-id="3" class="checked">did</li><li data-inline-task-id="4">do</li></ul>',
            "- [x] did\n- [ ] do",
        ),
        ("<style>x</style><p>y</p><script>z</script>", "y"),
        ("<p>a<br></p>", "a"),
    ],
)
def test_an_element_of_a_saved_page_becomes_what_would_be_typed_for_it(page: str, typed: str) -> None:
    assert notes(read(page, Source.HTML)) == typed


LATE = '<ac:parameter ac:name="title">LATE</ac:parameter>'
DECIDED = '<ac:parameter ac:name="title">Decision</ac:parameter>'
TITLED = '<ac:parameter ac:name="title">Mind</ac:parameter>'
CELL = "<ac:layout-cell><p>l</p></ac:layout-cell>"
BELOW = "- a\n\n  **Mind**\n\n  in"


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ('<p><ac:link><ri:user ri:userkey="k1"/></ac:link></p>', "@ann"),
        ('<p><ac:link><ri:user ri:username="alee"/></ac:link></p>', "@ann"),
        ('<p><ac:link><ri:user ri:account-id="id7"/></ac:link></p>', "@ann"),
        ('<p><ac:link><ri:page ri:content-title="Plan"/></ac:link></p>', "Plan"),
        ('<p><ac:link><ri:attachment ri:filename="a.pdf"/></ac:link></p>', "a.pdf"),
        (
            '<p><ac:link><ri:page ri:content-title="P"/><ac:link-body>it</ac:link-body></ac:link></p>',
            "it",
        ),
        ("<p>x " + macro("status", '<ac:parameter ac:name="title">LATE</ac:parameter>') + "</p>", "x LATE"),
        ("<p>x" + macro("anchor", '<ac:parameter ac:name="">a</ac:parameter>') + "</p>", "x"),
        ("<p>x " + macro("jira", '<ac:parameter ac:name="key">DM-1</ac:parameter>') + "</p>", "x DM-1"),
        ('<p><ac:emoticon ac:name="tick"/><ac:emoticon ac:name="x" ac:emoji-fallback="E"/></p>', "(tick)E"),
        (
            (
                '<p><ac:image><ri:attachment ri:filename="a.png"/></ac:image> '
                '<ac:image ac:alt="z"><ri:url ri:value="https://e.org/z.png"/></ac:image></p>'
            ),
            "a.png ![z](https://e.org/z.png)",
        ),
        ('<p><time datetime="2020-05-12"/></p>', "due:2020-05-12"),
        (
            "<ac:task><ac:task-status>complete</ac:task-status><ac:task-body>one</ac:task-body></ac:task>",
            "- [x] one",
        ),
        (
            (
                "<ac:task-list><ac:task><ac:task-status>incomplete</ac:task-status><ac:task-body>one</ac:task-body>"
                "<ac:task-list><ac:task><ac:task-status>complete</ac:task-status><ac:task-body>two</ac:task-body></ac:task>"
                "</ac:task-list></ac:task></ac:task-list>"
            ),
            "- [ ] one\n  - [x] two",
        ),
        ("<ul><li>a<table><tbody><tr><td>in</td><td>ner</td></tr></tbody></table></li></ul>", "- a\n  - in | ner"),
        ("<ul><li>x" + macro("toc") + "</li></ul>", "- x"),
        (
            "<ul><li>x "
            + macro("status", LATE)
            + "</li><li>"
            + macro("status", DECIDED)
            + " y</li><li><p> "
            + macro("status", DECIDED)
            + " z</p><p>more</p></li></ul>",
            "- x LATE\n- !! y\n- !! z\n\n  more",
        ),
        (
            "<ul><li>a" + macro("info", f"{TITLED}<ac:rich-text-body><p>in</p></ac:rich-text-body>") + "</li></ul>",
            BELOW,
        ),
        ("<ac:task-list><li>x</li><ac:task><ac:task-id>1</ac:task-id></ac:task></ac:task-list>", "- x\n- [ ]"),
        ("<table></table><p>x</p>", "x"),
        (
            f"<ul><li>a<ac:layout><ac:layout-section>{CELL * 2}</ac:layout-section></ac:layout></li></ul>",
            "- a\n\n  l\n\n  l",
        ),
        ("<ul><li>a<script>z</script></li></ul>", "- a"),
        ("<p>x <ac:link><ri:user/></ac:link> y</p>", "x y"),
        (macro("toc") + macro("attachments") + macro("tasks-report-macro") + "<p>x</p>", "x"),
    ],
)
def test_an_element_of_storage_format_becomes_what_would_be_typed_for_it(page: str, typed: str) -> None:
    assert notes(read(page, Source.STORAGE)) == typed


def test_a_macro_only_the_wiki_can_fill_stays_as_its_name_and_is_told() -> None:
    reading = read(macro("chart"), Source.STORAGE)
    assert notes(reading) == "{chart}"
    assert "the macro chart, whose content only the wiki knows" in reading.kept


def test_the_first_panel_is_the_notice_and_later_ones_are_kept() -> None:
    info = macro("info", "<ac:rich-text-body><p>first</p></ac:rich-text-body>")
    note = '<ac:parameter ac:name="title">Two</ac:parameter><ac:rich-text-body><p>second</p></ac:rich-text-body>'
    reading = read(info + macro("note", note), Source.STORAGE)
    assert reading.meeting.logistics.notice == Notice(title="", text="first")
    assert notes(reading) == "**Two**\n\nsecond"
    saved = '<div class="panel"><div class="panelHeader">Note</div><div class="panelContent"><p>in</p></div></div>'
    assert read(saved, Source.HTML).meeting.logistics.notice == Notice(title="Note", text="in")


def agenda(*rows: str, people: tuple[Person, ...] = ()) -> Reading:
    heads = "".join(
        f"<th>{head}</th>" for head in ("Time", "Topic", "Coordinator", "Pre-meeting notes", "Running notes")
    )
    return read(f"<table><tr>{heads}</tr>{''.join(rows)}</table>", Source.HTML, *people)


def row(at: str, topic: str, who: str = "") -> str:
    return f"<tr><td>{at}</td><td>{topic}</td><td>{who}</td><td></td><td></td></tr>"


MODERATOR = '<tr><td colspan="5">Moderator: Ann Lee</td></tr>'


def test_guests_and_parts_below_a_title_are_read() -> None:
    inside = "<p>One</p><p>Guests: Bob Blum, Ann Lee</p><ul><li>09:00–09:30: part (with Bob)</li></ul>"
    reading = agenda(MODERATOR, row("9:00 sharp", inside, "Ann"))
    (session,) = reading.meeting.sessions
    item = session.items[0]
    assert (session.moderator, item.title, item.guests) == ("ann", "One", ("Bob Blum", "@ann"))
    (part,) = item.slots
    assert (part.title, part.start, part.minutes, part.guest) == ("part", time(9), 30, "Bob")
    assert any("'sharp' stands beside the time" in doubt for doubt in reading.doubts)


def test_what_an_agenda_does_not_say_is_told_and_not_made_up() -> None:
    reading = agenda(row("", "One"), "<tr><td></td><td></td></tr>", row("25:00 soon", ""))
    doubts = " / ".join(reading.doubts)
    for words in ("an agenda names no day", "names no moderator", "a session shows no times"):
        assert words in doubts
    assert [item.title for item in reading.meeting.items] == ["One", "25:00 soon"]
    unnamed = agenda('<tr><td colspan="5">Moderator: TBD</td></tr>', row("09:00", "One"))
    assert [session.moderator for session in unnamed.meeting.sessions] == [""]
    assert not any("moderator" in doubt for doubt in unnamed.doubts)


def test_what_stands_in_brackets_behind_a_name_is_no_part_of_it_and_is_kept() -> None:
    wide = '<tr><td colspan="5">{}</td></tr>'
    reading = agenda(
        wide.format("Moderator: Gil Roe (remote, until 10:30)"),
        row("09:00", "One", "Ann Lee (remote) / Al Bo"),
        row("10:00", "Two", "Gil Roe"),
        wide.format("Moderators: Ann Lee, Al Bo"),
        row("11:00", "Three"),
        wide.format("Moderator: Unknown User (mbutler)"),
        row("12:00", "Lunch break"),
        row("13:00", "Four"),
    )
    assert [session.moderator for session in reading.meeting.sessions] == ["groe", "ann", "mbutler"]
    assert [(item.title, item.coordinators, item.preparation) for item in reading.meeting.items] == [
        ("One", ("ann", "abo"), "Moderator: @groe (remote, until 10:30)\n\nAnn Lee (remote) / @abo"),
        ("Two", ("groe",), ""),
        ("Three", (), "Moderators: Ann Lee, @abo"),
        ("Lunch break", (), ""),
        ("Four", (), ""),
    ]
    assert [person.name for person in reading.people] == ["Gil Roe", "Al Bo", "Unknown User (mbutler)"]


def test_whoever_is_known_with_the_brackets_is_found_by_them() -> None:
    gil = Person(id="gil", name="Gil Roe (remote)")
    reading = agenda(MODERATOR, row("09:00", "One", "Gil Roe (remote)"), people=(gil,))
    item = next(reading.meeting.items)
    assert (item.coordinators, item.preparation) == (("gil",), "")


def test_material_in_brackets_behind_a_title_is_its_link() -> None:
    reading = agenda(MODERATOR, row("09:00", 'One (<a href="https://e.org/d">slides</a>)'))
    item = next(reading.meeting.items)
    assert (item.title, item.link) == ("One", Link(title="slides", address="https://e.org/d"))


def minutes(page: str) -> Reading:
    return read(page, Source.MARKDOWN)


def test_an_alert_says_what_it_is_where_it_is_more_than_a_note() -> None:
    warning = minutes("> [!WARNING]\n> take care").meeting.logistics.notice
    assert warning == Notice(title="Warning", text="take care")
    titled = minutes("> [!TIP]\n> **Keys**\n>\n> press one").meeting.logistics.notice
    assert titled == Notice(title="Tip: Keys", text="press one")


def test_what_a_list_of_attendees_says_beside_names_is_kept() -> None:
    reading = minutes("## Attendees\n\n- [Gil Roe](https://e.org/gil)\n- Al Bo\n\n      a  b\n- Ann Lee\n")
    assert [attendee.person for attendee in reading.meeting.attendees] == ["groe", "abo", "ann"]
    assert "- [Gil Roe](https://e.org/gil)" in notes(reading)
    assert "a  b" in notes(reading)
    assert "Ann Lee" not in notes(reading)


def test_a_title_behind_a_name_is_no_attendee_of_its_own() -> None:
    reading = minutes("## Attendees\n\n- Eve Doe, PhD, Al Bo, Jr. (remote)\n")
    assert [person.name for person in reading.people] == ["Eve Doe", "Al Bo"]


@pytest.mark.parametrize("line", ["12 May 2020, 10:00-11:30", "10:00–11:30", "Tue 12.5."])
def test_what_stands_beside_the_date_or_is_none_is_kept(line: str) -> None:
    assert line in notes(minutes(f"## Date\n\n{line}\n"))
    assert notes(minutes("## Date\n\n12 May 2020\n")) == ""


def test_parts_of_the_attendees_keep_their_names_and_the_absent_are_no_attendees() -> None:
    members = "Members:\n\n- Al Bo\n- Ann Lee\n- ~~Eve Doe~~"
    page = f"## Attendees\n\nChair:\n\n- Al Bo\n\n{members}\n\n**Regrets**\n\n- Gil Roe"
    reading = minutes(page)
    assert [attendee.person for attendee in reading.meeting.attendees] == ["abo", "ann"]
    assert notes(reading) == page


def test_boxes_before_attendees_say_who_came_where_some_are_ticked() -> None:
    some = minutes("## Attendees\n\n- [x] Al Bo\n- [ ] Ann Lee\n")
    assert [attendee.person for attendee in some.meeting.attendees] == ["abo"]
    assert notes(some) == "## Attendees\n\n- [ ] Ann Lee"
    none = minutes("## Attendees\n\n- [ ] Al Bo\n- [ ] Ann Lee\n")
    assert [attendee.person for attendee in none.meeting.attendees] == ["abo", "ann"]
    assert notes(none) == ""


def test_who_is_named_twice_is_one_attendee_and_both_lines_are_told() -> None:
    reading = minutes("## Attendees\n\n- Al Bo\n- Ann Lee\n- Al Bo\n")
    assert [attendee.person for attendee in reading.meeting.attendees] == ["abo", "ann"]
    assert notes(reading) == "## Attendees\n\n- Al Bo"


def test_headings_of_sections_without_anything_below_are_kept() -> None:
    page = "# Team\n\n## Agenda\n\n### Builds\n\n- one\n\n## Location\n\n### Decisions\n\n"
    page += "## Logistics\n\n### Date\n\n12 May 2020\n\n## Agenda\n"
    assert notes(minutes(page)) == "# Agenda\n\n## Builds\n\n- one\n\n# Location\n\n## Decisions\n\n# Agenda"


def test_underlined_headings_are_read_and_front_matter_is_none() -> None:
    page = "Team\n====\n\nAttendees\n---------\n\n- Al Bo\n\nTwo\nlines\n---\n\n```\na\n===\n```\n\n- x\n\n  y\n  ---\n"
    reading = minutes(page)
    assert reading.meeting.title == "Team"
    assert [attendee.person for attendee in reading.meeting.attendees] == ["abo"]
    assert notes(reading).startswith("# Two lines\n\n```\na\n===\n```\n\n- x\n\n  y")
    front = minutes("---\ntitle: Weekly\ndate: 2020-05-12\n---\n\n# Weekly\n")
    assert "title: Weekly\ndate: 2020-05-12" in notes(front)


def test_who_is_new_is_mentioned_in_what_stands_above_too() -> None:
    page = "<h1>M</h1><p>Bea Oak leads.</p><h2>Attendees</h2><ul><li>Bea Oak</li></ul><p>Thanks to Bea Oak.</p>"
    reading = read(page, Source.HTML)
    assert [person.id for person in reading.people] == ["boak"]
    assert "@boak leads." in notes(reading)
    assert "Thanks to @boak." in notes(reading)


def test_what_stands_below_logistics_and_is_no_notice_is_kept() -> None:
    reading = minutes("# M\n\n## Logistics\n\n- bring a badge\n\n### Date\n\n12 May 2020\n")
    assert reading.meeting.logistics.notice is None
    assert notes(reading) == "# Logistics\n\n- bring a badge"


def test_people_whose_handles_would_be_the_same_are_numbered() -> None:
    reading = minutes("## Attendees\n\n- Bo Oak\n- Bea Oak\n- Bill Oak\n")
    assert [person.id for person in reading.people] == ["boak", "boak2", "boak3"]


def test_what_is_nested_too_deep_is_kept_as_words_and_told() -> None:
    reading = read("<div>" * 50 + "<p>words</p>" + "</div>" * 50, Source.HTML)
    assert notes(reading) == "words"
    assert "what is nested more than 40 deep: words" in reading.kept


def test_the_heading_of_a_saved_page_is_its_title_rather_than_that_of_the_browser() -> None:
    head = "<html><head><title>Space : Other</title></head><body>"
    body = '<h1 id="title-text">Real title</h1><div id="main-content"><p>x</p></div></body></html>'
    numbers = count()
    pages = [
        read_page(page, Source.HTML, Notebook(), lambda: f"id{next(numbers)}")
        for page in (head + body, head + "<p>x</p>")
    ]
    assert [(page.meeting.title, notes(page)) for page in pages] == [("Real title", "x"), ("Other", "x")]
