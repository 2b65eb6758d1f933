"""The golden pages: `python tools/golden.py write` writes them anew, `diff [FORMAT ...]` shows what a reader would see.

A change of markup alone shows nothing here but a count of lines; what shows is what people will read on the page.
"""

from __future__ import annotations

import difflib
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.page.compose import compose
from dmlt_tui.page.formats import ENDINGS, WRITERS
from dmlt_tui.page.model import Page
from dmlt_tui.page.reading import Source, page_blocks
from dmlt_tui.page.reading.names import People
from dmlt_tui.store.records import Records

CHECKOUT = Path(__file__).resolve().parents[1]
GOLDEN = CHECKOUT / "tests" / "page" / "golden"
READ_AS = {"storage": Source.STORAGE, "storage-cloud": Source.STORAGE, "html": Source.HTML, "markdown": Source.MARKDOWN}


def sample() -> Notebook:
    """The packaged sample."""
    return Records().load(json.loads((CHECKOUT / "samples" / "dmlt-2020-05.json").read_text("utf-8")))


def written() -> dict[str, str]:
    """The sample's first meeting in every format."""
    notebook = sample()
    page = compose(notebook, notebook.meetings[-1])
    return {name: WRITERS[name](page) for name in WRITERS}


def file_of(name: str) -> Path:
    """Where a format's golden page is."""
    return GOLDEN / f"{name}{ENDINGS[name]}"


def as_seen(name: str, text: str, people: People) -> list[str]:
    """The lines of a page as a reader sees them: for marked-up formats the page as plain text."""
    if name in READ_AS:
        read = page_blocks(text, READ_AS[name], people, sample())
        return WRITERS["text"](Page(read.title, read.blocks, people.known)).splitlines()
    if name == "adf":
        return list(_adf_lines(json.loads(text)))
    return text.splitlines()


def _adf_lines(node: dict[str, Any]) -> Iterator[str]:
    content = node.get("content", [])
    inline = [
        child for child in content if child["type"] in ("text", "mention", "date", "status", "inlineCard", "hardBreak")
    ]
    if inline:
        words = [child.get("text") or str(list(child.get("attrs", {"": ""}).values())[-1]) for child in content]
        yield f"{node['type']}: {''.join(words)}"
        return
    for child in content:
        yield from _adf_lines(child)


def committed(path: Path) -> str:
    """A golden page as it was committed last; empty where it never was."""
    shown = subprocess.run(
        ["git", "show", f"HEAD:{path.relative_to(CHECKOUT)}"], cwd=CHECKOUT, capture_output=True, check=False
    )
    return shown.stdout.decode("utf-8")


def diff(names: Sequence[str]) -> int:
    """Print what a reader sees of the difference between the committed page and what is written now."""
    now = written()
    changed = 0
    for name in names or list(now):
        before = committed(file_of(name))
        if before == now[name]:
            continue
        changed = 1
        old, new = (as_seen(name, text, People(sample().people)) for text in (before, now[name]))
        lines = list(difflib.unified_diff(old, new, f"{name}, committed", f"{name}, now", lineterm="", n=1))
        print("\n".join(lines) if lines else f"{name}: the markup changed, not what a reader sees")
    return changed


def main(arguments: Sequence[str]) -> int:
    """Run the tool; gives its exit code."""
    if arguments[:1] == ["write"] and len(arguments) == 1:
        GOLDEN.mkdir(exist_ok=True)
        for name, text in written().items():
            file_of(name).write_bytes(text.encode())
        return 0
    if arguments[:1] == ["diff"] and all(name in WRITERS for name in arguments[1:]):
        return diff(arguments[1:])
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
