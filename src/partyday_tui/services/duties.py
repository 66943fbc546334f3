"""应办事项 of the book: a period's duties with the place that settles each, and what of them belongs on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from partyday_tui.errors import UserMistake
from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import Duty, Period, PeriodKind, State
from partyday_tui.rules.month import Month
from partyday_tui.services.facts import read_facts
from partyday_tui.services.holidays import check_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store.book import Book

LOOK_BACK, LOOK_AHEAD = timedelta(days=62), timedelta(days=31)
"""How far behind and ahead of today the desk names duties one by one."""

# Where a duty of a rule family is settled; duties of one event lead to that event.
_WHERE = {
    "plan": "reading",
    "constitution": "reading",
    "floating": "roster",
    "infirm": "roster",
    "hardship": "roster",
    "visit": "roster",
    "talk": "roster",
    "development": "roster",
}
_AT_EVENTS = ("oath", "affairs", "study", "integrity")
_ROLL_RULES = ("attendance.recorded", "attendance.threshold_percent")


@dataclass(frozen=True, slots=True)
class Way:
    """The place that settles a duty: a screen, and what to show there."""

    where: str
    target: int | None = None


def year_period(year: int) -> Period:
    """A whole year."""
    return Period(PeriodKind.YEAR, str(year), date(year, 1, 1), date(year, 12, 31))


def month_period(month: Month) -> Period:
    """One month."""
    return Period(PeriodKind.MONTH, str(month), month.first_day, month.last_day)


def quarter_period(month: Month) -> Period:
    """The quarter that holds a month."""
    number = (month.month - 1) // 3
    first, last = Month(month.year, number * 3 + 1), Month(month.year, number * 3 + 3)
    return Period(PeriodKind.QUARTER, f"{month.year}-Q{number + 1}", first.first_day, last.last_day)


def duties_of_year(book: Book, year: int) -> list[Duty]:
    """Every duty of a year as it stands today, by due day."""
    rules = rule_book_of(book)
    if rules.preset(book.clock.today) is None:
        raise UserMistake("这个账本没有选定支部类型，请在设置里选一种。")
    return list(duties(rules, read_facts(book, rules, check_year(year)), year, book.clock.today))


def duties_of(book: Book, period: Period) -> list[Duty]:
    """The duties of a period: those that are due in it, and those that recur by it or lie in it."""
    found = duties_of_year(book, period.first.year)
    if period.kind is PeriodKind.YEAR:
        return found
    return [duty for duty in found if belongs(duty, period)]


def belongs(duty: Duty, period: Period) -> bool:
    """Whether a duty is looked at in a period: its own span lies in it, or its due day does."""
    inside = period.first <= duty.period.first and duty.period.last <= period.last
    return inside or bool(duty.due_on and period.first <= duty.due_on <= period.last)


def way_of(duty: Duty, events_by_month: Mapping[str, int] | None = None) -> Way:
    """Where a duty is settled: the event that it is about, the month's event (YYYY-MM -> key) that can settle it, a list."""
    if (event_id := event_of(duty)) is not None:
        return Way("roll" if duty.rule_key in _ROLL_RULES else "event", event_id)
    family, year = duty.rule_key.partition(".")[0], duty.period.first.year
    if family in _AT_EVENTS and duty.period.which in (events_by_month or {}):
        return Way("event", (events_by_month or {})[duty.period.which])
    where = _WHERE.get(family, "year")
    return Way(where, year if where == "reading" else None)


def event_of(duty: Duty) -> int | None:
    """The event that a duty is about; None for a duty of a month, a year or a register."""
    kind, _, key = duty.period.which.partition("-")
    return int(key) if kind == "event" else None


def due_for_desk(book: Book) -> tuple[list[Duty], list[Duty], int]:
    """(overdue in the last two months, open and due in the next weeks, how many are overdue from before).

    Near New Year the other year is read too; of two duties with the same key the first stays.
    """
    today = book.clock.today
    first, last = today - LOOK_BACK, today + LOOK_AHEAD
    found = {duty.key: duty for year in sorted({first.year, today.year}) for duty in duties_of_year(book, year)}
    late = [duty for duty in found.values() if duty.state is State.OVERDUE]
    near = [duty for duty in late if duty.due_on and duty.due_on >= first]
    coming = [duty for duty in found.values() if duty.state is State.OPEN and duty.due_on and duty.due_on <= last]
    return near, coming, len(late) - len(near)
