"""What can still be read of a damaged notebook file, and what can't, in lines for people."""

from __future__ import annotations

import codecs
import re

from msgspec import Struct
from msgspec.structs import replace

from dmlt_tui.meeting.model import Notebook, with_meeting
from dmlt_tui.store import torn_json
from dmlt_tui.store.codec import HEAD, SCHEMA, TABLES, MisfitError, NewerError, from_plain, upgraded
from dmlt_tui.store.errors import DamageError, one_line, shortened
from dmlt_tui.store.json_text import parse
from dmlt_tui.store.mending import Mending
from dmlt_tui.store.merge import merge
from dmlt_tui.store.records import Records

_START, _BASE, _MIDDLE, _END = (re.compile(rf"[{sign}]{{7}}( .*)?$") for sign in "<|=>")


class Salvaged(Struct, frozen=True):
    """A notebook made of what could be read; a line for each thing lost, and for each put right without a loss."""

    value: Notebook
    lost: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()


def salvage(content: bytes) -> Salvaged | None:
    """Read as much as there is; None when nothing of a notebook is in it. Raises NewerError."""
    text, lost, mended = _decoded(content)
    sides = _sides(text)
    if sides is None:
        found = _read(text)
    else:
        found = _both(*sides)
        mended.append("an unresolved merge conflict: both sides were merged")
    if found is None:
        return None
    return replace(found, lost=tuple(map(one_line, (*lost, *found.lost))), mended=tuple(mended))


def _decoded(content: bytes) -> tuple[str, list[str], list[str]]:
    """Decode whatever it is: the text, what was guessed (and so may be wrong), and what was put right."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", "replace")
        damaged = ["signs that were no UTF-16 stand as �"] if "�" in text else []
        return text, damaged, ["it was UTF-16, not UTF-8"]
    mended = []
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
        mended.append("it began with a byte order mark")
    try:
        return content.decode(), [], mended
    except UnicodeDecodeError:
        lost = []
        lines = []
        for number, line in enumerate(content.split(b"\n"), 1):
            try:
                lines.append(line.decode())
            except UnicodeDecodeError:
                guess = line.decode(errors="as_latin_1")
                lines.append(guess)
                lost.append(f"line {number}: no UTF-8, so some signs are a guess: {shortened(guess.strip())}")
        return "\n".join(lines), lost, mended


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    """Take bytes that are no UTF-8 for the letters they are in western Europe's older encoding."""
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("as_latin_1", _as_latin_1)


# --- git's conflicts -------------------------------------------------------------------------------------------------


def _sides(text: str) -> tuple[str, str, str] | None:
    """Split a text with git's marks of conflict into ours, theirs and what stands outside; None without marks."""
    if "<<<<<<<" not in text:
        return None
    ours: list[str] = []
    theirs: list[str] = []
    outside: list[str] = []
    place, seen = "outside", False
    for line in text.split("\n"):
        bare = line.rstrip("\r")
        if _START.match(bare):
            place, seen = "ours", True
        elif place == "ours" and _BASE.match(bare):
            place = "base"
        elif place in ("ours", "base") and _MIDDLE.match(bare):
            place = "theirs"
        elif place == "theirs" and _END.match(bare):
            place = "outside"
        else:
            for name, side in (("ours", ours), ("theirs", theirs), ("base", outside)):
                if place in ("outside", name):
                    side.append(line)
    return ("\n".join(ours), "\n".join(theirs), "\n".join(outside)) if seen else None


def _both(ours: str, theirs: str, outside: str) -> Salvaged | None:
    """Merge both sides; what both have, outside the conflicts, is what they are compared with."""
    mine, others, base = _read(ours), _read(theirs), _read(outside)
    if mine is None or others is None:
        return mine or others
    value = merge(base.value if base else Notebook(), mine.value, others.value)
    lost = (*(f"ours: {line}" for line in mine.lost), *(f"theirs: {line}" for line in others.lost))
    return Salvaged(value, lost)


# --- text ------------------------------------------------------------------------------------------------------------


def _read(text: str) -> Salvaged | None:
    """Read one text; damaged, with and without trust in its indentation, and what brings more."""
    try:
        return Salvaged(Records().load(parse(text.encode(errors="surrogatepass"))))
    except NewerError:
        raise
    except DamageError:
        pass
    found = [_of_torn(torn_json.read(text, trust_indentation=trust)) for trust in (True, False)]
    return max((one for one in found if one is not None), key=lambda one: _amount(one.value), default=None)


def _amount(value: Notebook) -> int:
    records = Records()
    records.put(value)
    return sum(map(len, records.to_json()))


def _of_torn(torn: torn_json.Torn) -> Salvaged | None:
    tree = torn.tree
    if not isinstance(tree, dict) or not tree.keys() & {HEAD, *TABLES}:
        return None
    mending = Mending(torn.strays)
    tables = {name: table for name, table in tree.items() if isinstance(table, dict)}
    try:
        tables = upgraded(tables, from_plain(HEAD, HEAD, tree[HEAD][HEAD]).schema)
    except NewerError:
        raise
    except (MisfitError, KeyError, TypeError):
        mending.lost.append(f"{HEAD}: the version of the file, taken for {SCHEMA}")
    value = Notebook(**{name: mending.table(name, tables.get(name, {})) for name in TABLES})
    for name in sorted(tree.keys() - tables.keys() | tables.keys() - TABLES.keys() - {HEAD}):
        mending.leave_out(name, tree.get(name), "no table of a notebook")
    if strays := mending.home_for_strays():
        value = with_meeting(value, strays)
        mending.lost.append(f"the place of some text: it is in the meeting {strays.title!r}")
    return Salvaged(value, (*torn.problems, *mending.lost))
