"""Take the pictures of the README from the running program: `python tools/pictures.py`.

They show a copy of the sample at a fixed moment, so that only a change of the program changes them.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from dmlt_tui.settings.values import Settings
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.tui.app import DmltApp

CHECKOUT = Path(__file__).resolve().parents[1]
PICTURES = CHECKOUT / "docs" / "pictures"
SIZE = (120, 32)
_BEGIN = datetime(2020, 5, 12, 16, 0, tzinfo=UTC)

# Name of the picture, theme, and the keys that lead to it; a number lets so many minutes pass.
SCENES: dict[str, tuple[str, tuple[str | int, ...]]] = {
    "live": ("dmlt-dark", ("s", 9, "n", 22, "i", "enter", *"- [ ] fritz engage with the LDF 2w")),
    "handover": ("dmlt-light", ("s", 70, "h")),
    "planning": ("dmlt-dark", ("5",)),
}
_REMOTE_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def picture(name: str, notebook: Path) -> str:
    """The picture of this name as SVG; `notebook` is a copy that may be changed."""
    theme, keys = SCENES[name]
    moment = _BEGIN
    with OpenNotebook.open(notebook) as book:
        app = DmltApp(book, meeting_id="2020-05", now=lambda: moment, settings=Settings(theme=theme))
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            for key in keys:
                if isinstance(key, int):
                    moment += timedelta(minutes=key)
                else:
                    await pilot.press("space" if key == " " else key)
                await pilot.pause()
            book.flush()
            await pilot.pause(1.2)
            return _REMOTE_FONT.sub("", app.export_screenshot(title="dmlt-tui", simplify=True))


async def write() -> None:
    """Write all of them."""
    PICTURES.mkdir(exist_ok=True)
    for name in SCENES:
        with TemporaryDirectory() as folder:
            copy = Path(shutil.copy(CHECKOUT / "samples" / "dmlt-2020-05.json", folder))
            (PICTURES / f"{name}.svg").write_text(await picture(name, copy), "utf-8")


if __name__ == "__main__":
    asyncio.run(write())
