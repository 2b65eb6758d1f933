"""Keys go straight into the queue of the app, where Textual is as expected."""

from __future__ import annotations

import pytest
from textual.app import App
from textual.driver import Driver

from dmlt_tui.tui.prompt_reader import read_at_once

SEND = Driver.send_message


def test_textual_sends_keys_itself_where_it_looks_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Driver, "send_message", SEND)
    with monkeypatch.context() as other:
        other.setattr(App, "_post_message", lambda self, message, more: None)
        read_at_once()
        assert Driver.send_message is SEND
    read_at_once()
    assert Driver.send_message is not SEND
