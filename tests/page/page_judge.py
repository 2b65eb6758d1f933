"""The sample as values, and Atlassian's own parsers to read pages with."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from filelock import FileLock

from dmlt_tui.meeting.model import Notebook
from dmlt_tui.store.records import Records

CHECKOUT = Path(__file__).resolve().parents[2]
# The judge keeps its parsers in the user's cache, which tests are kept away from.
ENVIRONMENT = dict(os.environ)


@dataclass(frozen=True)
class Judge:
    """Runs the judge of pages."""

    path: Path

    def check(self, mode: str, page: str, *flags: str) -> tuple[int, str]:
        """Its exit status and what it prints about one page."""
        done = self._run(mode, page, *flags)
        return done.returncode, done.stdout

    def read(self, mode: str, pages: Sequence[str], *flags: str) -> list[dict[str, Any]]:
        """What it reads in each of many pages: ok, errors, text, stats and outline."""
        lines = "\n".join(json.dumps({"name": str(number), "src": page}) for number, page in enumerate(pages))
        done = self._run(mode, lines, "--jsonl", *flags)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.split("\n") if line]

    def notes(self) -> list[dict[str, str]]:
        """Awkward notes: `markdown`, and in `expect_text` what a reader must see."""
        return [json.loads(line) for line in (self.path.parent / "notes.jsonl").read_text("utf-8").splitlines()]

    def _run(self, mode: str, text: str, *flags: str) -> subprocess.CompletedProcess[str]:
        command = [str(self.path), mode, "-", *flags]
        # Each call installs the judge's files anew over those that another may just be loading.
        with FileLock(_cache() / "page-judge.lock"):
            return subprocess.run(
                command, input=text, capture_output=True, text=True, encoding="utf-8", env=ENVIRONMENT, check=False
            )


def _cache() -> Path:
    cache = Path(ENVIRONMENT.get("XDG_CACHE_HOME") or Path(ENVIRONMENT["HOME"], ".cache"))
    cache.mkdir(parents=True, exist_ok=True)
    return cache


def find_judge() -> Judge:
    """The judge, or the end of the test where this machine has none."""
    path = Path(ENVIRONMENT.get("DMLT_JUDGE", CHECKOUT.parent / "shared" / "judge" / "judge"))
    if not path.exists() or shutil.which("node") is None:
        if ENVIRONMENT.get("DMLT_NEED_JUDGE"):
            pytest.fail(f"{path} or node is missing")
        pytest.skip("needs node and the judge of pages (DMLT_JUDGE)")
    return Judge(path)


@lru_cache
def sample_notebook() -> Notebook:
    return Records().load(json.loads((CHECKOUT / "samples" / "dmlt-2020-05.json").read_text("utf-8")))


def parse(storage: str) -> ET.Element:
    """A page in storage format as XML."""
    names = 'xmlns:ac="http://atlassian.com/content" xmlns:ri="http://atlassian.com/resource/identifier"'
    return ET.fromstring(f"<root {names}>{storage}</root>")
