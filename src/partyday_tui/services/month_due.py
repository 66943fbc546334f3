"""Which month is to be wound up now (月末结账)."""

from __future__ import annotations

from partyday_tui.rules.month import Month
from partyday_tui.store import events, outbox
from partyday_tui.store.book import Book

_STILL_LAST_MONTH, _ALREADY_THIS_MONTH = 15, 25  # days of a month


def month_to_end(book: Book) -> Month:
    """The month to show first: the one that waits, else this one."""
    return month_waiting(book) or Month.of(book.clock.today)


def month_waiting(book: Book) -> Month | None:
    """The month that was planned and has no package yet: until the middle of a month the one before, from the 25th on the month itself."""
    today = book.clock.today
    this = Month.of(today)
    month = this.previous if today.day <= _STILL_LAST_MONTH else this if today.day >= _ALREADY_THIS_MONTH else None
    if month is None or outbox.has_package(book, "month", str(month)):
        return None
    return month if events.events_between(book, month.first_day, month.last_day) else None
