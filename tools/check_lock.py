"""Say whether requirements.lock and requirements-dev.lock fit pyproject.toml: `python tools/check_lock.py [FOLDER]`.

Reads only these three files, no network: every requirement is pinned within its range and with hashes, no pin has
outlived its requirement, both locks agree, and neither names an address or a path.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^ ;\\]+)(?P<more>.*)")


@dataclass(frozen=True)
class Pin:
    """One locked version; `direct` when pyproject.toml asked for it by name."""

    name: str
    version: str
    hashed: bool
    direct: bool


def read_pins(text: str) -> list[Pin]:
    """Return the pins of a lock as `uv pip compile --generate-hashes` writes it; a name may have several."""
    pins = []
    for block in re.split(r"\n(?=\w)", text):
        if match := _PIN.match(block):
            name = canonicalize_name(match["name"])
            pins.append(Pin(name, match["version"], "--hash=sha256:" in block, "(pyproject.toml" in block))
    return pins


def group_requirements(groups: dict[str, list[Any]], name: str) -> Iterator[str]:
    """Yield the requirements of a dependency group and of those it includes (PEP 735)."""
    for entry in groups[name]:
        if isinstance(entry, str):
            yield entry
        else:
            yield from group_requirements(groups, entry["include-group"])


def lock_problems(lock: str, text: str, wanted: list[Requirement]) -> Iterator[str]:
    """Yield sentences about one lock, named `lock`, whose content is `text`."""
    pins = read_pins(text)
    names = {canonicalize_name(requirement.name) for requirement in wanted}
    for requirement in wanted:
        found = [pin for pin in pins if pin.name == canonicalize_name(requirement.name)]
        if not found:
            yield f"{lock} lacks {requirement.name}"
        for pin in found:
            if not requirement.specifier.contains(pin.version, prereleases=True):
                yield f"{lock} pins {pin.name} {pin.version}, but pyproject.toml asks for {requirement}"
    for pin in pins:
        if pin.direct and pin.name not in names:
            yield f"{lock} pins {pin.name}, which pyproject.toml no longer asks for"
        if not pin.hashed:
            yield f"{lock} has no hash for {pin.name}"
    for number, line in enumerate(text.splitlines(), 1):
        if "/" in line:
            yield f"{lock}:{number} names an address or a path: {line.strip()}"


def problems(folder: Path) -> Iterator[str]:
    """Yield sentences about what does not fit in the project at `folder`."""
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    if project["build-system"]["requires"] != groups["build"]:
        yield "pyproject.toml: the group 'build' differs from [build-system] requires"
    texts = {}
    for lock, group in (("requirements.lock", "build"), ("requirements-dev.lock", "dev")):
        texts[lock] = (folder / lock).read_text("utf-8")
        wanted = [*project["project"]["dependencies"], *group_requirements(groups, group)]
        yield from lock_problems(lock, texts[lock], [Requirement(text) for text in wanted])
    run, dev = ({(pin.name, pin.version) for pin in read_pins(text)} for text in texts.values())
    for name, version in sorted(run - dev):
        yield f"requirements.lock pins {name} {version}, requirements-dev.lock does not"


def main() -> int:
    """Print what does not fit; 1 when there is anything."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    found = list(problems(folder))
    for sentence in found:
        print(sentence, file=sys.stderr)
    if found:
        print("Run `make lock` and look at what it changes.", file=sys.stderr)
    else:
        print("The locks fit pyproject.toml.")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
