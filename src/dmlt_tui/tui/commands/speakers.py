"""Commands on the queue of those who want to speak; nothing of it has to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dmlt_tui.tui.commands.base import Command

if TYPE_CHECKING:
    from dmlt_tui.meeting.speakers import Speakers
    from dmlt_tui.tui.screens.live import LiveScreen


class _OnQueue(Command):
    def why_not(self, live: LiveScreen) -> str | None:
        """An item is needed, the one on the floor or the one shown."""
        return None if live.desk.spoken_on else "there is no item to speak on"

    def put(self, live: LiveScreen, queue: Speakers) -> None:
        """Keep and show the queue as it is now."""
        live.desk.speakers = queue
        live.agenda.show_speakers()
        live.say(live.desk.speaker_words() or "nobody is waiting to speak")


class RaiseHand(_OnQueue):
    """Add somebody to the queue of speakers on the current item."""

    id = "raise-hand"
    keys = ("+",)

    def run(self, live: LiveScreen) -> None:
        """Ask who."""
        from dmlt_tui.meeting.agenda_lines import guests_from
        from dmlt_tui.meeting.speakers import raise_hand
        from dmlt_tui.meeting.words import guest_words
        from dmlt_tui.tui.arranging import ask_line

        def do(names: tuple[str, ...]) -> None:
            queue = live.desk.speakers
            for name in names:
                queue = raise_hand(queue, name)
            self.put(live, queue)

        book = live.desk.value
        ask_line(
            live,
            "wants to speak",
            "",
            "a name, or several with commas",
            lambda words: guests_from(book, words),
            lambda names: guest_words(book, names),
            do,
        )


class LowerHand(_OnQueue):
    """Remove the last one from the queue of speakers."""

    id = "lower-hand"
    keys = ("-",)

    def run(self, live: LiveScreen) -> None:
        """Take them out."""
        from dmlt_tui.meeting.speakers import lower_hand

        self.put(live, lower_hand(live.desk.speakers))


class CallNext(_OnQueue):
    """Call the first in the queue and start their clock. With nobody waiting, stop the last speaker's clock."""

    id = "call-next"
    keys = ("c",)

    def run(self, live: LiveScreen) -> None:
        """Call them."""
        from dmlt_tui.meeting.speakers import call_next

        self.put(live, call_next(live.desk.speakers, live.desk.now()))
