"""From key to taken payment on the screen, durably in the ledger, in the real app on a real book.

`python -m bench.dues_key`: every figure is a ratio within this run. Goals: one payment <= 2 x a bare one-cell echo in median, p99
within one frame (16.7 ms), at most 1 KiB painted, the same for 50, 500 and 5,000 members and behind 18 years of ledger (the tables of rates begin in 2008).
"""

from __future__ import annotations

import compileall
import tempfile
from pathlib import Path

from bench.books import TODAY, book_with
from bench.mark import app_on, beside_the_echo, print_heading, print_line
from bench.pty_measure import Sample, running
from partyday_tui.clock import Clock
from partyday_tui.rules.dues.entries import Entry
from partyday_tui.rules.month import Month, months
from partyday_tui.services.books import open_existing
from partyday_tui.services.dues_assess import Decision, assess_members, assessment_sheet
from partyday_tui.services.dues_entries import append_entries

_KEYS, _WARM = 150, 10
_SIZES = ((50, 1), (500, 1), (5000, 1), (500, 18))


def main() -> None:
    """Measure and print. The modules are compiled first, as the shipped ones are."""
    for folder in ("src", "bench"):
        compileall.compile_dir(folder, quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        print_heading()
        for size, years in _SIZES:
            book = dues_book(Path(folder) / f"{size}-{years}.db", size, years)
            bare, both = _payments(book)
            for name, first in ((f"payment, {size} x {years} y", 0), ("  taken back by Ctrl+Z", 1)):
                print_line(name, *(Sample(it.milliseconds[first::2], it.painted[first::2]) for it in (both, bare)))


def dues_book(path: Path, size: int, years: int) -> Path:
    """A book whose members are farmers and have paid every month but this one for so many years."""
    book_with(path, members=size, years=1)
    book = open_existing(path, Clock(TODAY))
    now = Month.of(TODAY)
    for year in range(TODAY.year - years + 1, TODAY.year + 1):
        members = [row.payer for row in assessment_sheet(book, year)]
        assess_members(book, year, [Decision(payer.id, "farmer") for payer in members])
    for month in months(Month(TODAY.year - years + 1, 1), now.previous):
        day = month.last_day.isoformat()
        drafts = [
            Entry(
                0, 0, "", "dues", 50, str(month), day, payer.id, payer.name, 50, "cash", "", "罗有秀", "", "", None, ""
            )
            for payer in members
        ]  # fmt: skip
        with book.transaction() as transaction:
            append_entries(transaction, "造数", f"bench {month}", drafts)
    book.close()
    return path


def _payments(book: Path) -> tuple[Sample, Sample]:
    """(bare echo, payments): taken and taken back in turn, each a commit of the ledger; the row tells that it was painted."""
    with running(app_on(book)) as terminal:
        terminal.read_until("主题党日".encode())
        terminal.read_rest()
        terminal.write(b"\x1b[19~")  # F8
        terminal.read_until("今日收 0.00".encode(), 60)
        taken, undone = "收 0.50 现金".encode(), b"0.50                "
        marks = [((b"\r", taken), (b"\x1a", undone))[n % 2] for n in range(_WARM + 2 * _KEYS)]
        return beside_the_echo(terminal, marks, _WARM)


if __name__ == "__main__":
    main()
