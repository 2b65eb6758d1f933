"""The directory of people, and the handles nobody has yet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual import on
from textual.content import Content

from dmlt_tui.meeting.model import Person
from dmlt_tui.meeting.people import Named, likely, named, set_active
from dmlt_tui.tui.panes.agenda import fit
from dmlt_tui.tui.screens.listing import ListRow, ListScreen, heading
from dmlt_tui.tui.who import edit_person_question, new_person_question, said_of, same_person_question, who_question
from dmlt_tui.tui.widgets.sheet import Sheet

_NAME, _HANDLE, _INITIALS, _COUNT = 26, 16, 6, 6  # cells
_NOBODY = "there is nobody in this notebook yet: a adds somebody"


def _draw_person(person: Person, count: int, width: int) -> Content:
    said = f"{fit(person.name, '', _NAME)} {fit(f'@{person.id}', '', _HANDLE)} {fit(person.initials, '', _INITIALS)}"
    line = f"{said} {count:>{_COUNT}}  {'' if person.active else 'gone  '}{', '.join(person.aliases)}"
    content = Content(fit(line, "", width))
    return content if person.active else content.stylize("dim")


def _draw_unknown(handle: str, count: int, maybe: Person | None, width: int) -> Content:
    guess = f"perhaps {maybe.name}" if maybe else ""
    said = f"{fit(f'@{handle}', '', _NAME)} {fit(guess, '', _HANDLE + 1 + _INITIALS)} {count:>{_COUNT}}"
    return Content(fit(said, "", width))


class PeopleScreen(ListScreen[None]):
    """Everybody of the notebook: added, edited, gone, and unknown names resolved once, everywhere."""

    KEYS = "Enter edit or identify   a add   x gone/back   m merge   u undo   q back"
    BINDINGS = [("a", "add", "Add"), ("e", "edit", "Edit"), ("x", "gone", "Gone"), ("m", "merge", "Same person")]

    _strangers: int = 0

    def title_words(self) -> str:
        """How many there are."""
        unknown = f", {self._strangers} unknown" if self._strangers else ""
        return f"People: {len(self.desk.value.people)}{unknown}   (number: mentions)"

    def rows(self) -> Sequence[ListRow]:
        """Those nobody knows first, each with the places, then the directory."""
        notebook = self.desk.value
        places: dict[str, list[Named]] = {}
        for place in named(notebook):
            places.setdefault(place.handle, []).append(place)
        known = {person.id for person in notebook.people}
        strangers = [handle for handle in places if handle not in known]
        self._strangers = len(strangers)
        rows = [heading("Unknown, but mentioned")] if strangers else []
        for handle in strangers:
            draw = partial(_draw_unknown, handle, len(places[handle]), likely(notebook, handle))
            rows.append(ListRow(f"@{handle}", draw, self._where(places[handle])))
        if strangers:
            rows.append(heading("People"))
        for person in notebook.people:
            there = places.get(person.id, [])
            whole = f"{said_of(person)}\n{self._where(there)}"
            rows.append(ListRow(person.id, partial(_draw_person, person, len(there)), whole))
        return rows

    def _where(self, places: Sequence[Named]) -> str:
        titles = dict.fromkeys(
            meeting.title for place in places if (meeting := self.desk.value.meeting(place.meeting_id)) is not None
        )
        return f"named in {'; '.join(titles)}" if titles else "named nowhere"

    @property
    def _person(self) -> Person | None:
        return self.desk.value.person(self.sheet.key_here)

    @on(Sheet.Chosen)
    def _chosen(self) -> None:
        self.action_edit()

    def action_add(self) -> None:
        """Ask for somebody new."""
        self.ask(new_person_question(self.desk, self.change))

    def action_edit(self) -> None:
        """Edit the line of a person; for an unknown handle, ask who that is."""
        key = self.sheet.key_here
        if key.startswith("@"):
            self.ask(who_question(self.desk, key[1:], self.change))
        elif self._person is not None:
            self.ask(edit_person_question(self.desk, self._person, self.change))
        else:
            self.say(_NOBODY)

    def action_gone(self) -> None:
        """Say that the account is gone, or back."""
        if self.sheet.key_here.startswith("@"):
            self.say("nobody has this handle yet: Enter says who it is")
        elif self._person is None:
            self.say(_NOBODY)
        else:
            self.change(set_active(self._person.id, active=not self._person.active))

    def action_merge(self) -> None:
        """Ask whom this is the same person as."""
        key = self.sheet.key_here
        if key.startswith("@"):
            self.action_edit()
        elif self._person is not None:
            self.ask(same_person_question(self.desk, self._person, self.change))
        else:
            self.say(_NOBODY)
