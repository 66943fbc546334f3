"""The book's own holidays, which win over the shipped calendar."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from partyday_tui.store.book import Book, Transaction


class HolidayEntry(NamedTuple):
    """One day as the book holds it; ``source`` is notice, file or manual."""

    day: date
    is_off: bool
    name: str
    statutory: bool
    source: str


def holidays(book: Book, first: int = 1, last: int = 9999) -> list[HolidayEntry]:
    """The days of the book's own table from one year to another, both included, in order; every day where none is named."""
    rows = book.rows(
        "SELECT day, is_off, name, statutory, source FROM holiday WHERE day BETWEEN ? AND ? ORDER BY day",
        (f"{first:04d}-01-01", f"{last:04d}-12-31"),
    )
    return [HolidayEntry(date.fromisoformat(row[0]), bool(row[1]), row[2], bool(row[3]), row[4]) for row in rows]


def noticed_years(book: Book) -> list[int]:
    """The years whose notice has been entered."""
    return [row[0] for row in book.rows("SELECT year FROM holiday_notice ORDER BY year")]


def write_holidays(transaction: Transaction, entries: Iterable[HolidayEntry]) -> None:
    """Write days, each replacing what the book held for it."""
    transaction.connection.executemany(
        "INSERT INTO holiday (day, is_off, name, statutory, source) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (day) DO UPDATE SET is_off = excluded.is_off, name = excluded.name, statutory = excluded.statutory, "
        "source = excluded.source",
        [
            (entry.day.isoformat(), int(entry.is_off), entry.name, int(entry.statutory), entry.source)
            for entry in entries
        ],
    )


def delete_holidays(transaction: Transaction, days: Iterable[date]) -> None:
    """Take days out, so that the shipped calendar speaks for them again."""
    transaction.connection.executemany("DELETE FROM holiday WHERE day = ?", [(day.isoformat(),) for day in days])


def write_notice(transaction: Transaction, year: int, source: str, entered_on: date, body: str) -> None:
    """Write that the notice of a year has been entered."""
    transaction.connection.execute(
        "INSERT INTO holiday_notice (year, source, entered_on, body) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (year) DO UPDATE SET source = excluded.source, entered_on = excluded.entered_on, body = excluded.body",
        (year, source, entered_on.isoformat(), body),
    )


def notice(book: Book, year: int) -> tuple[str, str] | None:
    """(source, text) of the notice entered for a year, or None."""
    rows = book.rows("SELECT source, body FROM holiday_notice WHERE year = ?", (year,))
    return (rows[0][0], rows[0][1]) if rows else None
