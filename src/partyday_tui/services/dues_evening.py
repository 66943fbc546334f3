"""The dues evening: the table as the screen holds it, each payment with the row as it stands after it, and the way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from partyday_tui.rules.dues.entries import COLLECTED_KINDS, Entry
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_accounts import member_account
from partyday_tui.services.dues_collect import AsRead, record_from_many, record_payment, record_voluntary
from partyday_tui.services.dues_entries import Receipt
from partyday_tui.services.dues_reverse import reverse
from partyday_tui.services.dues_table import Collection, CollectionRow, collection_list, collection_row
from partyday_tui.services.namesakes import asides
from partyday_tui.services.roll import event_with_key
from partyday_tui.store import dues
from partyday_tui.store.acts import newest_act
from partyday_tui.store.book import Book
from partyday_tui.store.events import events_between

Members = tuple[tuple[int, bool | None], ...]
"""(member key, whether present; None where no meeting was named)."""


@dataclass(frozen=True, slots=True)
class Evening:
    """The table of the month of the day; ``event`` is the meeting whose present members come first, None without one in that month.

    It is what the book says as long as ``act_id`` is its newest act. ``today`` has the entries of the day that took money in or back, in
    the order of writing; ``asides`` tells members of one name apart. ``on`` is the day on which the money came, where that is not today
    (what was noted on paper is written a day later): in the month after, the table is still that of the day's own month, since a payment
    of that day takes what is owed up to that month.
    """

    event: Event | None
    collection: Collection
    today: tuple[Entry, ...]
    asides: Mapping[int, str]
    act_id: int
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """What is asked for at the table; written once however often it is sent (``request_key``).

    ``months``, ``amount_fen`` and ``on_date`` as `record_payment` takes them; ``voluntary`` gives the amount beside the dues.
    """

    member_id: int
    present: bool | None
    request_key: str
    method: str = "cash"
    payer: str = ""
    months: tuple[Month, ...] = ()
    amount_fen: int | None = None
    surplus: str = ""
    note: str = ""
    voluntary: bool = False
    on_date: date | None = None

    @property
    def members(self) -> Members:
        """Whose it is."""
        return ((self.member_id, self.present),)


@dataclass(frozen=True, slots=True)
class Together:
    """All that several rows owe, in cash, as one act (其余全收)."""

    rows: tuple[CollectionRow, ...]
    request_key: str
    on_date: date | None = None

    @property
    def members(self) -> Members:
        """Whose it is."""
        return tuple((row.member_id, row.present) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Taken:
    """What an act wrote, on the disk, and the rows of its members as they stand now."""

    receipt: Receipt
    rows: tuple[CollectionRow, ...]

    @property
    def act_id(self) -> int:
        """The act in which it was written."""
        return self.receipt.entries[-1].act_id


def open_evening(book: Book, event_id: int | None = None, on: date | None = None) -> Evening:
    """The table with the meeting of the key, else with the latest meeting of its month up to today; ``on`` as in `Evening`."""
    month = _month_of(book, on)
    if event_id is None:
        held = events_between(book, month.first_day, min(month.last_day, book.clock.today))
        event = held[-1] if held else None
    else:
        event = event_with_key(book, event_id)
    day = (on or book.clock.today).isoformat()
    entries = dues.entries_between(book, day, day)
    money = tuple(entry for entry in entries if entry.kind in COLLECTED_KINDS)
    collection = collection_list(book, month, event)
    names = asides(book, ((row.member_id, row.name) for row in collection.rows))
    return Evening(event, collection, money, names, newest_act(book), on)


def as_read(row: CollectionRow, month: Month, act_id: int) -> AsRead | None:
    """What a row of a month's table says, read when ``act_id`` was the newest act; None where the account itself must be asked."""
    if row.due_fen is None or row.arrears or row.to_pay_fen != row.due_fen - row.paid_fen:
        return None
    return AsRead(act_id, month, row.name, row.due_fen, row.paid_fen)


def take(
    book: Book, payment: Payment, row: CollectionRow | None = None, as_read: AsRead | None = None
) -> Taken:  # fmt: skip
    """Write a payment; the commit has returned when this returns. Raises UserMistake with the next step.

    ``row`` as it stood before saves reading the member's years again where the payment clears all that was owed; ``as_read`` (`as_read`)
    saves reading them beforehand too.
    """
    if payment.voluntary:
        assert payment.amount_fen is not None
        receipt = record_voluntary(
            book, payment.member_id, payment.amount_fen, method=payment.method, payer=payment.payer, note=payment.note,
            on_date=payment.on_date, request_key=payment.request_key,
        )  # fmt: skip
    else:
        receipt = record_payment(
            book, payment.member_id, payment.months, amount_fen=payment.amount_fen, method=payment.method,
            payer=payment.payer, note=payment.note, surplus=payment.surplus, on_date=payment.on_date, as_read=as_read,
            request_key=payment.request_key,
        )  # fmt: skip
    month = _month_of(book, payment.on_date)
    cleared = None if row is None or payment.voluntary else _cleared(row, receipt.entries, month)
    return Taken(receipt, (cleared,) if cleared else _rows(book, month, payment.members))


def take_together(book: Book, together: Together) -> Taken:
    """Write what every one of the rows owes, in cash: one act and one commit, all of it or nothing; who owes nothing is told."""
    receipt = record_from_many(
        book, [row.member_id for row in together.rows], on_date=together.on_date, request_key=together.request_key
    )  # fmt: skip
    month = _month_of(book, together.on_date)
    found = []
    for row in together.rows:
        cleared = _cleared(row, [each for each in receipt.entries if each.member_id == row.member_id], month)
        found.append(cleared or collection_row(book, month, row.member_id, row.present))
    return Taken(receipt, tuple(found))


def take_back(
    book: Book, members: Members, entry_ids: Sequence[int], reason: str, request_key: str, on_date: date | None = None
) -> Taken:
    """Reverse entries of these members; the commit has returned when this returns.

    ``on_date`` is the day of the table; an entry of a later day is taken back today, since a reversal is never dated before its entry.
    """
    day = on_date
    if on_date and any(
        each and each.on_date > on_date.isoformat() for each in (dues.entry(book, it) for it in entry_ids)
    ):
        day = None
    receipt = reverse(book, entry_ids, reason, on_date=day, request_key=request_key)
    return Taken(receipt, _rows(book, _month_of(book, on_date), members))


def standing_payments(book: Book, member_id: int) -> list[list[Entry]]:
    """What can still be reversed: the entries of one member that stand, one list for each act, the newest first."""
    entries = dues.entries_of_member(book, member_id)
    gone = {entry.reverses for entry in entries}
    acts: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.reverses is None and entry.id not in gone:
            acts.setdefault(entry.act_id, []).append(entry)
    return list(acts.values())


def months_to_pay(book: Book, member_id: int) -> list[tuple[Month, int]]:
    """(month, fen still to pay) of one member, oldest first, with the months ahead that are assessed already."""
    last = Month(book.clock.today.year + 1, 12)
    return [(each.month, each.short_fen) for each in member_account(book, member_id, last).account.unpaid]


def standing_of(book: Book, member_id: int) -> str:
    """The reminder about months unpaid in a row, with the rule's own sentence at six; '' below three (D16)."""
    return collection_row(book, Month.of(book.clock.today), member_id).sentence


def _cleared(row: CollectionRow, entries: Sequence[Entry], now: Month) -> CollectionRow | None:
    """The row after a payment of exactly the months that it owed; None for any other payment."""
    open_now = max((row.due_fen or 0) - row.paid_fen, 0)
    owed = {str(month): fen for month, fen in (*row.arrears, (now, open_now)) if fen}
    if owed != {entry.month: entry.amount_fen for entry in entries}:
        return None
    return replace(
        row, paid_fen=row.paid_fen + open_now, arrears=(), to_pay_fen=0, running=0, level="", sentence=""
    )  # fmt: skip


def _rows(book: Book, month: Month, members: Members) -> tuple[CollectionRow, ...]:
    return tuple(collection_row(book, month, member_id, present) for member_id, present in members)


def _month_of(book: Book, on_date: date | None) -> Month:
    """The month of the table whose payments are written on this day."""
    return Month.of(on_date or book.clock.today)
