"""Programs without the lock, which read the file before the last saves and write it after them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from store_values import add_line, add_person, handles, item, on_disk, small, with_item

from dmlt_tui.meeting.edits import Edit
from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.disk import real
from dmlt_tui.store.generations import Generations
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.store.origin import KEPT_SECONDS, Lately, distance
from dmlt_tui.store.restore import restore

THEIRS = b'"people": {"zoe": {"id": "zoe", "name": "Zoe"}, '


def take_back(line: str) -> Edit:
    def apply(notebook: Notebook) -> Notebook:
        return with_item(notebook, "welcome", notes=item(notebook, "welcome").notes.removesuffix(f"\n{line}"))

    return Edit("take back", apply)


def renamed(path: Path, content: bytes) -> None:
    (path.parent / "theirs").write_bytes(content)
    (path.parent / "theirs").replace(path)


def with_zoe(content: bytes) -> bytes:
    return content.replace(b'"people": {', THEIRS, 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "notebook.json"
    OpenNotebook.create(path, small("start")).close()
    return path


@pytest.mark.parametrize("put", [renamed, Path.write_bytes])
def test_what_was_saved_after_a_script_read_the_file_is_kept_beside_what_the_script_made(
    path: Path, put: Callable[[Path, bytes], object]
) -> None:
    with OpenNotebook.open(path) as notebook:
        for line in ("read by the script", "saved meanwhile", "saved too"):
            notebook.change(add_line(line))
            notebook.flush()
            if line == "read by the script":
                content = path.read_bytes()
        put(path, with_zoe(content))
        notebook.flush()
        notebook.change(add_line("typed on"))
        notebook.flush()
        put(path, with_zoe(content).replace(b"Zoe", b"Zoe Zed"))  # the same script once more, as late
    assert item(on_disk(path), "welcome").notes == "start\nread by the script\nsaved meanwhile\nsaved too\ntyped on"
    assert handles(on_disk(path)) == ["zoe", "ann", "bob"]


def test_a_file_moved_away_and_put_back_later_takes_nothing_back(path: Path) -> None:
    with OpenNotebook.open(path) as notebook:
        notebook.change(add_line("before"))
        notebook.flush()
        path.rename(path.with_name("away"))
        notebook.change(add_line("after"))
        notebook.flush()
        path.with_name("away").replace(path)
    assert item(on_disk(path), "welcome").notes == "start\nbefore\nafter"


def test_what_somebody_at_another_desk_takes_back_is_gone_however_soon(path: Path) -> None:
    with OpenNotebook.open(path) as notebook, OpenNotebook.open(path) as other:
        notebook.flush()
        notebook.change(add_line("hasty"))
        notebook.flush()
        other.flush()
        other.change(take_back("hasty"))
        other.flush()
    assert item(on_disk(path), "welcome").notes == "start"


def test_a_version_put_back_by_its_command_counts_however_young_it_is(path: Path) -> None:
    with OpenNotebook.open(path) as notebook:
        first = Generations(real(path)).all()[-1]
        notebook.change(add_line("hasty"))
        notebook.flush()
        restore(path, first)
        notebook.flush()
    assert on_disk(path) == small("start")


def test_what_was_put_back_long_after_it_was_read_is_taken_to_be_meant() -> None:
    now = 0.0
    lately = Lately(lambda: now)
    old, new = small("start"), add_line("new").apply(small("start"))
    lately.add(old)
    assert lately.origin(new, old) is old
    now = KEPT_SECONDS + 1
    assert lately.origin(new, old) is new


def test_of_versions_that_are_as_near_the_newest_is_the_origin() -> None:
    lately = Lately(lambda: 0.0)
    one, two, three = (small(notes) for notes in ("a b", "a c", "a d"))
    lately.add(one)
    lately.add(two)
    assert lately.origin(three, small("a")) is three
    assert lately.origin(three, small("a c and more")) is two


def test_two_versions_are_as_far_apart_as_they_have_other_words() -> None:
    assert distance(small("one two"), small("one two")) == 0
    assert distance(small("one two three"), small("one 2")) == 3
    assert distance(small(), add_person("eve").apply(small())) > 0
