"""Keys reach the app by its own loop, in order and whole, however reading begins and ends."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import threading
import tty
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from support.terminal import PATIENCE
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.geometry import Size
from textual.message import Message

from dmlt_tui.tui import prompt_driver
from dmlt_tui.tui.prompt_driver import PromptDriver


class Ears:
    """Stands for an app: hears keys, and of the end of the terminal."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.threads: set[int] = set()
        self.lost = 0
        self.size = Size(0, 0)

    async def _post_message(self, message: Message) -> None:
        self.post_message(message)

    def hear(self, message: Message) -> None:
        self.post_message(message)

    def post_message(self, message: Message) -> None:
        if isinstance(message, events.Resize):
            self.size = message.size
        if isinstance(message, events.Key):
            self.keys.append(message.key)
            self.threads.add(threading.get_ident())

    def call_later(self, call: Callable[[], None]) -> None:
        call()

    def panic(self) -> None:
        self.lost += 1

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not condition():
                await asyncio.sleep(0.01)


class Desk:
    """A driver at the near end of a terminal; somebody types at the far end."""

    def __init__(self) -> None:
        self.far, self.near = pty.openpty()
        tty.setraw(self.near)
        self.app = Ears()
        self.driver: PromptDriver | None = None

    def begin(self) -> PromptDriver:
        driver = self.driver = PromptDriver(cast("App[Any]", self.app), mouse=False)
        driver.fileno = self.near
        driver._key_thread = threading.Thread(target=driver._run_input_thread)
        driver._key_thread.start()
        return driver

    def take_over(self) -> PromptDriver:
        driver = self.driver = PromptDriver(cast("App[Any]", self.app), mouse=False)
        driver.fileno = self.near
        driver._file = open(self.near, "w", closefd=False)  # noqa: SIM115 - the driver's own to write to
        driver.start_application_mode()
        return driver

    def types(self, keys: bytes) -> None:
        os.write(self.far, keys)


@pytest.fixture
def at() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    if desk.driver is not None:
        desk.driver.disable_input()
    os.close(desk.near)
    if desk.far >= 0:
        os.close(desk.far)


async def test_keys_come_in_their_order_and_a_lone_esc_once_nothing_follows(at: Desk) -> None:
    at.begin()
    at.types("aé\x1b[Ab\x1b".encode())
    await at.app.until(lambda: len(at.app.keys) == 5)
    assert at.app.keys == ["a", "é", "up", "b", "escape"]
    assert at.app.threads == {threading.get_ident()}


async def test_a_letter_may_come_byte_by_byte(at: Desk) -> None:
    driver = at.begin()
    await at.app.until(lambda: driver._terminal)
    assert driver._terminal is not None
    for byte in "é漢".encode():
        at.types(bytes([byte]))
        driver._read(driver._terminal)
    assert at.app.keys == ["é", "漢"]


async def test_what_somebody_else_has_read_is_not_waited_for(at: Desk) -> None:
    driver = at.begin()
    await at.app.until(lambda: driver._terminal)
    assert driver._terminal is not None
    driver._read(driver._terminal)
    assert at.app.keys == []
    assert not at.app.lost


async def test_what_was_typed_before_reading_ends_arrives_and_later_keys_do_after_it_begins_again(at: Desk) -> None:
    driver = at.begin()
    await at.app.until(lambda: driver._terminal)
    at.types(b"a")
    driver.disable_input()
    assert at.app.keys == ["a"]
    driver = at.begin()
    at.types(b"b")
    await at.app.until(lambda: at.app.keys == ["a", "b"])


async def test_the_end_of_a_terminal_is_told_once(at: Desk) -> None:
    at.begin()
    at.types(b"a")
    await at.app.until(lambda: at.app.keys)
    os.close(at.far)
    at.far = -1
    await at.app.until(lambda: at.app.lost)
    for _ in range(3):  # turns of the loop, each of which would find it again
        await asyncio.sleep(0)
    assert at.app.lost == 1


async def test_of_two_sizes_at_once_the_last_is_told_last(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = [(80, 24)]

    def size(_: PromptDriver) -> tuple[int, int]:
        found = sizes[0]
        if len(sizes) > 1:
            sizes.pop(0)
            os.kill(os.getpid(), signal.SIGWINCH)  # whoever reads it is interrupted before they can tell it
        return found

    monkeypatch.setattr(PromptDriver, "_get_terminal_size", size)
    before = signal.getsignal(signal.SIGWINCH)
    driver = at.take_over()
    try:
        await at.app.until(lambda: at.app.size == (80, 24))
        sizes.extend([(3, 3), (100, 30)])
        sizes.pop(0)
        os.kill(os.getpid(), signal.SIGWINCH)
        await at.app.until(lambda: at.app.size == (100, 30))
    finally:
        driver.stop_application_mode()
        driver.close()
        signal.signal(signal.SIGWINCH, before)


async def test_bytes_that_are_no_text_end_nothing(at: Desk) -> None:
    at.begin()
    at.types(b"a\xffb")
    await at.app.until(lambda: len(at.app.keys) == 3)
    assert at.app.keys[::2] == ["a", "b"]


async def test_a_terminal_that_cannot_be_opened_once_more_is_read_by_a_thread(
    at: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompt_driver, "opened_again", lambda *_: None)
    at.begin()
    at.types(b"a")
    await at.app.until(lambda: at.app.keys == ["a"])
    assert threading.get_ident() not in at.app.threads


def test_textual_reads_itself_where_it_looks_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert prompt_driver.prompt_driver() is PromptDriver
    monkeypatch.setattr(XTermParser, "feed", lambda self, text, more: [])
    assert prompt_driver.prompt_driver() is None
