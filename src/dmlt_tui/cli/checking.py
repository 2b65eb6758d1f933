"""The command check, which can also repair."""

from __future__ import annotations

from pathlib import Path

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put, put_json, say, saying_if_it_takes_long


@click.command(cls=options.Command, example="dmlt-tui check minutes.json\ndmlt-tui check --repair minutes.json")
@options.notebook_file
@click.option("--repair", is_flag=True, help="Write what can be read of a damaged file to a new file.")
@click.option(
    "--output",
    "-o",
    metavar="NEW",
    type=click.Path(path_type=Path, readable=False),
    help="With --repair, the new file; default: one beside FILE.",
)
@options.as_json
@click.pass_context
def check(ctx: click.Context, file: Path, output: Path | None, *, repair: bool, as_json: bool) -> None:
    """Check a notebook for errors.

    Every finding is one line; the exit code is 1 when there are any. With --repair every loss is one line, the exit
    code is 0 when the new file was written, and FILE stays as it is.
    """
    if not repair:
        if output is not None:
            ctx.fail("-o needs --repair.")
        if _put_findings(file, as_json=as_json):
            ctx.exit(1)
        return
    from dmlt_tui.cli.notebooks import store_errors_in_one_line
    from dmlt_tui.store.repair import repair as write_repaired

    with store_errors_in_one_line(), saying_if_it_takes_long(f"{file}: reading what is left of it ..."):
        repaired = write_repaired(file, output)
    if as_json:
        put_json(
            {
                "written": str(repaired[0]) if repaired else None,
                "lost": repaired[1].lost if repaired else [],
                "mended": repaired[1].mended if repaired else [],
            }
        )
        return
    if repaired is None:
        say(f"{file}: nothing to repair; nothing was written")
        return
    new, found = repaired
    for line in found.lost:
        put(line)
    for line in found.mended:
        say(f"put right: {line}")
    items = sum(1 for meeting in found.value.meetings for _ in meeting.items)
    lost = "the lines above say what was lost" if found.lost else "nothing was lost"
    say(f"{new}: {len(found.value.meetings)} meetings with {items} items, {len(found.value.people)} people; {lost}")


def _put_findings(file: Path, *, as_json: bool) -> bool:
    """Print what is wrong in a notebook that can be read; tells whether there was anything."""
    from dmlt_tui.cli.notebooks import read
    from dmlt_tui.meeting.findings import findings
    from dmlt_tui.store.errors import one_line

    found = findings(read(file))
    if as_json:
        put_json([{"place": finding.place, "words": finding.words} for finding in found])
    else:
        for finding in found:
            put(one_line(str(finding)))
    return bool(found)
