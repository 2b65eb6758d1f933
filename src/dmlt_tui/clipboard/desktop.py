"""The clipboard of this machine's own desktop, through pyperclip.

pyperclip reports success on a dead display and prints over the screen, so it runs in children of its own with nowhere
to print and a time limit, and the text is read back. Reading back takes a second child: the first one may itself be
what holds the clipboard (Qt), and what it held is gone with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress

TIME_LIMIT = 3.0  # seconds for each child; 0.05 to 0.16 are usual

_NO_TOOL = 4
_DIFFERENT = 5
_COPY = f"""
import sys, pyperclip
try:
    pyperclip.copy(sys.stdin.buffer.read().decode())
except pyperclip.PyperclipException:
    sys.exit({_NO_TOOL})
"""
_COMPARE = f"""
import sys, pyperclip
text = sys.stdin.buffer.read().decode()  # before the tool runs, which shares this input
sys.exit(0 if pyperclip.paste() == text else {_DIFFERENT})
"""


def has_display(environment: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Whether a desktop is to be expected here."""
    return platform == "darwin" or any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def copy(data: bytes, environment: Mapping[str, str], time_limit: float = TIME_LIMIT) -> str:
    """Put UTF-8 text on the desktop's clipboard and read it back; empty when it is there, else why not, in words."""
    for script in (_COPY, _COMPARE):
        try:
            code = _run(script, data, environment, time_limit)
        except subprocess.TimeoutExpired:
            return "the desktop's clipboard did not answer in time"
        except OSError as error:
            return f"the desktop's clipboard could not be asked: {error}"
        if code == _NO_TOOL:
            return "no clipboard tool is installed here (xclip, xsel or wl-clipboard)"
        if code == _DIFFERENT:
            return "the desktop's clipboard did not give the text back"
        if code != 0:
            return "the desktop's clipboard refused"
    return ""


def _run(script: str, data: bytes, environment: Mapping[str, str], time_limit: float) -> int:
    """Run a child for its exit code. Its session is its own: a tool that stays to serve the clipboard outlives us."""
    with subprocess.Popen(
        [sys.executable, "-P", "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
        start_new_session=True,
    ) as child:
        try:
            child.communicate(data, timeout=time_limit)
        except BaseException:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            raise
        return child.returncode
