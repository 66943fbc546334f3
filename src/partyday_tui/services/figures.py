"""The figures of a span of months (上报数据), from the queries behind the screens."""

from __future__ import annotations

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.entries import cash_of
from partyday_tui.rules.duties.duty import Period, PeriodKind, State
from partyday_tui.rules.figures import Figures
from partyday_tui.rules.month import Month, months
from partyday_tui.rules.roll import RollCounts
from partyday_tui.services.books import branch_of
from partyday_tui.services.cases import open_cases
from partyday_tui.services.dues_ledger import year_grid
from partyday_tui.services.duties import duties_of, month_period, year_period
from partyday_tui.services.holidays import check_year
from partyday_tui.services.meetings import kinds_of_year, party_days_of_year
from partyday_tui.services.presets import rule_book_of
from partyday_tui.store import dues, events, reviews
from partyday_tui.store.acts import newest_act
from partyday_tui.store.book import Book


def branch_figures(book: Book, first: Month, last: Month) -> Figures:
    """The branch's figures of the months from `first` to `last`, as they stand today; reads the book, writes nothing.

    Raises UserMistake for a span that is none, and for a book without a kind of branch.
    """
    if first > last:
        raise UserMistake(f"起月 {first} 在止月 {last} 之后，请对调后再做。")
    branch, today = branch_of(book), book.clock.today
    begin, end = first.first_day, last.last_day
    preset = rule_book_of(book).preset(min(end, today))
    held, called, heads = _party_days(book, first, last)
    cash = cash_of(dues.sums_by_kind(book, begin.isoformat(), end.isoformat()))
    return Figures(
        book_key=branch.key,
        branch=branch.name,
        superior=branch.superior,
        preset=preset.name if preset else "",
        first=first,
        last=last,
        made_on=today,
        revision=newest_act(book),
        planned=_planned(book, first, last),
        held=held,
        called=called,
        expected=heads.expected,
        came=heads.came,
        deducted=heads.deducted,
        due_fen=_due(book, first, last),
        collected_fen=cash.collected_fen,
        remitted_fen=cash.remitted_fen,
        open_cases=sum(1 for case in open_cases(book, begin) if case.on <= end),
        reviews=len(reviews.reviewed_on(book, begin, end)),
        overdue=_overdue(book, first, last),
    )


def _planned(book: Book, first: Month, last: Month) -> int:
    """The party days of the plan by their day; one without a day counts in its month of the plan."""
    dated = events.events_between(book, first.first_day, last.last_day)
    slots = [it for year in range(first.year, last.year + 1) for it in events.events_of_year(book, year)]
    undated = [it for it in slots if it.on_date is None and str(first) <= it.month <= str(last)]
    return sum("party_day" in it.kinds for it in (*dated, *undated))


def _party_days(book: Book, first: Month, last: Month) -> tuple[int, int, RollCounts]:
    """(held, called, heads of the called rolls together)."""
    held = called = 0
    rolls: list[RollCounts] = []
    for year in range(first.year, last.year + 1):
        times = next(it.held for it in kinds_of_year(book, year) if it.kind == "party_day")
        held += sum(times[month.month - 1] for month in months(first, last) if month.year == year)
        for it in party_days_of_year(book, year):
            if first <= it.month <= last:
                called += it.times
                rolls.append(it.counts)
    return held, called, RollCounts(*(sum(getattr(it, name) for it in rolls) for name in RollCounts.__slots__))


def _due(book: Book, first: Month, last: Month) -> int:
    """Σ assessed for the months, in fen."""
    found = 0
    for year in range(first.year, last.year + 1):
        totals = year_grid(book, year).month_totals
        found += sum(totals[month.month - 1][0] for month in months(first, last) if month.year == year)
    return found


def _overdue(book: Book, first: Month, last: Month) -> int:
    """How many duties of the span are late today, as its self-check counts them."""
    late = set()
    for year in range(first.year, last.year + 1):
        late |= {duty.key for duty in duties_of(book, _part(year, first, last)) if duty.state is State.OVERDUE}
    return len(late)


def _part(year: int, first: Month, last: Month) -> Period:
    """What of the span lies in a year; of its kind only counts whether it is the whole year."""
    begin = max(first, Month(check_year(year), 1))
    end = min(last, Month(year, 12))
    if (begin.month, end.month) == (1, 12):
        return year_period(year)
    if begin == end:
        return month_period(begin)
    return Period(PeriodKind.QUARTER, f"{begin}..{end}", begin.first_day, end.last_day)
