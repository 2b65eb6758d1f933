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
            write.AddAction(),
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
            view.SaveNow(),
            view.Suspend(),
            view.Quit(),
            view.OpenDemo(),
        ),
    ),
    (
        "Actions",
        (
            lists.OpenActions(),
            lists.SwitchActions(),
            lists.TickOff(),
            lists.DueDate(),
        ),
    ),
    (
        "Agenda",
        (
            agenda.EditItem(),
            agenda.AssignPeople(),
            agenda.DeleteItem(),
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
            view.GoToAgenda(),
            view.GoToNotes(),
            view.GoToActions(),
            view.ZoomPane(),
            view.FollowAlong(),
            view.WiderPane(),
            view.NarrowerPane(),
            view.NextTheme(),
            view.ShowPreparation(),
            plan.DayChart(),
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
        "Undo and redo",
        (
            write.Undo(),
            write.Redo(),
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
            planning.ShowPeople(),
        ),
    ),
)
COMMANDS: tuple[Command, ...] = tuple(command for _, group in GROUPS for command in group)

__all__ = ["COMMANDS", "GROUPS", "Command", "shown_keys"]
