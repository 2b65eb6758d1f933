"""The whole sample in every format, byte for byte. `make golden` writes the files anew; tools/golden.py shows what a
reader would see of the change."""

from __future__ import annotations

import pytest
from page_judge import CHECKOUT, find_judge, sample_notebook

from dmlt_tui.page.compose import compose
from dmlt_tui.page.formats import ENDINGS, WRITERS

GOLDEN = CHECKOUT / "tests" / "page" / "golden"


@pytest.mark.parametrize("name", WRITERS)
def test_the_sample_is_written_as_before(name: str) -> None:
    notebook = sample_notebook()
    written = WRITERS[name](compose(notebook, notebook.meetings[-1]))
    expected = (GOLDEN / f"{name}{ENDINGS[name]}").read_bytes()
    assert written.encode() == expected, f"look with: tools/golden.py diff {name}; then: make golden"


@pytest.mark.parametrize(
    ("name", "mode", "flags"),
    [
        ("storage", "storage", ()),
        ("storage-cloud", "storage", ()),
        ("wiki", "wiki", ("--dc",)),
        ("html", "html", ()),
        ("adf", "adf", ()),
    ],
)
def test_the_judge_has_no_complaint_about_a_golden_file(name: str, mode: str, flags: tuple[str, ...]) -> None:
    status, words = find_judge().check(mode, (GOLDEN / f"{name}{ENDINGS[name]}").read_text("utf-8"), *flags)
    assert status == 0, words
