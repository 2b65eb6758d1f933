"""A text in the user's own editor, and back: $VISUAL, else $EDITOR, else the first of the usual ones there is."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dmlt_tui.store.errors import one_line

_USUAL = ("sensible-editor", "nano", "vim", "vi")


class OutsideError(Exception):
    """The text did not come back; the message is one printable line for the user."""

    def __init__(self, message: str) -> None:
        super().__init__(one_line(message))


def editor_command(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The editor's program and its arguments; raises OutsideError when there is none."""
    wanted = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    try:
        words = shlex.split(wanted)
    except ValueError as error:
        raise OutsideError(f"$VISUAL or $EDITOR is {wanted!r}, which is not a command: {error}") from error
    if words:
        return words
    found = next((name for name in _USUAL if shutil.which(name)), None)
    if found is None:
        raise OutsideError("no editor is known: set EDITOR to one")
    return [found]


def edit_outside(text: str, command: list[str]) -> str:
    """Open a text in an editor that has the terminal, and give what was saved there.

    The file lies in a folder only its owner can enter, and both are gone afterwards, unless the text in it can't be
    read. Raises OutsideError when the editor can't be started or ends badly, or what it left is no UTF-8.
    """
    name = Path(command[0]).name
    folder = Path(tempfile.mkdtemp(prefix="dmlt-tui-"))  # 0700, so that an editor's backups are safe there too
    file = folder / "notes.md"
    keep = False
    try:
        file.touch(mode=0o600)
        file.write_bytes(f"{text}\n".encode())
        ended = subprocess.run([*command, str(file)], check=False).returncode
        if ended:
            how = f"ended with {ended}" if ended > 0 else f"was ended by signal {-ended}"
            raise OutsideError(f"{name} {how}: the notes stay as they were")
        after = file.read_bytes().decode()
    except UnicodeDecodeError as error:
        keep = True
        raise OutsideError(f"the text is not UTF-8 and stays in {file}") from error
    except OSError as error:
        raise OutsideError(f"{name}: {error.strerror or error}: the notes stay as they were") from error
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)
    return after.removesuffix("\n")
