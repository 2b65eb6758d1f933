"""Reading a notebook file: once, for those who change nothing, or for the first time of an open notebook."""

from __future__ import annotations

from pathlib import Path

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.errors import DamagedFileError, StoreError
from dmlt_tui.store.file import NotebookFile


def read_notebook(path: Path) -> Notebook:
    """Read the notebook of a file, which is not touched and not kept open.

    Raises StoreError when it is missing, damaged or can't be read; the message says what there is to put back.
    """
    file = NotebookFile(path, keeps=False)
    try:
        value = fetch_first(file)
    finally:
        file.close()
    if value is None:
        raise missing(path)
    return value


def fetch_first(file: NotebookFile) -> Notebook | None:
    """What a file holds that was not read yet; None when there is none. Raises StoreError like read_notebook()."""
    try:
        return file.fetch()
    except DamagedFileError as damage:
        from dmlt_tui.store.restore import ways_back

        raise StoreError(f"{damage}; {ways_back(file.path)}") from None


def missing(path: Path) -> StoreError:
    """Say that there is no such file, and what is kept of it."""
    from dmlt_tui.store.restore import older_versions

    return StoreError(f"{path}: no such file{older_versions(path)}")
