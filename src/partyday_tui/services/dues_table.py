"""The table at which dues are collected: who is there, what each owes, and what is in hand (DUE-01)."""

from __future__ import annotations

from dataclasses import dataclass

from partyday_tui.rules.dues.arrears import level_of, running_words
from partyday_tui.rules.dues.entries import CashInHand, cash_of
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.rules.roll import Status
from partyday_tui.services.dues_accounts import MemberAccount, judged_until, member_account, read_accounts
from partyday_tui.store import dues, dues_closes
from partyday_tui.store import roll as rolls
from partyday_tui.store.book import Book


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """One member at the table; money in fen.

    ``present`` None where no event was named; ``due_fen`` None while not assessed; ``paid_fen`` for this month; ``arrears`` the earlier
    months still owed, oldest first; ``to_pay_fen`` is what Enter takes: this month and all arrears. ``running`` months in a row unpaid
    (F13), ``level`` '' / 'warning' / 'alarm', ``sentence`` for the last two; it reminds and never judges (D16).
    """

    member_id: int
    name: str
    reading: str
    group: str
    present: bool | None
    due_fen: int | None
    paid_fen: int
    arrears: tuple[tuple[Month, int], ...]
    to_pay_fen: int
    running: int
    level: str
    sentence: str

    @property
    def arrears_fen(self) -> int:
        """Σ of the earlier months still owed."""
        return sum(fen for _, fen in self.arrears)


@dataclass(frozen=True, slots=True)
class Collection:
    """The table of one month: rows with those present first, and the cash in hand."""

    month: Month
    rows: tuple[CollectionRow, ...]
    cash: CashInHand


def collection_list(book: Book, month: Month, event: Event | None = None) -> Collection:
    """Everyone who owes for the month or before it; with an event, those marked present there come first (DUE-01)."""
    present: set[int] | None = None
    if event is not None:
        roll = rolls.roll(book, event.id, event.on_date or book.clock.today)
        present = {entry.member_id for entry in roll if entry.status in (Status.PRESENT, Status.LATE)}
    accounts = [each for each in read_accounts(book, month) if each.owes_in(month) or each.account.unpaid]
    until, deferred = judged_until(book), dues_closes.deferred_months(book)
    rows = [_row(each, month, until, deferred.get(each.payer.id, set()), present) for each in accounts]
    rows.sort(key=lambda row: row.present is False)
    return Collection(month, tuple(rows), cash_in_hand(book))


def collection_row(book: Book, month: Month, member_id: int, present: bool | None = None) -> CollectionRow:
    """One row anew, after a payment: the cost of one member, not of the list."""
    here = None if present is None else {member_id} if present else set()
    deferred = dues_closes.deferred_months(book, member_id).get(member_id, set())
    return _row(member_account(book, member_id, month), month, judged_until(book), deferred, here)


def cash_in_hand(book: Book) -> CashInHand:
    """Collected − handed over, to the fen, always from the entries themselves."""
    return cash_of(dues.sums_by_kind(book))


def _row(
    each: MemberAccount, month: Month, until: Month, deferred: set[Month], present: set[int] | None
) -> CollectionRow:
    payer, account = each.payer, each.account
    here = next((found for found in reversed(account.months) if found.month == month), None)
    unpaid = [(found.month, found.short_fen) for found in account.unpaid]
    running = account.until(until).months_running() if unpaid else ()
    return CollectionRow(
        payer.id,
        payer.name,
        payer.reading,
        payer.group,
        None if present is None else payer.id in present,
        each.due(month),
        here.paid_fen if here else 0,
        tuple((owed, fen) for owed, fen in unpaid if owed != month),
        sum(fen for _, fen in unpaid),
        len(running),
        level_of(len(running)),
        running_words(len(running), sum(found in deferred for found in running)),
    )
