"""The formats a page can be written in, each loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import TypeAlias, cast

from dmlt_tui.page.model import Page

Writer: TypeAlias = Callable[[Page], str]


class _Writers(Mapping[str, Writer]):
    """Format name -> the function that writes it."""

    def __init__(self, places: Mapping[str, str]) -> None:
        self._places = places

    def __getitem__(self, name: str) -> Writer:
        module, function = self._places[name].rsplit(":", 1)
        return cast("Writer", getattr(import_module(module), function))

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


WRITERS: Mapping[str, Writer] = _Writers(
    {
        "storage": "dmlt_tui.page.storage:write",
        "storage-cloud": "dmlt_tui.page.storage:write_cloud",
        "wiki": "dmlt_tui.page.wiki:write",
        "html": "dmlt_tui.page.html:write",
        "adf": "dmlt_tui.page.adf:write",
        "markdown": "dmlt_tui.page.markdown:write",
        "text": "dmlt_tui.page.text:write",
    }
)

# How the name of a file of each format ends.
ENDINGS: Mapping[str, str] = {
    "storage": ".xml",
    "storage-cloud": ".xml",
    "wiki": ".txt",
    "html": ".html",
    "adf": ".json",
    "markdown": ".md",
    "text": ".txt",
}

# Where each format may be pasted, in a line.
PLACES: Mapping[str, str] = {
    "storage": "Data Center: source editor or REST; real tasks",
    "storage-cloud": "Cloud: REST; real tasks and mentions",
    "wiki": "Data Center: Insert > Markup; tasks as ☐ ☑",
    "html": "Cloud: open in a browser, copy, paste into the editor",
    "adf": "Cloud: REST; real tasks and mentions",
    "markdown": "GitHub, chat; this program reads it again",
    "text": "mail, and whatever takes plain text",
}
