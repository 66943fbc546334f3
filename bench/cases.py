"""Closing the roll of 500 members with 100 absentees, and reading what it opens, against raw SQL.

`python -m bench.cases`: every figure is a ratio within this run. Goals: the closing, durable, at most 3 x raw inserts of a row for each
case in one durable transaction; the work list of open cases at most 3 x the raw SQL of the same rows.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.books import TODAY, book_with
from partyday_tui.clock import Clock
from partyday_tui.rules.events import Event
from partyday_tui.rules.roll import Status
from partyday_tui.services.books import open_existing
from partyday_tui.services.cases import open_cases
from partyday_tui.services.member_year import member_year
from partyday_tui.services.roll import Mark, event_to_call, write_marks
from partyday_tui.services.roll_close import close_roll, reopen_roll
from partyday_tui.store.book import PRAGMAS, Book

_MEMBERS, _ABSENT = 500, 100
_RUNS = 41
_SAME_ROWS = """SELECT r.*, m.reading FROM roll_close c JOIN roll_entry r ON r.event_id = c.event_id JOIN member m ON m.id = r.member_id
  WHERE r.status IN ('leave', 'absent')"""


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        path = book_with(Path(folder) / "500.db", members=_MEMBERS, years=10)
        book = open_existing(path, Clock(TODAY))
        event = event_to_call(book)
        assert event is not None
        _mark(book, event)
        closings, raw_cases, raw_one = _closings(book, event, path)
        print(f"{'':44}{'median ms':>10}{'x raw':>8}")
        _line(f"raw inserts of {_ABSENT} case rows, one commit", raw_cases, raw_cases)
        _line("raw insert of one row, one commit", raw_one, raw_cases)
        _line(f"closing the roll: {_ABSENT} cases open, durable", closings, raw_cases)
        close_roll(book, event)
        raw = _time(lambda: book.rows(_SAME_ROWS))
        _line(f"raw SQL of the {_ABSENT} rows", raw, raw)
        assert len(open_cases(book)) == _ABSENT
        _line("work list of open cases, 10 years kept", _time(lambda: open_cases(book)), raw)
        raw_year = _time(lambda: book.rows("SELECT * FROM roll_entry WHERE member_id = 7"))
        _line("raw SQL of one member's rolls", raw_year, raw_year)
        _line("a member's year page", _time(lambda: member_year(book, 7, TODAY.year)), raw_year)
        book.close()


def _mark(book: Book, event: Event) -> None:
    keys = [row[0] for row in book.rows("SELECT id FROM member ORDER BY id")]
    statuses = [Status.ABSENT if place < _ABSENT else Status.PRESENT for place in range(len(keys))]
    write_marks(book, event, [[Mark(key, status) for key, status in zip(keys, statuses, strict=True)]])


def _closings(book: Book, event: Event, path: Path) -> tuple[float, float, float]:
    """Medians in ms of a closing, of 100 raw rows and of one raw row, taken in turn so that the disk's moods fall on all alike."""
    bare = sqlite3.connect(path.with_suffix(".bare"), isolation_level=None)
    for pragma, value, _ in PRAGMAS:
        bare.execute(f"PRAGMA {pragma} = {value}")
    bare.execute(
        "CREATE TABLE absence (event_id INTEGER, member_id INTEGER, opened_on TEXT, PRIMARY KEY (event_id, member_id)) STRICT"
    )
    closings, hundreds, ones = [], [], []
    for run in range(_RUNS):
        closings.append(_once(lambda: close_roll(book, event)))
        reopen_roll(book, event)
        hundreds.append(_once(lambda run=run: _insert(bare, 2 * run, _ABSENT)))  # type: ignore[misc]
        ones.append(_once(lambda run=run: _insert(bare, 2 * run + 1, 1)))  # type: ignore[misc]
    bare.close()
    return median(closings), median(hundreds), median(ones)


def _insert(bare: sqlite3.Connection, event: int, rows: int) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany("INSERT INTO absence VALUES (?, ?, '2026-11-06')", [(event, member) for member in range(rows)])
    bare.execute("COMMIT")


def _once(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return (time.perf_counter() - started) * 1000


def _time(call: Callable[[], object]) -> float:
    return median(_once(call) for _ in range(_RUNS))


def _line(what: str, taken: float, raw: float) -> None:
    print(f"{what:44}{taken:10.2f}{taken / raw:8.2f}")


if __name__ == "__main__":
    main()
