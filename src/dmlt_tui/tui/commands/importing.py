"""The command that reads a page of the wiki back."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from dmlt_tui.clipboard.files import named
from dmlt_tui.store.errors import one_line, why
from dmlt_tui.tui.commands.base import Command
from dmlt_tui.tui.question import Question

if TYPE_CHECKING:
    from dmlt_tui.tui.screens.live import LiveScreen

_HOW = "a file (storage format, saved page, Markdown, text), or the page pasted"


class ImportPage(Command):
    """Import minutes or a wiki page; shows what was understood before anything is written."""

    id = "import"
    keys = ("X",)

    def run(self, live: LiveScreen) -> None:
        """Ask for the page, then show the preview."""

        def explain(words: str) -> str:
            if not words.strip():
                return _HOW
            path = _path(words)
            return _unfit(path) or one_line(f"reads {path}")

        def answer(words: str) -> str | None:
            if not words.strip():
                return None
            text, trouble = _read(_path(words))
            if not trouble:
                _preview(live, text, _path(words).stem)
            return trouble or None

        def pasted(text: str) -> None:
            _preview(live, text, "what was pasted")

        live.ask(Question("page", explain, answer, pasted=pasted, command=self.id))


def _path(words: str) -> Path:
    return named(words.strip().strip("'\"")).absolute()


def _unfit(path: Path) -> str:
    """Why no page is read from there, "" where one may be: a pipe or a device would be waited for."""
    try:
        return "" if stat.S_ISREG(path.stat().st_mode) else one_line(f"{path}: not a regular file")
    except OSError as error:
        return one_line(f"{path}: {why(error)}")


def _read(path: Path) -> tuple[str, str]:
    """The text of a file, or what is wrong with it."""
    from dmlt_tui.page.reading.errors import ReadError, check_size, decoded

    if trouble := _unfit(path):
        return "", trouble
    try:
        check_size(path.stat().st_size)
        return decoded(path.read_bytes()), ""
    except OSError as error:
        return "", one_line(f"{path}: {why(error)}")
    except ReadError as error:
        return "", one_line(f"{path.name}: {error}")


def _preview(live: LiveScreen, text: str, name: str) -> None:
    from dmlt_tui.page.reading.preview import Preview
    from dmlt_tui.tui.screens.importing import ImportScreen

    def taken(found: Preview | None) -> None:
        live.refresh_all()
        if found is not None:
            live.show_meeting(found.meeting_id)
            live.say("page imported   u undoes it")

    live.commit()
    live.app.push_screen(ImportScreen(live.desk, text, name), taken)
