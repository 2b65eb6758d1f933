"""The judge of pages keeps its parsers where all who run tests at once share them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import page_judge
import pytest

ALONE = """#!/bin/sh
mkdir "$(dirname "$0")/busy" || exit 9
sleep 0.1
rmdir "$(dirname "$0")/busy"
"""


def test_the_judge_is_asked_by_one_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "judge"
    script.write_text(ALONE, "utf-8")
    script.chmod(0o755)
    monkeypatch.setitem(page_judge.ENVIRONMENT, "XDG_CACHE_HOME", str(tmp_path / "cache"))
    judge = page_judge.Judge(script)
    with ThreadPoolExecutor(3) as desks:
        answers = [desks.submit(judge.check, "wiki", "page") for _ in range(3)]
    assert [answer.result()[0] for answer in answers] == [0, 0, 0]
