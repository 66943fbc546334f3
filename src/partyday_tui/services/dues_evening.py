"""The dues evening: the table as the screen holds it, each payment with the row as it stands after it, and the way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from partyday_tui.rules.dues.entries import COLLECTED_KINDS, Entry
from partyday_tui.rules.events import Event
from partyday_tui.rules.month import Month
from partyday_tui.services.dues_accounts import member_account
from partyday_tui.services.dues_collect import (
    Collection,
    CollectionRow,
    Receipt,
    collection_list,
    collection_row,
    record_payment,
    record_voluntary,
    reverse,
)
from partyday_tui.services.roll import event_to_call, event_with_key
from partyday_tui.store import dues
from partyday_tui.store.book import Book


@dataclass(frozen=True, slots=True)
class Evening:
    """The table of this month; ``event`` is the meeting whose present members come first, None without one this month.

    ``today`` has the entries dated today that took money in or back, in the order of writing.
    """

    event: Event | None
    collection: Collection
    today: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """What is asked for at the table; written once however often it is sent (``request_key``).

    ``months`` and ``amount_fen`` as `record_payment` takes them; ``voluntary`` gives the amount beside the dues.
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


@dataclass(frozen=True, slots=True)
class Taken:
    """What an act wrote, on the disk, and the row of its member as it stands now."""

    receipt: Receipt
    row: CollectionRow


def open_evening(book: Book, event_id: int | None = None) -> Evening:
    """The table with the meeting of the key, else with this month's latest meeting up to today."""
    today = book.clock.today
    event = event_to_call(book) if event_id is None else event_with_key(book, event_id)
    if event_id is None and (
        event is None or event.on_date is None or event.on_date > today or event.on_date not in Month.of(today)
    ):
        event = None
    entries = dues.entries_between(book, today.isoformat(), today.isoformat())
    money = tuple(entry for entry in entries if entry.kind in COLLECTED_KINDS)
    return Evening(event, collection_list(book, Month.of(today), event), money)


def take(book: Book, payment: Payment) -> Taken:
    """Write a payment; the commit has returned when this returns. Raises UserMistake with the next step."""
    if payment.voluntary:
        assert payment.amount_fen is not None
        receipt = record_voluntary(
            book, payment.member_id, payment.amount_fen, method=payment.method, payer=payment.payer, note=payment.note,
            request_key=payment.request_key,
        )  # fmt: skip
    else:
        receipt = record_payment(
            book, payment.member_id, payment.months, amount_fen=payment.amount_fen, method=payment.method,
            payer=payment.payer, note=payment.note, surplus=payment.surplus, request_key=payment.request_key,
        )  # fmt: skip
    return Taken(receipt, _row(book, payment.member_id, payment.present))


def take_back(
    book: Book, member_id: int, present: bool | None, entry_ids: Sequence[int], reason: str, request_key: str
) -> Taken:
    """Reverse entries of one member; the commit has returned when this returns."""
    receipt = reverse(book, entry_ids, reason, request_key=request_key)
    return Taken(receipt, _row(book, member_id, present))


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
    return _row(book, member_id, None).sentence


def _row(book: Book, member_id: int, present: bool | None) -> CollectionRow:
    return collection_row(book, Month.of(book.clock.today), member_id, present)
