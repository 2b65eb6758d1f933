"""The script with which a shell completes words."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put

_WHERE = """\
dmlt-tui completion bash >> ~/.bashrc
dmlt-tui completion zsh >> ~/.zshrc
dmlt-tui completion fish > ~/.config/fish/completions/dmlt-tui.fish"""


@click.command(cls=options.Command, example=_WHERE)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a script that lets your shell complete commands, options, files, meetings and people."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.ClickException(f"There is no completion for {shell}")
    whole = ctx.find_root().command
    for name in ("dmlt-tui", "dmlt"):
        complete = kind(whole, {}, name, f"_{name.replace('-', '_').upper()}_COMPLETE")
        put(complete.source_template % complete.source_vars())
