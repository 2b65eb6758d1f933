"""The page of keys is the one the commands make."""

from __future__ import annotations

import importlib.util
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_the_page_of_keys_is_as_the_commands_have_it() -> None:
    spec = importlib.util.spec_from_file_location("keys_page", PROJECT / "tools" / "keys_page.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert (PROJECT / "docs" / "keys.md").read_text("utf-8") == tool.page(), "make docs writes it anew"
