"""What all tests share: a home of their own, the sample, and a clock that stands still until it is moved."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.clock import Clock

# How long an example takes, and the data for one, depends on the machine and on what else it does. Where a commit is
# judged ($CI) the examples are the same each time, so that it is not judged by those of another; here they differ.
settings.register_profile(
    "dmlt-tui", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("dmlt-tui")

SAMPLE = Path(__file__).parent.parent / "samples" / "dmlt-2020-05.json"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home for every test, so that none sees or touches the user's own files."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name, folder in (("CONFIG", ".config"), ("DATA", ".data"), ("STATE", ".state"), ("CACHE", ".cache")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(home / "run"))
    theirs = ("TMUX", "STY", "SSH_CONNECTION", "SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "PYTHONUNBUFFERED")
    for name in (*theirs, *(name for name in os.environ if name.startswith("DMLT_") and name != "DMLT_NEED_JUDGE")):
        monkeypatch.delenv(name, raising=False)
    return home


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A copy of the sample notebook."""
    return Path(shutil.copy(SAMPLE, tmp_path / "sample.json"))


@pytest.fixture
def clock() -> Clock:
    """Nine o'clock on the first day of the reference meeting, by its own clocks."""
    return Clock(datetime(2020, 5, 12, 16, 0, tzinfo=UTC))
