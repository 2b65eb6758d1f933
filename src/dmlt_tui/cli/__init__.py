"""The command line: data on stdout, talk on stderr; exit code 0 when done, 1 when it failed, 2 when called wrongly.

The modules with commands import click alone, and the rest only when a command runs: `--version`, `--help` and the
shell's completion stay quick. Textual is imported only to open the app.
"""

from dmlt_tui.cli.program import main

__all__ = ["main"]
