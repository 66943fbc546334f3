"""When the clock of the computer is not believed (reliability.md R18); the day is then asked of the person before anything is dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

EARLIEST = date(2026, 1, 1)
"""No program of this kind was built before this day: a clock that stands before it is wrong."""

_BEHIND = timedelta(hours=26)  # a time zone set wrongly is never more
_AHEAD = 62  # days


class Doubt(StrEnum):
    """How the clock stands; `IMPOSSIBLE` and `BEHIND` stop dated entries until the date was typed, the others only ask."""

    IMPOSSIBLE = "impossible"
    BEHIND = "behind"
    A_LITTLE_BEHIND = "a_little_behind"
    AHEAD = "ahead"

    @property
    def stops(self) -> bool:
        """Whether nothing is dated before the person typed the date."""
        return self in (Doubt.IMPOSSIBLE, Doubt.BEHIND)


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """`newest` is the day of the newest record, None in an empty book; `days` how far the clock is ahead of it, else 0."""

    doubt: Doubt
    newest: date | None
    days: int = 0


def doubt_about(now: datetime, newest: datetime | None) -> ClockDoubt | None:
    """What is to be doubted of a clock that says `now`, by the newest record of the book in the order of entry; None for nothing."""
    if newest is None:
        return ClockDoubt(Doubt.IMPOSSIBLE, None) if now.date() < EARLIEST else None
    last = newest.date()
    if now.date() < EARLIEST:
        return ClockDoubt(Doubt.IMPOSSIBLE, last)
    if newest - now > _BEHIND:
        return ClockDoubt(Doubt.BEHIND, last)
    if now.date() < last:
        return ClockDoubt(Doubt.A_LITTLE_BEHIND, last)
    days = (now.date() - last).days
    return ClockDoubt(Doubt.AHEAD, last, days) if days > _AHEAD else None
