"""应办事项 of the book: the duties of a period, and what of them belongs on the desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from partyday_tui.errors import UserMistake
from partyday_tui.rules.duties.all import duties
from partyday_tui.rules.duties.duty import Duty, Period, PeriodKind, State
from partyday_tui.rules.duties.facts import Facts
from partyday_tui.rules.month import Month
from partyday_tui.rules.typed_day import FIRST_YEAR
from partyday_tui.services.facts import read_facts
from partyday_tui.services.holidays import check_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.services.ways import Way, ways_among
from partyday_tui.store.book import Book

LOOK_BACK, LOOK_AHEAD = timedelta(days=62), timedelta(days=31)
"""How far behind and ahead of today the desk names duties one by one."""


Judged = tuple[list[Duty], Facts]
"""The duties of a year, and the facts they were judged by."""


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
    return judge_year(book, year)[0]


def judge_year(book: Book, year: int) -> Judged:
    """The duties of a year, and the facts they were judged by."""
    rules = rule_book_of(book)
    if rules.preset(book.clock.today) is None:
        raise UserMistake("这个账本没有选定支部类型，请在设置里选一种。")
    facts = read_facts(book, rules, check_year(year))
    return list(duties(rules, facts, year, book.clock.today)), facts


def duties_of(book: Book, period: Period) -> list[Duty]:
    """The duties of a period: those that are due in it, and those that recur by it or lie in it."""
    return among(judge_period(book, period), period)


def judge_period(book: Book, period: Period) -> list[Judged]:
    """The year of a period, judged; for a month or a quarter that begins with it the year before comes first.

    December leaves duties to January: the record of an event on the 31st.
    """
    year = period.first.year
    begins_year = period.kind is not PeriodKind.YEAR and period.first.month == 1 and year > FIRST_YEAR
    return [judge_year(book, it) for it in ((year - 1, year) if begins_year else (year,))]


def among(judged: Sequence[Judged], period: Period) -> list[Duty]:
    """The duties of a period among those of its years, by due day; of two with one key that of the later year."""
    found = {duty.key: duty for of_year, _ in judged for duty in of_year}.values()
    if period.kind is PeriodKind.YEAR:
        return list(found)
    return sorted((it for it in found if belongs(it, period)), key=lambda it: (it.due_on or date.max, it.key))


def belongs(duty: Duty, period: Period) -> bool:
    """Whether a duty is looked at in a period: its own span lies in it, or its due day does."""
    own, due = duty.ask.period, duty.ask.due_on
    inside = period.first <= own.first and own.last <= period.last
    return inside or (due is not None and period.first <= due <= period.last)


@dataclass(frozen=True, slots=True)
class DeskDuties:
    """What the desk takes from the duties.

    ``late`` are the overdue of the last two months, ``older`` counts those from before, ``coming`` is open and due in the next
    weeks; ``ways`` leads to each of them by its key. ``month`` counts this month's duties by state. ``held`` are the events that
    were held, whether or not their roll was called. ``changes`` counts this year's changes of date where the guide restrains them
    (CAL-13), None where it does not.
    """

    late: tuple[Duty, ...] = ()
    older: int = 0
    coming: tuple[Duty, ...] = ()
    month: Mapping[State, int] = field(default_factory=dict)
    ways: Mapping[str, Way] = field(default_factory=dict)
    held: frozenset[int] = frozenset()
    changes: int | None = None


def due_for_desk(book: Book) -> DeskDuties:
    """The duties around today; near New Year both years are read, and of two duties with one key the first stays."""
    today = book.clock.today
    first, last = today - LOOK_BACK, today + LOOK_AHEAD
    years = {year: judge_year(book, year) for year in sorted({first.year, today.year})}
    known = [facts for _, facts in years.values()]
    found = {duty.key: duty for of_year, _ in reversed(years.values()) for duty in of_year}.values()
    late = [(duty, duty.due_on) for duty in found if duty.state is State.OVERDUE]
    near = tuple(duty for duty, due in late if due and due >= first)
    coming = tuple(duty for duty in found if duty.state is State.OPEN and duty.due_on and duty.due_on <= last)
    month = month_period(Month.of(today))
    ways = ways_among(known, today)
    return DeskDuties(
        near,
        len(late) - len(near),
        coming,
        Counter(duty.state for duty in found if belongs(duty, month)),
        {duty.key: ways.to(duty) for duty in (*near, *coming)},
        frozenset(event.id for facts in known for event in facts.events if event.held),
        _changes(book, known[-1], today),
    )


def _changes(book: Book, facts: Facts, today: date) -> int | None:
    rule = rule_book_of(book).rule("party_day.change_restrained", today)
    return len(facts.changes) if rule and rule.value else None
