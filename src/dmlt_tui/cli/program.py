"""The program: its commands, and a FILE in the place of a command."""

from __future__ import annotations

import difflib
import os
import signal
import sys
from pathlib import Path

import click
from click.shell_completion import CompletionItem

from dmlt_tui import __version__
from dmlt_tui.cli import (
    actions,
    adding,
    checking,
    config,
    floor,
    history,
    imports,
    keys,
    meetings,
    opening,
    options,
    pages,
    people,
    plan,
    review,
    stats,
)

_EXAMPLES = """\
dmlt-tui demo                       look around in a copy of a meeting
dmlt-tui minutes.json               open this notebook, old or new
dmlt-tui                            open yours: $DMLT_FILE or the usual place
dmlt-tui actions minutes.json       what is to be done, and by whom
dmlt-tui export minutes.json        the newest meeting as a wiki page
"""


class Program(click.Group):
    """A group of commands whose first argument may also be the notebook to open."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples, then the text."""
        options.write_examples(formatter, _EXAMPLES)
        super().format_help_text(ctx, formatter)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a first word that is none, and looks like a file, is a notebook to open."""
        word = args[0]
        if self.get_command(ctx, word) is not None:
            return super().resolve_command(ctx, args)
        if not _names_file(word):
            ctx.fail(self._unknown(ctx, word))
        return "", opening.open_file, args

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a mistake of the program's own ends in words and a report, not in a traceback.

        Python's development mode (python -X dev) shows the traceback.
        """
        try:
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
        return [CompletionItem(incomplete, type="file"), *super().shell_complete(ctx, incomplete)]

    def _unknown(self, ctx: click.Context, word: str) -> str:
        near = difflib.get_close_matches(word, self.list_commands(ctx), n=1)
        meant = f"; did you mean {near[0]!r}?" if near else "."
        return f"There is no command or file {word!r}{meant} A new notebook of that name is given as {'./' + word!r}"


def _say_crashed(error: Exception) -> None:
    from dmlt_tui.store.crash import report, reported

    what = "ran out of memory" if isinstance(error, MemoryError) else "has ended by a mistake of its own"
    click.echo(f"dmlt-tui {what}\n{reported(report(error))}", err=True)


def _names_file(word: str) -> bool:
    return os.sep in word or bool(Path(word).suffix) or Path(word).exists()


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

    A notebook that is named like a command is given as ./list
    """
    if ctx.invoked_subcommand is None:
        opening.open_default()


for command in (
    opening.demo,
    meetings.new,
    meetings.list_meetings,
    meetings.show,
    checking.check,
    history.history,
    history.restore,
    plan.plan,
    plan.ics,
    stats.stats,
    actions.actions,
    adding.add,
    review.review,
    people.people,
    floor.brief,
    pages.export,
    pages.convert,
    imports.import_page,
    keys.keys,
    config.config,
):
    main.add_command(command)
