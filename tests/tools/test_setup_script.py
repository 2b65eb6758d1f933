"""What tools/setup says before it installs anything; that it installs, every `make test` on a new machine shows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
NEEDED = ("sh", "cat", "cksum", "dirname", "mktemp", "rm", "mv", "mkdir", "date", "flock")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder, and beside it a `bin` that holds all commands there are."""
    folder = tmp_path / "project"
    (folder / "tools").mkdir(parents=True)
    shutil.copy(PROJECT / "tools" / "setup", folder / "tools")
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(PROJECT / name, folder)
    (tmp_path / "bin").mkdir()
    for name in NEEDED:
        if found := shutil.which(name):
            (tmp_path / "bin" / name).symlink_to(found)
    return folder


def command(project: Path, name: str, script: str) -> None:
    path = project.parent / "bin" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def setup(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": str(project.parent / "bin"), "HOME": str(project.parent), "TMPDIR": str(project.parent)} | more
    return subprocess.run([project / "tools" / "setup", *arguments], env=env, capture_output=True, text=True)


OLD_PYTHON = '[ "$1" = -V ] && echo Python 3.9.2 && exit; exit 1'


def test_a_python_that_is_too_old_is_named_with_what_to_do(project: Path) -> None:
    command(project, "python3", OLD_PYTHON)
    done = setup(project, "run")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; python3 is Python 3.9.2." in done.stderr
    assert not (project / ".venv").exists()


def test_a_newer_python_beside_an_old_one_is_taken(project: Path) -> None:
    command(project, "python3", OLD_PYTHON)
    command(project, "python3.12", 'echo "asked: $*" >&2; [ "$1" = -c ] && echo python3.12 && exit; exit 3')
    done = setup(project, "run")
    assert "asked: -m venv" in done.stderr


def test_without_pip_or_uv_the_package_to_install_is_named(project: Path) -> None:
    # The venv is made, but neither Python has pip or ensurepip, as on a Debian with nothing but python3.
    command(
        project,
        "python3",
        'if [ "$1" = -c ]; then echo python3; elif [ "$2" = venv ]; then mkdir -p .venv/bin; '
        "echo '#!/bin/sh\nexit 1' >.venv/bin/python; else exit 1; fi",
    )
    done = setup(project, "run")
    assert done.returncode == 1
    assert "apt install python3-pip" in done.stderr


def test_a_failed_install_shows_its_whole_output_and_is_tried_again(project: Path) -> None:
    command(project, "python3", "echo python3")
    command(project, "uv", 'case "$*" in *pip*) echo "first line"; echo "no route" >&2; exit 1 ;; esac')
    for _ in range(2):
        done = setup(project, "dev")
        assert done.returncode == 1
        assert "first line\nno route\nSet-up failed at: uv pip install" in done.stderr
    assert not list(project.parent.glob("tmp*"))


def test_what_is_ready_is_not_set_up_again_until_a_lock_changes(project: Path) -> None:
    command(project, "python3", "echo python3")
    command(
        project,
        "uv",
        'echo "$*" >>"$HOME/calls"; if [ "$1" = venv ]; then mkdir -p .venv/bin; '
        "echo '#!/bin/sh\necho python3' >.venv/bin/python; /bin/chmod +x .venv/bin/python; fi",
    )
    calls = project.parent / "calls"

    def asked() -> list[str]:
        text = calls.read_text() if calls.exists() else ""
        calls.unlink(missing_ok=True)
        return [line for line in text.splitlines() if "requirements" in line or line.startswith("venv")]

    assert setup(project, "run").returncode == 0
    made, installed = asked()
    assert made.startswith("venv")
    assert installed.endswith("--require-hashes --no-deps -r requirements.lock")

    assert setup(project, "run").stdout == ""
    assert asked() == []

    assert setup(project, "dev").returncode == 0
    assert [line.split()[-1] for line in asked()] == ["requirements-dev.lock"]  # on top of what was there

    assert setup(project, "run").stdout == ""  # dev has all that run needs
    assert asked() == []

    with (project / "pyproject.toml").open("a") as file:
        file.write("# changed\n")
    assert setup(project, "run").returncode == 0
    assert [line.split()[-1] for line in asked()] == ["requirements-dev.lock"]  # kept, with all it had

    with (project / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    assert setup(project, "dev").returncode == 0
    assert asked()[0].startswith("venv")  # made anew
    assert not (project / ".venv.old").exists()


def test_a_named_python_that_is_none_is_not_replaced_by_another(project: Path) -> None:
    command(project, "python3", "echo python3")
    done = setup(project, "run", PYTHON="/nowhere/python3")
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; /nowhere/python3 is missing." in done.stderr
