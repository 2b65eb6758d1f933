"""What the screen looks like at fixed sizes. `make snapshots` writes them anew after a look at the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support.clock import Clock
from textual.pilot import Pilot

from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp
from dmlt_tui.tui.widgets.rows import Rows

Compare = Callable[..., bool]


@contextmanager
def app_of(path: Path, clock: Clock) -> Iterator[DmltApp]:
    with OpenNotebook.open(path) as notebook:
        yield DmltApp(notebook, meeting_id="2020-05", now=clock)


KEYS: dict[str, tuple[str, ...]] = {
    "live": ("s", "n", "n"),
    "typing": ("s", "n", "n", "i", "enter", *"- one", "enter", "tab", *"two"),
    "action": ("a", *"fritz engage 2w"),
    "handover": ("s", "n", "h"),
    "summary": ("o",),
}
CASES = [
    ("live", (80, 24)),
    ("live", (120, 40)),
    ("typing", (80, 24)),
    ("action", (80, 24)),
    ("handover", (80, 24)),
    ("summary", (120, 40)),
]


@pytest.mark.parametrize(("name", "size"), CASES, ids=[f"{name}-{size[0]}x{size[1]}" for name, size in CASES])
def test_the_screen_looks_as_it_did(
    snap_compare: Compare, sample: Path, clock: Clock, name: str, size: tuple[int, int]
) -> None:
    async def keys(pilot: Pilot[int]) -> None:
        await pilot.pause()
        while not pilot.app.screen.query_one("#actions-rows", Rows).rows:  # read once the screen is painted
            await pilot.pause(0.02)
        for key in KEYS[name]:
            await pilot.press("space" if key == " " else key)
            await pilot.pause()
        # Saving goes on beside the keys; what the status line says of it must not depend on which was first.
        app = pilot.app
        assert isinstance(app, DmltApp)
        app.notebook.flush()
        await pilot.pause()

    with app_of(sample, clock) as app:
        assert snap_compare(app, terminal_size=size, run_before=keys)
