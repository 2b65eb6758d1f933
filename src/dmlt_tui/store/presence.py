"""Who else has a notebook open, and where in it they are. See docs/storage.md, "Who is there".

Each desk keeps one small file in the folder `.NAME.desks` beside the notebook, and takes it away when it leaves. All of
it is a courtesy: where the folder can't be made or read, nobody is seen, and nothing else is different.
"""

from __future__ import annotations

import getpass
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from dmlt_tui.notes.text import clean
from dmlt_tui.store import disk
from dmlt_tui.store.errors import StoreError

LOOK_SECONDS = 0.5
SIGN_OF_LIFE_SECONDS = 60.0
GONE_SECONDS = 180.0  # without a sign of life, a desk on another host is taken for gone
_LARGEST = 4096  # bytes of a desk's file
_MOST = 50  # desks; more are not listed


class Seat(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where somebody sits: their login, host and process, the pane they are in, and the ids of what they look at.

    `began` tells a process from a later one with the same number; 0 where the system does not say.
    """

    login: str
    host: str
    pid: int
    began: int = 0
    pane: str = ""
    meeting: str = ""
    item: str = ""


class Presence:
    """This process's seat at a notebook, and those of the others.

    A thread keeps both up to date; `on_change` is called in it when the others changed. The disk is touched in that
    thread alone, so that a slow drive never keeps a screen waiting.
    """

    def __init__(self, path: Path, on_change: Callable[[], None]) -> None:
        self._path = path
        self._on_change = on_change
        self._me = Seat(login=_login(), host=os.uname().nodename, pid=os.getpid(), began=_began(os.getpid()))
        self._wanted = self._me
        self._wake = threading.Condition()
        self._stopped = False
        self._others: tuple[Seat, ...] = ()
        self._written: Seat | None = None
        self._listed = -1
        self._ages: dict[str, tuple[Seat, float]] = {}
        self._folder = path.with_name(f".{path.name}.desks")
        self._thread = threading.Thread(target=self._run, name="dmlt-tui presence", daemon=True)

    @property
    def others(self) -> tuple[Seat, ...]:
        """The others, by login."""
        return self._others

    def start(self) -> None:
        """Begin to look; to be called once."""
        self._thread.start()

    def sit(self, *, pane: str, meeting: str, item: str) -> None:
        """Say where this desk is now; returns at once."""
        wanted = msgspec.structs.replace(self._me, pane=pane, meeting=meeting, item=item)
        with self._wake:
            if wanted != self._wanted:
                self._wanted = wanted
                self._wake.notify()

    def leave(self) -> None:
        """Take this desk's file away, and the folder when it was the last."""
        with self._wake:
            self._stopped = True
            self._wake.notify()
        if self._thread.is_alive():
            self._thread.join(2)  # a drive that hangs must not keep anybody from leaving

    def _run(self) -> None:
        with suppress(StoreError):
            target = disk.real(self._path)
            self._folder = target.with_name(f".{target.name}.desks")
        quiet = 0.0
        while not self._stopped:
            with suppress(OSError):  # whoever may not write here is not seen, but sees
                if self._written != self._wanted:
                    self._write(self._wanted)
                elif quiet >= SIGN_OF_LIFE_SECONDS:
                    quiet = 0.0
                    os.utime(self._own)
                    self._listed = -1
            self._look()
            with self._wake:
                if not self._stopped:
                    self._wake.wait(LOOK_SECONDS)
            quiet += LOOK_SECONDS
        with suppress(OSError):
            self._own.unlink(missing_ok=True)
            self._folder.rmdir()

    @property
    def _own(self) -> Path:
        return self._folder / f"{self._me.host}-{self._me.pid}"

    def _write(self, seat: Seat) -> None:
        self._make_folder()
        status = self._folder.stat()
        temporary = self._folder / f".{self._own.name}"
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(seat))
            os.fchmod(descriptor, status.st_mode & 0o444 | 0o600)
        temporary.replace(self._own)
        self._written = seat

    def _make_folder(self) -> None:
        """Make the folder for those who may open the notebook, and nobody else; whoever made it does so later too."""
        model = self._path.stat()
        mode = model.st_mode & 0o666
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with suppress(PermissionError):
            os.chown(self._folder, -1, model.st_gid)
        with suppress(PermissionError):
            self._folder.chmod(0o700 | mode | (mode & 0o444) >> 2)

    def _look(self) -> None:
        try:
            changed = self._folder.stat().st_mtime_ns
        except OSError:
            changed, self._ages = -1, {}
        if changed != self._listed:
            self._listed = changed
            self._ages = self._read_all()
        mine = self._ages.get(self._own.name)
        seats = []
        for name, (seat, modified) in self._ages.items():
            if name == self._own.name:
                continue
            if seat.host != self._me.host:
                # Both times are of the drive's own clock; nobody's clock is compared with another.
                if mine is None or mine[1] - modified < GONE_SECONDS:
                    seats.append(seat)
            elif _is_alive(seat):
                seats.append(seat)
            else:
                with suppress(OSError):  # left by a process that was killed
                    (self._folder / name).unlink()
        found = tuple(sorted(seats, key=lambda seat: (seat.login, seat.host, seat.pid)))
        if found != self._others:
            self._others = found
            self._on_change()

    def _read_all(self) -> dict[str, tuple[Seat, float]]:
        found: dict[str, tuple[Seat, float]] = {}
        with suppress(OSError):
            for name in sorted(one.name for one in self._folder.iterdir())[:_MOST]:
                if not name.startswith("."):
                    with suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError):  # half gone, or no desk's file
                        found[name] = self._read(self._folder / name)
        return found

    def _read(self, path: Path) -> tuple[Seat, float]:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            seat = msgspec.json.decode(os.read(descriptor, _LARGEST), type=Seat)
            words = {name: clean(getattr(seat, name)).replace("\n", " ")[:80] for name in ("login", "host", "pane")}
            return msgspec.structs.replace(seat, **words), os.fstat(descriptor).st_mtime
        finally:
            os.close(descriptor)


def _login() -> str:
    try:
        return clean(getpass.getuser())  # from the environment, where it may be no text
    except (OSError, KeyError, ImportError):  # a user without a name, as in some containers
        return f"user {os.getuid()}"


def _began(pid: int) -> int:
    """When a process began, in the system's own count; 0 where that can't be known."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        return int(status.rpartition(")")[2].split()[19])  # proc(5): starttime is field 22
    except (OSError, ValueError, IndexError):
        return 0


def _is_alive(seat: Seat) -> bool:
    """Whether the process of a seat on this host still runs."""
    try:
        os.kill(seat.pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # another user's
        pass
    return not seat.began or _began(seat.pid) in (0, seat.began)
