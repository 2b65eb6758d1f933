"""What commands write: data as UTF-8 on stdout or into a file, talk on stderr, tables that stand in line."""

from __future__ import annotations

import json
import sys
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, time
from pathlib import Path

import click

# What makes a spreadsheet read a cell as a formula (OWASP, "CSV Injection"), the wide forms of the signs included.
_FORMULA_BEGINS = frozenset("=+-@\t\r\n＝＋－＠")

PATIENCE = 1.0  # seconds in which nobody thinks that a command hangs


def put(data: str | bytes) -> None:
    """Write data to stdout, in UTF-8 whatever the locale; text ends with a newline."""
    if sys.stdout is None:
        raise click.ClickException("Standard output is closed, so there is nowhere to write to.")
    try:
        sys.stdout.buffer.write(_encoded(data) if isinstance(data, str) else data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise  # whoever read has seen enough; click ends quietly
    except OSError as error:
        sys.stdout = None  # or Python would try the same again on its way out, and say so in its own words
        raise click.ClickException(f"Standard output can't be written: {error.strerror or error}") from error


def put_json(value: object) -> None:
    """Write a value to stdout as indented JSON; clock times are as in 09:00, days and moments as ISO 8601 has them."""
    put(json.dumps(value, ensure_ascii=False, indent=2, default=_time_words))


def _time_words(value: object) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} can't be written as JSON")


def put_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows under their heads; every column but the last is as wide as its widest cell. Nothing without rows."""
    if not rows:
        return
    from dmlt_tui.notes.text import clean

    lines = [tuple(" ".join(clean(cell).split()) for cell in row) for row in (heads, *rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    put("\n".join(_line(line, widths) for line in lines))


def put_csv(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write rows under their heads as comma-separated values; a cell that would be a formula begins with '."""
    import csv
    import io

    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows([heads, *([_plain_cell(cell) for cell in row] for row in rows)])
    put(lines.getvalue())


def _plain_cell(cell: str) -> str:
    from dmlt_tui.notes.text import clean

    cell = clean(cell)
    return f"'{cell}" if cell.lstrip(" ")[:1] in _FORMULA_BEGINS else cell


def write(target: str, text: str) -> None:
    """Write text to the file `target`, whole or not at all; "-" is stdout."""
    if target == "-":
        put(text)
        return
    from dmlt_tui.clipboard.files import replace

    with failing_in_one_line(f"{target}: can't be written"):
        replace(Path(target), _encoded(text))


def say(words: str) -> None:
    """Tell the person something that is no data, in one line; a file's name in it may hold anything."""
    from dmlt_tui.store.errors import one_line

    click.echo(one_line(words), err=True)


@contextmanager
def saying_if_it_takes_long(words: str) -> Iterator[None]:
    """Tell whoever sits at a terminal what is being done, once that has taken PATIENCE seconds."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(PATIENCE, say, [words])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def failing_in_one_line(what: str) -> Iterator[None]:
    """Turn an OSError into one line that says `what` failed, and exit code 1."""
    try:
        yield
    except OSError as error:
        from dmlt_tui.store.errors import one_line, why

        raise click.ClickException(one_line(f"{what}: {why(error)}")) from error


def _encoded(text: str) -> bytes:
    return (text if text.endswith("\n") else text + "\n").encode("utf-8", "replace")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths, strict=True)]
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Count the cells `text` takes on a terminal."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )
