"""Who wants to speak on an item, who speaks, and since when. It lasts as long as the screen does, and is not saved."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.meeting.words import name_of


class Speakers(Struct, frozen=True):
    """The queue of an item: those waiting in order, who speaks (a name, or @handle), and since when (aware)."""

    waiting: tuple[str, ...] = ()
    speaking: str = ""
    since: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.waiting or self.speaking)


def raise_hand(queue: Speakers, who: str) -> Speakers:
    """Put somebody at the end of the queue, once."""
    return queue if who in queue.waiting else replace(queue, waiting=(*queue.waiting, who))


def lower_hand(queue: Speakers, who: str = "") -> Speakers:
    """Take somebody out of the queue; without a name, the last in it."""
    wanted = who or next(reversed(queue.waiting), "")
    return replace(queue, waiting=tuple(one for one in queue.waiting if one != wanted))


def call_next(queue: Speakers, now: datetime) -> Speakers:
    """Let the first of the queue speak, from `now` on; with nobody waiting, let nobody speak."""
    if not queue.waiting:
        return Speakers()
    return Speakers(queue.waiting[1:], queue.waiting[0], now)


def speaker_words(notebook: Notebook, queue: Speakers, now: datetime) -> str:
    """The queue in a line: "Fritz Mueller speaks, 2 min; then Wil O'Mullane, Tim Jenness"."""
    names = [name_of(notebook, who[1:]) if who.startswith("@") else who for who in queue.waiting]
    parts = []
    if queue.speaking and queue.since is not None:
        who = name_of(notebook, queue.speaking[1:]) if queue.speaking.startswith("@") else queue.speaking
        parts.append(f"{who} speaks, {max(int((now - queue.since).total_seconds()), 0) // 60} min")
    if names:
        parts.append(f"{'then' if parts else 'waiting:'} {', '.join(names)}")
    return "; ".join(parts)
