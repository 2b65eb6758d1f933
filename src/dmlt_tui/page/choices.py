"""What of a meeting is to stand on a page: the scope, its sections, and what may be added to them."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Part(StrEnum):
    """What of a meeting a page shows."""

    MEETING = "meeting"
    DAY = "day"
    SESSION = "session"
    ITEM = "item"
    ACTIONS = "actions"


class Scope(Struct, frozen=True):
    """A part of a meeting: `id` names the day, session or item; the whole meeting and its actions need none."""

    part: Part = Part.MEETING
    id: str = ""


class Section(StrEnum):
    """The sections of a whole meeting's page, in their order."""

    CONTENTS = "contents"
    LOGISTICS = "logistics"
    AGENDA = "agenda"
    ACTIONS = "actions"
    PLANNING = "planning"


class Choices(Struct, frozen=True):
    """The sections of a whole meeting's page, and what is added to agendas.

    `times` are when items really had the floor, `decisions` a list of the decisions taken, `handovers` when
    moderators gave the floor to the next.
    """

    sections: frozenset[Section] = frozenset(Section)
    times: bool = False
    decisions: bool = False
    handovers: bool = False
