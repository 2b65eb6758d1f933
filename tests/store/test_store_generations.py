from __future__ import annotations

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from store_values import add_line, add_person, handles, names, notebooks, on_disk, small, wait_until, with_item

from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.model import Meeting, Notebook
from dmlt_tui.store import disk
from dmlt_tui.store import generations as module
from dmlt_tui.store.differences import differences
from dmlt_tui.store.disk import real
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.generations import ALWAYS, Generation, Generations, chosen
from dmlt_tui.store.notebook import OpenNotebook, SaveKind
from dmlt_tui.store.restore import restore, write_new
from dmlt_tui.store.versions import versions

NOW = datetime(2026, 11, 22, 18, 30, 20, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notebook.json"


def kept(path: Path) -> list[Notebook]:
    return [generation.load()[1] for generation in Generations(real(path)).all()]


def aged(*ages: timedelta) -> list[Generation]:
    """Generations of these ages, the oldest first."""
    moments = sorted(NOW - age for age in ages)
    return [Generation(number, moment, Path(f"none/{number}")) for number, moment in enumerate(moments, 1)]


# --- which are kept --------------------------------------------------------------------------------------------------


def test_what_was_opened_and_what_was_written_last_are_kept(path: Path) -> None:
    first = small("as it came")
    OpenNotebook.create(path, first).close()
    Generations(real(path)).all()[0].path.unlink()
    with OpenNotebook.open(path) as notebook:
        for number in range(5):
            notebook.change(add_line(str(number)))
            notebook.flush()
        last = notebook.value
    assert kept(path)[0] == first
    assert kept(path)[-1] == last
    assert len(kept(path)) == 2  # and not more than one a minute between


def test_opening_and_closing_keeps_nothing(sample: Path) -> None:
    OpenNotebook.open(sample).close()
    OpenNotebook.open(sample, read_only=True).close()
    assert not Generations(real(sample)).folder.exists()


def test_the_same_content_is_kept_once(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    for _ in range(3):
        with OpenNotebook.open(path) as notebook:
            notebook.change(add_person("eve"))
            notebook.undo()
    assert kept(path) == [small()]


def test_what_another_program_replaces_is_kept_before_it_is_merged(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        notebook.flush()
        typed = notebook.value
        path.write_bytes(path.read_bytes().replace(b'"Ann"', b'"Anna"'))
        notebook.flush()
    assert typed in kept(path)


@pytest.mark.parametrize("fault", ["damaged", "removed"])
def test_what_another_program_damages_or_removes_is_kept_although_it_was_overwritten(path: Path, fault: str) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        for name in ("eve", "max"):
            notebook.change(add_person(name))
            notebook.flush()
        last = notebook.value
        if fault == "damaged":
            path.write_bytes(b"")
        else:
            path.unlink()
        notebook.poll()
        wait_until(notebook, lambda: notebook.state.kind is SaveKind.FAILED)
        assert kept(path)[-1] == last
        if fault == "damaged":
            path.unlink()


def test_generations_are_private_whatever_the_notebook_is(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        path.chmod(0o664)
        notebook.change(add_person("eve"))
    folder = Generations(real(path)).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(entry.stat().st_mode) for entry in folder.iterdir()} == {0o600}


def test_a_link_and_the_file_it_leads_to_have_the_same_generations(path: Path, tmp_path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    link = tmp_path / "link.json"
    link.symlink_to(path.name)
    with OpenNotebook.open(link) as notebook:
        notebook.change(add_person("eve"))
    assert [handles(value) for value in kept(path)] == [["ann", "bob"], ["ann", "bob", "eve"]]


def test_a_state_folder_that_can_not_be_used_stops_no_save_and_is_said(path: Path, own_home: Path) -> None:
    (own_home / ".state").write_text("in the way")
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        notebook.flush()
        assert on_disk(path) == notebook.value
        assert [line for line in notebook.notices if "no older version can be kept" in line]


def test_a_folder_others_could_write_to_is_not_trusted(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    made = Generations(real(path))
    made.folder.chmod(0o777)
    assert made.all() == []
    assert not made.keep([b"x"])
    assert "open to them" in made.trouble


def test_a_generation_torn_by_a_power_cut_is_passed_over(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
    made = Generations(real(path))
    first, second = made.all()
    second.path.write_bytes(b"")
    assert made.newest_good() == first
    assert [row.meetings for row in versions(path)] == [1, None, 1]


def test_leftovers_of_killed_writers_are_removed_later(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    folder = Generations(real(path)).folder
    for name, age in (("old", 1000), ("young", 0)):
        leftover = folder / f".{name}.tmp"
        leftover.write_bytes(b"half")
        os.utime(leftover, (leftover.stat().st_mtime - age,) * 2)
    with OpenNotebook.open(path) as notebook:
        notebook.change(add_person("eve"))
    assert [name for name in names(folder) if name.endswith(".tmp")] == [".young.tmp"]


def test_names_that_are_none_of_ours_are_left_alone(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    folder = Generations(real(path)).folder
    (folder / "000002-20269999T000000Z-abc.json").write_text("no such day")
    (folder / "mine.json").write_text("mine")
    assert [generation.number for generation in Generations(real(path)).all()] == [1]
    with OpenNotebook.open(path) as notebook:
        notebook.change(add_person("eve"))
    assert (folder / "mine.json").read_text() == "mine"


# --- how long --------------------------------------------------------------------------------------------------------


def test_the_older_they_are_the_further_apart_they_are_kept() -> None:
    lately = (timedelta(seconds=20 * step) for step in range(360))
    before = (timedelta(minutes=10 * step) for step in range(12, 40 * 24 * 6))
    every = aged(*lately, *before)
    ages = [NOW - generation.when for generation in chosen(every, NOW)]
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert 58 <= len([age for age in ages if age < hour]) <= 62 + ALWAYS
    assert 22 <= len([age for age in ages if hour <= age < day]) <= 24
    assert 29 <= len([age for age in ages if day <= age]) <= 31
    assert max(ages) < timedelta(days=31)


def test_of_each_step_the_newest_stays() -> None:
    every = aged(*(timedelta(hours=5, minutes=minutes) for minutes in range(60)), *[timedelta(0)] * ALWAYS)
    stays = [generation for generation in chosen(every, NOW) if generation.when < NOW]
    assert {generation.when.minute for generation in stays} == {59, 30}


@given(st.lists(st.integers(-(10**6), 10**9), max_size=60))
def test_the_newest_stay_however_wrong_a_clock_was(seconds: list[int]) -> None:
    moments = [NOW - timedelta(seconds=one) for one in seconds]
    every = [Generation(number, moment, Path("none")) for number, moment in enumerate(moments, 1)]
    stays = chosen(every, NOW)
    assert stays[-ALWAYS:] == every[-ALWAYS:]
    assert chosen(stays, NOW) == stays


def test_large_ones_are_kept_further_apart_until_they_fit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST_SUM", 10_000)
    every = [
        replaced_path(generation, tmp_path / str(generation.number))
        for generation in aged(*(timedelta(minutes=step) for step in range(50)))
    ]
    for generation in every:
        generation.path.write_bytes(bytes(500))
    stays = chosen(every, NOW)
    assert ALWAYS < len(stays) <= 20
    assert stays[0].when - every[0].when < timedelta(minutes=8)
    for generation in every:
        generation.path.write_bytes(bytes(9_000))
    assert chosen(every, NOW) == every[-ALWAYS:]


def replaced_path(generation: Generation, path: Path) -> Generation:
    return Generation(generation.number, generation.when, path)


def test_two_at_once_keep_both_of_theirs(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    one, other = Generations(real(path)), Generations(real(path))
    random = Random(1)
    for number in range(20):
        random.choice((one, other)).keep([str(number).encode()])
    assert [generation.path.read_bytes() for generation in one.all()][-ALWAYS:] == [b"15", b"16", b"17", b"18", b"19"]


# --- putting one back ------------------------------------------------------------------------------------------------


def test_a_restore_brings_every_byte_back_and_can_be_taken_back(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    path.write_bytes(path.read_bytes().replace(b"\n ", b"\n    "))  # as a person might have it
    path.chmod(0o640)
    before = path.read_bytes()
    with OpenNotebook.open(path) as notebook:
        notebook.change(add_person("eve"))
    after = path.read_bytes()
    made = Generations(real(path))
    first = next(generation for generation in made.all() if generation.path.read_bytes() == before)
    replaced = restore(path, first)
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert replaced.aside is None
    assert replaced.kept is not None
    restore(path, replaced.kept)
    assert path.read_bytes() == after


def test_a_terminal_that_has_the_notebook_open_takes_a_restore_and_keeps_its_typing(path: Path) -> None:
    OpenNotebook.create(path, small("old")).close()
    first = Generations(real(path)).all()[0]
    with OpenNotebook.open(path) as notebook:
        notebook.change(add_person("eve"))
        notebook.flush()
        restore(path, first)
        notebook.change(add_line("typed meanwhile"))
        notebook.flush()
        assert handles(notebook.value) == ["ann", "bob"]
        assert on_disk(path) == notebook.value
    assert on_disk(path).meetings[0].sessions is not None


def test_a_restore_over_a_damaged_file_sets_it_aside(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    whole = path.read_bytes()
    path.write_bytes(whole[:50])
    replaced = restore(path, Generations(real(path)).all()[-1])
    assert path.read_bytes() == whole
    assert replaced.kept is None
    assert replaced.aside is not None
    assert replaced.aside.read_bytes() == whole[:50]
    assert replaced.aside.name.startswith("notebook.damaged-")


def test_a_restore_of_a_file_and_folder_that_are_gone_makes_them_again(path: Path) -> None:
    there = path.parent / "folder" / "notebook.json"
    OpenNotebook.open(there, create=True).close()
    whole = there.read_bytes()
    newest = Generations(real(there)).all()[-1]
    there.unlink()
    (there.parent / f".{there.name}.lock").unlink()
    there.parent.rmdir()
    restore(there, newest)
    assert there.read_bytes() == whole


def test_nothing_is_restored_where_what_it_replaces_can_not_be_kept(path: Path, own_home: Path) -> None:
    OpenNotebook.create(path, small()).close()
    content = path.read_bytes()
    aside = path.with_name("other.json")
    write_new(aside, content.replace(b'"Ann"', b'"Anna"'))
    (own_home / ".state").rename(own_home / "away")
    (own_home / ".state").write_text("in the way")
    with pytest.raises(StoreError, match="can't be kept"):
        restore(path, Generation(1, NOW, aside))
    assert path.read_bytes() == content


def test_a_file_that_is_there_is_not_written_over(path: Path) -> None:
    path.write_text("mine")
    with pytest.raises(StoreError, match="already"):
        write_new(path, b"new")
    assert path.read_text() == "mine"


def test_a_generation_that_is_gone_or_damaged_is_not_put_back(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    whole = path.read_bytes()
    newest = Generations(real(path)).all()[-1]
    newest.path.write_bytes(b"{")
    with pytest.raises(StoreError, match="ends too early"):
        restore(path, newest)
    newest.path.unlink()
    with pytest.raises(StoreError, match="no longer kept"):
        restore(path, newest)
    assert path.read_bytes() == whole


def test_the_refusal_of_a_damaged_or_missing_file_names_the_way_back(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(StoreError) as caught:
        OpenNotebook.open(path)
    assert f"dmlt-tui restore {path} --at 1; " in str(caught.value)
    assert f"dmlt-tui check --repair {path}" in str(caught.value)
    path.unlink()
    with pytest.raises(StoreError, match=f"no such file; older versions are kept: dmlt-tui history {path}"):
        OpenNotebook.open(path)
    with OpenNotebook.open(path, create=True) as notebook:
        assert notebook.recovered == (f"{path}: made anew; older versions are kept: dmlt-tui history {path}",)


# --- what differs ----------------------------------------------------------------------------------------------------


def test_what_differs_is_said_in_a_word_or_two() -> None:
    old = small()
    spring = Meeting(id="spring", title="Spring")
    assert differences(old, old) == ()
    assert differences(old, add_person("eve").apply(old)) == ("people +1",)
    assert differences(old, with_item(old, "welcome", notes="x")) == ("notes of Welcome",)
    assert differences(old, with_item(old, "news", minutes=5)) == ("agenda",)
    assert differences(old, with_item(old, "news", done=True)) == ("clock",)
    assert differences(old, replace(old, meetings=(*old.meetings, spring))) == ("meeting Spring added",)
    assert differences(replace(old, meetings=(*old.meetings, spring)), old) == ("meeting Spring deleted",)
    assert differences(old, replace(old, meetings=(replace(old.meetings[0], title="L"),))) == ("head of the page",)
    assert differences(old, replace(old, people=old.people[::-1])) == ("people",)
    both = replace(old, meetings=(*old.meetings, spring))
    assert differences(both, replace(both, meetings=both.meetings[::-1])) == ("order of meetings",)
    busy = old
    for one in ("welcome", "news", "budget"):
        busy = with_item(busy, one, notes="x")
    assert differences(old, busy) == ("notes of Welcome, News and 1 more",)


@given(notebooks, notebooks)
def test_whatever_differs_is_named(older: Notebook, newer: Notebook) -> None:
    assert bool(differences(older, newer)) == (older != newer)


def test_versions_are_described_one_by_one(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    with OpenNotebook.open(path) as notebook:
        notebook.change(add_person("eve"))
        notebook.change(Edit("none", lambda value: replace(value, meetings=())))
    path.write_bytes(path.read_bytes().replace(b"Eve", b"Eva"))
    rows = list(versions(path))
    assert [row.number for row in rows] == [1, 2, None]
    assert [row.changed for row in rows] == [
        ("the oldest version kept",),
        ("people +1", "meeting Leadership deleted"),
        ("people",),
    ]
    assert [row.meetings for row in rows] == [1, 0, 0]
    assert rows[-1].size == path.stat().st_size


def test_versions_are_described_although_the_file_is_damaged_or_gone(path: Path) -> None:
    OpenNotebook.create(path, small()).close()
    path.write_bytes(b"{")
    assert [(row.number, row.meetings, row.size) for row in versions(path)][-1] == (None, None, 1)
    path.unlink()
    assert [(row.number, row.meetings) for row in versions(path)] == [(1, 1)]


def test_where_neither_a_file_nor_a_version_of_it_is_that_is_said(path: Path) -> None:
    with pytest.raises(StoreError, match="no such file"):
        list(versions(path))


def test_a_restore_that_others_overtake_every_time_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    OpenNotebook.create(path, small()).close()
    (generation,) = Generations(real(path)).all()
    content = path.read_bytes()
    real_write = disk.replace

    def overtaken(*arguments: Any, **named: Any) -> Any:
        path.write_bytes(path.read_bytes() + b"\n")
        return real_write(*arguments, **named)

    monkeypatch.setattr(disk, "replace", overtaken)
    with pytest.raises(StoreError, match="other programs change it all the time"):
        restore(path, generation)
    assert path.read_bytes().rstrip(b"\n") == content.rstrip(b"\n")
