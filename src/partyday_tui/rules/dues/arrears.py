"""What is due, paid and owed, always worked out anew from assessments and entries (domain.md F13, D13, D16)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeVar

from partyday_tui.rules.dues.practice import ARTICLE_NINE, NOT_PAYING, SIX_MONTHS
from partyday_tui.rules.dues.terms import Term, owes_in
from partyday_tui.rules.month import Month

WARN_AT, ALARM_AT = 3, 6
BACK_PAYMENT_MONTHS = 6

ONLY_A_REMINDER = "程序只作提醒，有没有正当理由由支部了解后认定。"

Level = Literal["", "warning", "alarm"]


@dataclass(frozen=True, slots=True)
class MonthAccount:
    """One month of one member; ``due_fen`` None where the month is owed but not assessed yet."""

    month: Month
    due_fen: int | None
    paid_fen: int

    @property
    def short_fen(self) -> int:
        """What is still to pay, never negative; 0 while not assessed."""
        due = self.due_fen
        return due - self.paid_fen if due is not None and due > self.paid_fen else 0


@dataclass(frozen=True, slots=True)
class Account:
    """The months of one member, oldest first; only months that are owed or paid are there."""

    months: tuple[MonthAccount, ...]

    def until(self, last: Month) -> Account:
        """The same up to a month, included."""
        return Account(tuple(each for each in self.months if each.month <= last))

    @property
    def due_fen(self) -> int:
        """Σ due."""
        return sum(each.due_fen or 0 for each in self.months)

    @property
    def paid_fen(self) -> int:
        """Σ paid less reversed."""
        return sum(each.paid_fen for each in self.months)

    @property
    def balance_fen(self) -> int:
        """Σ due − Σ paid (F13): above 0 owed, below 0 paid too much."""
        return self.due_fen - self.paid_fen

    @property
    def unpaid(self) -> tuple[MonthAccount, ...]:
        """The months with something still to pay."""
        return tuple(each for each in self.months if each.short_fen)

    @property
    def arrears_fen(self) -> int:
        """What is still to pay month by month; a month paid too much does not make up for another one by itself."""
        return sum(each.short_fen for each in self.months)

    @property
    def unassessed(self) -> tuple[Month, ...]:
        """Months that are owed and have no assessment."""
        return tuple(each.month for each in self.months if each.due_fen is None)

    @property
    def paid_through(self) -> Month | None:
        """The last month up to which nothing is owed, as the letter of a transfer states it (D20); None where the first one is open."""
        last = None
        for each in self.months:
            if each.short_fen or each.due_fen is None:
                break
            last = each.month
        return last

    def months_running(self) -> tuple[Month, ...]:
        """The unbroken run of due months with paid < due at the end; a month without anything due neither counts nor breaks it."""
        run = []
        for each in reversed(self.months):
            if each.due_fen and each.short_fen:
                run.append(each.month)
            elif each.due_fen:
                break
        return tuple(reversed(run))


YearOfDues = tuple[int | None, ...]
"""Twelve monthly amounts in fen, January first; None where nothing is assessed yet."""

_NOT_ASSESSED: YearOfDues = (None,) * 12


class Assessments:
    """The monthly amounts of one member, each from a month on and within its own year (D14: assessed anew each year)."""

    __slots__ = ("_years",)

    def __init__(self, entries: Iterable[tuple[int, int, int]]) -> None:
        """``entries`` are (year, month number from which it holds, monthly fen) in the order of months, then of writing."""
        years: dict[int, list[int | None]] = {}
        for year, month, monthly_fen in entries:
            amounts = years.setdefault(year, [None] * 12)
            amounts[month - 1 :] = [monthly_fen] * (13 - month)
        self._years: dict[int, YearOfDues] = {year: tuple(amounts) for year, amounts in years.items()}

    def of_year(self, year: int) -> YearOfDues:
        """The amounts of a year as assessed."""
        return self._years.get(year, _NOT_ASSESSED)

    @property
    def first_month(self) -> Month | None:
        """The first month that is assessed."""
        if not self._years:
            return None
        year = min(self._years)
        return Month(year, next(at for at, fen in enumerate(self._years[year], 1) if fen is not None))


def dues_of_year(terms: Sequence[Term], assessments: Assessments, year: int) -> YearOfDues:
    """What is due in each month of a year: 0 outside the terms, None where it is owed but not assessed."""
    amounts = assessments.of_year(year)
    first, last = Month(year, 1), Month(year, 12)
    if any(term.first <= first and (term.last is None or last <= term.last) for term in terms):
        return amounts
    return tuple(
        amount if owes_in(terms, Month(year, number)) else 0 for number, amount in enumerate(amounts, 1)
    )  # fmt: skip


def account(
    terms: Sequence[Term],
    assessments: Assessments,
    paid: Mapping[int, Sequence[int]],
    first: Month,
    last: Month,
    settled: Container[int] = (),
) -> Account:
    """One member's months from `first` to `last`; ``paid`` is, for each year that has any, Σ of the entries of its twelve months.

    A month without an assessment counts as not assessed only after the first assessed month: before it the book did not keep dues.
    Of a year in ``settled`` (every month of it that an assessment covers paid to the fen) only the last due month is there, which is
    enough to end a run of months.
    """
    since = assessments.first_month
    found: list[MonthAccount] = []
    for year in range(first.year, last.year + 1):
        if year in settled:
            found += _last_due(terms, assessments, year)
            continue
        begin, end = first.month if year == first.year else 1, last.month if year == last.year else 12
        dues, sums, months = dues_of_year(terms, assessments, year), paid.get(year, _NOTHING), _months(year)
        for at in range(begin - 1, end):
            due = dues[at]
            if due is None and (since is None or months[at] < since):
                due = 0
            if due != 0 or sums[at]:
                found.append(MonthAccount(months[at], due, sums[at]))
    return Account(tuple(found))


_NOTHING = (0,) * 12


@lru_cache(maxsize=64)
def _months(year: int) -> tuple[Month, ...]:
    return tuple(Month(year, number) for number in range(1, 13))


def _last_due(terms: Sequence[Term], assessments: Assessments, year: int) -> list[MonthAccount]:
    """The last due month of a year that is paid."""
    dues = dues_of_year(terms, assessments, year)
    number = max((at for at, due in enumerate(dues, 1) if due), default=0)
    due = dues[number - 1]
    return [MonthAccount(Month(year, number), due, due or 0)] if number else []


def last_month_over(today: Month, last_closed: Month | None) -> Month:
    """The month up to which arrears are judged: the last one that is closed in the book or over by the calendar."""
    return max(today.previous, last_closed) if last_closed else today.previous


def level_of(running: int) -> Level:
    """``warning`` from three months running, ``alarm`` from six (D16)."""
    return "alarm" if running >= ALARM_AT else "warning" if running >= WARN_AT else ""


def running_words(running: int, deferred: int) -> str:
    """The sentence for months unpaid in a row; '' below three. It reminds and never judges."""
    level = level_of(running)
    if not level:
        return ""
    excused = f"，其中 {deferred} 个月已登记缓交理由" if deferred else ""
    told = f"已连续 {running} 个月未交清党费{excused}。"
    if level == "alarm":
        return f"{told}{SIX_MONTHS.cited}。{ARTICLE_NINE.source}：「{ARTICLE_NINE.sentence}」{ONLY_A_REMINDER}"
    return f"{told}{NOT_PAYING.cited}。请了解原因、提醒交纳；一些地方要求满三个月向上级报告。{ONLY_A_REMINDER}"


_On = TypeVar("_On")


def allocate(amount_fen: int, room: Iterable[tuple[_On, int]]) -> tuple[list[tuple[_On, int]], int]:
    """Lay an amount on months (or pots) in the order given, each up to its fen; returns the parts and what is left over."""
    parts = []
    for on, fen in room:
        part = min(amount_fen, fen)
        if part > 0:
            parts.append((on, part))
            amount_fen -= part
    return parts, amount_fen


def is_long_back(period: Month, paid_in: Month) -> bool:
    """Whether a back payment reaches further than the six months that D13 allows in general."""
    return period + BACK_PAYMENT_MONTHS < paid_in
