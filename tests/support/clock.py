"""A clock for tests."""

from __future__ import annotations

from datetime import datetime, timedelta


class Clock:
    """A clock that tells the time it was set to."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.moment += timedelta(minutes=minutes, seconds=seconds)
