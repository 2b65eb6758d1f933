"""Text that means harm: it would act if a terminal, a reader of markup, a browser, a spreadsheet or a shell took it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

# What a terminal would act on. No sequence here is one that the program itself sends.
ESCAPES = (
    "\x1b]52;c;aGFja2Vk\x07",
    "\x1b]0;owned\x07",
    "\x1b]2;owned\x1b\\",
    "\x1b]8;;http://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "\x1b[?1049l\x1b[2J\x1b[3J",
    "\x1b[666;13H",
    "\x1b[8m",
    "\x1b[6n",
    "\x1b[c",
    "\x1b[21t",
    "\x1bP$qm\x1b\\",
    "\x1bP+q544e\x1b\\",
    "\x1b_Gi=1;AAAA\x1b\\",
    "\x1bc",
    "\x1b#8",
    "\x1b(0",
    "\x9b31;7m",
    "\x9d52;c;aGFja2Vk\x9c",
    "\x90$qm\x9c",
    "\x07\x07\x08\x08\x7f",
    "\x0e\x0f\x00",
    "\r\x0b\x0coverwritten",
    "\x1b[200~paste\x1b[201~",
    "\x1b[5;5r\x1bM",
)
MARKUP = (
    "[@click=app.quit]press[/]",
    "[@click=app.simulate_key('q')]x[/]",
    "[@click=app.screenshot('/tmp/owned')]x[/@click]",
    "[/foo]",
    "[bold red]x",
    "[link=http://evil.example]x[/link]",
    "[/]",
    "\\[b]x[/b]",
    "[$primary]x[/]",
    ":warning: [[x]]",
    "{0.__class__} %s %(x)s",
)
PAGES = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    ']]><ac:structured-macro ac:name="html"><b/>',
    "]]&gt;]]>",
    '<ri:user ri:username="admin"/>',
    "{html}<script>alert(1)</script>{html}",
    "{toc} {code}x{code} {include:Secret}",
    "[x|javascript:alert(1)]",
    "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "!http://evil.example/x.png!",
    "![x](http://evil.example/x.png)",
    '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
    "||head|| |cell|",
    "<!-- x --> <?php x ?>",
)
CELLS = (
    '=HYPERLINK("http://evil.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "＝1+1",
    "\t=1+1",
    "$(touch /tmp/owned)",
    "`touch /tmp/owned`",
    "; touch /tmp/owned #",
    "'; touch /tmp/owned; '",
    "../../../etc/passwd",
    "BEGIN:VEVENT\nSUMMARY:x",
)
UNSEEN = (
    "\u202egnp.exe",
    "\u2066x\u2069",
    "\u200fabc\u200e",
    "fmu\u200beller",
    "so\u00adft\u2060",
    "\ufeffx\ufeff",
    "\U000e0041\U000e0042",
    "\u3164",
    "\u2028\u2029x",
)
KINDS = (ESCAPES, MARKUP, PAGES, CELLS, UNSEEN)
_TEXTS = {"access", "note", "notes", "preparation", "text"}
_NAMES = {
    "title",
    "name",
    "aliases",
    "guests",
    "guest",
    "estimate",
    "place",
    "call_id",
    "dial_in",
    "zone_label",
    "order",
}


def strings(seed: int, many: int) -> list[str]:
    """So many of them, of every kind, alone and joined with each other and with common words."""
    random = Random(seed)
    found = [text for kind in KINDS for text in kind][:many] if seed == 0 else []
    while len(found) < many:
        parts = [random.choice(random.choice(KINDS)) for _ in range(random.randint(1, 3))]
        found.append(random.choice(["", "Budget ", "x"]).join(["", *parts]))
    random.shuffle(found)
    return found


def poison(source: Path, target: Path, hostile: list[str]) -> None:
    """Write a notebook that another program might have written: hostile strings in every text and name of it."""
    number = 0

    def next_one() -> str:
        nonlocal number
        number += 1
        return hostile[number % len(hostile)]

    def poisoned(node: object, name: str = "") -> object:
        if isinstance(node, dict):
            return {key: poisoned(value, key) for key, value in node.items()}
        if isinstance(node, list):
            if name in _TEXTS:
                return [*node, next_one(), f"- [ ] {next_one()}", f"- !! {next_one()}"]
            return [poisoned(value, name) for value in node]
        if isinstance(node, str) and name in _NAMES | _TEXTS:
            return f"{next_one()} {node}" if number % 2 else next_one()
        return node

    target.write_text(json.dumps(poisoned(json.loads(source.read_text(encoding="utf-8")))), encoding="utf-8")


# The control sequences the program (and Textual) sends to a terminal; text and line ends aside, nothing else may come.
_OURS = re.compile(
    rb"\x1b\[(?:\d+;\d+)?H|\x1b\[\d*[CD]|\x1b\[[\d;]*m|\x1b\[\?(?:1049|25|1004|2004|2026|2048|7|1000|1003|1015|1006)[hl]"
    rb"|\x1b\[\?(?:2026|2048)\$p|\x1b\[>\d+u|\x1b\[<u|\x1b\]22;[a-z-]*\x07|\r?\n"
)
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]|\xc2[\x80-\x9f]")


def foreign(received: bytes) -> bytes:
    """What a terminal was sent that could act and is not the program's own: some bytes from there on, or nothing."""
    rest = _OURS.sub(b"", received)
    found = _CONTROL.search(rest)
    return rest[found.start() : found.start() + 40] if found else b""
