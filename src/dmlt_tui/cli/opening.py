"""Opening the app, which needs a terminal: `dmlt-tui [FILE]` and `dmlt-tui demo`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import failing_in_one_line
from dmlt_tui.tui.opening import OPEN_DEMO, RefusedError, need_terminal, open_app

SAMPLE_MEETING = "2020-05"  # of the sample's meetings the one that is complete


_own_zone = click.option(
    "--own-zone",
    metavar="ZONE",
    help="Your own time zone, shown beside the meeting's; default: $DMLT_ZONE, else the settings.",
)
_theme = click.option("--theme", metavar="NAME", help="Colours for this run: dark, light, contrast or 16.")


@click.command(cls=options.Command, example="dmlt-tui minutes.json --own-zone Europe/Paris")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@_own_zone
@_theme
def open_file(file: Path, own_zone: str | None, theme: str | None) -> None:
    """Open the notebook FILE in the app; a new one is created."""
    _open(file, own_zone=own_zone, theme=theme)


def open_default() -> None:
    """Open this user's own notebook: $DMLT_FILE, else that of the settings, else one in the data folder."""
    _need_terminal()
    _open(options.default_notebook())


@click.command(cls=options.Command, example="dmlt-tui demo")
@click.option("--fresh", is_flag=True, help="Start over with the original sample; your changes in the demo are lost.")
@_own_zone
@_theme
def demo(own_zone: str | None, theme: str | None, *, fresh: bool) -> None:
    """Open a private copy of a sample meeting and look around."""
    _need_terminal()
    path = demo_copy(fresh=fresh)
    _open(path, SAMPLE_MEETING, own_zone, theme)


def demo_copy(*, fresh: bool = False) -> Path:
    """Name this user's copy of the sample, which is made where it is missing, or anew when it is to be `fresh`."""
    path = options.data_folder() / "demo.json"
    with failing_in_one_line(f"{path}: can't be written"):
        if fresh or not path.exists():
            from dmlt_tui.clipboard.files import replace
            from dmlt_tui.store.private import make_folders

            make_folders(path.parent)
            replace(path, sample().read_bytes(), 0o600)
    return path


@click.command(cls=options.Command, example="dmlt-tui follow minutes.json")
@options.notebook_file
@options.meeting
@_own_zone
def follow(file: Path, meeting: str | None, own_zone: str | None) -> None:
    """Follow a meeting on a screen of its own, for sharing: clock, topic, notes as they are typed, actions.

    Nothing can be changed from here, and permission to read the file is enough. q leaves.
    """
    _need_terminal()
    viewer = options.find_zone(own_zone, "--own-zone or $DMLT_ZONE") if own_zone else None
    from dmlt_tui.cli.notebooks import choose_meeting, read, store_errors_in_one_line
    from dmlt_tui.tui.follow import run

    meeting_id = choose_meeting(read(file), meeting).id if meeting else None
    with store_errors_in_one_line():
        code = run(file, meeting_id, viewer)
    sys.exit(code)


def sample() -> Path:
    """Find the packaged sample: inside an installed package, or beside `src` in a checkout."""
    package = Path(__file__).parents[1]
    name = Path("samples", "dmlt-2020-05.json")
    installed = package / name
    return installed if installed.exists() else package.parents[1] / name


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what keeps the app from opening into its one line, and exit code 1."""
    try:
        yield
    except RefusedError as error:
        raise click.ClickException(str(error)) from error


def _need_terminal() -> None:
    """Refuse where the app could not be seen or typed in, before anything of it is loaded."""
    with refusing():
        need_terminal()


def _open(path: Path, meeting_id: str | None = None, own_zone: str | None = None, theme: str | None = None) -> None:
    if own_zone:
        options.find_zone(own_zone, "--own-zone")
    theme = theme and _theme_name(theme)
    with refusing():
        code = open_app(path, meeting_id, own_zone, theme)
        if code == OPEN_DEMO:
            code = open_app(demo_copy(), SAMPLE_MEETING, own_zone, theme)
    sys.exit(code)


def _theme_name(name: str) -> str:
    from dmlt_tui.settings.values import THEMES

    full = name if name.startswith("dmlt-") else f"dmlt-{name}"
    if full not in THEMES:
        raise click.BadParameter(f"{name!r} is not a theme; themes are {', '.join(THEMES)}", param_hint="--theme")
    return full
