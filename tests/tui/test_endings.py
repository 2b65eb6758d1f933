"""However the program ends: what was typed is saved, the terminal is as it was, the exit code says what happened."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from contextvars import Context
from pathlib import Path
from shlex import quote

import pytest
from support.clock import Clock
from support.desk import desk
from support.endings import ENDS, MISTAKEN, gone, told_to_end, typing
from support.terminal import Terminal, on_disk
from support.turns import saving_in_turn
from textual import events
from textual._context import active_app
from textual.app import App

from dmlt_tui.store.crash import EXIT_CODE
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui import ending
from dmlt_tui.tui.screens.live import LiveScreen


@pytest.mark.parametrize("way", ENDS)
def test_all_that_was_typed_is_saved_and_the_terminal_is_as_it_was(sample: Path, own_home: Path, way: str) -> None:
    with Terminal(str(sample), program=("-c", MISTAKEN)) as terminal:
        typing(terminal, f"typed before {way}")
        terminal.sees(f"typed before {way}")
        assert told_to_end(terminal, way) == ENDS[way]
        assert terminal.left_behind() == []
        if way in ("crash", "worker"):
            assert b"has crashed" in terminal.received
            assert b"Traceback" not in terminal.received
    assert f"typed before {way}" in sample.read_text(encoding="utf-8")
    reports = list((own_home / ".state" / "dmlt-tui").glob("crashes/*"))
    assert len(reports) == (way in ("crash", "worker"))
    for report in reports:
        assert "builtins.RuntimeError" in report.read_text()
        assert "typed before" not in report.read_text()
        assert report.stat().st_mode & 0o777 == 0o600


def test_what_was_typed_before_a_signal_is_saved_though_nobody_had_read_it_yet(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        typing(terminal, "the first of many")
        terminal.sees("the first of many")
        terminal.types("".join(f"\rline {number} of many" for number in range(12)) + "\x18ahalf an action")
        terminal.signals(signal.SIGTERM)
        assert terminal.ends() == 143
        assert terminal.left_behind() == []
    assert "line 11 of many" in sample.read_text(encoding="utf-8")
    with Terminal(str(sample)) as terminal:
        terminal.sees("half an action")


async def test_an_end_waits_for_the_keys_before_it_but_not_for_ever(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "HEARING", 0.05)
    async with desk(sample, clock) as at:
        at.app.key_queue._draining = True  # by a widget that never answers
        at.app.post_message(events.Key("i", "i"))
        at.app.ending._signalled(signal.SIGHUP, None)
        await at.until(lambda: at.app.return_code == 129)


IMPATIENT = """
import sys
from dmlt_tui.cli import main
from dmlt_tui.store import locks
locks.LOCK_SECONDS = 0.2
main(sys.argv[1:], prog_name="dmlt-tui")
"""


@pytest.mark.parametrize("way", ["q", "TERM"])
def test_whoever_leaves_while_others_save_in_turn_is_told_and_loses_nothing(
    sample: Path, own_home: Path, way: str
) -> None:
    with Terminal(str(sample), program=("-c", IMPATIENT)) as terminal:
        terminal.sees("Agenda")
        with saving_in_turn(sample):
            typing(terminal, "typed meanwhile")
            terminal.sees("not saved: other programs save it all the time")
            if way == "q":
                terminal.types("\x1b")
                terminal.sees(" GO ")
                terminal.types("q")
                terminal.sees("q again quits anyway: not saved")
                terminal.types("q")
                assert terminal.ends() == 1
            else:
                terminal.signals(signal.SIGTERM)
                assert terminal.ends() == 143
        assert b"typing is kept in" in terminal.received
        assert terminal.left_behind() == []
    assert "typed meanwhile" not in sample.read_text(encoding="utf-8")
    with OpenNotebook.open(sample):
        pass
    assert "typed meanwhile" in sample.read_text(encoding="utf-8")
    assert list(own_home.rglob("rescue/*")) == []


def test_a_terminal_that_takes_nothing_any_more_keeps_nobody_from_ending_it_and_is_given_back(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        typing(terminal, "typed before it stalled")
        terminal.until(on_disk(sample, "typed before it stalled"), "the words in the file")
        for number in range(60):  # each paints the whole screen, and nobody reads it
            terminal.resize(240 + number % 2 * 20, 70)
            time.sleep(0.02)
        terminal.signals(signal.SIGTERM)
        assert gone(terminal) == 143
        terminal.reads(0.2)  # when somebody reads it again
        assert terminal.left_behind() == []
    assert "typed before it stalled" in sample.read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["open", "follow"])
def test_a_terminal_that_is_closed_is_a_hangup_and_no_mistake(sample: Path, own_home: Path, command: str) -> None:
    with Terminal(*(["follow"] if command == "follow" else []), str(sample)) as terminal:
        if command == "follow":
            terminal.sees("following")
        else:
            typing(terminal, "typed before it was closed")
            terminal.sees("typed before it was closed")
        terminal.hang_up()
        assert gone(terminal) == 129
    assert ("typed before it was closed" in sample.read_text(encoding="utf-8")) == (command == "open")
    assert list(own_home.rglob("crashes")) == []


@pytest.mark.parametrize("way", ["TERM", "HUP", "INT", "QUIT"])
def test_who_follows_gives_the_terminal_back_on_any_signal(sample: Path, way: str) -> None:
    with Terminal("follow", str(sample)) as terminal:
        terminal.sees("following")
        terminal.signals(getattr(signal, f"SIG{way}"))
        assert terminal.ends() == ENDS[way]
        assert terminal.left_behind() == []


def test_a_mistake_in_the_follow_view_shows_nobodys_notes(sample: Path, own_home: Path) -> None:
    mistaken = "import sys\nfrom dmlt_tui.cli import main\nfrom dmlt_tui.tui.screens.follow import FollowScreen\n"
    mistaken += "def leave(self):\n    secret = 'the merger is off'\n    raise RuntimeError(secret)\n"
    mistaken += "FollowScreen.action_leave = leave\nmain(sys.argv[1:])"
    with Terminal("follow", str(sample), program=("-c", mistaken)) as terminal:
        terminal.sees("following")
        terminal.types("q")
        assert terminal.ends() == EXIT_CODE
        assert terminal.left_behind() == []
        assert b"has crashed" in terminal.received
        assert b"merger" not in terminal.received
    assert len(list(own_home.rglob("crash-*.txt"))) == 1


def test_a_terminal_that_goes_away_ends_also_who_does_not_listen_to_its_signal(sample: Path) -> None:
    deaf = "import signal, sys\nfrom dmlt_tui.tui import ending\nending._SIGNALS = ()\n"
    deaf += "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
    deaf += "from dmlt_tui.cli import main\nmain(sys.argv[1:])"
    with Terminal(str(sample), program=("-c", deaf)) as terminal:
        typing(terminal, "typed on a bad line")
        terminal.sees("typed on a bad line")
        terminal.hang_up()
        assert gone(terminal) == 129
    assert "typed on a bad line" in sample.read_text(encoding="utf-8")


def test_who_is_ended_by_force_writes_nothing_behind_what_gives_the_terminal_back(sample: Path) -> None:
    endless = "def show_day(self, by):\n    while True:\n        self.app._driver.write('x' * 1000)\n"
    with Terminal(
        str(sample), program=("-c", MISTAKEN.replace("LiveScreen.show_day", f"{endless}LiveScreen.show_day"))
    ) as terminal:
        typing(terminal, "typed before it hung")
        terminal.types("\x1b")
        terminal.sees(" GO ")
        terminal.types("[")
        terminal.sees("xxxx")
        terminal.signals(signal.SIGTERM)
        assert terminal.ends() == 143
        assert terminal.left_behind() == []
        assert terminal.received.endswith(b"\x1b[m")
    assert "typed before it hung" in sample.read_text(encoding="utf-8")


def test_bytes_that_are_no_text_end_nothing(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        typing(terminal, "caf")
        os.write(terminal._fd, b"\xe9 \xff\xc3( ")
        terminal.types("and more")
        terminal.sees("and more")
        terminal.signals(signal.SIGTERM)
        assert terminal.ends() == 143
    assert "and more" in sample.read_text(encoding="utf-8")


async def test_typing_is_taken_as_a_part_of_the_app_wherever_the_signal_came(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk(sample, clock) as at:
        taking: list[App[object] | None] = []
        monkeypatch.setattr(at.app, "take_typing", lambda: taking.append(active_app.get(None)))
        Context().run(at.app.ending._signalled, signal.SIGTERM, None)  # where Textual knows of no app
        await at.until(lambda: at.app.return_code == 143)
        assert taking == [at.app]


def test_ctrl_z_in_the_lists_goes_back_to_the_shell_and_fg_brings_the_program_back(sample: Path) -> None:
    shell = ("bash", "--norc", "--noprofile", "-i")
    with Terminal(command=shell, environment={"PS1": "ready> ", "INPUTRC": os.devnull}) as terminal:
        terminal.sees("ready>")
        terminal.types(f"{quote(sys.executable)} -m dmlt_tui {quote(str(sample))}\r")
        typing(terminal, "typed before")
        terminal.types("\x1b")
        terminal.sees(" GO ")
        terminal.types("\x1a")
        terminal.until(lambda: b"Stopped" in terminal.received, "it to stop")
        assert "typed before" in sample.read_text(encoding="utf-8")
        terminal.types("fg\r")
        terminal.sees(" GO ")
        terminal.types("i and after")
        terminal.sees("typed before and after")
        terminal.types("\x18\x1a")
        terminal.until(lambda: terminal.received.count(b"Stopped") == 2, "it to stop again")
        terminal.types("fg\r")
        terminal.sees("typed before and after")
        terminal.types("\x1b")
        terminal.sees(" GO ")
        prompts = terminal.received.count(b"ready>")
        terminal.types("q")
        terminal.until(lambda: terminal.received.count(b"ready>") > prompts, "the shell")
        terminal.types("exit $?\r")
        assert terminal.ends() == 0
    assert "typed before and after" in sample.read_text(encoding="utf-8")


def test_where_no_shell_waits_ctrl_z_says_so_and_stops_nothing(sample: Path) -> None:
    with Terminal(str(sample)) as terminal:
        terminal.sees("Agenda")
        terminal.types("\x1a")
        terminal.sees("no shell waits for this program")
        terminal.types("q")
        assert terminal.ends() == 0


async def test_timers_that_ring_once_the_screens_are_gone_harm_nobody(sample: Path, clock: Clock) -> None:
    async with desk(sample, clock) as at:
        app = at.app
    assert app.live is None
    app.company._take_seat()
    app.company.leave()
    app._show_trouble()
    app.ending.look()
    await app.key_queue._drained(app.key_queue._turn, 2)


async def test_what_is_told_while_the_screens_are_taken_apart_is_shown_nowhere(
    sample: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[bool] = []
    async with desk(sample, clock) as at:
        app = at.app

        def unmounted(live: LiveScreen) -> None:
            told.append(bool(live.children))
            app._follow()  # as when the saving thread has just saved
            app.company._show()
            app.half_typed.look()

        monkeypatch.setattr(LiveScreen, "on_unmount", unmounted, raising=False)
    assert told == [False]


async def test_a_mistake_ends_the_app_but_no_process_that_is_not_its_own(sample: Path, clock: Clock) -> None:
    async def mistaken() -> None:
        async with desk(sample, clock) as at:
            at.app.call_later(lambda: 1 // 0)
            await at.pilot.pause()

    before = set(threading.enumerate())
    with pytest.raises(ZeroDivisionError):
        await mistaken()
    assert not [thread for thread in set(threading.enumerate()) - before if thread.name == "dmlt-tui ending"]
