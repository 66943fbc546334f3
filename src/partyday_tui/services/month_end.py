"""月末结账: a month as it is wound up: what it still lacks, its dues, its package on the way upward, and the backup."""

from __future__ import annotations

from dataclasses import dataclass

from partyday_tui.rules.gaps import Gap
from partyday_tui.rules.month import Month
from partyday_tui.rules.outbox import Item, State
from partyday_tui.rules.packages import MONTH
from partyday_tui.services import outbox
from partyday_tui.services.dues_close_view import CloseView, close_view
from partyday_tui.services.month_gaps import month_gaps
from partyday_tui.store import backups
from partyday_tui.store.backups import LastBackup
from partyday_tui.store.book import Book


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
