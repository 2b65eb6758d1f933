"""How much longer a notebook of 600 meetings (15 MB) takes to open than the sample: .venv/bin/python bench/opening.py.

Both are opened in turn, each in a pseudo-terminal of its own, as bench/start.py does it.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from keys import notebooks
from start import PROJECT, Program, measure

ROUNDS = 9
SIZE = (80, 24)
PATIENCE = 20.0  # seconds


def main() -> None:
    """Measure, and print medians and ratios."""
    dmlt = Program("dmlt-tui", [str(PROJECT / ".venv/bin/dmlt-tui"), "notebook.json"], "Agenda", "i", "TYPE")
    with tempfile.TemporaryDirectory(prefix="dmlt-bench-") as folder:
        notebooks(Path(folder))
        books = (Path(folder, "sample.json"), Path(folder, "many.json"))
        times: dict[Path, list[tuple[float, float, float]]] = {book: [] for book in books}
        for number in range(ROUNDS + 1):
            for book in books if number % 2 else books[::-1]:
                result = measure(dmlt, SIZE, PATIENCE, book)
                if number:  # the first round fills caches and counts for nothing
                    times[book].append(result)
    print(f"600 meetings against the sample, medians of {ROUNDS}; ratio")
    for at, moment in enumerate(("shown", "usable", "CPU")):
        few, many = ([result[at] for result in times[book]] for book in books)
        low, high = statistics.median(few), statistics.median(many)
        quickest = min(many) / min(few)
        print(
            f"{moment:<7} {high * 1000:.0f} ms, sample {low * 1000:.0f} ms, ratio {high / low:.2f}, "
            f"of the quickest {quickest:.2f}"
        )


if __name__ == "__main__":
    main()
