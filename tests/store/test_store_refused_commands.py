"""The disk says no to a command that writes: it says so in one line, and what was there is there."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from click import ClickException
from click.testing import CliRunner
from seam import Call, Seam, seam
from store_values import names, on_disk

from dmlt_tui.cli import main
from dmlt_tui.cli.opening import demo_copy
from dmlt_tui.meeting.people import set_active
from dmlt_tui.store.errors import StoreError
from dmlt_tui.tui.app import run

__all__ = ["seam"]

SAMPLE = Path(__file__).parents[2] / "samples" / "dmlt-2020-05.json"
REASONS = ("ENOSPC", "EDQUOT", "EIO", "EROFS", "EACCES")
NEW = ("--title", "Spring", "--start", "2027-05-11", "--days", "1")
COMMANDS = {
    "new": ("new", "FILE", *NEW),
    "new file": ("new", "MADE", *NEW),
    "import": ("import", "FILE", "PAGE"),
    "import into a new file": ("import", "MADE", "PAGE"),
    "restore": ("restore", "FILE", "--at", "1"),
    "restore to a new file": ("restore", "FILE", "--at", "1", "-o", "MADE"),
    "add": ("add", "FILE", "--action", "fritz engage 2w"),
    "people": ("people", "FILE", "--add", "eve; Eve Adams", "--alias", "eve", "evie"),
    "done": ("actions", "FILE", "--done", "wrap-up:1"),
    "repair": ("check", "--repair", "TORN", "-o", "MADE"),
}


class Trial:
    """One folder with a notebook that has an older version, and a torn one; everything a command keeps lies in it."""

    def __init__(self, folder: Path, seam: Seam) -> None:
        self.seam = seam
        self._folder = folder
        self._fresh = folder.parent / "fresh"
        self._fresh.mkdir()
        shutil.copy(SAMPLE, folder / "FILE")
        (folder / "PAGE").write_text("# T\n\n2027-05-11\n\n- [ ] @fmueller do it\n")
        (folder / "TORN").write_bytes(SAMPLE.read_bytes()[:20_000])
        assert self._run(("add", "FILE", "--action", "fritz do it"))[0] == 0
        shutil.copytree(folder, self._fresh, dirs_exist_ok=True)

    def _run(self, command: Sequence[str]) -> tuple[int, str]:
        words = [str(self._folder / word) if word.isupper() and word.isalpha() else word for word in command]
        result = CliRunner().invoke(main, words)
        return result.exit_code, result.stderr

    def run(self, command: Sequence[str], refuse: int, many: int, reason: str) -> int:
        """Run it while calls from number `refuse` on are refused; gives the number of calls."""
        with self.seam.asleep():
            shutil.rmtree(self._folder)
            shutil.copytree(self._fresh, self._folder)
        seen: list[Call] = []
        stuck: set[str] = set()

        def before(call: Call) -> None:
            if call.name == "access":  # says no in another way
                return
            seen.append(call)
            if refuse < len(seen) <= refuse + many:
                # What can't be removed, or not be told from another program's version, stays until the next save.
                if call.name == "unlink" or (call.name in ("stat", "lstat") and call.path.endswith(".tmp")):
                    stuck.add(Path(call.path).name)
                number = getattr(errno, reason)
                raise OSError(number, os.strerror(number), call.path)

        self.seam.before = before
        try:
            code, said = self._run(command)
        finally:
            self.seam.before = lambda _: None
        with self.seam.asleep():
            where = (seen[refuse : refuse + 1], said)
            if many:
                assert code in (0, 1), where
            else:
                assert code == 0, said
            if code:
                assert len(said.splitlines()) == 1, where
                assert said.startswith("Error: "), where
            self._look(where, stuck, refused="nothing was changed" in said)
        return len(seen)

    def _look(self, where: object, stuck: set[str], *, refused: bool) -> None:
        old = on_disk(self._fresh / "FILE")
        now = on_disk(self._folder / "FILE")
        assert now == old if refused else set(now.meetings) >= set(old.meetings[:3]), where
        assert list((self._folder / "own").rglob("rescue/*")) == [], where  # it would be merged by the next command
        for name in ("TORN", "PAGE"):
            assert (self._folder / name).read_bytes() == (self._fresh / name).read_bytes(), where
        if (self._folder / "MADE").exists():
            on_disk(self._folder / "MADE")  # is whole
        assert {name for name in names(self._folder) if name.endswith(".tmp")} <= stuck, where


@pytest.fixture
def trial(tmp_path: Path, seam: Seam, monkeypatch: pytest.MonkeyPatch) -> Trial:
    for name in ("XDG_STATE_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "folder" / "own"))
    return Trial(tmp_path / "folder", seam)


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_a_command_that_is_refused_says_so_and_destroys_nothing(trial: Trial, command: tuple[str, ...]) -> None:
    steps = trial.run(command, 0, 0, "EIO")
    for first in range(len(command) % 7, steps, 7):
        trial.run(command, first, 1, REASONS[first % len(REASONS)])


@pytest.mark.parametrize("command", ["new", "import", "add", "people", "done"])
def test_what_a_command_was_refused_does_not_happen_later(tmp_path: Path, seam: Seam, command: str) -> None:
    path = tmp_path / "folder" / "n.json"
    shutil.copy(SAMPLE, path)
    (tmp_path / "PAGE").write_text("# T\n\n2027-05-11\n\n- [ ] @fmueller do it\n")
    words = [{"FILE": str(path), "PAGE": str(tmp_path / "PAGE")}.get(word, word) for word in COMMANDS[command]]
    words = ["2022-02-milestones:1" if word == "wrap-up:1" else word for word in words]
    before = on_disk(path)

    def refuse(call: Call) -> None:
        if call.name == "write":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    seam.before = refuse
    refused = CliRunner().invoke(main, words)
    seam.before = lambda _: None
    assert refused.exit_code == 1
    assert refused.stderr == f"Error: {path}: not saved: the disk is full; nothing was changed\n"
    assert CliRunner().invoke(main, ["people", str(path), "--gone", "tjenness"]).exit_code == 0
    assert on_disk(path) == set_active("tjenness", active=False).apply(before)


@pytest.mark.torture
@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_refused_at_every_step(trial: Trial, command: tuple[str, ...], reason: str) -> None:
    for first in range(trial.run(command, 0, 0, reason)):
        trial.run(command, first, 1, reason)


TOO_LONG = "n" * 300 + ".json"  # for any drive, so that even to ask for it is refused


@pytest.mark.parametrize(
    "command", [("list", TOO_LONG), ("import", TOO_LONG, "PAGE"), (TOO_LONG.removesuffix(".json"),)]
)
def test_a_name_that_no_drive_takes_is_refused_in_a_line(tmp_path: Path, command: tuple[str, ...]) -> None:
    page = tmp_path / "page.md"
    page.write_text("# T\n\n2027-05-11\n\n- [ ] @fmueller do it\n")
    result = CliRunner().invoke(main, [str(page) if word == "PAGE" else word for word in command])
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("Error: ")


def test_the_app_opens_no_name_that_no_drive_takes(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="its name is too long"):
        run(tmp_path / TOO_LONG)


def test_a_demo_that_can_t_be_kept_is_refused_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / TOO_LONG))
    with pytest.raises(ClickException, match="can't be written: its name is too long"):
        demo_copy()
