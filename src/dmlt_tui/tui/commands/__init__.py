"""The commands by what they are about, in the order help shows them.

This list alone feeds keys, key bar, palette, help, `dmlt-tui keys` and docs/keys.md. It loads nothing of the screen.
"""

from __future__ import annotations

from dmlt_tui.tui.commands import (
    agenda,
    copy,
    export,
    floor,
    handover,
    importing,
    lists,
    plan,
    planning,
    speakers,
    view,
    write,
)
from dmlt_tui.tui.commands.base import Command, shown_keys

GROUPS: tuple[tuple[str, tuple[Command, ...]], ...] = (
    (
        "The floor",
        (
            floor.StartOrPause(),
            floor.NextItem(),
            floor.PreviousItem(),
            handover.HandOver(),
            handover.HandNotesOver(),
            floor.TakeBreak(),
            floor.ChangeTime(),
        ),
    ),
    (
        "Writing",
        (
            write.TypeNotes(),
            write.TakeAction(),
            write.NoteDecision(),
            write.ParkLine(),
            write.TurnIntoAction(),
            write.OpenInEditor(),
        ),
    ),
    (
        "Help and the program",
        (
            view.ShowHelp(),
            view.CommandPalette(),
            view.SayingSaved(),
            view.LeaveProgram(),
            view.OpenDemo(),
        ),
    ),
    (
        "Actions",
        (
            lists.OpenActions(),
            lists.WhoseActions(),
            lists.TickRow(),
            lists.DueDate(),
        ),
    ),
    (
        "Agenda",
        (
            agenda.EditRow(),
            agenda.AssignPeople(),
            agenda.DeleteRow(),
            agenda.InsertItem(),
            agenda.SplitSession(),
            agenda.MoveToDay(),
            lists.MoveUp(),
            lists.MoveDown(),
            agenda.RoundOfTurns(),
            agenda.PartsOfItem(),
        ),
    ),
    (
        "Speakers",
        (
            speakers.RaiseHand(),
            speakers.LowerHand(),
            speakers.CallNext(),
        ),
    ),
    (
        "Finding and looking",
        (
            lists.FindWords(),
            view.NextDay(),
            view.PreviousDay(),
            view.SwitchMeeting(),
            view.NextPane(),
            view.PreviousPane(),
            view.AgendaList(),
            view.NotesEditor(),
            view.ActionList(),
            view.ZoomPane(),
            view.FollowAlong(),
            view.WiderPane(),
            view.NarrowerPane(),
            view.NextTheme(),
            view.WholePreparation(),
            plan.ViewDay(),
        ),
    ),
    (
        "Pages",
        (
            copy.CopyItem(),
            copy.CopyDay(),
            handover.CopyBrief(),
            export.ExportPage(),
            importing.ImportPage(),
        ),
    ),
    (
        "Taking back",
        (
            write.UndoChange(),
            write.RedoChange(),
        ),
    ),
    (
        "Between meetings",
        (
            plan.RequestTopic(),
            plan.PlanMeeting(),
            planning.NewMeeting(),
            planning.EditMeeting(),
            planning.ReviewNotes(),
            planning.PeopleList(),
        ),
    ),
)
COMMANDS: tuple[Command, ...] = tuple(command for _, group in GROUPS for command in group)

__all__ = ["COMMANDS", "GROUPS", "Command", "shown_keys"]
