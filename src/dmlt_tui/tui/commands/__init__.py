"""The commands, in the order help shows them. This list alone feeds keys, key bar, palette, help and docs/keys.md."""

from __future__ import annotations

from dmlt_tui.tui.commands import copy, floor, lists, view, write
from dmlt_tui.tui.commands.base import Command

COMMANDS: tuple[Command, ...] = (
    floor.StartOrPause(),
    floor.NextItem(),
    floor.PreviousItem(),
    floor.HandOver(),
    write.TypeNotes(),
    write.TakeAction(),
    write.NoteDecision(),
    write.ParkLine(),
    view.ShowHelp(),
    view.LeaveProgram(),
    lists.OpenActions(),
    lists.TickRow(),
    lists.MoveItemUp(),
    lists.MoveItemDown(),
    copy.CopyItem(),
    copy.CopyDay(),
    write.UndoChange(),
    write.RedoChange(),
    view.NextDay(),
    view.PreviousDay(),
    view.SwitchMeeting(),
    view.NextPane(),
    view.PreviousPane(),
    view.AgendaList(),
    view.NotesEditor(),
    view.ActionList(),
    view.ZoomPane(),
    view.CommandPalette(),
    view.SayingSaved(),
)

__all__ = ["COMMANDS", "Command"]
