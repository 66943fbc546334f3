"""公示: the year's figures for all members to see, and the record of when they were shown (DUE-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from partyday_tui.errors import UserMistake
from partyday_tui.rules.dues.rates import CODES
from partyday_tui.rules.text import line_to_keep
from partyday_tui.services.dues_ledger import Categories, YearGrid, year_grid
from partyday_tui.store import dues, dues_closes
from partyday_tui.store.book import Book
from partyday_tui.store.dues_closes import Publication


@dataclass(frozen=True, slots=True)
class CategorySum:
    """One line of the table by category that villages publish (D9, D23): heads and the year's sums, in fen.

    Who changed in the year is one head of the category held last; the sums of each month belong to the category held then.
    """

    category: str
    heads: int
    due_fen: int
    paid_fen: int


@dataclass(frozen=True, slots=True)
class YearSheet:
    """What is published for a year: each member (``grid``), each category, and every sum of money in fen.

    ``collected_fen`` is what came in on the days of the year; ``grid.paid_fen`` is what was paid for its months, whenever it came.
    """

    grid: YearGrid
    categories: tuple[CategorySum, ...]
    by_kind: dict[str, int]
    published: tuple[Publication, ...]

    @property
    def collected_fen(self) -> int:
        """Σ collected in the year."""
        return self.grid.cash.collected_fen

    @property
    def remitted_fen(self) -> int:
        """Σ handed over in the year."""
        return self.grid.cash.remitted_fen


def year_sheet(book: Book, year: int) -> YearSheet:
    """The year's figures as they stand, and when they were published."""
    grid = year_grid(book, year)
    categories = Categories(book, year)
    sums: dict[str, list[int]] = {category: [0, 0, 0] for category in CODES}
    for row in grid.rows:
        held = categories.of(row.payer.id)
        if not held[-1] or not row.pays_here:
            continue
        sums[held[-1]][0] += 1
        for category, due, paid in zip(held, row.due, row.paid, strict=True):
            sums[category][1] += due or 0
            sums[category][2] += paid
    by_kind: dict[str, int] = {}
    for kind, _, amount in dues.sums_by_kind(book, f"{year}-01-01", f"{year}-12-31"):
        by_kind[kind] = by_kind.get(kind, 0) + amount
    lines = (CategorySum(category, *figures) for category, figures in sums.items() if any(figures))
    return YearSheet(grid, tuple(lines), by_kind, tuple(dues_closes.publications(book, year)))


def record_publication(book: Book, year: int, on: date, place: str = "") -> Publication:
    """Write that the year's figures were shown to the members on a day, with the sums as they stand."""
    if on > book.clock.today:
        raise UserMistake(f"公示日期 {on} 在今天以后，请在公示以后再登记。")
    if year > on.year:
        raise UserMistake(f"{year} 年还没有到，不能公示，请核对年份。")
    cash = year_grid(book, year).cash
    place = line_to_keep(place, "公示地点", 200)
    publication = Publication(year, on.isoformat(), place, cash.collected_fen, cash.remitted_fen)
    with book.act(f"公示 {year} 年党费") as transaction:
        dues_closes.insert_publication(transaction, publication)
    return publication
