"""How long commands without a screen take against `python -c "import click"`: .venv/bin/python bench/commands.py."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import tempfile
from pathlib import Path

from start import PROJECT, SAMPLE

ROUNDS = 9


def cpu(command: list[str], home: str) -> float:
    """Seconds of CPU a process takes; others on the machine disturb these least.

    Python may keep what it compiled, whatever PYTHONDONTWRITEBYTECODE says here: nobody compiles a program each time.
    """
    env = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    python = str(PROJECT / ".venv" / "bin" / "python")
    dmlt = str(PROJECT / ".venv" / "bin" / "dmlt-tui")
    with tempfile.TemporaryDirectory(prefix="dmlt-bench-") as folder:
        page = str(Path(folder, "page.xml"))
        commands = {
            "python -c 'import click'": [python, "-c", "import click"],
            "dmlt-tui --version": [dmlt, "--version"],
            "dmlt-tui list": [dmlt, "list", str(SAMPLE)],
            "dmlt-tui actions": [dmlt, "actions", str(SAMPLE)],
            "dmlt-tui export": [dmlt, "export", "--meeting", "2020-05", "-o", page, str(SAMPLE)],
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for command in commands.values():  # the first time fills caches and counts for nothing
            cpu(command, folder)
        for _ in range(ROUNDS):
            for name, command in commands.items():
                times[name].append(cpu(command, folder))
    base = statistics.median(next(iter(times.values())))
    print(f"\nCPU of commands on the sample, medians of {ROUNDS}\n\n| command | ms | ratio |\n|---|---|---|")
    for name, found in times.items():
        print(f"| {name} | {1000 * statistics.median(found):.0f} | {statistics.median(found) / base:.2f} |")


if __name__ == "__main__":
    main()
