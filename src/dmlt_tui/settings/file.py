"""The settings file: where it is, what stands in it, and keeping what was chosen in the app."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from dmlt_tui.settings.values import Known, Problem, known, with_value

_LARGEST = 1_000_000  # bytes; a file this long is not a settings file


def settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Name the file: $DMLT_CONFIG, else dmlt-tui/config.toml in the user's folder of settings."""
    if words := environment.get("DMLT_CONFIG"):
        from dmlt_tui.clipboard.files import named

        return named(words)
    from platformdirs import user_config_path

    return user_config_path("dmlt-tui", appauthor=False) / "config.toml"


def load(environment: Mapping[str, str] = os.environ) -> Known:
    """Read the settings; without a file those of the environment. Never raises: what is wrong is among the problems."""
    path = settings_path(environment)
    table: Mapping[str, object] = {}
    problems: tuple[Problem, ...] = ()
    try:
        text = _text(path)
    except (OSError, ValueError) as error:
        text, problems = "", (Problem(f"{getattr(error, 'strerror', None) or error}: {path}"),)
    if text:
        import tomllib

        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            problems = (Problem(f"{error} ({path.name} is not TOML: {path})"),)
    found = known(table, environment, path.name)
    return Known(found.settings, found.sources, (*problems, *found.problems))


def remember(name: str, value: str | int, environment: Mapping[str, str] = os.environ) -> Path:
    """Keep a value in the file, which is made when it is missing. Raises OSError, and ValueError with the reason."""
    from dmlt_tui.clipboard.files import replace

    path = settings_path(environment)
    changed = with_value(_text(path), name, value)
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, changed.encode())
    return path


def _text(path: Path) -> str:
    """Read the file, empty where there is none; raises OSError, ValueError."""
    try:
        if path.is_char_device():
            return ""
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return ""
    if len(data) > _LARGEST:
        raise ValueError("is too large to be a settings file")
    return data.decode("utf-8")
