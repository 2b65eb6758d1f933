"""An app that leaves its notebook and its terminal in order, however it ends (see ending.py)."""

from __future__ import annotations

from contextlib import suppress

from dmlt_tui.store import crash
from dmlt_tui.store.errors import StoreError, one_line
from dmlt_tui.store.notebook import OpenNotebook, SaveKind
from dmlt_tui.tui.ending import Ending, last_words
from dmlt_tui.tui.painting import LeanApp
from dmlt_tui.tui.prompt_driver import prompt_driver
from dmlt_tui.tui.prompt_writer import write_at_once


class OrderlyApp(LeanApp[int], inherit_bindings=False):
    """An app over an open notebook. `ending` sees to its end."""

    def __init__(self, notebook: OpenNotebook) -> None:
        super().__init__(driver_class=prompt_driver())
        self.notebook = notebook
        self.ending = Ending(self)

    def on_load(self) -> None:
        """Before the terminal is taken over: be ready for whatever may end the session."""
        write_at_once()
        self.ending.begin()

    def on_mount(self) -> None:
        """Once the driver has taken the terminal: mind what it does not."""
        self.ending.mind_stops()
        self.set_interval(1.0, self.let_time_pass)

    def let_time_pass(self) -> None:
        """Called once a second, by the only clock: each would be a task of its own that wakes the process."""
        self.ending.look()

    @property
    def is_leaving(self) -> bool:
        """Whether the app is being left: its screens are taken apart, and nothing can be shown on them any more."""
        return self._exit

    async def _shutdown(self) -> None:
        self._exit = True  # however it came to this: no timer rings from here on
        await super()._shutdown()

    def take_typing(self) -> None:
        """Put into the notebook all that stands typed anywhere, as the program is about to end. Here nothing is."""

    def say(self, words: str) -> None:
        """Say something on the screen. Here there is no place for it."""

    def _handle_exception(self, error: Exception) -> None:
        self.ending.crashed(error)
        super()._handle_exception(error)
        self._return_code = crash.EXIT_CODE

    def _fatal_error(self) -> None:  # Textual would show a traceback, with the values of variables
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """End at once because of an error, which is not shown: it may hold anybody's notes."""
        del renderables
        self.ending.keys_lost()
        self._close_messages_no_wait()

    def run_to_the_end(self) -> int:
        """Run until it is left or ended, save and let the notebook go; gives the exit code. Once in a process."""
        self.ending.listen()
        try:
            result = self.run(mouse=False)
        finally:
            with suppress(StoreError):  # said below
                self.notebook.close(turns=1)
        code, words = self._account(result if isinstance(result, int) else self.return_code or 0)
        last_words(words)
        return code

    def _account(self, code: int) -> tuple[int, str]:
        """The exit code, and what the person at the terminal should know."""
        state, unsaved = self.notebook.state, ""
        if state.kind is SaveKind.FAILED and not self.notebook.read_only:
            unsaved = f"{state.message}\n"
        if self.ending.code == crash.EXIT_CODE:
            kept = unsaved or f"everything typed is saved in {one_line(str(self.notebook.path))}\n"
            report = f"{crash.reported(self.ending.report)}\n"
            return crash.EXIT_CODE, f"dmlt-tui has crashed\n{kept}{report}"
        return self.ending.code or (1 if unsaved else code), unsaved
