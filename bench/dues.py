"""The dues year grid against the raw SQL of the year shown, and one payment durably in the ledger against a bare commit.

`python -m bench.dues`: every figure is a ratio within this run. Goals: the year grid of 500 members with 20 years of ledger at most 3 x
the raw SQL, and at the cost of the shown year, not of the twenty. Besides: the collection list against every month of every year read
in SQL, the doctor against SQLite's own check of the file, forty who pay together against one bare commit.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from bench.books import TODAY, book_with
from partyday_tui.clock import Clock
from partyday_tui.rules.dues.entries import Entry
from partyday_tui.rules.month import Month, months_of_year
from partyday_tui.services.books import open_existing
from partyday_tui.services.doctor import diagnose
from partyday_tui.services.dues_assess import Decision, assess_members
from partyday_tui.services.dues_collect import record_from_many, record_payment
from partyday_tui.services.dues_ledger import entries_of_year, year_grid
from partyday_tui.services.dues_table import cash_in_hand, collection_list, collection_row
from partyday_tui.store import dues
from partyday_tui.store.book import Book

_MEMBERS = 500
_RUNS = 31
_RAW = (
    "SELECT member_id, month, sum(amount_fen), max(on_date) FROM dues_entry WHERE month BETWEEN ? AND ? "
    "GROUP BY month, member_id",
    "SELECT member_id, valid_from, monthly_fen FROM dues_assessment "
    "WHERE year BETWEEN CAST(substr(?, 1, 4) AS INTEGER) AND CAST(substr(?, 1, 4) AS INTEGER) "
    "ORDER BY year, member_id, valid_from, id",
    "SELECT m.id, m.name, m.reading, g.name, m.joined_on FROM member m LEFT JOIN party_group g ON g.id = m.group_id "
    "WHERE ? <> ? ORDER BY m.reading, m.name, m.id",
)


_EVERY_MONTH = (
    "SELECT member_id, month, sum(amount_fen) FROM dues_entry WHERE month IS NOT NULL GROUP BY member_id, month"
)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'':42}{'median ms':>10}{'x raw':>8}")
        for years in (1, 20):
            _grid(Path(folder) / f"{years}.db", years)


def _grid(path: Path, years: int) -> None:
    book_with(path, members=_MEMBERS, years=0)
    book = open_existing(path, Clock(TODAY))
    _fill(book, years)
    raw = _time(lambda: [book.rows(sql, (f"{TODAY.year}-01", f"{TODAY.year}-12")) for sql in _RAW])
    _line(f"raw SQL of the year, {years} years kept", raw, raw)
    month = Month.of(TODAY)
    for what, call in {
        "year grid": lambda: year_grid(book, TODAY.year),
        "entries of the year": lambda: entries_of_year(book, TODAY.year),
        "cash in hand": lambda: cash_in_hand(book),
        "collection list, all arrears": lambda: collection_list(book, month),
        "one row of it": lambda: collection_row(book, month, 7),
    }.items():
        _line(f"{what}, {years} years", _time(call), raw)
    whole = _time(lambda: book.rows(_EVERY_MONTH), runs=5)
    _line(f"collection list x every month read, {years} y", _time(lambda: collection_list(book, month), runs=5), whole)
    checked = _time(lambda: book.rows("PRAGMA integrity_check"), runs=1)
    assert diagnose(book).ok
    _line(f"doctor x SQLite's own check, {dues.head(book)[0]}", _time(lambda: diagnose(book), runs=1), checked)
    _payments(book, path)
    book.close()


def _payments(book: Book, path: Path) -> None:
    bare = sqlite3.connect(path.with_suffix(".bare"), isolation_level=None)
    for sql in ("PRAGMA journal_mode = TRUNCATE", "PRAGMA synchronous = EXTRA", "CREATE TABLE t (x INTEGER)"):
        bare.execute(sql)
    commits, payments = [], []
    for member in range(1, 201):
        started = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO t VALUES (?)", (member,))
        bare.execute("COMMIT")
        between = time.perf_counter()
        record_payment(book, member, [Month.of(TODAY)])
        commits.append((between - started) * 1000)
        payments.append((time.perf_counter() - between) * 1000)
    base = median(commits)
    print(f"{'bare durable commit':42}{base:10.2f}{1:8.2f}   p99 {quantiles(commits, n=100)[98]:.1f}")
    print(
        f"{'payment, durable':42}{median(payments):10.2f}{median(payments) / base:8.2f}   p99 {quantiles(payments, n=100)[98]:.1f}"
    )
    bare.close()
    started = time.perf_counter()
    record_from_many(book, range(201, 241))
    _line("40 pay together, one commit", (time.perf_counter() - started) * 1000, base)


def _fill(book: Book, years: int) -> None:
    """Assess everyone for each year and pay every month but the present one."""
    keys = [row[0] for row in book.rows("SELECT id FROM member ORDER BY id")]
    last = max(TODAY.year, 2008 + years)  # the first tables of rates are of April 2008: twenty years reach beyond today
    for year in range(last - years + 1, last + 1):
        assess_members(book, year, [Decision(key, "farmer") for key in keys])
        for month in months_of_year(year):
            if month == Month.of(TODAY):
                continue
            with book.act("收党费") as transaction:
                drafts = [_paid(key, month) for key in keys]
                dues.append(transaction, drafts)


def _paid(key: int, month: Month) -> Entry:
    return Entry(
        0, 0, f"{month}-{key}", "dues", 50, str(month), month.first_day.isoformat(), key, "张三", 50, "cash", "", "罗有秀", "",
        "", None, "",
    )  # fmt: skip


def _time(call: Callable[[], object], runs: int = _RUNS) -> float:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return median(times)


def _line(what: str, taken: float, raw: float) -> None:
    print(f"{what:42}{taken:10.2f}{taken / raw:8.2f}")


if __name__ == "__main__":
    main()
