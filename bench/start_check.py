"""The check of the book at each start (reliability.md R16) against the start itself, on a book with ten years in it.

`python -m bench.start_check`: goals at most a tenth of the time from exec to the filled desk, for the branch of 44 of `bench.mark`, and
under a second. The branch has written down everything for ten years, as in `bench.desk`, and every member has paid every month. A round
starts the app once and checks the book once, so that a slow moment of the machine falls on both; the check runs in a process of its own,
as cold as after the start.
"""

from __future__ import annotations

import compileall
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from bench.books import TODAY
from bench.desk import lived_book
from bench.mark import app_on
from bench.pty_measure import first_paint
from partyday_tui.rules.dues.entries import Entry
from partyday_tui.rules.month import Month, months
from partyday_tui.store import dues
from partyday_tui.store.book import Book

_ROUNDS = 11
_YEARS = 10
_CHECK = """
import sys
from pathlib import Path
from time import perf_counter
from bench.books import TODAY
from partyday_tui.clock import Clock
from partyday_tui.services.books import open_existing
from partyday_tui.services.desk import read_desk
book = open_existing(Path(sys.argv[1]), Clock(TODAY))
read_desk(book)
book.looked_over()  # the app of the round was killed, as no user leaves it
began = perf_counter()
from partyday_tui.services.start_check import check_at_start
assert check_at_start(book) == ()
print((perf_counter() - began) * 1000)
"""


def main() -> None:
    """Measure and print. The modules are compiled first, as the shipped ones are."""
    for folder in ("src", "bench"):
        compileall.compile_dir(folder, quiet=1)
    print(f"{'':40}{'median ms':>10}{'x start':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for members in (44, 100):
            _measure(Path(folder) / f"{members}.db", members)


def _measure(path: Path, members: int) -> None:
    book = lived_book(path, _YEARS, members)
    _pay_dues(book)
    entries = dues.head(book)[0]
    book.close()
    size = path.stat().st_size / 1e6
    rounds = [(first_paint(app_on(path), "逾期".encode()), _check(path)) for _ in range(_ROUNDS)]
    start, check = (median(each[place] for each in rounds) for place in (0, 1))
    print(f"{f'start, desk filled, {members} members':40}{start:10.0f}{1:9.2f}")
    share = median(each[1] / each[0] for each in rounds)
    print(f"{f'check, {size:.1f} MB, {entries} entries of dues':40}{check:10.0f}{share:9.2f}")


def _pay_dues(book: Book) -> None:
    """Every member pays on the last day of every month but this one."""
    members = [(row[0], row[1]) for row in book.rows("SELECT id, name FROM member ORDER BY id")]
    for month in months(Month(TODAY.year - _YEARS, TODAY.month), Month.of(TODAY).previous):
        day = month.last_day.isoformat()
        paid = [
            Entry(0, 0, f"{month}/{key}", "dues", 50, str(month), day, key, name, 50, "cash", "", "罗有秀", "", "", None, "")
            for key, name in members
        ]  # fmt: skip
        with book.act("收党费") as transaction:
            dues.append(transaction, paid)


def _check(path: Path) -> float:
    """Milliseconds of the check, in a process that has read the desk before, as the app has."""
    done = subprocess.run([sys.executable, "-c", _CHECK, str(path)], capture_output=True, text=True, check=True)
    return float(done.stdout)


if __name__ == "__main__":
    main()
