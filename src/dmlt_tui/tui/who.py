"""What is asked about people: who an unknown handle is, and the line of a person."""

from __future__ import annotations

from collections.abc import Callable

from dmlt_tui.meeting.edits import Edit, EditError, add_person
from dmlt_tui.meeting.model import Person
from dmlt_tui.meeting.people import HOW, likely, new_person, person_line, read_person, resolve, set_person
from dmlt_tui.tui.desk import Desk
from dmlt_tui.tui.question import Question

Change = Callable[[Edit], bool]


def _question(label: str, understand: Callable[[str], tuple[Edit, str]], change: Change, text: str) -> Question:
    """Ask for words that become an edit; what they mean, or what is wrong with them, is said as they are typed."""

    def explain(words: str) -> str:
        try:
            return understand(words)[1]
        except EditError as error:
            return str(error)

    def answer(words: str) -> str | None:
        if not words.strip():
            return None
        try:
            edit, _ = understand(words)
        except EditError as error:
            return str(error)
        change(edit)
        return None

    return Question(label, explain, answer, text)


def who_question(desk: Desk, handle: str, change: Change) -> Question:
    """Ask who an unknown handle is: somebody known by a name, or somebody new as a line."""

    def understand(words: str) -> tuple[Edit, str]:
        if not words.strip():
            raise EditError(f"the name of a known person, or a new one:  {handle}; First Last; FL")
        return resolve(desk.value, handle, words)

    maybe = likely(desk.value, handle)
    return _question(f"who is @{handle}", understand, change, maybe.name if maybe else "")


def new_person_question(desk: Desk, change: Change) -> Question:
    """Ask for somebody new."""

    def understand(words: str) -> tuple[Edit, str]:
        if not words.strip():
            raise EditError(f"First Last, or {HOW}")
        person = new_person(desk.value, words)
        return add_person(person), said_of(person)

    return _question("new person", understand, change, "")


def edit_person_question(desk: Desk, person: Person, change: Change) -> Question:
    """Ask for what the directory says of somebody, to be changed."""

    def understand(words: str) -> tuple[Edit, str]:
        after = read_person(words, desk.value.person(person.id))
        other = desk.value.person(after.id)
        if after.id != person.id and other is not None:
            raise EditError(f"there is already somebody called @{other.id}: {other.name}")
        renamed = f"   @{person.id} becomes @{after.id} everywhere" if after.id != person.id else ""
        return set_person(person.id, after), said_of(after) + renamed

    return _question("person", understand, change, person_line(person))


def same_person_question(desk: Desk, person: Person, change: Change) -> Question:
    """Ask which other entry of the directory is the same person."""

    def understand(words: str) -> tuple[Edit, str]:
        if not words.strip() or ";" in words:
            raise EditError(f"{person.name} is listed twice? Type the name or handle to keep")
        return resolve(desk.value, person.id, words)

    return _question(f"@{person.id} is the same as", understand, change, "")


def said_of(person: Person) -> str:
    """A person in a line for people."""
    account = person.account
    wiki = [account.username, account.userkey, account.account_id] if account else []
    parts = [
        person.name,
        f"@{person.id}",
        person.initials,
        f"also {', '.join(person.aliases)}" if person.aliases else "",
        f"wiki {' '.join(filter(None, wiki))}" if any(wiki) else "no wiki account",
    ]
    return " · ".join(part for part in parts if part)
