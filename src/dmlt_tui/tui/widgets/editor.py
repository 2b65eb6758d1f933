"""A text editor made for minutes: lists continue, nest and move by themselves, and words begun are completed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Selection

from dmlt_tui.notes.text import JOINERS, clean
from dmlt_tui.tui.widgets import highlight
from dmlt_tui.tui.widgets.completion import Completion, Knowledge
from dmlt_tui.tui.widgets.keeping_place import Block, changed_lines
from dmlt_tui.tui.widgets.lean_text_area import LeanTextArea, Look

if TYPE_CHECKING:
    from dmlt_tui.notes import editing

_GOES_ON = frozenset(" .,;:)")  # typed first, these go on with the words they stand behind
_EDGES = frozenset(("ctrl+home", "ctrl+end", "ctrl+shift+home", "ctrl+shift+end"))
_PASTED = 0.05  # seconds; who types a bullet sooner after Enter is a terminal that pastes by typing


class Editor(LeanTextArea, inherit_css=False):
    """A TextArea that knows the language of notes. Undo is left to the notebook.

    Only the lines on the screen are coloured, each by itself and remembered by its words (highlight.py).
    """

    COMPONENT_CLASSES = TextArea.COMPONENT_CLASSES | highlight.CLASSES

    # In place of Textual's, which has more that is not used here, and which each start would have to read.
    # A fixed scrollbar track avoids Textual#6686 (undo after a long paste crashes while the scrollbar comes and goes).
    DEFAULT_CSS = """
    Editor {
        width: 1fr; height: 1fr; overflow: auto scroll; color: $foreground; background: $surface;
        scrollbar-background: $scrollbar-background; scrollbar-color: $scrollbar; scrollbar-size: 1 1;
    }
    Editor .text-area--cursor {
        color: $input-cursor-foreground; background: $input-cursor-background; text-style: $input-cursor-text-style;
    }
    Editor:light .text-area--cursor { color: $text 90%; background: $foreground 70%; }
    Editor.-read-only .text-area--cursor { background: $warning-darken-1; }
    Editor .text-area--selection { color: $input-selection-foreground; background: $input-selection-background; }
    Editor:ansi .text-area--cursor { text-style: reverse; }
    Editor:ansi .text-area--selection { background: transparent; text-style: reverse; }
    Editor > .editor--mention { color: $text-accent; }
    Editor > .editor--due { color: $text-secondary; }
    Editor > .editor--overdue { color: $text-error; text-style: bold underline; }
    Editor > .editor--reference { color: $text-primary; }
    Editor > .editor--box { text-style: bold; }
    Editor > .editor--done { text-style: dim strike; }
    Editor > .editor--decision { color: $text-success; text-style: bold; }
    Editor > .editor--question { color: $text-warning; text-style: italic; }
    Editor > .editor--parked { color: $text-warning; text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        self._knowledge = Knowledge()
        self._completion = Completion()
        self._declined = (-1, -1)  # where the word begins whose completion was closed
        self._code: list[int] | None = None
        self._made = (-1, "", 0.0)  # the row Enter began, what it put there, and when
        self._entered = False  # no key was typed since the notes were entered to write on
        super().__init__("", soft_wrap=True, show_line_numbers=False, highlight_cursor_line=False, id=id, compact=True)
        self.cursor_blink = False

    class TakeBack(Message):
        """Undo was asked for, or (`again`) redo."""

        def __init__(self, *, again: bool) -> None:
            super().__init__()
            self.again = again

    class Typed(Message):
        """The text changed under the user's hands; for the screen, as nobody between has to hear it for each letter."""

        def can_replace(self, message: Message) -> bool:
            """Be heard once for what was typed since it was heard last."""
            return isinstance(message, Editor.Typed)

    class ActionTyped(Message):
        """An open action is being typed in a row, which says `line` by now; `finished` when it is left."""

        def __init__(self, row: int, line: str, *, finished: bool) -> None:
            super().__init__()
            self.row = row
            self.line = line
            self.finished = finished

    def action_undo(self) -> None:
        """Leave undo to the notebook, which undoes everything and not only this text."""
        self.post_message(self.TakeBack(again=False))

    def action_redo(self) -> None:
        """Leave redo to the notebook."""
        self.post_message(self.TakeBack(again=True))

    # -- what is shown --------------------------------------------------------------------------------------------

    def know(self, knowledge: Knowledge) -> None:
        """Take what is known of the notebook; lines are coloured anew where it makes a difference."""
        before, self._knowledge = self._knowledge, knowledge
        if (before.today, before.patterns) != (knowledge.today, knowledge.patterns):
            self.notify_style_update()
            self.refresh()

    def show(self, text: str) -> None:
        """Make `text` what stands here, changing only what differs so that cursor and scroll stay with their words."""
        old = self.text
        if old == text:
            return
        before, cursor_row = self.selection, self.cursor_location[0]
        completing, row = self.completing, self._completion.row
        top, height = self.scroll_offset.y, self.wrapped_document.location_to_offset(self.cursor_location).y
        blocks = changed_lines(old.split("\n"), text.split("\n"))
        start, end, declined = before.start, before.end, self._declined
        for block in reversed(blocks):
            start, end, declined = block.moved(start), block.moved(end), block.moved(declined)
            self._replace_lines(block)
        self.selection = Selection(start, end)
        moved = self.wrapped_document.location_to_offset(self.cursor_location).y - height
        if cursor_row >= blocks[0].first:
            self.scroll_to(y=max(top + moved, 0), animate=False, immediate=True)
        self._completion.close()
        self._declined = declined
        if completing:  # the word begun is completed on, at the row moved to
            self._offer()
            self._completion.move(row + 1)

    def _replace_lines(self, block: Block) -> None:
        """Put lines in the place of others; with none on one side, a line end goes with them."""
        count = self.document.line_count
        if block.now and block.end > block.first:
            last = (block.end - 1, len(self.document.get_line(block.end - 1)))
            self.replace("\n".join(block.now), (block.first, 0), last, maintain_selection_offset=False)
        elif block.now and block.first < count:
            self.replace(
                "\n".join(block.now) + "\n", (block.first, 0), (block.first, 0), maintain_selection_offset=False
            )
        elif block.now:
            end = self.document.end
            self.replace("\n" + "\n".join(block.now), end, end, maintain_selection_offset=False)
        elif block.end < count:
            self.replace("", (block.first, 0), (block.end, 0), maintain_selection_offset=False)
        else:
            before = (block.first - 1, len(self.document.get_line(block.first - 1))) if block.first else (0, 0)
            self.replace("", before, self.document.end, maintain_selection_offset=False)

    def get_line(self, line_index: int) -> Text:
        """Colour one line; called for those on the screen alone."""
        line = super().get_line(line_index)
        if not highlight.in_code(self._code_rows, line_index):
            for look in self.looks(line_index):
                line.stylize(self.get_component_rich_style(look.name, partial=True), look.start, look.end)
        return line

    @property
    def _code_rows(self) -> list[int]:
        if self._code is None:
            self._code = highlight.code_rows(self.text)
        return self._code

    def looks(self, line: int) -> Sequence[Look]:
        """How the parts of a line look, where it stands outside code."""
        return highlight.looks(self.document.get_line(line), self._knowledge.patterns, self._knowledge.today)

    # -- changes --------------------------------------------------------------------------------------------------

    def edit(self, edit: Edit) -> EditResult:
        """Make any change of the text, then look at the word it leaves before the cursor."""
        before = self._code
        touched = (edit.text, *self.document.lines[edit.top[0] : edit.bottom[0] + 1])
        if before or any("`" in line or "~" in line for line in touched):
            self._code = None
        with self.prevent(TextArea.Changed):
            result = super().edit(edit)
        self.screen.post_message(self.Typed())
        if before or self._code_rows:
            self.refresh()  # what begins or ends a block of code colours the lines below it
        self._offer()
        return result

    def load_text(self, text: str) -> None:
        """Begin another text."""
        self._code = None
        self._completion.close()
        with self.prevent(TextArea.Changed):
            super().load_text(text)

    def apply(self, change: editing.Change | None) -> bool:
        """Make a change of the notes language; False when there is none to make."""
        if change is None:
            return False
        self.replace(change.insert, change.start, change.end, maintain_selection_offset=False)
        self.move_cursor(change.cursor)
        return True

    def move_line(self, by: int) -> bool:
        """Move the line of the cursor with its children up (-1) or down (1); False when it can't go there."""
        from dmlt_tui.notes import editing

        row, column = self.cursor_location
        return self.apply(editing.move(self._lines, row, by, column))

    def make_action(self) -> bool:
        """Turn the line of the cursor into an action; False when it is one."""
        from dmlt_tui.notes import editing

        row, column = self.cursor_location
        line = self.document.get_line(row)
        after = editing.to_task(line)
        self.apply(editing.Change((row, 0), (row, len(line)), after, (row, column + len(after) - len(line))))
        self.tell_action(finished=True)
        return after != line

    def tell_action(self, *, finished: bool) -> None:
        """Say so when the line of the cursor is an open action."""
        row, _ = self.cursor_location
        line = self.document.get_line(row)
        if "[ ]" not in line:
            return
        from dmlt_tui.notes.outline import read_item

        item = read_item(line)
        if item and item.mark.startswith("[ ]"):
            self.post_message(self.ActionTyped(row, line, finished=finished))

    @property
    def _lines(self) -> Sequence[str]:
        return self.text.split("\n")

    # -- keys -----------------------------------------------------------------------------------------------------

    def write_on(self, row: int | None = None) -> None:
        """Go on with the notes, at the end of a line or where the cursor is.

        Behind a line gone to, and behind the last words, what is typed first begins a line of its own; where the cursor
        was left among the notes, a word may be half typed.
        """
        if row is not None:
            row = min(row, self.document.line_count - 1)
            self.move_cursor((row, len(self.document.get_line(row))))
        self._entered = row is not None or self.cursor_location == self.document.end

    @property
    def is_behind_all(self) -> bool:
        """Whether nothing stands in the line of the cursor, nor below it."""
        return not any(line.strip() for line in self._lines[self.cursor_location[0] :])

    async def _on_key(self, event: events.Key) -> None:
        entered, self._entered = self._entered, False
        if entered and event.is_printable and event.character not in _GOES_ON:
            self._start_line(event.time)
        if self._take_key(event):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)
        if event.character in JOINERS and not self.read_only:
            self.replace(event.character, *sorted(self.selection), maintain_selection_offset=False)
        if event.character == " " and self.selection.is_empty:
            self._complete_start(event)
        if event.is_printable:
            self.tell_action(finished=False)

    def _complete_start(self, event: events.Key) -> None:
        """Look whether the blank just typed completes a mark or a bullet at the start of the line."""
        from dmlt_tui.notes import editing

        row, column = self.cursor_location
        line = self.document.get_line(row)
        change = editing.expand_shorthand(line, row, column)
        made_row, made, when = self._made
        if change is None and row == made_row and made.strip():
            change = editing.retype_marker(line, row, column, made, pasted=event.time - when < _PASTED)
        if change and not editing.in_code(self._lines, row):
            self.apply(change)

    def _take_key(self, event: events.Key) -> bool:
        """Do what a key means here that a plain text area does not know."""
        key = event.key
        if key in _EDGES:
            place = self.document.start if key.endswith("home") else self.document.end
            self.move_cursor(place, select="shift" in key)
            return True
        if self.read_only:
            return False
        if self._completion.offer is not None and self._complete(key):
            return True
        if key == "enter" and self.selection.is_empty:
            return self._enter(event)
        if key in ("tab", "shift+tab"):
            from dmlt_tui.notes import editing

            first, last = sorted((self.selection.start[0], self.selection.end[0]))
            by = 1 if key == "tab" else -1
            self.apply(editing.nest(self._lines, first, last, by, self.cursor_location))
            return True
        if key in ("alt+up", "alt+down"):
            self.move_line(-1 if key == "alt+up" else 1)
            return True
        return False

    def _enter(self, event: events.Key) -> bool:
        from dmlt_tui.notes import editing

        row, column = self.cursor_location
        line = self.document.get_line(row)
        if not line[column:].strip():
            self.tell_action(finished=True)
        done = self.apply(editing.new_line(self._lines, row, column))
        row, column = self.cursor_location
        self._made = (row, self.document.get_line(row)[:column], event.time)
        return done

    def _start_line(self, moment: float) -> None:
        from dmlt_tui.notes import editing

        row, column = self.cursor_location
        if self.read_only or not self.selection.is_empty or column < len(self.document.get_line(row)):
            return
        change = editing.start_line(self._lines, row)
        if change is not None:
            self.apply(change)
            self._made = (change.cursor[0], change.insert[1:], moment)

    async def _on_paste(self, event: events.Paste) -> None:
        """Take what is pasted as the notes would keep it: no control character reaches the screen."""
        event.prevent_default()
        event.stop()
        self._entered = False
        if not self.read_only:
            self.replace(clean(event.text), *sorted(self.selection), maintain_selection_offset=False)

    # -- completion -----------------------------------------------------------------------------------------------

    @property
    def completing(self) -> bool:
        """Whether a completion is offered."""
        return self._completion.offer is not None

    def decline(self) -> None:
        """Close the completion; the same word is not completed again."""
        if self._completion.offer is not None:
            row, column = self.cursor_location
            self._declined = (row, column - len(self._completion.offer.typed))
            self._completion.close()

    def watch_selection(self, _before: Selection, after: Selection) -> None:
        """Close the completion once the cursor leaves the word."""
        offer = self._completion.offer
        row, column = after.end
        if offer and not (after.is_empty and self.document.get_line(row)[:column].endswith(offer.typed)):
            self._completion.close()

    def _offer(self) -> None:
        row, column = self.cursor_location
        offer = self._knowledge.offer(self.document.get_line(row)[:column]) if self.has_focus else None
        if not offer or (row, column - len(offer.typed)) == self._declined:
            self._declined = self._declined if offer else (-1, -1)
            self._completion.close()
            return
        pane = self.parent
        start = self.cursor_screen_offset - (cell_len(offer.typed) + 1, 0)  # rows begin with a blank
        if isinstance(pane, Widget):
            if not self._completion.is_attached:  # made at the first: no start waits for what is not seen
                pane.mount(self._completion)
            self._completion.open(offer, start - pane.region.offset, pane.size)

    def _complete(self, key: str) -> bool:
        completion = self._completion
        if key == "down" or (key == "up" and completion.in_use):
            completion.move(1 if key == "down" else -1)
            return True
        if key != "tab" and not (key == "enter" and completion.in_use):
            return False
        offer, choice = completion.offer, completion.choice
        if offer is None or choice is None:
            return False
        from dmlt_tui.notes import editing

        row, column = self.cursor_location
        blank = "" if self.document.get_line(row)[column : column + 1].isspace() else " "
        start = column - len(offer.typed)
        end = start + len(choice.insert) + 1
        self.apply(editing.Change((row, start), (row, column), choice.insert + blank, (row, end)))
        completion.close()
        return True
