"""What the keys do, made from the commands themselves: those of the pane one is in come first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from dmlt_tui.tui.manual import Section, hanging


def help_text(sections: Sequence[Section], width: int) -> Content:
    """Each section in lines of at most `width` cells; what can't be done just now is dimmed, and says why."""
    parts: list[Content] = []
    for section in sections:
        parts.append(Content.styled(section.title, "bold underline"))
        for row in section.rows:
            look = "dim" if row.refusal else ""
            parts += [Content.styled(line, look) for line in hanging(row, width)]
        parts.append(Content(""))
    return Content("\n").join(parts[:-1])
