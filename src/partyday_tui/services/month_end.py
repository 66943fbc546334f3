"""月末结账: a month as it is wound up: what it still lacks, its dues, its package on the way upward, and the backup."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from partyday_tui.errors import UserMistake
from partyday_tui.rules.gaps import Gap
from partyday_tui.rules.month import Month
from partyday_tui.rules.outbox import Item, State
from partyday_tui.rules.packages import MONTH, month_package
from partyday_tui.services import outbox, package
from partyday_tui.services.dues_close_view import CloseView, close_view
from partyday_tui.services.month_gaps import month_gaps
from partyday_tui.store import backups
from partyday_tui.store.backups import LastBackup
from partyday_tui.store.book import Book
from partyday_tui.store.copies import BookCopy


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """A month on its way to the superior.

    ``dues`` as the close shows it; ``package`` is the newest revision in the outbox, None before there is one; ``backup`` the last one.
    """

    month: Month
    gaps: tuple[Gap, ...]
    dues: CloseView
    package: Item | None
    backup: LastBackup | None

    @property
    def undecided(self) -> int:
        """How many have not paid in full, with nothing noted for them."""
        return sum(not row.state for row in self.dues.rows)

    @property
    def may_close_dues(self) -> bool:
        """Whether the dues of the month wait to be closed."""
        return bool(self.dues.rows) and self.dues.can_close


@dataclass(frozen=True, slots=True)
class Draft:
    """What a month's package is made of: a copy of the book, and what the index is to name as missing."""

    month: Month
    copy: BookCopy
    missing: tuple[str, ...]


def read_month_end(book: Book, month: Month) -> MonthEnd:
    """A month as it stands."""
    return MonthEnd(
        month, month_gaps(book, month), close_view(book, month), package_of(book, month), backups.last_backup(book)
    )


def package_of(book: Book, month: Month) -> Item | None:
    """The newest package of a month in the outbox."""
    found = [
        it
        for it in outbox.items(book)
        if (it.kind, it.period) == (MONTH.key, str(month)) and it.state != State.WITHDRAWN
    ]
    return max(found, key=lambda it: it.revision, default=None)


def begin(book: Book, month: Month) -> Draft:
    """Take the snapshot that the package is made of; in the book's thread. Close its copy in the end.

    Raises UserMistake for a month to come.
    """
    if month > Month.of(book.clock.today):
        raise UserMistake(f"{month} 还没有到，等到那个月再结账；左右键换一个月。")
    return Draft(month, package.begin(book), tuple(gap.line for gap in month_gaps(book, month)))


def make(
    draft: Draft, folder: Path, told: Callable[[package.Progress], None], stop: Callable[[], bool]
) -> package.Made:
    """Make the package in a folder; the slow part, for any thread."""
    return package.make(draft.copy, month_package(draft.month), folder, missing=draft.missing, told=told, stop=stop)


def put(book: Book, month: Month, made: package.Made) -> Item:
    """Put the package into the outbox."""
    return outbox.put(book, made.path, MONTH.key, str(month), month_package(month).title)


def end_month(book: Book, month: Month) -> tuple[package.Made, Item]:
    """Make the month's package and put it into the outbox, in one thread."""
    draft = begin(book, month)
    try:
        with tempfile.TemporaryDirectory() as folder:
            made = make(draft, Path(folder), lambda _: None, lambda: False)
            return made, put(book, month, made)
    finally:
        draft.copy.close()
