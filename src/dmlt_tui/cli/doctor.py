"""What the terminal can do: `dmlt-tui doctor`."""

from __future__ import annotations

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put, put_json


@click.command(cls=options.Command, example="dmlt-tui doctor")
@click.option("--json", "as_json", is_flag=True, help="As JSON: topic, judgement, words and change of every finding.")
def doctor(*, as_json: bool) -> None:
    """Tell how clipboard, colours, letters and keys work in this terminal, tmux or screen.

    Where something can be improved, the exact line to change follows. Nothing is changed by itself.
    """
    import os
    import sys

    from msgspec.structs import asdict

    from dmlt_tui.clipboard.doctor import Judgement, ask, findings

    terminal = sys.stdin.fileno() if sys.stdin is not None and sys.stdin.isatty() else None
    found = findings(os.environ, ask(os.environ, terminal))
    if as_json:
        put_json([asdict(finding) for finding in found])
        return
    signs = {Judgement.GOOD: "ok  ", Judgement.MIND: "note", Judgement.BAD: "bad "}
    lines = []
    for finding in found:
        lines.append(f"{signs[finding.judgement]}  {finding.topic:<10} {finding.words}")
        if finding.change:
            lines.append(f"{'':<17}change: {finding.change}")
    put("\n".join(lines))
