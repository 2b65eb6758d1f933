"""Opening the app, which needs a terminal: `dmlt-tui [FILE]` and `dmlt-tui demo`."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

import click

from dmlt_tui.cli import options
from dmlt_tui.cli.output import failing_in_one_line

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


def _need_terminal() -> None:
    """Refuse where the app could not be seen or typed in, before anything of it is loaded."""
    kind = os.environ.get("TERM", "")
    if kind in ("", "dumb", "unknown"):
        named = f"TERM is {kind!r}" if kind else "TERM is not set"
        raise click.ClickException(
            f"{named}: such a terminal can't show the app. In one that can, run: export TERM=xterm-256color"
        )
    streams = {"input": sys.stdin, "output": sys.stdout, "error output": sys.stderr}
    for name, stream in streams.items():
        if stream is None or not stream.isatty():
            raise click.ClickException(
                f"The app needs a terminal, and standard {name} is not one. Commands that need none: dmlt-tui --help"
            )
    if sys.stderr.encoding.lower() != "utf-8":  # what Textual writes to
        raise click.ClickException(
            f"The locale writes {sys.stderr.encoding}, which lacks most letters; the app needs UTF-8. "
            "Say: export LC_ALL=C.UTF-8"
        )


def _open(path: Path, meeting_id: str | None = None, own_zone: str | None = None, theme: str | None = None) -> None:
    _need_terminal()
    if own_zone:
        options.find_zone(own_zone, "--own-zone")
    from dmlt_tui.settings.file import load

    flags = {"DMLT_ZONE": own_zone, "DMLT_THEME": theme and _theme_name(theme)}
    found = load({**os.environ, **{name: value for name, value in flags.items() if value}})
    errors = [problem.words for problem in found.problems if problem.error]
    if found.settings.keys:
        from dmlt_tui.tui.keymap import rebound

        errors += rebound(found.settings.keys)[1]
    if errors:
        raise click.ClickException(
            f"{'; '.join(errors)}. To start without settings, run: DMLT_CONFIG=/dev/null dmlt-tui"
        )
    gc.disable()  # until the first screen is painted, which it would delay by a fifth: nothing is thrown away so far
    from dmlt_tui.cli.notebooks import store_errors_in_one_line
    from dmlt_tui.tui.app import run
    from dmlt_tui.tui.commands.view import OPEN_DEMO

    with store_errors_in_one_line():
        code = run(path, meeting_id, found)
        if code == OPEN_DEMO:
            code = run(demo_copy(), SAMPLE_MEETING, found)
    sys.exit(code)


def _theme_name(name: str) -> str:
    from dmlt_tui.settings.values import THEMES

    full = name if name.startswith("dmlt-") else f"dmlt-{name}"
    if full not in THEMES:
        raise click.BadParameter(f"{name!r} is not a theme; themes are {', '.join(THEMES)}", param_hint="--theme")
    return full
