"""A calendar month as a value."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake

_ISO = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One month of one year, ordered by time; ``Month(2026, 13)`` raises ValueError."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and date.min.year <= self.year <= date.max.year):
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``YYYY-MM``; anything else is a UserMistake that shows the right form."""
        found = _ISO.fullmatch(text.strip())
        if found and 1 <= int(found[2]) <= 12 and int(found[1]) >= date.min.year:
            return cls(int(found[1]), int(found[2]))
        raise UserMistake("月份没有看懂，请写成 2026-11 这样。")

    @classmethod
    def of(cls, day: date) -> Month:
        """The month that holds this day."""
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first_day(self) -> date:
        """The 1st."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The 28th to the 31st."""
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def next(self) -> Month:
        """The month after."""
        return self + 1

    @property
    def previous(self) -> Month:
        """The month before."""
        return self + -1

    def __add__(self, months: int) -> Month:
        years, zero_based = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(years, zero_based + 1)

    def __contains__(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.month)

    def days(self) -> Iterator[date]:
        """Every day of the month, in order."""
        for day in range(1, self.last_day.day + 1):
            yield date(self.year, self.month, day)


def months(first: Month, last: Month) -> Iterator[Month]:
    """Months from ``first`` to ``last``, both included; none when ``last`` is earlier."""
    while first <= last:
        yield first
        first = first.next


def months_of_year(year: int) -> Iterator[Month]:
    """January to December of one year."""
    return months(Month(year, 1), Month(year, 12))
