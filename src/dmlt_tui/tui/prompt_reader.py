"""Input that reaches the app at once.

Textual (8.2) makes a task of its own of each key, so that the event loop goes round twice more for it. Here a key is
put straight into the queue of the app.
"""

from __future__ import annotations

from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump

from dmlt_tui.tui.painting import unlike


def read_at_once() -> None:
    """Have Textual's drivers send what they read by `_send`, where they are as this module expects."""
    if App._post_message is MessagePump._post_message and not unlike(
        {Driver.send_message: "self message", App._post_message: "self message", App.post_message: "self message"}
    ):
        Driver.send_message = _send  # type: ignore[method-assign]


def _send(self: Driver, message: Message) -> None:
    self._loop.call_soon_threadsafe(self._app.post_message, message)
