"""Output goes out at once, in order and whole, whether the terminal takes it or not."""

from __future__ import annotations

import os
import pty
import select
import termios
import tty
from collections.abc import Iterator

import pytest
from support.terminal import PATIENCE
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread

from dmlt_tui.tui.prompt_writer import PromptWriter, write_at_once

LONG = "é" * 150_000  # more than a terminal takes while nobody reads


class Ends:
    """Both ends of a terminal: what is written at one is read at the other."""

    def __init__(self) -> None:
        self.far, near = pty.openpty()
        tty.setraw(near)
        self.near = os.fdopen(near, "w", encoding="utf-8")

    def read(self, size: int) -> str:
        data = b""
        while len(data) < size and select.select([self.far], [], [], PATIENCE)[0]:
            data += os.read(self.far, size - len(data))
        return data.decode()


@pytest.fixture
def ends() -> Iterator[Ends]:
    both = Ends()
    yield both
    os.close(both.far)
    both.near.close()


def test_what_the_terminal_takes_is_there_before_any_thread_runs(ends: Ends) -> None:
    PromptWriter(ends.near).write("é")
    assert ends.read(2) == "é"


def test_what_it_does_not_take_is_written_later_in_order_and_nobody_waits(ends: Ends) -> None:
    writer = PromptWriter(ends.near)
    writer.start()
    writer.write(LONG)
    for letter in "abc":
        writer.write(letter)  # returns, though nobody has read anything
    whole = LONG + "abc"
    assert ends.read(len(whole.encode())) == whole
    writer.write("d")
    writer.stop()
    assert ends.read(1) == "d"


def test_what_was_dropped_is_not_written_when_the_terminal_takes_something_again(ends: Ends) -> None:
    writer = PromptWriter(ends.near)
    writer.start()
    writer.write(LONG)
    writer.drop()
    termios.tcflush(ends.near, termios.TCOFLUSH)
    os.write(ends.near.fileno(), b"last")  # waits for nobody
    read = b""
    while select.select([ends.far], [], [], 0.1)[0]:
        read += os.read(ends.far, 65536)
    assert read.endswith(b"last")
    assert len(read) < len(LONG)


def test_without_a_terminal_the_thread_writes_all() -> None:
    far, near = os.pipe()
    with os.fdopen(near, "w", encoding="utf-8") as file:
        writer = PromptWriter(file)
        writer.start()
        writer.write("é")
        writer.stop()
        assert os.read(far, 2).decode() == "é"
    os.close(far)


def test_a_driver_that_looks_otherwise_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linux_driver, "WriterThread", WriterThread)
    monkeypatch.setattr(WriterThread, "write", lambda self, text, more: None)
    write_at_once()
    assert vars(linux_driver)["WriterThread"] is WriterThread
    monkeypatch.undo()
    monkeypatch.setattr(linux_driver, "WriterThread", WriterThread)
    write_at_once()
    assert vars(linux_driver)["WriterThread"] is PromptWriter
