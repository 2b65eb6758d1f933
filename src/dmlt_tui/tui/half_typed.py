"""The line that stands half typed in a field, on any screen: kept while it stands there, asked again at the next start.

It is no part of the notebook until it is answered, so it is kept as a draft of this user's (store/drafts.py), however
the program ends. At the next start the command that asked for it asks again, with the words in its field. Where that
can't be, as its item is gone or it was about a row of a list, a question takes the words into the notes. Of several
lines, as two desks were killed, each is asked once its meeting is shown and the one before was answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dmlt_tui.meeting.words import day_words
from dmlt_tui.store.drafts import Draft, Drafts
from dmlt_tui.tui.question import Question
from dmlt_tui.tui.whereabouts import Whereabouts
from dmlt_tui.tui.widgets.prompt import Asked, PromptInput

if TYPE_CHECKING:
    from textual.screen import Screen

    from dmlt_tui.meeting.model import Meeting
    from dmlt_tui.tui.app import DmltApp
    from dmlt_tui.tui.screens.live import LiveScreen


class HalfTyped:
    """The half typed line of one app, and those that wait to be asked again.

    Unless the app may begin `anywhere`, the meeting it begins with is shown, and lines of others wait until theirs is.
    """

    def __init__(self, app: DmltApp, *, anywhere: bool) -> None:
        self._app = app
        self._anywhere = anywhere
        self._waiting: set[str] = set()  # ids of meetings where lines wait; empty of one that is gone
        self._drafts = Drafts(app.notebook.path)
        self._asked: Asked | None = None
        self._place = Whereabouts()  # where it was asked: others may move the floor meanwhile, and the desk with it

    def look(self) -> None:
        """Have what stands half typed kept, and ask what waits where nothing does; to be called after each key.

        Does not wait for the disk, but for what waits.
        """
        if self._app.is_leaving:
            return
        self._keep()
        live = self._app.live
        if self._waiting and live is not None and not live.typing and self._ask_next(live, self._here(live)):
            live.say("this stood half typed too")

    def keep_now(self) -> None:
        """Keep it before this returns, as the program is about to end."""
        if not self._app.is_leaving:
            self._keep()
        self._drafts.flush()

    def leave(self) -> None:
        """Leave it to the next start."""
        self._drafts.close()

    def _keep(self) -> None:
        self._drafts.keep(self._standing())

    def _standing(self) -> Draft | None:
        for screen in reversed(self._app.screen_stack):
            for field in screen.query(PromptInput):
                if (asked := field.asked) is None:
                    continue
                if asked is not self._asked:
                    self._asked, self._place = asked, self._app.whereabouts
                if field.half_typed:
                    return Draft(asked.label, field.value, asked.command, self._place.meeting, self._place.item)
        return None

    def resume(self, live: LiveScreen) -> Sequence[str]:
        """Ask again what stood half typed when the program was ended; gives what is to be said of it."""
        if self._app.notebook.read_only:
            return ()
        meetings = [self._meeting_of(draft) for draft in self._drafts.waiting()]
        self._waiting.update(meetings)
        first = {meetings[0]} if self._anywhere and meetings else self._here(live)
        said = ["this stood half typed when the program ended"] if self._ask_next(live, first) else []
        elsewhere = (one for one in live.desk.value.meetings if one.id in self._waiting - self._here(live))
        return [*said, *(f"a half typed line waits in {_short(one)}" for one in elsewhere)]

    def _ask_next(self, live: LiveScreen, meetings: set[str]) -> bool:
        """Ask the newest line that waits in these; whether there is one, and words about it can be seen."""
        if not meetings & self._waiting:
            return False
        draft = self._drafts.take_up(lambda draft: self._meeting_of(draft) in meetings)
        if draft is None:
            self._waiting -= meetings
            return False
        live.end_burst()
        live.desk.go_back(Whereabouts(draft.meeting, draft.item))
        live.refresh_all()
        command = next((one for one in self._app.commands if one.id == draft.command), None)
        if command is not None and live.desk.whereabouts.item == draft.item and command.why_not(live) is None:
            command.run(live)
        if self._app.live is not live:  # a screen of its own, which is not there yet, and covers what would be said
            top = self._app.screen_stack[-1]
            top.call_after_refresh(self._write, top, draft.words)
            return False
        if not live.asking:
            live.ask(_left_over(live, draft.label))
        self._write(live, draft.words)
        return True

    def _meeting_of(self, draft: Draft) -> str:
        return draft.meeting if self._app.notebook.value.meeting(draft.meeting) else ""

    def _here(self, live: LiveScreen) -> set[str]:
        """The meeting shown; what was asked in one that is gone can be asked in any."""
        return {"", live.desk.whereabouts.meeting}

    def _write(self, screen: Screen[Any], words: str) -> None:
        for field in screen.query(PromptInput):
            field.write(words)
        self._keep()


def _short(meeting: Meeting) -> str:
    return f"the meeting of {day_words(meeting.first_day)}" if meeting.first_day else meeting.title


def _left_over(live: LiveScreen, label: str) -> Question:
    """Ask what is to become of a line that can't be asked for again as it was."""
    from dmlt_tui.tui.capturing import adding_line
    from dmlt_tui.tui.company import keep_text

    add = adding_line(live, "half typed")

    def explain(_words: str) -> str:
        item = live.desk.item
        where = f"writes it into the notes of {item.title}" if item else "keeps it in a file"
        return f"Enter {where}, Esc drops it"

    def answer(words: str) -> str | None:
        if not words.strip():
            return None
        if live.desk.item is not None:
            return add(f"- {words.strip()}")
        try:
            live.say(f"kept in {keep_text(label, words)}")
        except OSError as error:
            return f"it can't be kept: {error.strerror or error}"
        return None

    return Question(label, explain, answer)
