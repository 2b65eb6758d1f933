"""The net at wrap-up: loose ends in the notes of a meeting, and what can be done about them.

What somebody looked at and let be is remembered in the meeting by a fingerprint of its words, and holds while they do.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct, structs

from dmlt_tui.meeting.capture import ActionWords
from dmlt_tui.meeting.edits import Edit, EditError, in_meeting, rewrite_action, with_item
from dmlt_tui.meeting.fingerprints import fingerprint
from dmlt_tui.meeting.model import Item, Meeting, Notebook
from dmlt_tui.meeting.patterns import key_patterns
from dmlt_tui.notes import tasklines
from dmlt_tui.notes.language import survey
from dmlt_tui.notes.mentions import mentions
from dmlt_tui.notes.names import Name, directory
from dmlt_tui.notes.outline import Outline
from dmlt_tui.notes.promises import find_promise
from dmlt_tui.notes.sentences import Sentence, sentences
from dmlt_tui.notes.tree import MarkKind, Task


class LooseKind(StrEnum):
    """What a loose end is."""

    PROMISE = "promise"  # sounds like one, and is no action
    ACTION = "action"  # has no owner or no date
    QUESTION = "question"  # is open
    PERSON = "person"  # is named, and nobody knows them


WHAT_TO_DO = {
    LooseKind.PROMISE: "turn into an action, or dismiss",
    LooseKind.ACTION: "say who and by when, or dismiss",
    LooseKind.QUESTION: "answer in the notes (?=), turn into an action, or dismiss",
    LooseKind.PERSON: "say who that is, or dismiss",
}


class LooseEnd(Struct, frozen=True):
    """Something left open: where (`line` counted from 0 in the running notes), the words, and why it is listed.

    `mark` is what a dismissal remembers. `action` are words for quick capture to begin with; an action made of them
    goes in before the line `below`, or in the place of `line` itself where that is None. `task` is the action that
    lacks something, `handle` the person nobody knows.
    """

    kind: LooseKind
    meeting_id: str
    item_id: str
    item_title: str
    line: int
    text: str
    why: str
    mark: str
    action: str = ""
    below: int | None = None
    task: Task | None = None
    handle: str = ""


def loose_ends(notebook: Notebook, meeting: Meeting) -> tuple[LooseEnd, ...]:
    """What the notes of a meeting leave open and nobody has dismissed, in the order of agenda and notes."""
    net = _Net(notebook, meeting)
    found = (end for item in meeting.items for end in net.in_item(item))
    return tuple(end for end in found if end.mark not in meeting.dismissed)


def dismiss(end: LooseEnd) -> Edit:
    """Let something be, and remember that."""
    change = in_meeting(end.meeting_id, lambda meeting: _dismissed(meeting, end.mark))
    return Edit(f"dismissed: {end.text[:40]}", change)


def make_action(end: LooseEnd, words: ActionWords) -> Edit:
    """Make an action of something left open, or give an action what it lacks; `words` were understood by capture.

    A line that says nothing else becomes the action; otherwise it is written right below. Refused when the words no
    longer stand in the notes.
    """
    if end.task is not None:
        return rewrite_action(
            end.meeting_id, end.item_id, end.task, owners=words.owners, text=words.text, due=words.due
        )

    def apply(notebook: Notebook) -> Notebook:
        def change(meeting: Meeting) -> Meeting:
            net = _Net(notebook, meeting)
            after = with_item(meeting, end.item_id, lambda item: _with_action(net, item, end, words))
            still = (found.mark for item in after.items if item.id == end.item_id for found in net.in_item(item))
            return _dismissed(after, end.mark) if end.mark in still else after

        return in_meeting(end.meeting_id, change)(notebook)

    return Edit(f"action {words.text[:40]}", apply)


def _dismissed(meeting: Meeting, mark: str) -> Meeting:
    return meeting if mark in meeting.dismissed else structs.replace(meeting, dismissed=(*meeting.dismissed, mark))


def _with_action(net: _Net, item: Item, end: LooseEnd, words: ActionWords) -> Item:
    """Write the action where the words stand now, which may be elsewhere than they were seen."""
    places = [found for found in net.in_item(item) if found.mark == end.mark]
    if not places:
        raise EditError(f"{end.text[:50]!r} no longer stands in the notes of {item.title!r}")
    now = min(places, key=lambda found: abs(found.line - end.line))
    lines = item.notes.split("\n")
    if now.below is None:
        lines[now.line] = tasklines.to_task(lines[now.line])
        notes, row = "\n".join(lines), now.line
    else:
        above = Outline(lines).item(now.line)
        indent = " " * above.inside if above else lines[now.line][: -len(lines[now.line].lstrip()) or None]
        notes, row = "\n".join([*lines[: now.below], f"{indent}{words.line}", *lines[now.below :]]), now.below
    try:
        notes = tasklines.rewrite_task(notes, row, words.owners, words.text, words.due)
    except ValueError:  # no place for an action there, as inside a quote
        notes = ""
    if len(survey(notes).tasks) != len(survey(item.notes).tasks) + 1:  # or it makes something else of what is below
        notes = tasklines.append_line(item.notes, words.line)
    return structs.replace(item, notes=notes)


class _Net:
    """The rules, for one meeting."""

    def __init__(self, notebook: Notebook, meeting: Meeting) -> None:
        self._meeting_id = meeting.id
        self._patterns = key_patterns(notebook)
        self._people = directory(tuple(Name(one.id, one.name, one.aliases, one.initials) for one in notebook.people))
        self._known = {person.id for person in notebook.people}

    def in_item(self, item: Item) -> list[LooseEnd]:
        """All loose ends of an item, dismissed or not, in the order of its notes."""
        marks = survey(item.notes, self._patterns)
        found = [*self._promises(item, {task.line: task for task in marks.tasks}), *self._strangers(item)]
        found += (end for task in marks.tasks for end in self._incomplete(item, task))
        found += (
            self._end(LooseKind.QUESTION, item, marked.line, marked.text, "open question")
            for marked in marks.marked
            if marked.kind is MarkKind.QUESTION
        )
        return sorted(found, key=lambda end: end.line)

    def _end(self, kind: LooseKind, item: Item, line: int, text: str, why: str) -> LooseEnd:
        mark = fingerprint(item.id, f"{kind} {text}")
        return LooseEnd(kind, self._meeting_id, item.id, item.title, line, text, why, mark, action=text)

    def _promises(self, item: Item, tasks: dict[int, Task]) -> Iterator[LooseEnd]:
        """Sentences that sound like a promise; in decisions only those that name somebody."""
        for sentence in sentences(item.notes):
            if sentence.mark not in {None, MarkKind.DECISION}:
                continue
            promise = find_promise(sentence.text, self._people)
            if promise is None or (sentence.mark is MarkKind.DECISION and not promise.names):
                continue
            named = {handle for name in promise.names for handle in name.handles}
            if not _is_answered(sentence, named, tasks):
                end = self._end(LooseKind.PROMISE, item, sentence.line, sentence.text, promise.why)
                yield structs.replace(end, action=promise.action, below=None if sentence.alone else sentence.end)

    def _incomplete(self, item: Item, task: Task) -> Iterator[LooseEnd]:
        """Open actions without owner or date."""
        missing = [f"no {word}" for word, there in (("owner", task.owners), ("date", task.due)) if not there]
        if missing and not task.done:
            end = self._end(LooseKind.ACTION, item, task.line, task.text, " and ".join(missing))
            who = " & ".join(f"@{owner}" for owner in task.owners)
            words = [*([who, "—"] if who else []), task.text, *([f"due:{task.due}"] if task.due else [])]
            mark = fingerprint(item.id, f"{end.kind} {end.why} {end.text}")
            yield structs.replace(end, action=" ".join(words), task=task, mark=mark)

    def _strangers(self, item: Item) -> Iterator[LooseEnd]:
        """People named whom nobody knows, each at the first place of the item."""
        first: dict[str, int] = {}
        for mention in mentions(item.notes):
            first.setdefault(mention.handle, mention.line)
        for handle, line in first.items():
            if handle not in self._known:
                end = self._end(LooseKind.PERSON, item, line, f"@{handle}", "nobody here has this handle")
                yield structs.replace(end, handle=handle)


def _is_answered(sentence: Sentence, named: set[str], tasks: dict[int, Task]) -> bool:
    """Whether an action right below is what was promised: one of those named has it, or nobody was named."""
    below = sentence.end
    while below in tasks:
        if not named or named & set(tasks[below].owners):
            return True
        below += 1
    return False
