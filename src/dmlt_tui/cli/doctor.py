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
    import shutil
    import sys
    import textwrap

    from msgspec.structs import asdict

    from dmlt_tui.clipboard.doctor import Judgement, ask, findings

    terminal = sys.stdin.fileno() if sys.stdin is not None and sys.stdin.isatty() else None
    found = findings(os.environ, ask(os.environ, terminal))
    if as_json:
        put_json([asdict(finding) for finding in found])
        return
    signs = {Judgement.GOOD: "ok  ", Judgement.MIND: "note", Judgement.BAD: "bad "}
    width, lines = min(shutil.get_terminal_size((100, 24)).columns, 110), []
    for finding in found:
        lead = f"{signs[finding.judgement]}  {finding.topic:<10} "
        lines += textwrap.wrap(lead + finding.words, max(width, 40), subsequent_indent=" " * 17, break_on_hyphens=False)
        if finding.change:
            lines.append(f"{'':<17}change: {finding.change}")
    put("\n".join(lines))
