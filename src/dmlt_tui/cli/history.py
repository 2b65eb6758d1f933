"""Commands about older versions of a notebook file: history and restore."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import put_json, put_table, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dmlt_tui.store.generations import Generation
    from dmlt_tui.store.restore import Replaced
    from dmlt_tui.store.versions import Described

# How a moment may be given, and how long what is named lasts: "18:42" is all of that minute.
_MOMENTS = (
    *((f"%Y-%m-%d{gap}%H:%M:%S", timedelta(seconds=1)) for gap in " T"),
    *((f"%Y-%m-%d{gap}%H:%M", timedelta(minutes=1)) for gap in " T"),
    ("%Y-%m-%d", timedelta(days=1)),
    ("%H:%M:%S", timedelta(seconds=1)),
    ("%H:%M", timedelta(minutes=1)),
)


@click.command(cls=options.Command, example="dmlt-tui history minutes.json")
@options.notebook_file
@options.as_json
def history(file: Path, *, as_json: bool) -> None:
    """List the older versions kept of a notebook.

    The newest is last. WHAT says what was changed since the one before it.
    """
    from dmlt_tui.cli.notebooks import store_errors_in_one_line
    from dmlt_tui.store.restore import local
    from dmlt_tui.store.versions import versions

    with store_errors_in_one_line():
        rows = list(versions(file))
    if as_json:
        put_json([_record(row) for row in rows])
        return
    put_table(
        ("NO", "WHEN", "SIZE", "MEETINGS", "WHAT"),
        [
            (
                "now" if row.number is None else str(row.number),
                local(row.when),
                _size(row.size),
                "-" if row.meetings is None else str(row.meetings),
                "damaged" if row.meetings is None else ", ".join(row.changed) or "only how it is written",
            )
            for row in rows
        ],
    )
    if all(row.number is None for row in rows):
        say("No older version of this file is kept yet; the first is with the first change.")


def _record(row: Described) -> dict[str, object]:
    return {
        "number": row.number,
        "when": f"{row.when:%Y-%m-%dT%H:%M:%SZ}",
        "size": row.size,
        "meetings": row.meetings,
        "damaged": row.meetings is None,
        "changed": list(row.changed),
    }


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.1f} kB"


@click.command(cls=options.Command, example="dmlt-tui restore minutes.json --at 18:30 -o half-past-six.json")
@options.notebook_file
@click.option(
    "--at", required=True, metavar="WHEN|NUMBER", help='Which one: 12, 18:30, 2026-11-22, "2026-11-22 18:30".'
)
@click.option(
    "--output", "-o", metavar="OTHER", type=click.Path(path_type=Path), help="Write to this new file instead."
)
@options.as_json
def restore(file: Path, at: str, output: Path | None, *, as_json: bool) -> None:
    """Restore an older version of a notebook.

    WHEN is a moment by the clock here (with Z at its end, UTC): the version that was the newest then. What the file
    holds now is kept, so that this can be undone in the same way.
    """
    from dmlt_tui.cli.notebooks import store_errors_in_one_line
    from dmlt_tui.store.disk import real
    from dmlt_tui.store.generations import Generations
    from dmlt_tui.store.restore import Replaced, local, write_new
    from dmlt_tui.store.restore import restore as put_back

    with store_errors_in_one_line():
        chosen = _choose(file, Generations(real(file)).all(), at)
        if output is not None:
            write_new(output, chosen.load()[0])
            if as_json:
                put_json(_restored(output, chosen, Replaced()))
            say(f"{output}: {file} as of {local(chosen.when)}")
            return
        replaced = put_back(file, chosen)
    if as_json:
        put_json(_restored(file, chosen, replaced))
    say(f"{file}: restored to {local(chosen.when)}")
    if replaced.aside:
        say(f"The damaged file is kept as {replaced.aside}")
    if replaced.kept:
        say(f"To undo that: dmlt-tui restore {shlex.quote(str(file))} --at {replaced.kept.number}")


def _restored(file: Path, chosen: Generation, replaced: Replaced) -> dict[str, object]:
    """What `file` holds now, and where what it held before is kept: as a version, or aside because it was damaged."""
    return {
        "file": str(file),
        "number": chosen.number,
        "when": f"{chosen.when:%Y-%m-%dT%H:%M:%SZ}",
        "kept": replaced.kept.number if replaced.kept else None,
        "aside": str(replaced.aside) if replaced.aside else None,
    }


def _choose(file: Path, every: Sequence[Generation], at: str) -> Generation:
    from dmlt_tui.store.restore import local

    if not every:
        raise click.ClickException(f"{file}: no older version is kept")
    if at.isascii() and at.isdigit():
        found = [generation for generation in every if generation.number == int(at)]
    else:
        end = _end_of(at, datetime.now(UTC))
        found = [generation for generation in every if generation.when < end]
    if not found:
        oldest, newest = every[0], every[-1]
        raise click.ClickException(
            f"{file}: no version {at!r} is kept; the oldest is {oldest.number} of {local(oldest.when)}, "
            f"the newest {newest.number} of {local(newest.when)}"
        )
    return found[-1]


def _end_of(text: str, now: datetime) -> datetime:
    """Find the end of the second, minute or day that is named; a time alone is the last one that has come."""
    words, zone = (text[:-1], UTC) if text.endswith(("Z", "z")) else (text, None)
    for form, length in _MOMENTS:
        try:
            start = datetime.strptime(words, form)
        except ValueError:
            continue
        try:
            if start.year == 1900 and "%Y" not in form:
                today = now.astimezone(zone)
                start = datetime.combine(today.date(), start.time())
                if start > today.replace(tzinfo=None):
                    start -= timedelta(days=1)
            end = start + length
            return end.replace(tzinfo=UTC) if zone else end.astimezone()
        except (OverflowError, ValueError):
            break
    raise click.BadParameter(
        f'{text!r} is neither a number nor a time like 18:30, 2026-11-22 or "2026-11-22 18:30"', param_hint="'--at'"
    )
