"""When the clock of the computer is not believed (reliability.md R18); the day is then asked of the person before anything is dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from partyday_tui import RELEASED_ON

_BEHIND = timedelta(hours=26)  # a time zone set wrongly is never more
_AHEAD = 62  # days
_BEIJING = timedelta(hours=8)


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
        return ClockDoubt(Doubt.IMPOSSIBLE, None) if now.date() < RELEASED_ON else None
    last = newest.date()
    if now.date() < RELEASED_ON:
        return ClockDoubt(Doubt.IMPOSSIBLE, last)
    if newest - now > _BEHIND:
        return ClockDoubt(Doubt.BEHIND, last)
    if now.date() < last:
        return ClockDoubt(Doubt.A_LITTLE_BEHIND, last)
    days = (now.date() - last).days
    return ClockDoubt(Doubt.AHEAD, last, days) if days > _AHEAD else None


def zone_words(offset: timedelta, now: datetime) -> str:
    """A sentence where the computer is not set to the one zone of China; '' where it is. `now` is Beijing's time, as the book has it.

    It is a warning only: where the zone is wrong and the clock was set right by hand, what is entered late in the day gets the day after.
    """
    if offset == _BEIJING:
        return ""
    return f"电脑时区不是北京时间；台账按北京时间记，现在是{now:%m月%d日%H:%M}，不对请改时区。"
