"""A file that another program replaces by something that is no notebook, while it is open here."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_values import add_line, add_person, handles, item, names, on_disk, small, wait_until

from dmlt_tui.store import file as module
from dmlt_tui.store.errors import StoreError
from dmlt_tui.store.notebook import OpenNotebook, SaveKind


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notebook.json"


@pytest.fixture(autouse=True)
def settled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLE_SECONDS", 0)


def asides(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}.damaged-*"))


@pytest.mark.parametrize("content", [b"", b"{", b'{"name": "x"}', b"Dear all,\n", b"\x00" * 100])
def test_it_is_set_aside_and_saving_goes_on(path: Path, content: bytes) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        path.chmod(0o640)
        notebook.flush()
        path.write_bytes(content)
        notebook.change(add_person("eve"))
        notebook.flush()
        assert notebook.state.kind is SaveKind.SAVED
        assert on_disk(path) == notebook.value
        assert handles(notebook.value) == ["ann", "bob", "eve"]
        assert path.stat().st_mode & 0o777 == 0o640
        (aside,) = asides(path)
        assert aside.read_bytes() == content
        assert str(aside) in notebook.notices[-1]
        assert "yours was saved in its place" in notebook.notices[-1]
        notebook.change(add_line("and on"))
        notebook.flush()
    assert len(asides(path)) == 1
    assert item(on_disk(path), "welcome").notes.endswith("and on")


def test_after_a_while_it_happens_by_itself_and_is_said_until_then(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLE_SECONDS", 0.3)
    with OpenNotebook.create(path, small()) as notebook:
        path.write_bytes(b"{")
        notebook.poll()
        wait_until(notebook, lambda: notebook.state.kind is SaveKind.FAILED)
        assert "ends too early" in notebook.state.message
        assert path.read_bytes() == b"{"
        wait_until(notebook, lambda: notebook.state.kind is SaveKind.SAVED)
        assert on_disk(path) == small()


def test_a_file_put_in_its_place_by_renaming_is_set_aside_too(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        other = path.with_name("other")
        other.write_bytes(b"no notebook")
        other.rename(path)
        notebook.flush()
        assert on_disk(path) == small()
    assert asides(path)[0].read_bytes() == b"no notebook"


def test_what_can_be_read_of_it_without_a_loss_is_merged(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        notebook.change(add_person("eve"))
        notebook.flush()
        theirs = path.read_bytes().replace(b'"Ann"', b'"Anna"').decode()
        path.write_bytes(theirs.encode("utf-16"))
        notebook.change(add_line("mine"))
        notebook.flush()
        assert [person.name for person in notebook.value.people] == ["Anna", "Bob", "Eve"]
        assert item(notebook.value, "welcome").notes.endswith("mine")
        assert on_disk(path) == notebook.value
        assert "all it said was merged in" in notebook.notices[-1]
    assert asides(path)[0].read_bytes() == theirs.encode("utf-16")


def test_it_is_not_touched_while_somebody_is_at_work_on_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SETTLE_SECONDS", 3600)
    with OpenNotebook.create(path, small()) as notebook:
        good = path.read_bytes()
        notebook.change(add_person("eve"))
        for length in (10, 200, 500):
            path.write_bytes(good[:length])
            with pytest.raises(StoreError, match="ends too early"):
                notebook.flush()
            assert path.read_bytes() == good[:length]
        path.write_bytes(good)
        notebook.flush()
        assert notebook.state.kind is SaveKind.SAVED
    assert names(path.parent) == [f".{path.name}.lock", path.name]


@pytest.mark.parametrize("fault", ["a conflict for a person to resolve", "a newer version"])
def test_what_a_person_must_decide_about_stays_as_it_is(path: Path, fault: str) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        good = path.read_bytes()
        bad = good.replace(b'"schema": 1', b'"schema": 2')
        if fault != "a newer version":
            bad = good.replace(b' "people"', b'<<<<<<< HEAD\n "people"')
        path.write_bytes(bad)
        notebook.change(add_person("eve"))
        for _ in range(3):
            with pytest.raises(StoreError, match="typing is kept in"):
                notebook.flush()
        assert path.read_bytes() == bad
        assert asides(path) == []
        path.write_bytes(good)
    assert handles(on_disk(path)) == ["ann", "bob", "eve"]


def test_names_for_what_is_set_aside_never_clash(path: Path) -> None:
    with OpenNotebook.create(path, small()) as notebook:
        for number in range(3):
            path.write_bytes(b"%d" % number)
            notebook.flush()
    assert sorted(aside.read_bytes() for aside in asides(path)) == [b"0", b"1", b"2"]


def test_a_drive_without_links_gets_a_copy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr("os.link", no_links)
    with OpenNotebook.create(path, small()) as notebook:
        path.write_bytes(b"no notebook")
        notebook.flush()
        assert on_disk(path) == small()
    assert asides(path)[0].read_bytes() == b"no notebook"
