"""The program: its commands, and a FILE in the place of a command."""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from dmlt_tui import __version__
from dmlt_tui.cli import options

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_EXAMPLES = """\
dmlt-tui demo                       look around in a sample meeting
dmlt-tui minutes.json               open or create this notebook
dmlt-tui                            open your own notebook
dmlt-tui actions minutes.json       who has to do what by when
dmlt-tui export minutes.json        the newest meeting as a wiki page
"""


# Command, and the module and function that is it: a command's module is loaded when it is named.
_COMMANDS = {
    "demo": "opening.demo",
    "new": "meetings.new",
    "list": "meetings.list_meetings",
    "show": "meetings.show",
    "check": "checking.check",
    "history": "history.history",
    "restore": "history.restore",
    "plan": "plan.plan",
    "ics": "plan.ics",
    "stats": "stats.stats",
    "actions": "actions.actions",
    "add": "adding.add",
    "review": "review.review",
    "people": "people.people",
    "brief": "floor.brief",
    "follow": "opening.follow",
    "export": "pages.export",
    "convert": "pages.convert",
    "import": "imports.import_page",
    "keys": "keys.keys",
    "config": "config.config",
    "completion": "completing.completion",
    "doctor": "doctor.doctor",
}


class Program(click.Group):
    """A group of commands whose first argument may also be the notebook to open."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples, then the text."""
        options.write_examples(formatter, _EXAMPLES)
        super().format_help_text(ctx, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was given; a word of it may be a file's name, with anything in it."""
        with _in_one_line():
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, sorted."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command; None when there is none of this name."""
        del ctx
        return _load(_COMMANDS[cmd_name]) if cmd_name in _COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a first word that is none, and looks like a file, is a notebook to open."""
        word = args[0]
        if word in _COMMANDS:
            return super().resolve_command(ctx, args)
        if not _names_file(word):
            ctx.fail(self._unknown(ctx, word))
        return "", _load("opening.open_file"), args

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a mistake of the program's own ends in words and a report, not in a traceback.

        Python's development mode (python -X dev) shows the traceback.
        """
        try:
            with _in_one_line():
                return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            ctx.exit(128 + signal.SIGINT)
        except Exception as error:
            if sys.flags.dev_mode:
                raise
            _say_crashed(error)
            from dmlt_tui.store.crash import EXIT_CODE

            ctx.exit(EXIT_CODE)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete commands, and files where no command fits; bash wants the files named first."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, incomplete)]

    def _unknown(self, ctx: click.Context, word: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(word, self.list_commands(ctx), n=1)
        meant = f"; did you mean {near[0]!r}?" if near else "."
        return f"There is no command or file {word!r}{meant} A new notebook of that name is given as {'./' + word!r}"


def end_with(error: BaseException) -> NoReturn:
    """End as a command does that raised this error."""

    def failing() -> None:
        from dmlt_tui.cli.opening import refusing

        with refusing():
            raise error

    Program(callback=failing, invoke_without_command=True).main([])
    raise AssertionError("click has ended the program")


@contextmanager
def _in_one_line() -> Iterator[None]:
    """Have what a command refuses with in one printable line, whatever names of files are in it."""
    try:
        yield
    except click.ClickException as error:
        from dmlt_tui.store.errors import one_line

        error.message = one_line(error.message)  # type: ignore[misc]  # final, but read only when it is shown
        raise


def _load(place: str) -> click.Command:
    module, _, name = place.partition(".")
    command: click.Command = getattr(importlib.import_module(f"dmlt_tui.cli.{module}"), name)
    return command


def _say_crashed(error: Exception) -> None:
    from dmlt_tui.store.crash import report, reported

    what = "ran out of memory" if isinstance(error, MemoryError) else "has crashed"
    click.echo(f"dmlt-tui {what}\n{reported(report(error))}", err=True)


def _names_file(word: str) -> bool:
    try:
        return os.sep in word or bool(Path(word).suffix) or Path(word).exists()
    except OSError:  # no command is called like this
        return True


@click.command(
    cls=Program,
    invoke_without_command=True,
    options_metavar="",
    subcommand_metavar="[FILE | COMMAND ...]",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="dmlt-tui %(version)s")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Run live leadership meetings in a terminal.

    A notebook named like a command is given as ./list
    """
    if ctx.invoked_subcommand is None:
        from dmlt_tui.cli import opening

        opening.open_default()
