"""Days off and working days, and the honest answer for a year that is not announced yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Source = Literal["builtin", "notice", "file", "manual"]

SOURCE_WORDS: dict[Source, str] = {"builtin": "内置", "notice": "通知", "file": "文件", "manual": "手工"}


class DayOffReading(StrEnum):
    """What 「遇法定节假日」 means for a branch (domain.md §1.10 note 2); the default is ANY_DAY_OFF."""

    ANY_DAY_OFF = "any_day_off"
    STATUTORY_ONLY = "statutory_only"
    WEEKENDS_TOO = "weekends_too"


READING_WORDS: dict[DayOffReading, str] = {
    DayOffReading.ANY_DAY_OFF: "放假安排里的每一个放假日（含调休）",
    DayOffReading.STATUTORY_ONLY: "只算法定节假日当天",
    DayOffReading.WEEKENDS_TOO: "放假日和平常的周末都算",
}


@dataclass(frozen=True, slots=True)
class DayOff:
    """One day on which the State Council's list, or the secretary, departs from the plain week.

    ``is_off`` False makes it a working day (调休上班 on a weekend). ``name`` is the Chinese festival name; a day off
    without a name is a plain day of rest. ``statutory`` is true for 法定节假日当天 only, not for swapped days,
    weekends or 补休.
    """

    day: date
    is_off: bool
    name: str
    statutory: bool
    source: Source


class Calendar:
    """The days off that are known, and the years whose arrangement is known.

    ``rows`` go from weak to strong: the last row of a day wins, so pass the builtin seed first and the book's own rows
    after it. ``announced`` holds the years whose arrangement is published. Of any other year only the weekends, and
    the single days that somebody entered, are known.
    """

    __slots__ = ("_announced", "_rows")

    def __init__(self, rows: Iterable[DayOff], announced: Iterable[int]) -> None:
        self._rows = {row.day: row for row in rows}
        self._announced = frozenset(announced)

    def is_announced(self, year: int) -> bool:
        """Whether the days off of this year are known."""
        return year in self._announced

    def row(self, day: date) -> DayOff | None:
        """What is known of this day beyond the plain week."""
        return self._rows.get(day)

    def rows_of(self, year: int) -> tuple[DayOff, ...]:
        """Every known row of one year, in order of day."""
        return tuple(self._rows[day] for day in sorted(self._rows) if day.year == year)

    def is_workday(self, day: date) -> bool:
        """Whether people work on this day: a plain Monday to Friday, or a weekend day that is worked in exchange."""
        row = self._rows.get(day)
        return not row.is_off if row else not is_weekend(day)

    def is_holiday(self, day: date, reading: DayOffReading = DayOffReading.ANY_DAY_OFF) -> bool:
        """Whether an event due on this day has to move, as the branch reads 「节假日」.

        An ordinary weekend counts under WEEKENDS_TOO only: the guides say 法定节假日, and villages meet on Saturdays.
        """
        row = self._rows.get(day)
        if reading is DayOffReading.STATUTORY_ONLY:
            return row is not None and row.is_off and row.statutory
        if reading is DayOffReading.WEEKENDS_TOO:
            return not self.is_workday(day)
        return row is not None and row.is_off and bool(row.name)

    def name_of(self, day: date) -> str:
        """Why this day is off: the festival, else 「周末」, else nothing."""
        row = self._rows.get(day)
        if row and row.is_off and row.name:
            return row.name
        return "" if self.is_workday(day) else "周末"


def is_weekend(day: date) -> bool:
    """Saturday or Sunday by the plain week."""
    return day.isoweekday() >= 6


def not_announced(year: int) -> str:
    """The words that stand beside every date of a year without a published arrangement."""
    return f"{year}年放假安排未公布"
