"""Opening the app, which needs a terminal: `dmlt-tui [FILE]` and `dmlt-tui demo`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import failing_in_one_line

SAMPLE_MEETING = "2020-05"  # of the sample's meetings the one that is complete


_own_zone = click.option(
    "--own-zone", envvar="DMLT_ZONE", metavar="ZONE", help="Your own time zone, to see your time too; $DMLT_ZONE."
)


@click.command(cls=options.Command, example="dmlt-tui minutes.json --own-zone Europe/Paris")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@_own_zone
def open_file(file: Path, own_zone: str | None) -> None:
    """Open the notebook FILE in the app; a new one is created."""
    _open(file, own_zone=own_zone)


def open_default() -> None:
    """Open this user's own notebook: $DMLT_FILE, else one in the data folder."""
    named = os.environ.get("DMLT_FILE")
    _need_terminal()
    path = Path(named).expanduser() if named else _data_folder() / "notebook.json"
    _open(path, own_zone=os.environ.get("DMLT_ZONE"))


@click.command(cls=options.Command, example="dmlt-tui demo")
@click.option("--fresh", is_flag=True, help="Start anew with the sample as it was; what you did in the demo is gone.")
@_own_zone
def demo(own_zone: str | None, *, fresh: bool) -> None:
    """Look around in a private copy of a meeting."""
    _need_terminal()
    path = _data_folder() / "demo.json"
    if fresh or not path.exists():
        from dmlt_tui.clipboard.files import replace
        from dmlt_tui.store.private import make_folders

        with failing_in_one_line(f"{path}: can't be written"):
            make_folders(path.parent)
            replace(path, sample().read_bytes(), 0o600)
    _open(path, SAMPLE_MEETING, own_zone)


def sample() -> Path:
    """Find the packaged sample: inside an installed package, or beside `src` in a checkout."""
    package = Path(__file__).parents[1]
    name = Path("samples", "dmlt-2020-05.json")
    installed = package / name
    return installed if installed.exists() else package.parents[1] / name


def _need_terminal() -> None:
    """Refuse where the app could not be seen or typed in, before anything of it is loaded."""
    streams = {"input": sys.stdin, "output": sys.stdout, "error output": sys.stderr}
    for name, stream in streams.items():
        if stream is None or not stream.isatty():
            raise click.ClickException(
                f"The app needs a terminal, and its standard {name} is none. Commands run without: dmlt-tui --help"
            )


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("dmlt-tui", appauthor=False)


def _open(path: Path, meeting_id: str | None = None, own_zone: str | None = None) -> None:
    _need_terminal()
    viewer = options.find_zone(own_zone, "--own-zone or $DMLT_ZONE") if own_zone else None
    from dmlt_tui.cli.notebooks import store_errors_in_one_line
    from dmlt_tui.tui.app import run

    with store_errors_in_one_line():
        code = run(path, meeting_id, viewer)
    sys.exit(code)
