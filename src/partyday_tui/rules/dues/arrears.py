"""What is due, paid and owed, always worked out anew from assessments and entries (domain.md F13, D13, D16)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from partyday_tui.rules.dues.terms import Term, owes_in
from partyday_tui.rules.month import Month, months

WARN_AT, ALARM_AT = 3, 6
BACK_PAYMENT_MONTHS = 6

ARTICLE_NINE = (
    "党章第九条：「党员如果没有正当理由，连续六个月不参加党的组织生活，或不交纳党费，或不做党所分配的工作，就被认为是自行脱党。"
    "支部大会应当决定把这样的党员除名，并报上级党组织批准。」"
)
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
        return max((self.due_fen or 0) - self.paid_fen, 0)


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

    def months_running(self) -> tuple[Month, ...]:
        """The unbroken run of due months with paid < due at the end; a month without anything due neither counts nor breaks it."""
        run = []
        for each in reversed(self.months):
            if each.due_fen and each.short_fen:
                run.append(each.month)
            elif each.due_fen:
                break
        return tuple(reversed(run))


class Assessments:
    """The monthly amounts of one member, each from a month on and within its own year (D14: assessed anew each year)."""

    __slots__ = ("_by_year",)

    def __init__(self, entries: Iterable[tuple[Month, int]]) -> None:
        """``entries`` are (valid from, monthly fen) as they were written; of two from one month the later written holds."""
        by_year: dict[int, dict[Month, int]] = {}
        for valid_from, monthly_fen in entries:
            by_year.setdefault(valid_from.year, {})[valid_from] = monthly_fen
        self._by_year = {year: sorted(held.items()) for year, held in by_year.items()}

    def due(self, month: Month) -> int | None:
        """The amount of a month; None where the year has no assessment that holds by then."""
        held = self._by_year.get(month.year, [])
        at = bisect_right(held, month, key=lambda entry: entry[0])
        return held[at - 1][1] if at else None

    @property
    def first_year(self) -> int | None:
        """The first year that has an assessment."""
        return min(self._by_year, default=None)


def account(
    terms: Sequence[Term], assessments: Assessments, paid: Mapping[Month, int], first: Month, last: Month
) -> Account:
    """One member's months from `first` to `last`; ``paid`` is Σ of the entries of each month.

    A month without an assessment counts as not assessed only from the first assessed year on: before it the book did not keep dues.
    """
    since = assessments.first_year
    found = []
    for month in months(first, last):
        sum_paid = paid.get(month, 0)
        if owes_in(terms, month):
            due = assessments.due(month)
            if due is None and not sum_paid and (since is None or month.year < since):
                continue
            found.append(MonthAccount(month, due, sum_paid))
        elif sum_paid:
            found.append(MonthAccount(month, 0, sum_paid))
    return Account(tuple(found))


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
        return f"{told}{ARTICLE_NINE}{ONLY_A_REMINDER}"
    return f"{told}请了解原因、提醒交纳；一些地方要求满三个月向上级报告。{ONLY_A_REMINDER}"


def allocate(amount_fen: int, owed: Iterable[tuple[Month, int]]) -> tuple[list[tuple[Month, int]], int]:
    """Lay an amount on months in the order given, each up to what it still owes; returns the parts and what is left over."""
    parts = []
    for month, short_fen in owed:
        part = min(amount_fen, short_fen)
        if part > 0:
            parts.append((month, part))
            amount_fen -= part
    return parts, amount_fen


def is_long_back(period: Month, paid_in: Month) -> bool:
    """Whether a back payment reaches further than the six months that D13 allows in general."""
    return period + BACK_PAYMENT_MONTHS < paid_in
