"""核定 of many at once: those who pay a fixed sum by their category on the roster, and those assessed the year before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from partyday_tui.rules.dues.terms import owes_in
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.services.dues_assess import Decision, SheetRow, Written, assess_members, assessment_sheet
from partyday_tui.services.dues_rates import rates
from partyday_tui.store import dues_assessments
from partyday_tui.store.book import Book
from partyday_tui.store.dues_assessments import Assessment


@dataclass(frozen=True, slots=True)
class Waiting:
    """Who has no assessment for a year yet, by what can be done for them at once.

    ``as_before``: assessed the year before. Of the others, ``fixed``: category (a code) → those of the roster who pay a fixed sum;
    ``unnamed``: no category on the roster; ``by_income``: an income is needed, so each is assessed alone or by a sheet.
    """

    as_before: tuple[SheetRow, ...]
    fixed: Mapping[str, tuple[SheetRow, ...]]
    unnamed: tuple[SheetRow, ...]
    by_income: tuple[SheetRow, ...]


def waiting_for(book: Book, year: int) -> Waiting:
    """Everyone who owes dues in the year and has no assessment for it."""
    before = {row.payer.id for row in assessment_sheet(book, year - 1) if row.current}
    open_rows = [row for row in assessment_sheet(book, year) if not row.history]
    first_timers = [row for row in open_rows if row.payer.id not in before]
    fixed: dict[str, tuple[SheetRow, ...]] = {}
    for row in first_timers:
        category = row.payer.category
        if category and not rates().table(category, _first_owed(row, year).first_day).needs_base:
            fixed[category] = (*fixed.get(category, ()), row)
    placed = {row.payer.id for rows in fixed.values() for row in rows}
    return Waiting(
        tuple(row for row in open_rows if row.payer.id in before),
        fixed,
        tuple(row for row in first_timers if not row.payer.category),
        tuple(row for row in first_timers if row.payer.category and row.payer.id not in placed),
    )


def month_to_begin(book: Book, year: int) -> Month:
    """From which month the next assessment of a year is proposed: as most of those written for it.

    A book in which nothing is assessed yet begins with this month: the months before it are on paper, and are no arrears here.
    """
    started = Counter(row.history[0].valid_from for row in assessment_sheet(book, year) if row.history)
    if started:
        return Month.parse(started.most_common(1)[0][0])
    today = book.clock.today
    is_first = dues_assessments.first_year(book) is None and today.year == year
    return Month.of(today) if is_first else Month(year, 1)


def fixed_decisions(
    book: Book,
    year: int,
    valid_from: Month,
    *,
    unnamed_as: str = "",
    approved_on: date | None = None,
    approved_by: str = "",
) -> list[Decision]:
    """Decisions for all who pay a fixed sum, each from ``valid_from`` or the first month in which they owe, whichever is later.

    ``unnamed_as``: the category (a code of a fixed sum) of those who have none on the roster; '' leaves them out.
    """
    waiting = waiting_for(book, year)
    rows = [(category, row) for category, found in waiting.fixed.items() for row in found]
    rows += [(unnamed_as, row) for row in waiting.unnamed if unnamed_as]
    return [
        Decision(
            row.payer.id,
            category,
            valid_from=max(valid_from, _first_owed(row, year)),
            approved_on=approved_on,
            approved_by=approved_by,
        )
        for category, row in rows
    ]


def assess_fixed(book: Book, year: int, decisions: list[Decision]) -> list[Written]:
    """Write `fixed_decisions` in one act; nothing is written where there is none."""
    return assess_members(book, year, decisions, what=f"成批核定 {year} 年定额党费") if decisions else []


def carry_over(book: Book, year: int, *, approved_on: date | None = None, approved_by: str = "") -> list[Written]:
    """Assess everyone who has none for the year as they stood at the end of the year before, in one act.

    Relief is not carried over: it is asked for anew. Members without a decision in the year before are left out.
    """
    decisions = [
        Decision(
            row.payer.id,
            old.category,
            old.base_fen,
            tuple(dues_assessments.parts_of(book, old.id)),
            valid_from=_first_owed(row, year),
            reason=f"沿用 {year - 1} 年基数",
            approved_on=approved_on,
            approved_by=approved_by,
        )
        for row, old in _not_yet(book, year)
    ]
    return assess_members(book, year, decisions, what=f"沿用上年核定 {year} 年党费") if decisions else []


def _not_yet(book: Book, year: int) -> list[tuple[SheetRow, Assessment]]:
    before = {row.payer.id: row.current for row in assessment_sheet(book, year - 1)}
    found = []
    for row in assessment_sheet(book, year):
        old = before.get(row.payer.id)
        if not row.history and old is not None:
            found.append((row, old))
    return found


def _first_owed(row: SheetRow, year: int) -> Month:
    return next((month for month in months_of_year(year) if owes_in(row.terms, month)), Month(year, 1))
