"""The power is cut at every moment of a save, and the disk has kept of it what it is allowed to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from power_cut import Disk, Recorder, cuts
from seam import Seam, seam
from store_values import add_line, add_person, small

from dmlt_tui.store import file as file_module
from dmlt_tui.store.disk import real
from dmlt_tui.store.generations import Generations
from dmlt_tui.store.notebook import OpenNotebook
from dmlt_tui.store.restore import restore

__all__ = ["seam"]

NO_NOTEBOOK = b"no notebook, but somebody's work\n" * 40


def saves(path: Path, recorder: Recorder, random: Random, many: int) -> None:
    """A new notebook in a new folder, and several saves of growing and shrinking size."""
    recorder.promise(None)
    with OpenNotebook.create(path, small()) as notebook:
        notebook._saver.stop()
        recorder.promise(path.read_bytes())
        for number in range(many):
            if random.randrange(3):
                notebook.change(add_line("x" * random.randrange(4000)))
            else:
                notebook.change(add_person(f"p{number}"))
            if random.randrange(4) == 0:
                notebook.change(add_person(f"q{number}"))
                notebook.undo()
            notebook.flush()
            recorder.promise(path.read_bytes())


def another_program(path: Path, recorder: Recorder, random: Random, many: int) -> None:
    """Another program replaces the file, and is merged."""
    recorder.promise(None)
    with OpenNotebook.create(path, small()) as notebook:
        notebook._saver.stop()
        recorder.promise(path.read_bytes())
        for number in range(many):
            recorder.put(path, path.read_bytes().replace(b'"Bob', b'"Bobb'))
            notebook.change(add_person(f"p{number}"))
            notebook.flush()
            recorder.promise(path.read_bytes())


def put_back(path: Path, recorder: Recorder, random: Random, many: int) -> None:
    """Older versions are put back."""
    recorder.promise(None)
    OpenNotebook.create(path, small()).close()
    recorder.promise(path.read_bytes())
    for number in range(many):
        with OpenNotebook.open(path) as notebook:
            notebook._saver.stop()
            notebook.change(add_person(f"p{number}"))
            notebook.flush()
            recorder.promise(path.read_bytes())
        restore(path, random.choice(Generations(real(path)).all()))
        recorder.promise(path.read_bytes())


def set_aside(path: Path, recorder: Recorder, random: Random, many: int) -> None:
    """Something that is no notebook is set aside."""
    recorder.promise(None)
    with OpenNotebook.create(path, small()) as notebook:
        notebook._saver.stop()
        recorder.promise(path.read_bytes())
        for number in range(many):
            recorder.put(path, NO_NOTEBOOK)
            notebook.change(add_person(f"p{number}"))
            notebook.flush()
            recorder.promise(path.read_bytes())


Scenario = Callable[[Path, Recorder, Random, int], None]
SCENARIOS: tuple[Scenario, ...] = (saves, another_program, put_back, set_aside)


def judged(scenario: Scenario, folder: Path, seam: Seam, seed: int, many: int, tries: int) -> int:
    """Play a scenario, cut the power everywhere, and return in how many states the disk was found."""
    random = Random(seed)
    path = folder / f"sub{seed}" / "notebook.json"
    recorder = Recorder(seam)
    scenario(path, recorder, random, many)
    kinds = Counter(step.kind for step in recorder.steps)
    assert kinds["fsync folder"] >= many
    states = 0
    for disk in cuts(recorder.steps, random, tries):
        states += 1
        assert disk.files.get(str(path)) in disk.allowed, f"seed {seed}: {sorted(disk.files)}"
        if NO_NOTEBOOK in disk.allowed[:1]:
            assert NO_NOTEBOOK in disk.files.values()
    return states


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_after_a_power_cut_the_old_or_the_new_version_is_there_whole(
    tmp_path: Path, seam: Seam, monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    monkeypatch.setattr(file_module, "SETTLE_SECONDS", 0)
    assert judged(scenario, tmp_path / "folder", seam, seed=1, many=8, tries=6) > 200


@pytest.mark.torture
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_after_thousands_of_power_cuts_too(
    tmp_path: Path, seam: Seam, monkeypatch: pytest.MonkeyPatch, scenario: Scenario
) -> None:
    monkeypatch.setattr(file_module, "SETTLE_SECONDS", 0)
    states = 0
    for seed in range(60):
        states += judged(scenario, tmp_path / "folder", seam, seed, many=5, tries=12)
    print(f"{states} states")
    assert states > 10_000


def test_the_judge_finds_what_a_careless_save_would_lose(tmp_path: Path, seam: Seam) -> None:
    """Without the fsync of the file, or of the folder, or written in place, a cut is seen to do harm."""
    import os

    def careless(*, sync_file: bool, sync_folder: bool) -> bool:
        path = tmp_path / "folder" / f"{sync_file}{sync_folder}.json"
        recorder = Recorder(seam)
        for content in (b"old" * 1000, b"new" * 1000):
            temporary = path.with_name("temporary")
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT)
            os.write(descriptor, content)
            if sync_file:
                os.fsync(descriptor)
            os.close(descriptor)
            temporary.replace(path)
            if sync_folder:
                folder = os.open(path.parent, os.O_RDONLY)
                os.fsync(folder)
                os.close(folder)
            recorder.promise(content)
        disks: list[Disk] = list(cuts(recorder.steps, Random(1), 4))
        first = next(place for place, disk in enumerate(disks) if len(disk.allowed) == 2)
        return all(disk.files.get(str(path)) in disk.allowed for disk in disks[first:])

    assert careless(sync_file=True, sync_folder=True)
    assert not careless(sync_file=False, sync_folder=True)
    assert not careless(sync_file=True, sync_folder=False)
