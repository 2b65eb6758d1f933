from __future__ import annotations

import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from store_values import add_person, small

from dmlt_tui.meeting.edits import Edit
from dmlt_tui.store import crash
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.store.private import state_folder

SECRET = "the merger is off"


def caught(call: Callable[[], object]) -> BaseException:
    try:
        call()
    except BaseException as error:  # whatever is raised is what is wanted
        return error
    raise AssertionError("nothing was raised")


def fails(note: str) -> None:
    local = note.upper()
    try:
        raise KeyError(note)
    except KeyError as error:
        raise ValueError(f"can't use {local!r} and {note}") from error


def written(error: BaseException) -> str:
    path = crash.report(error)
    assert path is not None
    return path.read_text()


def test_a_report_says_where_and_not_a_word_of_what() -> None:
    report = written(caught(lambda: fails(SECRET)))
    assert "builtins.ValueError\n" in report
    assert "caused by builtins.KeyError\n" in report
    assert ":fails\n" in report
    assert SECRET not in report
    assert SECRET.upper() not in report
    assert "dmlt-tui " in report
    assert "textual " in report


def test_a_report_names_no_home_and_no_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 1 192.0.2.8 22")
    report = written(caught(lambda: Path("/no/such/place-of-fritz").read_text()))
    assert "FileNotFoundError, errno 2" in report
    assert "fritz" not in report
    assert "192.0.2" not in report
    assert "SSH_CONNECTION=set" in report
    assert str(Path.home()) not in report
    assert str(Path(crash.__file__).parents[2]) not in report


def test_an_edit_that_breaks_is_reported_without_the_notes_it_was_made_of(tmp_path: Path) -> None:
    def breaks(value: object) -> None:
        raise RuntimeError(f"{SECRET} {value}")

    with OpenNotebook.create(tmp_path / "n.json", small(SECRET)) as notebook:
        error = caught(lambda: notebook.change(Edit("x", breaks)))  # type: ignore[arg-type]  # on purpose
    report = written(error)
    assert "dmlt_tui/store/notebook.py:" in report
    assert SECRET not in report
    assert "Leadership" not in report


def test_groups_chains_in_a_circle_and_deep_recursion_have_an_end() -> None:
    def endless(depth: int) -> int:
        return endless(depth + 1) + 1

    deep = written(caught(lambda: endless(0)))
    assert "RecursionError" in deep
    assert deep.count("\n") < 150
    group = written(BaseExceptionGroup(SECRET, [ValueError(SECRET), ExceptionGroup(SECRET, [KeyError(SECRET)])]))
    assert "one of it: builtins.KeyError" in group
    assert SECRET not in group
    circle = ValueError("a")
    circle.__cause__ = KeyError("b")
    circle.__cause__.__cause__ = circle
    assert written(circle).count("ValueError") == 1


def test_reports_are_private_and_only_the_newest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "KEPT", 3)
    made = [crash.report(ValueError()) for _ in range(6)]
    folder = state_folder("crashes")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(list(folder.iterdir())) == 3
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert all(path is not None for path in made)


def test_where_no_report_can_be_written_nothing_else_goes_wrong(own_home: Path) -> None:
    (own_home / ".state").write_text("in the way")
    assert crash.report(ValueError()) is None


def test_an_error_in_a_thread_is_reported_instead_of_printed(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    told: list[Path | None] = []
    crash.watch_threads(lambda error: told.append(crash.report(error)))
    thread = threading.Thread(target=fails, args=(SECRET,), name="copying")
    thread.start()
    thread.join()
    assert told[0] is not None
    assert "in the thread copying" in told[0].read_text()
    assert SECRET not in told[0].read_text()
    assert capfd.readouterr() == ("", "")


def test_a_thread_that_leaves_by_itself_is_no_mistake_and_not_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    told: list[BaseException] = []
    crash.watch_threads(told.append)
    thread = threading.Thread(target=sys.exit)
    thread.start()
    thread.join()
    assert told == []


def test_a_report_tells_what_was_being_handled_and_names_no_folder_of_code_from_elsewhere() -> None:
    code = compile("try:\n  1 / 0\nexcept ZeroDivisionError:\n  {}['x']\n", "/home-of-fritz/secret/tool.py", "exec")
    report = written(caught(lambda: exec(code)))
    assert "builtins.KeyError\n" in report
    assert "while handling builtins.ZeroDivisionError\n" in report
    assert "tool.py:" in report
    assert "home-of-fritz" not in report


def test_a_watcher_that_breaks_in_the_saving_thread_is_reported_and_saving_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reported = threading.Event()
    crash.watch_threads(lambda _: reported.set())
    with OpenNotebook.create(tmp_path / "n.json", small()) as notebook:

        def breaks() -> None:
            if threading.current_thread() is not threading.main_thread():
                raise RuntimeError(SECRET)

        unwatch = notebook.watch(breaks)
        notebook.change(add_person("eve"))
        assert reported.wait(20)
        unwatch()
