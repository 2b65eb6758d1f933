"""The floor after a merge: one item has it, one clock runs, and a session was handed over once.

Merging goes field by field, so what two desks did at once may both be there: two clocks, two handovers of one session.
What was there first counts then, as if the second had been refused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from msgspec.structs import replace

from dmlt_tui.meeting.model import Handover, Item, ItemKind, Meeting, Notebook, Span


def settled(merged: Notebook, base: Notebook, first: Notebook, second: Notebook) -> Notebook:
    """Settle the floor of every meeting of `merged`, which holds what `first` and `second` made of `base`."""
    untouched = {id(meeting) for side in (first, second) for meeting in side.meetings}
    meetings = tuple(
        meeting
        if id(meeting) in untouched
        else _settle(meeting, *(side.meeting(meeting.id) for side in (base, first, second)))
        for meeting in merged.meetings
    )
    same = all(one is other for one, other in zip(meetings, merged.meetings, strict=True))
    return merged if same else replace(merged, meetings=meetings)


def _settle(merged: Meeting, base: Meeting | None, first: Meeting | None, second: Meeting | None) -> Meeting:
    meeting = merged
    if base is not None and first is not None and second is not None:
        if first.current != base.current and _has(merged, first.current):
            meeting = replace(meeting, current=first.current)
            if second.current != base.current:
                meeting = _refused(meeting, base, first, second)
        meeting = _handed_over_once(meeting, base, first)
    return _one_clock(meeting)


def _has(meeting: Meeting, item_id: str) -> bool:
    return not item_id or any(item.id == item_id for item in meeting.items)


def _refused(meeting: Meeting, base: Meeting, first: Meeting, second: Meeting) -> Meeting:
    """Take back what the second's move did to the item it left and to the one it went to."""
    known = {item.id: item for item in first.items}
    moved = {base.current, second.current}

    def counts(item: Item) -> bool:
        """Whether this is more than the break that was put into the agenda only to be taken."""
        unplanned = item.kind is ItemKind.BREAK and not item.minutes and not item.notes
        return item.id != second.current or item.id in known or not unplanned

    def as_first_left_it(item: Item) -> Item:
        if item.id not in moved:
            return item
        was = known.get(item.id)
        return replace(item, spans=was.spans if was else (), done=was.done if was else False)

    return _with_items(meeting, lambda items: tuple(map(as_first_left_it, filter(counts, items))))


def _with_items(meeting: Meeting, change: Callable[[tuple[Item, ...]], tuple[Item, ...]]) -> Meeting:
    return replace(
        meeting,
        days=tuple(
            replace(day, sessions=tuple(replace(session, items=change(session.items)) for session in day.sessions))
            for day in meeting.days
        ),
    )


def _handed_over_once(meeting: Meeting, base: Meeting, first: Meeting) -> Meeting:
    """Leave out a handover of what the first had handed over already."""
    known = {handover.id for handover in (*base.handovers, *first.handovers)}
    taken = {(handover.session, handover.role) for handover in first.handovers}

    def counts(handover: Handover) -> bool:
        return handover.id in known or (handover.session, handover.role) not in taken

    kept = tuple(filter(counts, meeting.handovers))
    return meeting if kept == meeting.handovers else replace(meeting, handovers=kept)


def _one_clock(meeting: Meeting) -> Meeting:
    """Stop every clock that runs beside that of the item on the floor, at the moment another one was started."""
    spans = {item.id: tuple(_joined(item.spans)) for item in meeting.items}
    for item_id, own in spans.items():
        if own and own[-1].end is None and item_id != meeting.current:
            since = own[-1].start
            later = [span.start for other, theirs in spans.items() if other != item_id for span in theirs]
            end = min((start for start in later if start > since), default=since)
            spans[item_id] = (*own[:-1], replace(own[-1], end=end)) if end > since else own[:-1]
    if all(spans[item.id] == item.spans for item in meeting.items):
        return meeting

    def with_spans(item: Item) -> Item:
        return replace(item, spans=spans[item.id])

    return _with_items(meeting, lambda items: tuple(map(with_spans, items)))


def _joined(spans: tuple[Span, ...]) -> Iterator[Span]:
    """The spans in order, those that overlap as one."""
    open_span: Span | None = None
    for span in sorted(spans, key=_start):
        if open_span is not None and (open_span.end is None or span.start < open_span.end):
            ends = (open_span.end, span.end)
            end = None if ends[0] is None or ends[1] is None else max(ends[0], ends[1])
            open_span = replace(open_span, end=end)
            continue
        if open_span is not None:
            yield open_span
        open_span = span
    if open_span is not None:
        yield open_span


def _start(span: Span) -> datetime:
    return span.start
