"""The desk of a branch of 100 members: 20 years of history against one, and against the bare SQL that fetches the same facts.

`python -m bench.desk`: goals 20 years <= 1.5 x one year, and the desk <= 3 x its own SQL, both in CPU time of this process.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from bench.books import TODAY, book_with
from partyday_tui.clock import Clock
from partyday_tui.services.books import open_existing
from partyday_tui.services.desk import read_desk
from partyday_tui.store.book import Book

_ROUNDS = 40


def main() -> None:
    """Measure and print."""
    print(f"{'':24}{'desk ms':>10}{'SQL ms':>8}{'x SQL':>7}{'lines':>7}")
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for years in (1, 20):
            path = book_with(Path(folder) / f"{years}.db", members=100, years=years)
            book = open_existing(path, Clock(TODAY))
            _let_it_have_begun(book, years)
            found.append(_measure(book, f"{years} years"))
            book.close()
    print(f"20 years / 1 year: {found[1] / found[0]:.2f}")


def _let_it_have_begun(book: Book, years: int) -> None:
    """The book and its rules began with its history, so that the duties are judged."""
    first = date(TODAY.year - years, 1, 1).isoformat()
    with book.act("造数") as act:
        act.connection.execute("UPDATE branch SET made_on = ?", (first,))
        act.connection.execute("UPDATE preset_choice SET valid_from = ?", (first,))


def _measure(book: Book, name: str) -> float:
    asked: list[tuple[str, Any]] = []
    rows = book.rows

    def remember(sql: str, parameters: Any = ()) -> Any:
        asked.append((sql, parameters))
        return rows(sql, parameters)

    book.rows = remember  # type: ignore[method-assign]
    lines = len(read_desk(book).lines)
    book.rows = rows  # type: ignore[method-assign]
    desk = _time(lambda: read_desk(book))
    bare = _time(lambda: [rows(sql, parameters) for sql, parameters in asked])
    print(f"{name:24}{desk * 1000:10.2f}{bare * 1000:8.2f}{desk / bare:7.2f}{lines:7}")
    return desk


def _time(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_ROUNDS):
        began = process_time()
        work()
        times.append(process_time() - began)
    return median(times)


if __name__ == "__main__":
    main()
