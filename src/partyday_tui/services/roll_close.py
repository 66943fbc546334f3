"""结束点名: the explicit act from which on whoever was not there is followed up (ATT-04, ATT-08)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from partyday_tui.errors import UserMistake
from partyday_tui.rules.events import Event
from partyday_tui.store import attendance as store
from partyday_tui.store.book import Book


@dataclass(frozen=True, slots=True)
class Closing:
    """A roll that was closed: how many cases it opened, and who is unmarked still."""

    cases: int
    unmarked: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What the screen says of it."""
        left = f"还有{len(self.unmarked)}人未点（{'、'.join(self.unmarked[:3])}）" if self.unmarked else ""
        opened = f"缺席跟进{self.cases}人" if self.cases else "没有要跟进的人"
        return "，".join(filter(None, ("点名已结束", opened, left))) + "。"


def close_roll(book: Book, event: Event) -> Closing:
    """Close the roll of an event: each member on leave or absent is a case from now on; the unmarked stay unmarked.

    Raises UserMistake where nobody is marked yet.
    """
    marked, followed, unmarked = store.heads_at_close(book, event.id)
    if not marked:
        raise UserMistake("这次活动还没有点过名，请先点名再结束。")
    with book.act("结束点名") as transaction:
        store.close(transaction, event.id, book.clock.instant())
    return Closing(followed, tuple(unmarked))


def unended(book: Book) -> list[tuple[int, date, str]]:
    """(event, day, title) of the last year's rolls that were called and not ended: nobody of them is followed up yet."""
    return store.unended(book, book.clock.today - timedelta(days=366), book.clock.today)


def reopen_roll(book: Book, event: Event) -> None:
    """Take a closing back: its cases are withdrawn, what was written about them stays and comes back with the next closing."""
    with book.act("重新点名") as transaction:
        store.reopen(transaction, event.id)
